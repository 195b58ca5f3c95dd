"""The state of the crisis in one sentence, and what happened last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Final

from utils.analysis import crisis_phases, displacement, donations, observations, shelters
from utils.analysis.casualties import list_casualty_findings
from utils.analysis.model import Finding
from utils.releases import Release
from utils.text.locale import Message, lazy_gettext

LAST_EVENTS: Final = 6


def summarise_crisis(release: Release, today: date) -> tuple[Message, ...]:
    """Return the state of the crisis as sentences computed from the record."""
    state = crisis_phases.find_crisis_state(release, today)
    latest = displacement.latest_displaced(release, today).observation
    peak = displacement.peak_displaced(release, "2025-12", today).observation
    sentences = [
        lazy_gettext(
            "{stage}, day {days}.",
            stage=state.stage.name,
            days=state.days_in_stage + 1,
        )
    ]
    if latest and latest.value is not None and latest.as_of:
        counter = observations.name_counter(release, latest.counted_by)
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
                who=observations.name_counter(release, peak.counted_by),
            )
        )
    sentences.append(lazy_gettext("The newest event in the record is of {day}.", day=state.newest_event.on))
    return tuple(sentences)


def prepare_findings(release: Release, today: date) -> Mapping[Message, Callable[[], Finding]]:
    """Return the findings on people and money by name, each made on its own.

    Nothing is computed until a finding is asked for, so a missing table concerns its finding only.
    """
    return {
        lazy_gettext("People still displaced"): partial(displacement.latest_displaced, release, today),
        lazy_gettext("December peak"): partial(displacement.peak_displaced, release, "2025-12", today),
        lazy_gettext("July peak"): partial(displacement.peak_displaced, release, "2025-07", today),
        lazy_gettext("People returned"): partial(displacement.latest_returned, release, today),
        lazy_gettext("Open sites"): partial(displacement.latest_open_sites, release, today),
        lazy_gettext("Sites in our record"): partial(shelters.count_known_sites, release, today),
        lazy_gettext("Documented donations"): partial(donations.documented_total, release, "USD", today),
    }


def prepare_strip(release: Release, today: date) -> Mapping[Message, Callable[[], Finding]]:
    """Return the five figures of the first screen by their short labels, each made on its own."""
    return {
        lazy_gettext("Still displaced"): partial(displacement.latest_displaced, release, today),
        lazy_gettext("Highest count"): partial(displacement.peak_displaced, release, "2025-12", today),
        lazy_gettext("Returned home"): partial(displacement.latest_returned, release, today),
        lazy_gettext("Sites open"): partial(displacement.latest_open_sites, release, today),
        lazy_gettext("Documented gifts"): partial(donations.documented_total, release, "USD", today),
    }


def list_key_figures(release: Release, today: date) -> tuple[Finding, ...]:
    """Return the findings that a newsroom asks for first, less those without a figure.

    Raises :class:`utils.releases.TableUnavailable`.
    """
    findings = [
        *(make() for make in prepare_findings(release, today).values()),
        *list_casualty_findings(release, today),
    ]
    return tuple(row for row in findings if row.observation and row.observation.value is not None)


def list_last_events(release: Release) -> tuple[crisis_phases.DatedEvent, ...]:
    """Return the newest events of the record."""
    return crisis_phases.list_dated_events(release)[:LAST_EVENTS]
