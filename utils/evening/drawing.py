"""Drawings of the wall as SVG in hundredths of the screen's height; colours come from the theme's sheet."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from utils.text.html import Markup, el

TEXT: Final = 4.0
"""Size of the smallest text. The drawing may shrink to four fifths before it falls below 3 %."""
_GEO: Final = Path(__file__).parents[2] / "data" / "geo"


@dataclass(frozen=True, slots=True)
class Box:
    """A drawing area: width and height in hundredths of the screen's height."""

    width: float
    height: float

    def svg(self, *shapes: Markup | None, label: str) -> Markup:
        """Return the drawing around its shapes."""
        return el("svg", *shapes, viewBox=f"0 0 {self.width:g} {self.height:g}", role="img", aria_label=label)


def text(
    words: str, x: float, y: float, *, at: str = "start", class_: str = "", size: float = TEXT
) -> Markup:
    """Return one line of text; ``at`` is its anchor."""
    return el("text", words, x=_n(x), y=_n(y), text_anchor=at, class_=class_ or None, font_size=_n(size))


def line(points: Sequence[tuple[float, float]], class_: str) -> Markup:
    """Return a stroke through points."""
    return el("polyline", points=" ".join(f"{_n(x)},{_n(y)}" for x, y in points), class_=class_)


def rect(x: float, y: float, width: float, height: float, class_: str) -> Markup:
    """Return a filled box."""
    return el("rect", x=_n(x), y=_n(y), width=_n(max(width, 0.0)), height=_n(max(height, 0.0)), class_=class_)


def dot(x: float, y: float, radius: float, class_: str) -> Markup:
    """Return a point."""
    return el("circle", cx=_n(x), cy=_n(y), r=_n(radius), class_=class_)


def hatch(name: str) -> Markup:
    """Return a pattern of slanted lines that ``url(#name)`` fills with."""
    return el(
        "defs",
        el(
            "pattern",
            el("rect", width=2, height=2, class_=f"{name}-ground"),
            el("path", d="M-0.5,0.5 l1,-1 M0,2 l2,-2 M1.5,2.5 l1,-1", class_=f"{name}-lines"),
            id=name,
            width=2,
            height=2,
            patternUnits="userSpaceOnUse",
        ),
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """A flat projection of a box of degrees into a drawing area."""

    west: float
    north: float
    scale_x: float
    scale_y: float
    left: float

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point lies in the drawing."""
        return self.left + (lon - self.west) * self.scale_x, (self.north - lat) * self.scale_y


def ground(box: Box, bounds: tuple[tuple[float, float], tuple[float, float]], left: float = 0.0) -> Ground:
    """Return the projection that shows ``bounds`` (south-west, north-east) at full height from ``left``."""
    (south, west), (north, _east) = bounds
    scale_y = box.height / (north - south)
    scale_x = scale_y * math.cos(math.radians((south + north) / 2))
    return Ground(west, north, scale_x, scale_y, left)


def provinces(where: Ground, shade: Mapping[str, str]) -> Iterable[Markup]:
    """Return the outlines of Cambodia's provinces; ``shade`` gives the class of each by P-code."""
    for feature in _features("adm1_khm"):
        code = feature["properties"]["pcode"]
        yield el("path", d=_path(where, feature["geometry"]), class_=shade.get(code, "land"), data_pcode=code)


def frontiers(where: Ground) -> Iterable[Markup]:
    """Return the borders, dashed where they are not agreed."""
    for feature in _features("frontiers"):
        if "KHM" in (feature["properties"]["a"], feature["properties"]["b"]):
            dashed = feature["properties"]["disputed"]
            yield el(
                "path",
                d=_path(where, feature["geometry"]),
                class_="frontier dashed" if dashed else "frontier",
            )


def lakes(where: Ground) -> Iterable[Markup]:
    """Return the lakes."""
    for feature in _features("lakes"):
        yield el("path", d=_path(where, feature["geometry"]), class_="water")


@cache
def _features(name: str) -> tuple[dict[str, Any], ...]:
    content = json.loads((_GEO / f"{name}.geojson").read_text(encoding="utf-8"))
    return tuple(content["features"])


def _path(where: Ground, geometry: Mapping[str, Any]) -> str:
    rings: list[Any] = geometry["coordinates"]
    closed = "Polygon" in geometry["type"]
    if geometry["type"] in ("MultiPolygon",):
        rings = [ring for polygon in rings for ring in polygon]
    parts = []
    for ring in rings:
        points = list(dict.fromkeys(_rounded(*where.place(lon, lat)) for lon, lat in ring))
        if len(points) > 1:
            parts.append("M" + "L".join(f"{x} {y}" for x, y in points) + ("Z" if closed else ""))
    return "".join(parts)


def _rounded(x: float, y: float) -> tuple[str, str]:
    return _n(x), _n(y)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
