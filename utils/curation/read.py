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
    "number",
    "overlay",
    "p-code",
    "pattern",
    "phase",
    "ragged",
    "required",
    "restricted",
    "reused-id",
    "size",
    "unit",
    "unknown-key",
]
"""What kind of problem it is; docs/checks.md explains each."""
Value = str | float | int | bool | date | None
Row = dict[str, Value]

MAX_BYTES: Final = 50 * 1024 * 1024
MAX_CELL: Final = 20_000
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
            value, wanted, code = parse(cell, field)
            if wanted:
                problems.append(Problem(name, line, field.name, cell, wanted, code))
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


def parse(cell: str, field: Field) -> tuple[Value, str, Code]:
    """Return ``(value, what was expected, code)``; the second is empty when the cell is good."""
    if len(cell) > MAX_CELL:
        return None, f"at most {MAX_CELL} characters", "size"
    if cell == "":
        return (None, "a value", "required") if field.required else (None, "", "required")
    if field.kind == "string":
        return _text(cell, field)
    if field.kind == "boolean":
        if cell not in (field.true_value, field.false_value):
            return None, f"{field.true_value} or {field.false_value}", "flag"
        return cell == field.true_value, "", "flag"
    plain = cell.strip().translate(_DIGITS)
    return _day(plain) if field.kind == "date" else _figure(plain, field)


def _day(plain: str) -> tuple[Value, str, str]:
    try:
        if _DAY.fullmatch(plain):
            return date.fromisoformat(plain), "", ""
    except ValueError:
        pass
    return None, "an ISO date such as 2025-07-24", "date"


def _figure(plain: str, field: Field) -> tuple[Value, str, str]:
    value: float | int
    if field.kind == "integer":
        if not _INTEGER.fullmatch(plain) or len(plain) > 15:
            return None, "a whole number such as 12345", "number"
        value = int(plain)
    else:
        if not _NUMBER.fullmatch(plain) or not math.isfinite(float(plain)):
            return None, "a plain decimal number such as 12345 or 12.5", "number"
        value = float(plain)
    wanted = _outside(value, field)
    return (None, wanted, "range") if wanted else (value, "", "")


def _outside(value: float, field: Field) -> str:
    if field.minimum is not None and value < field.minimum:
        return f"{field.minimum:g} or more"
    if field.maximum is not None and value > field.maximum:
        return f"{field.maximum:g} or less"
    return ""


def _text(cell: str, field: Field) -> tuple[Value, str, Code]:
    if field.allowed and cell not in field.allowed:
        return cell, "one of " + ", ".join(sorted(field.allowed)), "allowed"
    if field.pattern and not field.pattern.fullmatch(cell):
        return cell, f"text like {field.pattern.pattern}", "pattern"
    return cell, "", "pattern"


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
            wanted, code = _typed(row[field.name], field)
            if wanted:
                shown = "" if row[field.name] is None else str(row[field.name])
                problems.append(Problem(name, index, field.name, shown, wanted, code))
    return Reading(table, rows, tuple(range(1, len(rows) + 1)), tuple(problems))


_PYTHON: Final[Mapping[str, tuple[type, ...]]] = {
    "string": (str,),
    "number": (float, int),
    "integer": (int,),
    "date": (date,),
    "boolean": (bool,),
}


def _typed(value: object, field: Field) -> tuple[str, str]:
    """Return ``(what was expected, code)`` of a value that has a type already; empty when good."""
    if value is None:
        return ("a value", "required") if field.required else ("", "")
    if type(value) not in _PYTHON[field.kind]:
        return f"a value of type {field.kind}", "type"
    if isinstance(value, str):
        _, wanted, code = _text(value, field)
        return wanted, code
    if isinstance(value, float | int) and not isinstance(value, bool):
        if not math.isfinite(value):
            return "a number", "number"
        wanted = _outside(value, field)
        return (wanted, "range") if wanted else ("", "")
    return "", ""
