"""Whatever happens in an evening, the sheet, the wall and a list by hand have the same sums on both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.evenings import Clock, fresh_key, gala, money
from utils.evening.ledger.book import Book
from utils.evening.ledger.closing import close_evening
from utils.evening.ledger.errors import (
    AlreadyCountered,
    ClosedBefore,
    NothingToConfirm,
    TooLate,
    UnfitEntry,
)
from utils.evening.ledger.model import Kind
from utils.evening.sheet.reconciliation import Money, build_sheet
from utils.evening.tonight import load_tonight
from utils.releases import Release
from utils.text.locale import translator

STEP = st.tuples(
    st.sampled_from(["gift", "gift", "pledge", "undo", "correct", "pay", "confirm", "close", "restart"]),
    st.integers(0, 20),
    st.integers(1, 5_000_000),
    st.booleans(),
    st.booleans(),
)


@dataclass
class Row:
    """A line on paper; ``sure`` once a second person said yes, ``struck`` once it was taken back."""

    entry_id: str
    kind: Kind
    currency: str
    amount: int
    large: bool
    late: bool
    sure: bool
    struck: bool = False


@dataclass
class Paper:
    """The list that somebody keeps by hand beside the ledger."""

    path: Path
    evening: str
    book: Book
    clock: Clock
    closed: bool = False
    signed: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: list[Row] = field(default_factory=list)

    def sums(self, *, late: bool) -> Counter[tuple[str, str]]:
        """Add up one side by kind and currency."""
        found: Counter[tuple[str, str]] = Counter()
        for row in self.rows:
            if row.late == late and row.sure and not row.struck:
                found[row.kind, row.currency] += row.amount
        return found

    def do(self, step: tuple[str, int, int, bool, bool]) -> None:
        """Carry out one step in the ledger and on paper; ``again`` sends it twice: its reply was lost."""
        name, number, amount, flag, again = step
        self.clock.move(timedelta(seconds=7))
        if name == "restart":
            self.book.engine.dispose()
            self.book = Book.open(f"sqlite:///{self.path}", now=self.clock)
        elif name == "close":
            self.close()
        elif name in ("gift", "pledge"):
            self.enter("gift" if name == "gift" else "pledge", amount, large=flag, again=again)
        elif self.rows:
            row = self.rows[number % len(self.rows)]
            getattr(self, name)(row, amount, twice if again else once)

    def enter(self, kind: Kind, amount: int, *, large: bool, again: bool) -> None:
        currency = ("EUR", "USD", "KHR")[amount % 3]
        key, new = fresh_key(), money(amount, currency, kind=kind)
        for _sending in range(1 + again):
            line = self.book.enter(
                self.evening, new, volunteer="Table 1", key=key, needs_second=large, age=timedelta(0)
            )
        self.rows.append(Row(line.entry_id, kind, currency, amount, large, self.closed, not large))

    def undo(self, row: Row, _amount: int, send: Callable[[Callable[[], object]], object]) -> None:
        key = fresh_key()
        try:
            send(lambda: self.book.undo(self.evening, row.entry_id, volunteer="Table 1", key=key))
        except AlreadyCountered:
            assert row.struck
        except TooLate:
            assert not row.struck
        else:
            row.struck = True

    def correct(self, row: Row, amount: int, send: Callable[[Callable[[], object]], object]) -> None:
        right = money(amount, row.currency, kind=row.kind)
        key = fresh_key()
        try:
            send(
                lambda: self.book.counter(
                    self.evening,
                    row.entry_id,
                    reason="mistyped",
                    volunteer="Table 1",
                    key=key,
                    replacement=right,
                )
            )
        except AlreadyCountered:
            assert row.struck
        else:
            self.stand_in(row, Row("", row.kind, row.currency, amount, False, row.late, True))

    def pay(self, row: Row, _amount: int, send: Callable[[Callable[[], object]], object]) -> None:
        key = fresh_key()
        try:
            send(
                lambda: self.book.counter(
                    self.evening, row.entry_id, reason="paid", volunteer="Table 1", key=key
                )
            )
        except AlreadyCountered:
            assert row.struck
        except UnfitEntry:
            assert row.kind == "gift"
        else:
            self.stand_in(row, Row("", "gift", row.currency, row.amount, False, self.closed, True))

    def stand_in(self, row: Row, right: Row) -> None:
        row.struck = True
        right.entry_id = self.book.line(self.evening, row.entry_id).replaced_by
        self.rows.append(right)

    def confirm(self, row: Row, _amount: int, send: Callable[[Callable[[], object]], object]) -> None:
        try:
            send(lambda: self.book.confirm(self.evening, row.entry_id, volunteer="Table 2"))
        except NothingToConfirm:
            assert row.struck or not row.large
        else:
            row.sure = True

    def close(self) -> None:
        try:
            close_evening(self.book, self.evening, cut_off=None, volunteer="Chair")
        except ClosedBefore:
            assert self.closed
            return
        self.closed, self.signed = True, self.sums(late=False)


def once(work: Callable[[], object]) -> object:
    return work()


def twice(work: Callable[[], object]) -> object:
    work()
    return work()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sides") / "ledger.sqlite"


@pytest.mark.hypothesis
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, max_size=25))
def test_sheet_wall_and_paper_agree_on_both_sides(
    public_release: Release, path: Path, steps: list[tuple[str, int, int, bool, bool]]
) -> None:
    clock = Clock(datetime(2026, 11, 28, 19, 0, tzinfo=UTC))
    evening = fresh_key()
    paper = Paper(path, evening, Book.open(f"sqlite:///{path}", now=clock), clock)
    paper.book.open_evening(replace(gala(), evening_id=evening))
    for step in steps:
        paper.do(step)
    now = load_tonight(public_release, paper.book, evening)
    paper.book.engine.dispose()
    closed, late = paper.sums(late=False), paper.sums(late=True)
    wall = Counter({("gift", part.currency): part.amount for part in now.received})
    wall += Counter({("pledge", part.currency): part.amount for part in now.promised})
    assert wall == closed
    made = build_sheet(translator("en"), now)
    assert listed(made.sections, "currencies") == closed
    assert listed(made.sections, "ways") == closed
    assert listed(made.sections, "entries") == closed
    assert listed(made.sections, "late_sums") == late
    assert listed(made.sections, "late") == late
    changed: Counter[tuple[str, str]] = Counter()
    for section in made.sections:
        for what, was, change, is_now in section.rows if section.key == "since" else ():
            assert isinstance(change, Money)
            kind = KINDS[str(what)], change.currency
            assert (was, is_now) == (Money(paper.signed[kind], kind[1]), Money(closed[kind], kind[1]))
            changed[kind] += change.minor
    if paper.closed:
        expected = {kind: closed[kind] - paper.signed[kind] for kind in closed | paper.signed}
        assert changed == {kind: change for kind, change in expected.items() if change}


KINDS = {"Received": "gift", "Promised": "pledge", "Gift received": "gift", "Promise": "pledge"}


def listed(sections: tuple[object, ...], key: str) -> Counter[tuple[str, str]]:
    """Add up the column of money of one table of the sheet by kind and currency."""
    found: Counter[tuple[str, str]] = Counter()
    for section in sections:
        if getattr(section, "key", "") != key:
            continue
        for row in getattr(section, "rows", ()):
            kind = next(KINDS[cell] for cell in row if isinstance(cell, str) and cell in KINDS)
            cell = row[1] if key in ("currencies", "late_sums") else row[-1]
            assert isinstance(cell, Money)
            found[kind, cell.currency] += cell.minor
    return found
