"""The state of the crisis in one sentence, and what happened last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Final

from utils.analysis import crisis_phases, displacement, donations, observations, shelters
from utils.analysis.casualties import findings as casualty_findings
from utils.analysis.model import Finding
from utils.releases import Release
from utils.text.locale import Message, lazy_gettext

LAST_EVENTS: Final = 6


def sentences(release: Release, today: date) -> tuple[Message, ...]:
    """Return the state of the crisis as sentences computed from the record."""
    state = crisis_phases.state(release, today)
    latest = displacement.latest(release, today).observation
    peak = displacement.peak(release, "2025-12", today).observation
    sentences = [
        lazy_gettext(
            "{stage}, day {days}.",
            stage=state.stage.name,
            days=state.days_in_stage + 1,
        )
    ]
    if latest and latest.value is not None and latest.as_of:
        counter = observations.counter_names(release, latest.counted_by)
        sentences.append(
            lazy_gettext(
                "Latest figure found: {people} people still displaced in Cambodia on {day} ({who}).",
                people=latest.value,
                day=latest.as_of,
                who=counter,
            )
        )
    if peak and peak.value is not None and peak.as_of:
        sentences.append(
            lazy_gettext(
                "At the highest count, on {day}, they were {people} ({who}).",
                people=peak.value,
                day=peak.as_of,
                who=observations.counter_names(release, peak.counted_by),
            )
        )
    sentences.append(lazy_gettext("The newest event in the record is of {day}.", day=state.newest_event.on))
    return tuple(sentences)


def figures(release: Release, today: date) -> Mapping[Message, Callable[[], Finding]]:
    """Return the findings on people and money by name, each made on its own.

    Nothing is computed until a finding is asked for, so a missing table concerns its finding only.
    """
    return {
        lazy_gettext("People still displaced"): partial(displacement.latest, release, today),
        lazy_gettext("December peak"): partial(displacement.peak, release, "2025-12", today),
        lazy_gettext("July peak"): partial(displacement.peak, release, "2025-07", today),
        lazy_gettext("People returned"): partial(displacement.returned, release, today),
        lazy_gettext("Open sites"): partial(displacement.sites_open, release, today),
        lazy_gettext("Sites in our record"): partial(shelters.sites_known, release, today),
        lazy_gettext("Documented donations"): partial(donations.documented, release, "USD", today),
    }


def casualties(release: Release, today: date) -> tuple[Finding, ...]:
    """Return the findings on killed and injured, by side."""
    return casualty_findings(release, today)


def last_events(release: Release) -> tuple[crisis_phases.Event, ...]:
    """Return the newest events of the record."""
    return crisis_phases.events(release)[:LAST_EVENTS]
