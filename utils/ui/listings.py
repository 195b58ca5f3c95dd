"""Draws long lists page by page, and the table twin of a map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from utils.components.tables import Cell, Listing, table, twin_of
from utils.text.html import el
from utils.text.locale import Translator
from utils.ui import filters
from utils.ui.visitor import Visitor

PAGE_ROWS: Final = 25


def show_listing(visitor: Visitor, listing: Listing) -> None:
    """Draw a long list, some rows at a time; the page number lives in the address."""
    _ = visitor._
    if listing.lead is not None:
        st.html(listing.lead)
    if not listing.rows and listing.parameter:
        st.html(el("p", listing.empty or _("Nothing matches."), class_="sk-empty"))
        return
    shown = listing.rows if not listing.parameter else _page(visitor, listing)
    st.html(
        table(
            listing.columns,
            shown,
            caption=listing.caption,
            numeric=listing.numeric,
            lang=visitor.lang,
        )
    )
    if listing.foot is not None:
        st.html(listing.foot)


def _page(visitor: Visitor, listing: Listing) -> Sequence[Sequence[Cell]]:
    """Draw the choice of a page where there are several, and return the rows of the chosen one."""
    _ = visitor._
    pages = -(-len(listing.rows) // PAGE_ROWS)
    number = filters.page_number(
        listing.parameter,
        pages,
        _("Page"),
        lang=visitor.lang,
        show=lambda code: _("{page} of {pages}", page=int(code), pages=pages),
    )
    first = (number - 1) * PAGE_ROWS
    return listing.rows[first : first + PAGE_ROWS]


def twin(
    _: Translator,
    columns: Sequence[str],
    body: Sequence[Sequence[Cell]],
    *,
    caption: str,
    numeric: Sequence[int] = (),
    label: str = "",
) -> None:
    """Draw the table twin of a map, folded until asked for."""
    st.html(twin_of(_, columns, body, caption=caption, numeric=numeric, label=label))
