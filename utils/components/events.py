"""Events as lines, a month of days, a list with attendance; and how quickly people acted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from utils.analysis import events as analysis_events
from utils.analysis import observations, solidarity
from utils.analysis.city_names import name_city, name_place
from utils.analysis.events import Event, EventFigure
from utils.components import words
from utils.components.notices import none_found
from utils.components.sharing import card_address
from utils.components.tables import Listing, table
from utils.draw_context import DrawContext, per_language
from utils.text.html import Markup, el, join, link
from utils.text.locale import Translator, formats


def line(context: DrawContext, event: Event, *, source: bool = True) -> Markup:
    """Return an event in one line: day, kind, title, attendance by each source, who says so."""
    _ = context._
    return join(
        [
            el("time", day(_, event), datetime=event.on.isoformat() if event.on else None),
            f" · {_.pgettext('kind', event.kind)} · ",
            el("span", event.title, lang="en"),
            unconfirmed(_, event),
            el("span", f" · {attendance(_, event)}") if event.attendance else None,
            join([" · ", _source(event)]) if source else None,
        ]
    )


def unconfirmed(_: Translator, event: Event) -> Markup | None:
    """Return the badge of an event that one source alone tells of, or nothing."""
    if event.confirmed:
        return None
    return join([" ", el("span", _("reported by one source"), class_="sk-badge sk-badge-overdue")])


def _source(event: Event) -> Markup:
    return el("span", words.source_link(event.source), f" ({event.source.grade})", class_="sk-source")


def day(_: Translator, event: Event) -> str:
    """Return the day or days of an event, or that none is given."""
    if event.on is None:
        return _("no date given")
    if event.until and event.until != event.on:
        return (
            f"{formats.format_short_day(event.on, _.lang)} – {formats.format_short_day(event.until, _.lang)}"
        )
    return formats.format_short_day(event.on, _.lang)


def attendance(_: Translator, event: Event) -> str:
    """Return how many came by each source that counted, apart; no source, no number."""
    return "; ".join(_count(_, figure) for figure in event.attendance)


def _count(_: Translator, figure: EventFigure) -> str:
    return f"{words.qualified(_, figure.observation)} ({figure.claimed_by})"


def events(context: DrawContext, **filters: str) -> Listing:
    """Return events with place, attendance by each source, source and note."""
    shown = analysis_events.filter_events(context.release, context.today, **filters)
    _ = context._
    body = [
        [
            day(_, event),
            _.pgettext("kind", event.kind),
            join([el("span", event.title, lang="en"), unconfirmed(_, event)]),
            where(context, event),
            attendance(_, event) or _("not counted"),
            _source(event),
            el("span", event.note, lang="en"),
            link(_("card to share"), card_address(context.lang, f"event-{event.event_id}")),
        ]
        for event in shown
    ]
    return Listing(
        [
            _("Day"),
            _("Kind"),
            _("Event"),
            _("Place"),
            _("Who came, by each source"),
            _("Source"),
            _("Note"),
            _("Share"),
        ],
        body,
        caption=_.ngettext("{count} event", "{count} events", len(shown)),
        parameter="page",
        empty=_("No event matches. Clear a filter to see more."),
    )


def place(context: DrawContext, event: Event) -> str:
    """Return the place of an event, else its province, in the visitor's language where a name is known."""
    if event.place and not event.admin1_pcode:
        return name_city(context.release, event.place, event.country, context.lang)
    if event.place:
        return name_place(context.release, event.place, event.admin1_pcode, context.lang)
    return observations.load_place_names(context.release, context.lang).get(event.admin1_pcode, event.admin1)


def where(context: DrawContext, event: Event) -> str:
    """Return the cities or the place of an event, and its country."""
    known = solidarity.index_cities(context.release)
    named = [context._.format(known[city].called) for city in event.cities if city in known]
    return ", ".join([*(named or [place(context, event)]), words.country(context._, event.country)]).strip(
        ", "
    )


def month_table(context: DrawContext, month: date, acts: Sequence[Event]) -> Markup:
    """Return the days of a month with what happened on each."""
    by_day: dict[date, list[Event]] = defaultdict(list)
    for act in acts:
        if act.on:
            by_day[act.on].append(act)
    weeks = analysis_events.list_weeks(month)
    return el(
        "table",
        el("caption", formats.format_month(month, context.lang)),
        el(
            "thead",
            el(
                "tr",
                *(
                    el("th", formats.format_weekday(weekday, context.lang), scope="col")
                    for weekday in weeks[0]
                ),
            ),
        ),
        el(
            "tbody",
            *(el("tr", *(_cell(context, month, day, by_day.get(day, [])) for day in week)) for week in weeks),
        ),
        class_="sk-calendar",
        lang=context.lang,
    )


def _cell(context: DrawContext, month: date, on: date, acts: Sequence[Event]) -> Markup:
    _ = context._
    outside = on.month != month.month
    return el(
        "td",
        el("time", formats.format_number(on.day, context.lang), datetime=on.isoformat()),
        *(
            el(
                "p",
                el("b", _.pgettext("kind", act.kind)),
                " ",
                el("span", act.title, lang="en"),
                unconfirmed(_, act),
            )
            for act in acts
        ),
        class_="sk-out" if outside else "sk-day" if acts else "sk-free",
    )


@per_language
def first_actions(context: DrawContext) -> Markup:
    """Return the first dated action of each kind of actor, in days since the fighting began."""
    shown = analysis_events.list_first_actions(context.release)
    _ = context._
    return table(
        [
            _("Who or what"),
            _("Days after 24 July"),
            _("Hours, at least and at most"),
            _("First action found"),
            _("Source"),
        ],
        [
            [
                _("{what}: {who}", what=_.translate(action.what), who=_.translate(action.actor)),
                formats.format_number(action.days, context.lang),
                " – ".join(formats.format_number(hours, context.lang) for hours in action.hours),
                words.titled(action.action, action.place),
                words.source_link(action.observation.sources[0]),
            ]
            for action in shown
        ],
        caption=_("First action of each kind, known to the day"),
        numeric=(1, 2),
        lang=context.lang,
    )


def lines(context: DrawContext, shown: Sequence[Event]) -> Markup:
    """Return events as lines, in their order."""
    return el("ul", *(el("li", line(context, event)) for event in shown), class_="sk-list", lang=context.lang)


def announced(context: DrawContext) -> Markup:
    """Return gatherings that are still to come, or that none was found, with the way to add one."""
    shown = analysis_events.filter_events(context.release, context.today, when="announced")
    if not shown:
        notice = none_found(context._, "events", word=context._("none announced"))
        return el("div", notice, class_="sk-empty", lang=context.lang)
    return lines(context, tuple(reversed(shown)))
