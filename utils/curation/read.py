"""Reads curated tables as text and parses them by the contract. Never guesses, never stops at the first.

Numbers with separators, approximations and dates that are not ISO are refused, since a guess would
become a figure. Khmer and Thai digits mean the same as ASCII ones and are converted.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from utils.curation.contract import Field, Table

Code = Literal[
    "allowed",
    "contract",
    "csv",
    "date",
    "derived",
    "duplicate",
    "encoding",
    "extra-column",
    "file",
    "flag",
    "header",
    "limits",
    "number",
    "overlay",
    "p-code",
    "pattern",
    "personal",
    "phase",
    "ragged",
    "required",
    "restricted",
    "reused-id",
    "size",
    "unit",
    "unknown-key",
    "withheld-cell",
]
"""What kind of problem it is; docs/checks.md explains each."""
WARNINGS: Final = frozenset({"extra-column"})
Value = str | float | int | bool | date | None
Row = dict[str, Value]

MAX_BYTES: Final = 50 * 1024 * 1024
MAX_CELL: Final = 20_000
MAX_DIGITS: Final = 15
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_INTEGER: Final = re.compile(r"-?[0-9]+")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEPARATORS: Final = ",;\t"
_DIGITS: Final = str.maketrans("០១២៣៤៥៦៧៨៩๐๑๒๓๔๕๖๗๘๙", "01234567890123456789")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong, where, and what was expected. ``row`` counts lines of the file from 1."""

    file: str
    row: int
    column: str
    value: str
    expected: str
    code: Code

    def __str__(self) -> str:
        where = f"{self.file} row {self.row}" if self.row else self.file
        column = f", column {self.column}" if self.column else ""
        value = f'"{self.value[:80]}"' if self.value else "empty"
        return f"{where}{column}: {value} — expected {self.expected} [{self.code}]"


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


def read_table(data: Path, table: Table) -> Reading:
    """Read one table of a data folder. All problems come back with the rows; nothing is raised."""
    path = data / table.path
    name = f"{data.name}/{table.path}"
    if not path.resolve().is_relative_to(data.resolve()):
        return _failed(table, Problem(name, 0, "", "", "a file inside the data folder", "file"))
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
            value, fault = parse(cell, field)
            if fault:
                problems.append(Problem(name, line, field.name, cell, fault.expected, fault.code))
            row[field.name] = value
        rows.append(row)
        lines.append(line)
    return Reading(table, tuple(rows), tuple(lines), tuple(problems))


def _records(text: str, name: str) -> tuple[list[str], list[tuple[int, list[str]]], list[Problem]]:
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
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


def _separator(text: str) -> str:
    """Return what separates the columns: the comma, unless the header has only another sign."""
    header = text.splitlines()[0] if text else ""
    used = [sign for sign in _SEPARATORS if sign in header]
    return used[0] if len(used) == 1 else ","


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


def parse(cell: str, field: Field) -> tuple[Value, Fault | None]:
    """Return the value of a cell, and what is wrong with it: ``None`` when it is good."""
    if len(cell) > MAX_CELL:
        return None, Fault(f"at most {MAX_CELL} characters", "size")
    if cell == "":
        return None, Fault("a value", "required") if field.required else None
    if field.kind == "string":
        return cell, _text_fault(cell, field)
    if field.kind == "boolean":
        if cell in (field.true_value, field.false_value):
            return cell == field.true_value, None
        return None, Fault(f"{field.true_value} or {field.false_value}", "flag")
    plain = cell.strip().translate(_DIGITS)
    return _day(plain) if field.kind == "date" else _figure(plain, field)


def _day(plain: str) -> tuple[Value, Fault | None]:
    wrong = Fault("an ISO date such as 2025-07-24", "date")
    if not _DAY.fullmatch(plain):
        return None, wrong
    try:
        return date.fromisoformat(plain), None
    except ValueError:
        return None, wrong


def _figure(plain: str, field: Field) -> tuple[Value, Fault | None]:
    value: float | int
    if field.kind == "integer":
        if not _INTEGER.fullmatch(plain) or len(plain) > MAX_DIGITS:
            return None, Fault("a whole number such as 12345", "number")
        value = int(plain)
    else:
        if not _NUMBER.fullmatch(plain) or not math.isfinite(float(plain)):
            return None, Fault("a plain decimal number such as 12345 or 12.5", "number")
        value = float(plain)
    outside = _bounds_fault(value, field)
    return (None, outside) if outside else (value, None)


def _bounds_fault(value: float, field: Field) -> Fault | None:
    if not math.isfinite(value):
        return Fault("a finite number", "number")
    if field.minimum is not None and value < field.minimum:
        return Fault(f"{field.minimum:g} or more", "number")
    if field.maximum is not None and value > field.maximum:
        return Fault(f"{field.maximum:g} or less", "number")
    return None


def _text_fault(cell: str, field: Field) -> Fault | None:
    if field.allowed and cell not in field.allowed:
        return Fault("one of " + ", ".join(sorted(field.allowed)), "allowed")
    if field.pattern and not field.pattern.fullmatch(cell):
        return Fault(f"text like {field.pattern.pattern}", "pattern")
    return None


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
    for index, row in enumerate(rows, 1):
        for field in table.fields:
            value = row[field.name]
            fault = _value_fault(value, field)
            if fault:
                shown = "" if value is None else str(value)
                problems.append(Problem(name, index, field.name, shown, fault.expected, fault.code))
    return Reading(table, rows, tuple(range(1, len(rows) + 1)), tuple(problems))


_STORED: Final[Mapping[str, tuple[tuple[type, ...], Code]]] = {
    "string": ((str,), "pattern"),
    "number": ((float, int), "number"),
    "integer": ((int,), "number"),
    "date": ((date,), "date"),
    "boolean": ((bool,), "flag"),
}


def _value_fault(value: Value, field: Field) -> Fault | None:
    """Return what is wrong with a value of a Parquet file, which has a type already."""
    if value is None:
        return Fault("a value", "required") if field.required else None
    types, code = _STORED[field.kind]
    if type(value) not in types:
        return Fault(f"a value of type {field.kind}", code)
    if isinstance(value, str):
        return _text_fault(value, field)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _bounds_fault(value, field)
    return None
