"""Every figure of the record by its id, as a Finding with its history.

A figure's id is that of its row (``observation_id``, ``row_id``), or the key of a finding that is
computed from several rows. Both are permanent, so that an address opens the same figure next year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final, Literal

from utils.analysis import displacement, donations, observations, overview, places, relief
from utils.analysis.casualties import list_casualty_findings
from utils.analysis.displacement_series import STOCK, find_contradictions
from utils.analysis.freshness import assess_freshness, assess_settled
from utils.analysis.model import Beside, Finding, Observation
from utils.analysis.observations import call_or_default
from utils.releases import Release, per_release
from utils.text.locale import Message, Names, lazy_gettext, lazy_pgettext

FigureKind = Literal["stock", "flow", "cumulative", "sum", "gift", "claim"]
ROW_TABLES: Final = ("displacement", "impact", "needs")
_AROUND: Final = 1
"""Days around a figure in which another count of the same question differs from it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the record. ``table`` is ``""`` for a computed sum.

    ``claimed_by`` is who claims it where the record names a claimant instead of a counter.
    ``history`` are the figures of the same count by the same counter, newest first, this one too;
    ``newer`` is the newest of them where it is of a later day.
    """

    finding: Finding
    table: str
    kind: FigureKind
    observation: Observation
    claimed_by: str = ""
    history: tuple[Observation, ...] = ()
    newer: Observation | None = None

    @property
    def figure_id(self) -> str:
        """Return the id that opens this figure."""
        return identify_figure(self.finding)


@dataclass(frozen=True, slots=True)
class WithdrawnRow:
    """A row that was withdrawn, or replaced by ``replaced_by``."""

    reason: str
    replaced_by: str


def identify_figure(finding: Finding) -> str:
    """Return the id of what a finding shows: its row, else its own key."""
    observation = finding.observation
    return (observation.observation_id if observation else "") or finding.key


def find_figure(release: Release, wanted: str, today: date) -> Figure | None:
    """Return the figure of an id or key, ``None`` where this release has none.

    Nothing is remembered by ``wanted``: it comes from an address, and anybody may write one.
    """
    table_row = index_rows(release).get(wanted)
    if table_row is not None:
        return _of_row(release, *table_row, today)
    finding = _named(release, today).get(wanted)
    if finding is not None and finding.observation is not None:
        row = finding.observation
        if row.observation_id in index_rows(release):
            return _of_row(release, *index_rows(release)[row.observation_id], today)
        return Figure(finding=finding, table="", kind="sum", observation=row)
    return _gift(release, wanted, today) or _claim(release, wanted, today)


@per_release
def index_rows(release: Release) -> Mapping[str, tuple[str, Observation]]:
    """Return the rows that are counts, by id, with the name of their table."""
    return {
        row.observation_id: (table, row)
        for table in ROW_TABLES
        for row in call_or_default((), observations.load_observations, release, table)
        if row.observation_id
    }


@per_release
def list_area_rows(release: Release) -> tuple[tuple[str, Observation], ...]:
    """Return the rows that count a whole country, province or district, with the name of their table.

    A row of one site or place below the district says nothing of its area.
    """
    area_rows = []
    for table in ROW_TABLES:
        below = [
            row.get("place") or row.get("site_id")
            for row in call_or_default([], observations.load_rows, release, table)
        ]
        seen = call_or_default((), observations.load_observations, release, table)
        area_rows += [(table, row) for row, single in zip(seen, below, strict=True) if not single]
    return tuple(area_rows)


def is_same_series(row: Observation, other: Observation) -> bool:
    """Return whether two rows answer one question: same thing, same area, same basis."""
    stock = row.indicator in STOCK and other.indicator in STOCK
    return (stock or row.indicator == other.indicator) and _area(row) == _area(other)


def _area(row: Observation) -> tuple[str, ...]:
    return (row.country, row.admin1_pcode or row.admin1, row.admin2_pcode or row.admin2, row.area_basis)


def name_area(release: Release, row: Observation) -> Names | Message:
    """Return the narrowest public place of a row, to stand in a sentence."""
    by_pcode = places.index_by_pcode(release)
    for code, name in ((row.admin2_pcode, row.admin2), (row.admin1_pcode, row.admin1)):
        if code in by_pcode:
            return by_pcode[code].names
        if name:
            return Names(en=name)
    return COUNTRIES.get(row.country) or Names(en=row.country)


def build_title(release: Release, figure: Figure) -> Message:
    """Return what a figure counts and where, in words that hold next year too."""
    indicator = observations.load_indicators(release).get(figure.observation.indicator)
    if indicator is None or figure.kind == "sum":
        return figure.finding.label
    return lazy_gettext("{what}, {place}", what=indicator.name, place=name_area(release, figure.observation))


COUNTRIES: Final[Mapping[str, Message]] = {
    "KHM": lazy_gettext("Cambodia"),
    "THA": lazy_gettext("Thailand"),
    "BOTH": lazy_gettext("Cambodia and Thailand together"),
}


def _of_row(release: Release, table: str, row: Observation, today: date) -> Figure:
    indicator = observations.load_indicators(release)[row.indicator]
    series = [other for _table, other in list_area_rows(release) if is_same_series(row, other)]
    history = _history(row, series)
    later = [item for item in history if item.as_of and row.as_of and item.as_of > row.as_of]
    return Figure(
        finding=_led_by(release, row, today) or _plain(release, row, indicator, series, today),
        table=table,
        kind=classify_figure(release, row),
        observation=row,
        history=history,
        newer=later[0] if later else None,
    )


def classify_figure(release: Release, row: Observation) -> FigureKind:
    """Return whether a figure is a stock, a flow, cumulative, or a sum of our own."""
    if not row.observation_id:
        return "sum"
    indicator = observations.load_indicators(release).get(row.indicator)
    kinds: dict[str, FigureKind] = {"stock": "stock", "flow": "flow", "cumulative": "cumulative"}
    return (
        kinds[indicator.kind] if indicator else "gift" if row.observation_id.startswith("don-") else "claim"
    )


def _plain(
    release: Release,
    row: Observation,
    indicator: observations.Indicator,
    series: list[Observation],
    today: date,
) -> Finding:
    return Finding(
        key=row.observation_id,
        label=lazy_gettext("{what}, {place}", what=indicator.name, place=name_area(release, row)),
        observation=row,
        why=lazy_gettext("One row of the record, as its source printed it."),
        freshness=assess_freshness(row.as_of, indicator.expected_frequency, today),
        definition=indicator.definition,
        contradicted_by=find_contradictions(series, row, days=_AROUND),
    )


def _history(row: Observation, series: list[Observation]) -> tuple[Observation, ...]:
    """Return what the same counter published, newest first, one for each day and value."""
    seen: dict[tuple[date | None, float | None], Observation] = {(row.as_of, row.value): row}
    for other in series:
        if other.counted_by == row.counted_by and other.counted_by:
            seen.setdefault((other.as_of, other.value), other)
    return tuple(
        sorted(seen.values(), key=lambda item: (item.as_of or date.min, item.value or 0.0), reverse=True)
    )


@per_release
def _named(release: Release, today: date) -> Mapping[str, Finding]:
    """Return the findings that pages lead with, by key."""
    makers = [*overview.prepare_findings(release, today).values()]
    makers.append(partial(displacement.cumulative_displaced, release, today))
    findings = [call_or_default(None, make) for make in makers]
    for list_findings in (list_casualty_findings, relief.list_relief_findings):
        findings += call_or_default((), list_findings, release, today)
    return {finding.key: finding for finding in findings if finding}


def _led_by(release: Release, row: Observation, today: date) -> Finding | None:
    """Return the finding of a page that leads with this row, so that both show the same."""
    for finding in _named(release, today).values():
        if finding.observation is not None and finding.observation.observation_id == row.observation_id:
            return finding
    return None


def _gift(release: Release, wanted: str, today: date) -> Figure | None:
    if not wanted.startswith("don-"):
        return None
    gifts = donations.list_gifts(release, "USD")
    gift = next((item for item in gifts if item.row_id == wanted and item.amount is not None), None)
    if gift is None:
        return None
    row = _gift_row(gift)
    reasons = () if gift.counted else (lazy_pgettext("exclude_reason", gift.exclude_reason),)
    return Figure(
        finding=Finding(
            key=gift.row_id,
            label=lazy_gettext(
                "{donor} to {recipient}",
                donor=gift.donor or lazy_gettext("donor not named"),
                recipient=gift.recipient or lazy_gettext("recipient not named"),
            ),
            observation=row,
            why=lazy_gettext("One row of the record, as its source printed it."),
            freshness=assess_settled(row.as_of, today),
            beside=tuple(
                Beside(lazy_pgettext("status", item.status), _gift_row(item))
                for item in donations.list_pot(release, gift, "USD")
                if item != gift and item.amount is not None
            ),
            caveats=tuple(lazy_gettext("Not in the total: {reason}", reason=reason) for reason in reasons),
        ),
        table="donations",
        kind="gift",
        observation=row,
    )


def _gift_row(gift: donations.Gift) -> Observation:
    return Observation(
        observation_id=gift.row_id,
        indicator=gift.status,
        value=gift.amount,
        unit=gift.currency,
        as_of=gift.day if gift.dated else None,
        sources=(gift.source,),
        qualifier=gift.qualifier,
        note=gift.note,
        headline_ok=gift.counted,
    )


@dataclass(frozen=True, slots=True)
class EventClaim:
    """The figure that somebody claimed of an event; ``event`` is its title, in English."""

    event_id: str
    event: str
    metric: str
    claimed_by: str
    observation: Observation


SEED: Final = "seed"
"""The event id of the article whose claims are checked one by one: its title is its source's."""


@per_release
def list_event_claims(release: Release) -> tuple[EventClaim, ...]:
    """Return the figures that people and outlets gave of events, in file order."""
    sources = observations.load_sources(release)
    events = {row["event_id"]: row for row in observations.load_rows(release, "events")}
    claims = []
    for row in observations.load_rows(release, "event_figures"):
        event = events.get(row["event_id"], {})
        source = sources[row["source_id"]]
        observation = observations.build_from_row(
            Observation,
            row,
            indicator=row["metric"],
            as_of=event.get("date"),
            sources=(source,),
            qualifier=row["qualifier"] or "exact",
            country=event.get("country", "KHM"),
        )
        title = event.get("title", source.title)
        claims.append(EventClaim(row["event_id"], title, row["metric"], row["claimed_by"], observation))
    return tuple(claims)


def _claim(release: Release, wanted: str, today: date) -> Figure | None:
    if not wanted.startswith("evf-"):
        return None
    claims = list_event_claims(release)
    claim = next((other for other in claims if other.observation.observation_id == wanted), None)
    if claim is None:
        return None
    row = claim.observation
    others = [
        replace(other.observation, note=f"{other.claimed_by}. {other.observation.note}".strip())
        for other in claims
        if (other.event_id, other.metric) == (claim.event_id, claim.metric)
        and (other.observation.value, other.observation.qualifier) != (row.value, row.qualifier)
    ]
    return Figure(
        finding=Finding(
            key=row.observation_id,
            label=lazy_gettext(
                "{metric}: {event}", metric=lazy_pgettext("metric", claim.metric), event=claim.event
            ),
            observation=row,
            why=lazy_gettext(
                "What {who} said of this event; others may have said otherwise.", who=claim.claimed_by
            ),
            freshness=assess_settled(row.as_of, today),
            contradicted_by=tuple(others),
        ),
        table="event_figures",
        kind="claim",
        observation=row,
        claimed_by=claim.claimed_by,
    )


def find_withdrawn_row(release: Release, wanted: str) -> WithdrawnRow | None:
    """Return what became of a row that is no longer shown, ``None`` where nothing is known of it."""
    for row in call_or_default([], observations.load_rows, release, "withdrawn_ids"):
        if row["observation_id"] == wanted:
            return WithdrawnRow(row["reason"], row["replaced_by"])
    for table in (*ROW_TABLES, "event_figures", "donations"):
        for row in call_or_default([], observations.load_rows, release, table):
            if wanted and row.get("supersedes") == wanted:
                return WithdrawnRow(row["note"], row.get("observation_id") or row["row_id"])
    return None
