"""The files of a large table: where they are, and how they are opened before they are loaded.

The engine reads a CSV file by itself where it can only read it as Python does: each line is a row, each
quote begins or ends a cell. Any other CSV file and every Parquet file comes in batches of Arrow, read by the
means of small tables, so that both agree on every file.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from utils.curation.contract import Field, Table
from utils.curation.decode import NotText, decode
from utils.curation.header import header_problems
from utils.curation.parquet import CAUTIOUS, told_value, too_large
from utils.curation.problems import Problem
from utils.curation.read import MAX_BYTES, separator_of

BLOCK: Final = 16 * 1024 * 1024
"""Bytes of a CSV file that are looked at at once."""
ROWS: Final = 65_536
"""Rows of one batch."""
LINE: Final = "_line"
TYPES: Final[Mapping[str, pa.DataType]] = {
    "string": pa.string(),
    "number": pa.float64(),
    "integer": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}
_FORMS: Final = frozenset({".csv", ".parquet"})
_HEAD: Final = 1024 * 1024
_START: Final = 8
_BOM: Final = codecs.BOM_UTF8
_NEWLINE, _RETURN, _QUOTE = b'\n\r"'
Report = Callable[[Problem], object]


@dataclass(frozen=True, slots=True)
class Part:
    """One file that can be loaded.

    ``header`` and ``separator`` are of a plain CSV file, which the engine may read itself; ``batches`` gives
    any file as Arrow: ``_line`` and a column of the contract each, text where ``is_text``. Columns in
    ``mistyped`` hold text as a problem shows it, in place of values of a type that the contract has not.
    """

    path: Path
    name: str
    has_rows: bool
    header: Sequence[str] = ()
    separator: str = ","
    batches: Callable[[Report], Iterator[Any]] = lambda report: iter(())
    is_text: bool = True
    mistyped: frozenset[str] = frozenset()


def list_files(data: Path, table: Table) -> tuple[Path, ...]:
    """Return the files of a table: its own, the same as Parquet, and those of the folder of its name."""
    own = data / table.path
    folder = own.with_suffix("")
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    beside = [path for path in (own, own.with_suffix(".parquet")) if path.exists()]
    return (*beside, *(path for path in inside if not path.name.startswith(".")))


def open_part(data: Path, path: Path, table: Table, report: Report) -> Part | None:
    """Return a file ready to be loaded, ``None`` when it cannot be; every problem of it is reported."""
    name = f"{data.name}/{path.relative_to(data).as_posix()}"
    if not path.resolve().is_relative_to(data.resolve()):
        report(Problem(name, 0, "", "", "a file inside the data folder", "file"))
    elif path.suffix not in _FORMS or not path.is_file():
        report(Problem(name, 0, "", "", "a CSV or Parquet file, not compressed", "file"))
    else:
        opener = _open_parquet if path.suffix == ".parquet" else _open_csv
        try:
            return opener(path, name, table, report)
        except OSError as error:
            report(_unreadable(name, error))
    return None


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem(name, 0, "", "", f"a readable file ({error.strerror or type(error).__name__})", "file")


def _open_parquet(path: Path, name: str, table: Table, report: Report) -> Part | None:
    try:
        with pq.ParquetFile(path, **CAUTIOUS) as file:
            if refused := too_large(file.metadata, name):
                report(refused)
                return None
            problems = header_problems(file.schema_arrow.names, table, name)
            for problem in problems:
                report(problem)
            if any(problem.code == "header" for problem in problems):
                return None
            has_rows = file.metadata.num_rows > 0
            mistyped = frozenset(
                column.name
                for column in table.fields
                if not _may_hold(file.schema_arrow.field(column.name).type, column.kind)
            )
    except MemoryError:
        raise
    except (pa.ArrowException, ValueError, OverflowError) as error:
        report(Problem(name, 0, "", "", f"a Parquet file ({type(error).__name__})", "file"))
        return None

    def batches(report: Report) -> Iterator[Any]:
        return _parquet_batches(path, name, table, mistyped, report)

    return Part(path, name, has_rows, batches=batches, is_text=False, mistyped=mistyped)


def _parquet_batches(
    path: Path, name: str, table: Table, mistyped: frozenset[str], report: Report
) -> Iterator[Any]:
    line = 1
    try:
        with pq.ParquetFile(path, **CAUTIOUS) as file:
            for batch in file.iter_batches(batch_size=ROWS, columns=list(table.columns), use_threads=False):
                batch.validate(full=True)
                columns = [
                    _stored(batch.column(column.name), column, column.name in mistyped)
                    for column in table.fields
                ]
                yield _batch(range(line, line + batch.num_rows), columns, table)
                line += batch.num_rows
            if line - 1 != file.metadata.num_rows:
                wanted = f"{file.metadata.num_rows} rows, as its footer says"
                report(Problem(name, 0, "", f"{line - 1} rows", wanted, "file"))
    except OSError as error:
        report(_unreadable(name, error))
    except MemoryError:
        raise
    except (pa.ArrowException, ValueError, OverflowError) as error:
        report(Problem(name, 0, "", "", f"a Parquet file ({type(error).__name__})", "file"))


def _stored(column: Any, field: Field, is_mistyped: bool) -> Any:
    if is_mistyped:
        return pa.array([told_value(value) or None for value in column.to_pylist()], pa.string())
    return column.cast(TYPES[field.kind], safe=False)


def _may_hold(kind: Any, wanted: str) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(
        {
            "string": pa.types.is_string(kind) or pa.types.is_large_string(kind),
            "number": pa.types.is_floating(kind) or pa.types.is_integer(kind),
            "integer": pa.types.is_integer(kind),
            "date": pa.types.is_date(kind),
            "boolean": pa.types.is_boolean(kind),
        }[wanted]
    )


def _batch(lines: Sequence[int], columns: Sequence[Any], table: Table) -> Any:
    return pa.record_batch([pa.array(lines, pa.int32()), *columns], names=[LINE, *table.columns])


def _open_csv(path: Path, name: str, table: Table, report: Report) -> Part | None:
    if undecodable := _find_undecodable(path, name):
        report(undecodable)
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        separator = separator_of(file.read(_HEAD))
    rows = _csv_rows(path, separator, name, report)
    line, header = next(rows, (0, []))
    if not line:
        report(Problem(name, 1, "", "", "a header row", "header"))
        return None
    problems = header_problems(header, table, name)
    for problem in problems:
        report(problem)
    if any(problem.code == "header" for problem in problems):
        for at, cells in rows:
            _report_ragged(name, at, cells, header, report)
        return None

    def batches(report: Report) -> Iterator[Any]:
        return _csv_batches(path, name, table, separator, report)

    with path.open("rb") as binary:
        has_rows = len(binary.readline()) < path.stat().st_size
    is_plain = line == 1 and has_rows and _is_plain(path, separator)
    return Part(path, name, has_rows, header if is_plain else (), separator, batches)


def _csv_rows(path: Path, separator: str, name: str, report: Report) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty, with the line it begins on; a syntax that is not CSV ends them."""
    last = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True, delimiter=separator)
        try:
            for cells in reader:
                line, last = last + 1, reader.line_num
                if cells:
                    yield line, cells
        except csv.Error as error:
            report(Problem(name, last + 1, "", "", f"well-formed CSV ({error})", "csv"))


def _report_ragged(name: str, line: int, cells: list[str], header: Sequence[str], report: Report) -> bool:
    if len(cells) == len(header):
        return False
    wanted = f"{len(header)} cells, as in the header"
    report(Problem(name, line, "", f"{len(cells)} cells", wanted, "ragged"))
    return True


def _csv_batches(path: Path, name: str, table: Table, separator: str, report: Report) -> Iterator[Any]:
    rows = _csv_rows(path, separator, name, report)
    _, header = next(rows)
    places = [header.index(column) for column in table.columns]
    lines: list[int] = []
    kept: list[list[str]] = []

    def batch() -> Any:
        cells = list(zip(*kept, strict=True))
        return _batch(lines, [pa.array(cells[at], pa.string()) for at in places], table)

    for line, row in rows:
        if _report_ragged(name, line, row, header, report):
            continue
        lines.append(line)
        kept.append(row)
        if len(kept) == ROWS:
            yield batch()
            lines, kept = [], []
    if kept:
        yield batch()


def _find_undecodable(path: Path, name: str) -> Problem | None:
    """Look at every byte of a file: is it UTF-8 text without control signs, line ends LF or CRLF?

    The reader of small tables says what is wrong, where the file is of a size that it reads.
    """
    at = _first_wrong(path)
    if at is None:
        return None
    if path.stat().st_size <= MAX_BYTES:
        try:
            decode(path.read_bytes())
        except NotText as error:
            return Problem(name, error.line, "", error.value, error.fault.expected, error.fault.code)
    with path.open("rb") as file:
        line, rest = 1, at
        while rest and (chunk := file.read(min(BLOCK, rest))):
            line += chunk.count(b"\n")
            rest -= len(chunk)
    wanted = f"UTF-8 text, its lines ended by LF or CRLF (byte {at} is not)"
    return Problem(name, line, "", "", wanted, "encoding")


def _first_wrong(path: Path) -> int | None:
    """Return the first byte that is not of plain text; ``None`` when all are."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    offset = 0
    with path.open("rb") as file:
        if not _is_text(file.read(_START)):
            return 0
        file.seek(0)
        while chunk := file.read(BLOCK):
            if chunk.endswith(b"\r"):
                chunk += file.read(1)
            pending = len(decoder.getstate()[0])
            if pending or not chunk.isascii():
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as error:
                    return offset - pending + error.start
            if b"\0" in chunk:
                return offset + chunk.index(b"\0")
            if chunk.count(b"\r") != chunk.count(b"\r\n"):
                bare = re.search(rb"\r(?!\n)", chunk)
                return offset + (bare.start() if bare else 0)
            offset += len(chunk)
    pending = len(decoder.getstate()[0])
    return offset - pending if pending else None


def _is_text(start: bytes) -> bool:
    """Return whether a file begins as no archive and in no other encoding."""
    try:
        decode(start)
    except NotText as error:
        return bool(error.line)
    return True


def _is_plain(path: Path, separator: str) -> bool:
    """Return whether each line of a file is a row, and each quote begins or ends a cell of it."""
    rest = b""
    with path.open("rb") as file:
        if file.read(len(_BOM)) != _BOM:
            file.seek(0)
        while chunk := file.read(BLOCK):
            whole, newline, tail = chunk.rpartition(b"\n")
            if newline and not _is_plain_block(rest + whole + newline, separator):
                return False
            rest = tail if newline else rest + chunk
            if len(rest) > csv.field_size_limit():
                return False
    return not rest or _is_plain_block(rest + b"\n", separator)


def _is_plain_block(block: bytes, separator: str) -> bool:
    signs = np.frombuffer(block, dtype=np.uint8)
    ends = np.flatnonzero(signs == _NEWLINE)
    lengths = np.diff(ends, prepend=-1)
    if block.startswith(_BOM) or lengths.max() > csv.field_size_limit():
        return False
    if (lengths == 1).any() or (signs[ends[lengths == 2] - 1] == _RETURN).any():
        return False
    if b'"' not in block:
        return True
    quotes = np.flatnonzero(signs == _QUOTE)
    opening, closing = quotes[::2], quotes[1::2]
    if len(opening) != len(closing):
        return False
    beside = np.zeros(256, dtype=np.bool_)
    beside[[ord(separator), _NEWLINE]] = True
    begins = beside[signs[opening - 1]] | (opening == 0)
    beside[_RETURN] = True
    ended = beside[signs[closing + 1]]
    on_one_line = np.searchsorted(ends, opening) == np.searchsorted(ends, closing)
    return bool(begins.all() and ended.all() and on_one_line.all())
