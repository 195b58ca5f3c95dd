"""The crisis as a list of events, and the claims that were checked: filtered and searched."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.analysis import crisis_phases, figures, information, observations
from utils.analysis.crisis_phases import DatedEvent
from utils.analysis.figures import EventClaim
from utils.analysis.information import VerifiedItem
from utils.releases import Release, per_release
from utils.text.locale import LANGUAGES, Message, lazy_gettext, lazy_pgettext

VICTIMS: Final = ("deaths", "injured", "killed")
"""Words of metrics that count victims: they stand behind a note."""
CHECKED: Final = ("false", "misleading", "contested")
LANES: Final[Mapping[str, tuple[str, ...]]] = {
    "fighting": ("clash", "incident", "ceasefire", "border_closure"),
    "displacement": ("displacement", "return"),
    "relief": ("aid_delivery",),
    "diplomacy": ("diplomacy",),
    "solidarity": ("march", "fundraiser", "advocacy", "media"),
}
"""The lanes of the drawn timeline, from top to bottom, with the kinds of events that stand in each."""
LANE_NAMES: Final[Mapping[str, Message]] = {
    "fighting": lazy_gettext("Fighting and incidents"),
    "displacement": lazy_gettext("Flight and return"),
    "relief": lazy_gettext("Relief"),
    "diplomacy": lazy_gettext("Diplomacy"),
    "solidarity": lazy_gettext("Solidarity"),
}
ON_CHARTS: Final = frozenset({"clash", "ceasefire", "border_closure", "displacement", "return"})
"""Kinds of events that explain a curve of displaced people."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An event with the figures claimed of it, those of victims apart."""

    event: DatedEvent
    claims: tuple[EventClaim, ...]
    victims: tuple[EventClaim, ...]


@per_release
def list_moments(release: Release) -> tuple[Moment, ...]:
    """Return every dated event, newest first, with its figures."""
    claims_by_event: dict[str, list[EventClaim]] = defaultdict(list)
    for claim in figures.list_event_claims(release):
        claims_by_event[claim.event_id].append(claim)
    return tuple(
        Moment(
            event,
            tuple(claim for claim in claims_by_event[event.event_id] if not counts_victims(claim)),
            tuple(claim for claim in claims_by_event[event.event_id] if counts_victims(claim)),
        )
        for event in crisis_phases.list_dated_events(release)
    )


def counts_victims(claim: EventClaim) -> bool:
    """Return whether a claim counts killed or injured."""
    return any(word in claim.metric for word in VICTIMS)


@dataclass(frozen=True, slots=True)
class Extent:
    """How many events there are, from when to when, and the month with the most (its first day)."""

    count: int
    first: date
    last: date
    busiest: date
    most: int


def measure_extent(moments: Sequence[Moment]) -> Extent | None:
    """Return the extent of events, ``None`` of none; of two months with as many the later is the busiest."""
    if not moments:
        return None
    days = [moment.event.on for moment in moments]
    months = Counter(day.replace(day=1) for day in days)
    busiest = max(months, key=lambda month: (months[month], month))
    return Extent(len(days), min(days), max(days), busiest, months[busiest])


def find_lane(kind: str) -> str:
    """Return the lane of a kind of event. Raises ``KeyError`` for a kind without a lane."""
    return _LANE_OF[kind]


_LANE_OF: Final = {kind: lane for lane, kinds in LANES.items() for kind in kinds}


@per_release
def count_lanes(release: Release) -> Mapping[str, int]:
    """Return how many events stand in each lane, in the order of the lanes."""
    counts = Counter(find_lane(moment.event.kind) for moment in list_moments(release))
    return {lane: counts[lane] for lane in LANES}


@dataclass(frozen=True, slots=True)
class Month:
    """A month with events, as ``2025-12``, and how many each lane has."""

    code: str
    counts: Mapping[str, int]


@per_release
def count_months(release: Release) -> tuple[Month, ...]:
    """Return the months with events, newest first, with the events of each lane."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for moment in list_moments(release):
        counts[format_month_code(moment.event.on)][find_lane(moment.event.kind)] += 1
    return tuple(Month(code, {lane: counts[code][lane] for lane in LANES}) for code in list_months(release))


@per_release
def list_months(release: Release) -> tuple[str, ...]:
    """Return the months with events, newest first, as ``2025-12``."""
    return tuple(dict.fromkeys(format_month_code(moment.event.on) for moment in list_moments(release)))


def format_month_code(day: date) -> str:
    """Return the month of a day as ``2025-12``."""
    return f"{day:%Y-%m}"


def filter_moments(
    release: Release,
    *,
    lane: str = "all",
    month: str = "all",
    kind: str = "all",
    country: str = "all",
    text: str = "",
) -> tuple[Moment, ...]:
    """Return the events that pass the filters and whose words hold every word of ``text``."""
    wanted = _words(text)
    return tuple(
        moment
        for moment, searched in zip(list_moments(release), _searched(release), strict=True)
        if lane in ("all", find_lane(moment.event.kind))
        and month in ("all", format_month_code(moment.event.on))
        and kind in ("all", moment.event.kind)
        and country in ("all", moment.event.country)
        and _holds(searched, wanted)
    )


@per_release
def _searched(release: Release) -> tuple[str, ...]:
    """Return the words of every event as they are searched, in the order of :func:`list_moments`."""
    names = {lang: observations.load_place_names(release, lang) for lang in LANGUAGES}
    return tuple(fold_text(_text_of(moment, names)) for moment in list_moments(release))


def _text_of(moment: Moment, names: Mapping[str, Mapping[str, str]]) -> str:
    event = moment.event
    places = (by_pcode.get(event.admin1_pcode, "") for by_pcode in names.values())
    claimants = (claim.claimed_by for claim in (*moment.claims, *moment.victims))
    parts = (event.title, event.place, event.note, event.source.publisher, event.event_id)
    return " ".join((*parts, *places, *claimants, event.on.isoformat()))


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold_text(text).split())


def _holds(searched: str, words: Iterable[str]) -> bool:
    return all(word in searched for word in words)


def fold_text(text: str) -> str:
    """Return text as it is searched: no case, accents or invisible letters."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(
        letter
        for letter in letters
        if unicodedata.category(letter) != "Cf"
        and (unicodedata.category(letter) != "Mn" or "\u1780" <= letter <= "\u17ff")
    )


@per_release
def list_choices(release: Release, column: str) -> tuple[str, ...]:
    """Return the values a filter offers: ``kind`` or ``country``."""
    return tuple(
        sorted({getattr(event, column) for event in crisis_phases.list_dated_events(release)} - {""})
    )


@per_release
def list_checked_claims(release: Release) -> tuple[VerifiedItem, ...]:
    """Return the claims that were checked or are contested, newest first; undated ones last."""
    return tuple(item for item in information.list_verified_items(release) if item.verdict in CHECKED)


def filter_checked_claims(
    release: Release, *, verdict: str = "all", text: str = ""
) -> tuple[VerifiedItem, ...]:
    """Return the checked claims of a verdict whose words hold every word of ``text``."""
    wanted = _words(text)
    return tuple(
        claim
        for claim, searched in zip(list_checked_claims(release), _claims_searched(release), strict=True)
        if verdict in ("all", claim.verdict) and _holds(searched, wanted)
    )


@per_release
def _claims_searched(release: Release) -> tuple[str, ...]:
    return tuple(
        fold_text(f"{claim.claim} {claim.checker} {claim.platform} {claim.note} {claim.source.publisher}")
        for claim in list_checked_claims(release)
    )


@per_release
def load_phases(release: Release) -> Mapping[str, Message]:
    """Return the names of the phases, by id."""
    return {
        row["phase_id"]: lazy_pgettext("phase", row["name"])
        for row in observations.load_rows(release, "phases")
    }


@per_release
def list_seed_claims(release: Release) -> tuple[EventClaim, ...]:
    """Return the figures of the article whose claims this record checks one by one."""
    return tuple(claim for claim in figures.list_event_claims(release) if claim.event_id == figures.SEED)
