"""The map of one place of the border or one province: towns, crossings and counts by district around it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from utils.analysis import places, relief
from utils.analysis.place_search import index_places
from utils.analysis.places import NamedPlace
from utils.draw_context import DrawContext, per_context
from utils.maps.base import STATIC, read_manifest
from utils.maps.model import Bounds, DrawnMap, Labels, LegendEntry, Place, Point, Points
from utils.maps.parts import make_view, mark_place, shade_provinces
from utils.maps.payload import legend_dot
from utils.maps.people import LANDMARK_RADIUS, landmark_labels
from utils.maps.relief import describe_state
from utils.maps.shelters import district_points
from utils.maps.words import MARK
from utils.text.html import join
from utils.text.locale import Translator, formats
from utils.text.locale.digits import strip_digits

HEIGHT: Final = 440
_WIDE: Final = 0.55
"""Degrees of longitude shown to each side of a place."""
_NORTH: Final = 0.12
_SOUTH: Final = 0.5
_AROUND_PROVINCE: Final = 0.1
_TOWN_RANK: Final = 7
_EARTH_KM: Final = 6371.0
_LISTED: Final = 8
_MEASURED: Final = places.LANDMARK_KINDS | {"city"}
"""Kinds of places that distances are given from."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town of the open gazetteer that the maps are built from."""

    names: Mapping[str, str]
    country: str
    lat: float
    lon: float


@cache
def list_towns() -> tuple[Town, ...]:
    """Return the towns that stand in the static files of the maps."""
    file = STATIC / "geo" / str(read_manifest()["places"])
    features: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["features"]
    return tuple(
        Town(
            {key[5:]: value for key, value in feature["properties"].items() if key.startswith("name_")},
            feature["properties"]["country"],
            feature["geometry"]["coordinates"][1],
            feature["geometry"]["coordinates"][0],
        )
        for feature in features
    )


@per_context
def focus_map(context: DrawContext, place: str) -> DrawnMap | None:
    """Return the map around a place, ``None`` for one without a published point.

    It holds what may be shown of a district: counts of sites, closed sites by name, crossings and towns.
    """
    _, release, lang, theme = context.parts
    shown = index_places(release).get(place)
    if shown is None or shown.lat is None or shown.lon is None or shown.kind == "country":
        return None
    return DrawnMap(
        layers=(
            shade_provinces(context, "sites", lambda _pcode: (0, "plain", ())),
            _town_points(_),
            _landmark_points(context),
            district_points(release, lang),
            Labels((*landmark_labels(release, lang).values, *_town_labels(lang))),
        ),
        view=make_view(
            context,
            f"place-{place}",
            _("Map of {place} and around", place=shown.names),
            _find_bounds(shown),
            HEIGHT,
        ),
        title=_("Around {place}", place=shown.names),
        subtitle=_describe(context, shown),
        legend=(
            legend_dot(_("sites last known open, at the centre of the district"), "site_count", theme),
            legend_dot(_("closed site or hand-over point, at the centre of the district"), "closed", theme),
            legend_dot(_("border crossing"), "crossing", theme),
            legend_dot(_("temple or flashpoint"), "place", theme),
            LegendEntry(_("town"), "transparent", edge="currentColor"),
        ),
        columns=(_("Place"), _("Kind"), _("Last known state"), _("Distance")),
        rows=_rows(context, shown),
        numeric=(3,),
    )


def _find_bounds(place: NamedPlace) -> Bounds:
    lat, lon = place.lat or 0.0, place.lon or 0.0
    if place.kind == "province":
        return ((lat - 0.6, lon - 0.9), (lat + 0.6, lon + 0.9))
    return ((lat - _SOUTH, lon - _WIDE), (lat + _NORTH, lon + _WIDE))


def _describe(context: DrawContext, place: NamedPlace) -> str:
    """Return the last known state of a crossing; of other places what the map shows."""
    _ = context._
    states = _crossing_states(context)
    if place.place_id in states:
        return _("Last known state of the crossing: {state}", state=states[place.place_id])
    return _("Towns, crossings and what may be shown of sites by district")


def _crossing_states(context: DrawContext) -> Mapping[str, str]:
    """Return the last known state of each crossing of the record, in words, by its place."""
    return {
        crossing.place.place_id: describe_state(context._, crossing.last)
        for crossing in relief.list_crossings(context.release)
    }


def _landmark_points(context: DrawContext) -> Points:
    """Return crossings, temples and flashpoints; a crossing says its last known state."""
    _, states = context._, _crossing_states(context)
    return Points(
        [
            mark_place(
                place,
                _,
                radius=LANDMARK_RADIUS,
                style="crossing" if place.kind == "crossing" else "place",
                lines=(
                    _.pgettext("kind", place.kind),
                    *filter(None, (states.get(place.place_id),)),
                ),
            )
            for place in places.list_landmarks(context.release)
        ]
    )


def _town_points(_: Translator) -> Points:
    lang = strip_digits(_.lang)
    return Points(
        [
            Point(town.lat, town.lon, 2.5, "town", (town.names.get(lang) or town.names["en"]), (_("town"),))
            for town in list_towns()
        ]
    )


def _town_labels(lang: str) -> Sequence[Place]:
    plain = strip_digits(lang)
    return [
        Place(
            town.lat,
            town.lon,
            town.names.get(plain) or town.names["en"],
            "city",
            _TOWN_RANK,
            town.country,
            "",
            MARK,
            tied=True,
        )
        for town in list_towns()
    ]


def _rows(context: DrawContext, place: NamedPlace) -> tuple[tuple[str, ...], ...]:
    """Return the nearest crossings with their last known state, landmarks and towns, with their distance.

    Distances are as the crow flies between landmarks, crossings and towns only, never to or from a
    site: of an area or a village none is given.
    """
    _, lang = context._, strip_digits(context.lang)
    measured = place.kind in _MEASURED
    states = _crossing_states(context)
    near = [
        (
            _distance(place, other.lat or 0.0, other.lon or 0.0),
            other.names.of(lang),
            _.pgettext("kind", other.kind),
            states.get(other.place_id, "—"),
        )
        for other in places.list_landmarks(context.release)
        if other.place_id != place.place_id
    ]
    near += [
        (_distance(place, town.lat, town.lon), town.names.get(lang) or town.names["en"], _("town"), "—")
        for town in list_towns()
    ]
    return tuple(
        (
            name,
            kind,
            state,
            join([formats.format_number(round(away), context.lang), " km"]) if measured else "—",
        )
        for away, name, kind, state in sorted(near)[:_LISTED]
    )


def _distance(place: NamedPlace, lat: float, lon: float) -> float:
    """Return kilometres as the crow flies (haversine on a sphere)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (place.lat or 0.0, place.lon or 0.0, lat, lon))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))
