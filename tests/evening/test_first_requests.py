"""Eighty phones knock while the ledger is opened for the first time: none is turned away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.evening.hall import hall
from tests.evening.phone import Phone
from tests.ledger.evenings import gala
from utils.evening.ledger.book import Book


def test_no_request_fails_while_the_ledger_is_opened(data_folder: Path, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    book = Book.open(address)
    book.open_evening(gala())
    book.engine.dispose()
    with hall(data_folder, address) as server, ThreadPoolExecutor(80) as phones:
        paths = ["lines", "enter", "sheet.pdf", "remote"] * 20
        answers = list(phones.map(lambda path: Phone(server).ask(path)[0], paths))
    assert set(answers) <= {200, 303, 401}, "no 5xx"


def test_a_ledger_that_cannot_be_opened_is_busy_to_phones_and_no_bare_error(
    data_folder: Path, tmp_path: Path
) -> None:
    """The hall's server of the tests opens its ledger with the first request."""
    with hall(data_folder, f"sqlite:///{tmp_path / 'not-mounted' / 'ledger.sqlite'}") as server:
        phone = Phone(server)
        for path, content in (("lines", None), ("entries", {"kind": "gift"}), ("enter", None)):
            assert phone.ask(path, content)[0] == 503
        assert "kept on this phone" in phone.ask("lines")[1]["message"]
