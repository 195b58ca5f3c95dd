"""A phone may sign out: what ends a pass is a row of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from utils.evening.ledger.migrations.append_only import protect
from utils.evening.ledger.tables import Moment

revision = "0003"
down_revision = "0002"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table of passes that were given back."""
    op.create_table(
        "endings",
        sa.Column("seq", _NUMBER, primary_key=True),
        sa.Column("evening_id", sa.String(40), sa.ForeignKey("evenings.evening_id"), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
    )
    op.create_index("ix_endings_evening_id", "endings", ["evening_id"])
    op.create_index("ix_endings_token_hash", "endings", ["token_hash"])
    protect("endings")


def downgrade() -> None:
    """Refuse: a ledger is never deleted by a command."""
    raise NotImplementedError("a ledger is not taken down")
