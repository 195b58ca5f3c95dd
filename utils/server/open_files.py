"""How many files the process may hold open: each reader's session takes four."""

from __future__ import annotations

import resource
from typing import Final

WANTED: Final = 65_536
_A_READER: Final = 4
_OWN: Final = 64


def raise_open_files(wanted: int = WANTED) -> int:
    """Raise the soft limit to ``wanted`` or as near as the hard limit allows; returns what was reached."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft == resource.RLIM_INFINITY or soft >= most:
        return wanted if soft == resource.RLIM_INFINITY else soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    except (OSError, ValueError):  # some systems refuse more than they name
        return soft
    return most


def count_readers(files: int) -> int:
    """Return for about how many readers at once a limit of open files is enough."""
    return max(0, files - _OWN) // _A_READER
