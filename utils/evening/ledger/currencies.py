"""Currencies that may be typed, and the smallest unit each is counted in at a fundraising table."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

DECIMALS: Final = {
    "USD": 2,
    "EUR": 2,
    "KHR": 0,  # nobody hands over less than a riel
    "AUD": 2,
    "CAD": 2,
    "CHF": 2,
    "CNY": 2,
    "GBP": 2,
    "JPY": 0,
    "KRW": 0,
    "THB": 2,
}
"""Decimal places by ISO 4217 code. An amount of the ledger is a whole number of the smallest unit."""


def decimal(minor: int, currency: str) -> Decimal:
    """Return an amount in the currency's main unit. Raises ``KeyError`` for an unknown currency."""
    return Decimal(minor).scaleb(-DECIMALS[currency])
