"""Words in pictures: measured, wrapped and drawn as outlines by HarfBuzz, the shaper of browsers.

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

_FOLDER: Final = Path(__file__).parents[2] / "data" / "fonts"
_FILES: Final = ("noto-sans-latin-[0-9]*.ttf", "noto-sans-latin-ext-*.ttf", "noto-sans-khmer-*.ttf")
"""In the order in which a character is looked for."""
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


@cache
def _face(index: int, weight: int) -> Face:
    path = next(iter(sorted(_FOLDER.glob(_FILES[index]))))
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    font = hb.Font(face)
    font.set_variations({"wght": float(weight)})
    return Face(font, face.upem, frozenset(face.unicodes))


def missing(text: str) -> str:
    """Return the characters of ``text`` that no font of ours has; HarfBuzz makes every kind of space."""
    faces = [_face(index, REGULAR) for index in range(len(_FILES))]
    return "".join(
        sorted(
            {
                sign
                for sign in text
                if sign not in _INVISIBLE
                and not sign.isspace()
                and not any(ord(sign) in face.characters for face in faces)
            }
        )
    )


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
def shape(text: str, weight: int) -> tuple[tuple[Glyph, ...], float]:
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


def width(text: str, size: float, *, weight: int = REGULAR) -> float:
    """Return the width of a line in pixels."""
    return shape(text, weight)[1] * size


class _Path:
    """Collects the outline of glyphs as an SVG path; y grows downwards."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._x = self._y = 0.0
        self._scale = 1.0
        self.parts: list[str] = []

    def at(self, glyph: Glyph) -> None:
        self._x, self._y = glyph.x * self._size, glyph.y * self._size
        self._scale = self._size / glyph.face.upem

    def _point(self, x: float, y: float) -> str:
        return f"{self._x + x * self._scale:.2f} {-(self._y + y * self._scale):.2f}"

    def move_to(self, x: float, y: float, _data: None) -> None:
        self.parts.append(f"M{self._point(x, y)}")

    def line_to(self, x: float, y: float, _data: None) -> None:
        self.parts.append(f"L{self._point(x, y)}")

    def quadratic_to(self, x1: float, y1: float, x: float, y: float, _data: None) -> None:
        self.parts.append(f"Q{self._point(x1, y1)} {self._point(x, y)}")

    def cubic_to(self, x1: float, y1: float, x2: float, y2: float, x: float, y: float, _data: None) -> None:
        self.parts.append(f"C{self._point(x1, y1)} {self._point(x2, y2)} {self._point(x, y)}")

    def close(self, _data: None) -> None:
        self.parts.append("Z")


@lru_cache(maxsize=4096)
def outline(text: str, size: float, weight: int = REGULAR) -> str:
    """Return a line as an SVG path whose baseline starts at 0, 0."""
    path = _Path(size)
    functions = hb.DrawFuncs()
    functions.set_move_to_func(path.move_to)
    functions.set_line_to_func(path.line_to)
    functions.set_quadratic_to_func(path.quadratic_to)
    functions.set_cubic_to_func(path.cubic_to)
    functions.set_close_path_func(path.close)
    for glyph in shape(text, weight)[0]:
        path.at(glyph)
        glyph.face.font.draw_glyph(glyph.glyph_id, functions, None)
    return "".join(path.parts)


def pieces(text: str) -> list[str]:
    """Return the parts between which a line may break: words, and syllables of Khmer."""
    found: list[str] = []
    for word in re.findall(r"[^ \u200b]+[ \u200b]*|[ \u200b]+", text):
        start = 0
        for syllable in _SYLLABLE.finditer(word):
            if syllable.start() > start and start:
                found.append(word[start : syllable.start()])
                start = syllable.start()
            elif syllable.start() == start or not start:
                before = word[start : syllable.start()]
                if before:
                    found.append(before)
                start = syllable.start()
            found.append(word[start : syllable.end()])
            start = syllable.end()
        if start < len(word):
            found.append(word[start:])
    return found


def wrap(text: str, size: float, room: float, *, weight: int = REGULAR) -> list[str]:
    """Return text in lines no wider than ``room``.

    A line breaks between words; between Khmer syllables only where words alone would leave it short.
    """
    lines: list[str] = []
    line = ""
    for piece in pieces(text):
        if line.strip() and width((line + piece).rstrip(), size, weight=weight) > room:
            kept, rest = _at_word(line, size, room, weight)
            lines.append(kept)
            line = (rest + piece).lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _at_word(line: str, size: float, room: float, weight: int) -> tuple[str, str]:
    """Return a full line up to its last space and what follows it, where the first is long enough."""
    kept, space, rest = line.rpartition(" ")
    if line.endswith(" ") or not space or width(kept, size, weight=weight) < _FULL * room:
        return line.rstrip(), ""
    return kept.rstrip(), rest


def clipped(lines: Sequence[str], most: int) -> list[str]:
    """Return at most ``most`` lines; an ellipsis says that there was more."""
    return list(lines) if len(lines) <= most else [*lines[: most - 1], lines[most - 1] + " …"]
