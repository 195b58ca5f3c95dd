"""Where releases lie: a folder, or a prefix of an object store (``s3://bucket/prefix``).

A read is of a named size at most, never leaves the storage, and never waits long. Every trouble is an
``OSError``: ``FileNotFoundError`` when there is no such file, one of this room's otherwise.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from utils.storage.folder import Folder
from utils.storage.storage import (
    BadStorageName,
    Changed,
    NotAFile,
    OutsideStorage,
    Storage,
    TooLarge,
    Unreachable,
)

__all__ = (
    "BadStorageName",
    "Changed",
    "Folder",
    "NotAFile",
    "OutsideStorage",
    "Storage",
    "TooLarge",
    "Unreachable",
    "open_storage",
)
_BUCKET: Final = "s3://"
_SCHEME: Final = re.compile(r"[a-z0-9+.-]+://", re.IGNORECASE)


def open_storage(name: str) -> Storage:
    """Return the storage of that name; the client of object stores is loaded only for ``s3://``.

    Raises :class:`BadStorageName`.
    """
    if name.startswith(_BUCKET):
        from utils.storage.bucket import Bucket

        return Bucket(name)
    if _SCHEME.match(name) or not name or "\0" in name:
        raise BadStorageName(expected="a folder, or s3://bucket/prefix")
    return Folder(Path(name))
