"""A phone signs out, a new PIN clears the lock, and the security log holds what happened and no person."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evening.hall import hall
from tests.evening.phone import Party
from tests.ledger.evenings import gala
from utils.evening import security_log
from utils.evening.ledger.book import Book
from utils.evening.ledger.sessions import hash_pin


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("security")


@pytest.fixture(scope="module")
def party(data_folder: Path, folder: Path) -> Iterator[Party]:
    address = f"sqlite:///{folder / 'ledger.sqlite'}"
    settings = {"SAMAKI_SECURITY_LOG": str(folder / "security.log"), "SAMAKI_LOG_KEY": "a key"}
    book = Book.open(address)
    book.open_evening(gala())
    with hall(data_folder, address, settings) as server:
        yield Party(server, book, "gala")
    book.engine.dispose()


def events(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / "security.log").read_text("utf-8").splitlines()]


def test_a_phone_signs_out_and_must_give_the_pin_again(party: Party, folder: Path) -> None:
    phone, other = party.phone("Table 7"), party.phone()
    kept = phone.cookie
    assert phone.ask("leave", {}, Origin="http://evil.example")[0] == 403
    assert phone.enter()[0] == 200, "another site signs nobody out"
    assert phone.ask("leave", {})[0] == 200
    assert 'samaki-evening=""' in phone.cookie
    phone.cookie = kept
    assert phone.enter()[0] == 401, "also with the pass kept elsewhere"
    assert other.enter()[0] == 200
    assert phone.sign_in()[0] == 200
    assert phone.enter()[0] == 200
    found = Counter(event["event"] for event in events(folder))
    assert found == {"signed_in": 3, "signed_out": 1, "no_pass": 1, "foreign_page": 1}


def test_the_log_holds_no_pin_no_address_and_no_label(party: Party, folder: Path) -> None:
    stranger = party.stranger()
    for _try in range(11):
        stranger.sign_in("314159")
    text = (folder / "security.log").read_text("utf-8")
    found = Counter(event["event"] for event in events(folder))
    assert (found["wrong_pin"], found["locked"]) == (9, 2)
    for secret in ("314159", "127.0.0.1", "Table"):
        assert secret not in text
    assert {tuple(event) for event in events(folder)} == {("time", "event", "evening", "client")}
    assert {event["evening"] for event in events(folder)} == {"gala"}
    assert len({event["client"] for event in events(folder)}) == 1
    assert (folder / "security.log").stat().st_mode & 0o077 == 0


def test_a_new_pin_clears_the_lock(party: Party) -> None:
    """Comes after the test that locked the hall."""
    assert party.stranger().sign_in()[0] == 429
    party.book.open_evening(replace(gala(), pin_hash=hash_pin("161803")))
    phone = party.stranger()
    assert phone.sign_in("161803")[0] == 200
    assert phone.enter()[0] == 200
    party.book.open_evening(replace(gala(), goal=77, pin_hash=party.book.settings("gala").pin_hash))
    assert [phone.sign_in("000000")[0] for _try in range(10)][-1] == 429, "nor does another goal clear it"


def test_a_pseudonym_needs_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMAKI_LOG_KEY", "a")
    first = security_log.pseudonym("192.0.2.7")
    assert security_log.pseudonym("192.0.2.7") == first != security_log.pseudonym("192.0.2.8")
    monkeypatch.setenv("SAMAKI_LOG_KEY", "b")
    assert security_log.pseudonym("192.0.2.7") != first
    monkeypatch.delenv("SAMAKI_LOG_KEY")
    assert security_log.pseudonym("192.0.2.7") == security_log.pseudonym("192.0.2.7") != first


def test_a_flood_writes_few_lines() -> None:
    client = "of this test"
    assert [security_log._is_flood("no_pass", client) for _ in range(40)].count(False) == security_log.MOST
