"""Figures beside one another: jumps from day to day, parts and totals, families and people."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from utils.curation.checks.measures import plausible, ratio_wanted
from utils.curation.checks.violation import Comparison, Finding, Flaw, Spot, comparisons
from utils.curation.curated_tables import Record
from utils.curation.problems import Row, Value, shown

_FIGURES: Final = ("displacement", "impact", "site_reports")
_TENFOLD: Final = 10
_WORTH_A_LOOK: Final = 100
"""A jump is reported when the larger figure is at least this: 2 sites may well become 20."""
_PLACE: Final = (
    *("country", "admin1", "admin1_pcode", "admin2", "admin2_pcode", "place", "site_id", "area_basis"),
)
_BELOW_PROVINCE: Final = ("admin2", "place", "site_id")
Groups = Mapping[tuple[Value, ...], Sequence[Spot]]


def jumps(record: Record) -> Iterator[Finding]:
    """A stock or running total is ten times what the same counter gave on the day before, or a tenth."""
    compared_kinds = {
        row["indicator"] for row in record.rows("indicators") if row["kind"] in ("stock", "cumulative")
    }
    for compared in _all(record):
        series = _groups(
            (spot for spot in compared.spots if spot.row["indicator"] in compared_kinds),
            lambda row: (row["indicator"], row.get("counted_by"), *_place(row)),
        )
        for group in series.values():
            yield from _jumps_of(compared, group)


def _jumps_of(compared: Comparison, series: Sequence[Spot]) -> Iterator[Finding]:
    by_day = _groups(series, lambda row: (row["as_of"],))
    for (day,), spots in by_day.items():
        if not isinstance(day, date):
            continue
        before = by_day.get((day - timedelta(days=1),), ())
        for index, spot in enumerate(spots):
            others = [*spots[:index], *before]
            nearest = min(others, key=lambda other: _times(other, spot), default=None)
            if nearest is None or not _is_jump(nearest, spot):
                continue
            where = compared.stands_at((spot, nearest))
            if where:
                first, last = _described(nearest), _described(spot)
                wanted = f"less than a tenfold change from {first} to {last}"
                yield where, Flaw("value", where.row["value"], wanted, "jump")


def _described(spot: Spot) -> str:
    return f"{shown(spot.row['value'])} ({spot.id}, {spot.row['as_of']})"


def _times(first: Spot, other: Spot) -> float:
    low, high = sorted((_value(first.row), _value(other.row)))
    return high / max(low, 1.0)


def _is_jump(first: Spot, other: Spot) -> bool:
    larger = max(_value(first.row), _value(other.row))
    return larger >= _WORTH_A_LOOK and _times(first, other) >= _TENFOLD


def sums(record: Record) -> Iterator[Finding]:
    """Areas that one source prints add to no more than the total it prints, where they may be added."""
    summed = {row["indicator"] for row in record.rows("indicators") if row["may_sum_over_areas"]}
    for compared in _all(record):
        releases = _groups(
            (spot for spot in compared.spots if spot.row["indicator"] in summed),
            lambda row: (row["source_id"], row["as_of"], row["indicator"], row.get("country")),
        )
        for printed in releases.values():
            yield from _sums_of(compared, printed)


def _sums_of(compared: Comparison, printed: Sequence[Spot]) -> Iterator[Finding]:
    totals = [spot for spot in printed if not spot.row.get("admin1") and not _is_below(spot.row)]
    parts = [spot for spot in printed if spot.row.get("admin1") and not _is_below(spot.row)]
    if not totals or not parts or any(spot.row.get("qualifier") == "at_least" for spot in totals):
        return
    least = _groups(parts, lambda row: (row["admin1"],)).values()
    smallest = [min(area, key=lambda spot: _value(spot.row)) for area in least]
    certain = [spot for spot in smallest if spot.row.get("qualifier") != "at_most"]
    total = max(totals, key=lambda spot: _value(spot.row))
    added = sum(_value(spot.row) for spot in certain)
    slack = sum(_rounding(spot.row) for spot in (total, *certain))
    where = compared.stands_at((total, *certain))
    if where and added > _value(total.row) + slack:
        wanted = (
            f"{shown(total.row['value'])}, the total of {total.id}, or less: "
            f"{len(certain)} areas of the same source add to {shown(added)}"
        )
        yield where, Flaw("value", where.row["value"], wanted, "sum")


def _rounding(row: Row) -> float:
    """Return by how much a figure that is printed as “about” may be off: half of its last digit."""
    value = _value(row)
    if row.get("qualifier") != "about" or value == 0:
        return 0.0
    step = 1
    while value % (step * 10) == 0:
        step *= 10
    return step / 2


def ratios(record: Record) -> Iterator[Finding]:
    """Families and people that one source gives for one day and place are in a plausible ratio."""
    for compared in _all(record):
        pairs = _groups(
            (spot for spot in compared.spots if spot.row["unit"] in ("people", "families")),
            lambda row: (
                str(row["indicator"]).replace("families", "people"),
                *(row["source_id"], row["as_of"], row.get("counted_by"), *_place(row)),
            ),
        )
        for group in pairs.values():
            yield from _ratios_of(compared, group)


def _ratios_of(compared: Comparison, group: Sequence[Spot]) -> Iterator[Finding]:
    families = [spot for spot in group if spot.row["unit"] == "families"]
    for spot in group:
        if spot.row["unit"] != "people" or not families:
            continue
        people = _value(spot.row)
        nearest = min(families, key=lambda other: abs(math.log((people + 1) / (4 * _value(other.row) + 1))))
        where = compared.stands_at((spot, nearest))
        if where and not plausible(people, _value(nearest.row)):
            wanted = f"{ratio_wanted(people, _value(nearest.row))}: {spot.id} and {nearest.id}"
            yield where, Flaw("value", where.row["value"], wanted, "ratio")


def _all(record: Record) -> Iterator[Comparison]:
    for subject in _FIGURES:
        yield from comparisons(record, subject)


def _groups(spots: Iterable[Spot], key: Callable[[Row], tuple[Value, ...]]) -> Groups:
    found: dict[tuple[Value, ...], list[Spot]] = defaultdict(list)
    for spot in spots:
        if isinstance(spot.row.get("value"), float):
            found[key(spot.row)].append(spot)
    return found


def _place(row: Row) -> tuple[Value, ...]:
    return tuple(row.get(column) for column in _PLACE)


def _is_below(row: Row) -> bool:
    return any(row.get(column) for column in _BELOW_PROVINCE)


def _value(row: Row) -> float:
    value = row["value"]
    return value if isinstance(value, float) else 0.0
