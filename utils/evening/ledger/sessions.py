"""Who may write in an evening: the PIN, the passes it gives to phones, and the lock after wrong PINs."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from utils.evening.ledger.book import Book
from utils.evening.ledger.tables import Ending, Evening, Pass, PinTry, Setting
from utils.text.locale import Message, lazy_gettext

PIN_LENGTH: Final = 6
LASTS: Final = timedelta(hours=14)
"""How long a phone keeps its pass: an evening and the counting after it."""
TRIES: Final = 10
TRIES_OF_ALL: Final = 100
LOCKED: Final = timedelta(minutes=15)
_COST: Final = {"n": 2**14, "r": 8, "p": 1}
_HASHING: Final = threading.Lock()
"""A hash takes sixteen megabytes, which the process would keep for each of many at once."""


class WrongPinGiven(Exception):
    """The PIN is wrong; ``left`` tries remain before the lock."""

    def __init__(self, *, left: int) -> None:
        super().__init__(f"{left} tries left")
        self.left = left
        self.message: Message = lazy_gettext("This PIN is wrong. Ask the committee for tonight's PIN.")


class Locked(Exception):
    """Too many wrong PINs; ``until`` is when the next try is heard."""

    def __init__(self, *, until: datetime) -> None:
        super().__init__(f"until {until.isoformat()}")
        self.until = until
        self.message: Message = lazy_gettext(
            "Too many wrong PINs. Wait a quarter of an hour, then try again."
        )


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a pass: the volunteer's label on entries."""

    evening_id: str
    volunteer: str


def new_pin() -> str:
    """Return a PIN by chance."""
    return f"{secrets.randbelow(10**PIN_LENGTH):0{PIN_LENGTH}d}"


def hash_pin(pin: str) -> str:
    """Return the salted hash of a PIN. Raises ``ValueError`` unless it is of six digits or more."""
    if not (pin.isascii() and pin.isdigit() and PIN_LENGTH <= len(pin) <= 12):
        raise ValueError("a PIN has 6 to 12 digits")
    salt = secrets.token_hex(16)
    return f"scrypt${salt}${_scrypt(pin, salt)}"


def _scrypt(pin: str, salt: str) -> str:
    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), **_COST).hex()


def _fits(pin: str, kept: str) -> bool:
    _name, salt, wanted = kept.split("$")
    return hmac.compare_digest(_scrypt(pin[:64], salt), wanted)


def give_pass(book: Book, evening_id: str, *, pin: str, volunteer: str, client: str) -> str:
    """Return a token for a phone that gives the right PIN.

    Raises :class:`Locked`, :class:`WrongPinGiven`, :class:`utils.evening.ledger.errors.NoSuchEvening`.
    """
    settings = book.settings(evening_id)
    address = hashlib.sha256(f"{evening_id}\n{client}".encode()).hexdigest()
    with _HASHING:
        given = _write_try(book, evening_id, address)
        if not _fits(pin, settings.pin_hash):
            if given.of_client >= TRIES or given.of_all >= TRIES_OF_ALL:
                raise Locked(until=book.now() + LOCKED)
            raise WrongPinGiven(left=TRIES - given.of_client)
        token = secrets.token_urlsafe(32)
        book.write(
            lambda s: s.add(
                Pass(
                    token_hash=_token_hash(token),
                    evening_id=evening_id,
                    volunteer=volunteer,
                    pin_hash=settings.pin_hash,
                    until=book.now() + LASTS,
                    created_at=book.now(),
                    try_seq=given.seq,
                )
            )
        )
    return token


def holder(book: Book, evening_id: str, token: str) -> Holder | None:
    """Return who holds a token, ``None`` when it is unknown, ended, over, or of an earlier PIN."""
    if not token:
        return None
    settings = book.settings(evening_id)
    hashed = _token_hash(token)
    ended = select(Ending.token_hash).where(Ending.token_hash == hashed)
    found = book.read(
        lambda s: s.scalar(
            select(Pass).where(
                Pass.token_hash == hashed, Pass.evening_id == evening_id, Pass.token_hash.not_in(ended)
            )
        )
    )
    if found is None or found.until < book.now() or found.pin_hash != settings.pin_hash:
        return None
    return Holder(evening_id, found.volunteer)


def end_pass(book: Book, evening_id: str, token: str) -> Holder | None:
    """End the pass of a phone that signs out. Returns who held it, ``None`` where nobody did."""
    found = holder(book, evening_id, token)
    if found is not None:
        ended = Ending(evening_id=evening_id, token_hash=_token_hash(token), created_at=book.now())
        book.write(lambda s: s.add(ended))
    return found


def _pin_since(session: Session, evening_id: str) -> datetime:
    """Return since when the evening has its PIN: wrong tries of an earlier PIN lock nobody out."""
    rows = session.execute(
        select(Setting.pin_hash, Setting.created_at)
        .where(Setting.evening_id == evening_id)
        .order_by(Setting.seq.desc())
    ).all()
    return min(since for kept, since in takewhile(lambda row: row[0] == rows[0][0], rows))


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Try:
    """A try as written; how many wrong ones there are of late if it is wrong, of its client and of all."""

    seq: int
    of_client: int
    of_all: int


def _write_try(book: Book, evening_id: str, address: str) -> _Try:
    """Write a try before it is judged, so that none passes unseen. Raises :class:`Locked`."""

    def work(session: Session) -> _Try:
        session.execute(select(Evening).where(Evening.evening_id == evening_id).with_for_update())
        right = select(Pass.try_seq).where(Pass.evening_id == evening_id, Pass.try_seq.is_not(None))
        recent = select(PinTry.client, PinTry.created_at).where(
            PinTry.evening_id == evening_id,
            PinTry.created_at > book.now() - LOCKED,
            PinTry.created_at >= _pin_since(session, evening_id),
            PinTry.seq.not_in(right),
        )
        wrong = session.execute(recent.order_by(PinTry.seq)).all()
        of_client = sum(row.client == address for row in wrong)
        if of_client >= TRIES or len(wrong) >= TRIES_OF_ALL:
            raise Locked(until=wrong[-1].created_at + LOCKED)
        row = PinTry(evening_id=evening_id, client=address, created_at=book.now())
        session.add(row)
        session.flush()
        return _Try(row.seq, of_client + 1, len(wrong) + 1)

    return book.write(work)
