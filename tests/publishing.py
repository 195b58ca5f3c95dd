"""Publishing for tests: looking at every page takes seconds, so only the tests of that do it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from utils.curation import cli
from utils.curation.disclosure.protected_values import Plain
from utils.curation.progress import Progress
from utils.curation.publish import commands
from utils.curation.publish.sandbox import Answer, Limits, Task


def no_look(folder: Path, protected: Plain, limits: Limits, report: Progress) -> None:
    """Stand for an inspection that finds nothing."""


publish = partial(commands.publish, inspection=no_look)
ensure_release = partial(commands.ensure_release, inspection=no_look)
main = partial(cli.main, inspection=no_look)


def run_here(
    task: Task,
    order: Mapping[str, Any],
    *,
    limits: Limits,
    report: Progress,
    environment: Mapping[str, str] | None = None,
) -> Answer:
    """Carry out a task in this process, without the second that starting another takes."""
    return Answer(task(order, report))
