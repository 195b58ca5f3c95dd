"""All figures of one place, and of the areas it lies in, at the precision of its tier."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.analysis import crisis_phases, gaps, observations, shelters
from utils.analysis.figures import ROW_TABLES, of_areas
from utils.analysis.model import Observation
from utils.analysis.place_search import by_id
from utils.analysis.places import NamedPlace, by_pcode
from utils.analysis.series_status import Standing, standing
from utils.releases import Release, TableUnavailable, per_release

COUNTED: Final = frozenset({"country", "province", "district"})
"""Kinds of places that figures are published for."""
MOST_EVENTS: Final = 10
_COMMUNE: Final = re.compile(r"com-(\d{4})\d{2}-")


@dataclass(frozen=True, slots=True)
class Series:
    """One series of an area: how it stands, and how many figures it has."""

    table: str
    indicator: observations.Indicator
    basis: str
    standing: Standing
    count: int


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """The figures of one area: published series, and the sites of our own record."""

    place: NamedPlace
    series: tuple[Series, ...]
    sites: Observation | None
    aid: gaps.Cell | None


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place, where it lies, its spellings, what is counted there, and what happened there."""

    place: NamedPlace
    within: tuple[NamedPlace, ...]
    spellings: tuple[str, ...]
    areas: tuple[AreaFigures, ...]
    events: tuple[crisis_phases.Event, ...]

    @property
    def quiet(self) -> tuple[crisis_phases.Event, ...]:
        """Return the newest events that tell of no victims: the others stand in the timeline."""
        return tuple(event for event in self.events if not event.grave)[:MOST_EVENTS]


def place_card(release: Release, place_id: str, today: date) -> PlaceCard | None:
    """Return the card of a place, ``None`` where this tier has none of this id.

    A place smaller than a district has no figures of its own: those of the areas it lies in are
    shown under their names.
    """
    place = by_id(release).get(place_id)
    if place is None:
        return None
    within = _within(release, place)
    areas = [area for area in (place, *within) if area.kind in COUNTED and (area is place or area.pcode)]
    shown = [area for area in areas if area is place or area.kind != "country"]
    return PlaceCard(
        place=place,
        within=within,
        spellings=spellings(release).get(place_id, ()),
        areas=tuple(_figures(release, area, today) for area in shown),
        events=_events(release, place, within),
    )


def _within(release: Release, place: NamedPlace) -> tuple[NamedPlace, ...]:
    """Return the areas around a place, the nearest first."""
    found: list[NamedPlace] = []
    parent = _parent(release, place)
    while parent is not None and parent not in found:
        found.append(parent)
        parent = _parent(release, parent)
    return tuple(found)


def _parent(release: Release, place: NamedPlace) -> NamedPlace | None:
    """Return the area a place lies in; its district where this tier leaves its commune out.

    The id of a commune holds its official code, whose first four digits are those of the district.
    """
    parent = by_id(release).get(place.parent_id)
    commune = _COMMUNE.match(place.parent_id)
    if parent is None and commune is not None:
        return by_pcode(release).get(f"KH{commune[1]}")
    return parent


@per_release
def spellings(release: Release) -> Mapping[str, tuple[str, ...]]:
    """Return the other spellings of each place, by its id."""
    found: dict[str, list[str]] = defaultdict(list)
    try:
        for row in observations.rows(release, "place_aliases"):
            found[row["place_id"]].append(row["alias"])
    except TableUnavailable:
        return {}
    return {place_id: tuple(names) for place_id, names in found.items()}


def _figures(release: Release, area: NamedPlace, today: date) -> AreaFigures:
    grouped: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for table, row in of_areas(release):
        if _is_of(row, area):
            grouped[table, row.indicator, row.area_basis].append(row)
    known = observations.indicators(release)
    series = [
        Series(table, known[indicator], basis, found, len(rows))
        for (table, indicator, basis), rows in grouped.items()
        if (found := standing(release, rows, today)) is not None
    ]
    aid = gaps.cell(release, area.pcode, "aid", today) if area.kind == "province" and area.pcode else None
    return AreaFigures(
        place=area,
        series=tuple(sorted(series, key=_order)),
        sites=_sites(release, area),
        aid=aid,
    )


def _order(series: Series) -> tuple[int, int]:
    """Put people first, then harm, then needs; in each the newest first."""
    newest = series.standing.observation.as_of or date.min
    return (ROW_TABLES.index(series.table), -newest.toordinal())


def _is_of(row: Observation, area: NamedPlace) -> bool:
    """Return whether a row counts this very area."""
    if row.country != area.country:
        return False
    if area.kind == "country":
        return not row.admin1
    if area.kind == "district":
        return bool(area.pcode) and row.admin2_pcode == area.pcode
    if row.admin2:
        return False
    return row.admin1_pcode == area.pcode if area.pcode else row.admin1 == area.names.en


def _sites(release: Release, area: NamedPlace) -> Observation | None:
    """Return the sites of our own record last known open in a province or district."""
    try:
        provinces = shelters.by_province(release)
    except TableUnavailable:
        return None
    for province in provinces:
        if area.kind == "province" and area.pcode and province.pcode == area.pcode:
            return province.sites
        for area_figures in province.areas:
            if area.kind == "district" and area.pcode and area_figures.admin2_pcode == area.pcode:
                return area_figures.sites
    return None


def _events(
    release: Release, place: NamedPlace, within: tuple[NamedPlace, ...]
) -> tuple[crisis_phases.Event, ...]:
    """Return the events of the place's province, or of a country as a whole, newest first."""
    try:
        events = crisis_phases.events(release)
    except TableUnavailable:
        return ()
    if place.kind == "country":
        return tuple(event for event in events if event.country == place.country)
    code = next((area.pcode for area in (place, *within) if area.kind == "province" and area.pcode), "")
    return tuple(event for event in events if code and event.admin1_pcode == code)
