"""One worker makes files and pictures, in order, beside the pages; a full queue refuses at once.

One client fills a third of it at most, so that there is room for others.
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


class QueueFull(Exception):
    """So many files are being made, for all or for this client, that another would wait too long."""

    def __init__(self, *, waiting: int) -> None:
        super().__init__(f"{waiting} files are waiting")
        self.waiting = waiting


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that is not made yet; ``ahead`` others are made before it."""

    ahead: int


class JobQueue(Generic[T]):
    """Makes one file at a time and keeps the last ``kept`` of them by key."""

    def __init__(self, *, waiting: int, kept: int) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="job-queue")
        self._waiting = waiting
        self._share = max(1, waiting // 3)
        self._kept = kept
        self._jobs: OrderedDict[Hashable, Future[T]] = OrderedDict()
        self._open: dict[Future[T], str] = {}
        self._lock = threading.Lock()

    async def make(self, key: Hashable, work: Callable[[], T], client: str = "") -> T:
        """Return what ``work`` makes for ``key``, made once for all who ask. Raises :class:`QueueFull`."""
        return await asyncio.shield(asyncio.wrap_future(self._future(key, work, client)))

    async def poll(
        self, key: Hashable, work: Callable[[], T], client: str = "", *, seconds: float
    ) -> T | Pending:
        """Return what :meth:`make` returns, or after ``seconds`` how far it is; the work goes on."""
        job = self._future(key, work, client)
        waited_for = asyncio.wrap_future(job)
        # it may fail when nobody waits any more
        waited_for.add_done_callback(lambda future: future.exception())
        await asyncio.wait([waited_for], timeout=seconds)
        return job.result() if job.done() else Pending(self._ahead(job))

    def _ahead(self, job: Future[T]) -> int:
        with self._lock:
            waiting = list(self._open)
        return waiting.index(job) if job in waiting else 0

    def _future(self, key: Hashable, work: Callable[[], T], client: str) -> Future[T]:
        with self._lock:
            kept = self._jobs.get(key)
            if kept is not None:
                self._jobs.move_to_end(key)
                return kept
            share = sum(other == client for other in self._open.values()) if client else 0
            if len(self._open) >= self._waiting or share >= self._share:
                raise QueueFull(waiting=len(self._open))
            job = self._pool.submit(work)
            self._open[job] = client
            self._jobs[key] = job
            while len(self._jobs) > self._kept:
                self._jobs.popitem(last=False)
        job.add_done_callback(lambda future: self._finish(key, future))
        return job

    def _finish(self, key: Hashable, future: Future[T]) -> None:
        """Make room for the next; what failed is not kept."""
        with self._lock:
            del self._open[future]
            if future.exception() is not None and self._jobs.get(key) is future:
                del self._jobs[key]
