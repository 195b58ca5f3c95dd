"""Lines and points of a chart as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from utils.exports.image.axes import Axis, NotDrawable
from utils.exports.image.svg import circle, format_number
from utils.text.html import Markup, el, join

_STROKES: Final = ("x-thin", "line-ns")
"""Shapes that are lines and have no inside."""
_ROUND: Final = 1.15
"""A square or diamond looks as large as a circle of its size."""


def draw_points(trace: Mapping[str, Any], x: Axis, y: Axis) -> Markup:
    """Return a trace of lines, points or both; a gap in the values is a gap in the line."""
    mode = trace.get("mode", "lines")
    parts = []
    if "lines" in mode:
        parts.append(_line(trace, x, y))
    if "markers" in mode:
        parts += [
            draw_symbol(trace["marker"], x.pixel(a), y.pixel(b))
            for a, b in zip(trace["x"], trace["y"], strict=True)
            if a is not None and b is not None
        ]
    return join(parts)


def _line(trace: Mapping[str, Any], x: Axis, y: Axis) -> Markup:
    steps: list[str] = []
    open_line = False
    shape = trace["line"].get("shape", "linear")
    if shape not in ("linear", "hv"):
        raise NotDrawable(what=f"lines of shape {shape}")
    for a, b in zip(trace["x"], trace["y"], strict=True):
        if a is None or b is None:
            open_line = False
            continue
        px, py = format_number(x.pixel(a)), format_number(y.pixel(b))
        if not open_line:
            steps.append(f"M{px} {py}")
        elif shape == "hv":
            steps.append(f"H{px}V{py}")
        else:
            steps.append(f"L{px} {py}")
        open_line = True
    return el(
        "path",
        d="".join(steps),
        fill="none",
        stroke=trace["line"]["color"],
        stroke_width=trace["line"].get("width", 2),
        stroke_linejoin="round",
    )


def draw_symbol(marker: Mapping[str, Any], x: float, y: float) -> Markup:
    """Return one point: circle, square, diamond, cross or upright stroke, filled or hollow."""
    name = str(marker.get("symbol", "circle"))
    hollow = name.endswith("-open")
    shape = name.removesuffix("-open")
    r = float(marker.get("size", 6)) / 2
    line = marker.get("line", {})
    hue = marker["color"]
    bare = hollow or shape in _STROKES
    look: dict[str, str | float | None] = {
        "fill": "none" if bare else hue,
        "stroke": line.get("color", hue) if bare or line.get("width") else None,
        "stroke_width": line.get("width") or (1.5 if bare else None),
        "opacity": marker.get("opacity"),
    }
    if shape == "circle":
        return circle(x, y, r, **look)
    path = {
        "square": f"M{-r / _ROUND:.1f} {-r / _ROUND:.1f}h{2 * r / _ROUND:.1f}v{2 * r / _ROUND:.1f}"
        f"h{-2 * r / _ROUND:.1f}z",
        "diamond": f"M0 {-r * _ROUND:.1f}L{r * _ROUND:.1f} 0L0 {r * _ROUND:.1f}L{-r * _ROUND:.1f} 0z",
        "line-ns": f"M0 {-r:.1f}V{r:.1f}",
        "x-thin": f"M{-r:.1f} {-r:.1f}L{r:.1f} {r:.1f}M{-r:.1f} {r:.1f}L{r:.1f} {-r:.1f}",
    }.get(shape)
    if path is None:
        raise NotDrawable(what=f"points of shape {shape}")
    return el("path", d=path, transform=f"translate({format_number(x)} {format_number(y)})", **look)
