"""Amounts in another currency: the last European Central Bank rate on or before the gift's day.

Source of the rule: docs/design.md §4.8. The riel is not quoted by the bank; the nearest dated rate is
used and marked unofficial.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from utils.analysis import observations
from utils.releases import Release, per_release

Currency = Literal["USD", "EUR", "KHR"]
CURRENCIES: Final[tuple[Currency, ...]] = ("USD", "EUR", "KHR")
DayBasis = Literal["gift", "end", "start", "published", "none"]


class NoRate(Exception):
    """No rate is known for a currency on or before a day."""

    def __init__(self, *, currency: str, on: date) -> None:
        super().__init__(f"no rate of {currency} on or before {on.isoformat()}")
        self.currency = currency
        self.on = on


@dataclass(frozen=True, slots=True)
class Conversion:
    """An amount in the asked currency with what it was made from.

    ``rate`` is units of ``currency`` for one unit of ``original_currency``, of ``rate_day``;
    ``day_basis`` says which day of the gift was taken; ``official`` is false where the riel is in it.
    """

    amount: float
    currency: Currency
    original: float
    original_currency: str
    rate: float
    rate_day: date
    day_basis: DayBasis
    official: bool


@dataclass(frozen=True, slots=True)
class _Series:
    days: tuple[date, ...]
    rates: tuple[float, ...]

    def on_or_before(self, day: date) -> tuple[date, float] | None:
        index = bisect.bisect_right(self.days, day) - 1
        return (self.days[index], self.rates[index]) if index >= 0 else None

    def nearest(self, day: date) -> tuple[date, float]:
        index = min(range(len(self.days)), key=lambda i: abs((self.days[i] - day).days))
        return self.days[index], self.rates[index]


@per_release
def _rates(release: Release) -> Mapping[tuple[str, str], _Series]:
    found: dict[tuple[str, str], list[tuple[date, float]]] = defaultdict(list)
    for row in observations.rows(release, "fx_rates"):
        found[row["base"], row["quote"]].append((row["date"], row["rate"]))
    return {
        pair: _Series(
            days=tuple(day for day, _rate in sorted(points)),
            rates=tuple(rate for _day, rate in sorted(points)),
        )
        for pair, points in found.items()
    }


def rate_day(row: Mapping[str, Any], published_on: str) -> tuple[date | None, DayBasis]:
    """Return the day whose rate a gift takes: its date, else end, else start, else publication.

    A gift without any of them has no day (``"none"``) and takes the newest rate of the record.
    """
    if row["date"]:
        return row["date"], "gift"
    if row["date_to"]:
        return row["date_to"], "end"
    if row["date_from"]:
        return row["date_from"], "start"
    parts = published_on.split("-") if published_on else []
    if len(parts) >= 2:
        whole = [*(int(part) for part in parts), 1][:3]
        return date(whole[0], whole[1], whole[2]), "published"
    return None, "none"


def convert(
    release: Release,
    *,
    amount: float,
    currency: str,
    to: Currency,
    on: date,
    day_basis: DayBasis = "gift",
) -> Conversion:
    """Convert ``amount`` of ``currency`` into ``to`` at the rate of ``on``. Raises :class:`NoRate`."""
    (from_day, from_rate), (to_day, to_rate) = (
        _per_dollar(release, currency, on),
        _per_dollar(release, to, on),
    )
    rate = to_rate / from_rate
    days = [day for day in (from_day, to_day) if day is not None]
    return Conversion(
        amount=amount * rate,
        currency=to,
        original=amount,
        original_currency=currency,
        rate=rate,
        rate_day=min(days, default=on),
        day_basis=day_basis,
        official="KHR" not in (currency, to) or currency == to,
    )


def _per_dollar(release: Release, currency: str, on: date) -> tuple[date | None, float]:
    """Return units of ``currency`` for one US dollar, and the day of the rate."""
    rates = _rates(release)
    if currency == "USD":
        return None, 1.0
    if currency == "KHR":
        series = rates.get(("USD", "KHR"))
        if series is None:
            raise NoRate(currency=currency, on=on)
        return series.nearest(on)
    dollars = rates.get(("EUR", "USD"))
    euro_in_dollars = dollars.on_or_before(on) if dollars else None
    if euro_in_dollars is None:
        raise NoRate(currency=currency, on=on)
    if currency == "EUR":
        return euro_in_dollars[0], 1.0 / euro_in_dollars[1]
    series = rates.get(("EUR", currency))
    euro_in_currency = series.on_or_before(on) if series else None
    if euro_in_currency is None:
        raise NoRate(currency=currency, on=on)
    return euro_in_currency[0], euro_in_currency[1] / euro_in_dollars[1]
