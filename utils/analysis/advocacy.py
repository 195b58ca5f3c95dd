"""Letters, petitions, motions: to whom, with what answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from utils.analysis import events as analysis_events
from utils.analysis import observations
from utils.analysis.events import Event
from utils.analysis.model import SourceRef
from utils.releases import Release, per_release


@dataclass(frozen=True, slots=True)
class AdvocacyAct:
    """One act of advocacy. ``answer`` is not_found where none was found, which is not "none"."""

    act_id: str
    event: Event
    form: str
    addressee: str
    answer: str
    answered_on: date | None
    source: SourceRef


@per_release
def list_advocacy_acts(release: Release) -> tuple[AdvocacyAct, ...]:
    """Return the acts of advocacy, newest first."""
    sources, events = observations.load_sources(release), analysis_events.index_events(release)
    acts = [
        observations.build_from_row(
            AdvocacyAct,
            row,
            event=events[row["event_id"]],
            answered_on=row["answered_on"] or None,
            source=sources[row["source_id"]],
        )
        for row in observations.load_rows(release, "advocacy_acts")
    ]
    return tuple(sorted(acts, key=lambda act: (act.event.on or date.min, act.act_id), reverse=True))
