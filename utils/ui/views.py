"""Shows a view of a page: its filters, its drawing with source line and table twin, the menu of its files."""

from __future__ import annotations

import streamlit as st

from utils.charts.drawing import Drawing
from utils.components.tables import Listing
from utils.maps.model import DrawnMap
from utils.ui import downloads, filters
from utils.ui.charts import draw_chart
from utils.ui.listings import show_listing
from utils.ui.map import draw_map
from utils.ui.visitor import Visitor
from utils.views.model import Chosen, View


def show(visitor: Visitor, view: View, chosen: Chosen | None = None) -> None:
    """Show a view; filters that are ``chosen`` already are not asked for again.

    Nothing is shown where the release has nothing for it. Raises what its drawing raises.
    """
    if not view.is_in(visitor.release):
        return
    chosen = ask(visitor, view, chosen)
    drawn = view.drawn(visitor.context, view.choose(visitor.release, chosen))
    if drawn is None and view.draw is not None:
        return
    if isinstance(drawn, Drawing):
        draw_chart(visitor, view.name, drawn)
    elif isinstance(drawn, DrawnMap):
        draw_map(visitor, drawn)
    elif isinstance(drawn, Listing):
        show_listing(visitor, drawn)
    elif drawn is not None:
        st.html(drawn)
    downloads.menu(visitor, view, chosen)


def ask(visitor: Visitor, view: View, chosen: Chosen | None = None) -> dict[str, str]:
    """Draw the filters of a view that are not ``chosen`` yet; return what is chosen, by their names."""
    known = chosen or {}
    return filters.ask(visitor, *(item for item in view.filters if item.name not in known), before=known)
