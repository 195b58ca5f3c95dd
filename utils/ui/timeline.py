"""The timeline of the page: lanes above, chips and filters, the events by month below."""

from __future__ import annotations

import streamlit as st

from utils.components.timeline import month_grid
from utils.ui.views import ask_filters, read_filters, show_view
from utils.ui.visitor import Visitor
from utils.views.timeline import EVENTS, LANE, LANES, MONTH


def show_timeline(visitor: Visitor) -> None:
    """Draw the lanes (on a phone a grid of months), the filters below them, and the events left."""
    chosen = read_filters(visitor, EVENTS)
    drawn = {choice.name: chosen[choice.name] for choice in (LANE, MONTH)}
    with st.container(key="timeline-drawing"):
        show_view(visitor, LANES, drawn)
    with st.container(key="timeline-grid"):
        st.html(month_grid(visitor.context, **drawn))
    show_view(visitor, EVENTS, ask_filters(visitor, EVENTS))
