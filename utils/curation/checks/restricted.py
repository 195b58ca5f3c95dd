"""The restricted folder and what follows from it: both forms agree, derived tables are up to date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from utils.curation.checks.violation import Finding, Flaw, Spot, spots
from utils.curation.curated_tables import Record
from utils.curation.derive import derived
from utils.curation.disclosure.redaction import public_displacement, withheld_cells
from utils.curation.problems import shown

_SAME_IN_BOTH: Final = frozenset({"number", "integer", "date", "boolean"})
_MAY_DIFFER: Final = frozenset({"lat", "lon", "link"})
_DERIVED_FROM: Final = ("restricted_sites", "restricted_site_aliases", "restricted_site_reports")


def unlisted_cells(record: Record) -> Iterator[Finding]:
    """Every cell that is hidden is listed, so that no later release shows it."""
    reading = record.readings["displacement"]
    if reading.problems:
        return
    listed = withheld_cells(record)
    hidden = {row["observation_id"] for row in public_displacement(record) if row["suppressed"]}
    for spot in spots(reading):
        if spot.row["observation_id"] in hidden - listed:
            wanted = "a count of fewer than five, or one that tells it, in withheld_cells.csv: derive adds it"
            yield spot, Flaw("value", spot.row["value"], wanted, "withheld-cell")


def places_of_sites(record: Record) -> Iterator[Finding]:
    """Restricted rows may lie in open or restricted places, which one foreign key cannot say."""
    known = {row["place_id"] for row in record.overlaid("places")}
    for name, column in (("restricted_sites", "place_id"), ("restricted_places", "parent_id")):
        for spot in spots(record.readings[name]):
            value = spot.row[column]
            if value is not None and value not in known:
                yield spot, Flaw(column, value, "a place_id of places.csv", "unknown-key")


def overlays(record: Record) -> Iterator[Finding]:
    """A row that is both open and restricted holds the same numbers, days and flags."""
    for reading in record.readings.values():
        table = reading.table
        if not table.restricted or table.subject not in record.readings:
            continue
        open_rows = {tuple(row[column] for column in table.key): row for row in record.rows(table.subject)}
        compared = [field.name for field in table.fields if field.kind in _SAME_IN_BOTH]
        for spot in spots(reading):
            other = open_rows.get(tuple(spot.row[column] for column in table.key))
            for column in compared if other else ():
                if other and column not in _MAY_DIFFER and spot.row[column] != other.get(column):
                    wanted = f"{shown(other.get(column)) or 'nothing'}, as in {table.subject}.csv"
                    yield spot, Flaw(column, spot.row[column], wanted, "overlay")


def stale(record: Record) -> Iterator[Finding]:
    """Compare the derived tables, once the tables they follow from could be read."""
    if any(record.readings[name].problems for name in _DERIVED_FROM if name in record.readings):
        return
    for name, rows in derived(record).items():
        reading = record.readings[name]
        if not reading.problems and reading.rows != rows:
            wanted = "what restricted/ gives: run `python -m utils.curation derive`"
            yield Spot(reading, 0, {}), Flaw("", None, wanted, "derived")
