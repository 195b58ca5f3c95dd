"""Relief on the ground: who brought what where; delivered, promised, target and refused stay apart.

A delivery that names several provinces stands under each and is never divided. Nothing here is added to
money. The signed-in tier reads the same rows with the sites they name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from utils.analysis import events as analysis_events
from utils.analysis import observations
from utils.analysis.events import Gathering
from utils.analysis.freshness import settled
from utils.analysis.model import Finding, Observation, SourceRef
from utils.releases import Release, per_release
from utils.text.locale import Message, lazy_gettext, lazy_ngettext

STATUSES: Final = ("reported", "pledged", "target", "refused")
SECTORS: Final = ("food", "water", "hygiene_kits", "shelter", "medicine", "education", "cash", "other")
NEED_SECTORS: Final = ("food", "nutrition", "shelter", "education", "early_recovery", "health", "wash")
_LABELS: Final[Mapping[str, Message]] = {
    "reported": lazy_gettext("deliveries reported"),
    "pledged": lazy_gettext("promised, no delivery reported"),
    "target": lazy_gettext("targets, no delivery reported"),
    "refused": lazy_gettext("refused on the way"),
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One line of goods. ``provinces`` are P-codes, empty where none was named; ``place`` is the place
    as this tier may show it. ``quantity`` is in ``unit``, ``None`` where not published."""

    delivery_id: str
    on: date | None
    org: str
    org_kind: str
    sector: str
    quantity: float | None
    unit: str
    families: float | None
    people: float | None
    place: str
    from_city: str
    origin_country: str
    status: str
    provinces: tuple[str, ...]
    source: SourceRef
    note: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Who brought goods of one sector to one province; no organisation means that none was found."""

    organisations: tuple[str, ...]
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """An event that opened or closed a way. ``whole`` where it concerns the whole border."""

    event: Gathering
    access: str
    effect: str
    closed_by: str
    note: str

    @property
    def whole(self) -> bool:
        """Return whether it concerns every crossing: one that names no place."""
        return self.access == "crossing" and not self.event.place and not self.event.admin1


@dataclass(frozen=True, slots=True)
class Corridor:
    """A way of goods from abroad with what is known of it; ``since`` where a day is known."""

    origin: str
    country: str
    mode: str
    status: str
    since: date | None
    source: SourceRef
    note: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """An amount asked for: not income."""

    organisation: str
    target: Observation
    currency: str
    purpose: str
    source: SourceRef
    note: str


@per_release
def deliveries(release: Release) -> tuple[Delivery, ...]:
    """Return every delivery, newest first; those without a day last."""
    known = observations.sources(release)
    provinces: dict[str, list[str]] = defaultdict(list)
    for row in observations.rows(release, "aid_delivery_areas"):
        provinces[row["delivery_id"]].append(row["admin1_pcode"])
    found = [
        _delivery(row, known[row["source_id"]], tuple(provinces[row["delivery_id"]]))
        for row in observations.rows(release, "aid_deliveries")
    ]
    return tuple(
        sorted(found, key=lambda delivery: (delivery.on or date.min, delivery.delivery_id), reverse=True)
    )


def _delivery(row: Mapping[str, Any], source: SourceRef, provinces: tuple[str, ...]) -> Delivery:
    return Delivery(
        delivery_id=row["delivery_id"],
        on=row["date"],
        org=row["org"],
        org_kind=row["org_kind"],
        sector=row["item_category"],
        quantity=row["quantity"],
        unit=row["unit"],
        families=row["beneficiaries_families"],
        people=row["beneficiaries_people"],
        place=row["place_or_site"],
        from_city=row["from_city"],
        origin_country=row["origin_country"],
        status=row["status"],
        provinces=provinces,
        source=source,
        note=row["note"],
    )


@per_release
def findings(release: Release, today: date) -> tuple[Finding, ...]:
    """Return how many rows there are of each status, apart."""
    return tuple(_finding(release, status, today) for status in STATUSES)


def count_of(key: str, rows: Iterable[Delivery]) -> Observation:
    """Return how many rows there are as an Observation of our own, with all its sources."""
    listed = tuple(rows)
    return Observation(
        observation_id="",
        indicator=key,
        value=float(len(listed)),
        unit="rows",
        as_of=max((row.on for row in listed if row.on), default=None),
        sources=tuple({row.source.source_id: row.source for row in listed}.values()),
        computed_from=tuple(row.delivery_id for row in listed),
    )


def _finding(release: Release, status: str, today: date) -> Finding:
    rows = [delivery for delivery in deliveries(release) if delivery.status == status]
    observation = count_of(f"deliveries-{status}", rows)
    return Finding(
        key=observation.indicator,
        label=_LABELS[status],
        observation=observation if rows else None,
        why=lazy_gettext(
            "Our own count of the rows of this status: how many were found, not how many there were."
        ),
        freshness=settled(observation.as_of, today),
        absence="" if rows else "not_found",
        context=_undated(sum(row.on is None for row in rows)),
    )


def _undated(count: int) -> Message | None:
    if not count:
        return None
    return lazy_ngettext("{count} of these rows has no date.", "{count} of these rows have no date.", count)


@per_release
def matrix(release: Release) -> Mapping[tuple[str, str], Cell]:
    """Return who brought what where: (province P-code, sector) -> reported deliveries.

    Every province that any row names has a cell for every sector, so that "none found" is shown.
    """
    found: dict[tuple[str, str], list[Delivery]] = {
        (province, sector): [] for province in provinces(release) for sector in SECTORS
    }
    for delivery in deliveries(release):
        if delivery.status == "reported":
            for province in delivery.provinces:
                found[province, delivery.sector].append(delivery)
    return {key: Cell(tuple(sorted({row.org for row in rows})), tuple(rows)) for key, rows in found.items()}


@per_release
def provinces(release: Release) -> tuple[str, ...]:
    """Return the provinces that a delivery names, by P-code."""
    return tuple(sorted({code for delivery in deliveries(release) for code in delivery.provinces}))


@per_release
def organisations_by_province(release: Release) -> Mapping[str, tuple[str, ...]]:
    """Return the organisations with a reported delivery by province P-code."""
    found: dict[str, set[str]] = defaultdict(set)
    for (province, _sector), cell in matrix(release).items():
        found[province] |= set(cell.organisations)
    return {province: tuple(sorted(names)) for province, names in found.items()}


def matching(
    release: Release,
    *,
    sector: str = "all",
    province: str = "all",
    status: str = "all",
    kind: str = "all",
    text: str = "",
) -> tuple[Delivery, ...]:
    """Return the deliveries that pass the filters, newest first."""
    wanted = text.casefold()
    return tuple(
        delivery
        for delivery in deliveries(release)
        if sector in ("all", delivery.sector)
        and (province == "all" or province in delivery.provinces)
        and status in ("all", delivery.status)
        and kind in ("all", delivery.org_kind)
        and (
            not wanted
            or wanted in f"{delivery.org} {delivery.unit} {delivery.place} {delivery.note}".casefold()
        )
    )


@per_release
def org_kinds(release: Release) -> tuple[str, ...]:
    """Return the kinds of organisations that deliver."""
    return tuple(sorted({delivery.org_kind for delivery in deliveries(release)}))


@per_release
def needs(release: Release) -> tuple[tuple[str, tuple[Observation, ...]], ...]:
    """Return needs, targets and outputs by sector, newest first; a sector without one is empty."""
    sectors = {row["observation_id"]: row["sector"] for row in observations.rows(release, "needs")}
    found: dict[str, list[Observation]] = {sector: [] for sector in NEED_SECTORS}
    for observation in observations.observations(release, "needs"):
        found.setdefault(sectors[observation.observation_id], []).append(observation)
    return tuple(
        (sector, tuple(sorted(rows, key=lambda item: item.as_of or date.min, reverse=True)))
        for sector, rows in found.items()
    )


@per_release
def access(release: Release) -> tuple[Access, ...]:
    """Return what opened or closed ways for people and aid, newest first."""
    events = analysis_events.by_id(release)
    found = [
        Access(events[row["event_id"]], row["access"], row["effect"], row["closed_by"], row["note"])
        for row in observations.rows(release, "access_events")
    ]
    return tuple(sorted(found, key=lambda item: item.event.on or date.min, reverse=True))


@per_release
def whole_border(release: Release) -> tuple[Access, ...]:
    """Return the closures of all crossings at once, newest first."""
    return tuple(item for item in access(release) if item.whole and item.effect == "closed")


@per_release
def corridors(release: Release) -> tuple[Corridor, ...]:
    """Return the ways of goods that the article names."""
    known = observations.sources(release)
    return tuple(
        Corridor(
            origin=row["origin"],
            country=row["origin_country"],
            mode=row["mode"],
            status=row["corridor_status"],
            since=row["since"] or None,
            source=known[row["source_id"]],
            note=row["note"],
        )
        for row in observations.rows(release, "corridors")
    )


@per_release
def appeals(release: Release) -> tuple[Appeal, ...]:
    """Return what was asked for."""
    known = observations.sources(release)
    return tuple(
        Appeal(
            organisation=row["organisation"],
            target=Observation(
                observation_id=row["appeal_id"],
                indicator="appeal",
                value=row["target_amount"],
                unit=row["currency"],
                as_of=row["date"],
                sources=(known[row["source_id"]],),
                qualifier=row["amount_qualifier"] or "exact",
            ),
            currency=row["currency"],
            purpose=row["purpose"],
            source=known[row["source_id"]],
            note=row["note"],
        )
        for row in observations.rows(release, "appeals")
    )
