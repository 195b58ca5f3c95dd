"""Relief on the ground: who brought what where; delivered, promised, target and refused stay apart.

A delivery that names several provinces stands under each and is never divided. Nothing here is added to
money. The signed-in tier reads the same rows with the sites they name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import zip_longest
from typing import Final

from utils.analysis import events as analysis_events
from utils.analysis import observations, places
from utils.analysis.events import Event
from utils.analysis.freshness import assess_settled
from utils.analysis.model import Finding, Observation, SourceRef
from utils.analysis.places import NamedPlace
from utils.releases import Release, per_release
from utils.text.locale import Message, lazy_gettext, lazy_ngettext

STATUSES: Final = ("reported", "pledged", "target", "refused")
SECTORS: Final = ("food", "water", "hygiene_kits", "shelter", "medicine", "education", "cash", "other")
NEED_SECTORS: Final = ("food", "nutrition", "shelter", "education", "early_recovery", "health", "wash")
_LABELS: Final[Mapping[str, Message]] = {
    "reported": lazy_gettext("deliveries reported"),
    "pledged": lazy_gettext("promised, no delivery reported"),
    "target": lazy_gettext("targets, no delivery reported"),
    "refused": lazy_gettext("refused on the way"),
}


_JOINT: Final = re.compile(r",? (?:with|and|through|to) |, ")
_SMALL_WORDS: Final = frozenset({"of", "the", "in", "for", "and", "de", "et", "&"})
_COUNTRY: Final = re.compile(r"(?: International)?(?: in)? Cambodia$")
_TAIL: Final = re.compile(r" \([^)]*\)$")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One line of goods. ``provinces`` are P-codes, empty where none was named; ``place`` is the place
    as this tier may show it. ``quantity`` is in ``unit``, ``None`` where not published."""

    delivery_id: str
    on: date | None
    org: str
    org_kind: str
    sector: str
    quantity: float | None
    unit: str
    families: float | None
    people: float | None
    place: str
    from_city: str
    origin_country: str
    status: str
    provinces: tuple[str, ...]
    source: SourceRef
    note: str


@dataclass(frozen=True, slots=True)
class ReliefCell:
    """Who brought goods of one sector to one province; no organisation means that none was found."""

    organisations: tuple[str, ...]
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class Doing:
    """What one organisation brought or promised to one province: the sectors, under one status."""

    organisation: str
    status: str
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccessEvent:
    """An event that opened or closed a way. ``whole`` where it concerns the whole border."""

    event: Event
    access: str
    effect: str
    closed_by: str
    note: str

    @property
    def whole(self) -> bool:
        """Return whether it concerns every crossing: one that names no place."""
        return self.access == "crossing" and not self.event.place and not self.event.admin1


@dataclass(frozen=True, slots=True)
class Crossing:
    """A border crossing of the record with the newest event that names it, ``None`` where none does."""

    place: NamedPlace
    last: AccessEvent | None


@dataclass(frozen=True, slots=True)
class Corridor:
    """A way of goods from abroad with what is known of it; ``since`` where a day is known."""

    origin: str
    country: str
    mode: str
    status: str
    since: date | None
    source: SourceRef
    note: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """An amount asked for: not income."""

    organisation: str
    target: Observation
    purpose: str
    source: SourceRef
    note: str


@per_release
def list_deliveries(release: Release) -> tuple[Delivery, ...]:
    """Return every delivery, newest first; those without a day last."""
    sources = observations.load_sources(release)
    provinces = observations.group_column(release, "aid_delivery_areas", "delivery_id", "admin1_pcode")
    deliveries = [
        observations.build_from_row(
            Delivery,
            row,
            on=row["date"],
            sector=row["item_category"],
            families=row["beneficiaries_families"],
            people=row["beneficiaries_people"],
            place=row["place_or_site"],
            provinces=provinces.get(row["delivery_id"], ()),
            source=sources[row["source_id"]],
        )
        for row in observations.load_rows(release, "aid_deliveries")
    ]
    return tuple(
        sorted(deliveries, key=lambda delivery: (delivery.on or date.min, delivery.delivery_id), reverse=True)
    )


@per_release
def list_relief_findings(release: Release, today: date) -> tuple[Finding, ...]:
    """Return how many rows there are of each status, apart."""
    return tuple(_finding(release, status, today) for status in STATUSES)


def count_deliveries(key: str, rows: Iterable[Delivery]) -> Observation:
    """Return how many rows there are as an Observation of our own, with all its sources."""
    listed = tuple(rows)
    return Observation(
        observation_id="",
        indicator=key,
        value=float(len(listed)),
        unit="rows",
        as_of=max((row.on for row in listed if row.on), default=None),
        sources=tuple({row.source.source_id: row.source for row in listed}.values()),
        computed_from=tuple(row.delivery_id for row in listed),
    )


def _finding(release: Release, status: str, today: date) -> Finding:
    rows = [delivery for delivery in list_deliveries(release) if delivery.status == status]
    observation = count_deliveries(f"deliveries-{status}", rows)
    return Finding(
        key=observation.indicator,
        label=_LABELS[status],
        observation=observation if rows else None,
        why=lazy_gettext(
            "Our own count of the rows of this status: how many were found, not how many there were."
        ),
        freshness=assess_settled(observation.as_of, today),
        absence="" if rows else "not_found",
        context=_undated(sum(row.on is None for row in rows)),
    )


def _undated(count: int) -> Message | None:
    if not count:
        return None
    return lazy_ngettext("{count} of these rows has no date.", "{count} of these rows have no date.", count)


@per_release
def build_relief_matrix(release: Release) -> Mapping[tuple[str, str], ReliefCell]:
    """Return who brought what where: (province P-code, sector) -> reported deliveries.

    Every province that any row names has a cell for every sector, so that "none found" is shown.
    """
    cells: dict[tuple[str, str], list[Delivery]] = {
        (province, sector): [] for province in list_delivery_provinces(release) for sector in SECTORS
    }
    for delivery in list_deliveries(release):
        if delivery.status == "reported":
            for province in delivery.provinces:
                cells[province, delivery.sector].append(delivery)
    return {
        key: ReliefCell(
            tuple(sorted({name for row in rows for name in list_carriers(release, row)})), tuple(rows)
        )
        for key, rows in cells.items()
    }


def split_names(text: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the organisations that a text names together: "UNICEF with Smart Axiata" names two.

    What follows a joining word is a name where each of its words but the small ones has a capital:
    "Prime minister and spouse" stays whole. ``known`` names are never split; a note in brackets at the end
    of a name is left out.
    """
    kept = {f"\0{index}\0": name for index, name in enumerate(known) if name in text and _JOINT.search(name)}
    for mark, name in kept.items():
        text = text.replace(name, mark)
    parts: list[str] = []
    start = 0
    joints = list(_JOINT.finditer(text))
    for joint, following in zip_longest(joints, joints[1:]):
        if joint and _is_name(text[joint.end() : following.start() if following else len(text)]):
            parts.append(text[start : joint.start()])
            start = joint.end()
    parts.append(text[start:])
    for mark, name in kept.items():
        parts = [part.replace(mark, name) for part in parts]
    return tuple(dict.fromkeys(part if part in known else _TAIL.sub("", part) for part in parts))


def _is_name(text: str) -> bool:
    words = _TAIL.sub("", text).split()
    return (
        bool(words)
        and all(word in _SMALL_WORDS or not word[0].islower() for word in words)
        and (words[-1].lower() != "partner")
    )


@per_release
def _known_names(release: Release) -> Mapping[str, str]:
    """Return each name of the organisations table, and its short form, with the name it stands for."""
    names = [row["name"] for row in observations.load_rows(release, "organisations")]
    shorts: dict[str, list[str]] = defaultdict(list)
    for name in names:
        shorts[_COUNTRY.sub("", name)].append(name)
    known = {short: found[0] for short, found in shorts.items() if len(found) == 1}
    return {**known, **{name: name for name in names}}


def list_carriers(release: Release, delivery: Delivery) -> tuple[str, ...]:
    """Return each organisation that a delivery names: a joint one counts for all of them.

    One that the table knows as "… Cambodia" or "… in Cambodia" stands under that name: "UNICEF" is
    "UNICEF Cambodia", and is not counted twice.
    """
    known = _known_names(release)
    return tuple(dict.fromkeys(known.get(name, name) for name in split_names(delivery.org, known)))


@per_release
def list_doings(release: Release) -> Mapping[str, tuple[Doing, ...]]:
    """Return who does what in each province by P-code: reported first, then promised, targets, refused.

    A province that any delivery names has an entry; ``""`` holds those that name no province.
    """
    sectors: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for delivery in list_deliveries(release):
        for province in delivery.provinces or ("",):
            for name in list_carriers(release, delivery):
                sectors[province, delivery.status, name].add(delivery.sector)
    doings: dict[str, list[Doing]] = defaultdict(list)
    for (province, status, name), found in sorted(
        sectors.items(), key=lambda item: (item[0][0], STATUSES.index(item[0][1]), item[0][2].casefold())
    ):
        doings[province].append(Doing(name, status, tuple(s for s in SECTORS if s in found)))
    return {province: tuple(rows) for province, rows in doings.items()}


@per_release
def list_delivery_provinces(release: Release) -> tuple[str, ...]:
    """Return the provinces that a delivery names, by P-code."""
    return tuple(sorted({code for delivery in list_deliveries(release) for code in delivery.provinces}))


@per_release
def list_organisations_by_province(release: Release) -> Mapping[str, tuple[str, ...]]:
    """Return the organisations with a reported delivery by province P-code."""
    names_by_province: dict[str, set[str]] = defaultdict(set)
    for (province, _sector), cell in build_relief_matrix(release).items():
        names_by_province[province] |= set(cell.organisations)
    return {province: tuple(sorted(names)) for province, names in names_by_province.items()}


def filter_deliveries(
    release: Release,
    *,
    sector: str = "all",
    province: str = "all",
    status: str = "all",
    kind: str = "all",
    text: str = "",
) -> tuple[Delivery, ...]:
    """Return the deliveries that pass the filters, newest first."""
    return tuple(
        delivery
        for delivery in list_deliveries(release)
        if sector in ("all", delivery.sector)
        and (province == "all" or province in delivery.provinces)
        and status in ("all", delivery.status)
        and kind in ("all", delivery.org_kind)
        and observations.holds_text(text, delivery.org, delivery.unit, delivery.place, delivery.note)
    )


@per_release
def list_carrier_kinds(release: Release) -> tuple[str, ...]:
    """Return the kinds of organisations that deliver."""
    return tuple(sorted({delivery.org_kind for delivery in list_deliveries(release)}))


@per_release
def list_needs(release: Release) -> tuple[tuple[str, tuple[Observation, ...]], ...]:
    """Return needs, targets and outputs by sector, newest first; a sector without one is empty."""
    sectors = {row["observation_id"]: row["sector"] for row in observations.load_rows(release, "needs")}
    by_sector: dict[str, list[Observation]] = {sector: [] for sector in NEED_SECTORS}
    for observation in observations.load_observations(release, "needs"):
        by_sector.setdefault(sectors[observation.observation_id], []).append(observation)
    return tuple(
        (sector, tuple(sorted(rows, key=lambda item: item.as_of or date.min, reverse=True)))
        for sector, rows in by_sector.items()
    )


@per_release
def list_access_events(release: Release) -> tuple[AccessEvent, ...]:
    """Return what opened or closed ways for people and aid, newest first."""
    events = analysis_events.index_events(release)
    access_events = [
        AccessEvent(events[row["event_id"]], row["access"], row["effect"], row["closed_by"], row["note"])
        for row in observations.load_rows(release, "access_events")
    ]
    return tuple(sorted(access_events, key=lambda row: row.event.on or date.min, reverse=True))


@per_release
def list_crossings(release: Release) -> tuple[Crossing, ...]:
    """Return every crossing of the record, with or without a point, by name, with its last known state.

    An event of the whole border is one of each crossing; another is one of the crossing that it names.
    """
    ways = [way for way in list_access_events(release) if way.access == "crossing"]

    def find_last(place: NamedPlace) -> AccessEvent | None:
        sides = set(place.names.en.split(" – "))
        return next((way for way in ways if way.whole or way.event.place in sides), None)

    crossings = [
        place
        for place in (*places.list_landmarks(release), *places.list_without_point(release))
        if place.kind == "crossing"
    ]
    named = {place.place_id: place for place in places.list_places(release)}
    return tuple(
        Crossing(place, find_last(named[place.place_id]))
        for place in sorted(crossings, key=lambda place: place.names.en)
    )


@per_release
def group_dangers(release: Release) -> tuple[tuple[NamedPlace, bool, tuple[AccessEvent, ...]], ...]:
    """Return mines, bridges, roads and areas of the record by the named place where they are drawn.

    The second value says whether that is a landmark that the event names; else it is the province. An
    event's own position is never used. Events that name neither are in the list alone.
    """
    landmarks = {
        name: place
        for spelt in places.list_spellings(release)
        if spelt.place.lat is not None and spelt.place.kind in places.LANDMARK_KINDS
        for name in (spelt.place.names.en, *spelt.place.names.en.split(" – "), *spelt.aliases)
        for place in (spelt.place,)
    }
    provinces = {place.names.en: place for place in places.list_provinces(release)}
    groups: dict[str, tuple[NamedPlace, bool, list[AccessEvent]]] = {}
    for way in list_access_events(release):
        if way.access == "crossing":
            continue
        landmark = landmarks.get(way.event.place)
        spot = landmark or provinces.get(way.event.admin1)
        if spot is not None:
            groups.setdefault(spot.place_id, (spot, landmark is not None, []))[2].append(way)
    return tuple((place, exact, tuple(ways)) for place, exact, ways in groups.values())


@per_release
def list_border_closures(release: Release) -> tuple[AccessEvent, ...]:
    """Return the closures of all crossings at once, newest first."""
    return tuple(
        closure for closure in list_access_events(release) if closure.whole and closure.effect == "closed"
    )


@per_release
def list_corridors(release: Release) -> tuple[Corridor, ...]:
    """Return the ways of goods that the article names."""
    sources = observations.load_sources(release)
    return tuple(
        observations.build_from_row(
            Corridor,
            row,
            country=row["origin_country"],
            status=row["corridor_status"],
            since=row["since"] or None,
            source=sources[row["source_id"]],
        )
        for row in observations.load_rows(release, "corridors")
    )


@per_release
def list_appeals(release: Release) -> tuple[Appeal, ...]:
    """Return what was asked for."""
    sources = observations.load_sources(release)
    return tuple(
        observations.build_from_row(
            Appeal,
            row,
            target=Observation(
                observation_id=row["appeal_id"],
                indicator="appeal",
                value=row["target_amount"],
                unit=row["currency"],
                as_of=row["date"],
                sources=(sources[row["source_id"]],),
                qualifier=row["amount_qualifier"] or "exact",
            ),
            source=sources[row["source_id"]],
        )
        for row in observations.load_rows(release, "appeals")
    )


_SHORT: Final[Mapping[str, Message]] = {
    "reported": lazy_gettext("Deliveries reported"),
    "pledged": lazy_gettext("Promised only"),
    "target": lazy_gettext("Planned only"),
    "refused": lazy_gettext("Refused on the way"),
}


def prepare_strip(release: Release, today: date) -> Mapping[Message, Callable[[], Finding]]:
    """Return how many deliveries there are of each status by their short labels, each made on its own."""
    return {_SHORT[status]: partial(_finding, release, status, today) for status in STATUSES}


def summarise_relief(release: Release) -> tuple[Message, ...]:
    """Return in one sentence how many deliveries were reported, by how many, in how many provinces."""
    rows = [delivery for delivery in list_deliveries(release) if delivery.status == "reported"]
    if not rows:
        return (lazy_gettext("No delivery of aid was found."),)
    return (
        lazy_ngettext(
            "{count} delivery by {organisations} organisations is reported in {provinces} provinces.",
            "{count} deliveries by {organisations} organisations are reported in {provinces} provinces.",
            len(rows),
            organisations=len({name for delivery in rows for name in list_carriers(release, delivery)}),
            provinces=len({pcode for delivery in rows for pcode in delivery.provinces}),
        ),
        lazy_gettext("Help that nobody published is not in here."),
    )
