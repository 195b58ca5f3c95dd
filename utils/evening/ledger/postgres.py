"""PostgreSQL with a limit in seconds on everything: a server that hangs may not hold up who asks it."""

from __future__ import annotations

from typing import Any, Final

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Dialect
from sqlalchemy.pool import ConnectionPoolEntry

CONNECTIONS: Final = 5
"""As many as the evening has threads (:mod:`utils.evening.http`)."""
SECONDS: Final = 3
"""How long is waited for a connection, for an answer, and for a free connection of the pool."""
_LIMITS: Final = {
    "connect_timeout": SECONDS,
    "options": f"-c statement_timeout={SECONDS}s",
    "tcp_user_timeout": SECONDS * 1000,
}


class TimedConnection(psycopg.Connection[Any]):
    """A connection that is closed when the server has not answered in time.

    The other limits are kept by the server or the network; a server that stands still keeps none.
    """

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for an answer. Raises :class:`psycopg.OperationalError` after :data:`SECONDS`."""
        try:
            return super().wait(gen, interval, timeout or SECONDS)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.close()
            raise


def create_postgres_engine(url: URL) -> Engine:
    """Return an engine with these limits; those in the address lead."""
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=SECONDS,
    )
    event.listen(engine, "do_connect", _connect)
    return engine


def _connect(
    _dialect: Dialect, _entry: ConnectionPoolEntry, words: list[Any], named: dict[str, Any]
) -> TimedConnection:
    return TimedConnection.connect(*words, **{**_LIMITS, **named})
