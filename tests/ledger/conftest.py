"""Ledgers for tests: SQLite in a file of its own, and a database of its own in a real PostgreSQL."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.ledger.evenings import Clock, gala
from tests.postgres import binaries, postgres
from utils.evening.ledger.book import Book

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """One PostgreSQL server for the whole run."""
    if binaries() is None:
        pytest.fail("no PostgreSQL found; install Debian's package postgresql")
    with postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    server = request.getfixturevalue("postgres_address")
    name = f"ledger_{next(_numbers)}"
    with create_engine(
        make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    ).connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return str(make_url(server).set(database=name))


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until it is moved."""
    return Clock(datetime(2026, 11, 28, 19, 0, tzinfo=UTC))


@pytest.fixture
def book(address: str, clock: Clock) -> Iterator[Book]:
    """A ledger with one evening, ``gala``: goal 10,000 EUR, opened at 250 EUR."""
    opened = Book.open(address, now=clock)
    opened.open_evening(gala())
    yield opened
    opened.engine.dispose()


@pytest.fixture
def later(clock: Clock) -> timedelta:
    """A little more than the time for an undo."""
    return timedelta(seconds=gala().undo_seconds + 1)
