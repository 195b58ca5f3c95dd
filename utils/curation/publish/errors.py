"""Why nothing was published."""

from __future__ import annotations

from pathlib import Path

from utils.curation.problems import Problem


class ReleaseRefused(Exception):
    """The record has problems; nothing was published and the current release stays."""

    def __init__(self, *, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems; the release was refused")
        self.problems = problems


class InputsChanged(Exception):
    """The curated files changed while they were read; nothing was published. Publish again."""

    def __init__(self, *, data: Path) -> None:
        super().__init__(f"files of {data.name}/curated changed during the release; publish again")
