"""Keys: each stands once, none comes back, and no row or figure is written twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from utils.curation.checks.violation import Finding, Flaw, Spot, comparisons, spots
from utils.curation.curated_tables import Record
from utils.curation.problems import Row, Value

_SAYS_NOTHING: Final = frozenset({"note", "supersedes"})
_FIGURES: Final = ("displacement", "impact", "needs", "site_reports")
_NOT_THE_FIGURE: Final = frozenset({"observation_id", "note", "supersedes", "headline_ok", "crisis_phase"})
_ONLY_IDS: Final = frozenset({"withheld_cells"})
"""Tables that list ids: two counts of one district and day are withheld together."""


def twice(record: Record) -> Iterator[Finding]:
    """Two rows of a table have the same key."""
    for reading in record.readings.values():
        seen: dict[tuple[Value, ...], Spot] = {}
        columns = reading.table.key
        for spot in spots(reading):
            key = tuple(spot.row[column] for column in columns)
            first = seen.setdefault(key, spot)
            if first is not spot:
                wanted = (
                    f"one row (row {first.line} is exactly the same)"
                    if first.row == spot.row
                    else f"a key of its own (row {first.line} has it already)"
                )
                yield spot, Flaw("+".join(columns), spot.id, wanted, "duplicate")


def copies(record: Record) -> Iterator[Finding]:
    """Two rows of a table say the same in every column, under two ids of its own."""
    for reading in record.readings.values():
        key = reading.table.key
        linked = {link.column for link in reading.table.foreign_keys}
        if len(key) != 1 or not key[0].endswith("_id") or reading.table.name in _ONLY_IDS or key[0] in linked:
            continue
        seen: dict[tuple[Value, ...], Spot] = {}
        for spot in spots(reading):
            first = seen.setdefault(_content(spot), spot)
            if first.id != spot.id and not _corrects(spot, first):
                wanted = f"a row of its own (row {first.line} says the same as {first.id})"
                yield spot, Flaw(key[0], spot.id, wanted, "duplicate")


def _content(spot: Spot) -> tuple[Value, ...]:
    unsaid = {*spot.reading.table.key, *_SAYS_NOTHING}
    return tuple(value for column, value in spot.row.items() if column not in unsaid)


def _corrects(first: Spot, other: Spot) -> bool:
    return first.row.get("supersedes") == other.id or other.row.get("supersedes") == first.id


def same_figure(record: Record) -> Iterator[Finding]:
    """One source gives one figure of one day and place under two ids."""
    for subject in _FIGURES:
        for compared in comparisons(record, subject):
            groups: dict[tuple[Value, ...], list[Spot]] = defaultdict(list)
            for spot in compared.spots:
                groups[_figure(spot.row)].append(spot)
            for first, *others in groups.values():
                for other in others:
                    where = compared.stands_at((other, first))
                    if where and _content(other) != _content(first):
                        wanted = f"one row for one figure: {first.id} and {other.id} tell the same"
                        yield where, Flaw("value", where.row["value"], wanted, "same-figure")


def _figure(row: Row) -> tuple[Value, ...]:
    return tuple(value for column, value in row.items() if column not in _NOT_THE_FIGURE)


def come_back(record: Record) -> Iterator[Finding]:
    """An id that was withdrawn is never used again."""
    gone = {row["observation_id"] for row in record.rows("withdrawn_ids")}
    for reading in record.readings.values():
        key = reading.table.key
        if not gone or reading.table.name == "withdrawn_ids" or len(key) != 1:
            continue
        for spot in spots(reading):
            if spot.row[key[0]] in gone:
                wanted = "an id that was never withdrawn"
                yield spot, Flaw(key[0], spot.row[key[0]], wanted, "reused-id")
