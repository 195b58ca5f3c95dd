"""Phones behind a proxy: who is trusted to name them, and what their cookies say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evening.hall import hall
from tests.evening.phone import Phone
from tests.ledger.evenings import gala
from tests.running import Running
from utils.evening.ledger.book import Book
from utils.evening.ledger.sessions import TRIES

pytestmark = pytest.mark.slow


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """The address of a ledger with one evening."""
    address = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    book = Book.open(address)
    book.open_evening(gala())
    book.engine.dispose()
    return address


def phone(server: Running, address: str) -> Phone:
    """Return a phone at ``address`` as the proxy, on this machine, names it."""
    return Phone(server, headers={"X-Forwarded-For": address, "X-Forwarded-Proto": "https"})


def test_a_proxy_on_this_machine_names_phones_and_https(data_folder: Path, ledger: str) -> None:
    with hall(data_folder, ledger) as server:
        for _try in range(TRIES):
            phone(server, "203.0.113.1").sign_in("000000")
        assert phone(server, "203.0.113.1").sign_in()[0] == 429
        other = phone(server, "203.0.113.2")
        assert other.sign_in()[0] == 200
        assert "; Secure" in other.cookie


def test_a_proxy_elsewhere_is_believed_only_where_it_is_named(data_folder: Path, ledger: str) -> None:
    """Only 192.0.2.10 is trusted here: what the machine itself claims counts for nothing."""
    with hall(data_folder, ledger, {"FORWARDED_ALLOW_IPS": "192.0.2.10"}) as server:
        for number in range(TRIES):
            phone(server, f"203.0.113.{number}").sign_in("000000")
        assert phone(server, "203.0.113.99").sign_in()[0] == 429
