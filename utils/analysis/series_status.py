"""How a series stands on a day: its newest figure, who differs, and whether it is known or old."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from utils.analysis import observations
from utils.analysis.displacement_series import differing, reliability
from utils.analysis.freshness import freshness
from utils.analysis.model import Age, Freshness, Observation
from utils.releases import Release

State = Literal["known", "old", "contested", "missing"]
_AROUND = 3
"""Days around the newest figure in which another count contests it."""
_NO_RHYTHM = "every_month"
"""How often a series is expected that is published as needed: a month is long for a decision."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest figure of a series. ``contested_by`` are other counts of those days."""

    state: State
    observation: Observation
    freshness: Freshness
    contested_by: tuple[Observation, ...] = ()


def state_of(age: Freshness, *, contested: bool = False) -> State:
    """Return the state of a figure: contested leads, then its age."""
    if contested:
        return "contested"
    return "known" if age.age in {Age.FRESH, Age.DUE} else "old"


def standing(release: Release, rows: Iterable[Observation], today: date) -> Standing | None:
    """Return how one series stands, ``None`` where no dated figure may lead.

    Of the newest day an exact figure leads, then the best source; other counts of those days contest
    it.
    """
    able = [row for row in rows if row.as_of and row.value is not None and row.headline_ok]
    if not able:
        return None
    newest = max(row.as_of for row in able if row.as_of)
    chosen = min(
        (row for row in able if row.as_of == newest),
        key=lambda row: (row.qualifier != "exact", reliability(row)),
    )
    others = differing(able, chosen, days=_AROUND)
    age = age_of(release, chosen, today)
    return Standing(state_of(age, contested=bool(others)), chosen, age, others)


def age_of(release: Release, row: Observation, today: date) -> Freshness:
    """Return the age of a figure; one published as needed ages too, by the month."""
    known = observations.indicators(release).get(row.indicator)
    rhythm = known.expected_frequency if known else _NO_RHYTHM
    return freshness(row.as_of, _NO_RHYTHM if rhythm == "as_needed" else rhythm, today)
