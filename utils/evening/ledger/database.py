"""Opens the ledger's database and brings its tables up to date.

``SAMAKI_LEDGER`` is an SQLAlchemy address. Without it the ledger is a SQLite file in the user's own
data folder, outside the product's tree. PostgreSQL serves several processes.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
NO_ROOM: Final = "no space is left on its disk: free some, nothing that was written is lost"
_BUSY_MS: Final = 2000
"""How long a writer of SQLite waits for another before the phone must try again."""
_LOCK: Final = 4_615_102
_WRITES: Final = "samaki_writes"


class LedgerGone(Exception):
    """The file of an open ledger was moved, deleted or replaced: what is written now would be lost."""


class CannotOpen(Exception):
    """The ledger cannot be opened. The address is shown without its password."""

    def __init__(self, *, address: str, reason: str) -> None:
        super().__init__(f"the ledger at {address} cannot be opened: {reason}")
        self.address = address
        self.reason = reason


def address(environment: Mapping[str, str] = os.environ) -> str:
    """Return the address of the ledger's database."""
    named = environment.get("SAMAKI_LEDGER")
    if named:
        return named
    return f"sqlite:///{_own_file(environment)}"


def _own_file(environment: Mapping[str, str]) -> Path:
    """Return the ledger in the user's own data folder."""
    home = Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return home / "samaki" / "ledger.sqlite"


def open_engine(where: str) -> Engine:
    """Return an engine whose tables are up to date. Raises :class:`CannotOpen`."""
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:
        raise CannotOpen(address="SAMAKI_LEDGER", reason="not a database address") from error
    shown = url.render_as_string(hide_password=True)
    try:
        engine = _engine(url)
        with writing(engine).begin() as connection:
            _migrate(connection)
        _mark(url)
    except (SQLAlchemyError, CommandError, OSError, ImportError, ValueError) as error:
        raise CannotOpen(address=shown, reason=reason_of(error)) from error
    return engine


def reason_of(error: Exception) -> str:
    """Return in plain words why a database cannot be opened."""
    if isinstance(error, CommandError):
        return "it was written by a newer version"
    if isinstance(error, OSError) and error.errno in FULL:
        return NO_ROOM
    if isinstance(error, OSError | ValueError):
        return getattr(error, "strerror", None) or str(error)
    cause = str(error.orig) if isinstance(error, DBAPIError) else ""
    known = {
        "not a database": "the file is not a SQLite database",
        "readonly": "the file cannot be written",
        "disk is full": NO_ROOM,
        "malformed": "the file is damaged: bring back the newest copy of it",
        "unable to open database file": "the file cannot be opened or made there",
    }
    return next((reason for mark, reason in known.items() if mark in cause), "the database does not answer")


def writing(engine: Engine) -> Engine:
    """Return the engine for transactions that write: on SQLite they take the lock at their start."""
    return engine.execution_options(**{_WRITES: True})


def _engine(url: URL) -> Engine:
    name = url.get_backend_name()
    if name == "postgresql":
        from utils.evening.ledger.postgres import create_postgres_engine  # a driver that SQLite needs not

        return create_postgres_engine(url)
    if name != "sqlite" or not url.database or url.database == ":memory:":
        raise ValueError("expected a SQLite file or a PostgreSQL database")
    file = Path(url.database)
    if file == _own_file(os.environ):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    elif not file.parent.is_dir():  # a drive that is not mounted is not made up
        raise ValueError("its folder is not there")
    if file.is_dir():
        raise ValueError("it is a folder, not a file")
    _expect(file)
    if not file.exists():
        _make(file)
    opened = file.stat()

    def connect() -> sqlite3.Connection:
        """Connect to the file that is there: a ledger that is gone is never made anew."""
        where = f"file:{quote(str(file.absolute()))}?mode=rw"
        return sqlite3.connect(where, uri=True, timeout=_BUSY_MS / 1000, check_same_thread=False)

    def begin(connection: Connection) -> None:
        if not file.exists() or not os.path.samestat(opened, file.stat()):
            raise LedgerGone(f"{file} is not the ledger that was opened: bring it back, then start again")
        _begin(connection)

    engine = create_engine(url, creator=connect)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", begin)
    return engine


def _make(file: Path) -> None:
    """Make an empty file that only its owner reads. Raises ``ValueError`` and ``OSError``."""
    try:
        file.touch(mode=0o600)
    except OSError as error:
        if error.errno in FULL:
            raise
        raise ValueError("the file cannot be opened or made there") from error


def _mark_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.opened")


def _expect(file: Path) -> None:
    """Raise ``ValueError`` where a ledger was and is no more: a new one would hide the gifts of the old."""
    mark = _mark_of(file)
    known = mark.exists() or file.with_name(f"{file.name}-wal").exists()
    if known and (not file.exists() or not file.stat().st_size):
        raise ValueError(
            f"it was there before and is gone or empty: bring it back, or delete {mark.name} "
            "beside it to begin a new one"
        )


def _mark(url: URL) -> None:
    """Leave a mark beside the file of a ledger, which says that one is expected there from now on."""
    if url.get_backend_name() == "sqlite" and url.database and not _mark_of(Path(url.database)).exists():
        _mark_of(Path(url.database)).write_text("A ledger of Samaki is kept beside this file.\n", "utf-8")


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins no transactions of its own
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_MS}"):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(connection: Connection) -> None:
    """Run what is lacking, one process at a time: SQLite is locked already, PostgreSQL is asked to.

    Raises ``ValueError`` for a file of another program.
    """
    if connection.dialect.name == "sqlite":
        tables = inspect(connection).get_table_names()
        if tables and "alembic_version" not in tables:
            raise ValueError("it is a database of something else")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    settings = Config()
    settings.set_main_option("script_location", str(_MIGRATIONS))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
