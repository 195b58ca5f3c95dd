"""Counts of people as circles by area, with the number in or beside each; shared by maps of provinces."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from utils.analysis import observations, places
from utils.analysis.model import Observation
from utils.analysis.places import NamedPlace
from utils.draw_context import DrawContext
from utils.maps.model import Areas, AreaValue, Bounds, Labels, LegendEntry, Place, Point, Points
from utils.maps.parts import mark_place
from utils.maps.payload import find_style, legend_dot
from utils.maps.words import make_label, quantity
from utils.releases import Release
from utils.text.locale import Translator, translator

LARGEST: Final = 34.0
"""Radius in pixels of the circle of the highest count; areas are to each other as the counts."""
SMALLEST: Final = 4.0
_HOLDS_NUMBER: Final = 27.0
"""From this radius a number stands in its circle, else beside the name."""
_AROUND: Final = 0.35
"""Degrees of land shown around what is counted."""
LANDMARK_RADIUS: Final = 3.5
_SHOWN: Final = 0.1
_NAMED_FIRST: Final = 0.5

Lines = Callable[[Observation], tuple[str, ...]]


def find_radius(value: float, highest: float) -> float:
    """Return the radius of a count's circle in pixels: its area is proportional to the count."""
    return max(SMALLEST, LARGEST * math.sqrt(value / highest)) if highest > 0 else SMALLEST


def people_layers(
    context: DrawContext, rows: Sequence[Observation], highest: float, lines: Lines, missing: str
) -> tuple[Areas, Points, Points, Labels]:
    """Return provinces with their tooltips, a circle for each count, landmarks, and the names.

    ``missing`` is what the tooltip of a province without a count says. Names of counts come by size.
    """
    _, release, lang, _theme = context.parts
    by_pcode = {row.admin1_pcode: row for row in rows if row.value}
    provinces = {place.pcode: place for place in places.list_provinces(release) if place.country == "KHM"}
    ranked = sorted(by_pcode.values(), key=lambda row: -(row.value or 0))
    circles, names = [], []
    for order, row in enumerate(ranked):
        place = provinces.get(row.admin1_pcode)
        if place is None:
            continue
        radius = find_radius(row.value or 0, highest)
        number = quantity(_, row)
        inside = radius >= _HOLDS_NUMBER
        circles.append(
            Point(
                place.lat or 0.0,
                place.lon or 0.0,
                radius,
                "people",
                place.names.of(lang),
                lines(row),
                id=place.pcode,
                text=number if inside else "",
            )
        )
        whole = f"{place.names.of(lang)} {number}"
        names.append(
            Place(
                place.lat or 0.0,
                place.lon or 0.0,
                place.names.of(lang) if inside else whole,
                "province",
                _NAMED_FIRST + order / 100,
                "KHM",
                place.pcode,
                radius,
                number="" if inside else number,
                listed=whole,
            )
        )
    areas = tuple(
        AreaValue(
            place.pcode,
            0,
            "plain",
            place.names.of(lang),
            lines(by_pcode[code]) if code in by_pcode else (missing,),
        )
        for code, place in provinces.items()
    )
    quiet = (make_label(place, lang) for place in provinces.values() if place.pcode not in by_pcode)
    marks = (make_label(place, lang) for place in places.list_landmarks(release))
    return (
        Areas("displaced", areas),
        Points(circles),
        landmark_points(release, lang),
        Labels((*names, *marks, *quiet)),
    )


def frame_rows(release: Release, rows: Iterable[Observation], usual: Bounds) -> Bounds:
    """Return the bounds that show both landmarks and the provinces that hold most, ``usual`` without any.

    A province far away with few people does not make the map of the border small: one that never held
    a tenth of the highest count is not looked for.
    """
    counts = [(row.value or 0, row.admin1_pcode) for row in rows]
    least = _SHOWN * max((count for count, _pcode in counts), default=0)
    codes = {pcode for count, pcode in counts if count >= least}
    shown = [
        place for place in places.list_provinces(release) if place.pcode in codes and place.country == "KHM"
    ]
    if not shown:
        return usual
    shown += [place for place in places.list_landmarks(release) if place.always]
    lats, lons = [place.lat or 0.0 for place in shown], [place.lon or 0.0 for place in shown]
    return (
        (min(lats) - _AROUND, min(lons) - _AROUND),
        (max(lats) + _AROUND / 3, max(lons) + _AROUND),
    )


def landmark_points(release: Release, lang: str) -> Points:
    """Return a triangle for each crossing and a small dot for each temple and flashpoint."""
    _ = translator(lang)
    return Points([_landmark(place, _) for place in places.list_landmarks(release)])


def landmark_labels(release: Release, lang: str) -> Labels:
    """Return the names of landmarks and of Cambodia's provinces."""
    named = (
        *places.list_landmarks(release),
        *(place for place in places.list_provinces(release) if place.country == "KHM"),
    )
    return Labels(tuple(make_label(place, lang) for place in named))


def _landmark(place: NamedPlace, _: Translator) -> Point:
    style = "crossing" if place.kind == "crossing" else "place"
    return mark_place(place, _, radius=LANDMARK_RADIUS, style=style, lines=(_.pgettext("kind", place.kind),))


def people_legend(context: DrawContext, missing: str) -> tuple[LegendEntry, ...]:
    """Return the legend of circles, and of a province without one."""
    _, theme = context._, context.theme
    look = find_style("people", theme)
    return (
        LegendEntry(_("a larger circle: more people"), look["fill"], edge=look["stroke"]),
        LegendEntry(missing, "transparent"),
        legend_dot(_("border crossing"), "crossing", theme),
    )


def name_two(context: DrawContext, rows: Iterable[Observation]) -> tuple[str, str] | None:
    """Return the names of the two provinces with the highest counts, ``None`` of fewer than two."""
    names = observations.load_place_names(context.release, context.lang)
    ranked = sorted((row for row in rows if row.value), key=lambda row: -(row.value or 0))[:2]
    if len(ranked) < 2:
        return None
    first, second = (names.get(row.admin1_pcode, row.admin1) for row in ranked)
    return first, second
