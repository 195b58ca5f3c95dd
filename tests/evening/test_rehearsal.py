"""A whole evening, rehearsed as a committee would: 60 entries of four phones, and what goes wrong."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.evening.hall import hall
from tests.evening.phone import Party, Phone, long_key
from tests.evening.test_entry_page import enter, phone
from tests.ledger.evenings import gala
from tests.running import free_port
from utils.evening.ledger.book import Book
from utils.evening.ledger.closing import close_evening
from utils.evening.record_rows import Announced, build_record_rows
from utils.evening.tonight import load_tonight
from utils.releases import Release

pytestmark = pytest.mark.browser
PATIENCE = 15_000


@dataclass
class Tally:
    """What the volunteers gave in, counted in hundredths (riel: whole) beside the product."""

    numbers: Iterator[int]
    received: dict[str, int] = field(default_factory=lambda: {"EUR": 0})
    promised: int = 0
    entries: int = 0

    def amount(self) -> str:
        """Return the next gift in euros as it is typed, and count it: 11.37, 12.74, 14.11 …"""
        cents = 1000 + 137 * next(self.numbers)
        self.count(cents)
        return f"{cents // 100}.{cents % 100:02d}"

    def count(self, cents: int, currency: str = "EUR") -> None:
        """Count a gift of another amount."""
        self.received[currency] = self.received.get(currency, 0) + cents
        self.entries += 1


def _many(phones: list[Phone], amounts: list[list[str]]) -> None:
    """Enter on several phones at once."""
    answers: list[int] = []

    def work(one: Phone, given: list[str]) -> None:
        answers.extend(one.enter(amount)[0] for amount in given)

    threads = [threading.Thread(target=work, args=pair) for pair in zip(phones, amounts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * sum(map(len, amounts))


def _kept(page: Page, count: int) -> None:
    expect(page.locator("#entries li.kept")).to_have_count(count, timeout=PATIENCE)


def _entered(page: Page, tally: Tally, count: int) -> None:
    """Enter on the page of a phone that may have no network."""
    for _number in range(count):
        enter(page, tally.amount())
        expect(page.locator("[name=amount]")).to_have_value("")


def _double_tap(page: Page, amount: str) -> None:
    page.locator("[name=amount]").fill(amount)
    page.evaluate("() => { const go = document.querySelector('#entry-form .go'); go.click(); go.click(); }")


def _scene(wall: Page, name: str) -> None:
    expect(wall.locator(".shown .scene")).to_have_attribute("data-scene", name, timeout=PATIENCE)


def _remote(one: Phone, command: str) -> None:
    assert one.ask("command", {"command": command, "key": long_key()})[0] == 200


def _first_half(wall: Page, pages: tuple[Page, Page], phones: tuple[Phone, Phone], tally: Tally) -> None:
    """40 entries: four phones at once, a double tap, a phone whose network is cut."""
    first, second = pages
    _many(list(phones), [[tally.amount() for _ in range(10)] for _phone in phones])
    _entered(first, tally, 5)
    _entered(second, tally, 4)
    _double_tap(second, tally.amount())
    _remote(phones[0], "next")
    _scene(wall, "sentence")
    first.context.set_offline(True)
    _entered(first, tally, 10)
    _kept(first, 10)
    _remote(phones[1], "previous")
    _scene(wall, "tonight")
    first.context.set_offline(False)
    _kept(first, 0)
    _kept(second, 0)


def _second_half(phones: tuple[Phone, Phone], tally: Tally) -> None:
    """14 entries more: other currencies, a promise, two persons, corrections, an undo, a repeated sending."""
    third, fourth = phones
    for currency, typed, cents in (("USD", "50.05", 5005), ("KHR", "400000", 400_000)):
        assert third.enter(typed, currency=currency)[0] == 200
        tally.count(cents, currency)
    assert fourth.enter("300", kind="pledge")[0] == 200
    tally.promised, tally.entries = 30_000, tally.entries + 1
    large = third.enter("2500")[1]
    assert large["state"] == "waiting"
    assert third.ask("confirm", {"entry": large["id"]})[0] == 409, "not by the same phone"
    assert fourth.ask("confirm", {"entry": large["id"]})[1]["state"] == "counts"
    tally.count(250_000)
    wrong = third.enter("999")[1]
    right = {"kind": "gift", "way": "card", "currency": "EUR", "amount": "99.90"}
    correction = {"entry": wrong["id"], "reason": "mistyped", "key": long_key(), "replacement": right}
    for _again in range(2):
        assert fourth.ask("counter", correction)[1]["state"] == "countered"
    tally.count(9990)
    taken_back = fourth.enter("77.77")[1]
    undo = {"entry": taken_back["id"], "reason": "undo", "key": long_key()}
    assert fourth.ask("counter", undo)[1]["state"] == "countered"
    tally.entries += 1
    assert third.enter("5000")[1]["state"] == "waiting", "nobody confirms this one"
    tally.entries += 1
    key = long_key()
    amount = tally.amount()
    assert {third.enter(amount, key=key)[1]["id"] for _sent in range(3)} == {
        third.enter(amount, key=key)[1]["id"]
    }
    for _number in range(6):
        assert fourth.enter(tally.amount())[0] == 200


def _cents(page: object, columns: tuple[int, int], kind: str | None = None) -> dict[str, int]:
    """Add up the amounts of a worksheet by currency, in hundredths (riel: whole)."""
    found: dict[str, int] = {}
    for row in page.iter_rows(min_row=4, values_only=True):  # type: ignore[attr-defined]  # an openpyxl worksheet
        amount, currency = row[columns[0]], row[columns[1]]
        if amount is not None and (kind is None or kind in row):
            cents = Decimal(str(amount)) * (1 if currency == "KHR" else 100)
            found[currency] = found.get(currency, 0) + int(cents)
            assert cents == int(cents)
    return found


def _agrees(content: bytes, tally: Tally, received_minor: int) -> None:
    """The workbook says what the volunteers counted, and what the wall shows."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    assert _cents(workbook["currencies"], (1, 2), "Received") == tally.received
    assert _cents(workbook["currencies"], (1, 2), "Promised") == {"EUR": tally.promised}
    assert _cents(workbook["currencies"], (3, 4), "Received") == {"EUR": received_minor}
    assert _cents(workbook["entries"], (6, 7), "Gift received") == tally.received
    assert _cents(workbook["waiting"], (6, 7)) == {"EUR": 500_000}
    assert _cents(workbook["countered"], (2, 3)) == {"EUR": 99_900 + 7777}


def test_an_evening_from_the_first_gift_to_the_signed_sheet(
    browser: Browser, data_folder: Path, public_release: Release, tmp_path: Path
) -> None:
    ledger, port = f"sqlite:///{tmp_path / 'ledger.sqlite'}", free_port()
    book = Book.open(ledger)
    book.open_evening(gala())
    tally = Tally(iter(range(1, 100)))
    with ExitStack() as night:
        wall = night.enter_context(browser.new_page())
        with hall(data_folder, ledger, port=port) as server:
            party = Party(server, book, "gala")
            wall.goto(f"{server.url}/wall?evening=gala&scenes=tonight,sentence&lang=en&seconds=600")
            expect(wall.locator("#stage")).to_have_attribute("data-scenes", "2", timeout=PATIENCE)
            first = night.enter_context(phone(browser, party, "Table 1"))
            second = night.enter_context(phone(browser, party, "Table 2"))
            phones = party.phone("Table 3"), party.phone("Table 4")
            _first_half(wall, (first, second), phones, tally)
            expect(wall.locator(".shown [data-sum=received]")).to_have_attribute(
                "data-minor", str(tally.received["EUR"]), timeout=PATIENCE
            )
        _entered(second, tally, 6)
        _kept(second, 6)
        expect(wall.locator("#note")).to_contain_text("Offline since", timeout=PATIENCE)
        with hall(data_folder, ledger, port=port):
            _kept(second, 0)
            _second_half(phones, tally)
            assert tally.entries == 60
            close_evening(book, "gala", cut_off=datetime.now(UTC), volunteer="Chair")
            now = load_tonight(public_release, book, "gala")
            expect(wall.locator(".shown [data-sum=received]")).to_have_attribute(
                "data-minor", str(now.received_sum), timeout=PATIENCE
            )
            expect(wall.locator(".shown [data-sum=promise]")).to_have_attribute("data-minor", "30000")
            expect(wall.locator("#note")).to_have_text("", timeout=PATIENCE)
            status, content = phones[0].ask("sheet.xlsx")
            assert status == 200
            _agrees(content, tally, now.received_sum)
    said = Announced("A committee", "Lyon", "FRA", "displaced families", "lpj-2025-07-28-cotizup", 9001)
    rows = build_record_rows(public_release, now, said)
    raised = {row["currency"]: Decimal(row["amount"]) for row in rows if row["status"] == "raised"}
    minor = {name: int(value * (1 if name == "KHR" else 100)) for name, value in raised.items()}
    assert minor == tally.received
    book.engine.dispose()
