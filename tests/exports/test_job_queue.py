"""Files are made one at a time, once for all who ask, and a full queue refuses at once."""

import asyncio
import threading
from functools import partial

import pytest

from tests.loops import finish
from utils.exports.job_queue import JobQueue, Pending, QueueFull


def test_the_same_file_is_made_once() -> None:
    made: list[int] = []
    queue: JobQueue[int] = JobQueue(waiting=2, kept=2)

    def work() -> int:
        made.append(1)
        return 7

    async def ask() -> list[int]:
        return await asyncio.gather(*(queue.make("a", work) for _ in range(5)))

    assert finish(ask()) == [7] * 5
    assert made == [1]


def test_a_full_queue_refuses_and_has_room_again_later() -> None:
    gate = threading.Event()
    queue: JobQueue[bool] = JobQueue(waiting=1, kept=8)

    async def ask() -> bool:
        first = asyncio.ensure_future(queue.make("a", gate.wait))
        await asyncio.sleep(0)
        with pytest.raises(QueueFull):
            await queue.make("b", gate.wait)
        gate.set()
        await first
        return await queue.make("b", gate.wait)

    assert finish(ask())


def test_one_client_fills_a_third_and_leaves_room_for_others() -> None:
    gate = threading.Event()
    queue: JobQueue[bool] = JobQueue(waiting=6, kept=8)

    async def ask() -> None:
        jobs = [asyncio.ensure_future(queue.make(key, gate.wait, "203.0.113.1")) for key in "ab"]
        await asyncio.sleep(0)
        with pytest.raises(QueueFull):
            await queue.make("c", gate.wait, "203.0.113.1")
        jobs.append(asyncio.ensure_future(queue.make("a", gate.wait, "203.0.113.1")))
        jobs.append(asyncio.ensure_future(queue.make("c", gate.wait, "203.0.113.2")))
        await asyncio.sleep(0)
        gate.set()
        assert await asyncio.gather(*jobs) == [True] * 4

    finish(ask())


def test_what_failed_is_tried_anew() -> None:
    queue: JobQueue[int] = JobQueue(waiting=2, kept=2)

    def fail() -> int:
        raise ValueError("no")

    async def ask() -> int:
        with pytest.raises(ValueError, match="no"):
            await queue.make("a", fail)
        return await queue.make("a", lambda: 3)

    assert finish(ask()) == 3


def test_old_files_make_room_for_new_ones() -> None:
    made: list[str] = []
    queue: JobQueue[None] = JobQueue(waiting=4, kept=2)

    async def all_of_them() -> None:
        for key in ("a", "b", "c", "b", "a"):
            await queue.make(key, partial(made.append, key))

    finish(all_of_them())
    assert made == ["a", "b", "c", "a"]


def test_who_polls_learns_how_many_are_made_before_and_gets_the_same_one() -> None:
    gate = threading.Event()
    made: list[str] = []
    queue: JobQueue[str] = JobQueue(waiting=3, kept=3)

    def work(name: str) -> str:
        gate.wait()
        made.append(name)
        return name

    async def poll(name: str) -> str | Pending:
        return await queue.poll(name, partial(work, name), seconds=0)

    async def ask() -> list[str | Pending]:
        pending = [await poll(name) for name in ("a", "b", "c", "b")]
        gate.set()
        return [*pending, await queue.make("c", partial(work, "c")), await poll("b")]

    assert finish(ask()) == [Pending(0), Pending(1), Pending(2), Pending(1), "c", "b"]
    assert made == ["a", "b", "c"]


def test_who_polls_gets_the_failure() -> None:
    queue: JobQueue[int] = JobQueue(waiting=2, kept=2)

    def fail() -> int:
        raise ValueError("no")

    async def ask() -> None:
        with pytest.raises(ValueError, match="no"):
            await queue.poll("a", fail, seconds=60)

    finish(ask())
