"""A chart, map or figure as a picture of a fixed size: title, source, day, address and disclaimer on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from utils.charts.drawing import Drawing
from utils.exports import lettering, map_picture, outlines, plot
from utils.exports.svg import Line, Mode, Pen, block_size, leading, number, picture, plain_lines, rect
from utils.maps import words as map_words
from utils.maps.model import DrawnMap, LegendEntry
from utils.product import palette
from utils.product.palette import Theme
from utils.text.html import Markup, el, join
from utils.text.locale import Translator

SIZES: Final = ((1200, 675), (1920, 1080))
"""Width and height in pixels of the pictures on offer; all are laid out at the first and enlarged."""
_EDGE: Final = 40.0
_TITLE: Final = 27.0
_LEAD: Final = 15.0
_FOOT: Final = 12.5
_KEY: Final = 12.5
_LARGEST: Final = 1.35
_SHAPE: Final = 0.6
"""Height of a bare map for its width."""


@dataclass(frozen=True, slots=True)
class Words:
    """What stands around a picture, in the reader's language. ``foot`` is source, day and release."""

    title: str
    lead: str
    description: str
    foot: str
    address: str


@dataclass(slots=True)
class _Sheet:
    """A page that fills from the top and from the bottom; ``top`` and ``bottom`` are what is left."""

    pen: Pen
    width: float
    top: float
    bottom: float

    @property
    def room(self) -> float:
        """Return the width between the edges."""
        return self.width - 2 * _EDGE

    def lines(self, text: str, size: float, most: int, *, bold: bool = False) -> list[Line]:
        """Return text in at most ``most`` lines."""
        weight = lettering.BOLD if bold else lettering.REGULAR
        wrapped = lettering.wrap(text, size, self.room, weight=weight)
        return plain_lines(lettering.clipped(wrapped, most), bold=bold)

    def from_top(self, lines: Sequence[Line], size: float, fill: str, gap: float) -> Markup:
        """Set lines at the top of what is left."""
        drawn = self.pen.block(_EDGE, self.top, lines, size=size, fill=fill)
        self.top += block_size(lines, size)[1] + gap
        return drawn

    def from_bottom(self, lines: Sequence[Line], size: float, fill: str, gap: float) -> Markup:
        """Set lines at the bottom of what is left."""
        self.bottom -= block_size(lines, size)[1]
        drawn = self.pen.block(_EDGE, self.bottom, lines, size=size, fill=fill)
        self.bottom -= gap
        return drawn


def poster(
    _: Translator,
    drawn: Drawing | DrawnMap,
    words: Words,
    theme: Theme,
    *,
    size: tuple[int, int] = SIZES[0],
    mode: Mode = "outline",
) -> Markup:
    """Return the picture as SVG. Raises :class:`utils.exports.scales.NotDrawable`."""
    width, height = float(SIZES[0][0]), float(SIZES[0][1])
    page = _Sheet(Pen(mode), width, _EDGE * 0.8, height - _EDGE * 0.6)
    ink, muted = palette.INK[theme], palette.MUTED[theme]
    parts = [
        page.from_top(page.lines(words.title, _TITLE, 3, bold=True), _TITLE, ink, 6),
        page.from_top(page.lines(words.lead, _LEAD, 3), _LEAD, muted, 12),
        page.from_bottom(_brand(words), _FOOT, ink, 3),
        page.from_bottom(page.lines(disclaimer(_, drawn), _FOOT, 2), _FOOT, muted, 3),
        page.from_bottom(page.lines(words.foot, _FOOT, 2), _FOOT, muted, 12),
    ]
    if isinstance(drawn, DrawnMap):
        parts.append(_key_of_map(page, drawn.legend, ink))
        held = map_picture.draw(drawn, page.room, page.bottom - page.top, pen=page.pen)
        parts.append(el("g", held, transform=f"translate({number(_EDGE)} {number(page.top)})"))
    else:
        parts.append(_chart(page, drawn, ink))
    return picture(
        size[0],
        size[1],
        el(
            "g",
            rect(0, 0, width, height, fill=palette.PAPER[theme]),
            *parts,
            transform=f"scale({size[0] / width:.4f})" if size[0] != width else None,
        ),
        title=words.title,
        description=words.description,
        lang=_.lang,
    )


def bare(drawn: Drawing | DrawnMap, width: float, theme: Theme, lang: str, *, scope: str) -> Markup:
    """Return the chart or map alone, with words as text, for a page that prints the words around it."""
    pen = Pen("text", scope)
    if isinstance(drawn, DrawnMap):
        height = max(width * _SHAPE, 240.0)
        held = map_picture.draw(drawn, width, height, pen=pen)
        description = drawn.subtitle
    else:
        height = float(drawn.figure.layout.height)
        held = plot.draw(drawn.figure, width, height, pen=pen, ink=palette.INK[theme])
        description = drawn.alt
    return picture(width, height, held, title=drawn.title, description=description, lang=lang)


def _brand(words: Words) -> list[Line]:
    return plain_lines([" · ".join(filter(None, ("Samaki", "សាមគ្គី", words.address)))], bold=True)


def disclaimer(_: Translator, drawn: Drawing | DrawnMap) -> str:
    """Return what must be said under every picture of this kind."""
    if isinstance(drawn, DrawnMap):
        ground = drawn.view.ground
        return f"{map_words.disclaimer(_, ground)} {outlines.attribution(ground)}"
    return _("Every figure is the latest found, never “now”: it carries its date and source.")


def _chart(page: _Sheet, drawn: Drawing, ink: str) -> Markup:
    """Return the chart in what is left of the page, enlarged or reduced so that its rows fit."""
    room = page.bottom - page.top
    zoom = min(room / float(drawn.figure.layout.height or room), _LARGEST)
    held = plot.draw(drawn.figure, page.room / zoom, room / zoom, pen=page.pen, ink=ink)
    return el("g", held, transform=f"translate({number(_EDGE)} {number(page.top)}) scale({zoom:.4f})")


def _key_of_map(page: _Sheet, legend: Sequence[LegendEntry], ink: str) -> Markup:
    """Return the key of a map in one line or more, above the map."""
    parts: list[Markup] = []
    step = leading(plain_lines([entry.label for entry in legend])) * _KEY + 4
    x, y = _EDGE, page.top
    for entry in legend:
        line = plain_lines([entry.label])
        wide = 24 + block_size(line, _KEY)[0] + 18
        if x > _EDGE and x + wide > page.width - _EDGE:
            x, y = _EDGE, y + step
        fill = "url(#map-hatch)" if entry.hatch else entry.colour
        parts.append(
            el("circle", cx=number(x + 8.5), cy=number(y + step / 2 - 2), r=6, fill=fill, stroke=entry.edge)
            if entry.edge
            else rect(x, y + step / 2 - 8, 17, 12, fill=fill, stroke=ink, stroke_width=0.6)
        )
        parts.append(page.pen.block(x + 24, y, line, size=_KEY, fill=ink))
        x += wide
    page.top = y + step + 6
    return join(parts)
