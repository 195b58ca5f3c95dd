"""Addresses of our own pages that open one thing: a figure, a place, a list with its filters."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlencode

from utils.text.html import Markup, link
from utils.text.locale import Translator, digits

FIGURE_PARAMETER = "figure"
PLACE_PARAMETER = "place"
CARRIED: Final[ContextVar[str]] = ContextVar("carried", default="")
"""The query that links carry along in one run of a page; empty outside one."""


def carried(lang: str) -> str:
    """Return what a link carries along: language and an older release, outside a run the language alone."""
    return CARRIED.get() or urlencode(digits.find_digit_parameters(lang))


def language_address(lang: str, page: str, parameters: Mapping[str, str] | None = None) -> str:
    """Return the address of one of our pages in a language, with further parameters."""
    return f"{page}?{urlencode({**digits.find_digit_parameters(lang), **(parameters or {})})}"


def address(page: str, lang: str, **parameters: str) -> str:
    """Return the address of a page, relative to any of our pages; an older release is carried along."""
    return f"{page}?{_query(carried(lang), tuple(parameters.items()))}"


@lru_cache(maxsize=8192)
def _query(carried_along: str, parameters: tuple[tuple[str, str], ...]) -> str:
    return urlencode({**dict(parse_qsl(carried_along)), **dict(parameters)})


def figure_address(lang: str, figure_id: str, **parameters: str) -> str:
    """Return the address that opens one figure; with ``release`` as it stood in that release."""
    return address("figure", lang, **{FIGURE_PARAMETER: figure_id}, **parameters)


def place_address(lang: str, place_id: str) -> str:
    """Return the address that opens the card of one place."""
    return address("places", lang, **{PLACE_PARAMETER: place_id})


def figure_link(_: Translator, label: str, figure_id: str) -> Markup:
    """Return a number as a link to all that is known of it; the bare number where it has no id."""
    return link(label, figure_address(_.lang, figure_id) if figure_id else None, class_="sk-figure-link")
