"""The PIN, the passes and the lock after ten wrong PINs."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.ledger.evenings import PIN, Clock, gala
from utils.evening.ledger import sessions
from utils.evening.ledger.book import Book
from utils.evening.ledger.sessions import (
    LASTS,
    LOCKED,
    TRIES,
    Locked,
    WrongPinGiven,
    give_pass,
    hash_pin,
    holder,
    new_pin,
)


def ask(book: Book, pin: str = PIN, client: str = "10.0.0.5") -> str:
    return give_pass(book, "gala", pin=pin, volunteer="Table 1", client=client)


def test_the_right_pin_gives_a_pass_for_one_evening(book: Book, clock: Clock) -> None:
    token = ask(book)
    found = holder(book, "gala", token)
    assert found is not None
    assert found.volunteer == "Table 1"
    book.open_evening(replace(gala(), evening_id="other"))
    assert holder(book, "other", token) is None
    assert holder(book, "gala", token + "x") is None
    assert holder(book, "gala", "") is None
    clock.move(LASTS + timedelta(seconds=1))
    assert holder(book, "gala", token) is None


def test_a_new_pin_ends_every_pass(book: Book) -> None:
    token = ask(book)
    book.open_evening(replace(gala(), pin_hash=hash_pin("314159")))
    assert holder(book, "gala", token) is None


def test_ten_wrong_pins_lock_the_client_for_a_time(book: Book, clock: Clock) -> None:
    for left in range(TRIES - 1, 0, -1):
        with pytest.raises(WrongPinGiven) as wrong:
            ask(book, "000000")
        assert wrong.value.left == left
    for pin in ("000000", PIN):
        with pytest.raises(Locked):
            ask(book, pin)
    assert ask(book, client="10.0.0.6"), "another phone is not locked"
    clock.move(LOCKED + timedelta(seconds=1))
    assert ask(book)


def test_a_burst_of_tries_is_judged_one_by_one_and_no_more_than_ten(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two books of a ledger are given forty wrong PINs at once, and the right one last."""
    books = [Book.open(address), Book.open(address)]
    books[0].open_evening(gala())
    judged: list[str] = []
    hashing = threading.Lock()

    def judge(pin: str, kept: str) -> bool:
        assert hashing.acquire(blocking=False), "two hashes at once"
        judged.append(pin)
        fits = real(pin, kept)
        hashing.release()
        return fits

    real = sessions._fits
    monkeypatch.setattr(sessions, "_fits", judge)
    with ThreadPoolExecutor(20) as phones:
        wrong = [phones.submit(ask, books[number % 2], "000000") for number in range(40)]
        right = phones.submit(ask, books[0])
    assert {type(answer.exception()) for answer in wrong} == {WrongPinGiven, Locked}
    assert isinstance(right.exception(), Locked)
    assert judged == ["000000"] * TRIES


def test_the_right_pin_counts_as_no_wrong_one(book: Book) -> None:
    for _table in range(TRIES + 2):
        assert ask(book)
    with pytest.raises(WrongPinGiven) as wrong:
        ask(book, "000000")
    assert wrong.value.left == TRIES - 1


def test_a_pin_is_never_kept_as_it_is_and_is_long_enough() -> None:
    assert PIN not in hash_pin(PIN)
    assert hash_pin(PIN) != hash_pin(PIN)
    assert len(new_pin()) == 6
    for short in ("12345", "abcdef", "១២៣៤៥៦", ""):
        with pytest.raises(ValueError, match="digits"):
            hash_pin(short)
