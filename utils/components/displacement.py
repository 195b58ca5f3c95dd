"""Pieces of the displacement page: key of publishers, province figures that are set aside."""

from __future__ import annotations

from collections.abc import Sequence

from utils.analysis import displacement_areas, displacement_groups, observations
from utils.analysis.model import Observation
from utils.charts.displacement import OTHERS, PUBLISHERS, publisher_colour, publisher_name
from utils.components import inline
from utils.components.cards import link_number, note, sources
from utils.draw_context import DrawContext
from utils.text import wording
from utils.text.html import Markup, el, join

_GLYPHS = {"circle": "●", "square": "■", "diamond": "◆", "x-thin": "✕"}


def publisher_key(context: DrawContext) -> Markup:
    """Return which colour and shape stands for which publisher."""
    marks = (
        join(
            [
                el(
                    "span",
                    _GLYPHS[mark.symbol],
                    style=f"color:{publisher_colour(mark.counter, context.theme)}",
                    aria_hidden="true",
                ),
                publisher_name(context._, context.release, mark),
            ]
        )
        for mark in (*PUBLISHERS, OTHERS)
    )
    return inline.bullets(marks, context.lang, "sk-legend")


def set_aside(context: DrawContext) -> Markup | None:
    """Return figures that lead nothing, each with the reason written in the record; folded."""
    rows = displacement_areas.list_set_aside(context.release)
    if not rows:
        return None
    summary = context._.ngettext(
        "{count} province figure is set aside: see why",
        "{count} province figures are set aside: see why",
        len(rows),
    )
    return inline.fold(summary, _list_figures(context, rows), lang=context.lang)


def counted_besides(context: DrawContext) -> Markup | None:
    """Return counts of other groups, too few for a chart, with place, day and source."""
    rows = displacement_groups.list_older_and_pregnant(context.release)
    if not rows:
        return None
    return inline.fold(
        context._("Others counted, each once"), _list_figures(context, rows), lang=context.lang
    )


def _list_figures(context: DrawContext, rows: Sequence[Observation]) -> Markup:
    return inline.bullets((_figure(context, row) for row in rows), class_="sk-differ")


def _figure(context: DrawContext, row: Observation) -> Markup:
    _ = context._
    return join(
        [
            wording.add_colon(_, wording.name_place(_, context.release, row)),
            el("b", link_number(_, row)),
            " · ",
            _.translate(observations.load_indicators(context.release)[row.indicator].name),
            " · ",
            wording.format_as_of(_, row),
            " · ",
            sources(_, row),
            note(row.note, inline=True),
        ]
    )
