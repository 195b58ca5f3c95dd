"""The large tables of a record, loaded and checked, and what is written of them. Imports no engine yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from utils.curation.contract import Table
from utils.curation.curated_tables import Record
from utils.curation.large_tables.model import LargeTable, Opened, Streamed
from utils.curation.large_tables.parts import Part, list_files, open_part
from utils.curation.problem_log import ProblemLog
from utils.curation.problems import Problem
from utils.curation.progress import Progress, no_progress


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
    with open_large_tables(record, None, no_progress) as tables:
        return tuple(problem for table in tables for problem in table.problems)


def find_disclosed_small_in_large(
    record: Record, tables: Sequence[LargeTable], releases: Sequence[str]
) -> tuple[Problem, ...]:
    """Return small counts that cannot be hidden any more: kept ``releases`` disclose them by subtraction."""
    if not any(table.rows for table in tables):
        return ()
    from utils.curation.large_tables.suppression import find_disclosed_small

    return tuple(problem for table in tables for problem in find_disclosed_small(record, table, releases))


def make_tiers(
    record: Record, tables: Sequence[LargeTable], releases: Sequence[str]
) -> Mapping[str, tuple[Streamed, ...]]:
    """Return the large tables of each tier, and what is computed from them.

    What the kept ``releases`` hide stays hidden; what they disclose cannot be hidden any more.
    """
    if not any(table.rows for table in tables):
        return {"public": (), "ngo": ()}
    from utils.curation.large_tables import tiers

    return tiers.make_tiers(record, tables, releases)
