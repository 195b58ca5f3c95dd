"""What the page of events shows: events of solidarity, first actions, acts of advocacy."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from utils.analysis import advocacy, events, solidarity
from utils.components import events as lists
from utils.components.advocacy import advocacy_acts
from utils.draw_context import DrawContext
from utils.exports.dataset import Dataset, also_cited, beside, cited, contract_column, newest_of, own_column
from utils.text.locale import lazy_gettext
from utils.views.columns import CLAIMED, claim_sources, claimed
from utils.views.filters import any_of, city_label, coded, country_name, free_text
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


def gathered(context: DrawContext, **filters: str) -> Dataset:
    """Return the acts of solidarity that pass the filters of their page."""
    shown = events.filter_events(context.release, context.today, **filters)
    made = beside(
        context.release,
        "events",
        "event_id",
        {event.event_id: event for event in shown},
        (CLAIMED, _CITIES, _CONFIRMED),
        lambda event: (claimed(event.figures), " ".join(event.cities), event.confirmed),
    )
    return also_cited(made, claim_sources(event.figures for event in shown))


def firsts(context: DrawContext) -> Dataset:
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
        sources=cited(source for row in shown for source in row.observation.sources),
        newest=newest_of(action.observation.as_of for action in shown),
    )


def advocated(context: DrawContext) -> Dataset:
    """Return letters, petitions and motions with the event of each."""
    shown = advocacy.list_advocacy_acts(context.release)
    made = beside(
        context.release,
        "advocacy_acts",
        "act_id",
        {act.act_id: act for act in shown},
        [contract_column(context.release, "events", name) for name in ("date", "title", "country")],
        lambda act: (act.event.on, act.event.title, act.event.country),
    )
    dated = replace(made, newest=newest_of(act.event.on for act in shown))
    return also_cited(dated, (act.event.source for act in shown))


_WHEN: Final = {
    "past": lazy_gettext("Past"),
    "announced": lazy_gettext("Announced"),
    "undated": lazy_gettext("Without a day"),
}
_GATHERINGS: Final = (
    coded(
        "kind", lazy_gettext("Kind of event"), lazy_gettext("All kinds"), lambda _release: events.SOLIDARITY
    ),
    any_of(
        "country",
        lazy_gettext("Country"),
        lazy_gettext("All countries"),
        events.list_event_countries,
        country_name,
    ),
    any_of(
        "city",
        lazy_gettext("City"),
        lazy_gettext("All cities"),
        lambda release: tuple(solidarity.index_cities(release)),
        city_label,
    ),
    any_of(
        "when",
        lazy_gettext("Past or announced"),
        lazy_gettext("All"),
        lambda _release: tuple(_WHEN),
        lambda _, _release, code: _.translate(_WHEN[code]),
    ),
    free_text(lazy_gettext("Search events"), lazy_gettext("Title, place or note")),
)

EVENTS: Final = View(
    "gatherings", "events", lists.events, gathered, _GATHERINGS, lazy_gettext("Events"), placed=True
)
FIRST_ACTIONS: Final = View(
    "first-actions", "events", lists.first_actions, firsts, title=lazy_gettext("How quickly people acted")
)
ADVOCACY: Final = View(
    "advocacy", "events", advocacy_acts, advocated, title=lazy_gettext("Letters, petitions, motions")
)
