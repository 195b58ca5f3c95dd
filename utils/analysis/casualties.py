"""Killed and injured, by side and round, each with who counted. Claims about the other side stay out.

Rules: docs/design.md §4.10; a total is never made of parts that differ in scope; direct and
indirect deaths stay apart; a count that no authority published is marked as not published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from utils.analysis import observations
from utils.analysis.freshness import settled
from utils.analysis.model import Beside, Finding, Observation
from utils.releases import Release, per_release
from utils.text.locale import Message, lazy_gettext

ROUNDS: Final = ("2025-07", "2025-12")
_SECOND_ROUND: Final = date(2025, 12, 7)
_OFFICIAL: Final = frozenset({"government", "red-cross", "un"})
_BEFORE: Final = timedelta(days=7)
_AFTER: Final = timedelta(days=21)


@per_release
def _rows(release: Release) -> dict[tuple[str, str, str], list[Observation]]:
    """Return national rows by country, round and indicator, in order of time."""
    found: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for row in observations.observations(release, "impact"):
        if row.as_of and not row.admin1 and row.headline_ok and row.value is not None:
            of_round = ROUNDS[row.as_of >= _SECOND_ROUND]
            found[row.country, of_round, row.indicator].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row.as_of or date.min)
    return dict(found)


def choose(rows: Sequence[Observation]) -> Observation | None:
    """Return the figure to lead with: the newest day on which the count is clear.

    A day is clear when a named counter gave a figure, or when all who printed one agree. A figure
    that stands for a whole round without a day of its own never leads. On a clear day the value with
    most origins wins: two outlets of one release do not outvote another count.
    """
    by_day: dict[date, list[Observation]] = defaultdict(list)
    for row in rows:
        if row.as_of and row.as_of_precision != "month":
            by_day[row.as_of].append(row)
    for day in sorted(by_day, reverse=True):
        led = [row for row in by_day[day] if row.counted_by] or by_day[day]
        if not led[0].counted_by and len({row.value for row in led}) > 1:
            continue
        votes: dict[float | None, set[str]] = defaultdict(set)
        for row in rows:
            if row.as_of and abs(row.as_of - day) <= timedelta(days=1):
                votes[row.value] |= row.origins
        return max(
            led,
            key=lambda row: (len(votes[row.value]), row.qualifier == "exact", row.observation_id),
        )
    return None


def differing(chosen: Observation, rows: Sequence[Observation]) -> tuple[Observation, ...]:
    """Return figures of the same question that differ, from a week before to three weeks after.

    One for each value, counter and qualifier: copies of one count are not repeated.
    """
    seen: dict[tuple[float | None, str, str], Observation] = {}
    for row in rows:
        if not (chosen.as_of and row.as_of) or row.value == chosen.value:
            continue
        if chosen.as_of - _BEFORE <= row.as_of <= chosen.as_of + _AFTER:
            seen.setdefault((row.value, row.counted_by, row.qualifier), row)
    return tuple(sorted(seen.values(), key=lambda row: (row.as_of or date.min, row.value or 0), reverse=True))


def _official(release: Release) -> frozenset[str]:
    return frozenset(
        counter_id
        for counter_id, counter in observations.counters(release).items()
        if counter.kind in _OFFICIAL
    )


def _pick(release: Release, country: str, of_round: str, indicator: str) -> Observation | None:
    rows = _rows(release).get((country, of_round, indicator), [])
    return choose(rows)


_LABELS: Final[dict[tuple[str, str], Message]] = {
    ("KHM", "civilians_killed"): lazy_gettext("Cambodian civilians killed, December round"),
    ("KHM", "soldiers_killed"): lazy_gettext("Cambodian soldiers killed, December round"),
    ("THA", "civilians_killed"): lazy_gettext("Thai civilians killed directly, December round"),
    ("THA", "soldiers_killed"): lazy_gettext("Thai soldiers killed, December round"),
}
_BESIDE: Final[dict[tuple[str, str], tuple[tuple[str, str, Message], ...]]] = {
    ("KHM", "civilians_killed"): (
        ("2025-12", "civilians_injured", lazy_gettext("civilians injured, December round")),
        ("2025-07", "civilians_killed", lazy_gettext("civilians killed, July round")),
    ),
    ("KHM", "soldiers_killed"): (
        ("2025-07", "soldiers_killed", lazy_gettext("soldiers killed, July round")),
    ),
    ("THA", "civilians_killed"): (
        ("2025-12", "civilian_deaths_indirect", lazy_gettext("indirect civilian deaths, counted apart")),
        ("2025-12", "civilians_injured", lazy_gettext("civilians injured, December round")),
        ("2025-07", "civilians_killed", lazy_gettext("civilians killed, July round")),
    ),
    ("THA", "soldiers_killed"): (
        ("2025-12", "soldiers_injured", lazy_gettext("soldiers injured, December round")),
        ("2025-07", "soldiers_killed", lazy_gettext("soldiers killed, July round")),
    ),
}


def findings(release: Release, today: date) -> tuple[Finding, ...]:
    """Return one finding for each side and kind of victim, with the July round and injured beside."""
    return tuple(_finding(release, country, indicator, today) for country, indicator in _LABELS)


def _finding(release: Release, country: str, indicator: str, today: date) -> Finding:
    known = observations.indicators(release)[indicator]
    rows = _rows(release).get((country, "2025-12", indicator), [])
    unpublished = (country, indicator) == ("KHM", "soldiers_killed") and not any(
        row.counted_by in _official(release) for row in rows
    )
    chosen = None if unpublished else choose(rows)
    beside = [
        Beside(label, row)
        for of_round, other, label in _BESIDE[country, indicator]
        if (row := _pick(release, country, of_round, other)) is not None
    ]
    if unpublished and (named := choose(rows)) is not None:
        beside.insert(
            0, Beside(lazy_gettext("named by a newspaper from public posts, not an official total"), named)
        )
    caveats = []
    if chosen and "Scope:" in chosen.note:
        caveats.append(
            lazy_gettext("What is counted: {scope}", scope=chosen.note.split("Scope:", 1)[1].strip())
        )
    why = (
        lazy_gettext("No authority has published this number; a newspaper's count is shown beside it.")
        if unpublished
        else lazy_gettext("The newest day on which the count is clear; other counts around it are listed.")
    )
    return Finding(
        key=f"casualties-{country.lower()}-{indicator.replace('_', '-')}",
        label=_LABELS[country, indicator],
        observation=chosen,
        why=why,
        freshness=settled(chosen.as_of if chosen else None, today),
        definition=known.definition,
        contradicted_by=differing(chosen, rows) if chosen else (),
        beside=tuple(beside),
        caveats=tuple(caveats),
        absence="" if chosen else "not_published" if unpublished else "not_found",
    )
