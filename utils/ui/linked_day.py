"""Map and curve of one chosen day, side by side: the slider of counted days moves both."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from utils.components.inline import play_button
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
    controls: Literal["above", "below"] = "below",
) -> dict[str, str]:
    """Draw a map and a curve that share their filters, with the controls of these filters and a play button.

    ``widths`` are of map and curve, in twelfths; ``leads`` says which stands on the left, ``controls``
    where the controls stand on a wide screen. Return what is chosen.
    """
    with st.container(key=f"linked-{leads}"):
        if controls == "above":
            _ask(visitor, place, controls)
        columns = st.columns(widths if leads == "map" else widths[::-1], gap="medium")
        left, right = columns if leads == "map" else columns[::-1]
        chosen = read_filters(visitor, place)
        with left:
            show_view(visitor, place, chosen)
        with right:
            show_view(visitor, curve, {choice.name: chosen[choice.name] for choice in curve.filters})
        if controls == "below":
            _ask(visitor, place, controls)
    return chosen


def _ask(visitor: Visitor, place: View, controls: str) -> None:
    with st.container(key=f"linked-controls-{controls}"):
        ask_filters(visitor, place)
        st.html(play_button(visitor._))


def show_linked_day(visitor: Visitor, place: View, curve: View) -> None:
    """Draw a linked map and curve, as :func:`draw_linked_day` does, as a part of its own."""
    draw_linked_day(visitor, place, curve)
