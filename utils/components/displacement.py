"""Pieces of the displacement page: key of publishers, province figures that are set aside."""

from __future__ import annotations

from collections.abc import Sequence

from utils.analysis import displacement_areas, displacement_groups, observations
from utils.analysis.model import Observation
from utils.charts.displacement import OTHERS, PUBLISHERS, colour_of, publisher_name
from utils.components import words
from utils.components.cards import note, number_link, sources
from utils.draw_context import DrawContext
from utils.text.html import Markup, el

_GLYPHS = {"circle": "●", "square": "■", "diamond": "◆", "x-thin": "✕"}


def publisher_key(context: DrawContext) -> Markup:
    """Return which colour and shape stands for which publisher."""
    _ = context._
    return el(
        "ul",
        *(
            el(
                "li",
                el(
                    "span",
                    _GLYPHS[mark.symbol],
                    style=f"color:{colour_of(mark.counter, context.theme)}",
                    aria_hidden="true",
                ),
                publisher_name(_, context.release, mark),
            )
            for mark in (*PUBLISHERS, OTHERS)
        ),
        class_="sk-legend",
        lang=context.lang,
    )


def set_aside(context: DrawContext) -> Markup | None:
    """Return figures that lead nothing, each with the reason written in the record; folded."""
    _ = context._
    rows = displacement_areas.list_set_aside(context.release)
    if not rows:
        return None
    summary = _.ngettext(
        "{count} province figure is set aside: see why",
        "{count} province figures are set aside: see why",
        len(rows),
    )
    return el("details", el("summary", summary), _listed(context, rows), class_="sk-more", lang=context.lang)


def counted_besides(context: DrawContext) -> Markup | None:
    """Return counts of other groups, too few for a chart, with place, day and source."""
    rows = displacement_groups.list_older_and_pregnant(context.release)
    if not rows:
        return None
    title = context._("Others counted, each once:")
    return el("div", el("p", title), _listed(context, rows), class_="sk-more", lang=context.lang)


def _listed(context: DrawContext, rows: Sequence[Observation]) -> Markup:
    return el("ul", *(_item(context, row) for row in rows), class_="sk-differ")


def _item(context: DrawContext, row: Observation) -> Markup:
    _ = context._
    return el(
        "li",
        words.lead(_, words.place(_, context.release, row)),
        el("b", number_link(_, row)),
        " · ",
        _.translate(observations.load_indicators(context.release)[row.indicator].name),
        " · ",
        words.as_of(_, row),
        " · ",
        sources(_, row),
        note(_, row.note, inline=True) if row.note else None,
    )
