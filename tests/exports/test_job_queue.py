"""Files are made one at a time, once for all who ask, and a full queue is told at once."""

import asyncio
import threading
from functools import partial

import pytest

from tests.loops import finish
from utils.exports.studio import Busy, Studio, Underway


def test_the_same_file_is_made_once() -> None:
    made: list[int] = []
    studio: Studio[int] = Studio(waiting=2, kept=2)

    def work() -> int:
        made.append(1)
        return 7

    async def ask() -> list[int]:
        return await asyncio.gather(*(studio.make("a", work) for _ in range(5)))

    assert finish(ask()) == [7] * 5
    assert made == [1]


def test_a_full_queue_is_told_and_has_room_again_later() -> None:
    gate = threading.Event()
    studio: Studio[bool] = Studio(waiting=1, kept=8)

    async def ask() -> bool:
        first = asyncio.ensure_future(studio.make("a", gate.wait))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await studio.make("b", gate.wait)
        gate.set()
        await first
        return await studio.make("b", gate.wait)

    assert finish(ask())


def test_what_failed_is_tried_anew() -> None:
    studio: Studio[int] = Studio(waiting=2, kept=2)

    def fail() -> int:
        raise ValueError("no")

    async def ask() -> int:
        with pytest.raises(ValueError, match="no"):
            await studio.make("a", fail)
        return await studio.make("a", lambda: 3)

    assert finish(ask()) == 3


def test_old_files_make_room_for_new_ones() -> None:
    made: list[str] = []
    studio: Studio[None] = Studio(waiting=4, kept=2)

    async def all_of_them() -> None:
        for key in ("a", "b", "c", "b", "a"):
            await studio.make(key, partial(made.append, key))

    finish(all_of_them())
    assert made == ["a", "b", "c", "a"]


def test_who_looks_is_told_how_many_are_made_before_and_gets_the_same_one() -> None:
    gate = threading.Event()
    made: list[str] = []
    studio: Studio[str] = Studio(waiting=3, kept=3)

    def work(name: str) -> str:
        gate.wait()
        made.append(name)
        return name

    async def look(name: str) -> str | Underway:
        return await studio.look(name, partial(work, name), seconds=0)

    async def ask() -> list[str | Underway]:
        told = [await look(name) for name in ("a", "b", "c", "b")]
        gate.set()
        return [*told, await studio.make("c", partial(work, "c")), await look("b")]

    assert finish(ask()) == [Underway(0), Underway(1), Underway(2), Underway(1), "c", "b"]
    assert made == ["a", "b", "c"]


def test_who_looks_is_told_of_a_failure() -> None:
    studio: Studio[int] = Studio(waiting=2, kept=2)

    def fail() -> int:
        raise ValueError("no")

    async def ask() -> None:
        with pytest.raises(ValueError, match="no"):
            await studio.look("a", fail, seconds=60)

    finish(ask())
