"""Addresses of our own pages that open one thing: a figure, a place, a list with its filters."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urljoin

import streamlit as st

from utils.text.html import Markup, link
from utils.text.locale import Translator
from utils.ui.visitor import carried

FIGURE_PARAMETER = "figure"
PLACE_PARAMETER = "place"


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


def absolute(relative: str) -> str:
    """Return an address that can be copied; relative where the visitor's own address is not known."""
    return urljoin(st.context.url or "", relative)
