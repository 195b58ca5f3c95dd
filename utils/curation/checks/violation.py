"""Where a rule is broken and how; and the ways rules walk through the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from utils.curation.contract import RESTRICTED, Table
from utils.curation.curated_tables import Record
from utils.curation.problems import Code, Problem, Reading, Row, Value, shown


class Spot(NamedTuple):
    """One row of one file, and the line it stands on: 0 for the table as a whole."""

    reading: Reading
    line: int
    row: Row

    @property
    def id(self) -> str:
        """Return the key of the row as text."""
        return row_key(self.reading.table, self.row)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one column of a row, and what was expected."""

    column: str
    value: Value
    expected: str
    code: Code


Finding = tuple[Spot, Flaw]


def row_key(table: Table, row: Row) -> str:
    """Return the key of a row as text, by which an acceptance names it."""
    return ", ".join(shown(row.get(column)) for column in table.key) if row else ""


def problem(record: Record, spot: Spot, flaw: Flaw) -> Problem:
    """Return a finding as a problem of its file."""
    file = f"{record.data.name}/{spot.reading.table.path}"
    return Problem(file, spot.line, flaw.column, shown(flaw.value), flaw.expected, flaw.code, spot.id)


def spots(reading: Reading) -> Iterator[Spot]:
    """Yield each row of a table with its line."""
    for line, row in zip(reading.lines, reading.rows, strict=True):
        yield Spot(reading, line, row)


def each(record: Record, *subjects: str) -> Iterator[Spot]:
    """Yield each row of tables and of their restricted parts, with its line."""
    for subject in subjects:
        for name in (subject, RESTRICTED + subject):
            if name in record.readings:
                yield from spots(record.readings[name])


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows of one subject that are compared with one another, and those that findings stand at.

    The open rows are compared alone, so that the same doubts are found where the restricted folder is
    left out. Then all rows are compared, and only what the restricted ones add is found.
    """

    spots: Sequence[Spot]
    restricted_only: bool

    def stands_at(self, involved: Sequence[Spot]) -> Spot | None:
        """Return the first of the rows that a finding may stand at: ``None`` when it was found before."""
        for spot in involved:
            if not self.restricted_only or spot.reading.table.restricted:
                return spot
        return None


def comparisons(record: Record, subject: str) -> Iterator[Comparison]:
    """Yield the rows of a subject to compare, without those that a later row corrects."""
    open_spots = [spot for name in (subject,) if (r := record.readings.get(name)) for spot in spots(r)]
    hidden = [spot for spot in each(record, subject) if spot.reading.table.restricted]
    corrected = {spot.row.get("supersedes") for spot in (*open_spots, *hidden)} - {None}

    def standing(found: Sequence[Spot]) -> list[Spot]:
        return [spot for spot in found if not (corrected and spot.id in corrected)]

    yield Comparison(standing(open_spots), restricted_only=False)
    if hidden:
        known = {spot.id for spot in open_spots}
        added = [spot for spot in hidden if spot.id not in known]
        yield Comparison(standing([*open_spots, *added]), restricted_only=True)
