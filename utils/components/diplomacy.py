"""Diplomatic acts with their level of commitment, and the article's claims beside what others say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from utils.analysis import diplomacy
from utils.analysis.diplomacy import ArticleClaim, DiplomaticAct
from utils.analysis.events import Event, EventFigure
from utils.components import events, words
from utils.components.tables import Listing, Rows, table
from utils.draw_context import DrawContext, per_language
from utils.text.html import Markup, el, join


def acts(context: DrawContext, **filters: str) -> Listing:
    """Return the diplomatic acts that pass the filters."""
    return _acts(context, diplomacy.filter_diplomatic_acts(context.release, **filters), "page")


def acts_of_france(context: DrawContext) -> Listing:
    """Return what France said, offered or was asked, oldest first."""
    return _acts(context, diplomacy.list_french_acts(context.release), "france")


def _acts(context: DrawContext, shown: Sequence[DiplomaticAct], parameter: str) -> Listing:
    _ = context._
    return Listing(
        [
            _("Day"),
            _("Who acts or hosts"),
            _("Act"),
            _("Level of commitment"),
            _("Event"),
            _("Source"),
            _("Note"),
        ],
        Rows(shown, partial(_row, context)),
        caption=_.ngettext("{count} diplomatic act", "{count} diplomatic acts", len(shown)),
        parameter=parameter,
        empty=_("No act matches. Clear a filter to see more."),
    )


def _row(context: DrawContext, act: DiplomaticAct) -> list[Markup | str]:
    _ = context._
    source = act.event.source
    notes = "; ".join(filter(None, (act.event.note, act.note)))
    return [
        events.day(_, act.event),
        words.actor(_, act.actor),
        _.pgettext("act", act.act),
        el("b", _.pgettext("commitment", act.commitment)),
        words.titled(act.event.title, act.event.place),
        join([words.source_link(source), f" ({source.grade})"]),
        el("span", notes, lang="en"),
    ]


@per_language
def article_claims(context: DrawContext) -> Markup:
    """Return what the article claims, what others say, and how it is shown."""
    shown = diplomacy.list_article_claims(context.release)
    _ = context._
    return table(
        [_("The article says"), _("What others say"), _("How it is shown")],
        [[_own(context, claim), _others(context, claim), _.translate(claim.verdict)] for claim in shown],
        caption=_.ngettext("{count} claim of the article", "{count} claims of the article", len(shown)),
        lang=context.lang,
    )


def _own(context: DrawContext, claim: ArticleClaim) -> Markup:
    return join(
        [
            context._.translate(claim.claim),
            *(join([el("br"), _figure(context, figure)]) for figure in claim.own),
        ]
    )


def _others(context: DrawContext, claim: ArticleClaim) -> Markup:
    _ = context._
    parts = [el("li", _figure(context, figure)) for figure in claim.figures]
    parts += [el("li", _event(context, event)) for event in claim.events]
    if not parts:
        return el("span", _("none found"), class_="sk-absent-word")
    return el("ul", *parts, class_="sk-differ sk-long")


def _figure(context: DrawContext, figure: EventFigure) -> Markup:
    _ = context._
    row = figure.observation
    source = row.sources[0]
    return el(
        "span",
        el("b", words.qualified(_, row)),
        f"{words.unit(_, row)} · {words.as_of(_, row)} · ",
        words.source_link(source, figure.claimed_by),
        class_="sk-muted",
    )


def _event(context: DrawContext, event: Event) -> Markup:
    return events.line(context, event)
