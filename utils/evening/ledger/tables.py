"""The tables of the ledger. Every table is append-only: the database itself refuses UPDATE and DELETE."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, DateTime, ForeignKey, Integer, String, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from utils.evening.ledger.model import Control, Kind, Reason, Way


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write UTC. A moment without a zone is a defect: ``ValueError``."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment of the ledger needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read UTC; SQLite keeps no zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_Number = BigInteger().with_variant(Integer(), "sqlite")


class Table(DeclarativeBase):
    """The base of all tables; ``seq`` is the order in which rows came."""

    type_annotation_map: dict[Any, Any] = {datetime: Moment(), int: _Number, str: String(), bool: Boolean()}  # noqa: RUF012


class Evening(Table):
    """An evening; what it is set to stands in :class:`Setting`."""

    __tablename__ = "evenings"
    seq: Mapped[int] = mapped_column(primary_key=True)
    evening_id: Mapped[str] = mapped_column(String(40), unique=True)
    created_at: Mapped[datetime]


class Setting(Table):
    """What an evening is set to, from ``created_at`` on; the newest row leads.

    Amounts are in the smallest unit of ``currency``. ``milestones`` is a JSON list of amounts.
    """

    __tablename__ = "settings"
    seq: Mapped[int] = mapped_column(primary_key=True)
    evening_id: Mapped[str] = mapped_column(ForeignKey("evenings.evening_id"), index=True)
    currency: Mapped[str] = mapped_column(String(3))
    goal: Mapped[int]
    opened_at: Mapped[int]
    milestones: Mapped[str] = mapped_column(Text())
    second_person_from: Mapped[int]
    undo_seconds: Mapped[int]
    pin_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class Entry(Table):
    """A gift or a pledge. ``amount`` is in the smallest unit, ``None`` for goods.

    ``created_at`` is the server's time; ``typed_at`` is the server's time less the age that the phone sent.
    """

    __tablename__ = "entries"
    seq: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(String(36), unique=True)
    evening_id: Mapped[str] = mapped_column(ForeignKey("evenings.evening_id"), index=True)
    kind: Mapped[Kind] = mapped_column(String(10))
    currency: Mapped[str | None] = mapped_column(String(3))
    amount: Mapped[int | None]
    way: Mapped[Way] = mapped_column(String(12))
    place: Mapped[str] = mapped_column(String(80))
    goods: Mapped[str] = mapped_column(String(80))
    quantity: Mapped[int | None]
    organisation: Mapped[str] = mapped_column(String(80))
    volunteer: Mapped[str] = mapped_column(String(40))
    needs_second: Mapped[bool]
    key: Mapped[str] = mapped_column(String(80), unique=True)
    typed_at: Mapped[datetime]
    created_at: Mapped[datetime]


class Counter(Table):
    """Takes one entry out of every total, once. ``replaced_by`` names the entry that stands for it."""

    __tablename__ = "counters"
    seq: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.entry_id"), unique=True)
    evening_id: Mapped[str] = mapped_column(ForeignKey("evenings.evening_id"), index=True)
    reason: Mapped[Reason] = mapped_column(String(12))
    replaced_by: Mapped[str | None] = mapped_column(ForeignKey("entries.entry_id"))
    volunteer: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(80), unique=True)
    created_at: Mapped[datetime]


class Confirmation(Table):
    """The second person's yes to a large entry."""

    __tablename__ = "confirmations"
    seq: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.entry_id"), unique=True)
    evening_id: Mapped[str] = mapped_column(ForeignKey("evenings.evening_id"), index=True)
    volunteer: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]


class Match(Table):
    """An organisation's offer to match gifts of one currency, counted from its signature on.

    ``percent`` of what is received in ``currency``, at most ``most`` (smallest unit).
    """

    __tablename__ = "matches"
    seq: Mapped[int] = mapped_column(primary_key=True)
    match_id: Mapped[str] = mapped_column(String(36), unique=True)
    evening_id: Mapped[str] = mapped_column(ForeignKey("evenings.evening_id"), index=True)
    organisation: Mapped[str] = mapped_column(String(80))
    currency: Mapped[str] = mapped_column(String(3))
    percent: Mapped[int]
    most: Mapped[int]
    created_at: Mapped[datetime]


class Signature(Table):
    """The signature under a match, seen by ``witness``."""

    __tablename__ = "signatures"
    seq: Mapped[int] = mapped_column(primary_key=True)
    match_id: Mapped[str] = mapped_column(ForeignKey("matches.match_id"), unique=True)
    witness: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]


class Closing(Table):
    """The cut-off of an evening; the newest row leads."""

    __tablename__ = "closings"
    seq: Mapped[int] = mapped_column(primary_key=True)
    evening_id: Mapped[str] = mapped_column(ForeignKey("evenings.evening_id"), index=True)
    cut_off: Mapped[datetime]
    volunteer: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]


class Pass(Table):
    """A phone that gave the right PIN with the try ``try_seq``; only the hash of its token is kept."""

    __tablename__ = "passes"
    seq: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    evening_id: Mapped[str] = mapped_column(ForeignKey("evenings.evening_id"), index=True)
    volunteer: Mapped[str] = mapped_column(String(40))
    pin_hash: Mapped[str] = mapped_column(String(200))
    until: Mapped[datetime]
    created_at: Mapped[datetime]
    try_seq: Mapped[int | None]


class Ending(Table):
    """A pass that its phone gave back when it signed out."""

    __tablename__ = "endings"
    seq: Mapped[int] = mapped_column(primary_key=True)
    evening_id: Mapped[str] = mapped_column(ForeignKey("evenings.evening_id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime]


class PinTry(Table):
    """A PIN given by a client (a hash of its address); it was wrong unless a :class:`Pass` names it."""

    __tablename__ = "wrong_pins"
    seq: Mapped[int] = mapped_column(primary_key=True)
    evening_id: Mapped[str] = mapped_column(ForeignKey("evenings.evening_id"), index=True)
    client: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class Command(Table):
    """A command that the phone remote gave the wall."""

    __tablename__ = "commands"
    seq: Mapped[int] = mapped_column(primary_key=True)
    evening_id: Mapped[str] = mapped_column(ForeignKey("evenings.evening_id"), index=True)
    command: Mapped[Control] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(80), unique=True)
    created_at: Mapped[datetime]


TABLES = tuple(Table.metadata.tables)
"""The names of the tables."""
