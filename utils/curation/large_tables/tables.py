"""The large tables of a record, loaded and checked, and what is written of them. Imports no engine yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from utils.curation.contract import Table
from utils.curation.curated_tables import Record
from utils.curation.large_tables.parts import Part, list_files, open_part
from utils.curation.large_tables.problem_log import ProblemLog
from utils.curation.problems import Problem

if TYPE_CHECKING:
    from utils.curation.large_tables.engine import Engine
    from utils.curation.large_tables.suppression import Suppression

Progress = Callable[[str, str], object]


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


@contextmanager
def open_large_tables(
    record: Record, folder: Path | None, progress: Progress
) -> Iterator[tuple[LargeTable, ...]]:
    """Load and check every large table of a record that has rows or problems; keep them for the block.

    ``folder`` (``None``: the system's for such files) must take about as many bytes as the tables have.
    Raises ``OSError``, ``MemoryError`` or :class:`utils.curation.contract.ContractError`.
    """
    opened = [
        Opened(table, open_parts(record.data, table, log), log)
        for table in record.contract.tables.values()
        if table.streamed
        for log in [ProblemLog()]
    ]
    if any(part.has_rows for each in opened for part in each.parts):
        from utils.curation.large_tables.loading import load_tables

        with (
            TemporaryDirectory(dir=folder, prefix=".tables-") as name,
            load_tables(record, opened, Path(name).resolve(), progress) as loaded,
        ):
            yield tuple(table for table in loaded if table.rows or table.problems)
    else:
        tables = [LargeTable(each.table, 0, each.log.problems()) for each in opened]
        yield tuple(table for table in tables if table.problems)


def open_parts(data: Path, table: Table, log: ProblemLog) -> tuple[Part, ...]:
    """Return the files of a table that can be loaded; what is wrong with the others goes to ``log``."""
    opened = [open_part(data, path, table, log.add) for path in list_files(data, table)]
    return tuple(part for part in opened if part)


def find_problems(record: Record) -> tuple[Problem, ...]:
    """Return the problems of every large table; what is loaded is thrown away. Raises ``OSError``."""
    with open_large_tables(record, None, lambda step, detail: None) as tables:
        return tuple(problem for table in tables for problem in table.problems)


def find_disclosed_small_in_large(record: Record, tables: Sequence[LargeTable]) -> tuple[Problem, ...]:
    """Return small counts that cannot be hidden any more: kept releases disclose them by subtraction."""
    if not any(table.rows for table in tables):
        return ()
    from utils.curation.large_tables.suppression import find_disclosed_small

    return tuple(problem for table in tables for problem in find_disclosed_small(record, table))


def make_tiers(record: Record, tables: Sequence[LargeTable]) -> Mapping[str, tuple[Streamed, ...]]:
    """Return the large tables of each tier, and what is computed from them."""
    if not any(table.rows for table in tables):
        return {"public": (), "ngo": ()}
    from utils.curation.large_tables import tiers

    return tiers.make_tiers(record, tables)
