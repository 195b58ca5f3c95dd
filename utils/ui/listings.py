"""Draws lists: all rows at once, which the browser sorts and folds; very long ones page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from utils.components.tables import Cell, Listing, table
from utils.text.html import el
from utils.ui import filters
from utils.ui.visitor import Visitor

PAGE_ROWS: Final = 500
"""How many rows stand on a page; more would make it slow to send and to draw."""


def show_listing(visitor: Visitor, listing: Listing) -> None:
    """Draw a list; the number of the page of a very long one lives in the address."""
    if listing.lead is not None:
        st.html(listing.lead)
    if not listing.rows and listing.parameter:
        st.html(el("p", listing.empty or visitor._("Nothing matches."), class_="sk-empty"))
        return
    rows = _page(visitor, listing) if listing.parameter else listing.rows
    numeric = listing.numeric
    st.html(table(listing.columns, rows, caption=listing.caption, numeric=numeric, lang=visitor.lang))
    if listing.foot is not None:
        st.html(listing.foot)


def _page(visitor: Visitor, listing: Listing) -> Sequence[Sequence[Cell]]:
    """Draw the choice of a page where there are several, and return the rows of the chosen page."""
    _ = visitor._
    pages = -(-len(listing.rows) // PAGE_ROWS)
    if pages <= 1:
        return listing.rows[:]
    code = filters.choose_code(
        listing.parameter,
        [str(number) for number in range(1, pages + 1)],
        _("Page"),
        lang=visitor.lang,
        show=lambda code: _("{page} of {pages}", page=int(code), pages=pages),
    )
    first = (int(code) - 1) * PAGE_ROWS
    return listing.rows[first : first + PAGE_ROWS]
