"""One publisher at a time. The lock tells who holds it; it is gone when its holder is."""

from __future__ import annotations

import fcntl
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
from typing import IO, Final

_LOCK: Final = ".lock"
_DAY_SECONDS: Final = 86_400


class Busy(Exception):
    """Another publisher is at work; nothing was done. ``holder`` says who, since when, and at what."""

    def __init__(self, *, holder: str) -> None:
        super().__init__(f"another publisher is at work: {holder}")
        self.holder = holder


@contextmanager
def alone(data: Path, *, chore: str, wait: bool) -> Iterator[None]:
    """Hold the publisher's lock and clear what a publisher left that was killed.

    Raises :class:`Busy` when another holds it and ``wait`` is false; ``OSError``.
    """
    folder = data / "releases"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("a+", encoding="utf-8") as lock:
        _take(lock, wait=wait)
        lock.truncate(0)
        lock.write(_signature(chore))
        lock.flush()
        _clear(data)
        yield


def _clear(data: Path) -> None:
    """Remove what a publisher left that was killed: no other is at work now."""
    for left in (data / "releases").glob(".tmp-*"):
        shutil.rmtree(left, ignore_errors=True)
    for pattern in (".current-*", "hidden/.*.json-*", "changes/.*.jsonl-*"):
        for left in data.glob(pattern):
            left.unlink(missing_ok=True)
    for left in (data / "releases").glob(".diff-*"):
        if time.time() - left.stat().st_mtime > _DAY_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def holder(data: Path) -> str:
    """Return who holds the lock now; "" when nobody does."""
    path = data / "releases" / _LOCK
    if not path.exists():
        return ""
    with path.open("r", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _read(lock)
    return ""


def _take(lock: IO[str], *, wait: bool) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Busy(holder=_read(lock)) from error


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


def _read(lock: IO[str]) -> str:
    lock.seek(0)
    try:
        known = json.loads(lock.read())
        return (
            f"{known['user']} on {known['host']} (process {known['pid']}), {known['chore']} since "
            f"{known['since']}"
        )
    except (ValueError, KeyError, TypeError):
        return "it did not say who it is"
