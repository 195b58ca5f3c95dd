"""Text of pictures: shaped and measured by HarfBuzz, as browsers do, wrapped, and drawn as outlines.

A picture that holds outlines needs no font where it is opened, and Khmer clusters stand as HarfBuzz
shaped them in every tool.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import uharfbuzz as hb

_FOLDER: Final = Path(__file__).parents[3] / "data" / "fonts"
FONTS: Final = ("latin", "latin-ext", "khmer")
"""Our fonts, in the order in which a character is looked for."""
_FILES: Final = {"latin": "noto-sans-latin-[0-9]*.ttf"}
REGULAR: Final = 400
BOLD: Final = 700
_FULL: Final = 0.6
"""Share of a line that must be filled before it may break at its last space."""
_KHMER: Final = re.compile(r"[\u1780-\u17ff\u19e0-\u19ff\u200b-\u200d]")
_SYLLABLE: Final = re.compile(
    r"[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17dd\u200c\u200d])*[\u17d4-\u17da]*"
)
_INVISIBLE: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


@dataclass(frozen=True, slots=True)
class Face:
    """A font file at one weight."""

    font: hb.Font
    upem: int
    characters: frozenset[int]


def font_path(name: str) -> Path:
    """Return the newest file of one of :data:`FONTS`. Raises ``FileNotFoundError`` without it."""
    files = sorted(_FOLDER.glob(_FILES.get(name, f"noto-sans-{name}-*.ttf")))
    if not files:
        raise FileNotFoundError(name)
    return files[-1]


@cache
def _face(index: int, weight: int) -> Face:
    face = hb.Face(hb.Blob.from_file_path(str(font_path(FONTS[index]))))
    font = hb.Font(face)
    font.set_variations({"wght": float(weight)})
    return Face(font, face.upem, frozenset(face.unicodes))


def can_print(sign: str) -> bool:
    """Return whether one of our fonts has a letter for ``sign``, or it is one that nobody sees."""
    known = any(ord(sign) in _face(index, REGULAR).characters for index in range(len(FONTS)))
    return known or sign in _INVISIBLE


def _runs(text: str) -> Iterator[tuple[str, int]]:
    """Yield stretches of text with the index of the font that has their characters."""
    stretch, current = "", 0
    for sign in text:
        if _KHMER.match(sign):
            index = 2
        elif sign.isspace() or sign in _INVISIBLE:
            index = current
        else:
            index = next((i for i in range(2) if ord(sign) in _face(i, REGULAR).characters), 2)
        if index != current and stretch:
            yield stretch, current
            stretch = ""
        current = index
        stretch += sign
    if stretch:
        yield stretch, current


@dataclass(frozen=True, slots=True)
class Glyph:
    """A shaped glyph: its font, id, and its place in units of the text size."""

    face: Face
    glyph_id: int
    x: float
    y: float


@lru_cache(maxsize=4096)
def shape_text(text: str, weight: int) -> tuple[tuple[Glyph, ...], float]:
    """Return the glyphs of a line and its width, for a text size of 1."""
    glyphs: list[Glyph] = []
    pen = 0.0
    for stretch, index in _runs(text):
        face = _face(index, weight)
        buffer = hb.Buffer()
        buffer.add_str(stretch)
        buffer.guess_segment_properties()
        hb.shape(face.font, buffer, {"kern": True, "liga": True})
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            glyphs.append(
                Glyph(
                    face,
                    info.codepoint,
                    pen + position.x_offset / face.upem,
                    position.y_offset / face.upem,
                )
            )
            pen += position.x_advance / face.upem
    return tuple(glyphs), pen


def text_width(text: str, size: float, *, weight: int = REGULAR) -> float:
    """Return the width of a line in pixels."""
    return shape_text(text, weight)[1] * size


@lru_cache(maxsize=4096)
def outline_text(text: str, size: float, weight: int = REGULAR) -> str:
    """Return a line as an SVG path whose baseline starts at 0, 0; y grows downwards."""
    from fontTools.pens.svgPathPen import SVGPathPen  # loaded when the first picture is made
    from fontTools.pens.transformPen import TransformPen

    path = SVGPathPen(None, ntos="{:.2f}".format)
    for glyph in shape_text(text, weight)[0]:
        scale = size / glyph.face.upem
        placed = TransformPen(path, (scale, 0, 0, -scale, glyph.x * size, -glyph.y * size))
        glyph.face.font.draw_glyph_with_pen(glyph.glyph_id, placed)
    return str(path.getCommands())


def break_points(text: str) -> list[str]:
    """Return the parts between which a line may break: words, and syllables of Khmer."""
    parts: list[str] = []
    for word in re.findall(r"[^ \u200b]+[ \u200b]*|[ \u200b]+", text):
        start = 0
        for syllable in _SYLLABLE.finditer(word):
            if syllable.start() > start and start:
                parts.append(word[start : syllable.start()])
                start = syllable.start()
            elif syllable.start() == start or not start:
                before = word[start : syllable.start()]
                if before:
                    parts.append(before)
                start = syllable.start()
            parts.append(word[start : syllable.end()])
            start = syllable.end()
        if start < len(word):
            parts.append(word[start:])
    return parts


def wrap_text(text: str, size: float, room: float, *, weight: int = REGULAR) -> list[str]:
    """Return text in lines no wider than ``room``.

    A line breaks between words; between Khmer syllables only where words alone would leave it short.
    """
    lines: list[str] = []
    line = ""
    for piece in break_points(text):
        if line.strip() and text_width((line + piece).rstrip(), size, weight=weight) > room:
            kept, rest = _at_word(line, size, room, weight)
            lines.append(kept)
            line = (rest + piece).lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _at_word(line: str, size: float, room: float, weight: int) -> tuple[str, str]:
    """Return a full line up to its last space and what follows it, where the first is long enough."""
    kept, space, rest = line.rpartition(" ")
    if line.endswith(" ") or not space or text_width(kept, size, weight=weight) < _FULL * room:
        return line.rstrip(), ""
    return kept.rstrip(), rest


def clip_lines(lines: Sequence[str], most: int) -> list[str]:
    """Return at most ``most`` lines; an ellipsis says that there was more."""
    return list(lines) if len(lines) <= most else [*lines[: most - 1], lines[most - 1] + " …"]
