"""Organisations that match gifts. An offer counts for nothing until it is signed."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from utils.evening.ledger.book import Book
from utils.evening.ledger.currencies import DECIMALS
from utils.evening.ledger.errors import NoSuchEntry, UnfitEntry
from utils.evening.ledger.model import MatchLine
from utils.evening.ledger.reading import settings_of
from utils.evening.ledger.tables import Match, Signature


def offer_match(
    book: Book, evening_id: str, *, organisation: str, currency: str, percent: int, most: int
) -> str:
    """Write an organisation's offer; it counts for nothing until it is signed. Returns its id."""
    if currency not in DECIMALS or not 0 < percent <= 1000 or most <= 0 or not organisation:
        raise UnfitEntry(field="match")

    def work(session: Session) -> str:
        settings_of(session, evening_id)
        match = Match(
            match_id=str(uuid.uuid4()),
            evening_id=evening_id,
            organisation=organisation,
            currency=currency,
            percent=percent,
            most=most,
            created_at=book.now(),
        )
        session.add(match)
        return match.match_id

    return book.write(work)


def sign_match(book: Book, match_id: str, *, witness: str) -> None:
    """Write that the match was signed before ``witness``. Raises :class:`NoSuchEntry`."""

    def work(session: Session) -> None:
        if session.scalar(select(Match.seq).where(Match.match_id == match_id)) is None:
            raise NoSuchEntry(entry_id=match_id)
        if session.scalar(select(Signature.seq).where(Signature.match_id == match_id)) is None:
            session.add(Signature(match_id=match_id, witness=witness, created_at=book.now()))

    book.write(work)


def matches(book: Book, evening_id: str) -> tuple[MatchLine, ...]:
    """Return the matches of an evening, signed or not."""

    def work(session: Session) -> tuple[MatchLine, ...]:
        rows = session.execute(
            select(Match, Signature)
            .outerjoin(Signature, Signature.match_id == Match.match_id)
            .where(Match.evening_id == evening_id)
            .order_by(Match.seq)
        )
        return tuple(
            MatchLine(
                match_id=match.match_id,
                organisation=match.organisation,
                currency=match.currency,
                percent=match.percent,
                most=match.most,
                witness=signature.witness if signature else "",
                signed_at=signature.created_at if signature else None,
            )
            for match, signature in rows
        )

    return book.read(work)
