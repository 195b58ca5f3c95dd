"""A map as SVG: our base map, the layers of the page, names that do not cover each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from utils.exports import outlines
from utils.exports.image.svg import (
    Line,
    Pen,
    circle,
    line_height,
    line_width,
    pattern,
    plain_line,
    rect,
    stroke,
    triangle,
)
from utils.maps import labels
from utils.maps.model import Areas, AreaValue, Circles, DrawnMap, Ground, Labels, Place, Point, Points
from utils.maps.payload import find_style
from utils.product import palette
from utils.product.palette import Theme
from utils.text.html import Markup, el, join

Ring = Sequence[Sequence[float]]
_HATCH: Final = (
    ("hatch", "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4"),
    ("dots", "M2,2 h1.6 M6,6 h1.6"),
)
_LABEL: Final = 12.0
_SMALL: Final = 10.5
_LARGE: Final = 8.0
"""A mark as large as this keeps the names of others away."""
_WORLD_EDGE: Final = 14.0
"""Room around the cities of the world: marks stand on its outermost points."""
_EARTH: Final = 40_075.017
_BARS: Final = (10, 20, 50, 100, 200)
"""Lengths that the scale may show, in km."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Web Mercator, fitted so that the bounds of the map fill the box and nothing is stretched."""

    scale: float
    left: float
    top: float

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Return pixels from the corner of the box."""
        x, y = _mercator(lon, lat)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def kilometres(self, lat: float) -> float:
        """Return how many pixels a kilometre takes at a latitude."""
        return self.scale / (_EARTH * math.cos(math.radians(lat)))


def _mercator(lon: float, lat: float) -> tuple[float, float]:
    """Return the place on a square world of size 1, from its north-west corner."""
    x = (lon + 180) / 360
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return x, y


def fit_projection(
    bounds: Sequence[Sequence[float]], width: float, height: float, *, edge: float = 0.0
) -> Projection:
    """Return the projection that shows ``bounds`` (south-west, north-east) whole, centred, within an edge."""
    (south, west), (north, east) = bounds
    (x0, y0), (x1, y1) = _mercator(west, north), _mercator(east, south)
    scale = min((width - 2 * edge) / (x1 - x0), (height - 2 * edge) / (y1 - y0))
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    return Projection(scale, middle_x - width / scale / 2, middle_y - height / scale / 2)


def draw_map(drawn: DrawnMap, width: float, height: float, *, pen: Pen) -> Markup:
    """Return the map as the content of a picture whose corner is 0, 0."""
    theme: Theme = drawn.view.theme
    colours = palette.MAP[theme]
    is_world = drawn.view.ground == "world"
    sight = fit_projection(drawn.view.bounds, width, height, edge=_WORLD_EDGE if is_world else 0.0)
    shaded = {
        value.pcode: _fill(layer, value, theme, pen.scope)
        for layer in drawn.layers
        if isinstance(layer, Areas)
        for value in layer.values
    }
    marks = [mark for layer in drawn.layers for mark in _marks(layer, sight, theme)]
    return join(
        [
            _definitions(colours, width, height, pen.scope),
            el(
                "g",
                *_ground(drawn.view.ground, sight, shaded, colours, width, height),
                *marks,
                *_numbers(drawn.layers, sight, theme, pen),
                *_names(drawn.layers, sight, colours, pen, width, height),
                *(() if is_world else _scale_bar(sight, drawn, height, colours, pen)),
                clip_path=f"url(#map-edge{pen.scope})",
            ),
        ]
    )


def _definitions(colours: Mapping[str, str], width: float, height: float, scope: str) -> Markup:
    patterns = [
        pattern(
            f"map-{name}{scope}",
            path,
            8,
            ground=colours["province"],
            stroke=colours["hatch"],
            stroke_width=1.6,
        )
        for name, path in _HATCH
    ]
    return el("defs", *patterns, el("clipPath", rect(0, 0, width, height), id=f"map-edge{scope}"))


def _fill(layer: Areas, value: AreaValue, theme: Theme, scope: str) -> str:
    if value.status == "value":
        steps = palette.colour_steps(layer.palette, theme)
        return steps[min(value.step, len(steps) - 1)]
    return {
        "not_found": f"url(#map-hatch{scope})",
        "withheld": f"url(#map-dots{scope})",
        "plain": palette.MAP[theme]["province"],
    }[value.status]


def _ground(
    ground: Ground,
    sight: Projection,
    shaded: Mapping[str, str],
    colours: Mapping[str, str],
    width: float,
    height: float,
) -> Iterator[Markup]:
    """Yield what lies under the layers: the border provinces on land, or the land of the world in the sea."""
    yield rect(0, 0, width, height, fill=colours["sea" if ground == "world" else "land"])
    if ground == "world":
        for feature in outlines.read_features(ground):
            yield _path(sight, feature, fill=colours["land"])
    else:
        yield from draw_base(outlines.read_features(), sight, shaded, colours)


def draw_base(
    features: Iterable[Mapping[str, Any]],
    sight: Projection,
    shaded: Mapping[str, str],
    colours: Mapping[str, str],
) -> Iterator[Markup]:
    """Yield sea, provinces, water and lines, in the order of the browser's map.

    ``shaded`` gives the fill of a province by P-code; any other has the colour of its country.
    """
    of: dict[str, list[Mapping[str, Any]]] = {}
    for feature in features:
        of.setdefault(feature["properties"]["layer"], []).append(feature)
    for feature in of.get("sea", ()):
        yield _path(sight, feature, fill=colours["sea"])
    for feature in of.get("province", ()):
        pcode = feature["properties"].get("pcode", "")
        resting = colours["province" if pcode.startswith("KH") else "land"]
        yield _path(sight, feature, fill=shaded.get(pcode, resting))
    for feature in of.get("lake", ()):
        yield _path(sight, feature, fill=colours["water"])
    for feature in of.get("river", ()):
        wide = 2 if feature["properties"]["rank"] < 5 else 1
        yield _path(sight, feature, fill="none", stroke=colours["water"], stroke_width=wide)
    for feature in of.get("province_line", ()):
        yield _path(sight, feature, fill="none", stroke=colours["line"], stroke_width=0.8)
    for feature in of.get("frontier", ()):
        if feature["properties"]["disputed"]:
            # a band in the colour of the land: shading may not claim the strip
            yield _path(sight, feature, fill="none", stroke=colours["land"], stroke_width=6)
    for feature in of.get("frontier", ()):
        dashes = "6 4" if feature["properties"]["disputed"] else None
        line = colours["frontier"]
        yield _path(sight, feature, fill="none", stroke=line, stroke_width=1.6, stroke_dasharray=dashes)


def _path(sight: Projection, feature: Mapping[str, Any], **look: str | float | None) -> Markup:
    closed = feature["geometry"]["type"].endswith("Polygon")
    steps = "".join(_ring(sight, ring, closed) for ring in rings(feature["geometry"]))
    return el("path", d=steps, fill_rule="evenodd" if closed else None, **look)


def rings(geometry: Mapping[str, Any]) -> list[Ring]:
    """Return the lines of a geometry: rings of polygons, or lines."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "LineString":
        return [coordinates]
    if kind in ("Polygon", "MultiLineString"):
        return list(coordinates)
    return [ring for polygon in coordinates for ring in polygon]


def _ring(sight: Projection, ring: Ring, closed: bool) -> str:
    """Return a ring as steps of a path; points less than half a pixel apart become one."""
    steps: list[str] = []
    last = (math.inf, math.inf)
    for lon, lat, *_height in ring:
        x, y = sight.point(lon, lat)
        if abs(x - last[0]) + abs(y - last[1]) >= 0.5:
            steps.append(f"{x:.1f} {y:.1f}")
            last = (x, y)
    return f"M{'L'.join(steps)}{'Z' if closed else ''}" if len(steps) > 1 else ""


def _marks(layer: object, sight: Projection, theme: Theme) -> Iterator[Markup]:
    if isinstance(layer, Circles):
        for area in layer.values:
            x, y = sight.point(area.lon, area.lat)
            radius = area.radius / 1000 * sight.kilometres(area.lat)
            look = find_style(area.style, theme)
            yield circle(
                x,
                y,
                radius,
                fill=look["fill"],
                fill_opacity=0.22,
                stroke=look["stroke"],
                stroke_width=1.5,
                stroke_dasharray=None if radius < 8 else "4 4",
            )
    elif isinstance(layer, Points):
        for point in layer.values:
            x, y = sight.point(point.lon, point.lat)
            look = find_style(point.style, theme)
            if look.get("shape") == "triangle":
                yield triangle(x, y, point.radius, fill=look["fill"], stroke=look["stroke"], stroke_width=1.5)
                continue
            yield circle(
                x,
                y,
                point.radius,
                fill=look["fill"],
                fill_opacity=0.9,
                stroke=look["stroke"],
                stroke_width=1.5,
            )


def _numbers(layers: Sequence[object], sight: Projection, theme: Theme, pen: Pen) -> Iterator[Markup]:
    """Yield what stands in points: above all of them, so that no neighbour covers it."""
    for point in (
        marked for layer in layers if isinstance(layer, Points) for marked in layer.values if marked.text
    ):
        x, y = sight.point(point.lon, point.lat)
        line = plain_line(point.text, bold=True)
        look = find_style(point.style, theme)
        yield pen.line(
            x,
            y + _LABEL * 0.35,
            line,
            size=_LABEL,
            fill=look["ink"],
            anchor="middle",
            halo=look["fill"],
        )


def _names(
    layers: Sequence[object],
    sight: Projection,
    colours: Mapping[str, str],
    pen: Pen,
    width: float,
    height: float,
) -> Iterator[Markup]:
    """Yield names inside their own country; of one that fits nowhere its number, or it is left out."""
    for place, placement in place_labels(layers, sight, (width, height)):
        if placement is None:
            continue
        line, size = name_line(place, place.number if placement.is_short else place.name)
        if placement.leader:
            yield stroke(*placement.leader, stroke=colours["ink"], stroke_width=1, stroke_opacity=0.7)
        left, top, right, bottom = placement.box
        x, y = (left + right) / 2, (top + bottom) / 2 + size * 0.35
        yield pen.line(x, y, line, size=size, fill=colours["ink"], anchor="middle", halo=colours["halo"])


def place_labels(
    layers: Sequence[object],
    sight: Projection,
    frame: tuple[float, float],
    controls: Iterable[labels.Box] = (),
) -> list[tuple[Place, labels.Placement | None]]:
    """Return every name of the layers, measured in our fonts, with where it stands in a frame of pixels.

    ``controls`` are boxes that no name may cover.
    """
    places = sorted(
        (place for layer in layers if isinstance(layer, Labels) for place in layer.values),
        key=lambda named: named.rank,
    )
    kept = [*controls]
    kept += [
        mark_box(point, sight)
        for layer in layers
        if isinstance(layer, Points)
        for point in layer.values
        if point.radius >= _LARGE
    ]
    names = [_measure(place, sight) for place in places]
    placed = labels.place_names(names, frame, kept, country_outlines(sight))
    return list(zip(places, placed, strict=True))


def _measure(place: Place, sight: Projection) -> labels.Name:
    line, size = name_line(place)
    return labels.Name(
        *sight.point(place.lon, place.lat),
        width=line_width(line, size),
        height=size * line_height((line,)),
        country=place.country,
        area=place.area,
        reach=place.reach,
        centred=place.kind == "province" and not place.reach,
        tied=place.tied,
        short=line_width(name_line(place, place.number)[0], size) if place.number else 0.0,
    )


def mark_box(point: Point, sight: Projection) -> labels.Box:
    """Return the box of a mark that names keep away from, in pixels."""
    x, y = sight.point(point.lon, point.lat)
    half = point.radius * 0.9
    return x - half, y - half, x + half, y + half


def name_line(place: Place, text: str = "") -> tuple[Line, float]:
    """Return a name, or ``text`` in its place, as a line of text, and its size in pixels."""
    plain = place.kind == "province" and not place.reach
    return plain_line(text or place.name, bold=not plain), _SMALL if plain else _LABEL


def country_outlines(sight: Projection) -> dict[str, list[labels.Ring]]:
    """Return the outer rings of each province by P-code, and of both countries, in pixels."""
    found: dict[str, list[labels.Ring]] = {}
    for feature in outlines.read_features():
        code = feature["properties"].get("pcode", "")
        if feature["properties"]["layer"] != "province" or not code:
            continue
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        own = [[sight.point(lon, lat) for lon, lat, *_height in polygon[0]] for polygon in polygons]
        found[code] = [*own]
        found.setdefault("KHM" if code.startswith("KH") else "THA", []).extend(own)
    return found


def _scale_bar(
    sight: Projection, drawn: DrawnMap, height: float, colours: Mapping[str, str], pen: Pen
) -> Iterator[Markup]:
    """Yield a bar of a round length near the lower left corner."""
    (south, _west), (north, _east) = drawn.view.bounds
    pixel = sight.kilometres((south + north) / 2)
    length = max((km for km in _BARS if km * pixel <= 130), default=_BARS[0])
    y = height - 14
    yield stroke(14, y, 14 + length * pixel, y, stroke=colours["ink"], stroke_width=2)
    line = plain_line(f"{length} km")
    yield pen.line(14, y - 6, line, size=_SMALL, fill=colours["ink"], halo=colours["halo"])
