"""Amounts, times and entries of the evening as text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from utils.evening.codes import GiftCode
from utils.evening.tonight import Part, Rate
from utils.ledger.currencies import DECIMALS, decimal
from utils.ledger.model import Line
from utils.text.locale import Translator, formats


def amount(minor: int, currency: str, lang: str) -> str:
    """Return an amount to its smallest unit: ``EUR 1,250.00``."""
    return formats.money(float(decimal(minor, currency)), currency, lang, DECIMALS[currency])


def whole(minor: int, currency: str, lang: str) -> str:
    """Return an amount for the wall: without a fraction where there is none."""
    value = decimal(minor, currency)
    decimals = 0 if value == value.to_integral_value() else DECIMALS[currency]
    return formats.money(float(value), currency, lang, decimals)


def clock_time(moment: datetime, lang: str) -> str:
    """Return a time of day, ``20:41``, by the clock of this machine, which stands in the hall."""
    return formats.clock_time(moment.astimezone(), lang)


def line(_: Translator, entry: Line) -> str:
    """Return what was given: an amount, or goods."""
    if entry.amount is not None and entry.currency:
        return amount(entry.amount, entry.currency, _.lang)
    count = formats.number(entry.quantity, _.lang) + " × " if entry.quantity else ""
    return f"{count}{entry.goods}"


def parts(given: Iterable[Part], lang: str) -> str:
    """Return sums in the currencies they were given in."""
    return " + ".join(amount(part.amount, part.currency, lang) for part in given)


def rate(_: Translator, one: Rate, currency: str) -> str:
    """Return a rate with its day, marked where it is unofficial."""
    value = formats.number(float(one.value), _.lang, max(2, -int(one.value.normalize().as_tuple().exponent)))
    return _(
        "1 {currency} = {rate} {into} ({day})",
        currency=one.currency,
        rate=value,
        into=currency,
        day=formats.short_day(one.day, _.lang) if one.official else _unofficial(_, one),
    )


def _unofficial(_: Translator, one: Rate) -> str:
    return _("{day}, unofficial", day=formats.short_day(one.day, _.lang))


def why_hidden(_: Translator, one: GiftCode, day: date) -> str:
    """Return in one line which donation code is hidden on this day, and why."""
    if one.state(day) == "expired":
        return expired(_, one)
    return _("{institution}: not checked, so not shown", institution=one.institution)


def expired(_: Translator, one: GiftCode) -> str:
    """Return that the check of a donation code expired."""
    return _("{institution}: check expired on {day}", institution=one.institution, day=one.valid_until or "")


def checked(_: Translator, one: GiftCode) -> str:
    """Return who checked a donation code, and when."""
    return _("Checked by {post}, {day}", post=one.checked_by, day=one.checked_on or "")
