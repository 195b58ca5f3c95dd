"""The page of every picture: words from the top, words from the bottom, and what is left for the body."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from utils.exports.image import text_shaping
from utils.exports.image.svg import Line, Mode, Pen, block_size, format_number, picture, plain_lines, rect
from utils.product import palette
from utils.product.palette import Theme
from utils.text.html import Markup, el

_ACCENT: Final = 16.0


@dataclass(slots=True)
class PicturePage:
    """A page of ``size`` (width and height in pixels) with ``edge`` pixels free on both sides.

    ``top`` and ``bottom`` are the limits of what is still free; each block of words moves one of them.
    With ``accent`` a coloured stripe runs down the left side.
    """

    size: tuple[int, int]
    theme: Theme
    edge: float
    top: float
    bottom: float
    mode: Mode = "outline"
    accent: bool = False
    parts: list[Markup] = field(default_factory=list)

    @property
    def pen(self) -> Pen:
        """Return what writes the words of the page."""
        return Pen(self.mode)

    @property
    def ink(self) -> str:
        """Return the colour of words."""
        return palette.INK[self.theme]

    @property
    def muted(self) -> str:
        """Return the colour of words beside the matter."""
        return palette.MUTED[self.theme]

    @property
    def room(self) -> float:
        """Return the width between the edges."""
        return self.size[0] - 2 * self.edge

    @property
    def left_over(self) -> float:
        """Return the height that is still free."""
        return self.bottom - self.top

    def wrap(self, text: str, size: float, most: int, *, bold: bool = False) -> list[Line]:
        """Return text in at most ``most`` lines; an ellipsis marks what was left out."""
        weight = text_shaping.BOLD if bold else text_shaping.REGULAR
        wrapped = text_shaping.wrap_text(text, size, self.room, weight=weight)
        return plain_lines(text_shaping.clip_lines(wrapped, most), bold=bold)

    def add_top(self, lines: list[Line], size: float, *, fill: str = "", gap: float = 0.0) -> None:
        """Set lines at the top of what is free, in ink unless ``fill`` says otherwise."""
        self.parts.append(self.pen.block(self.edge, self.top, lines, size=size, fill=fill or self.ink))
        self.top += block_size(lines, size)[1] + gap

    def add_bottom(self, lines: list[Line], size: float, *, fill: str = "", gap: float = 0.0) -> None:
        """Set lines at the bottom of what is free, in ink unless ``fill`` says otherwise."""
        self.bottom -= block_size(lines, size)[1]
        self.parts.append(self.pen.block(self.edge, self.bottom, lines, size=size, fill=fill or self.ink))
        self.bottom -= gap

    def add_body(self, body: Markup, *, zoom: float = 1.0) -> None:
        """Set a drawing whose corner is 0, 0 at the top of what is free, enlarged by ``zoom``."""
        moved = f"translate({format_number(self.edge)} {format_number(self.top)})"
        scaled = f" scale({zoom:.4f})" if zoom != 1.0 else ""
        self.parts.append(el("g", body, transform=moved + scaled))

    def as_svg(
        self, *, title: str, description: str, lang: str, size: tuple[int, int] | None = None
    ) -> Markup:
        """Return the page as SVG, enlarged to ``size`` where that is given."""
        width, height = self.size
        shown = size or self.size
        content = (
            rect(0, 0, width, height, fill=palette.PAPER[self.theme]),
            rect(0, 0, _ACCENT, height, fill=palette.DISPLACED[self.theme]) if self.accent else None,
            *self.parts,
        )
        enlarged = f"scale({shown[0] / width:.4f})" if shown != self.size else None
        return picture(
            *shown, el("g", *content, transform=enlarged), title=title, description=description, lang=lang
        )
