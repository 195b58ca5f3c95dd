"""What a place is, what can go wrong in one, and which keys name a file of it."""

from __future__ import annotations

import errno
import re
from pathlib import Path
from typing import Final, Protocol

import pyarrow.fs as arrow

PIECE: Final = 8_000_000
"""Bytes that are read at once from a long file."""
_KEY: Final = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_.-]*(/[0-9A-Za-z_][0-9A-Za-z_.-]*)*")


class BadPlace(ValueError):
    """The name of a place cannot be used; it is not repeated, since it could hold a secret."""

    def __init__(self, *, expected: str) -> None:
        super().__init__(f"the place of the data: expected {expected}")


class Strays(OSError):
    """A name, or what it points to, lies outside the place: it is not opened."""

    def __init__(self, *, key: str) -> None:
        super().__init__(errno.EPERM, "leads out of the data folder", key)


class NotAFile(OSError):
    """A folder, a pipe or a device stands where a file should."""

    def __init__(self, *, key: str) -> None:
        super().__init__(errno.EISDIR, "is not a file", key)


class TooLarge(OSError):
    """A file is larger than what was asked for."""

    def __init__(self, *, key: str) -> None:
        super().__init__(errno.EFBIG, "is larger than it may be", key)


class Unreachable(OSError):
    """The store does not answer, refuses, or breaks off. ``answers``: it does answer, and refuses."""

    def __init__(self, *, key: str, reason: str, answers: bool = False) -> None:
        super().__init__(errno.EIO, f"the store does not give it: {reason}", key)
        self.answers = answers


class Place(Protocol):
    """A place that holds files under keys such as ``releases/<id>/public/sources.parquet``."""

    @property
    def name(self) -> str:
        """What people may be told of where it is."""

    def read(self, key: str, *, most: int) -> bytes:
        """Return a file of at most ``most`` bytes."""

    def stamp(self, key: str) -> str:
        """Return what changes when a file does."""

    def size(self, key: str) -> int:
        """Return the size of a file in bytes."""

    def digest(self, key: str) -> str:
        """Return the SHA-256 of a file, read in pieces."""

    def arrow(self, key: str) -> tuple[arrow.FileSystem, str]:
        """Return where Arrow finds a file that is too long to be read whole."""

    def keys(self, prefix: str) -> frozenset[str]:
        """Return the keys of all files below a prefix."""

    def holds(self, key: str, source: Path) -> bool:
        """Return whether a file is there with the size and content of ``source``."""

    def put(self, key: str, source: Path) -> None:
        """Copy a local file to a key."""

    def write(self, key: str, content: bytes) -> None:
        """Replace a small file in one step: a reader sees the old bytes or the new."""

    def remove(self, key: str) -> None:
        """Remove a file; nothing happens when there is none."""


def is_key(text: str) -> bool:
    """Return whether a text can name a file of a place."""
    return bool(_KEY.fullmatch(text))


def checked(key: str) -> str:
    """Return a key that names a file below a place. Raises :class:`Strays`."""
    if not is_key(key):
        raise Strays(key=key)
    return key
