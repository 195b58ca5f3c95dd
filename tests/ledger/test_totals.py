"""Any evening adds up like a plain list of what counts, on both databases."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.evenings import fresh_key, gala, money
from utils.evening.ledger.book import Book
from utils.evening.ledger.errors import AlreadyCountered, NothingToConfirm
from utils.evening.ledger.model import NewEntry
from utils.evening.ledger.totals import totals

AMOUNTS = st.integers(1, 10_000_000)
CURRENCIES = st.sampled_from(["EUR", "USD", "KHR"])
KINDS = st.sampled_from(["gift", "pledge"])
ENTRY = st.tuples(st.just("enter"), KINDS, CURRENCIES, AMOUNTS, st.booleans())
AGAIN = st.tuples(st.just("again"), st.integers(0, 30))
UNDO = st.tuples(st.just("undo"), st.integers(0, 30))
CORRECT = st.tuples(st.just("correct"), st.integers(0, 30), CURRENCIES, AMOUNTS)
CONFIRM = st.tuples(st.just("confirm"), st.integers(0, 30))
STEPS = st.lists(st.one_of(ENTRY, ENTRY, AGAIN, UNDO, CORRECT, CONFIRM), max_size=25)


@dataclass
class Row:
    """A row on paper; ``sure`` once a large one was confirmed, ``struck`` once it was taken back."""

    entry_id: str
    key: str
    new: NewEntry
    large: bool
    sure: bool
    struck: bool = False


def sums(rows: list[Row], kind: str) -> dict[str, int]:
    found: Counter[str] = Counter()
    for row in rows:
        if row.new.kind == kind and row.sure and not row.struck:
            found[row.new.currency or ""] += row.new.amount or 0
    return dict(found)


def step(rows: list[Row], book: Book, evening: str, what: tuple[Any, ...]) -> None:
    if what[0] == "enter":
        _name, kind, currency, amount, large = what
        enter(rows, book, evening, Row("", fresh_key(), money(amount, currency, kind=kind), large, not large))
        return
    if not rows:
        return
    row = rows[what[1] % len(rows)]
    try:
        if what[0] == "again":
            enter([], book, evening, row)
        elif what[0] == "confirm":
            book.confirm(evening, row.entry_id, volunteer="Table 2")
            row.sure = True
        elif what[0] == "undo":
            book.undo(evening, row.entry_id, volunteer="Table 1", key=fresh_key())
            row.struck = True
        else:
            right = money(what[3], what[2], kind=row.new.kind)
            correct(rows, book, evening, row, right)
    except AlreadyCountered:
        assert row.struck
    except NothingToConfirm:
        assert row.struck or not row.large


def enter(rows: list[Row], book: Book, evening: str, row: Row) -> None:
    line = book.enter(
        evening, row.new, volunteer="Table 1", key=row.key, needs_second=row.large, age=timedelta(0)
    )
    row.entry_id = line.entry_id
    rows.append(row)


def correct(rows: list[Row], book: Book, evening: str, row: Row, right: NewEntry) -> None:
    key = fresh_key()
    said = book.counter(
        evening, row.entry_id, reason="mistyped", volunteer="Table 1", key=key, replacement=right
    )
    row.struck = True
    rows.append(Row(said.replaced_by, f"{key}:new", right, large=False, sure=True))


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_any_evening_adds_up_like_a_list_on_paper(book: Book, steps: list[tuple[Any, ...]]) -> None:
    evening = fresh_key()
    book.open_evening(replace(gala(), evening_id=evening))
    rows: list[Row] = []
    for what in steps:
        step(rows, book, evening, what)
    found = totals(book.lines(evening))
    assert found.received == sums(rows, "gift")
    assert found.promised == sums(rows, "pledge")
    assert len(book.lines(evening)) == len(rows)
