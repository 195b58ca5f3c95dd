"""Checks across rows and tables. Every problem comes back at once, with file, row and column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from utils.curation.contract import RESTRICTED
from utils.curation.derive import derived
from utils.curation.personal import personal
from utils.curation.read import Code, Problem, Reading, Row, Value
from utils.curation.record import Record
from utils.curation.redact import RULES, public_displacement, withheld_cells

_SAME_IN_BOTH: Final = frozenset({"number", "integer", "date", "boolean"})
_MAY_DIFFER: Final = frozenset({"lat", "lon", "link"})
_MEASURED: Final = ("displacement", "impact", "needs", "site_reports")
_WITH_AREAS: Final = (
    *("displacement", "impact", "needs", "events", "sites", "site_counts", "named_sites"),
    *("donation_destinations", "aid_delivery_areas", "shipments", "hosting_counts"),
)
_AREA_KINDS: Final = {"admin1": "province", "admin2": "district", "admin3": "commune"}
_DERIVED_FROM: Final = ("restricted_sites", "restricted_site_aliases", "restricted_site_reports")
_LATITUDES: Final = (5.0, 21.0)
_LONGITUDES: Final = (97.0, 108.0)
_INSIDE: Final = frozenset({"KHM", "THA"})


def check(record: Record) -> tuple[Problem, ...]:
    """Return every problem of a record: reading, keys, links between tables, domain rules."""
    found = list(record.problems)
    for reading in record.readings.values():
        found += _keys(record, reading)
        found += _foreign_keys(record, reading)
    for rule in (
        *(_units, _bounds, _areas, _points, _withdrawn, _supersedes, _phases, _public_rows),
        *(_withheld, _personal),
    ):
        found += rule(record)
    if record.has_restricted:
        for rule in (_places_of_sites, _overlays, _derived):
            found += rule(record)
    return tuple(sorted(found))


def _withheld(record: Record) -> Iterator[Problem]:
    """Every cell that is hidden is listed, so that no later release shows it."""
    reading = record.readings["displacement"]
    if reading.problems:
        return
    listed = withheld_cells(record)
    hidden = {row["observation_id"] for row in public_displacement(record) if row["suppressed"]}
    for line, row in _numbered(reading):
        if row["observation_id"] in hidden - listed:
            wanted = "a count of fewer than five, or one that tells it, in withheld_cells.csv: derive adds it"
            yield _at(record, reading, line, "value", row["value"], wanted, "withheld-cell")


def _at(
    record: Record, reading: Reading, line: int, column: str, value: Value, wanted: str, code: Code
) -> Problem:
    file = f"{record.data.name}/{reading.table.path}"
    return Problem(file, line, column, "" if value is None else str(value), wanted, code)


def _numbered(reading: Reading) -> Iterator[tuple[int, Row]]:
    return zip(reading.lines, reading.rows, strict=True)


def _lines(record: Record, *names: str) -> Iterator[tuple[Reading, int, Row]]:
    """Yield each row of the tables that are there, with its line."""
    for name in names:
        reading = record.readings.get(name)
        if reading:
            for line, row in _numbered(reading):
                yield reading, line, row


def _each(record: Record, *subjects: str) -> Iterator[tuple[Reading, int, Row]]:
    """Yield each row of tables and of their restricted parts, with its line."""
    return _lines(record, *(name for subject in subjects for name in (subject, RESTRICTED + subject)))


def _keys(record: Record, reading: Reading) -> Iterator[Problem]:
    seen: dict[tuple[Value, ...], int] = {}
    columns = reading.table.key
    for line, row in _numbered(reading):
        key = tuple(row[column] for column in columns)
        if key in seen:
            shown = ", ".join(str(part) for part in key)
            wanted = f"a key of its own (row {seen[key]} has it already)"
            yield _at(record, reading, line, "+".join(columns), shown, wanted, "duplicate")
        seen.setdefault(key, line)


def _foreign_keys(record: Record, reading: Reading) -> Iterator[Problem]:
    """A restricted row may point at open and restricted rows, an open row at open rows only."""
    for key in reading.table.foreign_keys:
        subject = (key.table or reading.table.name).removeprefix(RESTRICTED)
        names = (subject, RESTRICTED + subject) if reading.table.restricted else (subject,)
        known = {row.get(key.target) for name in names for row in record.rows(name)}
        is_area = key.target == "pcode"
        wanted = f"a P-code of {subject}.csv" if is_area else f"a {key.target} of {subject}.csv"
        for line, row in _numbered(reading):
            value = row[key.column]
            if value is not None and value not in known:
                code: Code = "p-code" if is_area else "unknown-key"
                yield _at(record, reading, line, key.column, value, wanted, code)


def _units(record: Record) -> Iterator[Problem]:
    units = {row["indicator"]: row["unit"] for row in record.rows("indicators")}
    for reading, line, row in _each(record, *_MEASURED):
        wanted = units.get(row["indicator"])
        if wanted and row["unit"] != wanted:
            expected = f"{wanted}, the unit of {row['indicator']}"
            yield _at(record, reading, line, "unit", row["unit"], expected, "unit")


def _bounds(record: Record) -> Iterator[Problem]:
    for reading, line, row in _each(record, *_MEASURED):
        low, high = row.get("low"), row.get("high")
        if isinstance(low, float) and isinstance(high, float) and low > high:
            yield _at(record, reading, line, "low", f"{low:g}", f"{high:g} or less, as in high", "number")


def _areas(record: Record) -> Iterator[Problem]:
    """A P-code and the name beside it are of one place, and a district lies in its province."""
    names = {(row["kind"], row["pcode"]): row["name"] for row in record.overlaid("places")}
    for reading, line, row in _each(record, *_WITH_AREAS):
        outer: Value = None
        for level, kind in _AREA_KINDS.items():
            code = row.get(f"{level}_pcode")
            name = names.get((kind, code))
            if code is None:
                continue
            if name is not None and row.get(level) != name:
                wanted = f"{name}, the place of {code}"
                yield _at(record, reading, line, level, row.get(level), wanted, "p-code")
            if outer is not None and not str(code).startswith(str(outer)):
                yield _at(record, reading, line, f"{level}_pcode", code, f"a {kind} of {outer}", "p-code")
            outer = code


def _points(record: Record) -> Iterator[Problem]:
    for reading, line, row in _each(record, "places", "events", "sites"):
        lat, lon = row["lat"], row["lon"]
        if row.get("country", "KHM") not in _INSIDE or lat is None or lon is None:
            continue
        if not (_within(lat, _LATITUDES) and _within(lon, _LONGITUDES)):
            swapped = _within(lon, _LATITUDES) and _within(lat, _LONGITUDES)
            wanted = "a point in Cambodia or Thailand" + (" (lat and lon look swapped)" * swapped)
            yield _at(record, reading, line, "lat", f"{lat}, {lon}", wanted, "number")


def _within(value: Value, span: tuple[float, float]) -> bool:
    return isinstance(value, float) and span[0] <= value <= span[1]


def _withdrawn(record: Record) -> Iterator[Problem]:
    gone = {row["observation_id"] for row in record.rows("withdrawn_ids")}
    for reading in record.readings.values():
        key = reading.table.key
        if not gone or reading.table.name == "withdrawn_ids" or len(key) != 1:
            continue
        for line, row in _numbered(reading):
            if row[key[0]] in gone:
                yield _at(
                    record, reading, line, key[0], row[key[0]], "an id that was never withdrawn", "reused-id"
                )


def _supersedes(record: Record) -> Iterator[Problem]:
    for reading, line, row in _each(record, *_MEASURED, "event_figures"):
        older = row.get("supersedes")
        if older is not None and older == row["observation_id"]:
            wanted = "the id of another row, which this one corrects"
            yield _at(record, reading, line, "supersedes", older, wanted, "unknown-key")


def _phases(record: Record) -> Iterator[Problem]:
    spans: dict[Value, tuple[date, date]] = {}
    for row in record.rows("phases"):
        first, last = row["starts_on"], row["ends_on"]
        spans[row["phase_id"]] = (
            first if isinstance(first, date) else date.min,
            last if isinstance(last, date) else date.max,
        )
    for reading, line, row in _each(record, *_MEASURED, "events"):
        on = row.get("as_of") or row.get("date")
        span = spans.get(row["crisis_phase"])
        if span and isinstance(on, date) and not span[0] <= on <= span[1]:
            wanted = f"the phase that {on.isoformat()} lies in"
            yield _at(record, reading, line, "crisis_phase", row["crisis_phase"], wanted, "phase")


def _public_rows(record: Record) -> Iterator[Problem]:
    wanted = "nothing: a row that names a site or village stands in restricted/"
    for reading, line, row in _lines(record, "displacement"):
        for column in ("site_id", "place"):
            if row[column]:
                yield _at(record, reading, line, column, row[column], wanted, "restricted")


def _personal(record: Record) -> Iterator[Problem]:
    """No free text tells how to reach a private person. What was found is not repeated."""
    for name, rule in RULES.items():
        for reading, line, row in _each(record, name):
            for column in rule.free_text.split():
                text = row.get(column)
                for what in personal(text) if isinstance(text, str) else ():
                    yield _at(record, reading, line, column, what, "nothing of a private person", "personal")


def _places_of_sites(record: Record) -> Iterator[Problem]:
    """Restricted rows may lie in open or restricted places, which one foreign key cannot say."""
    known = {row["place_id"] for row in record.overlaid("places")}
    wanted = "a place_id of places.csv"
    for name, column in (("restricted_sites", "place_id"), ("restricted_places", "parent_id")):
        for reading, line, row in _lines(record, name):
            if row[column] is not None and row[column] not in known:
                yield _at(record, reading, line, column, row[column], wanted, "unknown-key")


def _overlays(record: Record) -> Iterator[Problem]:
    """A row that is both open and restricted must tell the same numbers, days and flags."""
    for name, reading in record.readings.items():
        table = reading.table
        if not table.restricted or table.subject not in record.readings:
            continue
        open_rows = {tuple(row[column] for column in table.key): row for row in record.rows(table.subject)}
        compared = [field.name for field in table.fields if field.kind in _SAME_IN_BOTH]
        for line, row in _numbered(record.readings[name]):
            other = open_rows.get(tuple(row[column] for column in table.key))
            for column in compared if other else ():
                if other and column not in _MAY_DIFFER and row[column] != other.get(column):
                    shown = "nothing" if other.get(column) is None else other.get(column)
                    wanted = f"{shown}, as in {table.subject}.csv"
                    yield _at(record, reading, line, column, row[column], wanted, "overlay")


def _derived(record: Record) -> Iterator[Problem]:
    """Compare the derived tables, once the tables they follow from could be read."""
    if any(record.readings[name].problems for name in _DERIVED_FROM if name in record.readings):
        return
    for name, rows in derived(record).items():
        reading = record.readings[name]
        if not reading.problems and reading.rows != rows:
            wanted = "what restricted/ gives: run `python -m utils.curation derive`"
            yield _at(record, reading, 0, "", None, wanted, "derived")
