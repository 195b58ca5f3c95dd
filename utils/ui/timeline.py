"""The pieces of the timeline: filters, events with what was said of them, claims that were checked."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from utils.analysis import observations, timeline
from utils.analysis.figures import Claim
from utils.analysis.model import Finding, SourceRef
from utils.analysis.timeline import Checked, Moment
from utils.exports import list_filters as by
from utils.text.html import Markup, el, join
from utils.text.locale import formats
from utils.ui import cards, downloads, filters, words
from utils.ui.error_boundary import notice
from utils.ui.tables import Cell, Rows, paged, table
from utils.ui.visitor import Visit


def filter_bar(visit: Visit) -> dict[str, str]:
    """Draw the filters of the events and return what is asked for."""
    _ = visit._
    return filters.bar(visit, by.TIMELINE, _("Search events"), _("Place, word or day"), beside=True)


def claim_bar(visit: Visit) -> dict[str, str]:
    """Draw the filter of the checked claims and return what is asked for."""
    _ = visit._
    return filters.bar(
        visit, (by.VERDICT,), _("Search claims"), _("Claim or checker"), text=by.CLAIM.name, beside=True
    )


def events(visit: Visit, shown: Sequence[Moment]) -> None:
    """Print events, newest first, some at a time."""
    _ = visit._
    if any(moment.event.grave or moment.victims for moment in shown):
        notice(
            _("Some events tell of people killed or injured."),
            _("They are folded: open one to read it."),
        )
    paged(
        visit,
        [_("Day"), _("What happened"), _("Where"), _("Kind"), _("Source")],
        Rows(shown, lambda moment: _row(visit, moment)),
        caption=_.n("{count} event", "{count} events", len(shown)),
        parameter="page",
        empty=_("No event matches. Clear a filter to see more."),
    )
    downloads.menu(visit, "timeline")


def _row(visit: Visit, moment: Moment) -> list[Cell]:
    _ = visit._
    event = moment.event
    return [
        _days(visit, moment),
        _told(visit, moment),
        _where(visit, moment),
        _.c("kind", event.kind),
        _source(event.source, visit.lang),
    ]


def _days(visit: Visit, moment: Moment) -> Markup:
    event = moment.event
    day = el("time", formats.short_day(event.on, visit.lang), datetime=event.on.isoformat())
    if event.ends_on is None or event.ends_on == event.on:
        return day
    end = el("time", formats.short_day(event.ends_on, visit.lang), datetime=event.ends_on.isoformat())
    return join([day, " – ", end])


def _where(visit: Visit, moment: Moment) -> Markup:
    _ = visit._
    event = moment.event
    names = observations.place_names(visit.release, visit.lang)
    area = names.get(event.admin1_pcode) or words.country(_, event.country)
    return join([el("span", event.place, lang="en"), ", " if event.place else None, area])


def _told(visit: Visit, moment: Moment) -> Markup:
    """Return what happened; an event that tells of victims is folded."""
    _ = visit._
    event = moment.event
    title = el("span", event.title, lang="en")
    body = [
        cards.note(_, event.note) if event.note else None,
        said(visit, moment.claims) if moment.claims else None,
        cards.folded(visit._, said(visit, moment.victims)) if moment.victims else None,
    ]
    if event.grave:
        return cards.folded(visit._, join([el("p", title), *body]))
    return join([title, *body])


def said(visit: Visit, claims: Sequence[Claim]) -> Markup:
    """Return what each claimant said in figures."""
    _ = visit._
    return el(
        "ul",
        *(
            el(
                "li",
                words.lead(_, _.c("metric", claim.metric)),
                el("b", cards.number_link(_, claim.observation)),
                " · ",
                _("according to {who}", who=claim.claimed_by or _("somebody who is not named")),
                " · ",
                _source(claim.observation.sources[0], visit.lang),
            )
            for claim in claims
        ),
        class_="sk-differ",
    )


def _source(source: SourceRef, lang: str) -> Markup:
    published = formats.partial_date(source.published_on, lang) if source.published_on else ""
    linked = words.source_link(source)
    return join([linked, f", {published}" if published else None, f" ({source.grade})"])


def casualties(visit: Visit, findings: Sequence[Finding]) -> None:
    """Print killed and injured as each side published it, folded behind a note."""
    _ = visit._
    drawn = [cards.card(_, visit.release, finding, today=visit.today) for finding in findings]
    lead = _("Each figure with who counted it. Parts of different scope are never added.")
    inside = join([el("p", lead, class_="sk-foot"), cards.grid(_, drawn, label=_("Killed and injured"))])
    st.html(el("div", cards.folded(visit._, inside), lang=visit.lang))


def checked(visit: Visit, shown: Sequence[Checked]) -> None:
    """Print checked claims, some at a time."""
    _ = visit._
    body: list[list[Cell]] = [
        [
            formats.short_day(one.on, visit.lang) if one.on else _("no date given"),
            join([el("span", one.claim, lang="en"), cards.note(_, one.note) if one.note else None]),
            _claimed(visit, one),
            el("strong", _.c("verdict", one.verdict)),
            _checker(visit, one),
            _source(one.source, visit.lang),
        ]
        for one in shown
    ]
    paged(
        visit,
        [
            _("Day of the check"),
            _("Claim"),
            _("Who claims"),
            _("Verdict"),
            _("Who checked"),
            _("Source of the check"),
        ],
        body,
        caption=_.n("{count} claim", "{count} claims", len(shown)),
        parameter="claims",
        empty=_("No claim matches. Clear a filter to see more."),
    )
    downloads.menu(visit, "claims-checked")


def _claimed(visit: Visit, one: Checked) -> str:
    """Return who made a claim as far as the record says: the language and the platform of the posts."""
    _ = visit._
    languages = {"th": _("posts in Thai"), "km": _("posts in Khmer")}
    parts = [languages.get(one.language, ""), one.platform]
    return ", ".join(filter(None, parts)) or _("not stated")


def _checker(visit: Visit, one: Checked) -> Markup:
    _ = visit._
    kind = _.c("checker_kind", one.checker_kind)
    mark = _("a government, which may be a party") if one.by_a_government else kind
    return join([one.checker, el("br"), el("span", mark, class_="sk-muted")])


def seed(visit: Visit, claims: Sequence[Claim]) -> None:
    """Print the figures of one article with what the record says of each; victims are folded."""
    _ = visit._
    body: list[list[Cell]] = [
        [
            _.c("metric", claim.metric),
            cards.folded(visit._, cards.number_link(_, claim.observation))
            if timeline.is_of_victims(claim)
            else cards.number_link(_, claim.observation),
            claim.claimed_by,
            cards.note(_, claim.observation.note, inline=True),
        ]
        for claim in claims
    ]
    st.html(
        table(
            [_("What was counted"), _("Figure"), _("Who claims"), _("What the record says")],
            body,
            caption=_.n("{count} figure", "{count} figures", len(claims)),
            lang=visit.lang,
        )
    )
    downloads.menu(visit, "article-figures")
