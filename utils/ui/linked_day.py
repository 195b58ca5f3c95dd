"""Map and curve of one chosen day, side by side: the slider of counted days moves both."""

from __future__ import annotations

import streamlit as st

from utils.ui.views import ask_filters, show_view
from utils.ui.visitor import Visitor
from utils.views.model import View

_WIDTHS = (7, 5)


def show_linked_day(visitor: Visitor, place: View, curve: View) -> None:
    """Draw a map and a curve that share their filters, and below them the controls of these filters."""
    with st.container(key="linked"):
        left, right = st.columns(_WIDTHS, gap="medium")
        with st.container(key="linked-controls"):
            chosen = ask_filters(visitor, place)
        with left:
            show_view(visitor, place, chosen)
        with right:
            show_view(visitor, curve, {choice.name: chosen[choice.name] for choice in curve.filters})
