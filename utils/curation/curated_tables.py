"""The whole curated record, read once: every table, its restricted part, every problem of reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from utils.curation.contract import RESTRICTED, Contract, load
from utils.curation.disclosure.name_filter import Hidden, NameGate, area_of, build_gate
from utils.curation.read import Problem, Reading, Row, Value, read_table
from utils.text.locale import name_columns

_PUBLIC_PLACES = frozenset({"country", "province", "district", "city", "crossing", "temple", "flashpoint"})


@dataclass(frozen=True, slots=True)
class Record:
    """All readings by table name. ``has_restricted`` tells whether the restricted folder is there."""

    data: Path
    contract: Contract
    readings: Mapping[str, Reading]
    has_restricted: bool

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return the problems of reading."""
        return tuple(problem for reading in self.readings.values() for problem in reading.problems)

    def rows(self, table: str) -> tuple[Row, ...]:
        """Return the rows of a table; none where it is not there."""
        reading = self.readings.get(table)
        return reading.rows if reading else ()

    def overlaid(self, subject: str) -> tuple[Row, ...]:
        """Return a table with its restricted rows: those of the same key replace, others are added."""
        open_rows, hidden = self.rows(subject), self.rows(RESTRICTED + subject)
        if not hidden:
            return open_rows
        key = self.contract.tables[RESTRICTED + subject].key
        merged = {tuple(str(row[column]) for column in key): row for row in (*open_rows, *hidden)}
        return tuple(merged[known] for known in sorted(merged))

    def gate(self) -> NameGate:
        """Return the name gate made from the restricted tables; an empty one where they are not there."""
        public_places = [row for row in self.rows("places") if row["kind"] in _PUBLIC_PLACES]
        return build_gate(
            sites=self.rows("restricted_sites"),
            aliases=self.rows("restricted_site_aliases"),
            villages=tuple(self._village_names()),
            public_names=[
                str(row[column]) for row in public_places for column in name_columns(row) if row[column]
            ],
        )

    def hidden_villages(self) -> tuple[Row, ...]:
        """Return the restricted villages that have no public form."""
        open_ids = {row["place_id"] for row in self.rows("places")}
        return tuple(
            row
            for row in self.rows("restricted_places")
            if row["kind"] == "village" and row["place_id"] not in open_ids
        )

    def _village_names(self) -> Iterator[tuple[str, Hidden]]:
        """Yield every spelling of the restricted villages that have no public form."""
        by_id = {row["place_id"]: row for row in self.overlaid("places")}
        for row in self.hidden_villages():
            hidden = Hidden(site_id=str(row["place_id"]), area=_area(row, by_id))
            written = [row[column] for column in name_columns(row)]
            written += [
                alias["alias"]
                for alias in self.rows("restricted_place_aliases")
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


def read_record(data: Path, *, on_table: Callable[[str], object] = str) -> Record:
    """Read every table of a data folder, telling ``on_table`` each name before it is read.

    Raises :class:`utils.curation.contract.ContractError`.
    """
    contract = load(data)
    described = any(table.restricted for table in contract.tables.values())
    has_restricted = described and (data / "curated" / "restricted").is_dir()
    readings = {}
    for name, table in contract.tables.items():
        if (has_restricted or not table.restricted) and not table.streamed:
            on_table(name)
            readings[name] = read_table(data, table)
    return Record(data=data, contract=contract, readings=readings, has_restricted=has_restricted)
