"""Reads a curated Parquet file by the contract; what its footer says is capped before it is read.

The caps refuse what is plainly forged. What hides behind a modest footer meets the limits of the
process that reads (:mod:`utils.curation.publish.record_tasks`).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from utils.curation.cells import value_fault
from utils.curation.contract import Field, Table
from utils.curation.header import MAX_COLUMNS, header_problems
from utils.curation.problems import MAX_PROBLEMS, Problem, Reading, Row, failed, shown, too_many

MAX_ROWS: Final = 20_000_000
MAX_UNPACKED: Final = 2 * 1024**3
_BATCH: Final = 8192
CAUTIOUS: Final[Mapping[str, Any]] = {
    "thrift_string_size_limit": 8 * 1024**2,
    "thrift_container_size_limit": 1_000_000,
    "arrow_extensions_enabled": False,
}
"""How a file is opened that somebody made."""


def read_parquet(content: bytes, table: Table, name: str) -> Reading:
    """Parse the bytes of a Parquet file by the contract of ``table``."""
    try:
        file = pq.ParquetFile(io.BytesIO(content), **CAUTIOUS)
        refused = too_large(file.metadata, name)
        if refused:
            return failed(table, refused)
        columns = file.schema_arrow.names
        problems = header_problems(columns, table, name)
        if any(problem.code == "header" for problem in problems):
            return failed(table, *problems)
        rows: list[Row] = []
        for batch in file.iter_batches(_BATCH, columns=list(table.columns), use_threads=False):
            batch.validate(full=True)
            problems += _add(rows, batch, table, name)
            if len(problems) >= MAX_PROBLEMS:
                return failed(table, *problems[:MAX_PROBLEMS], too_many(name))
    except MemoryError:
        wanted = "a file that can be read in the memory that is left"
        return failed(table, Problem(name, 0, "", "", wanted, "limits"))
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        reason = f"a Parquet file ({type(error).__name__})"
        return failed(table, Problem(name, 0, "", "", reason, "file"))
    if len(rows) != file.metadata.num_rows:
        wanted = f"{file.metadata.num_rows} rows, as its footer says"
        return failed(table, Problem(name, 0, "", f"{len(rows)} rows", wanted, "file"))
    return Reading(table, tuple(rows), tuple(range(1, len(rows) + 1)), tuple(problems))


def too_large(footer: Any, name: str) -> Problem | None:
    """Return what the footer claims beyond any real table, or against itself."""
    groups = [footer.row_group(index) for index in range(footer.num_row_groups)]
    rows = sum(group.num_rows for group in groups)
    if rows != footer.num_rows:
        wanted = f"{footer.num_rows} rows, as its footer says"
        return Problem(name, 0, "", f"{rows} rows", wanted, "file")
    for claimed, most, what in (
        (footer.num_columns, MAX_COLUMNS, "columns"),
        (footer.num_rows, MAX_ROWS, "rows"),
        (sum(group.total_byte_size for group in groups), MAX_UNPACKED, "bytes unpacked"),
    ):
        if not 0 <= claimed <= most:
            return Problem(name, 0, "", f"{claimed} {what}", f"at most {most} {what}", "size")
    return None


def _add(rows: list[Row], batch: Any, table: Table, name: str) -> Iterator[Problem]:
    """Add the rows of a batch; yield what is wrong with their values, which are left out."""
    for row in batch.to_pylist():
        line = len(rows) + 1
        kept: Row = {}
        for field in table.fields:
            value, problem = _judged(row[field.name], field, name, line)
            kept[field.name] = value
            if problem:
                yield problem
        rows.append(kept)


def _judged(value: Any, field: Field, name: str, line: int) -> tuple[Any, Problem | None]:
    fault = value_fault(value, field)
    if not fault:
        return value, None
    return None, Problem(name, line, field.name, told_value(value), fault.expected, fault.code)


def told_value(value: Any) -> str:
    """Return a value of any type as a problem tells it."""
    if value is None:
        return ""
    return shown(value) if isinstance(value, str | float | int) else type(value).__name__
