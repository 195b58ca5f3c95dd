"""Diplomatic acts with their level of commitment, and the article's claims beside what others say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from utils.analysis.diplomacy import Act, Claim
from utils.analysis.events import Figure, Gathering
from utils.exports import list_filters as by
from utils.text.html import Markup, el, join
from utils.ui import downloads, events, filters, words
from utils.ui.tables import Rows, kept, paged, table
from utils.ui.visitor import Visit


def filter_bar(visit: Visit) -> dict[str, str]:
    """Draw the filters of diplomatic acts and return what is asked for."""
    _ = visit._
    return filters.bar(visit, by.ACTS, _("Search acts"), _("Title, place or note"))


def act_list(visit: Visit, shown: Sequence[Act], name: str, *, parameter: str = "page") -> None:
    """Print diplomatic acts, some at a time; ``name`` is the view under which they are taken away."""
    _ = visit._
    paged(
        visit,
        [
            _("Day"),
            _("Who acts or hosts"),
            _("Act"),
            _("Level of commitment"),
            _("Event"),
            _("Source"),
            _("Note"),
        ],
        Rows(shown, partial(_row, visit)),
        caption=_.n("{count} diplomatic act", "{count} diplomatic acts", len(shown)),
        parameter=parameter,
        empty=_("No act matches. Clear a filter to see more."),
    )
    downloads.menu(visit, name)


def _row(visit: Visit, one: Act) -> list[Markup | str]:
    _ = visit._
    source = one.event.source
    notes = "; ".join(filter(None, (one.event.note, one.note)))
    return [
        events.day(_, one.event),
        by.actor_name(_, visit.release, one.actor),
        _.c("act", one.act),
        el("b", _.c("commitment", one.commitment)),
        words.titled(one.event.title, one.event.place),
        join([words.source_link(source), f" ({source.grade})"]),
        el("span", notes, lang="en"),
    ]


def claim_table(visit: Visit, shown: Sequence[Claim]) -> None:
    """Print what the article claims, what others say, and how it is shown."""
    _ = visit._
    st.html(
        kept(
            visit,
            "claim_table",
            lambda: table(
                [_("The article says"), _("What others say"), _("How it is shown")],
                [[_own(visit, one), _others(visit, one), _.msg(one.verdict)] for one in shown],
                caption=_.n("{count} claim of the article", "{count} claims of the article", len(shown)),
                lang=visit.lang,
            ),
        )
    )
    downloads.menu(visit, "article-claims")


def _own(visit: Visit, one: Claim) -> Markup:
    return join([visit._.msg(one.said), *(join([el("br"), _figure(visit, figure)]) for figure in one.own)])


def _others(visit: Visit, one: Claim) -> Markup:
    _ = visit._
    said = [el("li", _figure(visit, figure)) for figure in one.figures]
    said += [el("li", _event(visit, event)) for event in one.events]
    if not said:
        return el("span", _("none found"), class_="sk-absent-word")
    return el("ul", *said, class_="sk-differ sk-long")


def _figure(visit: Visit, figure: Figure) -> Markup:
    _ = visit._
    row = figure.observation
    source = row.sources[0]
    return el(
        "span",
        el("b", words.qualified(_, row)),
        f"{words.unit(_, row)} · {words.as_of(_, row)} · ",
        words.source_link(source, figure.claimed_by),
        class_="sk-muted",
    )


def _event(visit: Visit, event: Gathering) -> Markup:
    return events.line(visit, event)
