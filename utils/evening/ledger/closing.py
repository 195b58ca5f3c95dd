"""Closes an evening: its cut-off is named once, and moved only where that is asked for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from utils.evening.ledger.book import Book
from utils.evening.ledger.errors import ClosedBefore, CutOffAhead, CutOffBack
from utils.evening.ledger.reading import lines_of, settings_of
from utils.evening.ledger.sides import with_sides
from utils.evening.ledger.tables import Closing


def close_evening(
    book: Book, evening_id: str, *, cut_off: datetime | None, volunteer: str, move: bool = False
) -> datetime:
    """Name the cut-off, now where it is ``None``: what was typed later stands apart. Returns it.

    Raises :class:`utils.evening.ledger.errors.NoSuchEvening`, :class:`CutOffAhead`, and unless ``move``
    is true :class:`ClosedBefore`, and :class:`CutOffBack` where entries that count were typed later.
    """

    def work(session: Session) -> datetime:
        known, now = settings_of(session, evening_id), book.now()
        moment = cut_off or now
        if moment > now:
            raise CutOffAhead(cut_off=moment)
        if known.cut_off is not None and not move:
            raise ClosedBefore(cut_off=known.cut_off)
        lines = with_sides(lines_of(session, evening_id, None), moment)
        later = [line for line in lines if line.late and line.counts]
        if cut_off is not None and later and not move:
            raise CutOffBack(entries=len(later))
        session.add(Closing(evening_id=evening_id, cut_off=moment, volunteer=volunteer, created_at=now))
        return moment

    return book.write(work)
