"""Reads curated tables as text and parses them by the contract. Never guesses, never stops at the first."""

from __future__ import annotations

import csv
import io
import logging
import stat
from pathlib import Path
from typing import Final

from utils.curation.cells import MAX_CELL, parse
from utils.curation.contract import Table
from utils.curation.decode import NotText, decode
from utils.curation.header import header_problems
from utils.curation.parquet import read_parquet
from utils.curation.problems import (
    ACCEPTABLE,
    DOUBTS,
    MAX_PROBLEMS,
    WARNINGS,
    Code,
    Fault,
    Problem,
    Reading,
    Row,
    Value,
    failed,
    shown,
    too_many,
)

__all__ = [
    "ACCEPTABLE",
    "DOUBTS",
    "MAX_BYTES",
    "MAX_CELL",
    "WARNINGS",
    "Code",
    "Fault",
    "Problem",
    "Reading",
    "Row",
    "Value",
    "parse",
    "parse_csv",
    "read_table",
]
MAX_BYTES: Final = 50 * 1024 * 1024
_SEPARATORS: Final = ",;\t"
_security: Final = logging.getLogger("samaki.security")


def read_table(data: Path, table: Table) -> Reading:
    """Read one table of a data folder. All problems come back with the rows; nothing is raised.

    A path that leads out of the data folder is refused and logged as a security event.
    """
    path = data / table.path
    name = f"{data.name}/{table.path}"
    try:
        if not path.resolve().is_relative_to(data.resolve()):
            _security.warning("refused a path out of the data folder: %s", name)
            return failed(table, Problem(name, 0, "", "", "a file inside the data folder", "file"))
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return failed(table, Problem(name, 0, "", "", "a file, not a folder or device", "file"))
        if found.st_size > MAX_BYTES:
            wanted = f"at most {MAX_BYTES} bytes"
            return failed(table, Problem(name, 0, "", f"{found.st_size} bytes", wanted, "size"))
        content = path.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "its path goes in a circle"
        return failed(table, Problem(name, 0, "", "", f"a readable file ({reason})", "file"))
    if path.suffix == ".parquet":
        return read_parquet(content, table, name)
    return parse_csv(content, table, name)


def parse_csv(content: bytes, table: Table, name: str) -> Reading:
    """Parse the bytes of a CSV file by the contract of ``table``."""
    try:
        text = decode(content)
    except NotText as error:
        return failed(
            table, Problem(name, error.line, "", error.value, error.fault.expected, error.fault.code)
        )
    header, records, problems = _records(text, name)
    if problems and not header:
        return failed(table, *problems)
    problems += header_problems(header, table, name)
    if any(problem.code == "header" for problem in problems):
        return failed(table, *problems)
    rows, lines = [], []
    by_name = {field.name: field for field in table.fields}
    fields = [by_name.get(column) for column in header]
    for line, cells in records:
        if len(problems) >= MAX_PROBLEMS:
            break
        row: Row = {}
        for field, cell in zip(fields, cells, strict=True):
            if field is None:
                continue
            value, fault = parse(cell, field)
            if fault:
                problems.append(Problem(name, line, field.name, shown(cell), fault.expected, fault.code))
            row[field.name] = value
        rows.append(row)
        lines.append(line)
    if len(problems) >= MAX_PROBLEMS:
        problems.append(too_many(name))
    return Reading(table, tuple(rows), tuple(lines), tuple(problems))


def _records(text: str, name: str) -> tuple[list[str], list[tuple[int, list[str]]], list[Problem]]:
    separator = separator_of(text)
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
                if len(problems) >= MAX_PROBLEMS:
                    break
                wanted = f"{len(header)} cells, as in the header"
                problems.append(Problem(name, line, "", f"{len(cells)} cells", wanted, "ragged"))
            else:
                records.append((line, cells))
    except csv.Error as error:
        problems.append(Problem(name, last + 1, "", "", f"well-formed CSV ({error})", "csv"))
    if not header:
        problems.append(Problem(name, 1, "", "", "a header row", "header"))
    return header, records, problems


def separator_of(text: str) -> str:
    """Return what separates the columns: the comma, unless the header has only another sign."""
    header = text.splitlines()[0] if text else ""
    used = [sign for sign in _SEPARATORS if sign in header]
    return used[0] if len(used) == 1 else ","
