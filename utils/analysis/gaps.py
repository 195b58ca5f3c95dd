"""What is known, old, contested or missing, by province and topic: a dashboard leads with its gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.analysis import donations, observations
from utils.analysis.displacement_series import STOCK
from utils.analysis.figures import of_areas
from utils.analysis.model import Freshness, Observation
from utils.analysis.series_status import State, age_of, standing, state_of
from utils.releases import Release, TableUnavailable, per_release
from utils.text.locale import Message, lazy_gettext

NATIONAL: Final = "KHM"
PROVINCES: Final = ("KH22", "KH13", "KH01", "KH02", "KH17", "KH15", "KH24", "KH09")
"""The provinces that touch Thailand, and Siem Reap, where many shelter."""
AREAS: Final = (NATIONAL, *PROVINCES)
TOPICS: Final[Mapping[str, Message]] = {
    "displaced": lazy_gettext("Displaced"),
    "in_sites": lazy_gettext("In sites"),
    "hosted": lazy_gettext("With hosts"),
    "sites_open": lazy_gettext("Sites open"),
    "harm": lazy_gettext("Casualties and damage"),
    "needs": lazy_gettext("Needs"),
    "aid": lazy_gettext("Donations and deliveries"),
}
_INDICATORS: Final[Mapping[str, frozenset[str]]] = {
    "displaced": frozenset(STOCK),
    "in_sites": frozenset({"people_in_sites"}),
    "hosted": frozenset({"people_with_hosts"}),
    "sites_open": frozenset({"sites_open"}),
}
_TABLES: Final = {"harm": "impact", "needs": "needs"}
MIXED: Final = frozenset(_TABLES)
"""Topics of several different series: a figure of theirs must say what it counts."""
_HARM: Final = ("killed", "injured", "deaths", "damaged", "destroyed", "closed", "affected", "contaminated")
"""Words of indicators of harm; the others of their table count repairs, plans and clearance."""
STATES: Final[tuple[State, ...]] = ("known", "old", "contested", "missing")


@dataclass(frozen=True, slots=True)
class Cell:
    """One topic of one area. ``observation`` is its newest figure, ``None`` where none was found.

    ``series`` counts the different series behind a topic that has several.
    """

    area: str
    topic: str
    state: State
    observation: Observation | None = None
    freshness: Freshness | None = None
    contested_by: tuple[Observation, ...] = ()
    series: int = 0


@per_release
def grid(release: Release, today: date) -> tuple[tuple[Cell, ...], ...]:
    """Return one row of cells for each area of :data:`AREAS`, in the order of :data:`TOPICS`."""
    return tuple(tuple(cell(release, area, topic, today) for topic in TOPICS) for area in AREAS)


def cell(release: Release, area: str, topic: str, today: date) -> Cell:
    """Return how one topic of one area stands. Of several series a contested one leads, then the newest."""
    if topic == "aid":
        return _aid(release, area, today)
    series = _series(release, area, topic)
    found = [item for rows in series if (item := standing(release, rows, today)) is not None]
    if not found:
        return Cell(area, topic, "missing")
    lead = max(found, key=lambda item: (item.state == "contested", item.observation.as_of or date.min))
    return Cell(area, topic, lead.state, lead.observation, lead.freshness, lead.contested_by, len(found))


def _series(release: Release, area: str, topic: str) -> list[list[Observation]]:
    """Return the rows of an area on a topic, a list for each series."""
    series: dict[str, list[Observation]] = {}
    for table, row in of_areas(release):
        if not _is_of(row, area) or row.area_basis == "origin":
            continue
        if topic in _TABLES:
            harm = any(word in row.indicator for word in _HARM)
            if table == _TABLES[topic] and (topic != "harm" or harm):
                series.setdefault(row.indicator, []).append(row)
        elif row.indicator in _INDICATORS[topic] and table == "displacement":
            series.setdefault(topic, []).append(row)
    return list(series.values())


def _is_of(row: Observation, area: str) -> bool:
    """Return whether a row counts a whole area: the country, or one province."""
    if row.country != NATIONAL or row.admin2:
        return False
    return row.admin1_pcode == area if area != NATIONAL else not row.admin1


def _aid(release: Release, area: str, today: date) -> Cell:
    """Return what was given or delivered: how many rows name the area, and the day of the newest."""
    rows = [row for row in _given(release) if area in row.areas]
    if not rows:
        return Cell(area, "aid", "missing")
    observation = Observation(
        observation_id="",
        indicator="aid",
        value=float(len(rows)),
        unit="rows",
        as_of=max((row.on for row in rows if row.on), default=None),
        sources=(),
        admin1_pcode="" if area == NATIONAL else area,
        computed_from=tuple(row.row_id for row in rows),
    )
    age = age_of(release, observation, today)
    return Cell(area, "aid", state_of(age), observation, age, (), 1)


@dataclass(frozen=True, slots=True)
class _Given:
    row_id: str
    on: date | None
    areas: frozenset[str]


@per_release
def _given(release: Release) -> tuple[_Given, ...]:
    """Return gifts that reached or were given for an area, and deliveries that were reported."""
    return (*_gifts(release), *_deliveries(release))


def _gifts(release: Release) -> Iterable[_Given]:
    try:
        gifts = donations.gifts(release, "USD")
    except TableUnavailable:
        return ()
    return tuple(
        _Given(gift.row_id, gift.day if gift.dated else None, frozenset({NATIONAL, *gift.provinces}))
        for gift in gifts
        if NATIONAL in gift.countries and gift.status != "pledged" and gift.part != "pledged"
    )


def _deliveries(release: Release) -> Iterable[_Given]:
    try:
        areas: dict[str, set[str]] = {}
        for row in observations.rows(release, "aid_delivery_areas"):
            areas.setdefault(row["delivery_id"], set()).add(row["admin1_pcode"])
        return tuple(
            _Given(row["delivery_id"], row["date"], frozenset({NATIONAL, *areas.get(row["delivery_id"], ())}))
            for row in observations.rows(release, "aid_deliveries")
            if row["status"] == "reported"
        )
    except TableUnavailable:
        return ()


def tally(rows: Iterable[Iterable[Cell]]) -> Mapping[State, int]:
    """Return how many cells are in each state."""
    states = [item.state for row in rows for item in row]
    return {state: states.count(state) for state in STATES}


def sentence(rows: Iterable[Iterable[Cell]]) -> Message:
    """Say in one sentence how much is known."""
    count = tally(rows)
    return lazy_gettext(
        "Of {all} questions: {known} with a figure that is up to date, {old} with an old one, {contested} "
        "with one that others contradict, {missing} where nothing was found.",
        all=sum(count.values()),
        known=count["known"],
        old=count["old"],
        contested=count["contested"],
        missing=count["missing"],
    )
