"""Diplomatic acts with how far each went, and what the article claims beside what others say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.analysis import events as analysis_events
from utils.analysis import observations
from utils.analysis.events import Figure, Gathering
from utils.releases import Release, per_release
from utils.text.locale import Message, lazy_gettext

_FRENCH: Final = re.compile(r"\b(?:France|French|Macron|Paris)\b")


@dataclass(frozen=True, slots=True)
class Act:
    """One diplomatic event: ``actor`` acts or hosts, ``commitment`` is what the source says, no more."""

    event: Gathering
    actor: str
    act: str
    commitment: str
    note: str

    @property
    def concerns_france(self) -> bool:
        """Return whether France acts or is asked."""
        return self.actor == "FRA" or bool(_FRENCH.search(self.event.title))


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the article: its own figures, what others say, and how it is shown here."""

    said: Message
    own: tuple[Figure, ...]
    figures: tuple[Figure, ...]
    events: tuple[Gathering, ...]
    verdict: Message


@per_release
def acts(release: Release) -> tuple[Act, ...]:
    """Return the diplomatic acts, newest first."""
    events = analysis_events.by_id(release)
    found = [
        Act(events[row["event_id"]], row["actor"], row["act"], row["commitment"], row["note"])
        for row in observations.rows(release, "diplomatic_acts")
    ]
    return tuple(sorted(found, key=lambda act: (act.event.on or date.min, act.event.event_id), reverse=True))


def matching(release: Release, *, actor: str = "all", act: str = "all", text: str = "") -> tuple[Act, ...]:
    """Return the acts that pass the filters; ``FRA`` also finds what is asked of France."""
    wanted = text.casefold()
    return tuple(
        item
        for item in acts(release)
        if (actor in ("all", item.actor) or (actor == "FRA" and item.concerns_france))
        and act in ("all", item.act)
        and (not wanted or wanted in f"{item.event.title} {item.event.place} {item.note}".casefold())
    )


@per_release
def france(release: Release) -> tuple[Act, ...]:
    """Return what France stated, offered or was asked, oldest first."""
    return tuple(act for act in reversed(acts(release)) if act.concerns_france)


@per_release
def choices(release: Release, column: str) -> tuple[str, ...]:
    """Return the values a filter offers: ``actor`` or ``act``."""
    return tuple(sorted({getattr(act, column) for act in acts(release)}))


@per_release
def claims(release: Release) -> tuple[Claim, ...]:
    """Return the claims of the article that other sources touch, each beside what they say."""
    return tuple(
        Claim(
            said=said,
            own=_figures(release, own),
            figures=_figures(release, others),
            events=_events(release, events),
            verdict=verdict,
        )
        for said, own, others, events, verdict in _CLAIMS
    )


def _figures(release: Release, wanted: str) -> tuple[Figure, ...]:
    known: Mapping[str, Figure] = {
        figure.observation.observation_id: figure
        for event in analysis_events.gatherings(release)
        for figure in event.figures
    }
    return tuple(known[row] for row in wanted.split() if row in known)


def _events(release: Release, wanted: str) -> tuple[Gathering, ...]:
    known = analysis_events.by_id(release)
    return tuple(known[row] for row in wanted.split() if row in known)


_CLAIMS: Final[tuple[tuple[Message, str, str, str, Message], ...]] = (
    (
        lazy_gettext("A march of tens of thousands in Phnom Penh began on 25 July 2025."),
        "evf-0009",
        "",
        "ev014 ev171",
        lazy_gettext("Reported by one source for that day. Others document such a march on 18 June 2025."),
    ),
    (
        lazy_gettext("Nearly 200,000 people were on the roads."),
        "evf-0078",
        "evf-0021 evf-0023 evf-0028",
        "",
        lazy_gettext("Fits both countries counted together in those days, not Cambodia alone."),
    ),
    (
        lazy_gettext("80,000 Cambodians were displaced in a matter of days."),
        "evf-0077",
        "evf-0010 evf-0028",
        "",
        lazy_gettext("Fits the defence ministry's count of 27 July; the count of 30 July is twice as high."),
    ),
    (
        lazy_gettext("More than thirty people died in less than a week."),
        "evf-0076",
        "evf-0020 evf-0016 evf-0018",
        "",
        lazy_gettext("Others counted about as many then, and more later."),
    ),
    (
        lazy_gettext(
            "The France-Khmer Federation of Île-de-France gathered nearly 80,000 euros in under three days."
        ),
        "evf-0075",
        "evf-0006 evf-0007 evf-0033",
        "",
        lazy_gettext("Reported by one source. Other collections in France of those days were smaller."),
    ),
    (
        lazy_gettext("France's president declared himself ready to support a mediation."),
        "",
        "",
        "ev008 ev020 ev098 ev159",
        lazy_gettext(
            "Not found in these words: France offered documents and supported the mediation of ASEAN."
        ),
    ),
    (
        lazy_gettext("Committees were active in Paris, Lyon, Montréal, San Jose and Melbourne."),
        "",
        "",
        "ev057 ev043 ev116",
        lazy_gettext("Found for Paris and Melbourne. None found for Lyon, Montréal and San Jose."),
    ),
    (
        lazy_gettext("La France en Isan collected for civilians sent home."),
        "",
        "",
        "",
        lazy_gettext("Reported by one source; no sum was found."),
    ),
    (
        lazy_gettext("Aid came from Bangkok, Vientiane and Kuala Lumpur to the border."),
        "",
        "",
        "ev019 ev111",
        lazy_gettext("No cargo was found, and the land crossings with Thailand were closed."),
    ),
)
"""What is claimed, own figures, figures of others, events, and how the claim is shown."""
