"""The crisis as a list of events, and the claims that were checked: filtered and searched."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.analysis import crisis_phases, figures, observations
from utils.analysis.crisis_phases import Event
from utils.analysis.figures import Claim
from utils.analysis.model import SourceRef
from utils.releases import Release, per_release
from utils.text.locale import LANGUAGES, Message, lazy_pgettext

VICTIMS: Final = ("deaths", "injured", "killed")
"""Words of metrics that count victims: they stand behind a note."""
CHECKED: Final = ("false", "misleading", "contested")
ON_CHARTS: Final = frozenset({"clash", "ceasefire", "border_closure", "displacement", "return"})
"""Kinds of events that explain a curve of displaced people."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An event with the figures claimed of it, those of victims apart."""

    event: Event
    claims: tuple[Claim, ...]
    victims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim that was checked; the record names no claimant, only the language and the platform.

    ``language`` is that of the claim as it circulated (ISO 639-1), ``platform`` where it did.
    """

    row_id: str
    on: date | None
    claim: str
    language: str
    platform: str
    verdict: str
    checker: str
    checker_kind: str
    source: SourceRef
    note: str

    @property
    def by_a_government(self) -> bool:
        """Return whether the checker is a government: it may be a party to what it checks."""
        return self.checker_kind == "government"


@per_release
def moments(release: Release) -> tuple[Moment, ...]:
    """Return every dated event, newest first, with its figures."""
    claims_by_event: dict[str, list[Claim]] = defaultdict(list)
    for claim in figures.claims(release):
        claims_by_event[claim.event_id].append(claim)
    return tuple(
        Moment(
            event,
            tuple(claim for claim in claims_by_event[event.event_id] if not is_of_victims(claim)),
            tuple(claim for claim in claims_by_event[event.event_id] if is_of_victims(claim)),
        )
        for event in crisis_phases.events(release)
    )


def is_of_victims(claim: Claim) -> bool:
    """Return whether a claim counts killed or injured."""
    return any(word in claim.metric for word in VICTIMS)


def matching(
    release: Release, *, kind: str = "all", country: str = "all", phase: str = "all", text: str = ""
) -> tuple[Moment, ...]:
    """Return the events that pass the filters and whose words hold every word of ``text``."""
    wanted = _words(text)
    return tuple(
        moment
        for moment, searched in zip(moments(release), _searched(release), strict=True)
        if kind in ("all", moment.event.kind)
        and country in ("all", moment.event.country)
        and phase in ("all", moment.event.phase)
        and _holds(searched, wanted)
    )


@per_release
def _searched(release: Release) -> tuple[str, ...]:
    """Return the words of every event as they are searched, in the order of :func:`moments`."""
    names = {lang: observations.place_names(release, lang) for lang in LANGUAGES}
    return tuple(folded(_text_of(moment, names)) for moment in moments(release))


def _text_of(moment: Moment, names: Mapping[str, Mapping[str, str]]) -> str:
    event = moment.event
    places = (known.get(event.admin1_pcode, "") for known in names.values())
    claimants = (claim.claimed_by for claim in (*moment.claims, *moment.victims))
    parts = (event.title, event.place, event.note, event.source.publisher, event.event_id)
    return " ".join((*parts, *places, *claimants, event.on.isoformat()))


def _words(text: str) -> tuple[str, ...]:
    return tuple(folded(text).split())


def _holds(searched: str, words: Iterable[str]) -> bool:
    return all(word in searched for word in words)


def folded(text: str) -> str:
    """Return text as it is searched: no case, accents or invisible letters."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(
        letter
        for letter in letters
        if unicodedata.category(letter) != "Cf"
        and (unicodedata.category(letter) != "Mn" or "\u1780" <= letter <= "\u17ff")
    )


@per_release
def choices(release: Release, column: str) -> tuple[str, ...]:
    """Return the values a filter offers: ``kind``, ``country`` or ``phase``."""
    return tuple(sorted({getattr(event, column) for event in crisis_phases.events(release)} - {""}))


@per_release
def checked(release: Release) -> tuple[Checked, ...]:
    """Return the claims that were checked or are contested, newest first; undated ones last."""
    known = observations.sources(release)
    found = [
        Checked(
            row_id=row["observation_id"],
            on=row["date"],
            claim=row["claim_or_channel"],
            language=row["claim_language"],
            platform=row["platform"],
            verdict=row["verdict"],
            checker=row["checker"],
            checker_kind=row["checker_kind"],
            source=known[row["source_id"]],
            note=row["note"],
        )
        for row in observations.rows(release, "verified_information")
        if row["verdict"] in CHECKED
    ]
    return tuple(sorted(found, key=lambda item: (item.on or date.min, item.row_id), reverse=True))


def checked_matching(release: Release, *, verdict: str = "all", text: str = "") -> tuple[Checked, ...]:
    """Return the checked claims of a verdict whose words hold every word of ``text``."""
    wanted = _words(text)
    return tuple(
        item
        for item, searched in zip(checked(release), _claims_searched(release), strict=True)
        if verdict in ("all", item.verdict) and _holds(searched, wanted)
    )


@per_release
def _claims_searched(release: Release) -> tuple[str, ...]:
    return tuple(
        folded(f"{item.claim} {item.checker} {item.platform} {item.note} {item.source.publisher}")
        for item in checked(release)
    )


@per_release
def phases(release: Release) -> Mapping[str, Message]:
    """Return the names of the phases, by id."""
    return {
        row["phase_id"]: lazy_pgettext("phase", row["name"]) for row in observations.rows(release, "phases")
    }


@per_release
def of_seed(release: Release) -> tuple[Claim, ...]:
    """Return the figures of the article whose claims this record checks one by one."""
    return tuple(claim for claim in figures.claims(release) if claim.event_id == figures.SEED)
