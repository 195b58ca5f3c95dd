"""The ledger: evenings, entries, and the triggers that keep every table append-only."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from utils.evening.ledger.migrations.append_only import protect
from utils.evening.ledger.tables import Moment

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _table(name: str, *columns: sa.Column[Any], of_evening: bool = True) -> None:
    first: list[sa.Column[Any]] = [sa.Column("seq", _NUMBER, primary_key=True)]
    if of_evening:
        first.append(
            sa.Column("evening_id", sa.String(40), sa.ForeignKey("evenings.evening_id"), nullable=False)
        )
    op.create_table(name, *first, *columns, sa.Column("created_at", Moment(), nullable=False))
    if of_evening:
        op.create_index(f"ix_{name}_evening_id", name, ["evening_id"])
    protect(name)


def _text(name: str, length: int, **more: Any) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=more.pop("nullable", False), **more)


def _of_entry(name: str, **more: Any) -> sa.Column[str]:
    nullable = more.pop("nullable", False)
    return sa.Column(name, sa.String(36), sa.ForeignKey("entries.entry_id"), nullable=nullable, **more)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, nullable=nullable)


def upgrade() -> None:
    """Make the tables."""
    _table("evenings", _text("evening_id", 40, unique=True), of_evening=False)
    _table(
        "settings",
        _text("currency", 3),
        _number("goal"),
        _number("opened_at"),
        sa.Column("milestones", sa.Text(), nullable=False),
        _number("second_person_from"),
        _number("undo_seconds"),
        _text("pin_hash", 200),
    )
    _table(
        "entries",
        _text("entry_id", 36, unique=True),
        _text("kind", 10),
        _text("currency", 3, nullable=True),
        _number("amount", nullable=True),
        _text("way", 12),
        _text("place", 80),
        _text("goods", 80),
        _number("quantity", nullable=True),
        _text("organisation", 80),
        _text("volunteer", 40),
        sa.Column("needs_second", sa.Boolean(), nullable=False),
        _text("key", 80, unique=True),
        sa.Column("typed_at", Moment(), nullable=False),
    )
    _table(
        "counters",
        _of_entry("entry_id", unique=True),
        _text("reason", 12),
        _of_entry("replaced_by", nullable=True),
        _text("volunteer", 40),
        _text("key", 80, unique=True),
    )
    _table("confirmations", _of_entry("entry_id", unique=True), _text("volunteer", 40))
    _table(
        "matches",
        _text("match_id", 36, unique=True),
        _text("organisation", 80),
        _text("currency", 3),
        _number("percent"),
        _number("most"),
    )
    match = sa.Column(
        "match_id", sa.String(36), sa.ForeignKey("matches.match_id"), nullable=False, unique=True
    )
    _table("signatures", match, _text("witness", 40), of_evening=False)
    _table("closings", sa.Column("cut_off", Moment(), nullable=False), _text("volunteer", 40))
    _table(
        "passes",
        _text("token_hash", 64, unique=True),
        _text("volunteer", 40),
        _text("pin_hash", 200),
        sa.Column("until", Moment(), nullable=False),
    )
    _table("wrong_pins", _text("client", 64))
    _table("commands", _text("command", 20), _text("key", 80, unique=True))


def downgrade() -> None:
    """Refuse: a ledger is never deleted by a command."""
    raise NotImplementedError("a ledger is not taken down")
