"""The headline series of people displaced in Cambodia, and which figures contradict each other.

Rules of docs/design.md §4: one figure, one date, one claimant. The headline series takes the
Ministry of National Defence in July 2025, then the disaster committee (NCDM/HRF), and the Ministry
of Interior in the gaps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from utils.analysis import crisis_phases
from utils.analysis import observations as analysis_observations
from utils.analysis.model import Observation
from utils.releases import Release, per_release

STOCK: Final = ("displaced_people", "remaining_displaced_people")
"""Joined for a continuous curve: displaced on a day, and still displaced in the return period."""
GAP: Final = timedelta(days=21)
ROUNDING: Final = 0.01
"""Figures of one counter closer than this share are one count, printed in full and rounded."""
_JULY_ENDS: Final = date(2025, 8, 5)
SECOND_ROUND: Final = date(2025, 12, 7)
_ORDER_JULY: Final = ("mnd", "ncdm", "moi")
_ORDER: Final = ("ncdm", "moi", "mnd")


@dataclass(frozen=True, slots=True)
class NationalSeries:
    """The headline series with gaps, every published figure, and what marks the time axis.

    ``runs`` are stretches without a gap of more than three weeks, a new round or a break: a line is
    drawn within a run only.
    """

    headline: tuple[Observation, ...]
    runs: tuple[tuple[Observation, ...], ...]
    all_points: tuple[Observation, ...]
    ceasefires: tuple[crisis_phases.Event, ...]
    breaks: tuple[crisis_phases.Break, ...]


@per_release
def national(release: Release, *indicators: str, country: str = "KHM") -> tuple[Observation, ...]:
    """Return national rows of some indicators in order of time, later counts of a day last."""
    wanted = set(indicators)
    rows = [
        row
        for row in analysis_observations.observations(release, "displacement")
        if row.country == country and not row.admin1 and row.indicator in wanted and row.as_of
    ]
    return tuple(sorted(rows, key=lambda row: (row.as_of or date.min, row.value or 0.0)))


def in_second_round(row: Observation) -> bool:
    """Return whether a figure is of the December round or the months after it."""
    return row.as_of is not None and row.as_of >= SECOND_ROUND


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
    """Return the row of a day: the first counter in ``order`` that counted, its latest count.

    Totals grow within a day of flight and shrink within a day of return, so the latest count is the
    highest, or the lowest of those still displaced. An exact figure stands for its rounded copies.
    """
    for counter in order:
        counted = [row for row in rows if row.counted_by == counter and row.headline_ok and row.value]
        if counted:
            returning = any(row.indicator == "remaining_displaced_people" for row in counted)
            end = (min if returning else max)(row.value or 0.0 for row in counted)
            near = [row for row in counted if abs((row.value or 0.0) - end) <= ROUNDING * end]
            exact = [row for row in near if row.qualifier == "exact"]
            return min(exact or near, key=reliability)
    return None


def reliability(row: Observation) -> tuple[str, bool, str]:
    source = row.sources[0]
    return (source.grade, source.url is None, row.observation_id)


@per_release
def headline(release: Release) -> tuple[Observation, ...]:
    """Return one figure a day of people displaced in Cambodia, oldest first."""
    by_day: dict[date, list[Observation]] = defaultdict(list)
    for row in national(release, *STOCK):
        if row.as_of:
            by_day[row.as_of].append(row)
    chosen = []
    for day, rows in sorted(by_day.items()):
        order = _ORDER_JULY if day <= _JULY_ENDS else _ORDER
        if (found := _choose(rows, order)) is not None:
            chosen.append(found)
    return tuple(_without_teeth(chosen))


def _without_teeth(rows: Sequence[Observation]) -> list[Observation]:
    """Leave out rounded figures that rounding puts outside the range of their neighbours."""
    kept: list[Observation] = []
    for index, row in enumerate(rows):
        around = [rows[place].value or 0.0 for place in (index - 1, index + 1) if 0 <= place < len(rows)]
        if row.qualifier == "exact" or min(around) <= (row.value or 0.0) <= max(around):
            kept.append(row)
    return kept


@per_release
def national_series(release: Release) -> NationalSeries:
    """Return the headline series, all points and the marks of the time axis."""
    known = crisis_phases.breaks(release)
    runs: list[list[Observation]] = []
    for row in headline(release):
        if not runs or _apart(runs[-1][-1], row, known):
            runs.append([])
        runs[-1].append(row)
    return NationalSeries(
        headline=headline(release),
        runs=tuple(tuple(run) for run in runs),
        all_points=tuple(row for row in national(release, *STOCK) if row.headline_ok),
        ceasefires=crisis_phases.ceasefires(release),
        breaks=known,
    )


def _apart(last: Observation, row: Observation, known: Iterable[crisis_phases.Break]) -> bool:
    """Return whether no line may join two figures: a long gap, a new round, a break."""
    if last.as_of is None or row.as_of is None:
        return True
    new_round = last.as_of < SECOND_ROUND <= row.as_of
    broken = any(
        item.counted_by == last.counted_by and last.as_of <= item.starts_on <= row.as_of for item in known
    )
    return new_round or broken or row.as_of - last.as_of > GAP


def differing(rows: Iterable[Observation], chosen: Observation, *, days: int) -> tuple[Observation, ...]:
    """Return the figures that contradict ``chosen``, newest first, one for each value and counter.

    Others count within ``days``; the same counter contradicts itself only on the same day. A floor
    below the figure and a ceiling above it agree with it.
    """
    seen: dict[tuple[float | None, str], Observation] = {}
    for row in rows:
        if not (row.as_of and chosen.as_of and row.headline_ok):
            continue
        apart = abs((row.as_of - chosen.as_of).days)
        own = row.counted_by == chosen.counted_by
        if apart > (0 if own else days) or same_count(row, chosen) or _agrees(row, chosen):
            continue
        known = seen.get((row.value, row.counted_by))
        if known is None or reliability(row) < reliability(known):
            seen[row.value, row.counted_by] = row
    return tuple(sorted(seen.values(), key=lambda row: (row.as_of or date.min, row.value or 0), reverse=True))


def _agrees(row: Observation, other: Observation) -> bool:
    value, known = row.value or 0.0, other.value or 0.0
    return (row.qualifier == "at_least" and value <= known) or (row.qualifier == "at_most" and value >= known)


def same_count(row: Observation, other: Observation) -> bool:
    """Return whether ``row`` repeats ``other``: the same value, or one counter's rounded."""
    if row.value == other.value:
        return True
    rounded = row.qualifier != "exact" and row.counted_by == other.counted_by
    return rounded and abs((row.value or 0) - (other.value or 0)) <= ROUNDING * (other.value or 0)
