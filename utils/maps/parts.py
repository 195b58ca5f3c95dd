"""Parts that several maps are made of: the view, shaded provinces, marks of named places."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from utils.analysis import places
from utils.analysis.places import NamedPlace
from utils.draw_context import DrawContext
from utils.maps.model import Areas, AreaStatus, AreaValue, Bounds, Ground, LegendEntry, MapView, Point
from utils.text.locale import Translator

Shade = tuple[int, AreaStatus, tuple[str, ...]]
"""Colour class of a province, its state, and the lines of its tooltip."""


def make_view(
    context: DrawContext, key: str, title: str, bounds: Bounds, height: int, *, ground: Ground = "border"
) -> MapView:
    """Return how a map is looked at; ``height`` is in pixels."""
    _ = context._
    return MapView(
        key=key,
        lang=context.lang,
        theme=context.theme,
        bounds=bounds,
        height=height,
        title=title,
        zoom_in=_("Zoom in"),
        zoom_out=_("Zoom out"),
        reset=_("Show the whole map again"),
        full_screen=_("Full screen"),
        not_named=_("Without room for a name:"),
        unknown=_("The address asks for a part that this map does not have; the whole map is shown."),
        ground=ground,
    )


def shade_provinces(context: DrawContext, palette: str, shade: Callable[[str], Shade]) -> Areas:
    """Return Cambodia's provinces, each as ``shade`` says for its P-code."""
    return Areas(
        palette,
        tuple(
            AreaValue(place.pcode, step, status, place.names.of(context.lang), lines)
            for place in places.list_provinces(context.release)
            if place.country == "KHM" and place.pcode
            for step, status, lines in (shade(place.pcode),)
        ),
    )


def mark_place(
    place: NamedPlace, _: Translator, *, radius: float, style: str, lines: tuple[str, ...], text: str = ""
) -> Point:
    """Return the mark of a named place; ``radius`` is in pixels."""
    name = place.names.of(_.lang)
    return Point(place.lat or 0.0, place.lon or 0.0, radius, style, name, lines, text=text)


def list_classes(
    bounds: Sequence[float], colours: Sequence[str], write: Callable[[int, int], str]
) -> tuple[LegendEntry, ...]:
    """Return the legend of colour classes; ``write`` names one from its lowest to its highest value."""
    lowest = (1, *(int(bound) + 1 for bound in bounds))
    return tuple(
        LegendEntry(write(lowest[step], int(bound)), colours[min(step, len(colours) - 1)])
        for step, bound in enumerate(bounds)
    )
