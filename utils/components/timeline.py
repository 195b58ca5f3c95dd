"""The lists of the timeline: events by month with their claims in figures, claims that were checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

from utils.analysis import observations, timeline
from utils.analysis.casualties import list_casualty_findings
from utils.analysis.figures import EventClaim
from utils.analysis.information import VerifiedItem
from utils.analysis.timeline import Moment
from utils.components import cards, inline
from utils.components.addresses import language_address
from utils.components.tables import Listing, listing, table_of
from utils.draw_context import DrawContext
from utils.text import wording
from utils.text.html import Markup, el, join, link
from utils.text.locale import Translator, formats

OPEN_MONTHS: Final = 2
"""Months of the list that stand open; those before them are folded, each under its name and count."""


def list_events(context: DrawContext, **filters: str) -> Markup:
    """Return events by month, newest first; the newest months are open."""
    _ = context._
    moments = timeline.filter_moments(context.release, **filters)
    if not moments:
        return el("p", _("No event matches. Clear a filter to see more."), class_="sk-empty")
    warning = None
    if any(moment.event.grave or moment.victims for moment in moments):
        warning = el(
            "p",
            _("Some events tell of people killed or injured. They are folded: open one to read it."),
            class_="sk-foot",
        )
    months = groupby(moments, key=lambda moment: moment.event.on.replace(day=1))
    return el(
        "div",
        el("p", _.ngettext("{count} event", "{count} events", len(moments)), class_="sk-moments-count"),
        warning,
        *(
            _month(context, month, list(held), is_open=index < OPEN_MONTHS)
            for index, (month, held) in enumerate(months)
        ),
        class_="sk-moments",
        lang=context.lang,
    )


def _month(context: DrawContext, month: date, moments: Sequence[Moment], *, is_open: bool) -> Markup:
    _ = context._
    count = _.ngettext("{count} event", "{count} events", len(moments))
    return el(
        "details",
        el(
            "summary",
            el("b", formats.format_month(month, context.lang)),
            el("span", count, class_="sk-muted"),
        ),
        el("ol", *(_moment(context, moment) for moment in moments)),
        open=is_open,
        id=f"m-{timeline.format_month_code(month)}",
    )


def _moment(context: DrawContext, moment: Moment) -> Markup:
    _, event = context._, moment.event
    lane = timeline.find_lane(event.kind)
    return el(
        "li",
        el("p", _days(moment, context.lang), class_="sk-moment-day"),
        el(
            "div",
            _what_happened(_, moment),
            el(
                "p",
                _.pgettext("kind", event.kind),
                " · ",
                _place(context, moment),
                " · ",
                inline.link_dated_source(_, event.source),
                class_="sk-moment-where",
            ),
        ),
        class_=f"sk-lane-{lane}",
    )


def month_grid(context: DrawContext, lane: str, month: str) -> Markup:
    """Return the timeline for a phone: a line a month, newest first, with a dot for each event in five lanes.

    A month leads to its events. The lane and the month that are chosen stand out.
    """
    _, lang = context._, context.lang
    lanes = [el("th", _.translate(name), scope="col") for name in timeline.LANE_NAMES.values()]
    return el(
        "table",
        el("caption", _("Events of each month by kind: a dot is one event"), class_="sk-foot"),
        el("thead", el("tr", el("th", _("Month"), scope="col"), *lanes)),
        el(
            "tbody", *(_grid_row(context, row, lane, month) for row in timeline.count_months(context.release))
        ),
        class_="sk-month-grid",
        lang=lang,
    )


def _grid_row(context: DrawContext, row: timeline.Month, lane: str, month: str) -> Markup:
    _, lang = context._, context.lang
    first = date.fromisoformat(f"{row.code}-01")
    address = language_address(lang, "timeline", {"month": row.code})
    chosen = month in ("all", row.code)
    return el(
        "tr",
        el("th", link(formats.format_short_month(first, lang), address), scope="row"),
        *(_grid_cell(_, row.counts[name], chosen and lane in ("all", name)) for name in timeline.LANES),
    )


def _grid_cell(_: Translator, count: int, chosen: bool) -> Markup:
    if not count:
        return el("td", "–", class_="sk-muted")
    number = formats.format_number(count, _.lang)
    dots = el("span", class_="sk-dots", style=f"--dots:{count}", aria_hidden="true")
    return el("td", dots, el("span", number), class_="sk-chosen" if chosen else None)


def _days(moment: Moment, lang: str) -> Markup:
    days = dict.fromkeys(filter(None, (moment.event.on, moment.event.ends_on)))
    return join(
        (el("time", formats.format_short_day(day, lang), datetime=day.isoformat()) for day in days), " – "
    )


def _place(context: DrawContext, moment: Moment) -> Markup:
    event = moment.event
    names = observations.load_place_names(context.release, context.lang)
    area = names.get(event.admin1_pcode) or wording.name_country(context._, event.country)
    return join([el("span", event.place, lang="en"), ", " if event.place else None, area])


def _what_happened(_: Translator, moment: Moment) -> Markup:
    """Return what happened; an event with victims is folded."""
    event = moment.event
    title = el("span", event.title, lang="en")
    body = [
        cards.note(event.note),
        _claimed_figures(_, moment.claims) if moment.claims else None,
        cards.fold_grave(_, _claimed_figures(_, moment.victims)) if moment.victims else None,
    ]
    if event.grave:
        return cards.fold_grave(_, join([el("p", title), *body]))
    return join([title, *body])


def _claimed_figures(_: Translator, claims: Sequence[EventClaim]) -> Markup:
    """Return the figures that each claimant gave."""
    figures = (
        join(
            [
                wording.add_colon(_, _.pgettext("metric", claim.metric)),
                el("b", cards.link_number(_, claim.observation)),
                " · ",
                _("according to {who}", who=claim.claimed_by or _("somebody who is not named")),
                " · ",
                inline.link_dated_source(_, claim.observation.sources[0]),
            ]
        )
        for claim in claims
    )
    return inline.bullets(figures, class_="sk-differ")


def casualties(context: DrawContext) -> Markup:
    """Return killed and injured as each side published it, folded behind a note."""
    _ = context._
    findings = list_casualty_findings(context.release, context.today)
    drawn = [cards.card(_, context.release, finding, today=context.today) for finding in findings]
    lead = _("Each figure with who counted it. Parts of different scope are never added.")
    inside = join([el("p", lead, class_="sk-foot"), cards.grid(_, drawn, label=_("Killed and injured"))])
    return el("div", cards.fold_grave(_, inside), lang=context.lang)


def list_checked_claims(context: DrawContext, **filters: str) -> Listing:
    """Return checked claims."""
    claims = timeline.filter_checked_claims(context.release, **filters)
    _ = context._
    return listing(
        claims,
        [
            (_("Day of the check"), lambda claim: wording.format_day(_, claim.on)),
            (
                _("Claim"),
                lambda claim: join([el("span", claim.claim, lang="en"), cards.note(claim.note)]),
            ),
            (_("Who claims"), lambda claim: _format_claimants(_, claim)),
            (_("Verdict"), lambda claim: el("strong", _.pgettext("verdict", claim.verdict))),
            (_("Who checked"), lambda claim: _checker(_, claim)),
            (_("Source of the check"), lambda claim: inline.link_dated_source(_, claim.source)),
        ],
        caption=_.ngettext("{count} claim", "{count} claims", len(claims)),
        parameter="claims",
        empty=_("No claim matches. Clear a filter to see more."),
    )


def _format_claimants(_: Translator, claim: VerifiedItem) -> str:
    """Return who made a claim as far as the record says: the language and the platform of the posts."""
    languages = {"th": _("posts in Thai"), "km": _("posts in Khmer")}
    parts = [languages.get(claim.language, ""), claim.platform]
    return ", ".join(filter(None, parts)) or _("not stated")


def _checker(_: Translator, claim: VerifiedItem) -> Markup:
    party = _("a government, which may be a party")
    kind = party if claim.by_a_party else _.pgettext("checker_kind", claim.checker_kind)
    return inline.stack_lines(claim.checker, kind)


def article_figures(context: DrawContext) -> Markup:
    """Return the figures of one article with what the record says of each; victims are folded."""
    claims = timeline.list_seed_claims(context.release)
    _ = context._
    return table_of(
        claims,
        [
            (_("What was counted"), lambda claim: _.pgettext("metric", claim.metric)),
            (_("Figure"), lambda claim: _article_number(_, claim)),
            (_("Who claims"), lambda claim: claim.claimed_by),
            (_("What the record says"), lambda claim: cards.note(claim.observation.note, inline=True)),
        ],
        caption=_.ngettext("{count} figure", "{count} figures", len(claims)),
        lang=context.lang,
    )


def _article_number(_: Translator, claim: EventClaim) -> Markup:
    number = cards.link_number(_, claim.observation)
    return cards.fold_grave(_, number) if timeline.counts_victims(claim) else number
