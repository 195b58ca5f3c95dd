"""Map and curve of one chosen day, side by side: the slider of counted days moves both."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from utils.ui.views import ask_filters, read_filters, show_view
from utils.ui.visitor import Visitor
from utils.views.model import View


def draw_linked_day(
    visitor: Visitor,
    place: View,
    curve: View,
    *,
    widths: tuple[int, int] = (7, 5),
    leads: Literal["map", "curve"] = "map",
) -> dict[str, str]:
    """Draw a map and a curve that share their filters, and below them the controls of these filters.

    ``widths`` are of map and curve, in twelfths; ``leads`` says which of them stands on the left. Return what
    is chosen.
    """
    with st.container(key=f"linked-{leads}"):
        columns = st.columns(widths if leads == "map" else widths[::-1], gap="medium")
        left, right = columns if leads == "map" else columns[::-1]
        chosen = read_filters(visitor, place)
        with left:
            show_view(visitor, place, chosen)
        with right:
            show_view(visitor, curve, {choice.name: chosen[choice.name] for choice in curve.filters})
        with st.container(key="linked-controls"):
            ask_filters(visitor, place)
    return chosen


def show_linked_day(visitor: Visitor, place: View, curve: View) -> None:
    """Draw a linked map and curve, as :func:`draw_linked_day` does, as a part of its own."""
    draw_linked_day(visitor, place, curve)
