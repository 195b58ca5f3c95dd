"""Where the crisis stands in time: phases, stages, ceasefires, breaks in series, last events."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.analysis import observations
from utils.analysis.model import SourceRef
from utils.releases import Release, per_release
from utils.text.locale import Message, lazy_pgettext

_VICTIMS: Final = re.compile(
    r"\b(kill|dead|death|dies?\b|died|wound|injur|casualt|bod(y|ies)\b|suicide|corpse|"
    r"(?<!playing the )victim)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CrisisStage:
    """A stretch of the crisis. ``ends_on`` is ``None`` while it is open."""

    stage_id: str
    name: Message
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """Something that happened, as reported by one source. The title keeps its language."""

    event_id: str
    on: date
    kind: str
    title: str
    place: str
    country: str
    admin1_pcode: str
    source: SourceRef
    note: str
    ends_on: date | None = None
    phase: str = ""

    @property
    def grave(self) -> bool:
        """Return whether its title or note mentions people killed or injured."""
        return _VICTIMS.search(f"{self.title} {self.note}") is not None


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A known break in a series between two days: the difference across it means nothing."""

    indicator: str
    country: str
    counted_by: str
    starts_on: date
    ends_on: date
    note: str


@dataclass(frozen=True, slots=True)
class CrisisState:
    """The state of the crisis in time on the day of viewing."""

    stage: CrisisStage
    days_in_stage: int
    newest_event: DatedEvent


@per_release
def list_stages(release: Release) -> tuple[CrisisStage, ...]:
    """Return the stages in order of time."""
    stages = [
        observations.build_from_row(CrisisStage, row, name=lazy_pgettext("stage", row["name"]))
        for row in observations.load_rows(release, "stages")
    ]
    return tuple(sorted(stages, key=lambda stage: stage.starts_on or date.min))


@per_release
def list_dated_events(release: Release) -> tuple[DatedEvent, ...]:
    """Return all dated events, newest first."""
    sources = observations.load_sources(release)
    events = [
        observations.build_from_row(
            DatedEvent,
            row,
            on=row["date"],
            source=sources[row["source_id"]],
            ends_on=row["end_date"],
            phase=row["crisis_phase"],
        )
        for row in observations.load_rows(release, "events")
        if row["date"] is not None
    ]
    return tuple(sorted(events, key=lambda event: (event.on, event.event_id), reverse=True))


def list_ceasefires(release: Release) -> tuple[DatedEvent, ...]:
    """Return the two ceasefires that ended a round of fighting, in order of time.

    A round ends on the last day of a stage of fighting; agreements signed later are events of the
    truce and not drawn as ceasefires.
    """
    ends = {
        stage.ends_on for stage in list_stages(release) if stage.ends_on and stage.stage_id.endswith("_war")
    }
    return tuple(
        event
        for event in reversed(list_dated_events(release))
        if event.kind == "ceasefire" and event.on in ends
    )


@per_release
def list_series_breaks(release: Release) -> tuple[SeriesBreak, ...]:
    """Return the known breaks in series."""
    return tuple(
        observations.build_from_row(SeriesBreak, row)
        for row in observations.load_rows(release, "series_breaks")
    )


def find_crisis_state(release: Release, today: date) -> CrisisState:
    """Return where the crisis stands on ``today``.

    Raises ``ValueError`` when the record holds no stage that has begun.
    """
    begun = [stage for stage in list_stages(release) if stage.starts_on and stage.starts_on <= today]
    if not begun:
        raise ValueError("no stage of the record has begun")
    stage = begun[-1]
    assert stage.starts_on is not None  # noqa: S101  # filtered above
    return CrisisState(
        stage=stage,
        days_in_stage=(today - stage.starts_on).days,
        newest_event=list_dated_events(release)[0],
    )
