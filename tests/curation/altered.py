"""The frozen record with a few rows changed or added, in memory."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from utils.curation.check import examine
from utils.curation.curated_tables import Record
from utils.curation.problems import Code, Problem, Row

TODAY = date(2026, 11, 25)


def open_part(record: Record) -> Record:
    """Return the record as it is where the restricted folder is left out."""
    readings = {name: one for name, one in record.readings.items() if not one.table.restricted}
    return replace(record, readings=readings, has_restricted=False)


def changed(record: Record, table: str, where: Callable[[Row], bool], **cells: Any) -> Record:
    """Return the record with other cells in the first row where ``where`` holds."""
    rows = list(record.rows(table))
    index = next(index for index, row in enumerate(rows) if where(row))
    rows[index] = rows[index] | cells
    return _with_rows(record, table, rows)


def added(record: Record, table: str, like: str, **cells: Any) -> Record:
    """Return the record with one more row: a copy of the row with the key ``like``, with other cells."""
    rows = list(record.rows(table))
    key = record.readings[table].table.key[0]
    model = next(row for row in rows if row[key] == like)
    return _with_rows(record, table, [*rows, model | cells])


def _with_rows(record: Record, table: str, rows: list[Row]) -> Record:
    reading = record.readings[table]
    lines = tuple(range(2, len(rows) + 2))
    return replace(
        record, readings={**record.readings, table: replace(reading, rows=tuple(rows), lines=lines)}
    )


def row_of(key: str, column: str = "observation_id") -> Callable[[Row], bool]:
    """Return what finds the row with this id."""
    return lambda row: row[column] == key


def told(record: Record, code: Code, *, today: date = TODAY) -> list[Problem]:
    """Return the problems of one code that the checks tell."""
    return [problem for problem in examine(record, today=today).problems if problem.code == code]


def only(record: Record, code: Code, *, today: date = TODAY) -> Problem:
    """Return the one problem that the checks tell, which is of this code."""
    found = examine(record, today=today).problems
    assert [problem.code for problem in found] == [code], found
    return found[0]
