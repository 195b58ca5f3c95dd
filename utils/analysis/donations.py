"""Documented donations: what counts once, in slices that stay apart, with every reason why not.

Rules of docs/design.md §4.8. Adding the amount column blindly gives about eighteen times too much.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from utils.analysis import exchange_rates, observations
from utils.analysis.displacement import origins_agree
from utils.analysis.exchange_rates import Conversion, Currency, DayBasis
from utils.analysis.freshness import settled
from utils.analysis.model import Beside, Finding, Observation, Qualifier, SourceRef
from utils.releases import Release, per_release
from utils.text.locale import Message, lazy_gettext

Slice = Literal["relief", "both_sides", "mixed", "recovery"]
SLICES: Final[tuple[Slice, ...]] = ("relief", "both_sides", "mixed", "recovery")
SLICE_NAMES: Final[Mapping[str, Message]] = {
    "relief": lazy_gettext("Relief for Cambodia"),
    "both_sides": lazy_gettext("Relief for both sides of the border"),
    "mixed": lazy_gettext("Troops and civilians together"),
    "recovery": lazy_gettext("Recovery in Cambodia"),
    "pledged": lazy_gettext("Promised, not counted"),
}
DIMENSIONS: Final = ("donor_kind", "donor_country", "recipient")
_FIGURES: Final = 3


@dataclass(frozen=True, slots=True)
class Gift:
    """One row of the donations table, with its conversion. ``converted`` is ``None`` for goods."""

    row_id: str
    donor: str
    donor_kind: str
    donor_city: str
    donor_country: str
    recipient: str
    status: str
    purpose: str
    phase: str
    campaign_id: str
    counted: bool
    exclude_reason: str
    part: str
    day: date | None
    day_basis: DayBasis
    amount: float | None
    currency: str
    qualifier: Qualifier
    converted: Conversion | None
    goods: str
    goods_quantity: float | None
    goods_unit: str
    countries: tuple[str, ...]
    provinces: tuple[str, ...]
    source: SourceRef
    note: str

    @property
    def dated(self) -> bool:
        """Return whether the gift has a day of its own, so that it may stand on a time line."""
        return self.day_basis in {"gift", "end", "start"}


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of counted gifts as an Observation, under the name of its group."""

    key: str
    name: Message | str
    total: Observation
    gifts: tuple[Gift, ...]


@per_release
def gifts(release: Release, currency: Currency) -> tuple[Gift, ...]:
    """Return every row of the donations table, in file order."""
    known = observations.sources(release)
    countries = _links(release, "donation_scopes", "country")
    provinces = _links(release, "donation_destinations", "admin1_pcode")
    return tuple(
        _gift(release, row, known[row["source_id"]], currency, countries, provinces)
        for row in observations.rows(release, "donations")
    )


def _links(release: Release, table: str, column: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in observations.rows(release, table):
        found[row["row_id"]].append(row[column])
    return {row_id: tuple(values) for row_id, values in found.items()}


def _gift(
    release: Release,
    row: Mapping[str, Any],
    source: SourceRef,
    currency: Currency,
    countries: Mapping[str, tuple[str, ...]],
    provinces: Mapping[str, tuple[str, ...]],
) -> Gift:
    day, basis = exchange_rates.rate_day(row, source.published_on)
    scope = countries.get(row["row_id"], ())
    converted = None
    if row["amount"] is not None and row["currency"]:
        try:
            converted = exchange_rates.convert(
                release,
                amount=row["amount"],
                currency=row["currency"],
                to=currency,
                on=day or date.max,
                day_basis=basis,
            )
        except exchange_rates.NoRate:
            converted = None  # a gift from before the first rate keeps its own currency only
    return Gift(
        row_id=row["row_id"],
        donor=row["donor"],
        donor_kind=row["donor_kind"],
        donor_city=row["donor_city"],
        donor_country=row["donor_country"],
        recipient=row["recipient"],
        status=row["status"],
        purpose=row["purpose"],
        phase=row["crisis_phase"],
        campaign_id=row["campaign_id"],
        counted=bool(row["count_in_total"]),
        exclude_reason=row["exclude_reason"],
        part=_part(row, scope),
        day=day,
        day_basis=basis,
        amount=row["amount"],
        currency=row["currency"],
        qualifier=row["amount_qualifier"] or "exact",
        converted=converted,
        goods=row["in_kind_item"],
        goods_quantity=row["in_kind_quantity"],
        goods_unit=row["in_kind_unit"],
        countries=scope,
        provinces=provinces.get(row["row_id"], ()),
        source=source,
        note=row["note"],
    )


def _part(row: Mapping[str, Any], scope: Sequence[str]) -> str:
    if row["exclude_reason"] == "pledge":
        return "pledged"
    if row["purpose"] == "recovery":
        return "recovery"
    if row["purpose"] in {"mixed_military", "mixed_other"}:
        return "mixed"
    return "both_sides" if len(scope) > 1 else "relief"


def counted(release: Release, currency: Currency) -> tuple[Gift, ...]:
    """Return the gifts that add up: documented, and counted once."""
    return tuple(gift for gift in gifts(release, currency) if gift.counted)


def round_figures(amount: float, figures: int = _FIGURES) -> float:
    """Round to ``figures`` significant figures: a sum with an approximate part is no more exact."""
    if amount == 0:
        return 0.0
    return round(amount, figures - 1 - math.floor(math.log10(abs(amount))))


def total(key: str, chosen: Iterable[Gift], currency: Currency) -> Observation:
    """Return the sum of gifts as one Observation with all its sources and row ids.

    A sum that holds an approximate gift is itself approximate; any conversion makes it so too.
    """
    rows = tuple(chosen)
    amount = sum(gift.converted.amount for gift in rows if gift.converted)
    loose = any(gift.qualifier != "exact" for gift in rows) or any(
        gift.converted and gift.converted.original_currency != currency for gift in rows
    )
    return Observation(
        observation_id="",
        indicator=key,
        value=round(amount, -4) if loose and amount > 1e7 else round_figures(amount) if loose else amount,
        unit=currency,
        as_of=max((gift.day for gift in rows if gift.day and gift.dated), default=None),
        sources=tuple({gift.source.source_id: gift.source for gift in rows}.values()),
        qualifier="about" if loose else "exact",
        computed_from=tuple(gift.row_id for gift in rows),
    )


@per_release
def slices(release: Release, currency: Currency) -> tuple[Sum, ...]:
    """Return the slices of the documented total, each with its own sum; they stay apart."""
    return tuple(_sums(counted(release, currency), currency, lambda gift: gift.part, SLICES))


def _sums(chosen: Sequence[Gift], currency: Currency, key: Any, order: Sequence[str]) -> list[Sum]:
    groups: dict[str, list[Gift]] = {name: [] for name in order}
    for gift in chosen:
        groups.setdefault(key(gift), []).append(gift)
    return [
        Sum(
            key=name,
            name=SLICE_NAMES.get(name, name),
            total=total(name, rows, currency),
            gifts=tuple(rows),
        )
        for name, rows in groups.items()
        if rows
    ]


@per_release
def by(release: Release, currency: Currency, dimension: str, part: str = "all") -> tuple[Sum, ...]:
    """Return counted gifts summed by ``donor_kind``, ``donor_country`` or ``recipient``, most first.

    Raises ``ValueError`` for another dimension.
    """
    if dimension not in DIMENSIONS:
        raise ValueError(f"unknown dimension {dimension!r}: one of {', '.join(DIMENSIONS)}")
    chosen = [gift for gift in counted(release, currency) if part in ("all", gift.part)]
    found = _sums(chosen, currency, lambda gift: getattr(gift, dimension), ())
    return tuple(sorted(found, key=lambda item: -(item.total.value or 0)))


@per_release
def over_time(release: Release, currency: Currency) -> tuple[tuple[Gift, ...], tuple[Gift, ...]]:
    """Return counted gifts with a day in order of time, and those without one, which still count."""
    rows = counted(release, currency)
    dated = sorted((gift for gift in rows if gift.dated and gift.day), key=lambda g: (g.day, g.row_id))
    return tuple(dated), tuple(gift for gift in rows if not gift.dated)


def documented(release: Release, currency: Currency, today: date) -> Finding:
    """Return the documented total: a floor, never "total raised"."""
    rows = counted(release, currency)
    observation = total("donations-documented", rows, currency)
    collections = [gift for gift in rows if gift.donor_kind == "diaspora"]
    beside = [
        Beside(item.name, item.total) for item in slices(release, currency) if isinstance(item.name, Message)
    ]
    if collections:
        beside.append(
            Beside(
                lazy_gettext("of which collections of the diaspora"), total("diaspora", collections, currency)
            )
        )
    return Finding(
        key="donations-documented",
        label=lazy_gettext("documented so far, in gifts that count once"),
        observation=observation,
        why=lazy_gettext(
            "Sum of {rows} rows that count once, each converted at its own day. Pledges, goods without "
            "a value, copies and earlier counts of one pot are left out.",
            rows=len(rows),
        ),
        freshness=settled(observation.as_of, today),
        beside=tuple(beside),
        caveats=(
            lazy_gettext(
                "A floor, not an estimate: most gifts inside Cambodia were never published "
                "in a form we could read."
            ),
        ),
        context=lazy_gettext(
            "{rows} rows, newest dated gift shown; {undated} have no day of their own.",
            rows=len(rows),
            undated=len(over_time(release, currency)[1]),
        ),
    )


@per_release
def pledges(release: Release, currency: Currency) -> tuple[Gift, ...]:
    """Return what was promised: outside every total."""
    return tuple(gift for gift in gifts(release, currency) if gift.exclude_reason == "pledge")


@per_release
def single_source(release: Release, currency: Currency) -> tuple[Gift, ...]:
    """Return counted gifts whose pot is known from one publisher's source only."""
    rows = gifts(release, currency)
    publishers: dict[str, set[str]] = defaultdict(set)
    for gift in rows:
        publishers[gift.campaign_id or gift.row_id].add(gift.source.publisher)
    return tuple(
        gift for gift in rows if gift.counted and len(publishers[gift.campaign_id or gift.row_id]) == 1
    )


def independent_origins(release: Release, gift: Gift, currency: Currency) -> int:
    """Return how many independent origins report the pot a gift belongs to."""
    pot = [
        other
        for other in gifts(release, currency)
        if other.row_id == gift.row_id or (gift.campaign_id and other.campaign_id == gift.campaign_id)
    ]
    return origins_agree(
        Observation("", "pot", other.amount, other.currency, other.day, (other.source,)) for other in pot
    )


@dataclass(frozen=True, slots=True)
class LookedFor:
    """Something that was looked for and not found: never zero."""

    subject: str
    country: str
    city: str
    until: date


def looked_for(release: Release, topic: str = "donations") -> tuple[LookedFor, ...]:
    """Return what was looked for and not found on a topic."""
    return tuple(
        LookedFor(row["subject"], row["country"], row["city"], row["searched_until"])
        for row in observations.rows(release, "looked_for")
        if row["topic"] == topic
    )


def matching(
    release: Release,
    currency: Currency,
    *,
    donor_kind: str = "all",
    country: str = "all",
    phase: str = "all",
    part: str = "all",
    text: str = "",
) -> tuple[Gift, ...]:
    """Return the rows that pass the filters, counted ones first, then by amount."""
    wanted = text.casefold()
    found = [
        gift
        for gift in gifts(release, currency)
        if donor_kind in ("all", gift.donor_kind)
        and country in ("all", gift.donor_country)
        and phase in ("all", gift.phase)
        and part in ("all", gift.part)
        and (not wanted or wanted in f"{gift.donor} {gift.recipient} {gift.goods} {gift.row_id}".casefold())
    ]
    return tuple(
        sorted(
            found,
            key=lambda g: (not g.counted, -(g.converted.amount if g.converted else 0), g.row_id),
        )
    )


def choices(release: Release, column: str) -> tuple[str, ...]:
    """Return the values a filter offers: ``donor_kind``, ``donor_country`` or ``phase``."""
    found = {getattr(gift, column) for gift in gifts(release, "USD")}
    return tuple(sorted(value for value in found if value))
