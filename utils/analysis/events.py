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
from utils.analysis.city_names import city_of
from utils.analysis.model import Observation, Qualifier, SourceRef
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
class Figure:
    """What one side or outlet reported of an event: never averaged with another."""

    claimed_by: str
    observation: Observation


@dataclass(frozen=True, slots=True)
class Gathering:
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
    lat: float | None
    lon: float | None
    stage: str
    figures: tuple[Figure, ...]
    cities: tuple[str, ...]
    confirmed: bool
    source: SourceRef
    note: str

    def is_announced(self, today: date) -> bool:
        """Return whether the event is still to come on ``today``."""
        last = self.until or self.on
        return last is not None and last >= today

    @property
    def attendance(self) -> tuple[Figure, ...]:
        """Return how many people came, by each source that counted."""
        return tuple(figure for figure in self.figures if figure.observation.indicator == "participants")


@dataclass(frozen=True, slots=True)
class First:
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
def gatherings(release: Release) -> tuple[Gathering, ...]:
    """Return every event, newest first; those without a day last."""
    known = observations.sources(release)
    figures, cities = _figures(release), _cities(release)
    found = [
        _gathering(row, known, figures.get(row["event_id"], ()), cities.get(row["event_id"], ()))
        for row in observations.rows(release, "events")
    ]
    return tuple(sorted(found, key=lambda event: (event.on or date.min, event.event_id), reverse=True))


def _gathering(
    row: Mapping[str, Any],
    known: Mapping[str, SourceRef],
    figures: Iterable[Mapping[str, Any]],
    cities: tuple[str, ...],
) -> Gathering:
    return Gathering(
        event_id=row["event_id"],
        on=row["date"] or None,
        until=row["end_date"] or None,
        kind=row["kind"],
        title=row["title"],
        place=row["place"],
        country=row["country"],
        admin1=row["admin1"],
        admin1_pcode=row["admin1_pcode"],
        lat=row["lat"],
        lon=row["lon"],
        stage=row["stage"],
        figures=tuple(_figure(figure, row["date"], known) for figure in figures),
        cities=cities,
        confirmed=not row["note"].startswith(_DOUBT),
        source=known[row["source_id"]],
        note=row["note"],
    )


def _figure(row: Mapping[str, Any], on: date | None, known: Mapping[str, SourceRef]) -> Figure:
    qualifier: Qualifier = row["qualifier"] or "exact"
    return Figure(
        claimed_by=row["claimed_by"],
        observation=Observation(
            observation_id=row["observation_id"],
            indicator=row["metric"],
            value=row["value"],
            unit=row["unit"],
            as_of=on,
            sources=(known[row["source_id"]],),
            qualifier=qualifier,
            note=row["note"],
        ),
    )


def _figures(release: Release) -> Mapping[str, list[dict[str, Any]]]:
    rows = observations.rows(release, "event_figures")
    corrected = {row["supersedes"] for row in rows if row["supersedes"]}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["observation_id"] not in corrected:
            found[row["event_id"]].append(row)
    return found


def _cities(release: Release) -> Mapping[str, tuple[str, ...]]:
    """An event belongs to the city that its place names, and to those that ``event_cities`` adds."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in observations.rows(release, "events"):
        city = city_of(release, row["place"], row["country"], row["admin1"])
        if city:
            found[row["event_id"]].append(city)
    for row in observations.rows(release, "event_cities"):
        if row["city_id"] not in found[row["event_id"]]:
            found[row["event_id"]].append(row["city_id"])
    return {event: tuple(cities) for event, cities in found.items()}


@per_release
def by_id(release: Release) -> Mapping[str, Gathering]:
    """Return every event by its id."""
    return {event.event_id: event for event in gatherings(release)}


def matching(
    release: Release,
    today: date,
    *,
    kind: str = "all",
    country: str = "all",
    city: str = "all",
    when: str = "all",
    text: str = "",
) -> tuple[Gathering, ...]:
    """Return the acts of solidarity that pass the filters, newest first."""
    wanted = text.casefold()
    return tuple(
        event
        for event in gatherings(release)
        if event.kind in SOLIDARITY
        and kind in ("all", event.kind)
        and country in ("all", event.country)
        and (city == "all" or city in event.cities)
        and _is_when(event, when, today)
        and (
            not wanted
            or wanted
            in f"{event.event_id} {event.title} {event.place} {event.admin1} {event.note}".casefold()
        )
    )


def _is_when(event: Gathering, when: str, today: date) -> bool:
    return {
        "past": event.on is not None and not event.is_announced(today),
        "announced": event.is_announced(today),
        "undated": event.on is None,
    }.get(when, True)


def months(shown: Iterable[Gathering]) -> tuple[tuple[date, tuple[Gathering, ...]], ...]:
    """Return dated events by month, newest month first, days in order within a month."""
    found: dict[date, list[Gathering]] = defaultdict(list)
    for event in shown:
        if event.on:
            found[event.on.replace(day=1)].append(event)
    return tuple(
        (month, tuple(sorted(found[month], key=lambda day: (day.on or month, day.event_id))))
        for month in sorted(found, reverse=True)
    )


def weeks(month: date) -> tuple[tuple[date, ...], ...]:
    """Return the weeks of a month from Monday to Sunday, with days of the months beside it."""
    first = month.replace(day=1)
    monday = first - timedelta(days=first.weekday())
    found = []
    while monday <= first or monday.month == first.month:
        found.append(tuple(monday + timedelta(days=day) for day in range(7)))
        monday += timedelta(days=7)
    return tuple(found)


@per_release
def media(release: Release) -> tuple[Gathering, ...]:
    """Return what happened in the media and online, newest first."""
    return tuple(event for event in gatherings(release) if event.kind == "media")


@per_release
def remembrance(release: Release) -> tuple[Gathering, ...]:
    """Return marches, prayers and ceremonies for peace or for the dead, oldest first."""
    return tuple(
        event
        for event in reversed(gatherings(release))
        if event.kind == "march" and _PEACE.search(f"{event.title} {event.note}")
    )


@per_release
def countries(release: Release) -> tuple[str, ...]:
    """Return the countries of acts of solidarity."""
    return tuple(sorted({event.country for event in gatherings(release) if event.kind in SOLIDARITY}))


@per_release
def by_country(release: Release, today: date) -> tuple[tuple[str, tuple[Gathering, ...]], ...]:
    """Return the dated, past, confirmed acts of solidarity by country, the country with most first."""
    found: dict[str, list[Gathering]] = {}
    for event in gatherings(release):
        confirmed = event.on is not None and event.confirmed and event.event_id != "seed"
        if confirmed and event.country and event.kind in SOLIDARITY and not event.is_announced(today):
            found.setdefault(event.country, []).append(event)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple((country, tuple(acts)) for country, acts in ordered)


@per_release
def speed(release: Release) -> tuple[First, ...]:
    """Return the first dated action of each kind of actor since :data:`START`, quickest first.

    From the acts of solidarity by kind, the reported deliveries by kind of organisation and the counted
    gifts by kind of donor. Events that one source alone reports are left out.
    """
    found = [*_first_events(release), *_first_rows(release, "aid_deliveries", "org_kind", "org")]
    found += _first_rows(release, "donations", "donor_kind", "donor")
    return tuple(sorted(found, key=lambda event: (event.days, event.action)))


def _first_events(release: Release) -> Iterable[First]:
    for kind in SOLIDARITY:
        acts = [
            event
            for event in gatherings(release)
            if event.kind == kind
            and event.confirmed
            and event.on
            and event.on >= START
            and event.event_id != "seed"
        ]
        if acts:
            first = acts[-1]
            assert first.on is not None  # noqa: S101  # filtered above
            yield First(
                what=lazy_gettext("first act"),
                actor=lazy_pgettext("kind", kind),
                action=first.title,
                place=first.place or first.admin1,
                days=(first.on - START).days,
                observation=_days(first.event_id, first.on, first.source),
            )


def _first_rows(release: Release, table: str, kind: str, who: str) -> Iterable[First]:
    known = observations.sources(release)
    firsts: dict[str, dict[str, Any]] = {}
    for row in observations.rows(release, table):
        done = row["status"] in {"reported", "raised", "allocated", "delivered"}
        if row["date"] and row["date"] >= START and done and _is_relief(row):
            first = firsts.setdefault(row[kind], row)
            if row["date"] < first["date"]:
                firsts[row[kind]] = row
    for code, row in firsts.items():
        yield First(
            what=lazy_gettext("first delivery") if table == "aid_deliveries" else lazy_gettext("first gift"),
            actor=lazy_pgettext(kind, code),
            action=row[who],
            place=row.get("place_or_site") or row.get("donor_city") or "",
            days=(row["date"] - START).days,
            observation=_days(row.get("delivery_id") or row["row_id"], row["date"], known[row["source_id"]]),
        )


def _is_relief(row: Mapping[str, Any]) -> bool:
    """Return whether a gift or delivery is relief for people in Cambodia."""
    return row.get("purpose", "") not in {"military", "infrastructure"} and (
        row.get("exclude_reason", "") != "other_country"
    )


def _days(row_id: str, on: date, source: SourceRef) -> Observation:
    return Observation(row_id, "days_to_first_action", float((on - START).days), "days", on, (source,))
