"""Reads every file of a public copy as the leak scan reads a release; what it cannot read is refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyarrow as pa
from PIL import Image, UnidentifiedImageError

from utils.curation.checks.neutral import list_pieces
from utils.curation.disclosure.leak_scan import bytes_disclose, text_discloses
from utils.curation.disclosure.protected_values import ProtectedValues
from utils.curation.problems import Value

_GEOGRAPHY: Final = ("data/geo/", "static/geo/")
"""Outlines and towns of the public map, and the whole official list of communes: they point at no shelter."""
_MADE_UP: Final = "tests/record/"
_TESTS: Final = "tests/"
"""Made-up rows have ids like the real ones, and made-up sites points in the same provinces."""
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_FONTS: Final = (b"wOF2", b"\x00\x01\x00\x00", b"OTTO")
_PACKED: Final = (b"PK\x03\x04", b"PAR1", b"\xff\xff\xff\xff")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_GPS: Final = 0x8825
_ENDS_AN_ID: Final = re.compile(r"(?<=[a-z]-)[0-9a-z]*\d[0-9a-z]*(?![\w-])")


class TreeScan:
    """Which files of a tree disclose what is protected, or cannot be read."""

    def __init__(self, protected: ProtectedValues, pieces: Mapping[Value, frozenset[str]]) -> None:
        """Take in what is protected, and the pieces of withheld addresses, which no file is called by."""
        self._protected = protected
        self._of_part = {
            _GEOGRAPHY: replace(protected, points=(), codes=frozenset()),
            (_MADE_UP,): replace(protected, points=(), ids=frozenset()),
            (_TESTS,): replace(protected, ids=frozenset()),
        }
        self._pieces = frozenset().union(*pieces.values())

    def disclosing_lines(self, path: Path, name: str) -> Iterator[int]:
        """Yield the lines of a file that disclose; 0 for its name, or for a file as a whole.

        Raises ``OSError``.
        """
        parts = (secrets for begins, secrets in self._of_part.items() if name.startswith(begins))
        protected = next(parts, self._protected)
        if not protected and not self._pieces:
            return
        if protected.is_in(name) or self._pieces & list_pieces(name):
            yield 0
        content = path.read_bytes()
        text = _text_of(content)
        if text is not None:
            yield from _lines(protected, text)
            yield from self._ids_of_addresses(text)
        elif not content.startswith((*_PACKED, *_PICTURES, *_FONTS)) or _hides(protected, content):
            yield 0

    def _ids_of_addresses(self, text: str) -> Iterator[int]:
        """Yield the lines in which an id ends in a piece of a withheld address."""
        if self._pieces & set(_ENDS_AN_ID.findall(text)):
            for number, line in enumerate(text.splitlines(), 1):
                if self._pieces & set(_ENDS_AN_ID.findall(line)):
                    yield number


def _text_of(content: bytes) -> str | None:
    """Return a file as text: UTF-8, or UTF-16 with its mark; ``None`` where it is neither."""
    if content.startswith((*_PACKED, *_PICTURES, *_FONTS)):
        return None
    try:
        text = content.decode("utf-16" if content.startswith(_WIDE) else "utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _lines(protected: ProtectedValues, text: str) -> Iterator[int]:
    if not text_discloses(protected, text):
        return
    found = [number for number, line in enumerate(text.splitlines(), 1) if protected.is_in(line)]
    yield from found or [0]


def _hides(protected: ProtectedValues, content: bytes) -> bool:
    """Return whether a packed file, a picture's metadata or a font discloses, or cannot be read."""
    try:
        if content.startswith(_PICTURES):
            return any(protected.is_in(text) for text in _texts_of_picture(content))
        if content.startswith(_FONTS):
            return protected.is_in(content.decode("latin-1"))
        return bytes_disclose(protected, content)
    except (OSError, UnidentifiedImageError, zipfile.BadZipFile, pa.ArrowException, ValueError, RuntimeError):
        return True


def _texts_of_picture(content: bytes) -> Iterator[str]:
    """Yield what a picture says beside its pixels. Raises ``ValueError`` where it says where it was taken."""
    with Image.open(io.BytesIO(content)) as picture:
        exif = picture.getexif()
        if exif.get_ifd(_GPS):
            raise ValueError("a position")
        for key, value in (*picture.info.items(), *exif.items()):
            yield f"{key} {value.decode('utf-8', 'ignore') if isinstance(value, bytes) else value}"
