"""A hall with one evening, and a Chromium that visits it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evening.hall import hall
from tests.evening.phone import Party
from tests.ledger.evenings import gala
from tests.running import Running
from utils.evening.ledger.book import Book

_numbers = itertools.count()


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the hall's ledger."""
    return f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'ledger.sqlite'}"


@pytest.fixture(scope="session")
def server(data_folder: Path, ledger: str) -> Iterator[Running]:
    """The hall's server."""
    with hall(data_folder, ledger) as running:
        yield running


@pytest.fixture
def party(server: Running, ledger: str) -> Iterator[Party]:
    """An evening of this test's own: goal 10,000 EUR, opened at 250 EUR."""
    book = Book.open(ledger)
    evening = f"gala-{next(_numbers)}"
    book.open_evening(replace(gala(), evening_id=evening))
    yield Party(server, book, evening)
    book.engine.dispose()
