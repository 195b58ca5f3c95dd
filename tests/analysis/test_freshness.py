"""Ages by the thresholds of the Humanitarian Data Exchange, computed on the day of viewing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.analysis.freshness import assess_freshness, assess_settled
from utils.analysis.model import Age

DAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("frequency", "days", "age"),
    [
        ("every_day", 0, Age.FRESH),
        ("every_day", 2, Age.OVERDUE),
        ("every_day", 3, Age.DELINQUENT),
        ("every_week", 6, Age.FRESH),
        ("every_week", 7, Age.DUE),
        ("every_week", 14, Age.OVERDUE),
        ("every_week", 21, Age.DELINQUENT),
        ("as_needed", 400, Age.SETTLED),
    ],
)
def test_thresholds(frequency: str, days: int, age: Age) -> None:
    assert assess_freshness(DAY, frequency, DAY + timedelta(days=days)).age is age


@given(st.dates(), st.dates())
def test_days_are_never_negative(as_of: date, today: date) -> None:
    assert (assess_freshness(as_of, "every_day", today).days or 0) >= 0
    assert (assess_settled(as_of, today).days or 0) >= 0


def test_without_a_date_there_is_no_age() -> None:
    found = assess_freshness(None, "every_week", DAY)
    assert (found.age, found.days) == (Age.UNDATED, None)
