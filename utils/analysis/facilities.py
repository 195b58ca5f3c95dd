"""Health facilities closed, damaged, strained or open again: each count as its source printed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.analysis import observations
from utils.analysis.displacement_series import differing
from utils.analysis.figures import same_series
from utils.analysis.model import Observation
from utils.releases import Release, per_release

_UNIT: Final = "facilities"
_AROUND: Final = 1
"""Days around a count in which another one of the same question differs from it."""


@dataclass(frozen=True, slots=True)
class Facilities:
    """One count of a country or province, and the counts of the same question that differ from it."""

    counted: Observation
    others: tuple[Observation, ...]


@per_release
def counts(release: Release) -> tuple[Facilities, ...]:
    """Return every count of health facilities, newest first; of one day by place, then by what it counts."""
    rows = [row for row in observations.observations(release, "impact") if row.unit == _UNIT]
    rows.sort(key=lambda row: (row.country, row.admin1, row.indicator, row.observation_id))
    rows.sort(key=lambda row: row.as_of or date.min, reverse=True)
    return tuple(
        Facilities(row, differing((item for item in rows if same_series(item, row)), row, days=_AROUND))
        for row in rows
    )
