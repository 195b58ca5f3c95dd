"""Draws a Plotly figure with what belongs to it: title, source line, table twin, alternative text."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from functools import lru_cache
from typing import Final

import streamlit as st

from utils.charts.drawing import Drawing
from utils.components import addresses
from utils.components.cards import source_line
from utils.components.tables import Cell, twin_of
from utils.text.html import Markup, el
from utils.text.locale import Translator, translator
from utils.ui.visitor import Visitor

_KEPT: Final = 96
"""Table twins kept ready: charts, times languages, times the filters that are asked for most."""
_HEIGHT: Final = 450
"""Height of a figure that names none, in pixels: the room is kept before it is drawn."""
_Row = tuple[str, ...]
_CONFIG = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False, "responsive": True}


def draw_chart(visitor: Visitor, key: str, chart: Drawing) -> Markup | None:
    """Draw ``chart`` under a ``key`` of its own. The figure holds no title: words are text on the page.

    A wide chart stands in a frame of its own, under its list. Return the table twin that is still to be
    drawn, ``None`` where it is.
    """
    _ = visitor._
    st.html(figure_head(chart.title, chart.subtitle, visitor.lang))
    if chart.wide:
        st.html(_twin_of(visitor, chart, first=True))
    if chart.inline is not None:
        st.html(el("div", chart.inline, role="group", aria_label=chart.alt))
    else:
        _draw_figure(_, key, chart)
    st.html(source_line(visitor.context, chart.shown))
    return None if chart.wide else _twin_of(visitor, chart)


def _draw_figure(_: Translator, key: str, chart: Drawing) -> None:
    with st.container(key=f"wide-{key}") if chart.wide else nullcontext():
        if chart.wide:  # what can be focused lets the arrow keys push the frame that holds it
            words = _("The same as a drawing: push it sideways, or with the arrow keys.")
            st.html(el("p", words, class_="sk-foot sk-narrow", tabindex="0"))
        st.plotly_chart(
            chart.figure,
            key=f"chart-{key}",
            theme=None,
            config=_CONFIG,
            width="stretch",
            height=int(chart.figure.layout.height or _HEIGHT),
            alt=chart.alt,
        )


def _twin_of(visitor: Visitor, chart: Drawing, *, first: bool = False) -> Markup:
    return _twin(
        chart.columns,
        chart.rows,
        chart.row_ids,
        chart.numeric,
        chart.title,
        visitor.lang,
        addresses.carried(visitor.lang),
        first,
        tuple(type(cell) for row in (chart.columns, *chart.rows) for cell in row),
    )


@lru_cache(maxsize=_KEPT, typed=True)
def _twin(
    columns: _Row,
    rows: tuple[_Row, ...],
    row_ids: tuple[str, ...],
    numeric: tuple[int, ...],
    caption: str,
    lang: str,
    _carried: str,
    first: bool,
    _kinds: tuple[type[str], ...],
) -> Markup:
    """Return a table twin as HTML, written once for what it shows and what its links carry along.

    ``_kinds`` keeps a text apart from HTML of the same signs, which is equal to it.
    """
    _ = translator(lang)
    shown = link_figures(_, rows, row_ids, numeric[0]) if row_ids else rows
    return twin_of(_, columns, shown, caption=caption, numeric=numeric, first=first)


def link_figures(
    _: Translator, rows: Sequence[_Row], row_ids: Sequence[str], column: int
) -> list[tuple[Cell, ...]]:
    """Return rows that are one figure each, the number in ``column`` as a link to its page."""
    return [
        (*row[:column], addresses.figure_link(_, row[column], figure), *row[column + 1 :])
        for row, figure in zip(rows, row_ids, strict=True)
    ]


def figure_head(title: str, subtitle: str, lang: str) -> Markup:
    """Return title and subtitle of a chart or map as HTML."""
    return el(
        "div",
        el("h2", title),
        el("p", subtitle, class_="sk-lead") if subtitle else None,
        class_="sk-heading sk-heading-figure",
        lang=lang,
    )
