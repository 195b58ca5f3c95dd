"""One publisher at a time. The lock file names who holds it; the lock is gone when its holder is."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from utils.releases.layout import CHANGES, HIDDEN, POINTER, RELEASES

_LOCK: Final = ".lock"
_DAY_SECONDS: Final = 86_400


class Busy(Exception):
    """Another publisher is at work; nothing was done. ``holder`` says who, since when, and at what."""

    def __init__(self, *, holder: str) -> None:
        super().__init__(f"another publisher is at work: {holder}")
        self.holder = holder


@contextmanager
def publisher_lock(data: Path, *, chore: str, wait: bool) -> Iterator[None]:
    """Hold the publisher's lock and clear what a publisher left that was killed.

    Raises :class:`Busy` when another holds it and ``wait`` is false; ``OSError``.
    """
    folder = data / RELEASES
    folder.mkdir(parents=True, exist_ok=True)

    def sign(handle: int) -> None:
        os.ftruncate(handle, 0)
        os.pwrite(handle, _signature(chore).encode(), 0)

    lock = FileLock(folder / _LOCK, blocking=wait, preserve_lock_file=True, on_acquired=sign)
    try:
        held = lock.acquire()
    except Timeout as error:
        raise Busy(holder=_read_signature(folder / _LOCK)) from error
    with held:
        _clear(data)
        yield


def lock_holder(data: Path) -> str:
    """Return who holds the lock now; "" when nobody does."""
    path = data / RELEASES / _LOCK
    if not path.exists():
        return ""
    try:
        with FileLock(path, blocking=False, preserve_lock_file=True):
            return ""
    except Timeout:
        return _read_signature(path)


def _clear(data: Path) -> None:
    """Remove what a publisher left that was killed: no other is at work now."""
    for left in (data / RELEASES).glob(".tmp-*"):
        shutil.rmtree(left, ignore_errors=True)
    for pattern in (f".{POINTER.lower()}-*", f"{HIDDEN}/.*.json-*", f"{CHANGES}/.*.jsonl-*"):
        for left in data.glob(pattern):
            left.unlink(missing_ok=True)
    for left in (data / RELEASES).glob(".diff-*"):
        if time.time() - left.stat().st_mtime > _DAY_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _user() -> str:
    """Return who runs this; a number where the machine has no name for it, as in many containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


def _signature(chore: str) -> str:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps(
        {
            "chore": chore,
            "user": _user(),
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "since": since,
        }
    )


def _read_signature(path: Path) -> str:
    try:
        known = json.loads(path.read_text("utf-8"))
        return (
            f"{known['user']} on {known['host']} (process {known['pid']}), {known['chore']} since "
            f"{known['since']}"
        )
    except (ValueError, KeyError, TypeError):
        return "it did not say who it is"
