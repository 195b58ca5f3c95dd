"""Who may write in an evening: the PIN, the passes it gives to phones, and the lock after wrong PINs."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from utils.evening.ledger.book import Book
from utils.evening.ledger.tables import Pass, WrongPin
from utils.text.locale import Message, lazy_gettext

PIN_LENGTH: Final = 6
LASTS: Final = timedelta(hours=14)
"""How long a phone keeps its pass: an evening and the counting after it."""
TRIES: Final = 10
TRIES_OF_ALL: Final = 100
LOCKED: Final = timedelta(minutes=15)
_COST: Final = {"n": 2**14, "r": 8, "p": 1}


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
    _refuse_if_locked(book, evening_id, address)
    if not _fits(pin, settings.pin_hash):
        book.write(lambda s: s.add(WrongPin(evening_id=evening_id, client=address, created_at=book.now())))
        _refuse_if_locked(book, evening_id, address)
        raise WrongPinGiven(left=TRIES - _wrong(book, evening_id, address)[0])
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
            )
        )
    )
    return token


def holder(book: Book, evening_id: str, token: str) -> Holder | None:
    """Return who holds a token, ``None`` when it is unknown, over, or of an earlier PIN."""
    if not token:
        return None
    settings = book.settings(evening_id)
    found = book.read(
        lambda s: s.scalar(
            select(Pass).where(Pass.token_hash == _token_hash(token), Pass.evening_id == evening_id)
        )
    )
    if found is None or found.until < book.now() or found.pin_hash != settings.pin_hash:
        return None
    return Holder(evening_id, found.volunteer)


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _wrong(book: Book, evening_id: str, address: str) -> tuple[int, int, datetime | None]:
    """Return the wrong PINs of late: of one client, of all, and when the last one was."""
    since = book.now() - LOCKED

    def work(session: Session) -> tuple[int, int, datetime | None]:
        recent = select(WrongPin).where(WrongPin.evening_id == evening_id, WrongPin.created_at > since)
        mine = recent.where(WrongPin.client == address)
        count = select(func.count())
        last = session.scalars(recent.order_by(WrongPin.seq.desc()).limit(1)).first()
        return (
            session.scalar(count.select_from(mine.subquery())) or 0,
            session.scalar(count.select_from(recent.subquery())) or 0,
            last.created_at if last else None,
        )

    return book.read(work)


def _refuse_if_locked(book: Book, evening_id: str, address: str) -> None:
    mine, everyone, last = _wrong(book, evening_id, address)
    if last is not None and (mine >= TRIES or everyone >= TRIES_OF_ALL):
        raise Locked(until=last + LOCKED)
