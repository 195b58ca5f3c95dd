"""The list of counts of health facilities."""

from __future__ import annotations

from functools import partial

from utils.analysis import facilities, observations
from utils.analysis.facilities import FacilityCount
from utils.components import cards, words
from utils.components.tables import Cell, Listing, Rows
from utils.draw_context import DrawContext
from utils.text.html import Markup, el, join


def health_facilities(context: DrawContext) -> Listing:
    """Return counts of health facilities, some at a time; those that differ stand beside each other."""
    shown = facilities.list_facility_counts(context.release)
    _ = context._
    return Listing(
        [_("As of"), _("Figure"), _("What was counted"), _("Place"), _("Counted by"), _("Source"), _("Note")],
        Rows(shown, partial(_row, context)),
        caption=_.ngettext(
            "{count} count of health facilities", "{count} counts of health facilities", len(shown)
        ),
        parameter="facilities",
        empty=_("none found"),
    )


def _row(context: DrawContext, count: FacilityCount) -> list[Cell]:
    _, row = context._, count.counted
    return [
        words.as_of(_, row),
        join([cards.number_link(_, row), *_others(context, count)]),
        _.translate(observations.load_indicators(context.release)[row.indicator].name),
        words.place(_, context.release, row),
        words.counter(_, context.release, row),
        cards.sources(_, row),
        el("span", row.note, lang="en"),
    ]


def _others(context: DrawContext, count: FacilityCount) -> list[Markup]:
    """Return the figures of others for the same question, each with its day and source."""
    if not count.others:
        return []
    _ = context._
    return [
        el("p", _("Figures that differ"), class_="sk-muted"),
        el(
            "ul",
            *(
                el(
                    "li",
                    cards.number_link(_, other),
                    " · ",
                    words.as_of(_, other),
                    " · ",
                    cards.short_source(_, context.release, other),
                )
                for other in count.others
            ),
            class_="sk-differ",
        ),
    ]
