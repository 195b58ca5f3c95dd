"""An evening as tests use it, and short ways to write in it."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from utils.evening.ledger.book import Book
from utils.evening.ledger.model import EveningSettings, Kind, Line, NewEntry, Way
from utils.evening.ledger.sessions import hash_pin

PIN = "271828"
PIN_HASH = hash_pin(PIN)
_keys = itertools.count()


class Clock:
    """A clock that a test moves."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def move(self, step: timedelta) -> None:
        """Go on, or back."""
        self.moment += step


def gala() -> EveningSettings:
    """Return an evening: goal 10,000 EUR, opened at 250 EUR, a second person from 1,000 EUR."""
    return EveningSettings(
        evening_id="gala",
        currency="EUR",
        goal=1_000_000,
        opened_at=25_000,
        milestones=(250_000, 500_000),
        second_person_from=100_000,
        undo_seconds=120,
        pin_hash=PIN_HASH,
        created_at=datetime(2026, 11, 28, 18, 0, tzinfo=UTC),
    )


def fresh_key() -> str:
    """Return a key that was not used before."""
    return f"test-key-{next(_keys)}"


def money(amount: int, currency: str = "EUR", *, kind: Kind = "gift", way: Way = "cash") -> NewEntry:
    """Return an entry of money in the smallest unit."""
    return NewEntry(kind=kind, way=way, currency=currency, amount=amount)


def give(
    book: Book,
    new: NewEntry,
    *,
    volunteer: str = "Table 1",
    key: str | None = None,
    needs_second: bool = False,
    age: timedelta = timedelta(0),
) -> Line:
    """Enter a gift in the gala."""
    return book.enter(
        "gala", new, volunteer=volunteer, key=key or fresh_key(), needs_second=needs_second, age=age
    )
