"""What the page of donations shows: sums in slices and groups, gifts, goods, what was not found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from utils.analysis import donations, goods, observations
from utils.analysis.donations import Gift, GiftSum
from utils.analysis.exchange_rates import Currency
from utils.charts import donations as charts
from utils.components import donations as lists
from utils.draw_context import DrawContext
from utils.exports.dataset import (
    CellValue,
    Column,
    Dataset,
    contract_column,
    join_columns,
    newest_day,
    own_column,
    read_table_rows,
    unique_sources,
    whole_number,
)
from utils.releases import Release
from utils.text.locale import lazy_gettext
from utils.views.columns import BEHIND, SUM
from utils.views.filters import (
    CURRENCY,
    coded_choice,
    country_choice,
    free_text,
    optional_choice,
    phase_choice,
    required_choice,
)
from utils.views.model import View

_CONVERTED: Final = (
    own_column("slice", "string", lazy_gettext("Slice"), "Slice of the total, or pledged"),
    own_column(
        "converted", "number", lazy_gettext("Converted amount"), "Amount at the rate of the gift's day"
    ),
    own_column("converted_currency", "string", lazy_gettext("Currency of the conversion"), "ISO 4217"),
    own_column("rate", "number", lazy_gettext("Rate used"), "Units of the chosen currency for one as given"),
    own_column("rate_day", "date", lazy_gettext("Day of the rate"), "Day of the rate that was used"),
    own_column(
        "rate_official", "boolean", lazy_gettext("Official rate"), "no: the nearest dated unofficial rate"
    ),
)

_SUMS: Final = (
    own_column("group", "string", lazy_gettext("Group (code)"), "Slice, kind, country or recipient"),
    own_column("group_name", "string", lazy_gettext("Group"), "The same in English where it has a name"),
    *SUM,
    own_column(
        "qualifier",
        "string",
        lazy_gettext("Exact or about"),
        "about where a part is approximate or converted",
    ),
    *BEHIND,
)


def _gifts(release: Release, shown: Sequence[Gift]) -> Dataset:
    return join_columns(
        release, "donations", "row_id", {gift.row_id: gift for gift in shown}, _CONVERTED, _cells
    )


def _cells(gift: Gift) -> tuple[CellValue, ...]:
    amount = gift.converted
    if amount is None:
        return (gift.part, None, "", None, None, None)
    return (
        gift.part,
        whole_number(amount.amount),
        amount.currency,
        amount.rate,
        amount.rate_day,
        amount.official,
    )


def list_gifts(context: DrawContext, currency: Currency, **filters: str) -> Dataset:
    """Return the gifts that pass the filters of the page, counted ones first."""
    return _gifts(context.release, donations.filter_gifts(context.release, currency, **filters))


def list_dated_gifts(context: DrawContext, currency: Currency) -> Dataset:
    """Return counted gifts that have a day, in order of time."""
    return _gifts(context.release, donations.split_by_date(context.release, currency)[0])


def list_slices(context: DrawContext, currency: Currency) -> Dataset:
    """Return the slices of the documented total, and promises as a row of their own."""
    return _sums(charts.list_slices(context.release, currency))


def list_groups(context: DrawContext, currency: Currency, dimension: str) -> Dataset:
    """Return counted gifts by donor kind, donor country or recipient, all groups."""
    return _sums(donations.sum_by_dimension(context.release, currency, dimension))


def _sums(shown: Sequence[GiftSum]) -> Dataset:
    return Dataset(
        columns=_SUMS,
        rows=tuple(
            (
                group.key,
                group.name if isinstance(group.name, str) else group.name.msgid,
                whole_number(group.total.value),
                group.total.unit,
                group.total.qualifier,
                len(group.gifts),
                " ".join(gift.row_id for gift in group.gifts),
            )
            for group in shown
        ),
        sources=unique_sources(gift.source for row in shown for gift in row.gifts),
        newest=newest_day(group.total.as_of for group in shown),
    )


def list_goods(context: DrawContext) -> Dataset:
    """Return goods in their own units, a row for each province that a gift names."""
    lines = goods.list_goods(context.release)
    columns: tuple[Column, ...] = (
        contract_column(context.release, "donations", "row_id"),
        contract_column(context.release, "donation_destinations", "admin1_pcode"),
        contract_column(context.release, "donations", "in_kind_item"),
        contract_column(context.release, "donations", "in_kind_quantity"),
        contract_column(context.release, "donations", "in_kind_unit"),
        own_column(
            "shared", "boolean", lazy_gettext("Shared"), "yes: one quantity for several provinces together"
        ),
        contract_column(context.release, "donations", "donor"),
        contract_column(context.release, "donations", "status"),
        contract_column(context.release, "donations", "source_id"),
    )
    return Dataset(
        columns=columns,
        rows=tuple(
            (
                line.gift.row_id,
                line.province,
                line.item,
                whole_number(line.quantity),
                line.unit,
                line.shared,
                line.gift.donor,
                line.gift.status,
                line.gift.source.source_id,
            )
            for line in lines
        ),
        sources=unique_sources(line.gift.source for line in lines),
        newest=newest_day(line.gift.day for line in lines if line.gift.dated),
    )


def list_not_found(context: DrawContext) -> Dataset:
    """Return what was looked for and not found."""
    rows = [
        row for row in observations.load_rows(context.release, "looked_for") if row["topic"] == "donations"
    ]
    only = [row["search_id"] for row in rows]
    return read_table_rows(context.release, "looked_for", key="search_id", only=only)


GROUPED: Final = required_choice(
    "by",
    lazy_gettext("Grouped by"),
    lambda _release, _before: donations.DIMENSIONS,
    show=lambda _, _release, code: _.translate(charts.DIMENSION_NAMES[code]),
    argument="dimension",
    widget="buttons",
)
_GIFTS: Final = (
    optional_choice(
        "slice",
        lazy_gettext("Slice"),
        lazy_gettext("All slices"),
        lambda _release: (*donations.SLICES, "pledged"),
        lambda _, _release, code: _.translate(donations.SLICE_NAMES[code]),
        argument="part",
    ),
    coded_choice(
        "donor",
        lazy_gettext("Kind of donor"),
        lazy_gettext("All kinds"),
        lambda release: donations.list_choices(release, "donor_kind"),
        column="donor_kind",
        argument="donor_kind",
    ),
    country_choice(
        lazy_gettext("Country of the donor"), lambda release: donations.list_choices(release, "donor_country")
    ),
    phase_choice(lambda release: donations.list_choices(release, "phase")),
    free_text(lazy_gettext("Search gifts"), lazy_gettext("Donor, recipient or goods")),
)

SLICES: Final = View("slices", "donations", charts.slices_chart, list_slices, (CURRENCY,))
DIMENSION: Final = View("dimension", "donations", charts.dimension_chart, list_groups, (CURRENCY, GROUPED))
OVER_TIME: Final = View("over-time", "donations", charts.time_chart, list_dated_gifts, (CURRENCY,))
GIFTS: Final = View(
    "gifts", "donations", lists.list_gifts, list_gifts, (CURRENCY, *_GIFTS), lazy_gettext("All gifts")
)
GOODS: Final = View("goods", "donations", lists.list_goods, list_goods, title=lazy_gettext("Goods"))
NOT_FOUND: Final = View(
    "not-found",
    "donations",
    lists.list_not_found,
    list_not_found,
    title=lazy_gettext("Looked for and not found"),
)
