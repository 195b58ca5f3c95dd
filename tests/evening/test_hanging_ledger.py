"""A PostgreSQL that stands still (SIGSTOP) while sixty walls ask: nothing but the ledger waits for it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from tests.evening.phone import Party
from tests.ledger.evenings import gala, give, money
from tests.postgres import postgres
from tests.running import Running, running
from tests.server.conftest import Answer, ask
from tests.server.test_health import until
from utils.evening.ledger.book import Book
from utils.evening.ledger.errors import Busy

pytestmark = pytest.mark.slow

WALL = "/wall/state?evening=gala&lang=en"


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """A PostgreSQL of its own with one evening, since it is stopped."""
    with postgres() as address:
        book = Book.open(address)
        book.open_evening(gala())
        book.engine.dispose()
        yield address


@contextmanager
def standing_still(address: str) -> Iterator[None]:
    """Stop every process of the database, as ``kill -STOP`` does; they go on when the block is left."""
    with psycopg.connect(address) as connection:
        row = connection.execute("SELECT pg_read_file('postmaster.pid')").fetchone()
    assert row is not None
    first = int(row[0].split()[0])
    children = Path(f"/proc/{first}/task/{first}/children")
    os.kill(first, signal.SIGSTOP)
    stopped = [first, *map(int, children.read_text(encoding="ascii").split())]
    for pid in stopped[1:]:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in stopped:
            with suppress(ProcessLookupError):  # the one that gave the number has ended
                os.kill(pid, signal.SIGCONT)


@pytest.fixture(scope="module")
def server(database: str, data_folder: Path) -> Iterator[Running]:
    """The app, whose job is the evening."""
    with running(data=data_folder, environment={"SAMAKI_LEDGER": database}) as started:
        yield started


def test_a_ledger_that_stands_still_holds_up_nothing_else(server: Running, database: str) -> None:
    assert ask(server, WALL).status == 200
    assert until(server, lambda answer: answer["ready"], "/readyz")["ledger"] == "answers"
    with standing_still(database), ThreadPoolExecutor(60) as walls:
        asked = [walls.submit(ask, server, WALL) for _ in range(60)]
        for path in (
            "/",
            "/healthz",
            "/app/static/js/samaki-map.js",
            "/wall?scenes=sentence",
            "/_stcore/health",
        ):
            assert ask(server, path).status == 200, path
        assert ask(server, "/export/national.csv").status == 200
        answers: list[Answer] = [wall.result() for wall in asked]
        assert {answer.status for answer in answers} == {503}
        assert b"The ledger is busy" in answers[0].body
        phone = ask(server, "/evening/gala/enter?lang=en")
        assert (phone.status, b"The ledger is busy" in phone.body) == (503, True)
        ready = until(server, lambda answer: not answer["ready"], "/readyz")
        assert (ready["reason"], ready["ledger"]) == ("ledger", "busy")
        assert ask(server, "/readyz").status == 503
    assert until(server, lambda answer: answer["ready"], "/readyz")["ledger"] == "answers"
    assert Party(server, Book.open(database), "gala").phone().enter("50")[0] == 200


def test_a_gift_that_met_a_silent_ledger_is_written_once(database: str) -> None:
    book = Book.open(database)
    with standing_still(database):
        for _again in range(2):
            with pytest.raises(Busy):
                give(book, money(5000), key="one-key")
            assert book.silent
    book = Book.open(database)
    for _again in range(2):
        give(book, money(5000), key="one-key")
    assert [line.key for line in book.lines("gala")].count("one-key") == 1
