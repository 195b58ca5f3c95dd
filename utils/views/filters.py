"""The kinds of filters, and those that several pages share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from utils.analysis import observations, solidarity, timeline
from utils.analysis.exchange_rates import CURRENCIES, Currency
from utils.releases import Release
from utils.text.locale import Message, Translator, formats, lazy_gettext
from utils.views.model import ALL, Chosen, Filter, Widget

_Codes = Callable[[Release], Sequence[str]]
_Show = Callable[[Translator, Release, str], str]


def optional_choice(
    name: str, label: Message, every: Message, codes: _Codes, show: _Show, argument: str = ""
) -> Filter:
    """Return a filter that lets everything through, which the page calls ``every``, until one is chosen."""

    def show_code(_: Translator, release: Release, code: str) -> str:
        return _("all") if code == ALL else show(_, release, code)

    def option(_: Translator, release: Release, code: str) -> str:
        return _.translate(every) if code == ALL else show(_, release, code)

    return Filter(
        name,
        label,
        codes=lambda release, _before: (ALL, *codes(release)),
        default=lambda _release, _before: ALL,
        show=show_code,
        option=option,
        argument=argument,
    )


def coded_choice(
    name: str,
    label: Message,
    every: Message,
    codes: _Codes,
    column: str = "",
    *,
    argument: str = "",
    widget: Widget = "list",
) -> Filter:
    """Return such a filter by a ``column`` of closed values, by default the one of its name."""
    choice = optional_choice(
        name, label, every, codes, lambda _, _release, code: _.pgettext(column or name, code), argument
    )
    return replace(choice, widget=widget)


def find_nearest_day(days: Sequence[str], asked: str) -> str | None:
    """Return the day nearest to the one asked for, the earlier of two; ``None`` where it is no day."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return None
    return min(days, key=lambda code: (abs(date.fromisoformat(code) - day), code), default=None)


def required_choice(
    name: str,
    label: Message,
    codes: Callable[[Release, Chosen], Sequence[str]],
    show: _Show,
    *,
    option: _Show | None = None,
    argument: str = "",
    read: Callable[[Release, str], object] | None = None,
    widget: Widget = "list",
) -> Filter:
    """Return a filter of which one code is always chosen, at first the first."""
    return Filter(
        name,
        label,
        codes,
        default=lambda release, before: codes(release, before)[0],
        show=show,
        option=option,
        argument=argument,
        read=read,
        widget=widget,
    )


def country_choice(label: Message, codes: _Codes) -> Filter:
    """Return a filter by country."""
    return optional_choice("country", label, lazy_gettext("All countries"), codes, format_country)


def phase_choice(codes: _Codes) -> Filter:
    """Return a filter by phase of the crisis."""
    return optional_choice("phase", lazy_gettext("Phase"), lazy_gettext("All phases"), codes, format_phase)


def free_text(prompt: Message, placeholder: Message, *, name: str = "q", beside: bool = False) -> Filter:
    """Return a filter of words to look for, ``beside`` the other filters or below them."""
    return Filter(
        name,
        lazy_gettext("Search text"),
        codes=None,
        default=lambda _release, _before: "",
        show=lambda _, _release, text: text,
        argument="text",
        widget="search",
        prompt=prompt,
        placeholder=placeholder,
        beside=beside,
    )


def format_phase(_: Translator, release: Release, code: str) -> str:
    """Return the name of a phase."""
    name = timeline.load_phases(release).get(code)
    return _.translate(name) if name else code


def format_country(_: Translator, _release: Release, code: str) -> str:
    """Return the name of a country."""
    return formats.name_country(code, _.lang)


def format_province(_: Translator, release: Release, code: str) -> str:
    """Return the name of a province."""
    return observations.load_place_names(release, _.lang).get(code, code)


def format_city(_: Translator, release: Release, code: str) -> str:
    """Return a city with its country, to keep cities of the same name apart."""
    city = solidarity.index_cities(release)[code]
    return f"{_.format(city.called)}, {formats.name_country(city.country, _.lang)}"


def parse_currency(_release: Release, code: str) -> Currency:
    """Return a currency, typed."""
    return next(currency for currency in CURRENCIES if currency == code)


CURRENCY: Final = required_choice(
    "currency",
    lazy_gettext("Currency"),
    lambda _release, _before: CURRENCIES,
    show=lambda _, _release, code: code,
    option=lambda _, _release, code: _("KHR (unofficial rate)") if code == "KHR" else code,
    read=parse_currency,
    widget="buttons",
)
