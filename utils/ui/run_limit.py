"""A limit on concurrent script runs: a hundred threads that fight for the interpreter serve nobody."""

from __future__ import annotations

import threading
from typing import Final

RUNS_AT_ONCE: Final = 2
RUN_LIMIT: Final = threading.BoundedSemaphore(RUNS_AT_ONCE)
"""Held while a page runs in this process."""
