"""Numbers, dates and money for each language (CLDR through Babel). The only place they are formatted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from gettext import c2py
from typing import Final

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_datetime
from babel.messages.plurals import get_plural
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent

from utils.text.locale.digits import choose_numbering, strip_digits, write_digits
from utils.text.locale.languages import SOURCE_LANGUAGE, language_of

_PERCENT: Final = "percent"


@cache
def _locale(lang: str) -> Locale:
    """Return CLDR's data of a language code, with or without its digits."""
    return Locale(strip_digits(lang))


@cache
def _alpha2(country: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of an alpha-3 code; ``""`` for a code that CLDR does not know."""
    return str(next(iter(get_global("territory_aliases").get(country, ())), ""))


@lru_cache(maxsize=8192)
def format_number(value: float, lang: str, decimals: int | None = None) -> str:
    """Format a count or measure: ``172094`` is ``172,094``, ``172 094`` or ``172.094``.

    Without ``decimals``, as many as the value has, two at most: ``17.5`` is not written as ``17.50``.
    """
    pattern = "#,##0.##" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return write_digits(
        format_decimal(value, format=pattern, locale=_locale(lang), numbering_system=choose_numbering(lang)),
        lang,
    )


@lru_cache(maxsize=1024)
def translate_city(name: str, country: str, lang: str) -> str:
    """Return the name of a city that CLDR knows as that of a time zone of its country, else as given.

    ``country`` is an ISO 3166-1 alpha-3 code.
    """
    locale = _locale(lang)
    for zone in get_global("territory_zones").get(_alpha2(country), ()):
        if zone.rpartition("/")[2].replace("_", " ") == name:
            return str(locale.time_zones.get(zone, {}).get("city", name))
    return name


@lru_cache(maxsize=2048)
def format_compact(value: float, lang: str) -> str:
    """Format for an axis: ``600000`` is ``600K`` or ``600 k``."""
    figures = format_compact_decimal(
        value, locale=_locale(lang), fraction_digits=1, numbering_system=choose_numbering(lang)
    )
    return write_digits(figures, lang)


@lru_cache(maxsize=2048)
def format_share(share: float, lang: str) -> str:
    """Format a share between 0 and 1 as whole percent."""
    return write_digits(
        format_percent(share, locale=_locale(lang), numbering_system=choose_numbering(lang)), lang
    )


def _join_currency(figures: str, currency: str, lang: str) -> str:
    return f"{figures}\u00a0{currency}" if language_of(lang).amount_first else f"{currency}\u00a0{figures}"


@lru_cache(maxsize=4096)
def format_money(amount: float, currency: str, lang: str, decimals: int = 0) -> str:
    """Format an amount with its ISO 4217 code: ``USD 13,670,000``, ``13 670 000 USD``."""
    figures = "#,##0" + ("." + "0" * decimals if decimals else "")
    printed = format_currency(
        amount,
        currency,
        format=_join_currency(figures, "¤¤", lang),
        locale=_locale(lang),
        currency_digits=False,
        numbering_system=choose_numbering(lang),
    )
    return write_digits(printed, lang)


def format_compact_money(amount: float, currency: str, lang: str) -> str:
    """Format an amount for a label of a chart: ``USD 4M``, ``4 M USD``."""
    figures = format_compact(amount, lang)
    return _join_currency(figures, currency, lang)


@lru_cache(maxsize=1024)
def spell_money(amount: float, currency: str, lang: str) -> str:
    """Format a large amount to be read at a glance: ``USD 13.67 million``; small ones in full."""
    if abs(amount) < 1e6:
        return format_money(amount, currency, lang)
    figures = format_compact_decimal(
        amount,
        locale=_locale(lang),
        format_type="long",
        fraction_digits=2,
        numbering_system=choose_numbering(lang),
    )
    figures = write_digits(figures.replace("\u00a0", " "), lang)
    if figures in ("1 millions", "1 milliards"):
        figures = figures[:-1]  # CLDR's category for a million is that of "1 000 000", not of "1"
    return _join_currency(figures, currency, lang)


def includes_unit(unit: str) -> bool:
    """Return whether :func:`format_quantity` writes the unit itself: a percent sign or an ISO 4217 code."""
    return unit == _PERCENT or (len(unit) == 3 and unit.isupper())


def format_quantity(value: float, unit: str, lang: str) -> str:
    """Format a figure for its unit: ``98%``, an amount for an ISO 4217 code, else a plain number."""
    if unit == _PERCENT:
        share = Decimal(str(value)) / 100
        printed = format_percent(
            share, locale=_locale(lang), decimal_quantization=False, numbering_system=choose_numbering(lang)
        )
        return write_digits(printed, lang)
    if includes_unit(unit):
        return spell_money(value, unit, lang)
    return format_number(value, lang)


@lru_cache(maxsize=4096)
def format_day(value: date, lang: str) -> str:
    """Format a day in full: ``30 July 2025``, ``30 juillet 2025``, ``30 កក្កដា 2025``."""
    return write_digits(format_date(value, "d MMMM y", locale=_locale(lang)), lang)


@lru_cache(maxsize=4096)
def format_short_day(value: date, lang: str) -> str:
    """Format a day for an axis or a table: ``30 Jul 2025``."""
    return write_digits(format_date(value, "d MMM y", locale=_locale(lang)), lang)


@lru_cache(maxsize=1024)
def format_month(value: date, lang: str) -> str:
    """Format a month: ``July 2025``."""
    return write_digits(format_date(value, "LLLL y", locale=_locale(lang)), lang)


@lru_cache(maxsize=64)
def format_short_month(value: date, lang: str) -> str:
    """Format a month for a narrow column: ``Jul 2025``."""
    return write_digits(format_date(value, "LLL y", locale=_locale(lang)), lang)


def format_month_name(value: date, lang: str) -> str:
    """Return the name of a month, short, for an axis whose year is known: ``Jan``, ``janv.``."""
    return format_date(value, "LLL", locale=_locale(lang))


def format_weekday(value: date, lang: str) -> str:
    """Return the day of the week, short: ``Mon``, ``lun.``, ``ច័ន្ទ``."""
    return format_date(value, "EEE", locale=_locale(lang))


@lru_cache(maxsize=1024)
def format_month_day(value: date) -> str:
    """Format a day without its year as English citations write it: ``July 30``."""
    return format_date(value, "MMMM d", locale=_locale(SOURCE_LANGUAGE))


def format_moment(value: datetime, lang: str) -> str:
    """Format a moment in universal time: ``30 July 2025, 14:05 UTC``."""
    printed = format_datetime(value.astimezone(UTC), "d MMMM y, HH:mm 'UTC'", locale=_locale(lang))
    return write_digits(printed, lang)


def list_digits(lang: str) -> str:
    """Return the ten digits of ``lang``, for scripts, since browsers do not know every language."""
    return write_digits("0123456789", lang)


def list_signs(lang: str) -> dict[str, str]:
    """Return what a script needs to write a number: digits, the sign between thousands, the decimal sign."""
    sample = format_number(1234.5, lang, 1)
    return {"digits": list_digits(lang), "group": sample[1], "decimal": sample[-2]}


def format_clock_time(value: datetime, lang: str) -> str:
    """Format a time of day: ``20:41``."""
    return write_digits(f"{value:%H:%M}", lang)


@lru_cache(maxsize=512)
def name_country(code: str, lang: str) -> str:
    """Return the name of a country by its ISO 3166-1 alpha-3 code; the code where it is unknown."""
    return str(_locale(lang).territories.get(_alpha2(code), code))


@lru_cache(maxsize=512)
def name_language(code: str, lang: str) -> str:
    """Return the name of a language by its ISO 639-1 code; the code where it is unknown."""
    return str(_locale(lang).languages.get(code, code))


def format_partial_date(value: str, lang: str) -> str:
    """Format a day (``2025-07-30``), a month (``2025-07``) or a year as printed in the record."""
    parts = value.split("-")
    if len(parts) == 3:
        return format_short_day(date.fromisoformat(value), lang)
    if len(parts) == 2:
        return format_month(date(int(parts[0]), int(parts[1]), 1), lang)
    return write_digits(value, lang)


def choose_plural_form(count: int, lang: str) -> int:
    """Return the index of the plural form for ``count``, by the rule that Babel writes in catalogues."""
    return _plural_rule(strip_digits(lang))(count)


@cache
def _plural_rule(lang: str) -> Callable[[int], int]:
    return c2py(get_plural(lang).plural_expr)


def load_locale(lang: str) -> None:
    """Load the locale data of ``lang`` now."""
    format_number(1234.0, lang)
    format_day(date(2025, 7, 24), lang)
    format_money(1.0, "USD", lang)
    format_compact(1000.0, lang)
