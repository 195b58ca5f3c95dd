"""Files that are whole or not there, and the names a release goes by."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Final

ID_LENGTH: Final = 12
_ID: Final = re.compile(r"[0-9a-f]{12}")


def release_id(digest: str) -> str:
    """Return the id of the release that inputs of this SHA-256 give."""
    return digest[:ID_LENGTH]


def is_release_id(text: str) -> bool:
    """Return whether ``text`` is shaped like the id of a release."""
    return bool(_ID.fullmatch(text))


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces. Raises ``OSError``."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_durably(path: Path, content: bytes) -> None:
    """Write a new file and wait until the disk has it. Raises ``OSError``."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def settle_file(path: Path) -> None:
    """Wait until the disk has the bytes of a file that was written. Raises ``OSError``."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def replace_durably(path: Path, content: bytes) -> None:
    """Replace a small file in one step: a reader sees the old bytes or the new. Raises ``OSError``."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name.lower()}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    settle(path.parent)


def append_durably(path: Path, line: str) -> None:
    """Add one line to a file that only grows. Raises ``OSError``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    with path.open("ab") as file:
        file.write(line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        settle(path.parent)


def settle(folder: Path) -> None:
    """Wait until the disk knows the names in ``folder``. Raises ``OSError``."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
