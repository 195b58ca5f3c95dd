"""Reads curated tables as text and parses them by the contract. Never guesses, never stops at the first.

Numbers with separators, approximations and dates that are not ISO are refused, since a guess would
become a figure. Khmer and Thai digits mean the same as ASCII ones and are converted.
"""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from utils.curation.contract import Field, Table

Value = str | float | int | bool | date | None
Row = dict[str, Value]

MAX_BYTES: Final = 50 * 1024 * 1024
MAX_CELL: Final = 20_000
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_INTEGER: Final = re.compile(r"-?\d+")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_DIGITS: Final = str.maketrans("០១២៣៤៥៦៧៨៩๐๑๒๓๔๕๖๗๘๙", "01234567890123456789")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong, where, and what was expected. ``row`` counts lines of the file from 1."""

    file: str
    row: int
    column: str
    value: str
    expected: str
    code: str

    def __str__(self) -> str:
        where = f"{self.file} row {self.row}" if self.row else self.file
        column = f", column {self.column}" if self.column else ""
        value = f'"{self.value[:80]}"' if self.value else "empty"
        return f"{where}{column}: {value} — expected {self.expected} [{self.code}]"


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows that could be read, the line each stands on, and every problem."""

    table: Table
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]


def read_table(data: Path, table: Table) -> Reading:
    """Read one table of a data folder. All problems come back with the rows; nothing is raised."""
    path = data / table.path
    name = f"{data.name}/{table.path}"
    try:
        content = path.read_bytes()
    except OSError as error:
        return _failed(table, Problem(name, 0, "", "", f"a readable file ({error.strerror})", "file"))
    if len(content) > MAX_BYTES:
        return _failed(table, Problem(name, 0, "", "", f"at most {MAX_BYTES} bytes", "size"))
    if path.suffix == ".parquet":
        return _read_parquet(content, table, name)
    return parse_csv(content, table, name)


def _failed(table: Table, *problems: Problem) -> Reading:
    return Reading(table, (), (), problems)


def parse_csv(content: bytes, table: Table, name: str) -> Reading:
    """Parse the bytes of a CSV file by the contract of ``table``."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        wanted = f"UTF-8 text (byte {error.start} is not)"
        return _failed(table, Problem(name, line, "", "", wanted, "encoding"))
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        return _failed(table, Problem(name, line, "", "NUL", "text without NUL bytes", "encoding"))
    header, records, problems = _records(text, name)
    if problems and not header:
        return _failed(table, *problems)
    problems += _header_problems(header, table, name)
    if any(problem.code == "header" for problem in problems):
        return _failed(table, *problems)
    rows, lines = [], []
    by_name = {field.name: field for field in table.fields}
    fields = [by_name.get(column) for column in header]
    for line, cells in records:
        row: Row = {}
        for field, cell in zip(fields, cells, strict=True):
            if field is None:
                continue
            value, wanted, code = parse(cell, field)
            if wanted:
                problems.append(Problem(name, line, field.name, cell, wanted, code))
            row[field.name] = value
        rows.append(row)
        lines.append(line)
    return Reading(table, tuple(rows), tuple(lines), tuple(problems))


def _records(text: str, name: str) -> tuple[list[str], list[tuple[int, list[str]]], list[Problem]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    records: list[tuple[int, list[str]]] = []
    problems: list[Problem] = []
    last = 0
    try:
        for cells in reader:
            line, last = last + 1, reader.line_num
            if not header:
                header = cells
            elif not cells:
                continue
            elif len(cells) != len(header):
                wanted = f"{len(header)} cells, as in the header"
                problems.append(Problem(name, line, "", f"{len(cells)} cells", wanted, "ragged"))
            else:
                records.append((line, cells))
    except csv.Error as error:
        problems.append(Problem(name, last + 1, "", "", f"well-formed CSV ({error})", "csv"))
    if not header:
        problems.append(Problem(name, 1, "", "", "a header row", "header"))
    return header, records, problems


def _header_problems(header: list[str], table: Table, name: str) -> list[Problem]:
    problems = [
        Problem(name, 1, column, "", "this column in the header", "header")
        for column in table.columns
        if column not in header
    ]
    problems += [
        Problem(name, 1, column, column, "each column once", "header")
        for column in sorted({column for column in header if header.count(column) > 1})
    ]
    problems += [
        Problem(name, 1, column, column, "a column of the contract", "extra-column")
        for column in header
        if column not in table.columns
    ]
    return problems


def parse(cell: str, field: Field) -> tuple[Value, str, str]:
    """Return ``(value, what was expected, code)``; the second is empty when the cell is good."""
    if len(cell) > MAX_CELL:
        return None, f"at most {MAX_CELL} characters", "size"
    if cell == "":
        return (None, "a value", "required") if field.required else (None, "", "")
    if field.kind == "string":
        return _text(cell, field)
    plain = cell.strip().translate(_DIGITS)
    if field.kind == "number":
        if not _NUMBER.fullmatch(plain) or not math.isfinite(float(plain)):
            return None, "a plain decimal number such as 12345 or 12.5", "number"
        return float(plain), "", ""
    if field.kind == "integer":
        if not _INTEGER.fullmatch(plain) or len(plain) > 15:
            return None, "a whole number such as 12345", "number"
        return int(plain), "", ""
    if field.kind == "date":
        try:
            if not _DAY.fullmatch(plain):
                raise ValueError
            return datetime.strptime(plain, "%Y-%m-%d").date(), "", ""
        except ValueError:
            return None, "an ISO date such as 2025-07-24", "date"
    if field.kind == "boolean":
        if cell not in (field.true_value, field.false_value):
            return None, f"{field.true_value} or {field.false_value}", "flag"
        return cell == field.true_value, "", ""
    return None, f"a column type known here, not {field.kind}", "contract"


def _text(cell: str, field: Field) -> tuple[Value, str, str]:
    if field.allowed and cell not in field.allowed:
        return cell, "one of " + ", ".join(sorted(field.allowed)), "allowed"
    if field.pattern and not field.pattern.fullmatch(cell):
        return cell, f"text like {field.pattern.pattern}", "pattern"
    return cell, "", ""


def _read_parquet(content: bytes, table: Table, name: str) -> Reading:
    try:
        frame = pq.read_table(io.BytesIO(content))
    except (pa.ArrowException, OSError) as error:
        reason = f"a Parquet file ({type(error).__name__})"
        return _failed(table, Problem(name, 0, "", "", reason, "file"))
    problems = _header_problems(frame.column_names, table, name)
    if any(problem.code == "header" for problem in problems):
        return _failed(table, *problems)
    rows = tuple(frame.select(list(table.columns)).to_pylist())
    required = [field.name for field in table.fields if field.required]
    problems += [
        Problem(name, index, column, "", "a value", "required")
        for index, row in enumerate(rows, 1)
        for column in required
        if row[column] is None
    ]
    return Reading(table, rows, tuple(range(1, len(rows) + 1)), tuple(problems))
