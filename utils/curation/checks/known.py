"""What a single row is judged by: the small tables of the record, gathered once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.curation.checks.outlines import Outline, outlines
from utils.curation.contract import RESTRICTED, ForeignKey, Table
from utils.curation.curated_tables import Record
from utils.curation.problems import Row, Value

Span = tuple[date, date]
_NO_DAY: Final = date.min


@dataclass(frozen=True, slots=True)
class Known:
    """Units by indicator, places by P-code, phases, sources, keys of other tables, and the day."""

    today: date
    units: Mapping[Value, Value]
    names: Mapping[tuple[Value, Value], Value]
    """The name of the place of a kind and P-code."""
    populations: Mapping[Value, tuple[float, Value]]
    """People living in the place of a P-code, and the year they were counted in."""
    phases: Mapping[Value, Span]
    crisis_begins: date
    published: Mapping[Value, str]
    """The day, month or year that a source was published in."""
    keys: Mapping[tuple[str, ForeignKey], frozenset[Value]]
    """What may stand in a column that points at another table, by the table it stands in."""
    provinces: Mapping[str, Outline]
    """Outlines of provinces by P-code, and by the id of their place."""
    province_of: Mapping[Value, str]
    """The province that a place lies in, by the id of the place."""
    province_named: Mapping[Value, str]

    def allowed(self, table: Table, link: ForeignKey) -> frozenset[Value]:
        """Return what may stand in a column that points at another table."""
        return self.keys[(table.name, link)]


def known(record: Record, today: date) -> Known:
    """Gather what the rows of a record are judged by."""
    places = record.overlaid("places")
    shapes = outlines()
    phases = {row["phase_id"]: _span(row) for row in record.rows("phases")}
    begins = [first for first, _ in phases.values() if first != _NO_DAY]
    provinces = [row for row in places if row["kind"] == "province"]
    return Known(
        today=today,
        units={row["indicator"]: row["unit"] for row in record.rows("indicators")},
        names={(row["kind"], row["pcode"]): row["name"] for row in places},
        populations={
            row["pcode"]: (row["population"], row["population_year"])
            for row in places
            if row["pcode"] and isinstance(row["population"], float)
        },
        phases=phases,
        crisis_begins=min(begins, default=_NO_DAY),
        published={
            row["source_id"]: str(row["published_on"])
            for row in record.overlaid("sources")
            if row["published_on"]
        },
        keys={
            (table.name, link): _targets(record, table, link)
            for table in record.contract.tables.values()
            for link in table.foreign_keys
        },
        provinces=shapes,
        province_of=_provinces_of(places),
        province_named={row["name"]: _outline_key(row) for row in provinces},
    )


def _span(row: Row) -> Span:
    first, last = row["starts_on"], row["ends_on"]
    return (
        first if isinstance(first, date) else _NO_DAY,
        last if isinstance(last, date) else date.max,
    )


def _targets(record: Record, table: Table, link: ForeignKey) -> frozenset[Value]:
    """A restricted row may point at open and restricted rows, an open row at open rows only."""
    subject = (link.table or table.name).removeprefix(RESTRICTED)
    names = (subject, RESTRICTED + subject) if table.restricted else (subject,)
    return frozenset(row.get(link.target) for name in names for row in record.rows(name))


def _provinces_of(places: tuple[Row, ...]) -> dict[Value, str]:
    by_id = {row["place_id"]: row for row in places}
    found: dict[Value, str] = {}
    for place_id in by_id:
        above, seen = by_id.get(place_id), set[Value]()
        while above and above["place_id"] not in seen:
            if above["kind"] == "province":
                found[place_id] = _outline_key(above)
                break
            seen.add(above["place_id"])
            above = by_id.get(above["parent_id"])
    return found


def _outline_key(province: Row) -> str:
    return str(province["pcode"] or province["place_id"])
