"""What the page of events shows: events of solidarity, first actions, acts of advocacy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from utils.analysis import advocacy, events, solidarity
from utils.components import events as lists
from utils.components.advocacy import advocacy_acts
from utils.draw_context import DrawContext
from utils.exports.calendar import CalendarEvent, write_calendar
from utils.exports.dataset import (
    Dataset,
    cite_also,
    contract_column,
    join_columns,
    newest_day,
    own_column,
    unique_sources,
)
from utils.text.locale import lazy_gettext
from utils.views.columns import CLAIMS_IN_FIGURES, format_claims, list_claim_sources
from utils.views.filters import coded_choice, country_choice, format_city, free_text, optional_choice
from utils.views.model import View

_CITIES: Final = own_column(
    "cities", "string", lazy_gettext("Cities"), "Ids of the cities that the event belongs to"
)

_CONFIRMED: Final = own_column(
    "confirmed", "boolean", lazy_gettext("Confirmed"), "no: the record says that one source alone tells of it"
)

_FIRST: Final = (
    own_column("what", "string", lazy_gettext("First of what"), "Act, delivery or gift, in English"),
    own_column("actor", "string", lazy_gettext("Kind (code)"), "Kind of event, organisation or donor"),
    own_column("action", "string", lazy_gettext("First action found"), "Title, organisation or donor"),
    own_column("place", "string", lazy_gettext("Place"), "Where, as far as the record tells"),
    own_column("days", "integer", lazy_gettext("Days after 24 July"), "Days after 24 July 2025", "days"),
    own_column(
        "hours_least", "integer", lazy_gettext("Hours, at least"), "No source tells the hour", "hours"
    ),
    own_column("hours_most", "integer", lazy_gettext("Hours, at most"), "No source tells the hour", "hours"),
    own_column("date", "date", lazy_gettext("Day"), "Day of the action"),
    own_column("row_id", "string", lazy_gettext("Row ids"), "Event, delivery or gift"),
    own_column("source_id", "string", lazy_gettext("Source (code)"), "Source of the row"),
)


def list_events(context: DrawContext, **filters: str) -> Dataset:
    """Return the acts of solidarity that pass the filters of their page."""
    shown = events.filter_events(context.release, context.today, **filters)
    dataset = join_columns(
        context.release,
        "events",
        "event_id",
        {event.event_id: event for event in shown},
        (CLAIMS_IN_FIGURES, _CITIES, _CONFIRMED),
        lambda event: (format_claims(event.figures), " ".join(event.cities), event.confirmed),
    )
    return cite_also(dataset, list_claim_sources(event.figures for event in shown))


def write_events_calendar(
    context: DrawContext, shown: Iterable[events.Event], *, stamp: date | None = None
) -> str:
    """Return the dated events as an iCalendar file, made on ``stamp``, by default today."""
    _ = context._
    return write_calendar(
        (
            CalendarEvent(
                uid=f"{event.event_id}@samaki",
                first=event.on,
                last=event.until or event.on,
                summary=event.title,
                location=lists.format_cities(context, event),
                description=_("Source: {publisher}", publisher=event.source.publisher),
                category=_.pgettext("kind", event.kind),
                url=event.source.url or "",
                sure=event.confirmed,
            )
            for event in shown
            if event.on
        ),
        name=_("Samaki: events"),
        stamp=stamp or context.today,
    )


def list_first_actions(context: DrawContext) -> Dataset:
    """Return the first dated action of each kind, in days since the fighting began."""
    shown = events.list_first_actions(context.release)
    return Dataset(
        columns=_FIRST,
        rows=tuple(
            (
                action.what.msgid,
                action.actor.msgid,
                action.action,
                action.place,
                action.days,
                *action.hours,
                action.observation.as_of,
                action.observation.observation_id,
                action.observation.sources[0].source_id,
            )
            for action in shown
        ),
        sources=unique_sources(source for row in shown for source in row.observation.sources),
        newest=newest_day(action.observation.as_of for action in shown),
    )


def list_advocacy_acts(context: DrawContext) -> Dataset:
    """Return letters, petitions and motions with the event of each."""
    shown = advocacy.list_advocacy_acts(context.release)
    dataset = join_columns(
        context.release,
        "advocacy_acts",
        "act_id",
        {act.act_id: act for act in shown},
        [contract_column(context.release, "events", name) for name in ("date", "title", "country")],
        lambda act: (act.event.on, act.event.title, act.event.country),
    )
    dated = replace(dataset, newest=newest_day(act.event.on for act in shown))
    return cite_also(dated, (act.event.source for act in shown))


_WHEN: Final = {
    "past": lazy_gettext("Past"),
    "announced": lazy_gettext("Announced"),
    "undated": lazy_gettext("Without a day"),
}
_GATHERINGS: Final = (
    coded_choice(
        "kind", lazy_gettext("Kind of event"), lazy_gettext("All kinds"), lambda _release: events.SOLIDARITY
    ),
    country_choice(lazy_gettext("Country"), events.list_event_countries),
    optional_choice(
        "city",
        lazy_gettext("City"),
        lazy_gettext("All cities"),
        lambda release: tuple(solidarity.index_cities(release)),
        format_city,
    ),
    optional_choice(
        "when",
        lazy_gettext("Past or announced"),
        lazy_gettext("All"),
        lambda _release: tuple(_WHEN),
        lambda _, _release, code: _.translate(_WHEN[code]),
    ),
    free_text(lazy_gettext("Search events"), lazy_gettext("Title, place or note")),
)

EVENTS: Final = View(
    "gatherings", "events", lists.list_events, list_events, _GATHERINGS, lazy_gettext("Events"), placed=True
)
FIRST_ACTIONS: Final = View(
    "first-actions",
    "events",
    lists.first_actions,
    list_first_actions,
    title=lazy_gettext("How quickly people acted"),
)
ADVOCACY: Final = View(
    "advocacy", "events", advocacy_acts, list_advocacy_acts, title=lazy_gettext("Letters, petitions, motions")
)
