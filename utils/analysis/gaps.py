"""What is known, old, contested or missing, by province and topic: a dashboard leads with its gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.analysis import donations, relief
from utils.analysis.displacement_series import STOCK
from utils.analysis.figures import list_area_rows
from utils.analysis.model import Freshness, Observation
from utils.analysis.observations import call_or_default
from utils.analysis.series_status import SeriesState, assess_age, assess_series, classify_state
from utils.releases import Release, per_release
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
_RESPONSE: Final = ("reached", "target")
"""Words of indicators that say what agencies did or plan: their table holds them, but they are no needs."""
_Aid = tuple[str, date | None, tuple[str, ...]]
"""Id of a gift or delivery, its day, and the P-codes of the provinces that it names."""
STATES: Final[tuple[SeriesState, ...]] = ("known", "old", "contested", "missing")


@dataclass(frozen=True, slots=True)
class GapCell:
    """One topic of one area. ``observation`` is its newest figure, ``None`` where none was found.

    ``series`` counts the different series behind a topic that has several.
    """

    area: str
    topic: str
    state: SeriesState
    observation: Observation | None = None
    freshness: Freshness | None = None
    contested_by: tuple[Observation, ...] = ()
    series: int = 0


@per_release
def build_gap_grid(release: Release, today: date) -> tuple[tuple[GapCell, ...], ...]:
    """Return one row of cells for each area of :data:`AREAS`, in the order of :data:`TOPICS`."""
    return tuple(tuple(build_gap_cell(release, area, topic, today) for topic in TOPICS) for area in AREAS)


def build_gap_cell(release: Release, area: str, topic: str, today: date) -> GapCell:
    """Return how one topic of one area stands. Of several series a contested one leads, then the newest."""
    if topic == "aid":
        return _aid(release, area, today)
    series = _series(release, area, topic)
    statuses = [status for rows in series if (status := assess_series(release, rows, today)) is not None]
    if not statuses:
        return GapCell(area, topic, "missing")
    lead = max(
        statuses, key=lambda status: (status.state == "contested", status.observation.as_of or date.min)
    )
    return GapCell(
        area, topic, lead.state, lead.observation, lead.freshness, lead.contested_by, len(statuses)
    )


def _series(release: Release, area: str, topic: str) -> list[list[Observation]]:
    """Return the rows of an area on a topic, a list for each series."""
    series: dict[str, list[Observation]] = {}
    for table, row in list_area_rows(release):
        if not _is_of(row, area) or row.area_basis == "origin":
            continue
        if topic in _TABLES:
            if table == _TABLES[topic] and _belongs(row.indicator, topic):
                series.setdefault(row.indicator, []).append(row)
        elif row.indicator in _INDICATORS[topic] and table == "displacement":
            series.setdefault(topic, []).append(row)
    return list(series.values())


def _belongs(indicator: str, topic: str) -> bool:
    """Return whether a figure of the table of a topic is about the topic itself."""
    if topic == "harm":
        return any(word in indicator for word in _HARM)
    return not any(word in indicator for word in _RESPONSE)


def _is_of(row: Observation, area: str) -> bool:
    """Return whether a row counts a whole area: the country, or one province."""
    if row.country != NATIONAL or row.admin2:
        return False
    return row.admin1_pcode == area if area != NATIONAL else not row.admin1


def _aid(release: Release, area: str, today: date) -> GapCell:
    """Return what was given or delivered: how many rows name the area, and the day of the newest."""
    rows = [row for row in _list_aid(release) if area == NATIONAL or area in row[2]]
    if not rows:
        return GapCell(area, "aid", "missing")
    observation = Observation(
        observation_id="",
        indicator="aid",
        value=float(len(rows)),
        unit="rows",
        as_of=max((on for _row_id, on, _provinces in rows if on), default=None),
        sources=(),
        admin1_pcode="" if area == NATIONAL else area,
        computed_from=tuple(row[0] for row in rows),
    )
    age = assess_age(release, observation, today)
    return GapCell(area, "aid", classify_state(age), observation, age, (), 1)


@per_release
def _list_aid(release: Release) -> tuple[_Aid, ...]:
    """Return gifts that reached or were given for an area, and deliveries that were reported."""
    gifts = call_or_default((), donations.list_gifts, release, "USD")
    given = [
        (gift.row_id, gift.day if gift.dated else None, gift.provinces)
        for gift in gifts
        if NATIONAL in gift.countries and gift.status != "pledged" and gift.part != "pledged"
    ]
    delivered = [
        (delivery.delivery_id, delivery.on, delivery.provinces)
        for delivery in call_or_default((), relief.list_deliveries, release)
        if delivery.status == "reported"
    ]
    return (*given, *sorted(delivered))


def count_states(rows: Iterable[Iterable[GapCell]]) -> Mapping[SeriesState, int]:
    """Return how many cells are in each state."""
    states = [cell.state for row in rows for cell in row]
    return {state: states.count(state) for state in STATES}


def summarise_gaps(rows: Iterable[Iterable[GapCell]]) -> Message:
    """Say in one sentence how much is known."""
    count = count_states(rows)
    return lazy_gettext(
        "Of {all} questions: {known} with a figure that is up to date, {old} with an old one, {contested} "
        "with one that others contradict, {missing} where nothing was found.",
        all=sum(count.values()),
        known=count["known"],
        old=count["old"],
        contested=count["contested"],
        missing=count["missing"],
    )
