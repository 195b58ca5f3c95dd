"""SVG, element by element, with words either as text for a page or as outlines for a picture."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from utils.exports.image import text_shaping
from utils.text.html import Markup, el, join

Mode = Literal["text", "outline"]
Anchor = Literal["start", "middle", "end"]
LEADING: Final = 1.3
KHMER_LEADING: Final = 1.55
_ASCENT: Final = 0.78
"""Of the size: from the top of a line to its baseline."""
_TAG: Final = re.compile(r"(</?b>)")
_KHMER: Final = re.compile(r"[\u1780-\u17ff]")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a line, bold or not."""

    text: str
    bold: bool

    @property
    def weight(self) -> int:
        """Return the weight of its letters."""
        return text_shaping.BOLD if self.bold else text_shaping.REGULAR


Line = tuple[Span, ...]


def parse_lines(marked: str) -> list[Line]:
    """Return the lines of a label as Plotly marks them up: ``<br>``, ``<b>`` and entities."""
    lines = []
    for written in marked.split("<br>"):
        bold, spans = False, []
        for part in _TAG.split(written):
            if part in ("<b>", "</b>"):
                bold = part == "<b>"
            elif part:
                spans.append(Span(html.unescape(part), bold))
        lines.append(tuple(spans))
    return lines


def line_height(lines: Iterable[Line]) -> float:
    """Return the height of a line in sizes: Khmer stacks marks above and below, and needs more."""
    khmer = any(_KHMER.search(span.text) for line in lines for span in line)
    return KHMER_LEADING if khmer else LEADING


def line_width(line: Line, size: float) -> float:
    """Return the width of a line in pixels."""
    return sum(text_shaping.text_width(span.text, size, weight=span.weight) for span in line)


def block_size(lines: Sequence[Line], size: float) -> tuple[float, float]:
    """Return width and height of lines set below each other."""
    return (
        max((line_width(line, size) for line in lines), default=0.0),
        len(lines) * line_height(lines) * size,
    )


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes words in one of the two modes. ``scope`` keeps the ids of pictures on one page apart."""

    mode: Mode
    scope: str = ""

    def line(
        self,
        x: float,
        baseline: float,
        line: Line,
        *,
        size: float,
        fill: str,
        anchor: Anchor = "start",
        halo: str = "",
    ) -> Markup:
        """Return one line of words; ``halo`` is the colour of a rim that keeps it readable on a map."""
        rim = (
            {"stroke": halo, "stroke_width": format_number(size * 0.28), "stroke_linejoin": "round"}
            if halo
            else {}
        )
        if self.mode == "text":
            return el(
                "text",
                *(el("tspan", span.text, font_weight=span.weight) for span in line),
                x=format_number(x),
                y=format_number(baseline),
                font_size=format_number(size),
                fill=fill,
                text_anchor=None if anchor == "start" else anchor,
                paint_order="stroke" if halo else None,
                **rim,
            )
        left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * line_width(line, size)
        parts = []
        for span in line:
            path = text_shaping.outline_text(span.text, size, span.weight)
            if path:
                moved = f"translate({format_number(left)} {format_number(baseline)})"
                if halo:
                    parts.append(el("path", d=path, transform=moved, fill=halo, **rim))
                parts.append(el("path", d=path, transform=moved, fill=fill))
            left += text_shaping.text_width(span.text, size, weight=span.weight)
        return join(parts)

    def block(
        self,
        x: float,
        top: float,
        lines: Sequence[Line],
        *,
        size: float,
        fill: str,
        anchor: Anchor = "start",
        halo: str = "",
    ) -> Markup:
        """Return lines below each other, the first one's top at ``top``."""
        step = line_height(lines) * size
        first = top + (step - size) / 2 + _ASCENT * size
        return join(
            self.line(x, first + step * index, line, size=size, fill=fill, anchor=anchor, halo=halo)
            for index, line in enumerate(lines)
        )


def plain_line(text: str, *, bold: bool = False) -> Line:
    """Return a line of one weight."""
    return (Span(text, bold),)


def plain_lines(texts: Iterable[str], *, bold: bool = False) -> list[Line]:
    """Return lines of one weight each."""
    return [plain_line(text, bold=bold) for text in texts]


def format_number(value: float) -> str:
    """Return a coordinate to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def picture(width: float, height: float, *parts: Markup, title: str, description: str, lang: str) -> Markup:
    """Return a whole SVG with a name and a description for those who cannot see it."""
    return el(
        "svg",
        el("title", title),
        el("desc", description),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {format_number(width)} {format_number(height)}",
        width=format_number(width),
        height=format_number(height),
        role="img",
        lang=lang,
        font_family="Noto Sans, Noto Sans Khmer, sans-serif",
    )


def rect(x: float, y: float, width: float, height: float, **look: str | float | None) -> Markup:
    """Return a rectangle; a negative size is turned around."""
    return el(
        "rect",
        x=format_number(min(x, x + width)),
        y=format_number(min(y, y + height)),
        width=format_number(abs(width)),
        height=format_number(abs(height)),
        **look,
    )


def stroke(x1: float, y1: float, x2: float, y2: float, **look: str | float | None) -> Markup:
    """Return a straight line."""
    return el(
        "line", x1=format_number(x1), y1=format_number(y1), x2=format_number(x2), y2=format_number(y2), **look
    )


def circle(x: float, y: float, radius: float, **look: str | float | None) -> Markup:
    """Return a circle around a point."""
    return el("circle", cx=format_number(x), cy=format_number(y), r=format_number(radius), **look)


def triangle(x: float, y: float, radius: float, **look: str | float | None) -> Markup:
    """Return a triangle that points upwards, about as large as a circle of ``radius`` around a point."""
    corners = f"M{x:.1f} {y - radius * 1.3:.1f}l{radius * 1.25:.1f} {radius * 2.1:.1f}h{-radius * 2.5:.1f}z"
    return el("path", d=corners, **look)


def pattern(name: str, path: str, size: int, *, ground: str = "", **look: str | float | None) -> Markup:
    """Return a pattern of ``size`` by ``size`` pixels that ``url(#name)`` fills with."""
    return el(
        "pattern",
        rect(0, 0, size, size, fill=ground) if ground else None,
        el("path", d=path, **look),
        id=name,
        width=size,
        height=size,
        patternUnits="userSpaceOnUse",
    )
