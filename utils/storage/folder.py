"""A folder of this machine, or one that is mounted."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import IO

import pyarrow as pa

from utils.storage.storage import PIECE, Changed, NotAFile, OutsideStorage, TooLarge, is_key, require_key

log = logging.getLogger(__name__)


class Folder:
    """A folder of this machine, or one that is mounted."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self._reported: set[str] = set()

    @property
    def name(self) -> str:
        """The folder's own name, without the way to it."""
        return f"{self.root.name}/"

    def path(self, key: str) -> Path:
        """Return the path of a key. Raises :class:`OutsideStorage` when it, or a link in it, leads out."""
        path = self.root / require_key(key)
        real = os.path.realpath(path)
        root = os.path.realpath(self.root)
        if os.path.commonpath((real, root)) != root:
            if key not in self._reported:
                log.warning("SECURITY: %s leads out of the data folder; it is not opened", key)
                self._reported.add(key)
            raise OutsideStorage(key=key)
        return path

    @contextmanager
    def _opened(self, key: str) -> Iterator[BufferedReader]:
        """Open a regular file; a pipe would wait for ever and a device never end."""
        handle = os.open(self.path(key), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise NotAFile(key=key)
        with os.fdopen(handle, "rb") as file:
            yield file

    def read(self, key: str, *, most: int) -> bytes:
        """Return a file of at most ``most`` bytes."""
        with self._opened(key) as file:
            content = file.read(most + 1)
        if len(content) > most:
            raise TooLarge(key=key)
        return content

    def stamp(self, key: str) -> str:
        """Return what changes when a file does: its number, size and moment of change."""
        known = self.path(key).stat()
        return f"{known.st_ino}-{known.st_size}-{known.st_mtime_ns}"

    def size(self, key: str) -> int:
        """Return the size of a file in bytes."""
        return self.path(key).stat().st_size

    def digest(self, key: str) -> str:
        """Return the SHA-256 of a file, read in pieces."""
        with self._opened(key) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def open(self, key: str) -> pa.NativeFile:
        """Return a file of which Arrow reads the parts that it needs."""
        return pa.OSFile(str(self.path(key)), mode="r")

    def keys(self, prefix: str) -> frozenset[str]:
        """Return the keys of all files below a prefix."""
        files = (path for path in self.path(prefix).rglob("*") if path.is_file())
        return frozenset(filter(is_key, (path.relative_to(self.root).as_posix() for path in files)))

    def holds(self, key: str, source: Path) -> bool:
        """Return whether a file is there with the size and content of ``source``."""
        try:
            if self.size(key) != source.stat().st_size:
                return False
            with source.open("rb") as file:
                return self.digest(key) == hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return False

    def put(self, key: str, source: Path) -> None:
        """Copy a local file to a key; it appears whole."""
        with source.open("rb") as file:
            self._replace(key, file)

    def write(self, key: str, content: bytes, *, replaces: str | None = None) -> None:
        """Replace a small file in one step; see :meth:`utils.storage.Storage.write`.

        A folder has no lock for all who mount it: another writer can still come between look and switch.
        """
        if replaces is not None and replaces != self._stamp_or_none(key):
            raise Changed(key=key)
        with tempfile.SpooledTemporaryFile() as file:
            file.write(content)
            file.seek(0)
            self._replace(key, file)

    def _stamp_or_none(self, key: str) -> str:
        try:
            return self.stamp(key)
        except FileNotFoundError:
            return ""

    def _replace(self, key: str, content: IO[bytes]) -> None:
        target = self.path(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".pushed-")
        try:
            with os.fdopen(handle, "wb") as file:
                shutil.copyfileobj(content, file, PIECE)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def remove(self, key: str) -> None:
        """Remove a file, and the folders that it leaves empty."""
        path = self.path(key)
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == self.root:
                break
            with suppress(OSError):
                folder.rmdir()
