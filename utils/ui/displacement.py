"""Pieces of the displacement page: key of publishers, province figures that are set aside."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from utils.analysis import observations
from utils.analysis.model import Observation
from utils.charts.displacement import OTHERS, PUBLISHERS, colour_of, publisher_name
from utils.text.html import Markup, el
from utils.ui import downloads, words
from utils.ui.cards import note, number_link, sources
from utils.ui.visitor import Visit

_GLYPHS = {"circle": "●", "square": "■", "diamond": "◆", "x-thin": "✕"}


def publisher_key(visit: Visit) -> None:
    """Print which colour and shape stands for which publisher."""
    _ = visit._
    st.html(
        el(
            "ul",
            *(
                el(
                    "li",
                    el(
                        "span",
                        _GLYPHS[mark.symbol],
                        style=f"color:{colour_of(mark.counter, visit.theme)}",
                        aria_hidden="true",
                    ),
                    publisher_name(_, visit.release, mark),
                )
                for mark in (*PUBLISHERS, OTHERS)
            ),
            class_="sk-legend",
            lang=visit.lang,
        )
    )


def set_aside(visit: Visit, rows: Sequence[Observation]) -> None:
    """Print figures that lead nothing, each with the reason written in the record; folded."""
    _ = visit._
    if rows:
        summary = _.n(
            "{count} province figure is set aside: see why",
            "{count} province figures are set aside: see why",
            len(rows),
        )
        body = (el("summary", summary), _listed(visit, rows))
        st.html(el("details", *body, class_="sk-more", lang=visit.lang))
        downloads.menu(visit, "set-aside")


def counted_besides(visit: Visit, title: str, rows: Sequence[Observation]) -> None:
    """Print figures that are too few for a chart, with place, day and source."""
    if rows:
        st.html(el("div", el("p", title), _listed(visit, rows), class_="sk-more", lang=visit.lang))


def _listed(visit: Visit, rows: Sequence[Observation]) -> Markup:
    return el("ul", *(_item(visit, row) for row in rows), class_="sk-differ")


def _item(visit: Visit, row: Observation) -> Markup:
    _ = visit._
    return el(
        "li",
        words.lead(_, words.place(_, visit.release, row)),
        el("b", number_link(_, row)),
        " · ",
        _.msg(observations.indicators(visit.release)[row.indicator].name),
        " · ",
        words.as_of(_, row),
        " · ",
        sources(_, row),
        note(_, row.note, inline=True) if row.note else None,
    )
