"""Draws a Plotly figure with what belongs to it: title, source line, table twin, alternative text."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from functools import lru_cache
from typing import Final

import streamlit as st

from utils.charts.drawing import Drawing
from utils.html import Markup, el, link
from utils.ui import addresses, downloads
from utils.ui.cards import source_line
from utils.ui.tables import Cell, twin
from utils.ui.visit import Visit

_KEPT: Final = 4096
"""Numbers kept as links: the rows of all twins in three languages."""
_CONFIG = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False, "responsive": True}


def show_drawing(visit: Visit, key: str, chart: Drawing, *, wide: bool = False) -> None:
    """Draw ``chart`` under a ``key`` of its own. The figure holds no title: words are text on the page.

    A ``wide`` chart keeps its width on a phone and is pushed sideways in its own frame, under its list.
    """
    _ = visit._
    st.html(chart_head(chart, visit.lang))
    if wide:
        _twin(visit, chart, first=True)
        st.html(el("p", _("The same as a drawing: push it sideways."), class_="sk-foot sk-narrow"))
    with st.container(key=f"wide-{key}") if wide else nullcontext():
        st.plotly_chart(
            chart.figure,
            key=f"chart-{key}",
            theme=None,
            config=_CONFIG,
            width="stretch",
            alt=chart.alt,
        )
    st.html(source_line(visit, chart.shown))
    if not wide:
        _twin(visit, chart)
    downloads.menu(visit, key)


def _twin(visit: Visit, chart: Drawing, *, first: bool = False) -> None:
    rows = linked(chart, visit.lang)
    twin(visit._, chart.columns, rows, caption=chart.title, numeric=chart.numeric, first=first)


def linked(chart: Drawing, lang: str) -> Sequence[Sequence[Cell]]:
    """Return the rows of a table twin; where each is one figure, its number leads to its page."""
    if not chart.row_ids:
        return chart.rows
    column = chart.numeric[0]
    return [
        (*row[:column], _link(row[column], addresses.figure_address(lang, figure)), *row[column + 1 :])
        for row, figure in zip(chart.rows, chart.row_ids, strict=True)
    ]


@lru_cache(maxsize=_KEPT)
def _link(number: str, address: str) -> Markup:
    return link(number, address, class_="sk-figure-link")


def chart_head(chart: Drawing, lang: str) -> Markup:
    """Return title and subtitle of a chart as HTML."""
    return el(
        "div",
        el("h3", chart.title),
        el("p", chart.subtitle, class_="sk-lead"),
        class_="sk-heading sk-heading-3",
        lang=lang,
    )
