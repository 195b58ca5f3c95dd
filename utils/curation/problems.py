"""What can be wrong with a record: kinds of problems, and how a problem reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal
from unicodedata import category

from utils.curation.contract import Table

Code = Literal[
    "acceptance",
    "allowed",
    "before-crisis",
    "contract",
    "coordinates",
    "counted-twice",
    "csv",
    "date",
    "derived",
    "duplicate",
    "encoding",
    "extra-column",
    "file",
    "flag",
    "future",
    "header",
    "hidden-sign",
    "jump",
    "leak",
    "limits",
    "number",
    "one-side",
    "overlay",
    "p-code",
    "pattern",
    "personal-data",
    "phase",
    "placeholder",
    "population",
    "ragged",
    "ratio",
    "required",
    "restricted",
    "reused-id",
    "running-total",
    "same-figure",
    "size",
    "source-date",
    "sum",
    "undrawn",
    "unit",
    "unknown-key",
    "withheld-cell",
]
"""What kind of problem it is; docs/checks.md explains each."""
WARNINGS: Final[frozenset[Code]] = frozenset({"acceptance", "extra-column"})
"""Told, and no more: a release goes out with them."""
DOUBTS: Final[frozenset[Code]] = frozenset(
    {
        *("before-crisis", "counted-twice", "jump", "population", "ratio"),
        *("running-total", "same-figure", "source-date", "sum"),
    }
)
"""Implausible, but it may be true: no release until a named person accepts it, with a reason."""
ACCEPTABLE: Final[frozenset[Code]] = DOUBTS | {"extra-column"}
MAX_PROBLEMS: Final = 1_000
"""So many problems of one table or rule are told; a file that is all wrong must not fill the memory."""
NEEDED_SIGNS: Final = frozenset("\u200b\u200c\u200d")
"""What breaks and joins words in Khmer, and is not seen."""
_LONGEST_SHOWN: Final = 300
_EXACT: Final = 2**53
Value = str | float | int | bool | date | None
Row = dict[str, Value]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong, where, and what was expected. ``row`` counts lines of the file from 1.

    ``key`` is the key of the row, by which a doubt is accepted; empty where no row is meant.
    """

    file: str
    row: int
    column: str
    value: str
    expected: str
    code: Code
    key: str = ""

    def __str__(self) -> str:
        where = f"{self.file} row {self.row}" if self.row else self.file
        column = f", column {self.column}" if self.column else ""
        value = f'"{reveal_signs(self.value[:80])}"' if self.value else "empty"
        return f"{where}{column}: {value} — expected {self.expected} [{self.code}]"

    @property
    def severity(self) -> Literal["error", "doubt", "warning"]:
        """Return whether it must be mended, mended or accepted, or is only reported."""
        if self.code in WARNINGS:
            return "warning"
        return "doubt" if self.code in DOUBTS else "error"


@dataclass(frozen=True, slots=True)
class Fault:
    """What was expected of one cell, and the code of what is wrong."""

    expected: str
    code: Code


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows that could be read, the line each stands on, and every problem."""

    table: Table
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]


def failed(table: Table, *problems: Problem) -> Reading:
    """Return the reading of a table that could not be read."""
    return Reading(table, (), (), problems)


TOO_MANY: Final = f"fewer than {MAX_PROBLEMS} problems: the others are not listed"


def too_many(name: str) -> Problem:
    """Return the problem that stands for those that are not listed."""
    return Problem(name, 0, "", "", TOO_MANY, "limits")


def reveal_signs(text: str) -> str:
    """Return a text in which signs that would act on a terminal are written as their numbers."""
    if text.isprintable():
        return text
    return "".join(
        f"<U+{ord(sign):04X}>" if category(sign) in ("Cc", "Cf") and sign not in NEEDED_SIGNS else sign
        for sign in text
    )


def shown(value: Value) -> str:
    """Return a value as the file writes it, cut when it is long; whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < _EXACT
        return f"{value:.0f}" if whole else f"{value:.12g}"
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
