"""Acceptances: a named person says why a doubt is no fault, until a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from utils.curation.checks.violation import Flaw, Spot, each, problem
from utils.curation.contract import RESTRICTED
from utils.curation.curated_tables import Record
from utils.curation.problems import ACCEPTABLE, Problem, Value

TABLE: Final = "accepted_warnings"
_What = tuple[Value, ...]


def apply(record: Record, found: Sequence[Problem], day: date) -> tuple[list[Problem], list[Problem]]:
    """Return the problems that are reported and those that are accepted.

    An acceptance that has expired, or that matches nothing, is reported itself.
    """
    tables = {f"{record.data.name}/{table.path}": name for name, table in record.contract.tables.items()}
    spots = list(each(record, TABLE))
    valid = {_accepts(spot) for spot in spots if not _is_over(spot, day)}
    reported: list[Problem] = []
    silenced: list[Problem] = []
    seen: set[_What] = set()
    for fault in found:
        what = (fault.code, tables.get(fault.file), fault.key, fault.column, fault.value)
        seen.add(what)
        is_accepted = fault.code in ACCEPTABLE and what in valid
        (silenced if is_accepted else reported).append(fault)
    for spot in spots:
        reported += [problem(record, spot, flaw) for flaw in _flaws(record, spot, seen, day)]
    return reported, silenced


def _accepts(spot: Spot) -> _What:
    """Return what a row accepts; an empty value is accepted as empty."""
    row = spot.row
    return (row["code"], row["table_name"], row["row_key"] or "", row["column"] or "", row["value"] or "")


def _is_over(spot: Spot, day: date) -> bool:
    expires = spot.row["expires_on"]
    return not isinstance(expires, date) or expires < day


def _flaws(record: Record, spot: Spot, seen: set[_What], day: date) -> Iterator[Flaw]:
    row = spot.row
    table = str(row["table_name"])
    if row["code"] not in ACCEPTABLE:
        yield Flaw(
            "code", row["code"], f"one that can be accepted: {', '.join(sorted(ACCEPTABLE))}", "acceptance"
        )
        return
    if not spot.reading.table.restricted and table.startswith(RESTRICTED):
        wanted = "a table outside restricted/: what concerns a restricted row is accepted in restricted/"
        yield Flaw("table_name", table, wanted, "restricted")
        return
    reading = record.readings.get(table)
    if reading and reading.problems:
        return
    if _accepts(spot) not in seen:
        wanted = "a doubt that still stands: nothing of this code, row, column and value is found; remove it"
        yield Flaw("row_key", row["row_key"], wanted, "acceptance")
    elif _is_over(spot, day):
        wanted = f"{day.isoformat()} or later: it has expired, look at the figure again"
        yield Flaw("expires_on", row["expires_on"], wanted, "acceptance")
