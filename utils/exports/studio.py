"""One worker makes files and pictures, in order, beside the pages; a full queue says so at once."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")


class Busy(Exception):
    """So many files are being made that this one would wait too long."""

    def __init__(self, *, waiting: int) -> None:
        super().__init__(f"{waiting} files are waiting")
        self.waiting = waiting


class Studio(Generic[T]):
    """Makes one thing at a time and keeps the last ``kept`` of them by key."""

    def __init__(self, *, waiting: int, kept: int) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="studio")
        self._waiting = waiting
        self._kept = kept
        self._made: OrderedDict[Hashable, Future[T]] = OrderedDict()
        self._open = 0
        self._lock = threading.Lock()

    async def make(self, key: Hashable, work: Callable[[], T]) -> T:
        """Return what ``work`` makes for ``key``, made once for all who ask. Raises :class:`Busy`."""
        return await asyncio.shield(asyncio.wrap_future(self._future(key, work)))

    def _future(self, key: Hashable, work: Callable[[], T]) -> Future[T]:
        with self._lock:
            known = self._made.get(key)
            if known is not None:
                self._made.move_to_end(key)
                return known
            if self._open >= self._waiting:
                raise Busy(waiting=self._open)
            self._open += 1
            made = self._pool.submit(work)
            self._made[key] = made
            while len(self._made) > self._kept:
                self._made.popitem(last=False)
        made.add_done_callback(lambda future: self._finished(key, future))
        return made

    def _finished(self, key: Hashable, future: Future[T]) -> None:
        """Make room for the next; what failed is not kept."""
        with self._lock:
            self._open -= 1
            if future.exception() is not None and self._made.get(key) is future:
                del self._made[key]
