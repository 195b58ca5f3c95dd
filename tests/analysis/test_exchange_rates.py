"""Conversion at the gift's day: values a person can check with the bank's published rates."""

from datetime import date

import pytest

from utils.analysis.exchange_rates import NoRate, convert
from utils.releases import Release


def test_the_european_grant(public_release: Release) -> None:
    found = convert(public_release, amount=700_000, currency="EUR", to="USD", on=date(2025, 8, 20))
    assert found.amount == pytest.approx(815_570)
    assert (found.original, found.original_currency, found.rate_day) == (
        700_000,
        "EUR",
        date(2025, 8, 20),
    )


def test_the_chinese_package_crosses_the_euro(public_release: Release) -> None:
    found = convert(public_release, amount=20e6, currency="CNY", to="USD", on=date(2025, 12, 28))
    assert found.amount == pytest.approx(2_851_000, rel=1e-3)
    assert found.rate_day == date(2025, 12, 24), "28 December 2025 is a Sunday after the holidays"


def test_a_weekend_takes_the_last_rate_before(public_release: Release) -> None:
    sunday, friday = date(2025, 8, 17), date(2025, 8, 15)
    one = convert(public_release, amount=1, currency="EUR", to="USD", on=sunday)
    assert one.rate_day == friday
    assert one.rate == convert(public_release, amount=1, currency="EUR", to="USD", on=friday).rate


def test_the_riel_is_marked_unofficial(public_release: Release) -> None:
    found = convert(public_release, amount=1, currency="USD", to="KHR", on=date(2025, 8, 20))
    assert 3_980 < found.amount < 4_050
    assert not found.official


@pytest.mark.parametrize("currency", ["EUR", "CNY", "XXX"])
def test_no_rate_is_an_error_and_never_a_guess(public_release: Release, currency: str) -> None:
    with pytest.raises(NoRate) as caught:
        convert(public_release, amount=1, currency=currency, to="USD", on=date(2020, 1, 1))
    assert caught.value.currency == currency


@pytest.mark.parametrize("to", ["USD", "EUR", "KHR"])
def test_there_and_back_is_the_same(public_release: Release, to: str) -> None:
    day = date(2025, 12, 17)
    there = convert(public_release, amount=1000, currency="USD", to=to, on=day)  # type: ignore[arg-type]
    back = convert(public_release, amount=there.amount, currency=to, to="USD", on=day)
    assert back.amount == pytest.approx(1000)
