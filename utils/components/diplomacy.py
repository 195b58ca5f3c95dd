"""Diplomatic acts with their level of commitment, and the article's claims beside what others say."""

from __future__ import annotations

from collections.abc import Sequence

from utils.analysis import diplomacy
from utils.analysis.diplomacy import ArticleClaim, DiplomaticAct
from utils.analysis.events import EventFigure
from utils.components import events, inline
from utils.components.tables import Listing, listing, table_of
from utils.draw_context import DrawContext, per_language
from utils.text import wording
from utils.text.html import Markup, el, join


def list_acts(context: DrawContext, **filters: str) -> Listing:
    """Return the diplomatic acts that pass the filters."""
    return _list_acts(context, diplomacy.filter_diplomatic_acts(context.release, **filters), "page")


def list_acts_of_france(context: DrawContext) -> Listing:
    """Return what France stated, offered or was asked, oldest first."""
    return _list_acts(context, diplomacy.list_french_acts(context.release), "france")


def _list_acts(context: DrawContext, acts: Sequence[DiplomaticAct], parameter: str) -> Listing:
    _ = context._
    return listing(
        acts,
        [
            (_("Day"), lambda act: events.format_days(_, act.event)),
            (_("Who acts or hosts"), lambda act: wording.name_actor(_, act.actor)),
            (_("Act"), lambda act: _.pgettext("act", act.act)),
            (_("Level of commitment"), lambda act: el("b", _.pgettext("commitment", act.commitment))),
            (_("Event"), lambda act: inline.title_with_place(act.event.title, act.event.place)),
            (_("Source"), lambda act: inline.link_graded_source(act.event.source)),
            (
                _("Note"),
                lambda act: el("span", "; ".join(filter(None, (act.event.note, act.note))), lang="en"),
            ),
        ],
        caption=_.ngettext("{count} diplomatic act", "{count} diplomatic acts", len(acts)),
        parameter=parameter,
        empty=_("No act matches. Clear a filter to see more."),
    )


@per_language
def article_claims(context: DrawContext) -> Markup:
    """Return what the article claims, what others say, and how it is shown."""
    claims = diplomacy.list_article_claims(context.release)
    _ = context._
    return table_of(
        claims,
        [
            (_("The article says"), lambda claim: _own_figures(context, claim)),
            (_("What others say"), lambda claim: _other_accounts(context, claim)),
            (_("How it is shown"), lambda claim: _.translate(claim.verdict)),
        ],
        caption=_.ngettext("{count} claim of the article", "{count} claims of the article", len(claims)),
        lang=context.lang,
    )


def _own_figures(context: DrawContext, claim: ArticleClaim) -> Markup:
    figures = (join([el("br"), _figure(context, figure)]) for figure in claim.own)
    return join([context._.translate(claim.claim), *figures])


def _other_accounts(context: DrawContext, claim: ArticleClaim) -> Markup:
    accounts = [_figure(context, figure) for figure in claim.figures]
    accounts += [events.event_line(context, event) for event in claim.events]
    if not accounts:
        return inline.absent(context._("none found"))
    return inline.bullets(accounts, class_="sk-differ sk-long")


def _figure(context: DrawContext, figure: EventFigure) -> Markup:
    _ = context._
    row = figure.observation
    return el(
        "span",
        el("b", wording.format_quantity(_, row)),
        f"{wording.format_unit(_, row)} · {wording.format_as_of(_, row)} · ",
        inline.link_source(row.sources[0], figure.claimed_by),
        class_="sk-muted",
    )
