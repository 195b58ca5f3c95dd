"""A chart or map as a picture of a fixed size: title, source, day, address and disclaimer on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from utils.charts.drawing import Drawing
from utils.exports import outlines
from utils.exports.image import map_svg, plotly_svg
from utils.exports.image.page import PicturePage
from utils.exports.image.svg import (
    Pen,
    block_size,
    circle,
    line_height,
    picture,
    plain_lines,
    rect,
    triangle,
)
from utils.maps import words as map_words
from utils.maps.model import DrawnMap, LegendEntry
from utils.product import palette
from utils.product.palette import Theme
from utils.text.html import Markup
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


def draw_poster(
    _: Translator,
    drawn: Drawing | DrawnMap,
    theme: Theme,
    *,
    foot: str,
    address: str,
    size: tuple[int, int] = SIZES[0],
) -> Markup:
    """Return the picture as SVG; ``foot`` says its sources, newest day and release.

    Raises :class:`utils.exports.image.axes.NotDrawable`.
    """
    page = PicturePage(SIZES[0], theme, _EDGE, _EDGE * 0.8, SIZES[0][1] - _EDGE * 0.6)
    page.add_top(page.wrap(drawn.title, _TITLE, 3, bold=True), _TITLE, gap=6)
    page.add_top(page.wrap(drawn.subtitle, _LEAD, 3), _LEAD, fill=page.muted, gap=12)
    brand = " · ".join(filter(None, ("Samaki", "សាមគ្គី", address)))
    page.add_bottom(plain_lines([brand], bold=True), _FOOT, gap=3)
    page.add_bottom(page.wrap(describe_limits(_, drawn), _FOOT, 2), _FOOT, fill=page.muted, gap=3)
    page.add_bottom(page.wrap(foot, _FOOT, 2), _FOOT, fill=page.muted, gap=12)
    if isinstance(drawn, DrawnMap):
        _add_map_key(page, drawn.legend)
        page.add_body(map_svg.draw_map(drawn, page.room, page.left_over, pen=page.pen))
    else:
        _add_chart(page, drawn)
    return page.as_svg(title=drawn.title, description=_describe(drawn), lang=_.lang, size=size)


def _describe(drawn: Drawing | DrawnMap) -> str:
    """Return the description for those who cannot see the picture."""
    return drawn.subtitle if isinstance(drawn, DrawnMap) else drawn.alt


def draw_bare(drawn: Drawing | DrawnMap, width: float, theme: Theme, lang: str, *, scope: str) -> Markup:
    """Return the chart or map alone, with words as text, for a page that prints the words around it."""
    pen = Pen("text", scope)
    if isinstance(drawn, DrawnMap):
        height = max(width * _SHAPE, 240.0)
        content = map_svg.draw_map(drawn, width, height, pen=pen)
    else:
        height = float(drawn.figure.layout.height)
        content = plotly_svg.draw_figure(drawn.figure, width, height, pen=pen, ink=palette.INK[theme])
    return picture(width, height, content, title=drawn.title, description=_describe(drawn), lang=lang)


def describe_limits(_: Translator, drawn: Drawing | DrawnMap) -> str:
    """Return the disclaimer that stands under every picture of this kind."""
    if isinstance(drawn, DrawnMap):
        ground = drawn.view.ground
        return f"{map_words.disclaimer(_, ground)} {outlines.attribution(ground)}"
    return _("Every figure is the latest found, never “now”: it carries its date and source.")


def _add_chart(page: PicturePage, drawn: Drawing) -> None:
    """Set the chart in what is left of the page, enlarged or reduced so that its rows fit."""
    zoom = min(page.left_over / float(drawn.figure.layout.height or page.left_over), _LARGEST)
    width, height = page.room / zoom, page.left_over / zoom
    page.add_body(plotly_svg.draw_figure(drawn.figure, width, height, pen=page.pen, ink=page.ink), zoom=zoom)


def _add_map_key(page: PicturePage, legend: Sequence[LegendEntry]) -> None:
    """Set the key of a map above it, in one row or more."""
    step = line_height(plain_lines([entry.label for entry in legend])) * _KEY + 4
    x, y = _EDGE, page.top
    for entry in legend:
        line = plain_lines([entry.label])
        wide = 24 + block_size(line, _KEY)[0] + 18
        if x > _EDGE and x + wide > page.size[0] - _EDGE:
            x, y = _EDGE, y + step
        fill = "url(#map-hatch)" if entry.hatch else entry.colour
        if entry.shape == "triangle":
            swatch = triangle(x + 8.5, y + step / 2 - 2, 6, fill=fill, stroke=entry.edge)
        elif entry.edge:
            swatch = circle(x + 8.5, y + step / 2 - 2, 6, fill=fill, stroke=entry.edge)
        else:
            swatch = rect(x, y + step / 2 - 8, 17, 12, fill=fill, stroke=page.ink, stroke_width=0.6)
        page.parts += [
            swatch,
            page.pen.block(x + 24, y, line, size=_KEY, fill=page.ink),
        ]
        x += wide
    page.top = y + step + 6
