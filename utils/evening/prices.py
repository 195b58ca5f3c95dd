"""Unit stories: what one thing costs, only where a dated source of the record prints its price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from utils.analysis import observations
from utils.analysis.model import SourceRef
from utils.evening.ledger.currencies import DECIMALS
from utils.evening.tonight import Tonight, convert, opening_rate
from utils.releases import Release


@dataclass(frozen=True, slots=True)
class Price:
    """A printed price in the smallest unit of its currency."""

    amount: int
    currency: str
    printed_on: str
    source: SourceRef


def sourced_prices(release: Release, rows: Sequence[str]) -> tuple[Price, ...]:
    """Return the prices among these rows of the table of appeals.

    A row that is not there, is not exact, or whose source has no date is left out: nothing is guessed.
    """
    known = observations.sources(release)
    by_id = {row["appeal_id"]: row for row in observations.rows(release, "appeals")}
    found = []
    for row in (by_id[row_id] for row_id in rows if row_id in by_id):
        source = known[row["source_id"]]
        day = row["date"].isoformat() if row["date"] else source.published_on
        exact = row["amount_qualifier"] == "exact" and row["target_amount"]
        if exact and day and row["currency"] in DECIMALS:
            amount = int(Decimal(str(row["target_amount"])).scaleb(DECIMALS[row["currency"]]))
            found.append(Price(amount, row["currency"], day, source))
    return tuple(found)


def count_affordable(release: Release, now: Tonight, price: Price) -> int | None:
    """Return how many of a thing tonight's received money would pay, whole ones; ``None`` without a rate."""
    known = opening_rate(release, now.settings, price.currency)
    each = convert(price.amount, now.settings, price.currency, known)
    return now.received_sum // each if each else None
