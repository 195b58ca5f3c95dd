"""The list of counts of health facilities."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from utils.analysis import observations
from utils.analysis.facilities import Facilities
from utils.text.html import Markup, el, join
from utils.ui import cards, downloads, words
from utils.ui.tables import Cell, Rows, paged
from utils.ui.visitor import Visit


def facility_list(visit: Visit, shown: Sequence[Facilities]) -> None:
    """Print counts of health facilities, some at a time; those that differ stand beside each other."""
    _ = visit._
    paged(
        visit,
        [
            _("As of"),
            _("Figure"),
            _("What was counted"),
            _("Place"),
            _("Counted by"),
            _("Source"),
            _("Note"),
        ],
        Rows(shown, partial(_row, visit)),
        caption=_.n("{count} count of health facilities", "{count} counts of health facilities", len(shown)),
        parameter="facilities",
        empty=_("none found"),
    )
    downloads.menu(visit, "facilities")


def _row(visit: Visit, one: Facilities) -> list[Cell]:
    _, row = visit._, one.counted
    return [
        words.as_of(_, row),
        join([cards.number_link(_, row), *_others(visit, one)]),
        _.msg(observations.indicators(visit.release)[row.indicator].name),
        words.place(_, visit.release, row),
        words.counter(_, visit.release, row),
        cards.sources(_, row),
        el("span", row.note, lang="en"),
    ]


def _others(visit: Visit, one: Facilities) -> list[Markup]:
    """Return the figures of others for the same question, each with its day and source."""
    if not one.others:
        return []
    _ = visit._
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
                    cards.short_source(_, visit.release, other),
                )
                for other in one.others
            ),
            class_="sk-differ",
        ),
    ]
