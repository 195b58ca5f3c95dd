"""Draws figure cards as a grid that reflows from projector to phone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from utils.analysis.model import Finding
from utils.components import cards
from utils.releases import TableUnavailable
from utils.ui.visitor import Visitor

log = logging.getLogger(__name__)


def show_cards(
    visitor: Visitor, findings: Iterable[Finding], *, label: str = "", grave: bool = False
) -> None:
    """Draw findings as a grid of cards that reflows from projector to phone; ``grave`` ones are folded."""
    drawn = [cards.card(visitor._, visitor.release, finding, today=visitor.today) for finding in findings]
    shown = cards.grid(visitor._, drawn, label=label)
    st.html(cards.folded(visitor._, shown) if grave else shown)


def show_each(visitor: Visitor, makers: Mapping[str, Callable[[], Finding]], *, label: str) -> None:
    """Draw one grid of cards, each made on its own: a missing table takes down its card only."""
    drawn = []
    for name, make in makers.items():
        try:
            drawn.append(cards.card(visitor._, visitor.release, make(), today=visitor.today))
        except TableUnavailable as missing:
            log.warning("card %r: %s", name, missing)
            drawn.append(cards.unavailable_card(visitor._, name, missing))
    st.html(cards.grid(visitor._, drawn, label=label))
