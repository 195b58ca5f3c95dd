"""A gate on concurrent script runs: a hundred threads that fight for the interpreter serve nobody."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

RUNS_AT_ONCE: Final = 2
_turns = threading.BoundedSemaphore(RUNS_AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn to run a page; at most two run at once in one process."""
    with _turns:
        yield
