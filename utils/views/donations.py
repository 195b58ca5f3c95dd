"""What the page of donations shows: sums in slices and groups, gifts, goods, what was not found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from utils.analysis import donations, goods, observations
from utils.analysis.donations import Gift, Sum
from utils.analysis.exchange_rates import Currency
from utils.charts import donations as charts
from utils.components import donations as lists
from utils.draw_context import DrawContext
from utils.exports.dataset import (
    Cell,
    Column,
    Dataset,
    beside,
    cited,
    contract_column,
    newest_of,
    of_table,
    own_column,
    whole,
)
from utils.releases import Release
from utils.text.locale import lazy_gettext
from utils.views.filters import CURRENCY, any_of, coded, country_name, free_text, one_of, phase_name
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

SUM: Final = (
    own_column(
        "converted", "number", lazy_gettext("Converted amount"), "Sum of the rows, each at its own day's rate"
    ),
    own_column("converted_currency", "string", lazy_gettext("Currency of the conversion"), "ISO 4217"),
)

BEHIND: Final = (
    own_column("gifts", "integer", lazy_gettext("Rows"), "Number of rows in the sum"),
    own_column("row_ids", "string", lazy_gettext("Row ids"), "Rows of the table of donations behind the sum"),
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
    return beside(release, "donations", "row_id", {gift.row_id: gift for gift in shown}, _CONVERTED, _cells)


def _cells(gift: Gift) -> tuple[Cell, ...]:
    found = gift.converted
    if found is None:
        return (gift.part, None, "", None, None, None)
    return (gift.part, whole(found.amount), found.currency, found.rate, found.rate_day, found.official)


def listed(context: DrawContext, currency: Currency, **filters: str) -> Dataset:
    """Return the gifts that pass the filters of the page, counted ones first."""
    return _gifts(context.release, donations.matching(context.release, currency, **filters))


def dated(context: DrawContext, currency: Currency) -> Dataset:
    """Return counted gifts that have a day, in order of time."""
    return _gifts(context.release, donations.over_time(context.release, currency)[0])


def slices(context: DrawContext, currency: Currency) -> Dataset:
    """Return the slices of the documented total, and promises as a row of their own."""
    promised = tuple(gift for gift in donations.pledges(context.release, currency) if gift.converted)
    name = donations.SLICE_NAMES["pledged"]
    pledged = Sum("pledged", name, donations.total("pledged", promised, currency), promised)
    return _sums((*donations.slices(context.release, currency), pledged))


def grouped(context: DrawContext, currency: Currency, dimension: str) -> Dataset:
    """Return counted gifts by donor kind, donor country or recipient, all groups."""
    return _sums(donations.by(context.release, currency, dimension))


def _sums(shown: Sequence[Sum]) -> Dataset:
    return Dataset(
        columns=_SUMS,
        rows=tuple(
            (
                group.key,
                group.name if isinstance(group.name, str) else group.name.msgid,
                whole(group.total.value),
                group.total.unit,
                group.total.qualifier,
                len(group.gifts),
                " ".join(gift.row_id for gift in group.gifts),
            )
            for group in shown
        ),
        sources=cited(gift.source for row in shown for gift in row.gifts),
        newest=newest_of(group.total.as_of for group in shown),
    )


def in_kind(context: DrawContext) -> Dataset:
    """Return goods in their own units, a row for each province that a gift names."""
    lines = goods.lines(context.release)
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
        contract_column(context.release, "donations", "source_id"),
    )
    return Dataset(
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


def not_found(context: DrawContext) -> Dataset:
    """Return what was looked for and not found."""
    rows = [row for row in observations.rows(context.release, "looked_for") if row["topic"] == "donations"]
    only = [row["search_id"] for row in rows]
    return of_table(context.release, "looked_for", key="search_id", only=only)


_GROUPS: Final = {
    "donor_kind": lazy_gettext("Kind of donor"),
    "donor_country": lazy_gettext("Country of the donor"),
    "recipient": lazy_gettext("Recipient"),
}
GROUPED: Final = one_of(
    "by",
    lazy_gettext("Grouped by"),
    lambda _release, _before: donations.DIMENSIONS,
    show=lambda _, _release, code: _.translate(_GROUPS[code]),
    argument="dimension",
    widget="buttons",
)
_GIFTS: Final = (
    any_of(
        "slice",
        lazy_gettext("Slice"),
        lazy_gettext("All slices"),
        lambda _release: (*donations.SLICES, "pledged"),
        lambda _, _release, code: _.translate(donations.SLICE_NAMES[code]),
        argument="part",
    ),
    coded(
        "donor",
        lazy_gettext("Kind of donor"),
        lazy_gettext("All kinds"),
        lambda release: donations.choices(release, "donor_kind"),
        column="donor_kind",
        argument="donor_kind",
    ),
    any_of(
        "country",
        lazy_gettext("Country of the donor"),
        lazy_gettext("All countries"),
        lambda release: donations.choices(release, "donor_country"),
        country_name,
    ),
    any_of(
        "phase",
        lazy_gettext("Phase"),
        lazy_gettext("All phases"),
        lambda release: donations.choices(release, "phase"),
        phase_name,
    ),
    free_text(lazy_gettext("Search gifts"), lazy_gettext("Donor, recipient or goods")),
)

SLICES: Final = View("slices", "donations", charts.slices_chart, slices, (CURRENCY,))
DIMENSION: Final = View("dimension", "donations", charts.dimension_chart, grouped, (CURRENCY, GROUPED))
OVER_TIME: Final = View("over-time", "donations", charts.time_chart, dated, (CURRENCY,))
GIFTS: Final = View("gifts", "donations", lists.gifts, listed, (CURRENCY, *_GIFTS), lazy_gettext("All gifts"))
GOODS: Final = View("goods", "donations", lists.goods_lines, in_kind, title=lazy_gettext("Goods"))
NOT_FOUND: Final = View(
    "not-found", "donations", lists.not_found, not_found, title=lazy_gettext("Looked for and not found")
)
