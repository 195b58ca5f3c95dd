"""Displaced people by province: where they shelter, or where they come from. Never both."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from utils.analysis import observations
from utils.analysis.displacement import list_day_figures
from utils.analysis.displacement_series import STOCK, list_headline_figures
from utils.analysis.freshness import assess_settled
from utils.analysis.model import Beside, Finding, Observation
from utils.releases import Release, per_release
from utils.text.locale import Message, lazy_gettext

Basis = Literal["sheltering", "origin"]
BASES: Final[tuple[Basis, ...]] = ("sheltering", "origin")
_COUNTED: Final = (*STOCK, "people_in_sites")
_ADDS_TO: Final = 0.001
"""Rounded provinces still add to their total within this share."""


@dataclass(frozen=True, slots=True)
class ProvinceDay:
    """The provinces counted on one day on one basis, highest first.

    ``total`` is the national figure that the listed provinces add to, ``None`` where they do not:
    only with it may the list be read as a whole.
    """

    day: date
    basis: Basis
    provinces: tuple[Observation, ...]
    total: Observation | None

    @property
    def complete(self) -> bool:
        """Return whether the list adds to a national total of the same counter."""
        return self.total is not None

    @property
    def in_sites_only(self) -> tuple[Observation, ...]:
        """Return the provinces for which only people in sites were counted, not all displaced."""
        return tuple(row for row in self.provinces if row.indicator == "people_in_sites")


@per_release
def _by_day(release: Release, basis: Basis) -> dict[date, tuple[Observation, ...]]:
    by_province: dict[date, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for row in observations.load_observations(release, "displacement"):
        if (
            row.country == "KHM"
            and row.as_of
            and row.admin1_pcode
            and not row.admin2
            and row.area_basis == basis
            and row.indicator in _COUNTED
            and row.headline_ok
        ):
            by_province[row.as_of][row.admin1_pcode].append(row)
    days = {}
    for day, provinces in by_province.items():
        chosen = [max(rows, key=_rank) for rows in provinces.values()]
        days[day] = tuple(sorted(chosen, key=lambda row: -(row.value or 0)))
    return days


def _rank(row: Observation) -> tuple[bool, bool, float]:
    """Prefer all displaced over those in sites, an exact count, the latest count of the day."""
    return (row.indicator != "people_in_sites", row.qualifier == "exact", row.value or 0.0)


def list_province_days(release: Release, basis: Basis) -> tuple[date, ...]:
    """Return the days on which at least one province was counted on this basis."""
    return tuple(sorted(_by_day(release, basis)))


@per_release
def find_province_day(release: Release, day: date, basis: Basis) -> ProvinceDay:
    """Return the provinces counted on ``day``. Raises ``KeyError`` for a day without any."""
    provinces = _by_day(release, basis)[day]
    return ProvinceDay(
        day=day, basis=basis, provinces=provinces, total=_total(provinces, list_day_figures(release, day))
    )


def _total(provinces: tuple[Observation, ...], national: tuple[Observation, ...]) -> Observation | None:
    """Return the national figure of the same counter that several provinces add to."""
    listed = sum(row.value or 0.0 for row in provinces)
    counters = {row.counted_by for row in provinces}
    for row in national:
        near = row.value and abs(listed - row.value) <= _ADDS_TO * row.value
        if near and counters == {row.counted_by} and len(provinces) > 1:
            return row
    return None


def latest_complete_day(release: Release) -> ProvinceDay | None:
    """Return the newest complete list of provinces where people shelter."""
    for day in reversed(list_province_days(release, "sheltering")):
        listed = find_province_day(release, day, "sheltering")
        if listed.complete:
            return listed
    return None


@per_release
def list_province_series(release: Release, basis: Basis) -> dict[str, tuple[Observation, ...]]:
    """Return the figures of each province in order of time, by P-code, most counted first."""
    series: dict[str, list[Observation]] = defaultdict(list)
    for day in list_province_days(release, basis):
        for row in _by_day(release, basis)[day]:
            series[row.admin1_pcode].append(row)
    return {code: tuple(rows) for code, rows in sorted(series.items(), key=lambda item: -len(item[1]))}


@per_release
def list_all_counts(release: Release, basis: Basis) -> tuple[Observation, ...]:
    """Return the counts of provinces on every day of a basis."""
    return tuple(row for rows in list_province_series(release, basis).values() for row in rows)


def _day_label(row: Observation, chosen: Observation) -> Message:
    if row.counted_by != chosen.counted_by:
        return lazy_gettext("counted by another the same day")
    if row.qualifier != "exact":
        return lazy_gettext("a rounded count of that day, same publisher")
    return lazy_gettext("an earlier count of that day, same publisher")


@per_release
def build_day_finding(release: Release, day: date, today: date) -> Finding:
    """Return the national figure of ``day`` with every other count of that day beside it."""
    figures = [row for row in list_day_figures(release, day) if row.headline_ok]
    leading = [row for row in list_headline_figures(release) if row.as_of == day] or figures[:1]
    label = lazy_gettext("people displaced in Cambodia on {day}", day=day)
    if not leading:
        return Finding(
            key="displaced-day",
            label=label,
            observation=None,
            why=lazy_gettext("No national count of this day was found; provinces were counted alone."),
            freshness=assess_settled(day, today),
            absence="not_found",
        )
    chosen = leading[0]
    others = [row for row in figures if row is not chosen and row.value != chosen.value]
    return Finding(
        key="displaced-day",
        label=label,
        observation=chosen,
        why=lazy_gettext("The headline series takes this publisher on this day."),
        freshness=assess_settled(day, today),
        definition=observations.load_indicators(release)[chosen.indicator].definition,
        beside=tuple(Beside(_day_label(row, chosen), row) for row in others),
    )


@per_release
def list_set_aside(release: Release) -> tuple[Observation, ...]:
    """Return the province figures that may not lead: contradicted inside their own source."""
    return tuple(
        row
        for row in observations.load_observations(release, "displacement")
        if row.country == "KHM" and row.admin1_pcode and not row.headline_ok
    )


def parse_basis(code: str) -> Basis:
    """Return the basis a filter's code stands for; where people shelter when it is no basis."""
    return "origin" if code == "origin" else "sheltering"


def choose_opening_day(release: Release, basis: Basis) -> date:
    """Return the day to open with: the newest complete list, else the newest day.

    Raises ``ValueError`` when no province was counted on this basis.
    """
    days = list_province_days(release, basis)
    if not days:
        raise ValueError(f"no province was counted on the basis {basis!r}")
    whole = [day for day in days if find_province_day(release, day, basis).complete]
    return (whole or days)[-1]
