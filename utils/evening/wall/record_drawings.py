"""The wall's curve of displacement and its map of provinces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from utils.analysis import displacement_series, observations, places
from utils.analysis.displacement_series import NationalSeries
from utils.analysis.model import Observation
from utils.charts import frame
from utils.evening.wall import drawing as wall
from utils.evening.wall.scene import SceneContext
from utils.exports import outlines
from utils.exports.image import map_svg, plotly_svg
from utils.exports.image.svg import Anchor, circle
from utils.text.html import Markup
from utils.text.locale import formats

_BOUNDS: Final = ((10.3, 102.2), (15.25, 107.75))
_MAP_WIDTH: Final = 300.0
"""Width of the map with room for a name on both sides."""
_SIDES: Final[Mapping[str, Anchor]] = {places.OSMACH: "end", places.PREAH_VIHEAR: "start"}
"""Where the name of a landmark goes, so that the two do not meet."""
_LISTED: Final = 6
_PLACES: Final[Mapping[str, Mapping[str, Any]]] = {
    "above": {"xanchor": "left", "xshift": -3, "yshift": 2},
    "beside": {"xanchor": "left", "xshift": 8, "yshift": -9},
    "last": {"xanchor": "right", "xshift": 0, "yshift": 7},
}
"""Where the number of a point stands, in pixels from it."""
_TOP: Final = 8 * wall.UNIT
_BEFORE, _AFTER = 0.01, 0.04
"""Shares of the time axis that stay free at its ends."""
_QUIET: Final = {"size": wall.TEXT, "color": wall.QUIET}
_STRONG: Final = {"size": wall.STRONG, "color": wall.INK}
_LABEL: Final = {"yanchor": "bottom", "showarrow": False}
_STROKE: Final = {"type": "line", "layer": "below", "yref": "paper", "y0": 0}
_GROUND: Final = {"color": wall.LINE, "width": 1.5}
_DASHED: Final = {"color": wall.QUIET, "width": 1.5, "dash": "dash"}
_DOTS: Final = {"type": "scatter", "mode": "markers"}


def draw_curve(context: SceneContext, series: NationalSeries) -> Markup:
    """Return the curve of displaced people: gaps as gaps, ceasefires as quiet marks."""
    width = context.width * wall.UNIT
    figure = {"data": _traces(series), "layout": _layout(context, series)}
    curve = plotly_svg.draw_figure(figure, width, wall.HEIGHT, pen=wall.PEN, ink=wall.INK)
    return wall.drawing(width, curve, label=context._("People displaced in Cambodia"), lang=context.lang)


def _traces(series: NationalSeries) -> list[Mapping[str, Any]]:
    xs: list[date | None] = []
    ys: list[float | None] = []
    for run in series.runs:
        xs += [row.as_of for row in run] + [None]
        ys += [row.value for row in run] + [None]
    line, small = {"color": wall.RECEIVED, "width": 5}, {"color": wall.RECEIVED, "size": 7}
    named = [row for row, _place in _named(series)]
    days, values = [row.as_of for row in named], [row.value for row in named]
    return [
        {**_DOTS, "mode": "lines+markers", "x": xs, "y": ys, "line": line, "marker": small},
        {**_DOTS, "x": days, "y": values, "marker": {"color": wall.RECEIVED, "size": 11}},
    ]


def _layout(context: SceneContext, series: NationalSeries) -> Mapping[str, Any]:
    days = [row.as_of for row in series.headline if row.as_of]
    first, last = min(days), max(days)
    start, span = datetime.combine(first, time()), last - first or timedelta(days=1)
    ground = {**_STROKE, "xref": "paper", "x0": 0, "x1": 1, "y1": 0, "line": _GROUND}
    ceasefires = [event.on for event in series.ceasefires]
    marks = [{**_STROKE, "x0": day, "x1": day, "y1": 1.2, "line": _DASHED} for day in ceasefires]
    labels: list[Mapping[str, Any]] = []
    for day in ceasefires:
        early = day - first < span / 2
        side = {"xanchor": "left", "xshift": 5} if early else {"xanchor": "right", "xshift": -5}
        place = {"x": day, "y": 1, "yref": "paper", "yshift": 8, **side}
        labels.append(
            {**_LABEL, **place, "text": frame.escape_markup(context._("Ceasefire")), "font": _QUIET}
        )
    for row, name in _named(series):
        figure = frame.escape_markup(formats.format_number(row.value or 0, context.lang))
        at = {"x": row.as_of, "y": row.value, **_PLACES[name]}
        labels.append({**_LABEL, **at, "text": f"<b>{figure}</b>", "font": _STRONG})
    names = [frame.escape_markup(formats.format_short_day(day, context.lang)) for day in (first, last)]
    ticks = {"tickvals": [first, last], "ticktext": names}
    ceiling = max(row.value or 0 for row in series.headline) * 1.08
    limits = [start - _BEFORE * span, start + (1 + _AFTER) * span]
    return {
        "margin": {"t": _TOP},
        "shapes": [ground, *marks],
        "annotations": labels,
        "xaxis": {"type": "date", "range": limits, "tickfont": _QUIET, **ticks},
        "yaxis": {"range": [0, ceiling], "showticklabels": False},
    }


def _named(series: NationalSeries) -> list[tuple[Observation, str]]:
    """Return the highest figure of each round and the last one, with the place of their labels."""
    july = [row for row in series.headline if not displacement_series.is_in_second_round(row)]
    december = [row for row in series.headline if displacement_series.is_in_second_round(row)]
    peaks = [
        (max(part, key=lambda row: row.value or 0), place)
        for part, place in ((july, "above"), (december, "beside"))
        if part
    ]
    return [*peaks, (series.headline[-1], "last")]


def draw_province_map(context: SceneContext, rows: Sequence[Observation]) -> Markup:
    """Return Cambodia's provinces shaded by their figures, the first of ``rows`` named beside them."""
    sight = map_svg.fit_projection(_BOUNDS, _MAP_WIDTH, wall.HEIGHT)
    width = context.width * wall.UNIT
    return wall.drawing(
        width,
        *map_svg.draw_base(_cambodia(), sight, _shade(rows), wall.MAP),
        *_landmarks(context, sight),
        *_list(context, rows, sight, width),
        label=context._("Map of displaced people by province where they sheltered"),
        lang=context.lang,
    )


def _cambodia() -> list[Mapping[str, Any]]:
    """Return the base map's features of Cambodia, its provinces outlined."""
    features = outlines.read_features()
    provinces = [feature for feature in features if feature["properties"].get("pcode", "").startswith("KH")]
    lines = [
        {
            "properties": {"layer": "province_line"},
            "geometry": {"type": "MultiLineString", "coordinates": map_svg.rings(province["geometry"])},
        }
        for province in provinces
    ]
    around = [
        feature
        for feature in features
        if feature["properties"]["layer"] == "lake"
        or "KHM" in (feature["properties"].get("a"), feature["properties"].get("b"))
    ]
    return [*provinces, *lines, *around]


def _shade(rows: Sequence[Observation]) -> dict[str, str]:
    highest = max((row.value or 0 for row in rows), default=1)
    most = len(wall.STEPS)
    return {
        row.admin1_pcode: wall.STEPS[min(most - 1, int((row.value or 0) / highest * most))] for row in rows
    }


def _landmarks(context: SceneContext, sight: map_svg.Projection) -> list[Markup]:
    shapes: list[Markup] = []
    for place in places.list_landmarks(context.release):
        if place.always and place.lat is not None and place.lon is not None:
            x, y = sight.point(place.lon, place.lat)
            shapes.append(circle(x, y, 4, fill=wall.AMBER, stroke=wall.MAP["halo"], stroke_width=1.5))
            name = place.names.of(context.lang)
            shapes.append(wall.text(name, x + 5.5, y - 10, _SIDES[place.place_id], bold=True, halo=True))
    return shapes


def _list(
    context: SceneContext, rows: Sequence[Observation], sight: map_svg.Projection, width: float
) -> list[Markup]:
    """Return the numbers on the map, and beside it each number's province and figure."""
    points = {
        place.pcode: sight.point(place.lon, place.lat)
        for place in places.list_provinces(context.release)
        if place.lat is not None and place.lon is not None
    }
    names = observations.load_place_names(context.release, context.lang)
    shapes: list[Markup] = []
    for index, row in enumerate(rows[:_LISTED]):
        number = formats.format_number(index + 1, context.lang)
        if row.admin1_pcode in points:
            x, y = points[row.admin1_pcode]
            shapes.append(wall.text(number, x, y + 7, "middle", bold=True, halo=True))
        y = 65 + index * (wall.HEIGHT - 65) / _LISTED
        name = names.get(row.admin1_pcode, row.admin1)
        figure = formats.format_number(row.value or 0, context.lang)
        shapes += [
            wall.text(f"{number}  {name}", _MAP_WIDTH, y),
            wall.text(figure, width, y, "end", bold=True),
        ]
    return shapes
