"""What a storage of releases is, what can go wrong in one, and which keys name a file of it."""

from __future__ import annotations

import errno
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import pyarrow as pa

PIECE: Final = 8_000_000
"""Bytes that are read at once from a long file."""
_KEY: Final = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_.-]*(/[0-9A-Za-z_][0-9A-Za-z_.-]*)*")


class BadStorageName(ValueError):
    """The name of a storage cannot be used; it is not repeated, since it could hold a secret."""

    def __init__(self, *, expected: str) -> None:
        super().__init__(f"the place of the data: expected {expected}")


class OutsideStorage(OSError):
    """A key, or what it points to, lies outside the storage: it is not opened."""

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


class Changed(OSError):
    """A file is no longer the version that was to be replaced: somebody else wrote it meanwhile."""

    def __init__(self, *, key: str) -> None:
        super().__init__(errno.EAGAIN, "was changed by somebody else meanwhile", key)


class Unreachable(OSError):
    """The store does not answer, refuses, or breaks off. ``answers``: it does answer, and refuses."""

    def __init__(self, *, key: str, reason: str, answers: bool = False) -> None:
        super().__init__(errno.EIO, f"the store does not give it: {reason}", key)
        self.answers = answers


class Storage(Protocol):
    """Holds files under keys such as ``releases/<id>/public/sources.parquet``.

    Every method raises an ``OSError`` when something goes wrong: ``FileNotFoundError`` when there is no
    such file, else one of this module.
    """

    @property
    def name(self) -> str:
        """How people may be shown where it is, without a secret or the way to a folder."""

    def read(self, key: str, *, most: int) -> bytes:
        """Return a file of at most ``most`` bytes."""

    def stamp(self, key: str) -> str:
        """Return what changes when a file does."""

    def size(self, key: str) -> int:
        """Return the size of a file in bytes."""

    def digest(self, key: str) -> str:
        """Return the SHA-256 of a file in hexadecimal, read in pieces."""

    def open(self, key: str) -> pa.NativeFile:
        """Return a file for Arrow that is too long to be read whole."""

    def keys(self, prefix: str) -> frozenset[str]:
        """Return the keys of all files below a prefix."""

    def holds(self, key: str, source: Path) -> bool:
        """Return whether a file is there with the size and content of ``source``."""

    def put(self, key: str, source: Path) -> None:
        """Copy a local file to a key."""

    def write(self, key: str, content: bytes, *, replaces: str | None = None) -> None:
        """Replace a small file in one step: a reader sees the old bytes or the new.

        ``replaces`` is the stamp of the version to replace, ``""`` when there must be none yet, ``None``
        when it does not matter. Raises :class:`Changed` when something else is there.
        """

    def remove(self, key: str) -> None:
        """Remove a file; nothing happens when there is none."""


def is_key(text: str) -> bool:
    """Return whether a text can name a file of a storage."""
    return bool(_KEY.fullmatch(text))


def require_key(key: str) -> str:
    """Return a key that names a file of a storage. Raises :class:`OutsideStorage`."""
    if not is_key(key):
        raise OutsideStorage(key=key)
    return key
