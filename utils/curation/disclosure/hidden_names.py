"""The names of a record that may not go public: those of its restricted sites and villages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from utils.curation.curated_tables import Record
from utils.curation.disclosure.name_filter import Hidden, NameGate, area_of, build_gate
from utils.curation.read import Row, Value
from utils.text.locale import name_columns

_PUBLIC_PLACES: Final = frozenset(
    {"country", "province", "district", "city", "crossing", "temple", "flashpoint"}
)


def build_name_gate(record: Record) -> NameGate:
    """Return the name gate made from the restricted tables; an empty one where they are not there."""
    public_places = [row for row in record.rows("places") if row["kind"] in _PUBLIC_PLACES]
    return build_gate(
        sites=record.rows("restricted_sites"),
        aliases=record.rows("restricted_site_aliases"),
        villages=tuple(_village_names(record)),
        public_names=[
            str(row[column]) for row in public_places for column in name_columns(row) if row[column]
        ],
    )


def list_hidden_villages(record: Record) -> tuple[Row, ...]:
    """Return the restricted villages that have no public form."""
    open_ids = {row["place_id"] for row in record.rows("places")}
    return tuple(
        row
        for row in record.rows("restricted_places")
        if row["kind"] == "village" and row["place_id"] not in open_ids
    )


def _village_names(record: Record) -> Iterator[tuple[str, Hidden]]:
    """Yield every spelling of the restricted villages that have no public form."""
    by_id = {row["place_id"]: row for row in record.overlaid("places")}
    for row in list_hidden_villages(record):
        hidden = Hidden(site_id=str(row["place_id"]), area=_area(row, by_id))
        written = [row[column] for column in name_columns(row)]
        written += [
            alias["alias"]
            for alias in record.rows("restricted_place_aliases")
            if alias["place_id"] == row["place_id"]
        ]
        for text in filter(None, written):
            yield str(text), hidden


def _area(place: Row, by_id: Mapping[Value, Row]) -> str:
    """Return the district that a place lies in, in words, or its province."""
    seen: set[Value] = set()
    parent = place["parent_id"]
    while parent in by_id and parent not in seen:
        seen.add(parent)
        above = by_id[parent]
        if above["kind"] == "district":
            return area_of({"admin1": None, "admin2": above["name"]})
        if above["kind"] == "province":
            return area_of({"admin1": above["name"], "admin2": None})
        parent = above["parent_id"]
    return "the border area"
