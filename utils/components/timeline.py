"""The pieces of the timeline: filters, events with what was said of them, claims that were checked."""

from __future__ import annotations

from collections.abc import Sequence

from utils.analysis import observations, timeline
from utils.analysis.casualties import list_casualty_findings
from utils.analysis.figures import EventClaim
from utils.analysis.information import VerifiedItem
from utils.analysis.model import SourceRef
from utils.analysis.timeline import Moment
from utils.components import cards, words
from utils.components.notices import notice
from utils.components.tables import Cell, Listing, Rows, table
from utils.draw_context import DrawContext
from utils.text.html import Markup, el, join
from utils.text.locale import formats


def events(context: DrawContext, **filters: str) -> Listing:
    """Return events, newest first."""
    shown = timeline.filter_moments(context.release, **filters)
    _ = context._
    grave = any(moment.event.grave or moment.victims for moment in shown)
    return Listing(
        [_("Day"), _("What happened"), _("Where"), _("Kind"), _("Source")],
        Rows(shown, lambda moment: _row(context, moment)),
        caption=_.ngettext("{count} event", "{count} events", len(shown)),
        parameter="page",
        empty=_("No event matches. Clear a filter to see more."),
        lead=notice(
            _("Some events tell of people killed or injured."), _("They are folded: open one to read it.")
        )
        if grave
        else None,
    )


def _row(context: DrawContext, moment: Moment) -> list[Cell]:
    _ = context._
    event = moment.event
    return [
        _days(context, moment),
        _what_happened(context, moment),
        _where(context, moment),
        _.pgettext("kind", event.kind),
        _source(event.source, context.lang),
    ]


def _days(context: DrawContext, moment: Moment) -> Markup:
    event = moment.event
    day = el("time", formats.format_short_day(event.on, context.lang), datetime=event.on.isoformat())
    if event.ends_on is None or event.ends_on == event.on:
        return day
    end = el(
        "time", formats.format_short_day(event.ends_on, context.lang), datetime=event.ends_on.isoformat()
    )
    return join([day, " – ", end])


def _where(context: DrawContext, moment: Moment) -> Markup:
    _ = context._
    event = moment.event
    names = observations.load_place_names(context.release, context.lang)
    area = names.get(event.admin1_pcode) or words.country(_, event.country)
    return join([el("span", event.place, lang="en"), ", " if event.place else None, area])


def _what_happened(context: DrawContext, moment: Moment) -> Markup:
    """Return what happened; an event that tells of victims is folded."""
    _ = context._
    event = moment.event
    title = el("span", event.title, lang="en")
    body = [
        cards.note(_, event.note) if event.note else None,
        claimed_figures(context, moment.claims) if moment.claims else None,
        cards.folded(context._, claimed_figures(context, moment.victims)) if moment.victims else None,
    ]
    if event.grave:
        return cards.folded(context._, join([el("p", title), *body]))
    return join([title, *body])


def claimed_figures(context: DrawContext, claims: Sequence[EventClaim]) -> Markup:
    """Return what each claimant said in figures."""
    _ = context._
    return el(
        "ul",
        *(
            el(
                "li",
                words.lead(_, _.pgettext("metric", claim.metric)),
                el("b", cards.number_link(_, claim.observation)),
                " · ",
                _("according to {who}", who=claim.claimed_by or _("somebody who is not named")),
                " · ",
                _source(claim.observation.sources[0], context.lang),
            )
            for claim in claims
        ),
        class_="sk-differ",
    )


def _source(source: SourceRef, lang: str) -> Markup:
    published = formats.format_partial_date(source.published_on, lang) if source.published_on else ""
    linked = words.source_link(source)
    return join([linked, f", {published}" if published else None, f" ({source.grade})"])


def casualties(context: DrawContext) -> Markup:
    """Return killed and injured as each side published it, folded behind a note."""
    _ = context._
    findings = list_casualty_findings(context.release, context.today)
    drawn = [cards.card(_, context.release, finding, today=context.today) for finding in findings]
    lead = _("Each figure with who counted it. Parts of different scope are never added.")
    inside = join([el("p", lead, class_="sk-foot"), cards.grid(_, drawn, label=_("Killed and injured"))])
    return el("div", cards.folded(context._, inside), lang=context.lang)


def checked_claims(context: DrawContext, **filters: str) -> Listing:
    """Return checked claims."""
    shown = timeline.filter_checked_claims(context.release, **filters)
    _ = context._
    body: list[list[Cell]] = [
        [
            formats.format_short_day(claim.on, context.lang) if claim.on else _("no date given"),
            join([el("span", claim.claim, lang="en"), cards.note(_, claim.note) if claim.note else None]),
            _claimed(context, claim),
            el("strong", _.pgettext("verdict", claim.verdict)),
            _checker(context, claim),
            _source(claim.source, context.lang),
        ]
        for claim in shown
    ]
    return Listing(
        [
            _("Day of the check"),
            _("Claim"),
            _("Who claims"),
            _("Verdict"),
            _("Who checked"),
            _("Source of the check"),
        ],
        body,
        caption=_.ngettext("{count} claim", "{count} claims", len(shown)),
        parameter="claims",
        empty=_("No claim matches. Clear a filter to see more."),
    )


def _claimed(context: DrawContext, claim: VerifiedItem) -> str:
    """Return who made a claim as far as the record says: the language and the platform of the posts."""
    _ = context._
    languages = {"th": _("posts in Thai"), "km": _("posts in Khmer")}
    parts = [languages.get(claim.language, ""), claim.platform]
    return ", ".join(filter(None, parts)) or _("not stated")


def _checker(context: DrawContext, claim: VerifiedItem) -> Markup:
    _ = context._
    kind = _.pgettext("checker_kind", claim.checker_kind)
    mark = _("a government, which may be a party") if claim.by_a_party else kind
    return join([claim.checker, el("br"), el("span", mark, class_="sk-muted")])


def article_figures(context: DrawContext) -> Markup:
    """Return the figures of one article with what the record says of each; victims are folded."""
    claims = timeline.list_seed_claims(context.release)
    _ = context._
    body: list[list[Cell]] = [
        [
            _.pgettext("metric", claim.metric),
            cards.folded(context._, cards.number_link(_, claim.observation))
            if timeline.counts_victims(claim)
            else cards.number_link(_, claim.observation),
            claim.claimed_by,
            cards.note(_, claim.observation.note, inline=True),
        ]
        for claim in claims
    ]
    return table(
        [_("What was counted"), _("Figure"), _("Who claims"), _("What the record says")],
        body,
        caption=_.ngettext("{count} figure", "{count} figures", len(claims)),
        lang=context.lang,
    )
