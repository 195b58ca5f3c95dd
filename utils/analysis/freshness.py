"""Ages of figures at view time, by the thresholds of the HDX for the expected frequency."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from utils.analysis.model import Age, Freshness

_THRESHOLDS: Final = {
    # days until due, overdue, delinquent: HDX data freshness
    "every_day": (1, 2, 3),
    "every_week": (7, 14, 21),
    "every_month": (30, 44, 60),
}


def assess_freshness(as_of: date | None, expected_frequency: str, today: date) -> Freshness:
    """Return the age of a figure. Days are never negative, whatever the clock says.

    A series published ``as_needed`` does not age, as on the HDX. Raises ``KeyError`` for an
    unknown frequency. Source of the thresholds: HDX "Data Freshness".
    """
    if expected_frequency == "as_needed" and as_of is not None:
        return assess_settled(as_of, today)
    due, overdue, delinquent = _THRESHOLDS[expected_frequency]
    if as_of is None:
        return Freshness(Age.UNDATED, None)
    days = max(0, (today - as_of).days)
    if days >= delinquent:
        return Freshness(Age.DELINQUENT, days)
    if days >= overdue:
        return Freshness(Age.OVERDUE, days)
    return Freshness(Age.DUE if days >= due else Age.FRESH, days)


def assess_settled(as_of: date | None, today: date) -> Freshness:
    """Return the age of a fact of a past day, such as a peak: it does not become stale."""
    return Freshness(Age.SETTLED, None if as_of is None else max(0, (today - as_of).days))


def find_overdue_day(as_of: date, expected_frequency: str) -> date | None:
    """Return the day from which a figure counts as overdue; ``None`` for one that does not age."""
    if expected_frequency == "as_needed":
        return None
    return as_of + timedelta(days=_THRESHOLDS[expected_frequency][1])
