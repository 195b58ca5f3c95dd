"""Displaced people by province: where they shelter, or where they come from. Never both on one map."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from utils.analysis import record
from utils.analysis.displacement import STOCK, on_one_day
from utils.analysis.model import Observation
from utils.store import Release, per_release

Basis = Literal["sheltering", "origin"]
BASES: Final[tuple[Basis, ...]] = ("sheltering", "origin")
_COUNTED: Final = (*STOCK, "people_in_sites")


@dataclass(frozen=True, slots=True)
class ProvinceDay:
    """The provinces counted on one day on one basis, highest first.

    ``complete`` tells that one release lists provinces that add to its national total: only then may
    the list be read as a whole. ``national`` holds the national figures of that day.
    """

    day: date
    basis: Basis
    provinces: tuple[Observation, ...]
    complete: bool
    national: tuple[Observation, ...]


@per_release
def _by_day(release: Release, basis: Basis) -> dict[date, tuple[Observation, ...]]:
    found: dict[date, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for row in record.observations(release, "displacement"):
        if (
            row.country == "KHM"
            and row.as_of
            and row.admin1_pcode
            and not row.admin2
            and row.area_basis == basis
            and row.indicator in _COUNTED
            and row.headline_ok
        ):
            found[row.as_of][row.admin1_pcode].append(row)
    days = {}
    for day, provinces in found.items():
        chosen = [max(rows, key=_rank) for rows in provinces.values()]
        days[day] = tuple(sorted(chosen, key=lambda row: -(row.value or 0)))
    return days


def _rank(row: Observation) -> tuple[bool, bool, float]:
    """Prefer all displaced over those in sites, an exact count, the latest count of the day."""
    return (row.indicator != "people_in_sites", row.qualifier == "exact", row.value or 0.0)


def province_days(release: Release, basis: Basis) -> tuple[date, ...]:
    """Return the days on which at least one province was counted on this basis."""
    return tuple(sorted(_by_day(release, basis)))


@per_release
def provinces_on(release: Release, day: date, basis: Basis) -> ProvinceDay:
    """Return the provinces counted on ``day``. Raises ``KeyError`` for a day without any."""
    provinces = _by_day(release, basis)[day]
    national = on_one_day(release, day)
    total = sum(row.value or 0 for row in provinces)
    complete = len(provinces) > 2 and any(
        row.value and abs(total - row.value) <= 0.001 * row.value for row in national
    )
    return ProvinceDay(day=day, basis=basis, provinces=provinces, complete=complete, national=national)


def last_complete(release: Release) -> ProvinceDay | None:
    """Return the newest complete list of provinces where people shelter."""
    for day in reversed(province_days(release, "sheltering")):
        found = provinces_on(release, day, "sheltering")
        if found.complete:
            return found
    return None


@per_release
def by_province(release: Release, basis: Basis) -> dict[str, tuple[Observation, ...]]:
    """Return the figures of each province in order of time, by P-code, most counted first."""
    series: dict[str, list[Observation]] = defaultdict(list)
    for day in province_days(release, basis):
        for row in _by_day(release, basis)[day]:
            series[row.admin1_pcode].append(row)
    return {
        code: tuple(rows) for code, rows in sorted(series.items(), key=lambda item: -len(item[1]))
    }
