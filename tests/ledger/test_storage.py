"""The file of a ledger: never silently a new one, and honest words where it is gone or the disk is full."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.ledger.evenings import fresh_key, gala, give, money
from utils.evening.ledger.book import Book
from utils.evening.ledger.database import CannotOpen
from utils.evening.ledger.errors import Busy, NoRoom


def opened(folder: Path) -> Book:
    book = Book.open(f"sqlite:///{folder / 'ledger.sqlite'}")
    book.open_evening(gala())
    return book


def fill(book: Book) -> None:
    for _gift in range(200):
        give(book, money(700))


def test_a_ledger_that_vanishes_while_it_is_open_takes_no_gift(tmp_path: Path) -> None:
    book = opened(tmp_path)
    give(book, money(500))
    file = tmp_path / "ledger.sqlite"
    away = file.rename(tmp_path / "away")
    key = fresh_key()
    with pytest.raises(Busy):
        give(book, money(700), key=key)
    assert not file.exists(), "no new one is made"
    file.write_bytes(away.read_bytes())
    book._ask_again = 0
    with pytest.raises(Busy):
        give(book, money(700), key=key)
    file.unlink()
    away.rename(file)
    book._ask_again = 0
    give(book, money(700), key=key)
    assert [line.amount for line in book.lines("gala")] == [500, 700]
    book.engine.dispose()


def test_a_ledger_that_was_there_is_expected(tmp_path: Path) -> None:
    book = opened(tmp_path)
    book.engine.dispose()
    file = tmp_path / "ledger.sqlite"
    file.unlink()
    with pytest.raises(CannotOpen, match="gone or empty"):
        opened(tmp_path)
    assert not file.exists()
    (tmp_path / "ledger.sqlite.opened").unlink()
    opened(tmp_path).engine.dispose()
    assert file.exists()
    assert file.stat().st_mode & 0o077 == 0, "nobody else reads it"


def test_a_full_disk_is_called_so_and_the_gift_is_kept_by_the_phone(tmp_path: Path) -> None:
    book = opened(tmp_path)
    with sqlite3.connect(tmp_path / "ledger.sqlite") as other:
        (pages,) = other.execute("PRAGMA page_count").fetchone()
    with book.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        connection.exec_driver_sql("BEGIN")
    with pytest.raises(NoRoom) as full:
        fill(book)
    assert "free some space" in full.value.message.msgid
    book.engine.dispose()
