"""Diplomatic acts with how far each went, and what the article claims beside what others say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.analysis import events as analysis_events
from utils.analysis import observations
from utils.analysis.events import Event, EventFigure
from utils.releases import Release, per_release
from utils.text.locale import Message, lazy_gettext

_FRENCH: Final = re.compile(r"\b(?:France|French|Macron|Paris)\b")


@dataclass(frozen=True, slots=True)
class DiplomaticAct:
    """One diplomatic event: ``actor`` acts or hosts, ``commitment`` is what the source says, no more."""

    event: Event
    actor: str
    act: str
    commitment: str
    note: str

    @property
    def concerns_france(self) -> bool:
        """Return whether France acts or is asked."""
        return self.actor == "FRA" or bool(_FRENCH.search(self.event.title))


@dataclass(frozen=True, slots=True)
class ArticleClaim:
    """One claim of the article: its own figures, what others say, and how it is shown here."""

    claim: Message
    own: tuple[EventFigure, ...]
    figures: tuple[EventFigure, ...]
    events: tuple[Event, ...]
    verdict: Message


@per_release
def list_diplomatic_acts(release: Release) -> tuple[DiplomaticAct, ...]:
    """Return the diplomatic acts, newest first."""
    events = analysis_events.index_events(release)
    acts = [
        DiplomaticAct(events[row["event_id"]], row["actor"], row["act"], row["commitment"], row["note"])
        for row in observations.load_rows(release, "diplomatic_acts")
    ]
    return tuple(sorted(acts, key=lambda act: (act.event.on or date.min, act.event.event_id), reverse=True))


def filter_diplomatic_acts(
    release: Release, *, actor: str = "all", act: str = "all", text: str = ""
) -> tuple[DiplomaticAct, ...]:
    """Return the acts that pass the filters; ``FRA`` also finds what is asked of France."""
    return tuple(
        event_act
        for event_act in list_diplomatic_acts(release)
        if (actor in ("all", event_act.actor) or (actor == "FRA" and event_act.concerns_france))
        and act in ("all", event_act.act)
        and observations.holds_text(text, event_act.event.title, event_act.event.place, event_act.note)
    )


@per_release
def list_french_acts(release: Release) -> tuple[DiplomaticAct, ...]:
    """Return what France stated, offered or was asked, oldest first."""
    return tuple(act for act in reversed(list_diplomatic_acts(release)) if act.concerns_france)


@per_release
def list_choices(release: Release, column: str) -> tuple[str, ...]:
    """Return the values a filter offers: ``actor`` or ``act``."""
    return tuple(sorted({getattr(act, column) for act in list_diplomatic_acts(release)}))


@per_release
def list_article_claims(release: Release) -> tuple[ArticleClaim, ...]:
    """Return the claims of the article that other sources touch, each beside what they say."""
    return tuple(
        ArticleClaim(
            claim=claim,
            own=_figures(release, own),
            figures=_figures(release, others),
            events=_events(release, events),
            verdict=verdict,
        )
        for claim, own, others, events, verdict in _CLAIMS
    )


def _figures(release: Release, wanted: str) -> tuple[EventFigure, ...]:
    by_id: Mapping[str, EventFigure] = {
        figure.observation.observation_id: figure
        for event in analysis_events.list_events(release)
        for figure in event.figures
    }
    return tuple(by_id[row] for row in wanted.split() if row in by_id)


def _events(release: Release, wanted: str) -> tuple[Event, ...]:
    by_id = analysis_events.index_events(release)
    return tuple(by_id[row] for row in wanted.split() if row in by_id)


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
