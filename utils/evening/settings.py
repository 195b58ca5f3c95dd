"""Files that a committee edits (TOML): read whole, with every problem in one list."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any


class BadSettings(Exception):
    """What is written cannot be shown; ``problems`` are all that was found."""

    def __init__(self, *, where: str, problems: Sequence[str]) -> None:
        super().__init__("\n".join(f"{where}: {problem}" for problem in problems))
        self.where = where
        self.problems = tuple(problems)


def read_text(file: Path) -> str:
    """Return the text of a file of settings. Raises :class:`BadSettings`."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(where=file.name, problems=[f"cannot be read: {type(error).__name__}"]) from None


def parse_toml(text: str, *, where: str) -> dict[str, Any]:
    """Return what a file of settings says. Raises :class:`BadSettings`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(where=where, problems=[f"not TOML: {error}"]) from None


def unknown_keys(found: Mapping[str, object], known: Iterable[str], at: str = "") -> list[str]:
    """Return a problem for each setting that is none of the ``known``."""
    expected = ", ".join(known)
    return [f"{at}unknown setting {key!r}, expected one of {expected}" for key in found if key not in known]


def read_tables(content: Mapping[str, Any], name: str, problems: list[str]) -> list[dict[str, Any]]:
    """Return the tables that stand under ``[[name]]``."""
    rows = content.get(name, [])
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        return rows
    problems.append(f"{name}: expected [[{name}]]")
    return []
