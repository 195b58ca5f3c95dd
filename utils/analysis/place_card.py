"""All figures of one place, and of the areas it lies in, at the precision of its tier."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from utils.analysis import crisis_phases, displacement, gaps, observations, shelters
from utils.analysis.figures import ROW_TABLES, list_area_rows
from utils.analysis.freshness import assess_settled
from utils.analysis.model import Finding, Observation
from utils.analysis.observations import call_or_default, group_column
from utils.analysis.place_search import index_places
from utils.analysis.places import NamedPlace, index_by_pcode
from utils.analysis.press_guidance import format_amount
from utils.analysis.series_status import SeriesStatus, assess_series
from utils.releases import Release
from utils.text.locale import LANGUAGES, Message, Names, Parameter, formats, lazy_gettext

_MOST_FIGURES: Final = 5
COUNTED: Final = frozenset({"country", "province", "district"})
"""Kinds of places that figures are published for."""
MOST_EVENTS: Final = 10
_CAMBODIA: Final = "khm"
_IN_SITES: Final = "people_in_sites"
_STOCKS: Final = frozenset({"displaced_people", "remaining_displaced_people", _IN_SITES})
"""Indicators of how many people are away from home on a day."""
_COMMUNE: Final = re.compile(r"com-(\d{4})\d{2}-")


@dataclass(frozen=True, slots=True)
class AreaSeries:
    """One series of an area: how it stands, and how many figures it has."""

    table: str
    indicator: observations.Indicator
    basis: str
    standing: SeriesStatus
    count: int


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """The figures of one area: published series, and the sites of our own record."""

    place: NamedPlace
    series: tuple[AreaSeries, ...]
    sites: Observation | None
    aid: gaps.GapCell | None


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place, where it lies, its spellings, what is counted there, and what happened there."""

    place: NamedPlace
    within: tuple[NamedPlace, ...]
    spellings: tuple[str, ...]
    areas: tuple[AreaFigures, ...]
    events: tuple[crisis_phases.DatedEvent, ...]

    @property
    def quiet(self) -> tuple[crisis_phases.DatedEvent, ...]:
        """Return the newest events that mention no victims: the others stand in the timeline."""
        return tuple(event for event in self.events if not event.grave)[:MOST_EVENTS]


def build_place_card(release: Release, place_id: str, today: date) -> PlaceCard | None:
    """Return the card of a place, ``None`` where this tier has none of this id.

    A place smaller than a district has no figures of its own: those of the areas it lies in are
    shown under their names.
    """
    place = index_places(release).get(place_id)
    if place is None:
        return None
    within = _within(release, place)
    areas = [area for area in (place, *within) if area.kind in COUNTED and (area is place or area.pcode)]
    counted_areas = [area for area in areas if area is place or area.kind != "country"]
    return PlaceCard(
        place=place,
        within=within,
        spellings=call_or_default({}, group_column, release, "place_aliases", "place_id", "alias").get(
            place_id, ()
        ),
        areas=tuple(_figures(release, area, today) for area in counted_areas),
        events=_events(release, place, within),
    )


def find_province(release: Release, place_id: str) -> NamedPlace | None:
    """Return the province that a place is or lies in, ``None`` where it lies in none."""
    place = index_places(release).get(place_id)
    if place is None:
        return None
    around = (place, *_within(release, place))
    return next((area for area in around if area.kind == "province" and area.pcode), None)


_STRIP: Final[Mapping[str, Message]] = {
    "remaining_displaced_people": lazy_gettext("Still displaced"),
    "displaced_people": lazy_gettext("People counted here"),
    "people_in_sites": lazy_gettext("In sites"),
    "sites_open": lazy_gettext("Sites open"),
}
"""Indicators that the strip of a place shows, by their short labels."""


def prepare_strip(card: PlaceCard, today: date) -> Mapping[Message, Callable[[], Finding]]:
    """Return the key figures of a place: of its nearest area that has each, and our own counts."""
    found: dict[Message, Callable[[], Finding]] = {}
    for area in card.areas:
        for series in area.series:
            label = _STRIP.get(series.indicator.indicator)
            if label is not None and label not in found and _counts_people_there(series):
                found[label] = partial(_series_finding, series)
        if area.sites is not None:
            found.setdefault(
                lazy_gettext("Sites we can place"), partial(_own_finding, "sites-known", area.sites, today)
            )
        if area.aid is not None and area.aid.observation is not None:
            label = lazy_gettext("Gifts and deliveries")
            found.setdefault(label, partial(_own_finding, "aid", area.aid.observation, today))
    return dict(list(found.items())[:_MOST_FIGURES])


def _series_finding(series: AreaSeries) -> Finding:
    row = series.standing.observation
    return Finding(
        key=row.observation_id,
        label=series.indicator.name,
        observation=row,
        why=lazy_gettext("The newest figure of this area."),
        freshness=series.standing.freshness,
        contradicted_by=series.standing.contested_by,
    )


def _own_finding(key: str, row: Observation, today: date) -> Finding:
    return Finding(
        key=key,
        label=lazy_gettext("our own count from the record"),
        observation=row,
        why=lazy_gettext("Our own count of the rows of the record that name this area."),
        freshness=assess_settled(row.as_of, today),
    )


def summarise_place(release: Release, card: PlaceCard) -> tuple[Message, ...]:
    """Return how many people the newest count found in the areas of a place, and what came later.

    Of one day the nearest area leads, and all displaced people before those in sites. People who fled
    from an area were not counted in it.
    """
    counts = [
        (row.as_of, series.indicator.indicator != _IN_SITES, -depth, row, area.place)
        for depth, area in enumerate(card.areas)
        for series in area.series
        if (row := series.standing.observation).as_of
        and series.indicator.indicator in _STOCKS
        and _counts_people_there(series)
    ]
    if not counts:
        return (
            lazy_gettext("{place}: no count of people was found. That is not zero.", place=card.place.names),
        )
    row, area = max(counts, key=lambda count: count[:3])[3:]
    parts: dict[str, Parameter] = {
        "place": card.place.names,
        "people": format_amount(row),
        "area": area.names,
        "day": _write_day(row),
    }
    sentence = {
        _IN_SITES: lazy_gettext(
            "{place}: {people} people were counted in sites in {area} ({day}), the newest count found.",
            **parts,
        ),
        "remaining_displaced_people": lazy_gettext(
            "{place}: {people} people were still displaced in {area} ({day}), the newest count found.",
            **parts,
        ),
    }.get(
        row.indicator,
        lazy_gettext(
            "{place}: {people} people were counted in {area} ({day}), the newest count found.", **parts
        ),
    )
    later = displacement.find_later_figure(release) if card.place.place_id == _CAMBODIA else None
    return (sentence, displacement.describe_later(later)) if later else (sentence,)


def _counts_people_there(series: AreaSeries) -> bool:
    """Return whether a series counts people or sites in its area, not people who come from it."""
    return series.table == "displacement" and series.basis != "origin"


def _write_day(row: Observation) -> Parameter:
    """Return the day of a figure with its precision."""
    day = row.as_of or date.min
    if row.as_of_precision == "month":
        return Names({lang: formats.format_month(day, lang) for lang in LANGUAGES})
    return lazy_gettext("about {day}", day=day) if row.as_of_precision == "approx" else day


def _within(release: Release, place: NamedPlace) -> tuple[NamedPlace, ...]:
    """Return the areas around a place, the nearest first."""
    areas: list[NamedPlace] = []
    parent = _parent(release, place)
    while parent is not None and parent not in areas:
        areas.append(parent)
        parent = _parent(release, parent)
    return tuple(areas)


def _parent(release: Release, place: NamedPlace) -> NamedPlace | None:
    """Return the area a place lies in; its district where this tier leaves its commune out.

    The id of a commune holds its official code, whose first four digits are those of the district.
    """
    parent = index_places(release).get(place.parent_id)
    commune = _COMMUNE.match(place.parent_id)
    if parent is None and commune is not None:
        return index_by_pcode(release).get(f"KH{commune[1]}")
    return parent


def _figures(release: Release, area: NamedPlace, today: date) -> AreaFigures:
    grouped: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for table, row in list_area_rows(release):
        if _is_of(row, area):
            grouped[table, row.indicator, row.area_basis].append(row)
    indicators = observations.load_indicators(release)
    series = [
        AreaSeries(table, indicators[indicator], basis, status, len(rows))
        for (table, indicator, basis), rows in grouped.items()
        if (status := assess_series(release, rows, today)) is not None
    ]
    aid = (
        gaps.build_gap_cell(release, area.pcode, "aid", today)
        if area.kind == "province" and area.pcode
        else None
    )
    return AreaFigures(
        place=area,
        series=tuple(sorted(series, key=_order)),
        sites=_sites(release, area),
        aid=aid,
    )


def _order(series: AreaSeries) -> tuple[int, int]:
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
    provinces = call_or_default((), shelters.count_sites_by_province, release)
    for province in provinces:
        if area.kind == "province" and area.pcode and province.pcode == area.pcode:
            return province.sites
        for area_figures in province.areas:
            if area.kind == "district" and area.pcode and area_figures.admin2_pcode == area.pcode:
                return area_figures.sites
    return None


def _events(
    release: Release, place: NamedPlace, within: tuple[NamedPlace, ...]
) -> tuple[crisis_phases.DatedEvent, ...]:
    """Return the events of the place's province, or of a country as a whole, newest first."""
    events = call_or_default((), crisis_phases.list_dated_events, release)
    if place.kind == "country":
        return tuple(event for event in events if event.country == place.country)
    code = next((area.pcode for area in (place, *within) if area.kind == "province" and area.pcode), "")
    return tuple(event for event in events if code and event.admin1_pcode == code)
