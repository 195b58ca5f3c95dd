"""Documented donations: what counts once, in slices that stay apart, with every reason why not.

Rules of docs/design.md §4.8. Adding the amount column blindly gives about eighteen times too much.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Final, Literal

from utils.analysis import exchange_rates, observations
from utils.analysis.displacement_series import count_independent_origins
from utils.analysis.exchange_rates import Conversion, Currency, DayBasis
from utils.analysis.freshness import assess_settled
from utils.analysis.model import Beside, Finding, Observation, Qualifier, SourceRef
from utils.releases import Release, per_release
from utils.text.locale import LANGUAGES, Message, Names, formats, lazy_gettext, lazy_ngettext

Slice = Literal["relief", "both_sides", "mixed", "recovery"]
SLICES: Final[tuple[Slice, ...]] = ("relief", "both_sides", "mixed", "recovery")
SLICE_NAMES: Final[Mapping[str, Message]] = {
    "relief": lazy_gettext("Relief for Cambodia"),
    "both_sides": lazy_gettext("Relief for both sides of the border"),
    "mixed": lazy_gettext("Troops and civilians together"),
    "recovery": lazy_gettext("Recovery in Cambodia"),
    "pledged": lazy_gettext("Promised, not counted"),
}
PLEDGED: Final = "pledged"
"""The status of what was promised: no one gave it yet, whatever kept it out of the total."""
DIMENSIONS: Final = ("donor_kind", "donor_country", "recipient")
_FIGURES: Final = 3
_MILLION: Final = 1e6
_CENTS_OF_MILLION: Final = -4


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
    def promised(self) -> bool:
        """Return whether it was promised only: the record knows of no handing over."""
        return self.status == PLEDGED

    @property
    def dated(self) -> bool:
        """Return whether the gift has a day of its own, so that it may stand on a time line."""
        return self.day_basis in {"gift", "end", "start"}


@dataclass(frozen=True, slots=True)
class GiftSum:
    """A sum of counted gifts as an Observation, under the name of its group."""

    key: str
    name: Message | str
    total: Observation
    gifts: tuple[Gift, ...]


@per_release
def list_gifts(release: Release, currency: Currency) -> tuple[Gift, ...]:
    """Return every row of the donations table, in file order."""
    sources = observations.load_sources(release)
    countries = observations.group_column(release, "donation_scopes", "row_id", "country")
    provinces = observations.group_column(release, "donation_destinations", "row_id", "admin1_pcode")
    return tuple(
        _gift(release, row, sources[row["source_id"]], currency, countries, provinces)
        for row in observations.load_rows(release, "donations")
    )


def _gift(
    release: Release,
    row: Mapping[str, Any],
    source: SourceRef,
    currency: Currency,
    countries: Mapping[str, tuple[str, ...]],
    provinces: Mapping[str, tuple[str, ...]],
) -> Gift:
    day, basis = exchange_rates.choose_rate_day(row, source.published_on)
    scope = countries.get(row["row_id"], ())
    converted = None
    if row["amount"] is not None and row["currency"]:
        try:
            converted = exchange_rates.convert_amount(
                release,
                amount=row["amount"],
                currency=row["currency"],
                to=currency,
                on=day or date.max,
                day_basis=basis,
            )
        except exchange_rates.NoRate:
            converted = None  # a gift from before the first rate keeps its own currency only
    return observations.build_from_row(
        Gift,
        row,
        phase=row["crisis_phase"],
        counted=bool(row["count_in_total"]),
        part=_part(row, scope),
        day=day,
        day_basis=basis,
        qualifier=row["amount_qualifier"] or "exact",
        converted=converted,
        goods=row["in_kind_item"],
        goods_quantity=row["in_kind_quantity"],
        goods_unit=row["in_kind_unit"],
        countries=scope,
        provinces=provinces.get(row["row_id"], ()),
        source=source,
    )


def _part(row: Mapping[str, Any], scope: Sequence[str]) -> str:
    if row["status"] == PLEDGED:
        return PLEDGED
    if row["purpose"] == "recovery":
        return "recovery"
    if row["purpose"] in {"mixed_military", "mixed_other"}:
        return "mixed"
    return "both_sides" if len(scope) > 1 else "relief"


def list_counted_gifts(release: Release, currency: Currency) -> tuple[Gift, ...]:
    """Return the gifts that add up: documented, and counted once."""
    return tuple(gift for gift in list_gifts(release, currency) if gift.counted)


def round_to_figures(amount: float, figures: int = _FIGURES) -> float:
    """Round to ``figures`` significant figures: a sum with an approximate part is no more exact."""
    if amount == 0:
        return 0.0
    return round(amount, figures - 1 - math.floor(math.log10(abs(amount))))


def round_sum(amount: float) -> float:
    """Round a sum by the one rule: from a million two decimals of the million, below it three figures.

    13,666,099 is 13,670,000 and 142,732 is 143,000, on cards, charts, titles and lists alike.
    """
    return round(amount, _CENTS_OF_MILLION) if abs(amount) >= _MILLION else round_to_figures(amount)


def sum_gifts(key: str, chosen: Iterable[Gift], currency: Currency) -> Observation:
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
        value=round_sum(amount) if loose else amount,
        unit=currency,
        as_of=max((gift.day for gift in rows if gift.day and gift.dated), default=None),
        sources=tuple({gift.source.source_id: gift.source for gift in rows}.values()),
        qualifier="about" if loose else "exact",
        computed_from=tuple(gift.row_id for gift in rows),
    )


@per_release
def sum_by_slice(release: Release, currency: Currency) -> tuple[GiftSum, ...]:
    """Return the slices of the documented total, each with its own sum; they stay apart."""
    return tuple(_sums(list_counted_gifts(release, currency), currency, lambda gift: gift.part, SLICES))


def _sums(chosen: Sequence[Gift], currency: Currency, key: Any, order: Sequence[str]) -> list[GiftSum]:
    groups: dict[str, list[Gift]] = {name: [] for name in order}
    for gift in chosen:
        groups.setdefault(key(gift), []).append(gift)
    return [
        GiftSum(
            key=name,
            name=SLICE_NAMES.get(name, name),
            total=sum_gifts(name, rows, currency),
            gifts=tuple(rows),
        )
        for name, rows in groups.items()
        if rows
    ]


@per_release
def sum_by_dimension(
    release: Release, currency: Currency, dimension: str, part: str = "all"
) -> tuple[GiftSum, ...]:
    """Return counted gifts summed by ``donor_kind``, ``donor_country`` or ``recipient``, most first.

    Raises ``ValueError`` for another dimension.
    """
    if dimension not in DIMENSIONS:
        raise ValueError(f"unknown dimension {dimension!r}: one of {', '.join(DIMENSIONS)}")
    chosen = [gift for gift in list_counted_gifts(release, currency) if part in ("all", gift.part)]
    sums = _sums(chosen, currency, lambda gift: getattr(gift, dimension), ())
    return tuple(sorted(sums, key=lambda gift_sum: -(gift_sum.total.value or 0)))


@per_release
def split_by_date(release: Release, currency: Currency) -> tuple[tuple[Gift, ...], tuple[Gift, ...]]:
    """Return counted gifts with a day in order of time, and those without one, which still count."""
    rows = list_counted_gifts(release, currency)
    dated = sorted((gift for gift in rows if gift.dated and gift.day), key=lambda g: (g.day, g.row_id))
    return tuple(dated), tuple(gift for gift in rows if not gift.dated)


def documented_total(release: Release, currency: Currency, today: date) -> Finding:
    """Return the documented total: a floor, never "total raised"."""
    rows = list_counted_gifts(release, currency)
    observation = sum_gifts("donations-documented", rows, currency)
    diaspora = sum_diaspora(release, currency)
    beside = [
        Beside(gift_sum.name, gift_sum.total)
        for gift_sum in sum_by_slice(release, currency)
        if isinstance(gift_sum.name, Message)
    ]
    if diaspora:
        beside.append(Beside(lazy_gettext("of which collections of the diaspora"), diaspora))
    return Finding(
        key="donations-documented",
        label=lazy_gettext("documented so far, in gifts that count once"),
        observation=observation,
        why=lazy_gettext(
            "Sum of {gifts} gifts that count once, each converted at its own day. Pledges, goods without "
            "a value, copies and earlier counts of one pot are left out.",
            gifts=len(rows),
        ),
        freshness=assess_settled(observation.as_of, today),
        beside=tuple(beside),
        caveats=(
            lazy_gettext(
                "A floor, not an estimate: most gifts inside Cambodia were never published "
                "in a form we could read."
            ),
        ),
        context=lazy_gettext(
            "{gifts} gifts, newest dated gift shown; {undated} have no day of their own.",
            gifts=len(rows),
            undated=len(split_by_date(release, currency)[1]),
        ),
    )


@per_release
def sum_diaspora(release: Release, currency: Currency) -> Observation | None:
    """Return what collections of the diaspora add up to, ``None`` where none counts."""
    collections = [g for g in list_counted_gifts(release, currency) if g.donor_kind == "diaspora"]
    return sum_gifts("diaspora", collections, currency) if collections else None


@per_release
def list_largest(release: Release, currency: Currency, most: int = 3) -> tuple[Gift, ...]:
    """Return the largest counted gifts that have a day, the largest first."""
    dated = [gift for gift in split_by_date(release, currency)[0] if gift.converted]
    return tuple(
        sorted(dated, key=lambda gift: (-(gift.converted.amount if gift.converted else 0), gift.row_id))
    )[:most]


@per_release
def list_pledges(release: Release, currency: Currency) -> tuple[Gift, ...]:
    """Return what was promised: outside every total."""
    return tuple(gift for gift in list_gifts(release, currency) if gift.exclude_reason == "pledge")


@per_release
def list_single_source(release: Release, currency: Currency) -> tuple[Gift, ...]:
    """Return counted gifts whose pot is known from one publisher's source only."""
    rows = list_gifts(release, currency)
    publishers: dict[str, set[str]] = defaultdict(set)
    for gift in rows:
        publishers[gift.campaign_id or gift.row_id].add(gift.source.publisher)
    return tuple(
        gift for gift in rows if gift.counted and len(publishers[gift.campaign_id or gift.row_id]) == 1
    )


def list_pot(release: Release, gift: Gift, currency: Currency) -> tuple[Gift, ...]:
    """Return the rows of the campaign that a gift belongs to; the gift alone where it names none."""
    return tuple(
        other
        for other in list_gifts(release, currency)
        if other.row_id == gift.row_id or (gift.campaign_id and other.campaign_id == gift.campaign_id)
    )


def count_pot_origins(release: Release, gift: Gift, currency: Currency) -> int:
    """Return how many independent origins report the pot a gift belongs to."""
    return count_independent_origins(
        Observation("", "pot", other.amount, other.currency, other.day, (other.source,))
        for other in list_pot(release, gift, currency)
    )


@dataclass(frozen=True, slots=True)
class LookedFor:
    """Something that was looked for and not found: never zero."""

    subject: str
    country: str
    city: str
    until: date


def list_searches(release: Release, topic: str = "donations") -> tuple[LookedFor, ...]:
    """Return what was looked for and not found on a topic."""
    return tuple(
        LookedFor(row["subject"], row["country"], row["city"], row["searched_until"])
        for row in observations.load_rows(release, "looked_for")
        if row["topic"] == topic
    )


def filter_gifts(
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
    gifts = [
        gift
        for gift in list_gifts(release, currency)
        if donor_kind in ("all", gift.donor_kind)
        and country in ("all", gift.donor_country)
        and phase in ("all", gift.phase)
        and part in ("all", gift.part)
        and observations.holds_text(text, gift.donor, gift.recipient, gift.goods, gift.row_id)
    ]
    return tuple(
        sorted(
            gifts,
            key=lambda g: (not g.counted, -(g.converted.amount if g.converted else 0), g.row_id),
        )
    )


def list_choices(release: Release, column: str) -> tuple[str, ...]:
    """Return the values a filter offers: ``donor_kind``, ``donor_country`` or ``phase``."""
    values = {getattr(gift, column) for gift in list_gifts(release, "USD")}
    return tuple(sorted(value for value in values if value))


def prepare_strip(
    release: Release, currency: Currency, today: date
) -> Mapping[Message, Callable[[], Finding]]:
    """Return the key figures of donations by their short labels: parts of the total, and promises apart."""
    return {
        lazy_gettext("Documented gifts"): partial(documented_total, release, currency, today),
        lazy_gettext("From the diaspora"): partial(_sum_of_diaspora, release, currency, today),
        lazy_gettext("Promised, not counted"): partial(_sum_of_pledges, release, currency, today),
        lazy_gettext("Gifts that count"): partial(_count_gifts, release, currency, today),
    }


def summarise_donations(release: Release, currency: Currency) -> tuple[Message, ...]:
    """Return in one sentence what is documented, and that it is a floor."""
    rows = list_counted_gifts(release, currency)
    total = sum_gifts("donations-documented", rows, currency)
    if not rows or total.value is None:
        return (lazy_gettext("No gift that counts was found."),)
    amount = Names({lang: formats.spell_money(total.value, currency, lang) for lang in LANGUAGES})
    return (
        lazy_ngettext(
            "About {amount} is documented in {count} gift.",
            "About {amount} is documented in {count} gifts.",
            len(rows),
            amount=amount,
        ),
        lazy_gettext("Promises stand apart; most gifts inside Cambodia were never published."),
    )


def _sum_of_diaspora(release: Release, currency: Currency, today: date) -> Finding:
    rows = [gift for gift in list_counted_gifts(release, currency) if gift.donor_kind == "diaspora"]
    return _sum_finding(
        "donations-diaspora", lazy_gettext("of which collections of the diaspora"), rows, currency, today
    )


def _sum_of_pledges(release: Release, currency: Currency, today: date) -> Finding:
    label = lazy_gettext("promised: outside every total")
    return _sum_finding("donations-pledged", label, list_pledges(release, currency), currency, today)


def _sum_finding(key: str, label: Message, rows: Sequence[Gift], currency: Currency, today: date) -> Finding:
    observation = sum_gifts(key, rows, currency)
    return Finding(
        key=key,
        label=label,
        observation=observation if rows else None,
        why=lazy_gettext("Our own sum of the rows of the record, each converted at its own day."),
        freshness=assess_settled(observation.as_of, today),
        absence="" if rows else "not_found",
    )


def _count_gifts(release: Release, currency: Currency, today: date) -> Finding:
    rows = list_counted_gifts(release, currency)
    total = sum_gifts("gifts", rows, currency)
    return Finding(
        key="gifts-counted",
        label=lazy_gettext("gifts that count once"),
        observation=replace(total, value=float(len(rows)), unit="rows", qualifier="exact") if rows else None,
        why=lazy_gettext(
            "Pledges, goods without a value, copies and earlier counts of one pot are left out."
        ),
        freshness=assess_settled(total.as_of, today),
        absence="" if rows else "not_found",
    )
