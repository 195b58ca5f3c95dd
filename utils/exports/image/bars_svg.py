"""Bars of a chart as SVG: upright or lying, alone, in groups or stacked, hatched, labelled at their ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from utils.exports.image.axes import Axis, NotDrawable
from utils.exports.image.svg import Pen, block_size, parse_lines, pattern, rect
from utils.text.html import Markup, join

_GAP: Final = 0.2
_HATCHES: Final = {"/": "M-1 7L7 -1M-1 1L1 -1M5 7L7 5", "x": "M0 0L6 6M6 0L0 6"}


def draw_bars(
    traces: Sequence[Mapping[str, Any]],
    index: int,
    x: Axis,
    y: Axis,
    layout: Mapping[str, Any],
    pen: Pen,
    ink: str,
) -> Markup:
    """Return the bars of the trace at ``index``; a bar without a value is left out."""
    trace = traces[index]
    lying = trace.get("orientation") == "h"
    along, across = (x, y) if lying else (y, x)
    lengths, names = (trace["x"], trace["y"]) if lying else (trace["y"], trace["x"])
    offset, room = _slot(traces, index, layout)
    parts: list[Markup | None] = []
    for number, (length, name) in enumerate(zip(lengths, names, strict=True)):
        if length is None or name is None:
            parts.append(_label(trace, number, along.at(0.0), across.pixel(name), lying, pen, ink))
            continue
        middle, thick = across.value(name) + offset, float(_of(room, number))
        near, far = across.at(middle - thick / 2), across.at(middle + thick / 2)
        below = _stacked(traces, index, name, lying) if layout.get("barmode") == "stack" else 0.0
        start, end = along.at(below), along.pixel(below + length)
        box = (start, near, end - start, far - near) if lying else (near, start, far - near, end - start)
        parts += [
            _bar(trace, number, box, pen.scope),
            _label(trace, number, end, (near + far) / 2, lying, pen, ink),
        ]
    return join([_patterns(trace, pen.scope), *parts])


def _slot(traces: Sequence[Mapping[str, Any]], index: int, layout: Mapping[str, Any]) -> tuple[float, Any]:
    """Return how far a trace's bars stand from the middle of their place, and how thick all or each are."""
    trace = traces[index]
    mode = layout.get("barmode")
    if mode not in (None, "group", "stack"):
        raise NotDrawable(what=f"bars of mode {mode}")
    if mode == "stack" and trace.get("width") is None:
        return 0.0, 1.0 - float(layout.get("bargap", _GAP))
    beside = [
        number
        for number, other in enumerate(traces)
        if other["type"] == "bar" and other.get("xaxis") == trace.get("xaxis")
        and other.get("yaxis") == trace.get("yaxis")
    ]  # fmt: skip
    if trace.get("width") is not None:
        return 0.0, trace["width"]
    room = 1.0 - float(layout.get("bargap", _GAP))
    slot = room / len(beside)
    position = beside.index(index)
    return -room / 2 + slot * (position + 0.5), slot * (1.0 - float(layout.get("bargroupgap", 0)))


def _stacked(traces: Sequence[Mapping[str, Any]], index: int, name: Any, lying: bool) -> float:
    """Return the height at which a bar of a stack begins: the sum of those of the same place before it."""
    trace, total = traces[index], 0.0
    for other in traces[:index]:
        if other["type"] != "bar" or any(other.get(axis) != trace.get(axis) for axis in ("xaxis", "yaxis")):
            continue
        lengths, names = (other["x"], other["y"]) if lying else (other["y"], other["x"])
        total += sum(length or 0.0 for length, place in zip(lengths, names, strict=True) if place == name)
    return total


def _of(value: Any, number: int) -> Any:
    return value[number] if isinstance(value, list | tuple) else value


def _bar(trace: Mapping[str, Any], number: int, box: tuple[float, float, float, float], scope: str) -> Markup:
    marker = trace["marker"]
    line = marker.get("line", {})
    look: dict[str, Any] = {
        "stroke": _of(line.get("color"), number),
        "stroke_width": _of(line.get("width"), number),
        "opacity": _of(marker.get("opacity"), number),
    }
    x, y, width, height = box
    solid = rect(x, y, width, height, fill=_of(marker["color"], number), **look)
    hatch = _of(marker.get("pattern", {}).get("shape", ""), number)
    return (
        join([solid, rect(x, y, width, height, fill=f"url(#{_pattern_id(hatch, scope)})")])
        if hatch
        else solid
    )


def _pattern_id(hatch: str, scope: str) -> str:
    return f"hatch-{'slash' if hatch == '/' else 'cross'}{scope}"


def _patterns(trace: Mapping[str, Any], scope: str) -> Markup | None:
    fill = trace["marker"].get("pattern", {})
    shapes = fill.get("shape", "")
    used = sorted({hatch for hatch in (shapes if isinstance(shapes, list | tuple) else [shapes]) if hatch})
    if any(hatch not in _HATCHES for hatch in used):
        raise NotDrawable(what=f"hatching {used}")
    return join(
        pattern(
            _pattern_id(hatch, scope),
            _HATCHES[hatch],
            6,
            stroke=fill.get("fgcolor"),
            stroke_width=1.4,
            fill="none",
        )
        for hatch in used
    )


def _label(
    trace: Mapping[str, Any], number: int, end: float, middle: float, lying: bool, pen: Pen, ink: str
) -> Markup | None:
    """Return the label at the end of a bar, outside it."""
    texts = trace.get("text")
    text = str(_of(texts, number) or "") if texts is not None else ""
    if not text:
        return None
    font = trace.get("textfont", {})
    size = float(font.get("size", 12))
    lines = parse_lines(text)
    height = block_size(lines, size)[1]
    look = {"size": size, "fill": font.get("color", ink)}
    if lying:
        return pen.block(end + 4, middle - height / 2, lines, **look)
    return pen.block(middle, end - height - 2, lines, anchor="middle", **look)
