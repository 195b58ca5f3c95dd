"""Events as lines, a month of days, a list with attendance; and how quickly people acted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from utils.analysis import events, observations, solidarity
from utils.analysis.city_names import name_city, name_place
from utils.analysis.events import Event
from utils.components import inline
from utils.components.notices import none_found
from utils.components.sharing import card_address
from utils.components.tables import Listing, listing, table_of
from utils.draw_context import DrawContext, per_language
from utils.text import wording
from utils.text.html import Markup, el, join, link
from utils.text.locale import Translator, formats


def event_line(context: DrawContext, event: Event, *, source: bool = True) -> Markup:
    """Return an event in a line: day, kind, title, attendance by each source, its ``source``."""
    _ = context._
    attendance = _format_attendance(_, event)
    return join(
        [
            el("time", format_days(_, event), datetime=event.on.isoformat() if event.on else None),
            f" · {_.pgettext('kind', event.kind)} · ",
            _title(_, event),
            el("span", f" · {attendance}") if attendance else None,
            join([" · ", inline.cite_source(event.source)]) if source else None,
        ]
    )


def _title(_: Translator, event: Event) -> Markup:
    """Return the title of an event, with a badge where a single source reports it."""
    title = el("span", event.title, lang="en")
    if event.confirmed:
        return title
    return join([title, " ", inline.warning_badge(_("reported by one source"))])


def format_days(_: Translator, event: Event) -> str:
    """Return the day or days of an event, or that none is given."""
    first = wording.format_day(_, event.on)
    if event.on and event.until and event.until != event.on:
        return f"{first} – {formats.format_short_day(event.until, _.lang)}"
    return first


def _format_attendance(_: Translator, event: Event) -> str:
    """Return how many came by each source that counted, apart; no source, no number."""
    return "; ".join(
        f"{wording.format_quantity(_, figure.observation)} ({figure.claimed_by})"
        for figure in event.attendance
    )


def list_events(context: DrawContext, **filters: str) -> Listing:
    """Return events with place, attendance by each source, source and note."""
    gatherings = events.filter_events(context.release, context.today, **filters)
    _ = context._
    return listing(
        gatherings,
        [
            (_("Day"), lambda event: format_days(_, event)),
            (_("Kind"), lambda event: _.pgettext("kind", event.kind)),
            (_("Event"), lambda event: _title(_, event)),
            (_("Place"), lambda event: format_cities(context, event)),
            (
                _("Who came, by each source"),
                lambda event: _format_attendance(_, event) or _("not counted"),
            ),
            (_("Source"), lambda event: inline.cite_source(event.source)),
            (_("Note"), lambda event: el("span", event.note, lang="en")),
            (
                _("Share"),
                lambda event: link(_("card to share"), card_address(context.lang, f"event-{event.event_id}")),
            ),
        ],
        caption=_.ngettext("{count} event", "{count} events", len(gatherings)),
        parameter="page",
        empty=_("No event matches. Clear a filter to see more."),
    )


def format_place(context: DrawContext, event: Event) -> str:
    """Return the place of an event, else its province, in the visitor's language where a name is known."""
    if event.place and not event.admin1_pcode:
        return name_city(context.release, event.place, event.country, context.lang)
    if event.place:
        return name_place(context.release, event.place, event.admin1_pcode, context.lang)
    return observations.load_place_names(context.release, context.lang).get(event.admin1_pcode, event.admin1)


def format_cities(context: DrawContext, event: Event) -> str:
    """Return the cities or the place of an event, and its country."""
    cities = solidarity.index_cities(context.release)
    named = [context._.format(cities[city].called) for city in event.cities if city in cities]
    country = wording.name_country(context._, event.country)
    return ", ".join([*(named or [format_place(context, event)]), country]).strip(", ")


def month_table(context: DrawContext, month: date, gatherings: Sequence[Event]) -> Markup:
    """Return the days of a month with what happened on each."""
    by_day: dict[date, list[Event]] = defaultdict(list)
    for gathering in gatherings:
        if gathering.on:
            by_day[gathering.on].append(gathering)
    weeks = events.list_weeks(month)
    names = [formats.format_weekday(day, context.lang) for day in weeks[0]]
    return el(
        "table",
        el("caption", formats.format_month(month, context.lang)),
        el("thead", el("tr", *(el("th", name, scope="col") for name in names))),
        el(
            "tbody",
            *(
                el("tr", *(_day_cell(context, month, day, by_day.get(day, [])) for day in week))
                for week in weeks
            ),
        ),
        class_="sk-calendar",
        lang=context.lang,
    )


def _day_cell(context: DrawContext, month: date, day: date, gatherings: Sequence[Event]) -> Markup:
    _ = context._
    outside = day.month != month.month
    return el(
        "td",
        el("time", formats.format_number(day.day, context.lang), datetime=day.isoformat()),
        *(
            el("p", el("b", _.pgettext("kind", gathering.kind)), " ", _title(_, gathering))
            for gathering in gatherings
        ),
        class_="sk-out" if outside else "sk-day" if gatherings else "sk-free",
    )


@per_language
def first_actions(context: DrawContext) -> Markup:
    """Return the first dated action of each kind of actor, in days since the fighting began."""
    _, lang = context._, context.lang
    return table_of(
        events.list_first_actions(context.release),
        [
            (
                _("Who or what"),
                lambda action: _(
                    "{what}: {who}", what=_.translate(action.what), who=_.translate(action.actor)
                ),
            ),
            (_("Days after 24 July"), lambda action: formats.format_number(action.days, lang)),
            (
                _("Hours, at least and at most"),
                lambda action: " – ".join(formats.format_number(hours, lang) for hours in action.hours),
            ),
            (_("First action found"), lambda action: inline.title_with_place(action.action, action.place)),
            (_("Source"), lambda action: inline.link_source(action.observation.sources[0])),
        ],
        caption=_("First action of each kind, known to the day"),
        numeric=(1, 2),
        lang=lang,
    )


def event_lines(context: DrawContext, gatherings: Sequence[Event]) -> Markup:
    """Return events as lines, in their order."""
    return inline.bullets((event_line(context, event) for event in gatherings), context.lang)


def announced_events(context: DrawContext) -> Markup:
    """Return gatherings that are still to come, or that none was found, with the way to add one."""
    announced = events.filter_events(context.release, context.today, when="announced")
    if not announced:
        notice = none_found(context._, "events", word=context._("none announced"))
        return el("div", notice, class_="sk-empty", lang=context.lang)
    return event_lines(context, tuple(reversed(announced)))
