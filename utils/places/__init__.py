"""Where releases lie: a folder, or a prefix of an object store (``s3://bucket/prefix``).

A read is of a named size at most, never leaves the place, and never waits long. Every trouble is an
``OSError``: ``FileNotFoundError`` when there is no such file, one of this room's otherwise.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from utils.places.folder import Folder
from utils.places.place import BadPlace, NotAFile, Place, Strays, TooLarge, Unreachable

__all__ = (
    "BadPlace",
    "Folder",
    "NotAFile",
    "Place",
    "Strays",
    "TooLarge",
    "Unreachable",
    "open_place",
)
_BUCKET: Final = "s3://"
_SCHEME: Final = re.compile(r"[a-z0-9+.-]+://", re.IGNORECASE)


def open_place(name: str) -> Place:
    """Return the place of that name. Raises :class:`BadPlace`."""
    if name.startswith(_BUCKET):
        from utils.places.bucket import Bucket

        return Bucket(name)
    if _SCHEME.match(name) or not name or "\0" in name:
        raise BadPlace(expected="a folder, or s3://bucket/prefix")
    return Folder(Path(name))
