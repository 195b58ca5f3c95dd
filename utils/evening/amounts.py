"""Amounts, times and entries of the evening as text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from utils.evening.codes import GiftCode
from utils.evening.ledger.currencies import DECIMALS, decimal
from utils.evening.ledger.model import Line
from utils.evening.tonight import Part, Rate
from utils.text.locale import Translator, formats


def format_amount(minor: int, currency: str, lang: str) -> str:
    """Return an amount to its smallest unit: ``EUR 1,250.00``."""
    return formats.format_money(float(decimal(minor, currency)), currency, lang, DECIMALS[currency])


def format_short_amount(minor: int, currency: str, lang: str) -> str:
    """Return an amount for the wall: without a fraction where there is none."""
    value = decimal(minor, currency)
    decimals = 0 if value == value.to_integral_value() else DECIMALS[currency]
    return formats.format_money(float(value), currency, lang, decimals)


def format_time(moment: datetime, lang: str) -> str:
    """Return a time of day, ``20:41``, by the clock of this machine, which stands in the hall."""
    return formats.format_clock_time(moment.astimezone(), lang)


def format_entry(_: Translator, entry: Line) -> str:
    """Return what was given: an amount, or goods."""
    if entry.amount is not None and entry.currency:
        return format_amount(entry.amount, entry.currency, _.lang)
    count = formats.format_number(entry.quantity, _.lang) + " × " if entry.quantity else ""
    return f"{count}{entry.goods}"


def format_parts(given: Iterable[Part], lang: str) -> str:
    """Return sums in the currencies they were given in."""
    return " + ".join(format_amount(part.amount, part.currency, lang) for part in given)


def format_rate(_: Translator, used: Rate, currency: str) -> str:
    """Return a rate with its day, marked where it is unofficial."""
    value = formats.format_number(
        float(used.value), _.lang, max(2, -int(used.value.normalize().as_tuple().exponent))
    )
    return _(
        "1 {currency} = {rate} {into} ({day})",
        currency=used.currency,
        rate=value,
        into=currency,
        day=formats.format_short_day(used.day, _.lang) if used.official else _unofficial(_, used),
    )


def _unofficial(_: Translator, used: Rate) -> str:
    return _("{day}, unofficial", day=formats.format_short_day(used.day, _.lang))


def explain_hidden_code(_: Translator, code: GiftCode, day: date) -> str:
    """Return in one line which donation code is hidden on this day, and why."""
    if code.state(day) == "expired":
        return describe_expiry(_, code)
    return _("{institution}: not checked, so not shown", institution=code.institution)


def describe_expiry(_: Translator, code: GiftCode) -> str:
    """Return that the check of a donation code expired."""
    return _(
        "{institution}: check expired on {day}", institution=code.institution, day=code.valid_until or ""
    )


def describe_check(_: Translator, code: GiftCode) -> str:
    """Return who checked a donation code, and when."""
    return _("Checked by {post}, {day}", post=code.checked_by, day=code.checked_on or "")
