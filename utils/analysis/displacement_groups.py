"""Thailand beside Cambodia, women and children, migrant workers who returned: each apart."""

from __future__ import annotations

from datetime import date
from typing import Final

from utils.analysis.displacement import national
from utils.analysis.model import Observation
from utils.releases import Release, per_release

GROUPS: Final = ("women_displaced", "children_displaced")
OTHERS: Final = ("older_displaced", "pregnant_displaced")
THAI: Final = ("displaced_people", "people_in_sites")


def _one_a_day(rows: tuple[Observation, ...]) -> tuple[Observation, ...]:
    """Keep the exact or the highest figure of each day and counter."""
    kept: dict[tuple[date, str], Observation] = {}
    for row in rows:
        if not row.as_of or not row.headline_ok:
            continue
        key = (row.as_of, row.counted_by)
        known = kept.get(key)
        if known is None or (row.qualifier == "exact", row.value or 0) >= (
            known.qualifier == "exact",
            known.value or 0,
        ):
            kept[key] = row
    return tuple(kept[key] for key in sorted(kept))


@per_release
def thailand(release: Release) -> dict[str, tuple[Observation, ...]]:
    """Return Thai figures by indicator: evacuated and in shelters are two things in one week."""
    return {indicator: _one_a_day(national(release, indicator, country="THA")) for indicator in THAI}


@per_release
def groups(release: Release) -> dict[str, tuple[Observation, ...]]:
    """Return figures of women and children among Cambodia's displaced. They overlap."""
    return {indicator: _one_a_day(national(release, indicator)) for indicator in GROUPS}


@per_release
def others(release: Release) -> tuple[Observation, ...]:
    """Return every count of older people and of pregnant women, in either country."""
    found = [
        row
        for country in ("KHM", "THA")
        for indicator in OTHERS
        for row in national(release, indicator, country=country)
    ]
    return tuple(row for row in found if row.headline_ok)


@per_release
def migrant_returnees(release: Release) -> tuple[Observation, ...]:
    """Return the cumulative counts of migrants back from Thailand: they are not displaced."""
    return _one_a_day(national(release, "migrant_returnees"))
