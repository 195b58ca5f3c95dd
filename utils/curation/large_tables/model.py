"""A large table before it is loaded, once it is checked, and as it is written. Imports no engine yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from utils.curation.contract import Table
from utils.curation.large_tables.parts import Part
from utils.curation.problem_log import ProblemLog
from utils.curation.problems import Problem

if TYPE_CHECKING:
    from utils.curation.large_tables.engine import Engine


@dataclass(frozen=True, slots=True)
class Suppression:
    """What is hidden of a large table: cells and listed ids, in the engine; small cells disclosed before."""

    cells: Any
    ids: Any
    disclosed_small: Any


@dataclass(slots=True)
class LargeTable:
    """A checked table: its typed rows in the engine under its name, how many, and its problems."""

    table: Table
    rows: int
    problems: tuple[Problem, ...]
    engine: Engine | None = None
    suppression: Suppression | None = field(default=None, repr=False)

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """Return the problems that stop a release: none of a large table can be accepted."""
        return tuple(problem for problem in self.problems if problem.severity != "warning")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Return the problems that stop nothing."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")

    @property
    def relation(self) -> Any:
        """Return the rows as an Ibis table."""
        return self.open_engine().table(self.table.name)

    def open_engine(self) -> Engine:
        """Return the engine that holds the rows. Raises ``LookupError`` where there are none."""
        if self.engine is None:
            raise LookupError(self.table.name)
        return self.engine


@dataclass(frozen=True, slots=True)
class Opened:
    """A large table before it is loaded: the files that can be, and what is wrong with the others."""

    table: Table
    parts: tuple[Part, ...]
    log: ProblemLog


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows a file has, and how many sources they name."""

    rows: int
    sources: int


@dataclass(frozen=True, slots=True)
class Streamed:
    """One table of a tier, written when its place is known. ``in_pieces``: too large for a page."""

    name: str
    columns: tuple[str, ...]
    in_pieces: bool
    write: Callable[[Path], Written]
