"""The files of a large table, cut into pieces of rows. Each row keeps the line it stands on.

The text of a CSV file becomes columns by Arrow where Arrow can only read it as Python does: each quote
begins or ends a cell, each row is a line. From the first block that is not so, the file is read by the
reader of small tables, a piece at a time, so that both agree on every file.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from utils.curation.bulk.found import Found
from utils.curation.contract import Table
from utils.curation.decode import NotText, decode
from utils.curation.header import header_problems
from utils.curation.parquet import CAUTIOUS, too_large
from utils.curation.problems import Problem
from utils.curation.read import MAX_BYTES, separator_of

BLOCK: Final = 16 * 1024 * 1024
"""Bytes of a CSV file that are handled at once."""
ROWS: Final = 65_536
"""Rows that are handled at once where they are not counted by bytes."""
_FORMS: Final = frozenset({".csv", ".parquet"})
_AT_ONCE: Final = 2 * 1024 * 1024
_HEAD: Final = 1024 * 1024
_START: Final = 8
_BOM: Final = codecs.BOM_UTF8
_NEWLINE, _RETURN, _QUOTE = b'\n\r"'


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of one part: columns by name, and the line of each row. CSV cells are text."""

    file: str
    lines: NDArray[np.int32]
    columns: Mapping[str, Any]
    is_text: bool


def parts(data: Path, table: Table) -> tuple[Path, ...]:
    """Return the files of a table: its own, the same as Parquet, and those of the folder of its name."""
    own = data / table.path
    folder = own.with_suffix("")
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    beside = [path for path in (own, own.with_suffix(".parquet")) if path.exists()]
    return (*beside, *(path for path in inside if not path.name.startswith(".")))


def name_of(data: Path, path: Path) -> str:
    """Return the name of a part in problems."""
    return f"{data.name}/{path.relative_to(data).as_posix()}"


def pieces(data: Path, path: Path, table: Table, found: Found) -> Iterator[Piece]:
    """Yield one part in pieces, in order; what cannot be read is told to ``found``."""
    name = name_of(data, path)
    if not path.resolve().is_relative_to(data.resolve()):
        found.add([Problem(name, 0, "", "", "a file inside the data folder", "file")])
    elif path.suffix not in _FORMS or not path.is_file():
        found.add([Problem(name, 0, "", "", "a CSV or Parquet file, not compressed", "file")])
    else:
        try:
            yield from (
                _parquet_pieces(path, name, table, found)
                if path.suffix == ".parquet"
                else _csv_pieces(path, name, table, found)
            )
        except OSError as error:
            wanted = f"a readable file ({error.strerror or type(error).__name__})"
            found.add([Problem(name, 0, "", "", wanted, "file")])


def _parquet_pieces(path: Path, name: str, table: Table, found: Found) -> Iterator[Piece]:
    texts = [field.name for field in table.fields if field.kind == "string" and field.name not in table.key]
    try:
        with pq.ParquetFile(path, read_dictionary=texts, **CAUTIOUS) as file:
            if refused := too_large(file.metadata, name):
                found.add([refused])
                return
            problems = header_problems(file.schema_arrow.names, table, name)
            found.add(problems)
            if any(problem.code == "header" for problem in problems):
                return
            line = 1
            for batch in file.iter_batches(batch_size=ROWS, columns=list(table.columns)):
                batch.validate(full=True)
                columns = {column: batch.column(column) for column in table.columns}
                yield Piece(name, _from(line, batch.num_rows), columns, is_text=False)
                line += batch.num_rows
            if line - 1 != file.metadata.num_rows:
                wanted = f"{file.metadata.num_rows} rows, as its footer says"
                found.add([Problem(name, 0, "", f"{line - 1} rows", wanted, "file")])
    except MemoryError:
        raise
    except (pa.ArrowException, ValueError, OverflowError) as error:
        wanted = f"a Parquet file ({type(error).__name__})"
        found.add([Problem(name, 0, "", "", wanted, "file")])


def _from(line: int, count: int) -> NDArray[np.int32]:
    return np.arange(line, line + count, dtype=np.int32)


def _csv_pieces(path: Path, name: str, table: Table, found: Found) -> Iterator[Piece]:
    if undecodable := _survey(path, name):
        found.add([undecodable])
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        separator = separator_of(file.read(_HEAD))
        file.seek(0)
        reader = csv.reader(file, strict=True, delimiter=separator)
        first = next(_rows(reader, name, found), None)
        lines = reader.line_num
    if first is None:
        found.add([Problem(name, 1, "", "", "a header row", "header")])
        return
    problems = header_problems(first[1], table, name)
    found.add(problems)
    cut = _Cutter(name, tuple(first[1]), table, separator, found)
    with path.open("rb") as binary:
        if not any(problem.code == "header" for problem in problems):
            yield from cut.blocks(binary, lines)
            return
        for _ in cut.rows(io.TextIOWrapper(binary, encoding="utf-8-sig", newline=""), 0, skip=1):
            """Without a sound header only what is wrong with the rows is told."""


def _survey(path: Path, name: str) -> Problem | None:
    """Look at every byte of a file: is it UTF-8 text without control signs, line ends LF or CRLF?

    The reader of small tables tells what is wrong, where the file is of a size that it reads.
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


def _rows(reader: Any, name: str, found: Found, before: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty, with the line it begins on; a syntax that is not CSV ends them."""
    last = 0
    try:
        for cells in reader:
            line, last = last + 1, reader.line_num
            if cells:
                yield before + line, cells
    except csv.Error as error:
        wanted = f"well-formed CSV ({error})"
        found.add([Problem(name, before + last + 1, "", "", wanted, "csv")])


class _Cutter:
    """Cuts a CSV file whose header is known."""

    def __init__(self, name: str, header: Sequence[str], table: Table, separator: str, found: Found) -> None:
        self._name, self._header, self._separator, self._found = name, header, separator, found
        self._at = {column: header.index(column) for column in table.columns if column in header}
        wide = {field.name for field in table.fields if field.kind in {"number", "integer"}} | set(table.key)
        coded = pa.dictionary(pa.int32(), pa.string())
        self._types = {
            column: pa.string() if column in wide or column not in self._at else coded for column in header
        }

    def rows(self, text: Iterable[str], before: int, *, skip: int = 0) -> Iterator[Piece]:
        """Yield pieces by the reader of small tables, without the first ``skip`` rows.

        ``before`` is the number of lines that came earlier.
        """
        reader = csv.reader(text, strict=True, delimiter=self._separator)
        lines: list[int] = []
        kept: list[list[str]] = []
        for line, cells in islice(_rows(reader, self._name, self._found, before), skip, None):
            if len(cells) != len(self._header):
                wanted = f"{len(self._header)} cells, as in the header"
                self._found.add([Problem(self._name, line, "", f"{len(cells)} cells", wanted, "ragged")])
                continue
            lines.append(line)
            kept.append(cells)
            if len(kept) == ROWS:
                yield self._piece(lines, kept)
                lines, kept = [], []
        if kept:
            yield self._piece(lines, kept)

    def _piece(self, lines: list[int], kept: list[list[str]]) -> Piece:
        cells = list(zip(*kept, strict=True))
        columns = {column: pa.array(cells[at], pa.string()) for column, at in self._at.items()}
        return Piece(self._name, np.asarray(lines, dtype=np.int32), columns, is_text=True)

    def blocks(self, file: io.BufferedReader, header_lines: int) -> Iterator[Piece]:
        """Yield pieces of the rows after the header, a block of whole lines each."""
        for _ in range(header_lines):
            file.readline()
        line, rest, at = header_lines, b"", file.tell()
        while chunk := file.read(BLOCK):
            whole, newline, tail = chunk.rpartition(b"\n")
            if not newline:
                rest += chunk
                continue
            block, rest = rest + whole + newline, tail
            if not _is_simple(block, self._separator):
                break
            yield from self._block(block, line)
            line += block.count(b"\n")
            at += len(block)
        else:
            if rest and _is_simple(rest + b"\n", self._separator):
                yield from self._block(rest + b"\n", line)
                return
        file.seek(at)
        yield from self.rows(io.TextIOWrapper(file, encoding="utf-8", newline=""), line)

    def _block(self, block: bytes, before: int) -> Iterator[Piece]:
        count = block.count(b"\n")
        read = self._by_arrow(block)
        if read is None or read.num_rows != count:
            yield from self.rows(io.StringIO(block.decode("utf-8"), newline=""), before)
            return
        columns = {column: read.column(at).combine_chunks() for column, at in self._at.items()}
        yield Piece(self._name, _from(before + 1, count), columns, is_text=True)

    def _by_arrow(self, block: bytes) -> Any:
        """Return the columns of a block, or ``None`` where a row has too many or too few cells."""
        places = [f"{at}" for at in range(len(self._header))]
        try:
            return arrow_csv.read_csv(
                pa.BufferReader(block),
                read_options=arrow_csv.ReadOptions(column_names=places, block_size=_AT_ONCE),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=self._separator, double_quote=False, newlines_in_values=False
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types={
                        place: self._types[column] for place, column in zip(places, self._header, strict=True)
                    },
                    null_values=[],
                    strings_can_be_null=False,
                ),
            )
        except MemoryError:
            raise
        except pa.ArrowInvalid:
            return None


def _is_simple(block: bytes, separator: str) -> bool:
    """Return whether Arrow can only read a block of lines as Python does."""
    signs = np.frombuffer(block, dtype=np.uint8)
    ends = np.flatnonzero(signs == _NEWLINE)
    if block.startswith(_BOM) or np.diff(ends, prepend=-1).max() > csv.field_size_limit():
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
