"""The ledger on both databases: written once, never changed, countered, confirmed, closed."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from tests.ledger.evenings import PIN, Clock, fresh_key, gala, give, money
from utils.evening.ledger import matches, remote
from utils.evening.ledger.book import Book
from utils.evening.ledger.closing import close_evening
from utils.evening.ledger.database import CannotOpen, address, open_engine
from utils.evening.ledger.errors import (
    AlreadyCountered,
    Busy,
    KeyTaken,
    NoSuchEntry,
    NoSuchEvening,
    NothingToConfirm,
    SamePerson,
    TooLate,
    UnfitEntry,
)
from utils.evening.ledger.model import Kind, NewEntry
from utils.evening.ledger.sessions import WrongPinGiven, end_pass, give_pass
from utils.evening.ledger.tables import TABLES, Table
from utils.evening.ledger.totals import totals


def received(book: Book) -> dict[str, int]:
    return dict(totals(book.lines("gala")).received)


def test_the_migrations_make_the_tables_of_the_code(book: Book) -> None:
    with book.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Table.metadata) == []


def test_a_second_start_finds_the_ledger_as_it_was(book: Book, address: str) -> None:
    give(book, money(5000))
    again = Book.open(address)
    assert received(again) == {"EUR": 5000}
    again.engine.dispose()


def test_several_processes_may_start_at_once(address: str) -> None:
    failures: list[Exception] = []

    def start() -> None:
        try:
            open_engine(address).dispose()
        except CannotOpen as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_the_database_itself_refuses_every_change(book: Book) -> None:
    line = give(book, money(5000), needs_second=True)
    book.confirm("gala", line.entry_id, volunteer="Table 2")
    book.counter("gala", line.entry_id, reason="duplicate", volunteer="Table 2", key=fresh_key())
    match = matches.offer_match(book, "gala", organisation="A bank", currency="EUR", percent=100, most=1)
    matches.sign_match(book, match, witness="Chair")
    remote.command(book, "gala", "next", key=fresh_key())
    close_evening(book, "gala", cut_off=book.now(), volunteer="Chair")
    end_pass(book, "gala", give_pass(book, "gala", pin=PIN, volunteer="Table 1", client="a"))
    with pytest.raises(WrongPinGiven):
        give_pass(book, "gala", pin="000000", volunteer="Table 1", client="a")
    for table in TABLES:
        for change in ("UPDATE {} SET created_at = created_at", "DELETE FROM {}"):
            with (
                book.engine.connect() as connection,
                pytest.raises(SQLAlchemyError, match="append-only"),
            ):
                connection.execute(text(change.format(table)))


def test_one_key_writes_once_also_from_two_phones_at_once(book: Book) -> None:
    key = fresh_key()
    gate = threading.Barrier(4)
    lines: list[str] = []

    def send() -> None:
        gate.wait()
        lines.append(give(book, money(5000), key=key).entry_id)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lines) == 4
    assert len(set(lines)) == 1
    assert received(book) == {"EUR": 5000}


def test_two_volunteers_at_once_are_both_written(book: Book) -> None:
    def send(number: int) -> None:
        for _ in range(5):
            give(book, money(100 * number), volunteer=f"Table {number}")

    threads = [threading.Thread(target=send, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert received(book) == {"EUR": 5 * (100 + 200 + 300 + 400)}
    assert [line.seq for line in book.lines("gala")] == sorted(line.seq for line in book.lines("gala"))


def test_a_key_with_other_content_is_refused(book: Book) -> None:
    key = fresh_key()
    give(book, money(5000), key=key)
    with pytest.raises(KeyTaken):
        give(book, money(6000), key=key)
    assert received(book) == {"EUR": 5000}


def test_an_undo_is_a_counter_entry_and_only_ones_own(book: Book, clock: Clock, later: timedelta) -> None:
    first, second = give(book, money(5000)), give(book, money(700))
    with pytest.raises(SamePerson):
        book.undo("gala", first.entry_id, volunteer="Table 2", key=fresh_key())
    key = fresh_key()
    undone = book.undo("gala", first.entry_id, volunteer="Table 1", key=key)
    assert undone.countered == "undo"
    assert book.undo("gala", first.entry_id, volunteer="Table 1", key=key).countered == "undo"
    assert received(book) == {"EUR": 700}
    assert len(book.lines("gala")) == 2
    clock.move(later)
    with pytest.raises(TooLate):
        book.undo("gala", second.entry_id, volunteer="Table 1", key=fresh_key())


def test_a_correction_keeps_the_wrong_entry_and_counts_the_right_one(book: Book) -> None:
    wrong = give(book, money(50_000))
    key = fresh_key()
    for _ in range(2):
        book.counter(
            "gala", wrong.entry_id, reason="mistyped", volunteer="Table 2", key=key, replacement=money(5000)
        )
    old, new = book.lines("gala")
    assert (old.amount, old.countered, old.countered_by, old.replaced_by) == (
        50_000,
        "mistyped",
        "Table 2",
        new.entry_id,
    )
    assert received(book) == {"EUR": 5000}
    with pytest.raises(AlreadyCountered):
        book.counter("gala", wrong.entry_id, reason="duplicate", volunteer="Table 2", key=fresh_key())


def test_a_paid_promise_moves_from_promised_to_received(book: Book) -> None:
    pledge = give(book, money(20_000, kind="pledge"))
    assert totals(book.lines("gala")).promised == {"EUR": 20_000}
    book.counter(
        "gala",
        pledge.entry_id,
        reason="paid",
        volunteer="Table 1",
        key=fresh_key(),
        replacement=money(20_000, way="card"),
    )
    found = totals(book.lines("gala"))
    assert (found.received, found.promised) == ({"EUR": 20_000}, {})


def test_a_large_amount_counts_once_a_second_person_said_yes(book: Book) -> None:
    line = give(book, money(500_000), needs_second=True)
    assert received(book) == {}
    assert totals(book.lines("gala")).waiting == 1
    for same in ("Table 1", "table 1", "Table\u200b 1", "Table 1\u200d", "Table-1", "Ｔａｂｌｅ １"):
        with pytest.raises(SamePerson):
            book.confirm("gala", line.entry_id, volunteer=same)
    assert book.confirm("gala", line.entry_id, volunteer="Table 2").confirmed_by == "Table 2"
    assert book.confirm("gala", line.entry_id, volunteer="Table 3").confirmed_by == "Table 2"
    assert received(book) == {"EUR": 500_000}


def test_there_is_nothing_to_confirm_for_small_or_countered_entries(book: Book) -> None:
    small, large = give(book, money(5000)), give(book, money(500_000), needs_second=True)
    book.counter("gala", large.entry_id, reason="withdrawn", volunteer="Table 1", key=fresh_key())
    for line in (small, large):
        with pytest.raises(NothingToConfirm):
            book.confirm("gala", line.entry_id, volunteer="Table 2")


def test_the_servers_clock_leads(book: Book, clock: Clock) -> None:
    now = clock()
    waited = give(book, money(5000), age=timedelta(minutes=30))
    assert (waited.created_at, waited.typed_at) == (now, now - timedelta(minutes=30))
    for wrong in (timedelta(days=-1), timedelta(days=2)):
        assert give(book, money(5000), age=wrong).typed_at == now


def test_goods_have_no_amount_and_add_no_money(book: Book) -> None:
    give(book, NewEntry("gift", "goods", None, None, goods="rice, 25 kg bag", quantity=40))
    give(book, NewEntry("pledge", "goods", None, None, goods="rice, 25 kg bag", quantity=10))
    found = totals(book.lines("gala"))
    assert found.received == {}
    assert found.goods == {("rice, 25 kg bag", "gift"): 40, ("rice, 25 kg bag", "pledge"): 10}


@pytest.mark.parametrize(
    "unfit",
    [
        money(0),
        money(-5),
        money(5, "XXX"),
        NewEntry("gift", "goods", "EUR", 5, goods="rice"),
        NewEntry("gift", "goods", None, None),
        NewEntry("gift", "goods", None, None, goods="rice", quantity=0),
        NewEntry("gift", "cash", None, None, goods="rice"),
        NewEntry(cast(Kind, "loan"), "cash", "EUR", 5),
    ],
)
def test_what_no_form_sends_is_refused(book: Book, unfit: NewEntry) -> None:
    with pytest.raises(UnfitEntry):
        give(book, unfit)
    assert book.lines("gala") == ()


def test_a_match_counts_from_its_signature_and_never_more_than_its_most(book: Book) -> None:
    match = matches.offer_match(book, "gala", organisation="A bank", currency="EUR", percent=50, most=10_000)
    give(book, money(5001))
    lines = book.lines("gala")
    assert totals(lines, matches.matches(book, "gala")).matched == {}
    matches.sign_match(book, match, witness="Chair")
    matches.sign_match(book, match, witness="Another")
    assert matches.matches(book, "gala")[0].witness == "Chair"
    assert totals(lines, matches.matches(book, "gala")).matched == {"EUR": 2500}
    give(book, money(90_000))
    assert totals(book.lines("gala"), matches.matches(book, "gala")).matched == {"EUR": 10_000}
    with pytest.raises(NoSuchEntry):
        matches.sign_match(book, "nothing", witness="Chair")


def test_the_version_changes_with_everything_that_changes_a_screen(book: Book) -> None:
    seen = {book.version("gala")}
    line = give(book, money(500_000), needs_second=True)
    seen.add(book.version("gala"))
    book.confirm("gala", line.entry_id, volunteer="Table 2")
    seen.add(book.version("gala"))
    book.counter("gala", line.entry_id, reason="duplicate", volunteer="Table 1", key=fresh_key())
    seen.add(book.version("gala"))
    book.open_evening(gala())
    seen.add(book.version("gala"))
    assert len(seen) == 5


def test_the_remotes_commands_come_once_and_in_order(book: Book) -> None:
    key = fresh_key()
    first = remote.command(book, "gala", "pause", key=key)
    assert remote.command(book, "gala", "pause", key=key) == first
    remote.command(book, "gala", "next", key=fresh_key())
    assert [one.command for one in remote.commands(book, "gala", after=first.seq)] == ["next"]


def test_an_unknown_evening_and_a_foreign_entry_are_refused(book: Book) -> None:
    with pytest.raises(NoSuchEvening):
        book.settings("nowhere")
    line = give(book, money(5000))
    book.open_evening(replace(gala(), evening_id="other"))
    with pytest.raises(NoSuchEntry):
        book.confirm("other", line.entry_id, volunteer="Table 2")
    assert book.evenings() == ("gala", "other")


def test_a_locked_database_says_so_and_writes_nothing(book: Book) -> None:
    if book.engine.dialect.name == "postgresql":
        book.engine.dispose()
        away = Book(create_engine("postgresql+psycopg://samaki@127.0.0.1:1/none"))
        with pytest.raises(Busy):
            give(away, money(5000))
        return
    with book.engine.connect() as other:
        other.exec_driver_sql("COMMIT")
        other.exec_driver_sql("BEGIN EXCLUSIVE")
        with pytest.raises(Busy):
            give(book, money(5000))
        assert book.lines("gala") == (), "the wall reads on"
        other.exec_driver_sql("COMMIT")
        other.exec_driver_sql("BEGIN")
    give(book, money(5000))
    assert received(book) == {"EUR": 5000}


@pytest.mark.parametrize(
    "wrong", ["nonsense", "mysql://x/y", "sqlite://", "postgresql://u:secret@127.0.0.1:1/x"]
)
def test_an_address_that_cannot_be_opened_is_told_without_its_password(wrong: str) -> None:
    with pytest.raises(CannotOpen) as told:
        open_engine(wrong)
    assert "secret" not in str(told.value)


def test_the_ledger_lies_outside_the_product() -> None:
    assert address({"XDG_DATA_HOME": "/data"}) == "sqlite:////data/samaki/ledger.sqlite"
    assert address({"SAMAKI_LEDGER": "postgresql://db/x"}) == "postgresql://db/x"
