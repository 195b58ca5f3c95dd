"""Lists of gifts: each with its original amount, conversion, source, and why it does or does not count."""

from __future__ import annotations

from collections.abc import Sequence

from utils.analysis import donations, goods, observations
from utils.analysis.donations import Gift, LookedFor
from utils.analysis.exchange_rates import Currency
from utils.components import addresses, words
from utils.components.tables import Cell, Listing, Rows, table
from utils.draw_context import DrawContext
from utils.text.html import Markup, el, join
from utils.text.locale import formats


def gifts(context: DrawContext, currency: Currency, **filters: str) -> Listing:
    """Return gifts, some at a time, counted ones first."""
    shown = donations.filter_gifts(context.release, currency, **filters)
    _ = context._
    alone = {gift.row_id for gift in donations.list_single_source(context.release, currency)}

    def written(gift: Gift) -> list[Cell]:
        return [
            join(
                [
                    el("span", gift.donor),
                    el("br"),
                    el("span", _.pgettext("donor_kind", gift.donor_kind), class_="sk-muted"),
                ]
            ),
            linked(context, gift),
            counts(context, gift, alone=gift.row_id in alone),
            el("span", gift.recipient, lang="en"),
            converted(context, gift),
            day(context, gift),
            _.pgettext("status", gift.status),
            join([words.source_link(gift.source), f" ({gift.source.grade})"]),
        ]

    return Listing(
        [
            _("Donor"),
            _("As given"),
            _("Counts?"),
            _("Recipient"),
            _("In {currency}", currency=currency),
            _("Day"),
            _("Status"),
            _("Source"),
        ],
        Rows(shown, written),
        caption=_.ngettext("{count} gift", "{count} gifts", len(shown)),
        parameter="page",
        empty=_("No gift matches. Clear a filter to see more."),
    )


def original(context: DrawContext, gift: Gift) -> Markup | str:
    """Return the gift as given: money in its currency, or goods in their unit."""
    _ = context._
    if gift.amount is not None:
        word = "" if gift.qualifier == "exact" else _.pgettext("qualifier", gift.qualifier) + " "
        decimals = 0 if float(gift.amount).is_integer() else 2
        return word + formats.format_money(gift.amount, gift.currency, context.lang, decimals)
    if gift.goods_quantity is not None:
        number = formats.format_number(gift.goods_quantity, context.lang)
        unit = _.pgettext("unit", gift.goods_unit)
        return join([f"{number} {unit} · ", el("span", gift.goods, lang="en")])
    return el("span", gift.goods, lang="en") if gift.goods else _("not published")


def linked(context: DrawContext, gift: Gift) -> Markup | str:
    """Return the gift as given; an amount of money leads to all that is known of it."""
    amount = original(context, gift)
    return amount if gift.amount is None else addresses.figure_link(context._, amount, gift.row_id)


def converted(context: DrawContext, gift: Gift) -> Markup | str:
    """Return the converted amount with rate and rate date, or a dash for goods."""
    _ = context._
    found = gift.converted
    if found is None:
        return "—"
    amount = formats.format_money(found.amount, found.currency, context.lang)
    if found.currency == found.original_currency:
        return amount
    basis = {
        "gift": _("rate of the gift's day"),
        "end": _("rate of the last day of the gift"),
        "start": _("rate of the first day of the gift"),
        "published": _("no day: rate of the day of publication"),
        "none": _("no day: newest rate of the record"),
    }[found.day_basis]
    rate = _(
        "1 {currency} = {rate}, {day}; {basis}",
        currency=found.original_currency,
        rate=f"{formats.format_number(found.rate, context.lang, 4)} {found.currency}",
        day=found.rate_day,
        basis=basis,
    )
    if not found.official:
        rate += " (" + _("unofficial") + ")"
    return join([amount, el("br"), el("span", rate, class_="sk-muted")])


def day(context: DrawContext, gift: Gift) -> str:
    """Return the day of a gift, or that it has none."""
    if gift.dated and gift.day:
        return formats.format_short_day(gift.day, context.lang)
    return context._("no date given")


def counts(context: DrawContext, gift: Gift, *, alone: bool) -> Markup | str:
    """Return whether a gift counts, in plain words, and whether one source alone tells of it."""
    _ = context._
    if not gift.counted:
        return _("no: {reason}", reason=_.pgettext("exclude_reason", gift.exclude_reason))
    slice_name = _.translate(donations.SLICE_NAMES[gift.part])
    answer = _("yes: {slice}", slice=slice_name)
    if not alone:
        return answer
    return join(
        [answer, el("br"), el("span", _("reported by one source"), class_="sk-badge sk-badge-overdue")]
    )


def goods_lines(context: DrawContext) -> Listing:
    """Return goods in their own units, by province; they have no price."""
    _ = context._
    names = observations.load_place_names(context.release, context.lang)
    body = [
        [
            names.get(line.province, line.province) if line.province else _("no province named"),
            formats.format_number(line.quantity, context.lang)
            if line.quantity is not None
            else _("not published"),
            _.pgettext("unit", line.unit),
            el("span", line.item, lang="en"),
            _("for several provinces together") if line.shared else "",
            line.gift.donor,
            words.source_link(line.gift.source),
        ]
        for line in goods.list_goods(context.release)
    ]
    return Listing(
        [_("Province"), _("Quantity"), _("Unit"), _("Goods"), _("Shared"), _("Donor"), _("Source")],
        body,
        caption=_.ngettext("{count} line of goods", "{count} lines of goods", len(body)),
        parameter="goods",
        numeric=(1,),
    )


def not_found(context: DrawContext) -> Markup:
    """Return what was looked for and not found: never zero."""
    return _not_found(context, donations.list_searches(context.release))


def not_found_in_france(context: DrawContext) -> Markup:
    """Return what was looked for in France and not found."""
    searches = donations.list_searches(context.release)
    return _not_found(context, [search for search in searches if search.country == "FRA"])


def _not_found(context: DrawContext, found: Sequence[LookedFor]) -> Markup:
    _ = context._
    return table(
        [_("Looked for"), _("Country"), _("Result"), _("Searched until")],
        [
            [
                el("span", search.subject, lang="en"),
                formats.name_country(search.country, context.lang) if search.country else "—",
                el("span", _("not found"), class_="sk-badge"),
                formats.format_short_day(search.until, context.lang),
            ]
            for search in found
        ],
        caption=_.ngettext(
            "{count} thing looked for and not found", "{count} things looked for and not found", len(found)
        ),
        lang=context.lang,
    )
