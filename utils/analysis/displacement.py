"""What a page says of people displaced in Cambodia: latest, peaks, returned, sites and hosts.

Rules of docs/design.md §4: stock, flow and cumulative are apart; a figure that contradicts stands
beside the one it contradicts, never averaged with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final, Literal

from utils.analysis import observations
from utils.analysis.displacement_series import (
    STOCK,
    find_contradictions,
    is_in_second_round,
    list_headline_figures,
    list_national_rows,
    rank_reliability,
)
from utils.analysis.freshness import assess_freshness, assess_settled
from utils.analysis.model import Beside, Change, Finding, Observation
from utils.releases import Release, per_release
from utils.text.locale import LANGUAGES, Message, Names, formats, lazy_gettext

Phase = Literal["2025-07", "2025-12"]


@dataclass(frozen=True, slots=True)
class SitesAndHosts:
    """People in sites and with host families, counted by one publisher for one day."""

    in_sites: Observation
    with_hosts: Observation


@dataclass(frozen=True, slots=True)
class Returns:
    """People who went home: the growing total and the flow of each period, never mixed."""

    cumulative: tuple[Observation, ...]
    in_period: tuple[Observation, ...]


@per_release
def latest_displaced(release: Release, today: date) -> Finding:
    """Return the latest figure found of people still displaced, with the one before."""
    rows = list_national_rows(release, "remaining_displaced_people")
    line = list_headline_figures(release)
    label = lazy_gettext("people still displaced in Cambodia, latest figure found")
    if not line or line[-1].as_of is None:
        return _absent("displaced-latest", label, today)
    chosen = line[-1]
    indicator = observations.load_indicators(release)[chosen.indicator]
    before = [row for row in line[:-1] if row.counted_by == chosen.counted_by][-1:]
    others = find_contradictions(rows, before[0], days=3) if before else ()
    outlets = {source.publisher for row in rows if row.as_of == chosen.as_of for source in row.sources}
    caveats = [lazy_gettext("Printed by one outlet only.")] if len(outlets) == 1 else []
    later = find_later_figure(release)
    caveats.append(describe_later(later) if later else lazy_gettext("No newer figure was found."))
    return Finding(
        key="displaced-latest",
        label=label,
        observation=chosen,
        why=lazy_gettext("The newest figure of the headline series."),
        freshness=assess_freshness(chosen.as_of, indicator.expected_frequency, today),
        definition=indicator.definition,
        contradicted_by=find_contradictions(rows, chosen, days=7),
        beside=(
            *(Beside(_before_label(row), row) for row in before),
            *(Beside(_label_of_other(row), row) for row in others),
        ),
        change=Change((chosen.value or 0) - (before[0].value or 0), before[0]) if before else None,
        caveats=tuple(caveats),
        context=_fits(release, chosen),
    )


@per_release
def find_later_figure(release: Release) -> Observation | None:
    """Return the newest figure of a day after the headline series that may not lead it.

    It is second-hand: the original was not read. It stands beside the headline, never as it.
    """
    line = list_headline_figures(release)
    last = line[-1].as_of if line else None
    later = [
        row
        for row in list_national_rows(release, *STOCK)
        if not row.headline_ok and row.value is not None and row.as_of and (last is None or row.as_of > last)
    ]
    return later[-1] if later else None


def describe_later(row: Observation) -> Message:
    """Say what a later figure is that may not lead."""
    day = row.as_of or date.min
    if row.as_of_precision == "month":
        month = Names({lang: formats.format_month(day, lang) for lang in LANGUAGES})
        return lazy_gettext(
            "A later figure, {people} ({month}), is second-hand.", people=row.value or 0, month=month
        )
    return lazy_gettext("A later figure, {people} ({day}), is second-hand.", people=row.value or 0, day=day)


def prepare_strip(release: Release, today: date) -> Mapping[Message, Callable[[], Finding]]:
    """Return the key figures of displacement by their short labels, each made on its own."""
    return {
        lazy_gettext("Still displaced"): partial(latest_displaced, release, today),
        lazy_gettext("December peak"): partial(peak_displaced, release, "2025-12", today),
        lazy_gettext("July peak"): partial(peak_displaced, release, "2025-07", today),
        lazy_gettext("Returned home"): partial(latest_returned, release, today),
        lazy_gettext("Displaced in all"): partial(cumulative_displaced, release, today),
    }


def summarise_displaced(release: Release, today: date) -> tuple[Message, ...]:
    """Return in one or two sentences how many people were still displaced, when, and what came after."""
    row = latest_displaced(release, today).observation
    if row is None or row.as_of is None or row.value is None:
        return (lazy_gettext("No count of people displaced in Cambodia was found."),)
    later = find_later_figure(release)
    return (
        lazy_gettext(
            "{people} people in Cambodia were still displaced on {day}.", people=row.value, day=row.as_of
        ),
        describe_later(later) if later else lazy_gettext("No newer count was found."),
    )


def _fits(release: Release, chosen: Observation) -> Message | None:
    """Say that a count printed as "in camps" is of all still displaced, where the sum shows it."""
    total = find_ministry_total(release)
    home = [
        row
        for row in list_national_rows(release, "returned_people")
        if row.as_of == chosen.as_of and row.counted_by == chosen.counted_by
    ]
    if total is None or not home or "in camps" not in chosen.note:
        return None
    left = (total.value or 0) - (home[-1].value or 0)
    if abs(left - (chosen.value or 0)) > 0.02 * left:
        return None
    return lazy_gettext(
        "Printed as people “in camps”, but it fits the ministry's count of all still displaced: "
        "{total} displaced in all, less {home} returned, leaves about {left}.",
        total=total.value or 0,
        home=home[-1].value or 0,
        left=left,
    )


def _before_label(row: Observation) -> Message:
    if row.as_of_precision == "approx":
        return lazy_gettext("the figure before, about {day}, old as well", day=row.as_of or date.min)
    return lazy_gettext("the figure before, {day}, old as well", day=row.as_of or date.min)


def _label_of_other(row: Observation) -> Message:
    return lazy_gettext("said by another in those days, {day}", day=row.as_of or date.min)


def _absent(key: str, label: Message, today: date) -> Finding:
    return Finding(
        key=key,
        label=label,
        observation=None,
        why=lazy_gettext("No row of the record answers this."),
        freshness=assess_settled(None, today),
        absence="not_found",
    )


_PEAK_LABELS: Final[dict[str, Message]] = {
    "2025-07": lazy_gettext("people displaced at the July peak"),
    "2025-12": lazy_gettext("people displaced at the December peak"),
}
_PEAK_KEYS: Final = {"2025-07": "displaced-peak-july", "2025-12": "displaced-peak-december"}


@per_release
def peak_displaced(release: Release, phase: Phase, today: date) -> Finding:
    """Return the highest figure of the headline series in a round, with who differs."""
    in_phase = [
        row
        for row in list_headline_figures(release)
        if row.qualifier == "exact" and is_in_second_round(row) == (phase == "2025-12")
    ]
    if not in_phase:
        return _absent(_PEAK_KEYS[phase], _PEAK_LABELS[phase], today)
    chosen = max(in_phase, key=lambda row: row.value or 0)
    beside = []
    if phase == "2025-12" and (total := find_ministry_total(release)) is not None:
        beside.append(
            Beside(
                lazy_gettext("cumulative, not a count of one day, {day}", day=total.as_of or today),
                total,
            )
        )
    return Finding(
        key=_PEAK_KEYS[phase],
        label=_PEAK_LABELS[phase],
        observation=chosen,
        why=lazy_gettext("The highest figure of the headline series in this round."),
        freshness=assess_settled(chosen.as_of, today),
        definition=observations.load_indicators(release)[chosen.indicator].definition,
        contradicted_by=find_contradictions(list_national_rows(release, *STOCK), chosen, days=1),
        beside=tuple(beside),
    )


def list_cumulative_totals(release: Release) -> tuple[Observation, ...]:
    """Return the cumulative totals of the December round, which are never drawn as a stock."""
    return list_national_rows(release, "displaced_people_cumulative")


def find_ministry_total(release: Release) -> Observation | None:
    """Return the newest exact cumulative total of the Ministry of Interior."""
    exact = [
        row for row in list_cumulative_totals(release) if row.qualifier == "exact" and row.counted_by == "moi"
    ]
    newest = max((row.as_of for row in exact if row.as_of), default=None)
    return min((row for row in exact if row.as_of == newest), key=rank_reliability, default=None)


@per_release
def latest_returned(release: Release, today: date) -> Finding:
    """Return the latest cumulative number of people who went home since the December ceasefire."""
    rows = list_national_rows(release, "returned_people")
    since = [row for row in rows if is_in_second_round(row) and row.headline_ok]
    label = lazy_gettext("people returned home since the December ceasefire (cumulative)")
    if not since:
        return _absent("returned", label, today)
    chosen = since[-1]
    indicator = observations.load_indicators(release)["returned_people"]
    return Finding(
        key="returned",
        label=label,
        observation=chosen,
        why=lazy_gettext("The newest cumulative figure found. Returned does not mean no longer in need."),
        freshness=assess_freshness(chosen.as_of, indicator.expected_frequency, today),
        definition=indicator.definition,
        contradicted_by=find_contradictions(rows, chosen, days=10),
    )


@per_release
def latest_open_sites(release: Release, today: date) -> Finding:
    """Return the latest national number of open sites that a publisher printed."""
    rows = [row for row in list_national_rows(release, "sites_open") if row.headline_ok]
    label = lazy_gettext("sites open in Cambodia, latest national count found")
    if not rows:
        return _absent("sites-open", label, today)
    newest = rows[-1].as_of
    chosen = min((row for row in rows if row.as_of == newest), key=rank_reliability)
    indicator = observations.load_indicators(release)["sites_open"]
    before = [row for row in rows if row.as_of != newest and row.counted_by == chosen.counted_by]
    return Finding(
        key="sites-open",
        label=label,
        observation=chosen,
        why=lazy_gettext("The newest national count; later figures name single provinces only."),
        freshness=assess_freshness(chosen.as_of, indicator.expected_frequency, today),
        definition=indicator.definition,
        contradicted_by=find_contradictions(rows, chosen, days=3),
        change=Change((chosen.value or 0) - (before[-1].value or 0), before[-1]) if before else None,
    )


@per_release
def list_returns(release: Release) -> Returns:
    """Return what was published of people who went home in the December round."""

    def since(indicator: str) -> tuple[Observation, ...]:
        return tuple(
            row
            for row in list_national_rows(release, indicator)
            if is_in_second_round(row) and row.headline_ok
        )

    return Returns(cumulative=since("returned_people"), in_period=since("returned_people_in_period"))


def cumulative_displaced(release: Release, today: date) -> Finding:
    """Return the cumulative total of the December round, with its newest rounded repetition."""
    label = lazy_gettext("people displaced in all in the December round (cumulative)")
    chosen = find_ministry_total(release)
    if chosen is None:
        return _absent("displaced-cumulative", label, today)
    repeated = list_cumulative_totals(release)[-1]
    indicator = observations.load_indicators(release)[chosen.indicator]
    return Finding(
        key="displaced-cumulative",
        label=label,
        observation=chosen,
        why=lazy_gettext("The newest exact total. It only grows: it is no count of people away on one day."),
        freshness=assess_settled(chosen.as_of, today),
        definition=indicator.definition,
        beside=(Beside(lazy_gettext("last repeated, rounded, {day}", day=repeated.as_of or today), repeated),)
        if repeated is not chosen
        else (),
    )


@per_release
def list_sites_and_hosts(release: Release) -> tuple[SitesAndHosts, ...]:
    """Return the days on which one publisher counted both sites and hosts, oldest first."""
    sites: dict[tuple[date, str], Observation] = {}
    hosts: dict[tuple[date, str], Observation] = {}
    for row in list_national_rows(release, "people_in_sites", "people_with_hosts"):
        if row.as_of and row.headline_ok:
            target = sites if row.indicator == "people_in_sites" else hosts
            target.setdefault((row.as_of, row.counted_by), row)
    return tuple(SitesAndHosts(sites[key], hosts[key]) for key in sorted(sites.keys() & hosts.keys()))


@per_release
def list_day_figures(release: Release, day: date) -> tuple[Observation, ...]:
    """Return the national stock figures of a day, one for each value and counter."""
    rows: dict[tuple[float | None, str], Observation] = {}
    for row in list_national_rows(release, *STOCK):
        if row.as_of == day:
            earlier = rows.get((row.value, row.counted_by))
            if earlier is None or rank_reliability(row) < rank_reliability(earlier):
                rows[row.value, row.counted_by] = row
    return tuple(sorted(rows.values(), key=lambda row: -(row.value or 0)))
