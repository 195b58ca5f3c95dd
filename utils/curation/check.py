"""Checks across rows and tables. Every problem comes back at once, with file, row and column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from utils.curation.contract import RESTRICTED, Table
from utils.curation.derive import derived
from utils.curation.read import Problem, Reading, Row, Value
from utils.curation.record import Record

_SAME_IN_BOTH: Final = frozenset({"number", "integer", "date", "boolean"})
_MAY_DIFFER: Final = frozenset({"lat", "lon", "link"})


def check(record: Record) -> tuple[Problem, ...]:
    """Return every problem of a record: reading, keys, links between tables, domain rules."""
    found = list(record.problems)
    for reading in record.readings.values():
        found += _keys(record, reading)
        found += _foreign_keys(record, reading)
    found += _units(record)
    found += _areas(record)
    found += _withdrawn(record)
    found += _phases(record)
    found += _public_displacement(record)
    if record.has_restricted:
        found += _overlays(record)
        found += _derived(record)
    return tuple(sorted(found))


def _file(record: Record, table: Table) -> str:
    return f"{record.data.name}/{table.path}"


def _each(record: Record, *subjects: str) -> Iterator[tuple[Reading, int, Row]]:
    """Yield each row of tables and of their restricted parts, with its line."""
    for subject in subjects:
        for name in (subject, RESTRICTED + subject):
            reading = record.readings.get(name)
            if reading:
                for line, row in zip(reading.lines, reading.rows, strict=True):
                    yield reading, line, row


def _keys(record: Record, reading: Reading) -> Iterator[Problem]:
    seen: dict[tuple[Value, ...], int] = {}
    table = reading.table
    for line, row in zip(reading.lines, reading.rows, strict=True):
        key = tuple(row.get(column) for column in table.key)
        if key in seen:
            shown = ", ".join(str(part) for part in key)
            wanted = f"a key of its own (row {seen[key]} has it already)"
            yield Problem(_file(record, table), line, "+".join(table.key), shown, wanted, "duplicate")
        seen.setdefault(key, line)


def _foreign_keys(record: Record, reading: Reading) -> Iterator[Problem]:
    table = reading.table
    for key in table.foreign_keys:
        subject = (key.table or table.name).removeprefix(RESTRICTED)
        known = {row.get(key.target) for name in (subject, RESTRICTED + subject) for row in record.rows(name)}
        for line, row in zip(reading.lines, reading.rows, strict=True):
            value = row.get(key.column)
            if value is not None and value not in known:
                wanted = f"a {key.target} of {subject}"
                yield Problem(_file(record, table), line, key.column, str(value), wanted, "unknown-key")


def _units(record: Record) -> Iterator[Problem]:
    units = {row["indicator"]: row["unit"] for row in record.rows("indicators")}
    for reading, line, row in _each(record, "displacement", "impact", "needs", "site_reports"):
        wanted = units.get(row.get("indicator"))
        if wanted and row.get("unit") and row["unit"] != wanted:
            yield Problem(
                _file(record, reading.table),
                line,
                "unit",
                str(row["unit"]),
                f"{wanted}, the unit of {row['indicator']}",
                "unit",
            )


def _areas(record: Record) -> Iterator[Problem]:
    names = {
        row["pcode"]: row["name"]
        for row in record.overlaid("places")
        if row["pcode"] and row["kind"] in {"province", "district"}
    }
    subjects = ("displacement", "impact", "needs", "events", "sites", "site_counts",
                "named_sites", "donation_destinations", "aid_delivery_areas")  # fmt: skip
    for reading, line, row in _each(record, *subjects):
        for level in ("admin1", "admin2"):
            code, name = row.get(f"{level}_pcode"), row.get(level)
            if code is None:
                continue
            if code not in names:
                yield Problem(
                    _file(record, reading.table),
                    line,
                    f"{level}_pcode",
                    str(code),
                    "a P-code of places",
                    "p-code",
                )
            elif name != names[code]:
                yield Problem(
                    _file(record, reading.table),
                    line,
                    level,
                    str(name or ""),
                    f"{names[code]}, the place of {code}",
                    "p-code",
                )
        outer, inner = row.get("admin1_pcode"), row.get("admin2_pcode")
        if inner and outer and not str(inner).startswith(str(outer)):
            yield Problem(
                _file(record, reading.table),
                line,
                "admin2_pcode",
                str(inner),
                f"a district of {outer}",
                "p-code",
            )


def _withdrawn(record: Record) -> Iterator[Problem]:
    gone = {row["observation_id"] for row in record.rows("withdrawn_ids")}
    for name, reading in record.readings.items():
        if name == "withdrawn_ids" or "observation_id" not in reading.table.columns:
            continue
        for line, row in zip(reading.lines, reading.rows, strict=True):
            if row.get("observation_id") in gone:
                yield Problem(
                    _file(record, reading.table),
                    line,
                    "observation_id",
                    str(row["observation_id"]),
                    "an id that was never withdrawn",
                    "reused-id",
                )


def _phases(record: Record) -> Iterator[Problem]:
    spans: dict[Value, tuple[date, date]] = {}
    for row in record.rows("phases"):
        first, last = row["starts_on"], row["ends_on"]
        spans[row["phase_id"]] = (
            first if isinstance(first, date) else date.min,
            last if isinstance(last, date) else date.max,
        )
    for reading, line, row in _each(record, "displacement", "impact", "needs", "site_reports", "events"):
        on = row.get("as_of") or row.get("date")
        span = spans.get(row.get("crisis_phase"))
        if span and isinstance(on, date) and not span[0] <= on <= span[1]:
            wanted = f"the phase that {on.isoformat()} lies in"
            yield Problem(
                _file(record, reading.table),
                line,
                "crisis_phase",
                str(row["crisis_phase"]),
                wanted,
                "phase",
            )


def _public_displacement(record: Record) -> Iterator[Problem]:
    reading = record.readings["displacement"]
    for line, row in zip(reading.lines, reading.rows, strict=True):
        for column in ("site_id", "place"):
            if row.get(column):
                yield Problem(
                    _file(record, reading.table),
                    line,
                    column,
                    str(row[column]),
                    "nothing: a row that names a site or village stands in restricted/",
                    "restricted",
                )


def _overlays(record: Record) -> Iterator[Problem]:
    """A row that is both open and restricted must tell the same numbers, days and flags."""
    for name, reading in record.readings.items():
        if not reading.table.restricted or reading.table.subject not in record.readings:
            continue
        table = reading.table
        open_rows = {
            tuple(row.get(column) for column in table.key): row for row in record.rows(table.subject)
        }
        compared = [
            field.name
            for field in table.fields
            if field.kind in _SAME_IN_BOTH and field.name not in _MAY_DIFFER
        ]
        for line, row in zip(reading.lines, record.rows(name), strict=True):
            other = open_rows.get(tuple(row.get(column) for column in table.key))
            for column in compared if other else ():
                if other is not None and row.get(column) != other.get(column):
                    wanted = f"{other.get(column)}, as in {table.subject}.csv"
                    yield Problem(_file(record, table), line, column, str(row.get(column)), wanted, "overlay")


def _derived(record: Record) -> Iterator[Problem]:
    for name, rows in derived(record).items():
        if tuple(record.rows(name)) != rows:
            wanted = "what restricted/ gives: run `python -m utils.curation derive`"
            yield Problem(_file(record, record.contract.tables[name]), 0, "", "", wanted, "derived")
