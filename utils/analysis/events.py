"""Events: what people did, where, how many came by each source that counted; past and announced.

An event may lack a day, a sum, an end: it stands in the list all the same. Speed is given in days, since
no source of the record gives the hour.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

from utils.analysis import observations
from utils.analysis.city_names import find_city
from utils.analysis.model import Observation, SourceRef
from utils.releases import Release, per_release
from utils.text.locale import Message, lazy_gettext, lazy_pgettext

START: Final = date(2025, 7, 24)
"""The day the fighting of July 2025 began: speed is counted from here."""
SOLIDARITY: Final = ("march", "fundraiser", "aid_delivery", "advocacy")
"""Kinds of event that are acts of people for people, in the order of a filter."""
_PEACE: Final = re.compile(r"\b(?:monks?|pray\w*|ceremony|peace|vigils?|memorial)\b", re.IGNORECASE)
_DOUBT: Final = "UNCONFIRMED"
When = Literal["all", "past", "announced", "undated"]


@dataclass(frozen=True, slots=True)
class EventFigure:
    """What one side or outlet reported of an event: never averaged with another."""

    claimed_by: str
    observation: Observation


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``on`` is ``None`` where no day is known; ``cities`` are ids of the cities table.

    ``confirmed`` is false where the record itself says that one source alone reports it.
    """

    event_id: str
    on: date | None
    until: date | None
    kind: str
    title: str
    place: str
    country: str
    admin1: str
    admin1_pcode: str
    figures: tuple[EventFigure, ...]
    cities: tuple[str, ...]
    confirmed: bool
    source: SourceRef
    note: str

    def is_announced(self, today: date) -> bool:
        """Return whether the event is still to come on ``today``."""
        last = self.until or self.on
        return last is not None and last >= today

    @property
    def attendance(self) -> tuple[EventFigure, ...]:
        """Return how many people came, by each source that counted."""
        return tuple(figure for figure in self.figures if figure.observation.indicator == "participants")


@dataclass(frozen=True, slots=True)
class FirstAction:
    """The first dated action of one kind: an act, a delivery or a gift, ``days`` after :data:`START`."""

    what: Message
    actor: Message
    action: str
    place: str
    days: int
    observation: Observation

    @property
    def hours(self) -> tuple[int, int]:
        """Return the least and most hours that a day can mean, since no hour is known."""
        return (max(self.days - 1, 0) * 24, (self.days + 1) * 24)


@per_release
def list_events(release: Release) -> tuple[Event, ...]:
    """Return every event, newest first; those without a day last."""
    sources = observations.load_sources(release)
    figures, cities = _figures(release), _cities(release)
    events = [
        observations.build_from_row(
            Event,
            row,
            on=row["date"] or None,
            until=row["end_date"] or None,
            figures=tuple(
                _figure(figure, row["date"], sources) for figure in figures.get(row["event_id"], ())
            ),
            cities=cities.get(row["event_id"], ()),
            confirmed=not row["note"].startswith(_DOUBT),
            source=sources[row["source_id"]],
        )
        for row in observations.load_rows(release, "events")
    ]
    return tuple(sorted(events, key=lambda event: (event.on or date.min, event.event_id), reverse=True))


def _figure(row: Mapping[str, Any], on: date | None, sources: Mapping[str, SourceRef]) -> EventFigure:
    observation = observations.build_from_row(
        Observation,
        row,
        indicator=row["metric"],
        as_of=on,
        sources=(sources[row["source_id"]],),
        qualifier=row["qualifier"] or "exact",
    )
    return EventFigure(row["claimed_by"], observation)


def _figures(release: Release) -> Mapping[str, list[dict[str, Any]]]:
    rows = observations.load_rows(release, "event_figures")
    corrected = {row["supersedes"] for row in rows if row["supersedes"]}
    figures: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["observation_id"] not in corrected:
            figures[row["event_id"]].append(row)
    return figures


def _cities(release: Release) -> Mapping[str, tuple[str, ...]]:
    """An event belongs to the city that its place names, and to those that ``event_cities`` adds."""
    cities_by_event: dict[str, list[str]] = defaultdict(list)
    for row in observations.load_rows(release, "events"):
        city = find_city(release, row["place"], row["country"], row["admin1"])
        if city:
            cities_by_event[row["event_id"]].append(city)
    for row in observations.load_rows(release, "event_cities"):
        if row["city_id"] not in cities_by_event[row["event_id"]]:
            cities_by_event[row["event_id"]].append(row["city_id"])
    return {event: tuple(cities) for event, cities in cities_by_event.items()}


@per_release
def index_events(release: Release) -> Mapping[str, Event]:
    """Return every event by its id."""
    return {event.event_id: event for event in list_events(release)}


def filter_events(
    release: Release,
    today: date,
    *,
    kind: str = "all",
    country: str = "all",
    city: str = "all",
    when: str = "all",
    text: str = "",
) -> tuple[Event, ...]:
    """Return the acts of solidarity that pass the filters, newest first."""
    return tuple(
        event
        for event in list_events(release)
        if event.kind in SOLIDARITY
        and kind in ("all", event.kind)
        and country in ("all", event.country)
        and (city == "all" or city in event.cities)
        and _is_when(event, when, today)
        and observations.holds_text(text, event.event_id, event.title, event.place, event.admin1, event.note)
    )


def _is_when(event: Event, when: str, today: date) -> bool:
    return {
        "past": event.on is not None and not event.is_announced(today),
        "announced": event.is_announced(today),
        "undated": event.on is None,
    }.get(when, True)


def group_by_month(events: Iterable[Event]) -> tuple[tuple[date, tuple[Event, ...]], ...]:
    """Return dated events by month, newest month first, days in order within a month."""
    by_month: dict[date, list[Event]] = defaultdict(list)
    for event in events:
        if event.on:
            by_month[event.on.replace(day=1)].append(event)
    return tuple(
        (month, tuple(sorted(by_month[month], key=lambda day: (day.on or month, day.event_id))))
        for month in sorted(by_month, reverse=True)
    )


def list_weeks(month: date) -> tuple[tuple[date, ...], ...]:
    """Return the weeks of a month from Monday to Sunday, with days of the months beside it."""
    first = month.replace(day=1)
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday <= first or monday.month == first.month:
        weeks.append(tuple(monday + timedelta(days=day) for day in range(7)))
        monday += timedelta(days=7)
    return tuple(weeks)


@per_release
def list_media_events(release: Release) -> tuple[Event, ...]:
    """Return what happened in the media and online, newest first."""
    return tuple(event for event in list_events(release) if event.kind == "media")


@per_release
def list_remembrance(release: Release) -> tuple[Event, ...]:
    """Return marches, prayers and ceremonies for peace or for the dead, oldest first."""
    return tuple(
        event
        for event in reversed(list_events(release))
        if event.kind == "march" and _PEACE.search(f"{event.title} {event.note}")
    )


@per_release
def list_event_countries(release: Release) -> tuple[str, ...]:
    """Return the countries of acts of solidarity."""
    return tuple(sorted({event.country for event in list_events(release) if event.kind in SOLIDARITY}))


@per_release
def group_by_country(release: Release, today: date) -> tuple[tuple[str, tuple[Event, ...]], ...]:
    """Return the dated, past, confirmed acts of solidarity by country, the country with most first."""
    by_country: dict[str, list[Event]] = {}
    for event in list_events(release):
        confirmed = event.on is not None and event.confirmed and event.event_id != "seed"
        if confirmed and event.country and event.kind in SOLIDARITY and not event.is_announced(today):
            by_country.setdefault(event.country, []).append(event)
    ordered = sorted(by_country.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple((country, tuple(acts)) for country, acts in ordered)


@per_release
def list_first_actions(release: Release) -> tuple[FirstAction, ...]:
    """Return the first dated action of each kind of actor since :data:`START`, quickest first.

    From the acts of solidarity by kind, the reported deliveries by kind of organisation and the counted
    gifts by kind of donor. Events that one source alone reports are left out.
    """
    actions = [*_first_events(release), *_first_rows(release, "aid_deliveries", "org_kind", "org")]
    actions += _first_rows(release, "donations", "donor_kind", "donor")
    return tuple(sorted(actions, key=lambda event: (event.days, event.action)))


def _first_events(release: Release) -> Iterable[FirstAction]:
    for kind in SOLIDARITY:
        acts = [
            event
            for event in list_events(release)
            if event.kind == kind
            and event.confirmed
            and event.on
            and event.on >= START
            and event.event_id != "seed"
        ]
        if acts:
            first = acts[-1]
            assert first.on is not None  # noqa: S101  # filtered above
            yield FirstAction(
                what=lazy_gettext("first act"),
                actor=lazy_pgettext("kind", kind),
                action=first.title,
                place=first.place or first.admin1,
                days=(first.on - START).days,
                observation=_days(first.event_id, first.on, first.source),
            )


def _first_rows(release: Release, table: str, kind: str, who: str) -> Iterable[FirstAction]:
    sources = observations.load_sources(release)
    firsts: dict[str, dict[str, Any]] = {}
    for row in observations.load_rows(release, table):
        done = row["status"] in {"reported", "raised", "allocated", "delivered"}
        if row["date"] and row["date"] >= START and done and _is_relief(row):
            first = firsts.setdefault(row[kind], row)
            if row["date"] < first["date"]:
                firsts[row[kind]] = row
    for code, row in firsts.items():
        yield FirstAction(
            what=lazy_gettext("first delivery") if table == "aid_deliveries" else lazy_gettext("first gift"),
            actor=lazy_pgettext(kind, code),
            action=row[who],
            place=row.get("place_or_site") or row.get("donor_city") or "",
            days=(row["date"] - START).days,
            observation=_days(
                row.get("delivery_id") or row["row_id"], row["date"], sources[row["source_id"]]
            ),
        )


def _is_relief(row: Mapping[str, Any]) -> bool:
    """Return whether a gift or delivery is relief for people in Cambodia."""
    return row.get("purpose", "") not in {"military", "infrastructure"} and (
        row.get("exclude_reason", "") != "other_country"
    )


def _days(row_id: str, on: date, source: SourceRef) -> Observation:
    return Observation(row_id, "days_to_first_action", float((on - START).days), "days", on, (source,))
