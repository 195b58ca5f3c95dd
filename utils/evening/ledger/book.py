"""The ledger's book: what may be written, each once, and what it then holds.

Entries are never changed: an undo, a correction, a paid promise is a counter-entry, with or without a
new entry that stands in place of the old one. Every write carries a key; the same key writes once.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session

from utils.evening.ledger.currencies import DECIMALS
from utils.evening.ledger.database import NO_ROOM, LedgerGone, open_engine, reason_of, writing
from utils.evening.ledger.errors import (
    AlreadyCountered,
    Busy,
    KeyTaken,
    NoRoom,
    NoSuchEntry,
    NothingToConfirm,
    SamePerson,
    TooLate,
    UnfitEntry,
)
from utils.evening.ledger.input_limits import same_label
from utils.evening.ledger.model import (
    EVENING_ID,
    KINDS,
    REASONS,
    WAYS,
    EveningSettings,
    Line,
    NewEntry,
    Reason,
)
from utils.evening.ledger.reading import entry_of, lines_of, settings_of, typed_entry
from utils.evening.ledger.tables import (
    Closing,
    Confirmation,
    Counter,
    Entry,
    Evening,
    Match,
    Setting,
    Signature,
)

LONGEST_AGE: Final = timedelta(hours=24)
"""How long an entry may have waited on a phone; what claims more was typed now."""
_RETRIES: Final = 3
_PAUSE_SECONDS: Final = 2.0
"""How long nobody asks a database that did not answer, so that nobody queues up to wait for it."""

T = TypeVar("T")


def utc_now() -> datetime:
    """Return the server's time, the only clock of the ledger."""
    return datetime.now(UTC)


class Book:
    """A ledger. One for each process and database; safe to use from several threads."""

    def __init__(self, engine: Engine, *, now: Callable[[], datetime] = utc_now) -> None:
        self.engine = engine
        self.now = now
        self._ask_again = 0.0

    @property
    def silent(self) -> bool:
        """Return whether the database did not answer when it was asked last."""
        return self._ask_again > 0

    @classmethod
    def open(cls, address: str, *, now: Callable[[], datetime] = utc_now) -> Book:
        """Open the ledger at ``address``. Raises :class:`utils.evening.ledger.database.CannotOpen`."""
        return cls(open_engine(address), now=now)

    def read(self, work: Callable[[Session], T]) -> T:
        """Run a reading. Raises :class:`Busy` when the database does not answer."""

        def attempt() -> T:
            with Session(self.engine) as session:
                return work(session)

        return self._ask(attempt)

    def write(self, work: Callable[[Session], T]) -> T:
        """Run a writing as one transaction, anew when another writer came between.

        Raises :class:`Busy` when the database is locked or away. Nothing was written then, unless it fell
        silent at the end: the key of what is written keeps it from being written twice.
        """

        def attempt() -> T:
            with Session(writing(self.engine), expire_on_commit=False) as session, session.begin():
                return work(session)

        for _retry in range(_RETRIES - 1):
            try:
                return self._ask(attempt)
            except IntegrityError:
                continue
        return self._ask(attempt)

    def _ask(self, attempt: Callable[[], T]) -> T:
        """Return what ``attempt`` does. Raises :class:`Busy`, at once while the database is silent."""
        if time.monotonic() < self._ask_again:
            raise Busy
        try:
            result = attempt()
        except (OperationalError, NoConnection, LedgerGone) as error:
            if not isinstance(error, DBAPIError) or error.connection_invalidated or error.statement is None:
                self._ask_again = time.monotonic() + _PAUSE_SECONDS
            raise (NoRoom if reason_of(error) == NO_ROOM else Busy) from error
        self._ask_again = 0.0
        return result

    # evenings

    def open_evening(self, settings: EveningSettings) -> None:
        """Write an evening, or new settings of one. Raises ``ValueError`` when they make no sense."""
        amounts = (settings.opened_at, settings.second_person_from, settings.undo_seconds)
        if not EVENING_ID.fullmatch(settings.evening_id):
            raise ValueError("an evening's name is made of small letters, digits and hyphens")
        if settings.currency not in DECIMALS:
            raise ValueError(f"unknown currency {settings.currency!r}")
        if settings.goal <= 0 or min(amounts) < 0 or any(step <= 0 for step in settings.milestones):
            raise ValueError("the goal is above zero, no amount is below it")

        def work(session: Session) -> None:
            if session.scalar(select(Evening).where(Evening.evening_id == settings.evening_id)) is None:
                session.add(Evening(evening_id=settings.evening_id, created_at=self.now()))
                session.flush()
            session.add(
                Setting(
                    evening_id=settings.evening_id,
                    currency=settings.currency,
                    goal=settings.goal,
                    opened_at=settings.opened_at,
                    milestones=json.dumps(sorted(set(settings.milestones))),
                    second_person_from=settings.second_person_from,
                    undo_seconds=settings.undo_seconds,
                    pin_hash=settings.pin_hash,
                    created_at=self.now(),
                )
            )

        self.write(work)

    def evenings(self) -> tuple[str, ...]:
        """Return the names of all evenings, the newest last."""
        return self.read(lambda s: tuple(s.scalars(select(Evening.evening_id).order_by(Evening.seq))))

    def settings(self, evening_id: str) -> EveningSettings:
        """Return what an evening is set to now. Raises :class:`NoSuchEvening`."""
        return self.read(lambda session: settings_of(session, evening_id))

    # entries

    def enter(
        self, evening_id: str, new: NewEntry, *, volunteer: str, key: str, needs_second: bool, age: timedelta
    ) -> Line:
        """Write an entry once; the same key again returns what was written.

        ``age`` is how long the entry waited on the phone. Raises :class:`NoSuchEvening`,
        :class:`UnfitEntry`, :class:`KeyTaken`, :class:`Busy`.
        """
        _check(new)

        def work(session: Session) -> str:
            known = session.scalar(select(Entry).where(Entry.key == key))
            if known is not None:
                if known.evening_id != evening_id or typed_entry(known) != new:
                    raise KeyTaken(key=key)
                return known.entry_id
            settings_of(session, evening_id)
            return self._add(session, evening_id, new, volunteer, key, needs_second, age).entry_id

        entry_id = self.write(work)
        return self.line(evening_id, entry_id)

    def _add(
        self,
        session: Session,
        evening_id: str,
        new: NewEntry,
        volunteer: str,
        key: str,
        needs_second: bool,
        age: timedelta,
    ) -> Entry:
        now = self.now()
        waited = age if timedelta(0) <= age <= LONGEST_AGE else timedelta(0)
        entry = Entry(
            entry_id=str(uuid.uuid4()),
            evening_id=evening_id,
            kind=new.kind,
            currency=new.currency,
            amount=new.amount,
            way=new.way,
            place=new.place,
            goods=new.goods,
            quantity=new.quantity,
            organisation=new.organisation,
            volunteer=volunteer,
            needs_second=needs_second,
            key=key,
            typed_at=now - waited,
            created_at=now,
        )
        session.add(entry)
        session.flush()
        return entry

    def undo(self, evening_id: str, entry_id: str, *, volunteer: str, key: str) -> Line:
        """Take back one's own entry within the evening's time.

        Raises :class:`SamePerson` for another's entry, :class:`TooLate`, and as :meth:`counter`.
        """
        line = self.line(evening_id, entry_id)
        allowed = timedelta(seconds=self.settings(evening_id).undo_seconds)
        if line.volunteer != volunteer:
            raise SamePerson(needed=True)
        if not line.countered and self.now() - line.created_at > allowed:
            raise TooLate(seconds=int(allowed.total_seconds()))
        return self.counter(evening_id, entry_id, reason="undo", volunteer=volunteer, key=key)

    def counter(
        self,
        evening_id: str,
        entry_id: str,
        *,
        reason: Reason,
        volunteer: str,
        key: str,
        replacement: NewEntry | None = None,
        needs_second: bool = False,
    ) -> Line:
        """Take an entry out of every total, with a new entry in its place or without.

        The reason ``paid`` is for promises: a gift stands in its place, of the same content without
        ``replacement``. Returns the countered entry. The same key again changes nothing.

        Raises :class:`NoSuchEntry`, :class:`AlreadyCountered`, :class:`KeyTaken`, :class:`UnfitEntry`,
        :class:`Busy`.
        """
        if reason not in REASONS:
            raise UnfitEntry(field="reason")
        if replacement is not None:
            _check(replacement)

        def work(session: Session) -> None:
            entry = entry_of(session, evening_id, entry_id)
            known = session.scalar(select(Counter).where(Counter.key == key))
            if known is not None:
                if known.entry_id != entry_id or known.reason != reason:
                    raise KeyTaken(key=key)
                return
            if session.scalar(select(Counter).where(Counter.entry_id == entry_id)) is not None:
                raise AlreadyCountered(entry_id=entry_id)
            right = _payment(entry, replacement) if reason == "paid" else replacement
            new = (
                self._add(session, evening_id, right, volunteer, f"{key}:new", needs_second, timedelta(0))
                if right
                else None
            )
            session.add(
                Counter(
                    entry_id=entry_id,
                    evening_id=evening_id,
                    reason=reason,
                    replaced_by=new.entry_id if new else None,
                    volunteer=volunteer,
                    key=key,
                    created_at=self.now(),
                )
            )

        self.write(work)
        return self.line(evening_id, entry_id)

    def confirm(self, evening_id: str, entry_id: str, *, volunteer: str) -> Line:
        """Write the second person's yes; a second yes changes nothing.

        Raises :class:`NoSuchEntry`, :class:`SamePerson`, :class:`NothingToConfirm`, :class:`Busy`.
        """

        def work(session: Session) -> None:
            entry = entry_of(session, evening_id, entry_id)
            countered = session.scalar(select(Counter.seq).where(Counter.entry_id == entry_id))
            if not entry.needs_second or countered is not None:
                raise NothingToConfirm(entry_id=entry_id)
            if same_label(entry.volunteer, volunteer):
                raise SamePerson(needed=False)
            if session.scalar(select(Confirmation.seq).where(Confirmation.entry_id == entry_id)) is None:
                session.add(
                    Confirmation(
                        entry_id=entry_id, evening_id=evening_id, volunteer=volunteer, created_at=self.now()
                    )
                )

        self.write(work)
        return self.line(evening_id, entry_id)

    def line(self, evening_id: str, entry_id: str) -> Line:
        """Return one entry. Raises :class:`NoSuchEntry`."""
        found = self.lines(evening_id, only=entry_id)
        if not found:
            raise NoSuchEntry(entry_id=entry_id)
        return found[0]

    def lines(self, evening_id: str, *, only: str | None = None) -> tuple[Line, ...]:
        """Return every entry of an evening in the order they came, with what became of them."""
        return self.read(lambda session: lines_of(session, evening_id, only))

    def version(self, evening_id: str) -> tuple[int, ...]:
        """Return numbers that change whenever anything of the evening changed."""

        def work(session: Session) -> tuple[int, ...]:
            kinds = (Setting, Entry, Counter, Confirmation, Match, Closing)
            marks = [
                select(func.coalesce(func.max(kind.seq), 0))
                .where(kind.evening_id == evening_id)
                .scalar_subquery()
                for kind in kinds
            ]
            signed = select(func.coalesce(func.max(Signature.seq), 0)).scalar_subquery()
            (version,) = session.execute(select(*marks, signed))
            return tuple(version)

        return self.read(work)


def _payment(promise: Entry, typed: NewEntry | None) -> NewEntry:
    """Return the gift that pays a promise. Raises :class:`UnfitEntry` where the entry is none."""
    if promise.kind != "pledge":
        raise UnfitEntry(field="reason")
    return replace(typed or typed_entry(promise), kind="gift")


def _check(new: NewEntry) -> None:
    """Raise :class:`UnfitEntry` for an entry that no honest form would send."""
    money = new.amount is not None
    if new.kind not in KINDS:
        raise UnfitEntry(field="kind")
    if new.way not in WAYS or (new.way == "goods") == money:
        raise UnfitEntry(field="way")
    if money and (new.currency not in DECIMALS or (new.amount or 0) <= 0):
        raise UnfitEntry(field="amount")
    if not money and (new.currency is not None or not new.goods):
        raise UnfitEntry(field="goods")
    if new.quantity is not None and not 0 < new.quantity <= 1_000_000:
        raise UnfitEntry(field="quantity")
