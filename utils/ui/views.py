"""Shows a view of a page: its filters, its drawing with source line and table twin, the menu of its files."""

from __future__ import annotations

import streamlit as st

from utils.charts.drawing import Drawing
from utils.components.tables import Listing
from utils.maps.model import DrawnMap
from utils.ui import downloads, filters
from utils.ui.charts import draw_chart
from utils.ui.error_boundary import notice
from utils.ui.listings import show_listing
from utils.ui.map import draw_map
from utils.ui.visitor import Visitor
from utils.views.filters import CURRENCY
from utils.views.model import Chosen, View


def show_view(visitor: Visitor, view: View, chosen: Chosen | None = None) -> None:
    """Show a view; filters that are ``chosen`` already are not asked for again.

    Nothing is shown where the release has nothing for it. Raises what its drawing raises.
    """
    if not view.is_in(visitor.release):
        return
    chosen = ask_filters(visitor, view, chosen)
    drawn = view.drawn(visitor.context, view.choose(visitor.release, chosen))
    if drawn is None and view.draw is not None:
        return
    table, height = None, 0
    if isinstance(drawn, Drawing):
        table = draw_chart(visitor, view.name, drawn)
        height = int(drawn.figure["layout"]["height"] or 0)
    elif isinstance(drawn, DrawnMap):
        _click, table = draw_map(visitor, drawn)
    elif isinstance(drawn, Listing):
        show_listing(visitor, drawn)
    elif drawn is not None:
        st.html(drawn)
    downloads.show_menu(visitor, view, chosen, table, height)


def ask_filters(visitor: Visitor, view: View, chosen: Chosen | None = None) -> dict[str, str]:
    """Draw the filters of a view that are not ``chosen`` yet; return what is chosen, by their names."""
    open_filters = (item for item in view.filters if item.name not in (chosen or {}))
    return filters.ask_filters(visitor, *open_filters, before=chosen)


def read_filters(visitor: Visitor, view: View) -> dict[str, str]:
    """Return the filters of a view as the address holds them, before their controls are drawn."""
    return view.choose(visitor.release, st.query_params.to_dict())


def find_currency(visitor: Visitor) -> Chosen:
    """Return the currency that the address asks for, before its choice is drawn."""
    asked = st.query_params.get(CURRENCY.name)
    return {CURRENCY.name: CURRENCY.choose(visitor.release, asked, {})}


def ask_currency(visitor: Visitor) -> Chosen:
    """Draw the choice of currency, which several views of a page share; the riel is marked unofficial."""
    chosen = filters.ask_filters(visitor, CURRENCY)
    if chosen[CURRENCY.name] == "KHR":
        notice(visitor._("The riel has no official rate here: the nearest dated unofficial rate is used."))
    return chosen
