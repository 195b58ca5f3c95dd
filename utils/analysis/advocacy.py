"""Letters, petitions, motions: to whom, with what answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from utils.analysis import events as analysis_events
from utils.analysis import observations
from utils.analysis.events import Gathering
from utils.analysis.model import SourceRef
from utils.releases import Release, per_release


@dataclass(frozen=True, slots=True)
class Act:
    """One act of advocacy. ``answer`` is not_found where none was found, which is not "none"."""

    act_id: str
    event: Gathering
    form: str
    addressee: str
    answer: str
    answered_on: date | None
    source: SourceRef
    note: str


@per_release
def acts(release: Release) -> tuple[Act, ...]:
    """Return the acts of advocacy, newest first."""
    known, events = observations.sources(release), analysis_events.by_id(release)
    found = [
        Act(
            act_id=row["act_id"],
            event=events[row["event_id"]],
            form=row["form"],
            addressee=row["addressee"],
            answer=row["answer"],
            answered_on=row["answered_on"] or None,
            source=known[row["source_id"]],
            note=row["note"],
        )
        for row in observations.rows(release, "advocacy_acts")
    ]
    return tuple(sorted(found, key=lambda act: (act.event.on or date.min, act.act_id), reverse=True))
