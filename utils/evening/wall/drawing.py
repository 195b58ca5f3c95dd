"""Drawings of the wall: the renderer of the pictures, in colours that the theme of the wall's sheet sets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from utils.exports.image.svg import Anchor, Pen, picture, plain_line
from utils.text.html import Markup

UNIT: Final = 5.0
"""Pixels of a drawing for a hundredth of the screen's height."""
HEIGHT: Final = 46.0 * UNIT
"""Height of a drawing that fills the body of a scene."""
TEXT: Final = 4.0 * UNIT
"""Size of the smallest text. The drawing may shrink to four fifths before it falls below 3 %."""
STRONG: Final = 5.0 * UNIT
PEN: Final = Pen("text")

INK: Final = "var(--ink)"
QUIET: Final = "var(--quiet)"
LINE: Final = "var(--line)"
AMBER: Final = "var(--amber)"
RECEIVED: Final = "var(--received)"
OPENED: Final = "var(--opened)"
PROMISE: Final = "var(--promise)"
TUBE: Final = "var(--tube)"
MAP: Final[Mapping[str, str]] = {
    "land": "var(--ground)",
    "province": "var(--land)",
    "water": "var(--water)",
    "line": LINE,
    "frontier": QUIET,
    "ink": INK,
    "halo": "var(--halo)",
}
"""Colours of a map by the names of :data:`utils.product.palette.MAP`; abroad is the ground of the wall."""
STEPS: Final = tuple(f"var(--s{step})" for step in range(6))
"""Colour classes from least to most."""


def drawing(width: float, *shapes: Markup, label: str, lang: str) -> Markup:
    """Return a drawing that fills the body of a scene, ``width`` pixels wide; ``label`` describes it."""
    return picture(width, HEIGHT, *shapes, title=label, description="", lang=lang)


def text(
    words: str,
    x: float,
    y: float,
    anchor: Anchor = "start",
    *,
    fill: str = INK,
    bold: bool = False,
    halo: bool = False,
) -> Markup:
    """Return one line of text of the smallest size, its baseline at ``y``; a ``halo`` keeps it readable."""
    rim = MAP["halo"] if halo else ""
    return PEN.line(x, y, plain_line(words, bold=bold), size=TEXT, fill=fill, anchor=anchor, halo=rim)
