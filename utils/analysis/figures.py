"""Every figure of the record by its id, as a Finding with its history.

A figure's id is that of its row (``observation_id``, ``row_id``), or the key of a finding that is
computed from several rows. Both are permanent, so that an address opens the same figure next year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from utils.analysis import displacement, donations, observations, overview, places, relief
from utils.analysis.displacement_series import STOCK, differing
from utils.analysis.freshness import freshness, settled
from utils.analysis.model import Beside, Finding, Observation
from utils.releases import Release, TableUnavailable, per_release
from utils.text.locale import Message, Names, lazy_gettext, lazy_pgettext

Kind = Literal["stock", "flow", "cumulative", "sum", "gift", "claim"]
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
    kind: Kind
    observation: Observation
    claimed_by: str = ""
    history: tuple[Observation, ...] = ()
    newer: Observation | None = None

    @property
    def figure_id(self) -> str:
        """Return the id that opens this figure."""
        return figure_id(self.finding)


@dataclass(frozen=True, slots=True)
class Gone:
    """A row that was withdrawn, or replaced by ``replaced_by``."""

    observation_id: str
    reason: str
    replaced_by: str


def figure_id(finding: Finding) -> str:
    """Return the id of what a finding shows: its row, else its own key."""
    observation = finding.observation
    return (observation.observation_id if observation else "") or finding.key


def figure(release: Release, wanted: str, today: date) -> Figure | None:
    """Return the figure of an id or key, ``None`` where this release has none.

    Nothing is remembered by ``wanted``: it comes from an address, and anybody may write one.
    """
    known = rows(release).get(wanted)
    if known is not None:
        return _of_row(release, *known, today)
    found = _named(release, today).get(wanted)
    if found is not None and found.observation is not None:
        row = found.observation
        if row.observation_id in rows(release):
            return _of_row(release, *rows(release)[row.observation_id], today)
        return Figure(finding=found, table="", kind="sum", observation=row)
    return _gift(release, wanted, today) or _claim(release, wanted, today)


@per_release
def rows(release: Release) -> Mapping[str, tuple[str, Observation]]:
    """Return the rows that are counts, by id, with the name of their table."""
    return {
        row.observation_id: (table, row)
        for table in ROW_TABLES
        for row in _observations(release, table)
        if row.observation_id
    }


def _observations(release: Release, table: str) -> tuple[Observation, ...]:
    try:
        return observations.observations(release, table)
    except TableUnavailable:
        return ()


@per_release
def of_areas(release: Release) -> tuple[tuple[str, Observation], ...]:
    """Return the rows that count a whole country, province or district, with the name of their table.

    A row of one site or place below the district says nothing of its area.
    """
    found = []
    for table in ROW_TABLES:
        below = [row.get("place") or row.get("site_id") for row in _rows(release, table)]
        seen = _observations(release, table)
        found += [(table, row) for row, single in zip(seen, below, strict=True) if not single]
    return tuple(found)


def _rows(release: Release, table: str) -> list[dict[str, Any]]:
    try:
        return observations.rows(release, table)
    except TableUnavailable:
        return []


def same_series(row: Observation, other: Observation) -> bool:
    """Return whether two rows answer one question: same thing, same area, same basis."""
    stock = row.indicator in STOCK and other.indicator in STOCK
    return (stock or row.indicator == other.indicator) and _area(row) == _area(other)


def _area(row: Observation) -> tuple[str, ...]:
    return (row.country, row.admin1_pcode or row.admin1, row.admin2_pcode or row.admin2, row.area_basis)


def where(release: Release, row: Observation) -> Names | Message:
    """Return the narrowest public place of a row, to stand in a sentence."""
    known = places.by_pcode(release)
    for code, name in ((row.admin2_pcode, row.admin2), (row.admin1_pcode, row.admin1)):
        if code in known:
            return known[code].names
        if name:
            return Names(en=name)
    return COUNTRIES.get(row.country) or Names(en=row.country)


def title(release: Release, found: Figure) -> Message:
    """Return what a figure counts and where, in words that hold next year too."""
    known = observations.indicators(release).get(found.observation.indicator)
    if known is None or found.kind == "sum":
        return found.finding.label
    return lazy_gettext("{what}, {place}", what=known.name, place=where(release, found.observation))


COUNTRIES: Final[Mapping[str, Message]] = {
    "KHM": lazy_gettext("Cambodia"),
    "THA": lazy_gettext("Thailand"),
    "BOTH": lazy_gettext("Cambodia and Thailand together"),
}


def _of_row(release: Release, table: str, row: Observation, today: date) -> Figure:
    known = observations.indicators(release)[row.indicator]
    series = [other for _table, other in of_areas(release) if same_series(row, other)]
    history = _history(row, series)
    later = [item for item in history if item.as_of and row.as_of and item.as_of > row.as_of]
    return Figure(
        finding=_led_by(release, row, today) or _plain(release, row, known, series, today),
        table=table,
        kind=kind_of(release, row),
        observation=row,
        history=history,
        newer=later[0] if later else None,
    )


def kind_of(release: Release, row: Observation) -> Kind:
    """Return whether a figure is a stock, a flow, cumulative, or a sum of our own."""
    if not row.observation_id:
        return "sum"
    known = observations.indicators(release).get(row.indicator)
    kinds: dict[str, Kind] = {"stock": "stock", "flow": "flow", "cumulative": "cumulative"}
    return kinds[known.kind] if known else "gift" if row.observation_id.startswith("don-") else "claim"


def _plain(
    release: Release, row: Observation, known: observations.Indicator, series: list[Observation], today: date
) -> Finding:
    return Finding(
        key=row.observation_id,
        label=lazy_gettext("{what}, {place}", what=known.name, place=where(release, row)),
        observation=row,
        why=lazy_gettext("One row of the record, as its source printed it."),
        freshness=freshness(row.as_of, known.expected_frequency, today),
        definition=known.definition,
        contradicted_by=differing(series, row, days=_AROUND),
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
    makers: list[Callable[[], Finding]] = list(overview.figures(release, today).values())
    makers.append(lambda: displacement.ever_displaced(release, today))
    found = {}
    several = (overview.casualties, relief.findings)
    for finding in (*_made(makers), *(item for make in several for item in _all(make, release, today))):
        found[finding.key] = finding
    return found


def _made(makers: list[Callable[[], Finding]]) -> Iterator[Finding]:
    for make in makers:
        try:
            yield make()
        except TableUnavailable:
            continue


def _all(
    make: Callable[[Release, date], tuple[Finding, ...]], release: Release, today: date
) -> tuple[Finding, ...]:
    try:
        return make(release, today)
    except TableUnavailable:
        return ()


def _led_by(release: Release, row: Observation, today: date) -> Finding | None:
    """Return the finding of a page that leads with this row, so that both show the same."""
    for finding in _named(release, today).values():
        if finding.observation is not None and finding.observation.observation_id == row.observation_id:
            return finding
    return None


def _gift(release: Release, wanted: str, today: date) -> Figure | None:
    if not wanted.startswith("don-"):
        return None
    gifts = donations.gifts(release, "USD")
    gift = next((item for item in gifts if item.row_id == wanted and item.amount is not None), None)
    if gift is None:
        return None
    pot = [
        item for item in gifts if item.campaign_id and item.campaign_id == gift.campaign_id and item != gift
    ]
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
            freshness=settled(row.as_of, today),
            beside=tuple(
                Beside(lazy_pgettext("status", item.status), _gift_row(item))
                for item in pot
                if item.amount is not None
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
class Claim:
    """The figure that somebody claimed of an event; ``event`` is its title, in English."""

    event_id: str
    event: str
    metric: str
    claimed_by: str
    observation: Observation


SEED: Final = "seed"
"""The event id of the article whose claims are checked one by one: its title is its source's."""


@per_release
def claims(release: Release) -> tuple[Claim, ...]:
    """Return the figures that people and outlets gave of events, in file order."""
    known = observations.sources(release)
    events = {row["event_id"]: row for row in observations.rows(release, "events")}
    found = []
    for row in observations.rows(release, "event_figures"):
        event = events.get(row["event_id"], {})
        source = known[row["source_id"]]
        found.append(
            Claim(
                event_id=row["event_id"],
                event=event.get("title", source.title),
                metric=row["metric"],
                claimed_by=row["claimed_by"],
                observation=Observation(
                    observation_id=row["observation_id"],
                    indicator=row["metric"],
                    value=row["value"],
                    unit=row["unit"],
                    as_of=event.get("date"),
                    sources=(source,),
                    qualifier=row["qualifier"] or "exact",
                    country=event.get("country", "KHM"),
                    note=row["note"],
                ),
            )
        )
    return tuple(found)


def _claim(release: Release, wanted: str, today: date) -> Figure | None:
    if not wanted.startswith("evf-"):
        return None
    known = claims(release)
    claim = next((item for item in known if item.observation.observation_id == wanted), None)
    if claim is None:
        return None
    row = claim.observation
    others = [
        replace(item.observation, note=f"{item.claimed_by}. {item.observation.note}".strip())
        for item in known
        if (item.event_id, item.metric) == (claim.event_id, claim.metric)
        and (item.observation.value, item.observation.qualifier) != (row.value, row.qualifier)
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
            freshness=settled(row.as_of, today),
            contradicted_by=tuple(others),
        ),
        table="event_figures",
        kind="claim",
        observation=row,
        claimed_by=claim.claimed_by,
    )


def gone(release: Release, wanted: str) -> Gone | None:
    """Return what became of a row that is no longer shown, ``None`` where nothing is known of it."""
    for row in _rows(release, "withdrawn_ids"):
        if row["observation_id"] == wanted:
            return Gone(wanted, row["reason"], row["replaced_by"])
    for table in (*ROW_TABLES, "event_figures", "donations"):
        for row in _rows(release, table):
            if wanted and row.get("supersedes") == wanted:
                return Gone(wanted, row["note"], row.get("observation_id") or row["row_id"])
    return None
