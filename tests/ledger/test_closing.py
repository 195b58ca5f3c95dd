"""The cut-off: named once, moved only on purpose, and nothing falls between its two sides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ledger.evenings import Clock, fresh_key, give, money
from utils.evening.ledger.book import Book
from utils.evening.ledger.closing import close_evening
from utils.evening.ledger.errors import ClosedBefore, CutOffAhead, CutOffBack, UnfitEntry
from utils.evening.ledger.model import Line, NewEntry
from utils.evening.ledger.sides import as_named
from utils.evening.ledger.totals import Totals, totals

MINUTE = timedelta(minutes=1)


def close(book: Book, clock: Clock) -> None:
    clock.move(MINUTE)
    close_evening(book, "gala", cut_off=None, volunteer="Chair")
    clock.move(MINUTE)


def side(book: Book, *, late: bool) -> Totals:
    return totals(line for line in book.lines("gala") if line.late == late)


def correct(book: Book, wrong: Line, right: NewEntry) -> Line:
    countered = book.counter(
        "gala", wrong.entry_id, reason="mistyped", volunteer="Table 2", key=fresh_key(), replacement=right
    )
    return book.line("gala", countered.replaced_by)


def pay(book: Book, promise: Line, paid: NewEntry | None = None) -> Line:
    countered = book.counter(
        "gala", promise.entry_id, reason="paid", volunteer="Table 2", key=fresh_key(), replacement=paid
    )
    return book.line("gala", countered.replaced_by)


def test_a_correction_stands_where_the_corrected_entry_stands(book: Book, clock: Clock) -> None:
    give(book, money(572_858))
    wrong = give(book, money(1_200))
    close(book, clock)
    again = correct(book, wrong, money(1_250))
    assert not again.late
    assert not correct(book, again, money(1_300)).late, "also what is corrected twice"
    assert side(book, late=False).received == {"EUR": 574_158}
    assert side(book, late=True).received == {}
    (cut,) = book.settings("gala").cuts
    assert totals(as_named(book.lines("gala"), cut)).received == {"EUR": 574_058}, "what was signed for"
    late = give(book, money(700))
    assert correct(book, late, money(800)).late
    assert side(book, late=True).received == {"EUR": 800}
    assert side(book, late=False).received == {"EUR": 574_158}


def test_a_promise_paid_after_closing_is_received_late_and_promised_no_more(book: Book, clock: Clock) -> None:
    promise, early = give(book, money(20_000, kind="pledge")), give(book, money(300, kind="pledge"))
    assert not pay(book, early).late
    close(book, clock)
    paid = pay(book, promise)
    assert (paid.kind, paid.amount, paid.late) == ("gift", 20_000, True)
    assert (side(book, late=False).promised, side(book, late=False).received) == ({}, {"EUR": 300})
    assert (side(book, late=True).promised, side(book, late=True).received) == ({}, {"EUR": 20_000})
    assert correct(book, paid, money(15_000)).late, "a payment corrected stays a late payment"


def test_paying_never_makes_a_second_promise(book: Book) -> None:
    promise, gift = give(book, money(20_000, kind="pledge")), give(book, money(100))
    assert pay(book, promise, money(15_000, kind="pledge", way="card")).kind == "gift"
    assert side(book, late=False).promised == {}
    assert side(book, late=False).received == {"EUR": 15_100}
    with pytest.raises(UnfitEntry):
        pay(book, gift)


def test_a_cut_off_is_named_once_and_moved_only_on_purpose(book: Book, clock: Clock) -> None:
    give(book, money(500))
    start = clock()
    clock.move(MINUTE)
    give(book, money(70))
    clock.move(MINUTE)
    with pytest.raises(CutOffAhead):
        close_evening(book, "gala", cut_off=clock() + MINUTE, volunteer="Chair")
    with pytest.raises(CutOffBack) as back:
        close_evening(book, "gala", cut_off=start, volunteer="Chair")
    assert back.value.entries == 1
    assert book.settings("gala").cut_off is None
    first = close_evening(book, "gala", cut_off=None, volunteer="Chair")
    assert first == clock()
    clock.move(MINUTE)
    for again in (None, start, first):
        with pytest.raises(ClosedBefore):
            close_evening(book, "gala", cut_off=again, volunteer="Chair")
    assert book.settings("gala").cut_off == first
    assert close_evening(book, "gala", cut_off=start, volunteer="Treasurer", move=True) == start
    cuts = book.settings("gala").cuts
    assert [(cut.cut_off, cut.volunteer) for cut in cuts] == [(first, "Chair"), (start, "Treasurer")]
    assert side(book, late=False).received == {"EUR": 500}
    assert side(book, late=True).received == {"EUR": 70}
    lines = book.lines("gala")
    assert [totals(as_named(lines, cut)).received["EUR"] for cut in cuts] == [570, 500]


def test_what_was_confirmed_or_undone_later_was_not_signed_for_so(book: Book, clock: Clock) -> None:
    large, wrong = give(book, money(500_000), needs_second=True), give(book, money(900))
    close(book, clock)
    book.confirm("gala", large.entry_id, volunteer="Table 2")
    book.undo("gala", wrong.entry_id, volunteer="Table 1", key=fresh_key())
    give(book, money(40), age=5 * MINUTE)
    assert side(book, late=False).received == {"EUR": 500_040}
    (cut,) = book.settings("gala").cuts
    assert totals(as_named(book.lines("gala"), cut)).received == {"EUR": 900}
