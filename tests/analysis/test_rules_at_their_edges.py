"""Rules of money and of the headline series at their edges, on releases of a few made-up rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.made_up import figure, release_of
from utils.analysis.displacement_series import (
    differing,
    headline,
    in_second_round,
    national,
    national_series,
    same_count,
)
from utils.analysis.exchange_rates import Currency, NoRate, convert, rate_day
from utils.analysis.model import Observation
from utils.releases import Release

AUGUST = date(2025, 8, 20)


def _rate(base: str, quote: str, on: date, rate: float) -> dict[str, Any]:
    return {"base": base, "quote": quote, "date": on, "rate": rate}


@pytest.fixture
def rates() -> Release:
    """One euro is 1.20 dollars, later 1.25; one euro is 9 yuan; one dollar is 4000 and later 4100 riel."""
    return release_of(
        fx_rates=[
            _rate("EUR", "USD", date(2025, 8, 15), 1.20),
            _rate("EUR", "USD", date(2025, 8, 18), 1.25),
            _rate("EUR", "CNY", date(2025, 8, 14), 9.0),
            _rate("USD", "KHR", date(2025, 8, 1), 4000.0),
            _rate("USD", "KHR", date(2025, 8, 31), 4100.0),
        ]
    )


@pytest.mark.parametrize(
    ("currency", "to", "official"),
    [
        ("EUR", "USD", True),
        ("USD", "EUR", True),
        ("CNY", "USD", True),
        ("CNY", "EUR", True),
        ("USD", "USD", True),
        ("EUR", "KHR", False),
        ("KHR", "EUR", False),
        ("USD", "KHR", False),
        ("KHR", "USD", False),
        ("KHR", "KHR", True),
    ],
)
def test_only_a_conversion_through_the_riel_is_unofficial(
    rates: Release, currency: str, to: Currency, official: bool
) -> None:
    assert convert(rates, amount=1, currency=currency, to=to, on=AUGUST).official is official


@pytest.mark.parametrize(
    ("on", "riel"),
    [
        (date(2025, 7, 1), 4000),
        (date(2025, 8, 15), 4000),
        (date(2025, 8, 16), 4000),
        (date(2025, 8, 17), 4100),
        (date(2025, 9, 9), 4100),
    ],
    ids=["before the first", "14 days from the first", "as far from both", "nearer the second", "after"],
)
def test_the_riel_takes_the_nearest_rate(rates: Release, on: date, riel: float) -> None:
    found = convert(rates, amount=2, currency="USD", to="KHR", on=on)
    assert found.amount == 2 * riel
    assert found.rate_day == (date(2025, 8, 1) if riel == 4000 else date(2025, 8, 31))


def test_a_conversion_over_two_rates_names_the_earlier_day(rates: Release) -> None:
    found = convert(rates, amount=90, currency="CNY", to="USD", on=AUGUST)
    assert found.amount == pytest.approx(12.50), "90 yuan are 10 euros, 10 euros are 12.50 dollars"
    assert found.rate_day == date(2025, 8, 14), "the yuan's rate is four days older than the dollar's"
    back = convert(rates, amount=12.5, currency="USD", to="EUR", on=date(2025, 8, 17))
    assert back.amount == pytest.approx(12.5 / 1.2)
    assert back.rate_day == date(2025, 8, 15)


def test_a_conversion_into_the_same_currency_names_the_day_asked(rates: Release) -> None:
    found = convert(rates, amount=7, currency="USD", to="USD", on=AUGUST)
    assert (found.amount, found.rate, found.rate_day) == (7, 1, AUGUST)


@pytest.mark.parametrize(
    ("row", "published", "day", "basis"),
    [
        ((date(2025, 8, 1), None, None), "", date(2025, 8, 1), "gift"),
        ((None, date(2025, 7, 1), date(2025, 7, 9)), "", date(2025, 7, 9), "end"),
        ((None, date(2025, 7, 1), None), "", date(2025, 7, 1), "start"),
        ((None, None, None), "2025-09", date(2025, 9, 1), "published"),
        ((None, None, None), "2025-09-04", date(2025, 9, 4), "published"),
        ((None, None, None), "2025", None, "none"),
        ((None, None, None), "", None, "none"),
    ],
)
def test_which_day_a_gift_takes(
    row: tuple[date | None, date | None, date | None], published: str, day: date | None, basis: str
) -> None:
    on, first, last = row
    assert rate_day({"date": on, "date_from": first, "date_to": last}, published) == (day, basis)


@pytest.mark.parametrize("currency", ["EUR", "CNY", "THB"])
def test_a_day_before_the_first_rate_has_no_rate(rates: Release, currency: str) -> None:
    with pytest.raises(NoRate):
        convert(rates, amount=1, currency=currency, to="USD", on=date(2025, 8, 13))


@pytest.mark.parametrize("currency", ["EUR", "CNY", "KHR"])
def test_a_record_without_rates_has_no_rate(currency: str) -> None:
    with pytest.raises(NoRate):
        convert(release_of(fx_rates=[]), amount=1, currency=currency, to="USD", on=AUGUST)


def _rows(*rows: dict[str, Any]) -> tuple[Observation, ...]:
    return national(release_of(displacement=list(rows)), "displaced_people")


DAY = date(2025, 12, 20)


@pytest.mark.parametrize(("headline_ok", "contradicts"), [(True, True), (False, False)])
def test_a_row_kept_off_headlines_contradicts_nothing(headline_ok: bool, contradicts: bool) -> None:
    chosen, other = _rows(
        figure(1, DAY, 20_000),
        figure(2, DAY, 30_000, counted_by="moi", headline_ok=headline_ok),
    )
    assert differing([chosen, other], chosen, days=1) == ((other,) if contradicts else ())


@pytest.mark.parametrize(("apart", "contradicts"), [(0, True), (3, True), (4, False)])
def test_another_counter_contradicts_within_the_days_asked(apart: int, contradicts: bool) -> None:
    chosen, other = _rows(
        figure(1, DAY, 20_000), figure(2, DAY + timedelta(days=apart), 30_000, counted_by="moi")
    )
    assert bool(differing([other], chosen, days=3)) is contradicts


@pytest.mark.parametrize(("apart", "contradicts"), [(0, True), (1, False)])
def test_a_counter_contradicts_itself_on_the_same_day_only(apart: int, contradicts: bool) -> None:
    chosen, other = _rows(figure(1, DAY, 20_000), figure(2, DAY + timedelta(days=apart), 30_000))
    assert bool(differing([other], chosen, days=3)) is contradicts


@pytest.mark.parametrize(
    ("counted_by", "qualifier", "value", "same"),
    [
        ("ncdm", "about", 20_200, True),
        ("ncdm", "about", 20_201, False),
        ("ncdm", "exact", 20_200, False),
        ("moi", "about", 20_200, False),
        ("moi", "exact", 20_000, True),
    ],
    ids=["1 % rounded", "more than 1 %", "not rounded", "another counter, rounded", "the same number"],
)
def test_what_repeats_a_count(counted_by: str, qualifier: str, value: float, same: bool) -> None:
    chosen, other = _rows(
        figure(1, DAY, 20_000),
        figure(2, DAY + timedelta(days=1), value, counted_by=counted_by, qualifier=qualifier),
    )
    assert same_count(other, chosen) is same


@pytest.mark.parametrize(("apart", "runs"), [(20, 1), (21, 1), (22, 2)])
def test_a_line_bridges_three_weeks_and_no_more(apart: int, runs: int) -> None:
    first = date(2026, 1, 10)
    release = release_of(
        displacement=[figure(1, first, 900), figure(2, first + timedelta(days=apart), 800)], series_breaks=[]
    )
    assert len(national_series(release).runs) == runs


@pytest.mark.parametrize(
    ("days", "runs"),
    [((5, 6), 1), ((6, 7), 2), ((7, 8), 1), ((6, 8), 2)],
)
def test_no_line_crosses_into_the_second_round(days: tuple[int, int], runs: int) -> None:
    first, second = (date(2025, 12, day) for day in days)
    release = release_of(displacement=[figure(1, first, 900), figure(2, second, 950)], series_breaks=[])
    assert len(national_series(release).runs) == runs


def test_the_second_round_begins_on_the_seventh_of_december() -> None:
    before, first = _rows(figure(1, date(2025, 12, 6), 1), figure(2, date(2025, 12, 7), 2))
    assert (in_second_round(before), in_second_round(first)) == (False, True)


@pytest.mark.parametrize(
    ("on", "leads"),
    [(date(2025, 8, 4), "mnd"), (date(2025, 8, 5), "mnd"), (date(2025, 8, 6), "ncdm")],
)
def test_the_defence_ministry_leads_until_the_fifth_of_august(on: date, leads: str) -> None:
    release = release_of(
        displacement=[figure(1, on, 100, counted_by="ncdm"), figure(2, on, 120, counted_by="mnd")]
    )
    assert [row.counted_by for row in headline(release)] == [leads]
