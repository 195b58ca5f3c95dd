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
    r"\b(kill|dead|death|dies?\b|died|wound|injur|casualt|bod(y|ies)\b|suicide|corpse|victim)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of the crisis. ``ends_on`` is ``None`` while it is open."""

    stage_id: str
    name: Message
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Event:
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
class Break:
    """A known break in a series between two days: the difference across it means nothing."""

    indicator: str
    country: str
    counted_by: str
    starts_on: date
    ends_on: date
    note: str


@dataclass(frozen=True, slots=True)
class State:
    """The state of the crisis in time on the day of viewing."""

    stage: Stage
    days_in_stage: int
    newest_event: Event


@per_release
def stages(release: Release) -> tuple[Stage, ...]:
    """Return the stages in order of time."""
    found = [
        Stage(
            stage_id=row["stage_id"],
            name=lazy_pgettext("stage", row["name"]),
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
        )
        for row in observations.rows(release, "stages")
    ]
    return tuple(sorted(found, key=lambda stage: stage.starts_on or date.min))


@per_release
def events(release: Release) -> tuple[Event, ...]:
    """Return all dated events, newest first."""
    known = observations.sources(release)
    found = [
        Event(
            event_id=row["event_id"],
            on=row["date"],
            kind=row["kind"],
            title=row["title"],
            place=row["place"],
            country=row["country"],
            admin1_pcode=row["admin1_pcode"],
            source=known[row["source_id"]],
            note=row["note"],
            ends_on=row["end_date"],
            phase=row["crisis_phase"],
        )
        for row in observations.rows(release, "events")
        if row["date"] is not None
    ]
    return tuple(sorted(found, key=lambda event: (event.on, event.event_id), reverse=True))


def ceasefires(release: Release) -> tuple[Event, ...]:
    """Return the two ceasefires that ended a round of fighting, in order of time.

    A round ends on the last day of a stage of fighting; agreements signed later are events of the
    truce and not drawn as ceasefires.
    """
    ends = {stage.ends_on for stage in stages(release) if stage.ends_on and stage.stage_id.endswith("_war")}
    return tuple(
        event for event in reversed(events(release)) if event.kind == "ceasefire" and event.on in ends
    )


@per_release
def breaks(release: Release) -> tuple[Break, ...]:
    """Return the known breaks in series."""
    return tuple(
        Break(
            indicator=row["indicator"],
            country=row["country"],
            counted_by=row["counted_by"],
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
            note=row["note"],
        )
        for row in observations.rows(release, "series_breaks")
    )


def state(release: Release, today: date) -> State:
    """Return where the crisis stands on ``today``.

    Raises ``ValueError`` when the record holds no stage that has begun.
    """
    begun = [stage for stage in stages(release) if stage.starts_on and stage.starts_on <= today]
    if not begun:
        raise ValueError("no stage of the record has begun")
    stage = begun[-1]
    assert stage.starts_on is not None  # noqa: S101  # filtered above
    return State(
        stage=stage,
        days_in_stage=(today - stage.starts_on).days,
        newest_event=events(release)[0],
    )
