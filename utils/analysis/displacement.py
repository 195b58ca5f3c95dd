"""People displaced in Cambodia: the headline series, peaks, the latest figure, returns, sites and hosts.

Rules of docs/design.md §4: one figure, one date, one claimant; stock, flow and cumulative apart; the
headline series takes the Ministry of National Defence in July 2025, then the disaster committee
(NCDM/HRF), and the Ministry of Interior in the gaps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from utils.analysis import chronology, record
from utils.analysis.freshness import freshness, settled
from utils.analysis.model import Beside, Change, Finding, Observation
from utils.locale import M_, Message
from utils.store import Release, per_release

Phase = Literal["2025-07", "2025-12"]

STOCK: Final = ("displaced_people", "remaining_displaced_people")
"""Joined for a continuous curve: displaced on a day, and still displaced in the return period."""
GAP: Final = timedelta(days=21)
_JULY_ENDS: Final = date(2025, 8, 5)
_SECOND_ROUND: Final = date(2025, 12, 7)
_ORDER_JULY: Final = ("mnd", "ncdm", "moi")
_ORDER: Final = ("ncdm", "moi", "mnd")


@dataclass(frozen=True, slots=True)
class NationalSeries:
    """The headline series with gaps, every published figure, and what marks the time axis.

    ``runs`` are stretches without a gap of more than three weeks; a line is drawn within a run only.
    """

    headline: tuple[Observation, ...]
    runs: tuple[tuple[Observation, ...], ...]
    all_points: tuple[Observation, ...]
    ceasefires: tuple[chronology.Event, ...]
    breaks: tuple[chronology.Break, ...]


@dataclass(frozen=True, slots=True)
class SitesAndHosts:
    """People in sites and with host families, counted by one publisher for one day."""

    in_sites: Observation
    with_hosts: Observation


def national(release: Release, *indicators: str, country: str = "KHM") -> tuple[Observation, ...]:
    """Return national rows of some indicators in order of time, later counts of a day last."""
    wanted = set(indicators)
    rows = [
        row
        for row in record.observations(release, "displacement")
        if row.country == country and not row.admin1 and row.indicator in wanted and row.as_of
    ]
    return tuple(sorted(rows, key=lambda row: (row.as_of or date.min, row.value or 0.0)))


def origins_agree(observations: Iterable[Observation]) -> int:
    """Return how many independent origins stand behind figures; copies of one release count once.

    Origins whose slugs share the first part are one counter; ``unknown`` never confirms, and
    ``own-reporting`` is one origin for each publisher.
    """
    seen: set[str] = set()
    for row in observations:
        for source in row.sources:
            for origin in source.origins:
                if origin == "own-reporting":
                    seen.add(f"own:{source.publisher}")
                elif origin != "unknown":
                    seen.add(origin.split("-")[0])
    return len(seen)


def _choose(rows: Sequence[Observation], order: Sequence[str]) -> Observation | None:
    """Return the row of a day by order of counters; exact before rounded, the latest count of the day."""
    for counter in order:
        counted = [row for row in rows if row.counted_by == counter and row.headline_ok]
        exact = [row for row in counted if row.qualifier == "exact"] or counted
        if exact:
            linked = [row for row in exact if row.value == max(one.value or 0 for one in exact)]
            return min(linked, key=_reliability)
    return None


def _reliability(row: Observation) -> tuple[str, bool, str]:
    source = row.sources[0]
    return (source.grade, source.url is None, row.observation_id)


@per_release
def headline(release: Release) -> tuple[Observation, ...]:
    """Return one figure a day of people displaced in Cambodia, by the rule of the headline series."""
    by_day: dict[date, list[Observation]] = defaultdict(list)
    for row in national(release, *STOCK):
        if row.as_of:
            by_day[row.as_of].append(row)
    chosen = []
    for day, rows in sorted(by_day.items()):
        order = _ORDER_JULY if day <= _JULY_ENDS else _ORDER
        row = _choose(rows, order)
        if row is not None:
            chosen.append(row)
    return tuple(_without_outliers(chosen))


def _without_outliers(rows: Sequence[Observation]) -> list[Observation]:
    """Leave out rounded figures on days between exact ones of one series: they would draw teeth."""
    kept = []
    exact_days = {row.as_of for row in rows if row.qualifier == "exact"}
    for row in rows:
        near = any(
            day and row.as_of and abs((day - row.as_of).days) <= 1 for day in exact_days
        )
        rounded = row.qualifier != "exact" and (row.value or 0) % 500 == 0
        if not rounded or not near:
            kept.append(row)
    return kept


@per_release
def national_series(release: Release) -> NationalSeries:
    """Return the headline series, all points and the marks of the time axis."""
    line = headline(release)
    runs: list[list[Observation]] = []
    for row in line:
        last = runs[-1][-1] if runs else None
        new_round = last and last.as_of and row.as_of and last.as_of < _SECOND_ROUND <= row.as_of
        far = last and last.as_of and row.as_of and row.as_of - last.as_of > GAP
        if last is None or far or new_round:
            runs.append([])
        runs[-1].append(row)
    return NationalSeries(
        headline=line,
        runs=tuple(tuple(run) for run in runs),
        all_points=tuple(row for row in national(release, *STOCK) if row.headline_ok),
        ceasefires=chronology.ceasefires(release),
        breaks=chronology.breaks(release),
    )


def _others(
    rows: Iterable[Observation], chosen: Observation, *, days: int
) -> tuple[Observation, ...]:
    """Return figures of other counters or other values within ``days``, one for each that differs."""
    seen: dict[tuple[float | None, str], Observation] = {}
    for row in rows:
        if not (row.as_of and chosen.as_of and row.headline_ok):
            continue
        if abs((row.as_of - chosen.as_of).days) <= days and not same_count(row, chosen):
            known = seen.get((row.value, row.counted_by))
            if known is None or _reliability(row) < _reliability(known):
                seen[row.value, row.counted_by] = row
    return tuple(
        sorted(seen.values(), key=lambda row: (row.as_of or date.min, row.value or 0), reverse=True)
    )


def same_count(row: Observation, other: Observation) -> bool:
    """Return whether ``row`` is ``other`` again: the same value, or one counter's figure rounded."""
    if row.value == other.value:
        return True
    rounded = row.qualifier != "exact" and row.counted_by == other.counted_by
    return rounded and abs((row.value or 0) - (other.value or 0)) <= 0.01 * (other.value or 0)


def latest(release: Release, today: date) -> Finding:
    """Return the latest figure found of people still displaced, with the one before and who differs."""
    rows = national(release, "remaining_displaced_people")
    line = headline(release)
    chosen = line[-1] if line else None
    if chosen is None:
        return _absent("displaced-latest", M_("People still displaced in Cambodia"), "not_found", today)
    before = [row for row in line[:-1] if row.counted_by == chosen.counted_by]
    same = [row for row in rows if row.as_of == chosen.as_of]
    known = record.indicators(release)[chosen.indicator]
    caveats: list[Message] = []
    if len({row.sources[0].publisher for row in same}) == 1:
        caveats.append(M_("Printed by one outlet only."))
    caveats.append(
        M_("Latest figure found. Nothing newer was found since {day}.", day=chosen.as_of or today)
    )
    beside = []
    if before:
        beside.append(Beside(_before_label(before[-1]), before[-1]))
    return Finding(
        key="displaced-latest",
        label=M_("people still displaced in Cambodia, latest figure found"),
        observation=chosen,
        why=M_(
            "Printed as people “in camps”, but it equals the ministry's peak less those returned, so "
            "it continues the count of all still displaced."
        ),
        freshness=freshness(chosen.as_of, known.expected_frequency, today),
        definition=known.definition,
        contradicted_by=_others(rows, before[-1], days=3) if before else (),
        beside=tuple(beside),
        change=Change((chosen.value or 0) - (before[-1].value or 0), before[-1]) if before else None,
        caveats=tuple(caveats),
    )


def _before_label(row: Observation) -> Message:
    if row.as_of_precision == "approx":
        return M_("the figure before, about {day}, old as well", day=row.as_of or date.min)
    return M_("the figure before, {day}, old as well", day=row.as_of or date.min)


def _absent(
    key: str, label: Message, absence: Literal["not_found", "not_published"], today: date
) -> Finding:
    return Finding(
        key=key,
        label=label,
        observation=None,
        why=M_("No row of the record answers this."),
        freshness=settled(None, today),
        absence=absence,
    )


_PEAK_LABELS: Final[dict[str, Message]] = {
    "2025-07": M_("people displaced at the July peak"),
    "2025-12": M_("people displaced at the December peak"),
}
_PEAK_KEYS: Final = {"2025-07": "displaced-peak-july", "2025-12": "displaced-peak-december"}


def peak(release: Release, phase: Phase, today: date) -> Finding:
    """Return the highest figure of the headline series in a round, with the others of those days."""
    in_phase = [
        row
        for row in headline(release)
        if row.as_of and row.qualifier == "exact" and (row.as_of >= _SECOND_ROUND) == (phase == "2025-12")
    ]
    if not in_phase:
        return _absent(_PEAK_KEYS[phase], _PEAK_LABELS[phase], "not_found", today)
    chosen = max(in_phase, key=lambda row: row.value or 0)
    beside = []
    if phase == "2025-12" and (total := ministry_total(release)) is not None:
        beside.append(
            Beside(
                M_("cumulative, not a count of one day, {day}", day=total.as_of or today),
                total,
            )
        )
    return Finding(
        key=_PEAK_KEYS[phase],
        label=_PEAK_LABELS[phase],
        observation=chosen,
        why=M_("The highest figure of the headline series in this round."),
        freshness=settled(chosen.as_of, today),
        definition=record.indicators(release)[chosen.indicator].definition,
        contradicted_by=_others(
            national(release, *STOCK), chosen, days=1
        ),
        beside=tuple(beside),
    )


def cumulative(release: Release) -> tuple[Observation, ...]:
    """Return the cumulative totals of the December round, which are never drawn as a stock."""
    return national(release, "displaced_people_cumulative")


def ministry_total(release: Release) -> Observation | None:
    """Return the newest exact cumulative total of the Ministry of Interior."""
    exact = [row for row in cumulative(release) if row.qualifier == "exact" and row.counted_by == "moi"]
    newest = max((row.as_of for row in exact if row.as_of), default=None)
    return min((row for row in exact if row.as_of == newest), key=_reliability, default=None)


def returned(release: Release, today: date) -> Finding:
    """Return the latest cumulative number of people who went home since the December ceasefire."""
    rows = national(release, "returned_people")
    since = [row for row in rows if row.as_of and row.as_of >= _SECOND_ROUND and row.headline_ok]
    label = M_("people returned home since the December ceasefire (cumulative)")
    if not since:
        return _absent("returned", label, "not_found", today)
    chosen = since[-1]
    known = record.indicators(release)["returned_people"]
    return Finding(
        key="returned",
        label=label,
        observation=chosen,
        why=M_("The newest cumulative figure found. Returned does not mean no longer in need."),
        freshness=freshness(chosen.as_of, known.expected_frequency, today),
        definition=known.definition,
        contradicted_by=_others(rows, chosen, days=10),
    )


def sites_open(release: Release, today: date) -> Finding:
    """Return the latest national number of open sites that a publisher printed."""
    rows = [row for row in national(release, "sites_open") if row.headline_ok]
    label = M_("sites open in Cambodia, latest national count found")
    if not rows:
        return _absent("sites-open", label, "not_found", today)
    newest = rows[-1].as_of
    chosen = min((row for row in rows if row.as_of == newest), key=_reliability)
    known = record.indicators(release)["sites_open"]
    before = [row for row in rows if row.as_of != newest and row.counted_by == chosen.counted_by]
    return Finding(
        key="sites-open",
        label=label,
        observation=chosen,
        why=M_("The newest national count; later figures name single provinces only."),
        freshness=freshness(chosen.as_of, known.expected_frequency, today),
        definition=known.definition,
        contradicted_by=_others(rows, chosen, days=3),
        change=Change((chosen.value or 0) - (before[-1].value or 0), before[-1]) if before else None,
    )


@per_release
def in_sites_and_hosts(release: Release) -> tuple[SitesAndHosts, ...]:
    """Return the days on which one publisher counted people in sites and with hosts, oldest first."""
    sites: dict[tuple[date, str], Observation] = {}
    hosts: dict[tuple[date, str], Observation] = {}
    for row in national(release, "people_in_sites", "people_with_hosts"):
        if row.as_of and row.headline_ok:
            target = sites if row.indicator == "people_in_sites" else hosts
            target.setdefault((row.as_of, row.counted_by), row)
    return tuple(SitesAndHosts(sites[key], hosts[key]) for key in sorted(sites.keys() & hosts.keys()))


@per_release
def on_one_day(release: Release, day: date) -> tuple[Observation, ...]:
    """Return every national stock figure of a day, one for each value and counter, highest first."""
    rows: dict[tuple[float | None, str], Observation] = {}
    for row in national(release, *STOCK):
        if row.as_of == day:
            known = rows.get((row.value, row.counted_by))
            if known is None or _reliability(row) < _reliability(known):
                rows[row.value, row.counted_by] = row
    return tuple(sorted(rows.values(), key=lambda row: -(row.value or 0)))
