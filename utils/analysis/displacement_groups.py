"""Thailand beside Cambodia, women and children, migrant workers who returned: each apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from utils.analysis.displacement_series import list_national_rows
from utils.analysis.model import Observation
from utils.releases import Release, per_release

GROUPS: Final = ("women_displaced", "children_displaced")
OTHERS: Final = ("older_displaced", "pregnant_displaced")
THAI: Final = ("displaced_people", "people_in_sites")


def _keep_best_of_day(rows: tuple[Observation, ...]) -> tuple[Observation, ...]:
    """Keep the exact or the highest figure of each day and counter."""
    kept: dict[tuple[date, str], Observation] = {}
    for row in rows:
        if not row.as_of or not row.headline_ok:
            continue
        key = (row.as_of, row.counted_by)
        earlier = kept.get(key)
        if earlier is None or (row.qualifier == "exact", row.value or 0) >= (
            earlier.qualifier == "exact",
            earlier.value or 0,
        ):
            kept[key] = row
    return tuple(kept[key] for key in sorted(kept))


@per_release
def list_thai_figures(release: Release) -> dict[str, tuple[Observation, ...]]:
    """Return Thai figures by indicator: evacuated and in shelters are two things in one week."""
    return {
        indicator: _keep_best_of_day(list_national_rows(release, indicator, country="THA"))
        for indicator in THAI
    }


def keep_growing(rows: Iterable[Observation]) -> tuple[Observation, ...]:
    """Return the figures of a total that are higher than every one before: a total only grows.

    ``rows`` are in order of time; lower figures of other publishers stay points beside the steps.
    """
    kept: list[Observation] = []
    for row in rows:
        if row.as_of and row.value is not None and (not kept or row.value > (kept[-1].value or 0)):
            kept.append(row)
    return tuple(kept)


@per_release
def list_group_figures(release: Release) -> dict[str, tuple[Observation, ...]]:
    """Return figures of women and children among Cambodia's displaced. They overlap."""
    return {indicator: _keep_best_of_day(list_national_rows(release, indicator)) for indicator in GROUPS}


@per_release
def list_older_and_pregnant(release: Release) -> tuple[Observation, ...]:
    """Return every count of older people and of pregnant women, in either country."""
    rows = [
        row
        for country in ("KHM", "THA")
        for indicator in OTHERS
        for row in list_national_rows(release, indicator, country=country)
    ]
    return tuple(row for row in rows if row.headline_ok)


@per_release
def list_migrant_returnees(release: Release) -> tuple[Observation, ...]:
    """Return the cumulative counts of migrants back from Thailand: they are not displaced."""
    return _keep_best_of_day(list_national_rows(release, "migrant_returnees"))
