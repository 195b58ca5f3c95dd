"""Draws figure cards as a grid that reflows from projector to phone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from utils.analysis.model import Finding
from utils.components import cards, strip
from utils.components.inline import fold
from utils.releases import TableUnavailable
from utils.text.html import Markup, el
from utils.text.locale import Message
from utils.ui.error_boundary import panel
from utils.ui.visitor import Visitor

log = logging.getLogger(__name__)


def show_cards(
    visitor: Visitor, findings: Iterable[Finding], *, label: str = "", grave: bool = False
) -> None:
    """Draw findings as a grid of cards; ``grave`` ones are folded."""
    grid = cards.grid(visitor._, [_card(visitor, finding) for finding in findings], label=label)
    st.html(cards.fold_grave(visitor._, grid) if grave else grid)


def show_folded_cards(visitor: Visitor, findings: Iterable[Finding], *, label: str) -> None:
    """Draw findings as a grid of cards that is closed under its ``label`` until the reader opens it."""
    grid = cards.grid(visitor._, [_card(visitor, finding) for finding in findings], label=label)
    st.html(fold(label, grid, lang=visitor.lang))


def show_each(visitor: Visitor, makers: Mapping[str, Callable[[], Finding]], *, label: str) -> None:
    """Draw one grid of cards, each made on its own: a missing table takes down its card only."""
    drawn = []
    for name, make in makers.items():
        try:
            drawn.append(_card(visitor, make()))
        except TableUnavailable as missing:
            log.warning("card %r: %s", name, missing)
            drawn.append(cards.unavailable_card(visitor._, name, missing))
    st.html(cards.grid(visitor._, drawn, label=label))


def show_strip(visitor: Visitor, makers: Mapping[Message, Callable[[], Finding]], *, label: str) -> None:
    """Draw the key figures of a page as one strip; what is missing is logged."""
    drawn, missing = strip.strip(visitor.context, makers, label=label)
    for name, reason in missing:
        log.warning("figure %r: %s", name.msgid, reason)
    st.html(drawn)


def show_head(
    visitor: Visitor,
    sentences: Callable[[], Iterable[Message]],
    figures: Callable[[], Mapping[Message, Callable[[], Finding]]],
) -> None:
    """Draw what a page begins with: one sentence and the strip of its key figures."""
    _ = visitor._
    with panel(_, _("In one sentence")):
        show_sentence(visitor, sentences())
    with panel(_, _("Key figures")):
        show_strip(visitor, figures(), label=_("Key figures"))


def show_sentence(visitor: Visitor, sentences: Iterable[Message]) -> None:
    """Draw the sentence that a page begins with; it is the page's heading."""
    text = " ".join(map(visitor._.translate, sentences))
    st.html(el("h1", text, class_="sk-sentence", lang=visitor.lang))


def _card(visitor: Visitor, finding: Finding) -> Markup:
    return cards.card(visitor._, visitor.release, finding, today=visitor.today)
