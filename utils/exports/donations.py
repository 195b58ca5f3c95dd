"""Sheets of donations: rows as given with their conversion, and sums with the rows behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from utils.analysis import donations, goods
from utils.analysis.donations import Gift, Sum
from utils.analysis.exchange_rates import CURRENCIES, Currency
from utils.exports.dataset import (
    Cell,
    Column,
    Sheet,
    beside,
    cited,
    contract_column,
    newest_of,
    own_column,
    whole,
)
from utils.exports.views import Chosen
from utils.releases import Release
from utils.text.locale import M_

_CONVERTED: Final = (
    own_column("slice", "string", M_("Slice"), "Slice of the total, or pledged"),
    own_column("converted", "number", M_("Converted amount"), "Amount at the rate of the gift's day"),
    own_column("converted_currency", "string", M_("Currency of the conversion"), "ISO 4217"),
    own_column("rate", "number", M_("Rate used"), "Units of the chosen currency for one as given"),
    own_column("rate_day", "date", M_("Day of the rate"), "Day of the rate that was used"),
    own_column("rate_official", "boolean", M_("Official rate"), "no: the nearest dated unofficial rate"),
)
SUM: Final = (
    own_column("converted", "number", M_("Converted amount"), "Sum of the rows, each at its own day's rate"),
    own_column("converted_currency", "string", M_("Currency of the conversion"), "ISO 4217"),
)
BEHIND: Final = (
    own_column("gifts", "integer", M_("Rows"), "Number of rows in the sum"),
    own_column("row_ids", "string", M_("Row ids"), "Rows of the table of donations behind the sum"),
)
_SUMS: Final = (
    own_column("group", "string", M_("Group (code)"), "Slice, kind, country or recipient"),
    own_column("group_name", "string", M_("Group"), "The same in English where it has a name"),
    *SUM,
    own_column("qualifier", "string", M_("Exact or about"), "about where a part is approximate or converted"),
    *BEHIND,
)


def currency(chosen: Chosen) -> Currency:
    """Return the chosen currency, typed."""
    return next(code for code in CURRENCIES if code == chosen["currency"])


def _gifts(release: Release, shown: Sequence[Gift]) -> Sheet:
    return beside(release, "donations", "row_id", {gift.row_id: gift for gift in shown}, _CONVERTED, _cells)


def _cells(gift: Gift) -> tuple[Cell, ...]:
    found = gift.converted
    if found is None:
        return (gift.part, None, "", None, None, None)
    return (gift.part, whole(found.amount), found.currency, found.rate, found.rate_day, found.official)


def listed(release: Release, chosen: Chosen) -> Sheet:
    """Return the gifts that pass the filters of the page, counted ones first."""
    unit = currency(chosen)
    shown = donations.matching(
        release,
        unit,
        donor_kind=chosen["donor"],
        country=chosen["country"],
        phase=chosen["phase"],
        part=chosen["slice"],
        text=chosen["q"],
    )
    return _gifts(release, shown)


def dated(release: Release, chosen: Chosen) -> Sheet:
    """Return counted gifts that have a day, in order of time."""
    return _gifts(release, donations.over_time(release, currency(chosen))[0])


def slices(release: Release, chosen: Chosen) -> Sheet:
    """Return the slices of the documented total, and promises as a row of their own."""
    unit = currency(chosen)
    promised = tuple(gift for gift in donations.pledges(release, unit) if gift.converted)
    name = donations.SLICE_NAMES["pledged"]
    pledged = Sum("pledged", name, donations.total("pledged", promised, unit), promised)
    return _sums((*donations.slices(release, unit), pledged))


def grouped(release: Release, chosen: Chosen) -> Sheet:
    """Return counted gifts by donor kind, donor country or recipient, all groups."""
    return _sums(donations.by(release, currency(chosen), chosen["by"]))


def _sums(shown: Sequence[Sum]) -> Sheet:
    return Sheet(
        columns=_SUMS,
        rows=tuple(
            (
                one.key,
                one.name if isinstance(one.name, str) else one.name.msgid,
                whole(one.total.value),
                one.total.unit,
                one.total.qualifier,
                len(one.gifts),
                " ".join(gift.row_id for gift in one.gifts),
            )
            for one in shown
        ),
        sources=cited(gift.source for one in shown for gift in one.gifts),
        newest=newest_of(one.total.as_of for one in shown),
    )


def in_kind(release: Release, _chosen: Chosen) -> Sheet:
    """Return goods in their own units, a row for each province that a gift names."""
    lines = goods.lines(release)
    columns: tuple[Column, ...] = (
        contract_column(release, "donations", "row_id"),
        contract_column(release, "donation_destinations", "admin1_pcode"),
        contract_column(release, "donations", "in_kind_item"),
        contract_column(release, "donations", "in_kind_quantity"),
        contract_column(release, "donations", "in_kind_unit"),
        own_column("shared", "boolean", M_("Shared"), "yes: one quantity for several provinces together"),
        contract_column(release, "donations", "donor"),
        contract_column(release, "donations", "source_id"),
    )
    return Sheet(
        columns=columns,
        rows=tuple(
            (
                line.gift.row_id,
                line.province,
                line.item,
                whole(line.quantity),
                line.unit,
                line.shared,
                line.gift.donor,
                line.gift.source.source_id,
            )
            for line in lines
        ),
        sources=cited(line.gift.source for line in lines),
        newest=newest_of(line.gift.day for line in lines if line.gift.dated),
    )
