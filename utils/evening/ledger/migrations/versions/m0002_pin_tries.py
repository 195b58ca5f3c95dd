"""A try of a PIN is written before it is judged: the pass that it gave names it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Let a pass name its try."""
    op.add_column("passes", sa.Column("try_seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))


def downgrade() -> None:
    """Refuse: a ledger is never deleted by a command."""
    raise NotImplementedError("a ledger is not taken down")
