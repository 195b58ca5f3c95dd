"""Reads the ledger's rows as the frozen types of :mod:`utils.evening.ledger.model`."""

from __future__ import annotations

import json
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from utils.evening.ledger.errors import NoSuchEntry, NoSuchEvening
from utils.evening.ledger.model import Cut, EveningSettings, Line, NewEntry
from utils.evening.ledger.sides import with_sides
from utils.evening.ledger.tables import Closing, Confirmation, Counter, Entry, Evening, Setting


def typed_entry(entry: Entry) -> NewEntry:
    """Return an entry as it was typed."""
    return NewEntry(
        kind=entry.kind,
        way=entry.way,
        currency=entry.currency,
        amount=entry.amount,
        place=entry.place,
        goods=entry.goods,
        quantity=entry.quantity,
        organisation=entry.organisation,
    )


def settings_of(session: Session, evening_id: str) -> EveningSettings:
    """Return what an evening is set to now. Raises :class:`NoSuchEvening`."""
    row = session.scalar(
        select(Setting).where(Setting.evening_id == evening_id).order_by(Setting.seq.desc()).limit(1)
    )
    if row is None:
        raise NoSuchEvening(evening_id=evening_id)
    named = session.scalars(select(Closing).where(Closing.evening_id == evening_id).order_by(Closing.seq))
    cuts = tuple(Cut(row.cut_off, row.created_at, row.volunteer) for row in named)
    (created_at,) = session.scalars(select(Evening.created_at).where(Evening.evening_id == evening_id))
    return EveningSettings(
        evening_id=evening_id,
        currency=row.currency,
        goal=row.goal,
        opened_at=row.opened_at,
        milestones=tuple(json.loads(row.milestones)),
        second_person_from=row.second_person_from,
        undo_seconds=row.undo_seconds,
        pin_hash=row.pin_hash,
        created_at=created_at,
        cut_off=cuts[-1].cut_off if cuts else None,
        cuts=cuts,
    )


def entry_of(session: Session, evening_id: str, entry_id: str) -> Entry:
    """Return an entry's row. Raises :class:`NoSuchEntry`."""
    found = session.scalar(select(Entry).where(Entry.entry_id == entry_id, Entry.evening_id == evening_id))
    if found is None:
        raise NoSuchEntry(entry_id=entry_id)
    return found


def lines_of(session: Session, evening_id: str, only: str | None) -> tuple[Line, ...]:
    """Return the entries of an evening in order, or ``only`` one, with what became of them."""
    wanted = (
        select(Entry, Counter, Confirmation)
        .outerjoin(Counter, Counter.entry_id == Entry.entry_id)
        .outerjoin(Confirmation, Confirmation.entry_id == Entry.entry_id)
        .where(Entry.evening_id == evening_id)
        .order_by(Entry.seq)
    )
    cut_off = session.scalar(
        select(Closing.cut_off).where(Closing.evening_id == evening_id).order_by(Closing.seq.desc()).limit(1)
    )
    if only is not None and cut_off is None:
        wanted = wanted.where(Entry.entry_id == only)
    lines = with_sides([_line(*row) for row in session.execute(wanted)], cut_off)
    return tuple(line for line in lines if only in (None, line.entry_id))


def _line(entry: Entry, counter: Counter | None, confirmation: Confirmation | None) -> Line:
    line = Line(
        seq=entry.seq,
        entry_id=entry.entry_id,
        kind=entry.kind,
        way=entry.way,
        currency=entry.currency,
        amount=entry.amount,
        place=entry.place,
        goods=entry.goods,
        quantity=entry.quantity,
        organisation=entry.organisation,
        volunteer=entry.volunteer,
        key=entry.key,
        typed_at=entry.typed_at,
        created_at=entry.created_at,
        needs_second=entry.needs_second,
        confirmed_by=confirmation.volunteer if confirmation else "",
        confirmed_at=confirmation.created_at if confirmation else None,
    )
    if counter is None:
        return line
    return replace(
        line,
        countered=counter.reason,
        countered_by=counter.volunteer,
        countered_at=counter.created_at,
        replaced_by=counter.replaced_by or "",
    )
