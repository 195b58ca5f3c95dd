"""Commands of the phone remote to the wall, each once and in order."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from utils.evening.ledger.book import Book
from utils.evening.ledger.errors import UnfitEntry
from utils.evening.ledger.model import CONTROLS, LASTING, Control, ControlLine
from utils.evening.ledger.reading import settings_of
from utils.evening.ledger.tables import Command


def command(book: Book, evening_id: str, command: Control, *, key: str) -> ControlLine:
    """Write a command of the remote, once for each key. Raises :class:`UnfitEntry`."""
    if command not in CONTROLS:
        raise UnfitEntry(field="command")

    def work(session: Session) -> ControlLine:
        row = session.scalar(select(Command).where(Command.key == key))
        if row is None:
            settings_of(session, evening_id)
            row = Command(evening_id=evening_id, command=command, key=key, created_at=book.now())
            session.add(row)
            session.flush()
        return ControlLine(row.seq, command)

    return book.write(work)


def standing(book: Book, evening_id: str) -> tuple[int, tuple[Control, ...]]:
    """Return the newest command's number and the commands that still hold: a pause, a blank, a theme."""

    def work(session: Session) -> tuple[int, tuple[Control, ...]]:
        mine = select(Command).where(Command.evening_id == evening_id).order_by(Command.seq.desc()).limit(1)
        newest = session.scalars(mine).first()
        rows = [session.scalars(mine.where(Command.command.in_(group))).first() for group in LASTING]
        return newest.seq if newest else 0, tuple(row.command for row in rows if row)

    return book.read(work)


def commands(book: Book, evening_id: str, *, after: int) -> tuple[ControlLine, ...]:
    """Return the remote's commands after ``after``, in order."""

    def work(session: Session) -> Sequence[Command]:
        mine = select(Command).where(Command.evening_id == evening_id, Command.seq > after)
        return session.scalars(mine.order_by(Command.seq).limit(50)).all()

    return tuple(ControlLine(row.seq, row.command) for row in book.read(work))
