"""A Plotly figure as SVG: the few kinds of marks that our charts use, drawn without a browser.

What is not known raises :class:`utils.exports.image.axes.NotDrawable`: a picture never lacks a mark in
silence. A test draws every chart of the product.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import plotly.graph_objects as go

from utils.exports.image import bars_svg, points_svg, sankey_svg, text_shaping
from utils.exports.image.axes import Axis, NotDrawable, axis_limits
from utils.exports.image.svg import (
    Anchor,
    Line,
    Pen,
    block_size,
    format_number,
    parse_lines,
    plain_lines,
    rect,
    stroke,
)
from utils.text.html import Markup, el, join

_AXIS: Final = re.compile(r"([xy])axis(\d*)")
_PAD: Final = 6.0
_KEY_GAP: Final = 18.0
_KEY_SIZE: Final = 12.0
_DASH: Final = {"dot": "2 3", "dash": "6 4", "solid": None}
_TEXT_ANCHOR: Final[Mapping[str, Anchor]] = {"left": "start", "center": "middle", "right": "end"}


@dataclass(slots=True)
class Plot:
    """A figure in a box of ``width`` by ``height`` pixels whose corner is 0, 0."""

    layout: Mapping[str, Any]
    traces: Sequence[Mapping[str, Any]]
    width: float
    height: float
    pen: Pen
    ink: str
    axes: dict[str, Axis] = field(default_factory=dict)
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


def draw_figure(
    figure: go.Figure | Mapping[str, Any], width: float, height: float, *, pen: Pen, ink: str
) -> Markup:
    """Return the marks, axes, labels and key of a figure as the content of a picture.

    A mapping holds ``data`` and ``layout`` as Plotly's JSON does; its colours may be any that SVG knows.
    """
    written = figure if isinstance(figure, Mapping) else figure.to_plotly_json()
    layout = written["layout"]
    if [trace["type"] for trace in written["data"]] == ["sankey"]:
        paper = layout.get("hoverlabel", {}).get("bgcolor", "")
        return sankey_svg.draw_sankey(written["data"][0], width, height, pen=pen, ink=ink, halo=paper)
    plot = Plot(layout, written["data"], width, height, pen, ink)
    key, key_height = _key(plot)
    _lay_out(plot, layout, key_height)
    shapes = list(layout.get("shapes", ()))
    below = [_shape(plot, shape) for shape in shapes if shape.get("layer") == "below"]
    above = [_shape(plot, shape) for shape in shapes if shape.get("layer") != "below"]
    marks = []
    for index, trace in enumerate(plot.traces):
        x, y = _pair(plot, trace)
        if trace["type"] == "bar":
            marks.append(bars_svg.draw_bars(plot.traces, index, x, y, layout, pen, ink))
        elif trace["type"] == "scatter":
            marks.append(points_svg.draw_points(trace, x, y))
        else:
            raise NotDrawable(what=f"marks of type {trace['type']}")
    words = [_annotation(plot, label) for label in layout.get("annotations", ())]
    return join([*below, *_grid(plot), *marks, *above, *_labels(plot), *words, key])


def _pair(plot: Plot, trace: Mapping[str, Any]) -> tuple[Axis, Axis]:
    return plot.axes[trace.get("xaxis", "x")], plot.axes[trace.get("yaxis", "y")]


def _settings(layout: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the settings of each axis by the name that traces use: ``x``, ``y2``."""
    settings = {}
    for name, value in layout.items():
        match = _AXIS.fullmatch(name)
        if match:
            settings[f"{match[1]}{match[2]}"] = value
    return settings


def _values(plot: Plot, key: str) -> list[Any]:
    letter = key[0]
    data: list[Any] = []
    for trace in plot.traces:
        if trace.get(f"{letter}axis", letter) == key:
            values = trace.get(letter)
            if isinstance(values, Mapping):
                raise NotDrawable(what="values packed as binary")
            data += list(values if values is not None else ())
    return data


def _lay_out(plot: Plot, layout: Mapping[str, Any], key_height: float) -> None:
    """Set the box of the plot so that every label has room, and the axes within it."""
    settings = _settings(layout)
    margin = layout.get("margin", {})
    has_bars = any(trace["type"] == "bar" for trace in plot.traces)
    spans = {key: axis_limits(axis, _values(plot, key), bars=has_bars) for key, axis in settings.items()}
    trial = {
        key: Axis(key, settings[key], low, high, 0.0, 1.0, categories)
        for key, (low, high, categories) in spans.items()
    }
    left = max((_label_room(axis)[0] for key, axis in trial.items() if _outside(key, axis, "y")), default=0)
    bottom = max((_label_room(axis)[1] for key, axis in trial.items() if _outside(key, axis, "x")), default=0)
    x0 = max(float(margin.get("l", 0)), left + _PAD)
    x1 = plot.width - float(margin.get("r", 0))
    y0 = float(margin.get("t", 0)) + key_height
    y1 = plot.height - max(float(margin.get("b", 0)), bottom + _PAD)
    plot.box = (x0, y0, x1, y1)
    for key, (low, high, categories) in spans.items():
        first, last = settings[key].get("domain", (0.0, 1.0))
        if key[0] == "x":
            start, end = x0 + first * (x1 - x0), x0 + last * (x1 - x0)
        else:
            start, end = y1 - first * (y1 - y0), y1 - last * (y1 - y0)
        plot.axes[key] = Axis(key, settings[key], low, high, start, end, categories)


def _outside(key: str, axis: Axis, letter: str) -> bool:
    """Return whether the labels of an axis stand outside the box: left of it, or under it."""
    if key[0] != letter:
        return False
    return letter == "y" or axis.settings.get("domain", (0.0,))[0] == 0.0


def _size_of(axis: Axis) -> float:
    return float(axis.settings.get("tickfont", {}).get("size", 12))


def _label_room(axis: Axis) -> tuple[float, float]:
    sizes = [block_size(parse_lines(label), _size_of(axis)) for _place, label in axis.ticks()]
    return max((w for w, _h in sizes), default=0.0), max((h for _w, h in sizes), default=0.0)


def _other(plot: Plot, axis: Axis) -> Axis:
    """Return the axis at whose start an axis stands."""
    letter = "y" if axis.key[0] == "x" else "x"
    return plot.axes[axis.settings.get("anchor") or f"{letter}{axis.key[1:]}"]


def _grid(plot: Plot) -> Iterator[Markup]:
    for axis in plot.axes.values():
        if not axis.settings.get("showgrid"):
            continue
        other = _other(plot, axis)
        look = {"stroke": axis.settings["gridcolor"], "stroke_width": 1}
        for place, _label in axis.ticks(named=False):
            if axis.key[0] == "y":
                yield stroke(other.start, place, other.end, place, **look)
            else:
                yield stroke(place, other.start, place, other.end, **look)


def _labels(plot: Plot) -> Iterator[Markup]:
    for axis in plot.axes.values():
        other = _other(plot, axis)
        size = _size_of(axis)
        fill = axis.settings.get("tickfont", {}).get("color", plot.ink)
        for place, label in axis.ticks():
            lines = parse_lines(label)
            height = block_size(lines, size)[1]
            if axis.key[0] == "y":
                x, top, anchor = other.start - 4, place - height / 2, "end"
            else:
                x, top, anchor = place, other.start + 4, "middle"
                half = block_size(lines, size)[0] / 2
                x = min(max(x, half), plot.width - half)
            yield plot.pen.block(x, top, lines, size=size, fill=fill, anchor=_anchor(anchor))


def _anchor(name: str) -> Anchor:
    return "end" if name == "end" else "middle" if name == "middle" else "start"


def _place(plot: Plot, reference: str, raw: Any, letter: str) -> float:
    """Return the pixel of a coordinate that refers to an axis, an axis' domain or the whole paper."""
    x0, y0, x1, y1 = plot.box
    if reference == "paper":
        return x0 + float(raw) * (x1 - x0) if letter == "x" else y1 - float(raw) * (y1 - y0)
    name, _space, domain = reference.partition(" ")
    axis = plot.axes[name]
    return axis.share(float(raw)) if domain else axis.pixel(raw)


def _shape(plot: Plot, shape: Mapping[str, Any]) -> Markup:
    x0, x1 = (_place(plot, shape.get("xref", "x"), shape[key], "x") for key in ("x0", "x1"))
    y0, y1 = (_place(plot, shape.get("yref", "y"), shape[key], "y") for key in ("y0", "y1"))
    line = shape.get("line", {})
    look = {
        "stroke": line.get("color") if line.get("width", 1) else None,
        "stroke_width": line.get("width", 1) or None,
        "stroke_dasharray": _DASH[line.get("dash", "solid")],
        "opacity": shape.get("opacity"),
    }
    if shape.get("type", "rect") == "line":
        return stroke(x0, y0, x1, y1, **look)
    if shape.get("type", "rect") == "rect":
        return rect(x0, y0, x1 - x0, y1 - y0, fill=shape.get("fillcolor", "none"), **look)
    raise NotDrawable(what=f"shapes of type {shape['type']}")


def _annotation(plot: Plot, label: Mapping[str, Any]) -> Markup:
    """Return a label at its place, on a short stalk where the chart gives it one."""
    size = float(label.get("font", {}).get("size", 12))
    fill = label.get("font", {}).get("color", plot.ink)
    lines = parse_lines(label["text"])
    width, height = block_size(lines, size)
    x = _place(plot, label.get("xref", "x"), label["x"], "x") + float(label.get("xshift", 0))
    y = _place(plot, label.get("yref", "y"), label["y"], "y") - float(label.get("yshift", 0))
    stalk = None
    if label.get("showarrow", True):
        tip_x, tip_y = x, y
        x, y = x + float(label.get("ax", 0)), y + float(label.get("ay", 0))
        gap = float(label.get("standoff", 0))
        stalk = stroke(x, y, tip_x, tip_y - gap, stroke=label.get("arrowcolor", fill), stroke_width=1)
    top = {"top": y, "bottom": y - height}.get(label.get("yanchor", "middle"), y - height / 2)
    side = label.get("xanchor", "center")
    anchor = _TEXT_ANCHOR.get(side, "middle")
    left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width
    shifted = min(max(left, 0.0), max(plot.width - width, 0.0)) - left
    return join([stalk, plot.pen.block(x + shifted, top, lines, size=size, fill=fill, anchor=anchor)])


def _key(plot: Plot) -> tuple[Markup | None, float]:
    """Return the key of the marks above the plot, and its height; a single name needs none.

    Marks of one group have one name; the page may print the same key in words of its own.
    """
    named: dict[str, Mapping[str, Any]] = {}
    for trace in plot.traces:
        named_in_key = plot.layout.get("showlegend") or "legendgroup" in trace
        known = named.get(str(trace.get("name")))
        if trace.get("name") and named_in_key and (known is None or _hollow(known)):
            named[str(trace["name"])] = trace
    if len(named) < 2:
        return None, 0.0
    entries = list(named.items())
    if plot.layout.get("legend", {}).get("traceorder") == "reversed":
        entries.reverse()
    parts: list[Markup] = []
    x = top = row = height = 0.0
    for name, trace in entries:
        lines: list[Line] = plain_lines(
            text_shaping.wrap_text(html.unescape(name), _KEY_SIZE, plot.width - 3 * _KEY_GAP)
        )
        room, height = block_size(lines, _KEY_SIZE)
        if x and x + _KEY_GAP + room > plot.width:
            x, top = 0.0, top + row
        parts.append(
            el(
                "g",
                _sign(trace),
                transform=f"translate({format_number(x + 6)} {format_number(top + height / 2)})",
            )
        )
        parts.append(plot.pen.block(x + _KEY_GAP, top, lines, size=_KEY_SIZE, fill=plot.ink))
        x, row = x + 2 * _KEY_GAP + room, height
    return join(parts), top + height + _PAD


def _hollow(trace: Mapping[str, Any]) -> bool:
    return str(trace.get("marker", {}).get("symbol", "")).endswith("-open")


def _sign(trace: Mapping[str, Any]) -> Markup:
    if trace["type"] == "bar":
        return rect(-6, -5, 12, 10, fill=trace["marker"]["color"])
    if "markers" in trace.get("mode", ""):
        return points_svg.draw_symbol(trace["marker"], 0.0, 0.0)
    return stroke(-6, 0, 6, 0, stroke=trace["line"]["color"], stroke_width=trace["line"]["width"])
