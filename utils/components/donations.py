"""Lists of gifts: each with its original amount, conversion, source, and why it does or does not count."""

from __future__ import annotations

from collections.abc import Sequence

from utils.analysis import donations, goods, observations
from utils.analysis.donations import Gift, LookedFor
from utils.analysis.exchange_rates import Currency
from utils.components import addresses, inline
from utils.components.tables import Listing, listing, table_of
from utils.draw_context import DrawContext
from utils.text import wording
from utils.text.html import Markup, el, join
from utils.text.locale import Translator, formats


def list_gifts(context: DrawContext, currency: Currency, **filters: str) -> Listing:
    """Return gifts, some at a time, counted ones first."""
    gifts = donations.filter_gifts(context.release, currency, **filters)
    _ = context._
    alone = {gift.row_id for gift in donations.list_single_source(context.release, currency)}
    return listing(
        gifts,
        [
            (
                _("Donor"),
                lambda gift: inline.stack_lines(
                    el("span", gift.donor), _.pgettext("donor_kind", gift.donor_kind)
                ),
            ),
            (_("As given"), lambda gift: _link_amount(context, gift)),
            (_("Counts?"), lambda gift: _format_counting(_, gift, alone=gift.row_id in alone)),
            (_("Recipient"), lambda gift: el("span", gift.recipient, lang="en")),
            (_("In {currency}", currency=currency), lambda gift: _format_conversion(_, gift)),
            (_("Day"), lambda gift: format_gift_day(_, gift)),
            (_("Status"), lambda gift: _.pgettext("status", gift.status)),
            (_("Source"), lambda gift: inline.link_graded_source(gift.source)),
        ],
        caption=_.ngettext("{count} gift", "{count} gifts", len(gifts)),
        parameter="page",
        numeric=(1, 4),
        empty=_("No gift matches. Clear a filter to see more."),
    )


def format_gift(context: DrawContext, gift: Gift) -> Markup | str:
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


def _link_amount(context: DrawContext, gift: Gift) -> Markup | str:
    """Return the gift as given; an amount of money leads to all that is known of it."""
    amount = format_gift(context, gift)
    return amount if gift.amount is None else addresses.figure_link(context._, amount, gift.row_id)


def _format_conversion(_: Translator, gift: Gift) -> Markup | str:
    """Return the converted amount with rate and rate date, or a dash for goods."""
    conversion = gift.converted
    if conversion is None:
        return "—"
    amount = formats.format_money(conversion.amount, conversion.currency, _.lang)
    if conversion.currency == conversion.original_currency:
        return amount
    basis = {
        "gift": _("rate of the gift's day"),
        "end": _("rate of the last day of the gift"),
        "start": _("rate of the first day of the gift"),
        "published": _("no day: rate of the day of publication"),
        "none": _("no day: newest rate of the record"),
    }[conversion.day_basis]
    rate = _(
        "1 {currency} = {rate}, {day}; {basis}",
        currency=conversion.original_currency,
        rate=f"{formats.format_number(conversion.rate, _.lang, 4)} {conversion.currency}",
        day=conversion.rate_day,
        basis=basis,
    )
    if not conversion.official:
        rate += " (" + _("unofficial") + ")"
    return inline.stack_lines(amount, rate)


def format_gift_day(_: Translator, gift: Gift) -> str:
    """Return the day of a gift, or that it has none."""
    return wording.format_day(_, gift.day if gift.dated else None)


def _format_counting(_: Translator, gift: Gift, *, alone: bool) -> Markup | str:
    """Return whether a gift counts, in plain words, and whether one source ``alone`` reports it."""
    if not gift.counted:
        return _("no: {reason}", reason=_.pgettext("exclude_reason", gift.exclude_reason))
    answer = _("yes: {slice}", slice=_.translate(donations.SLICE_NAMES[gift.part]))
    if not alone:
        return answer
    return join([answer, el("br"), inline.warning_badge(_("reported by one source"))])


def list_goods(context: DrawContext) -> Listing:
    """Return goods in their own units, by province; they have no price."""
    _, lang = context._, context.lang
    names = observations.load_place_names(context.release, lang)
    lines = goods.list_goods(context.release)
    return listing(
        lines,
        [
            (
                _("Province"),
                lambda line: names.get(line.province, line.province) or _("no province named"),
            ),
            (
                _("Quantity"),
                lambda line: (
                    _("not published")
                    if line.quantity is None
                    else formats.format_number(line.quantity, lang)
                ),
            ),
            (_("Unit"), lambda line: _.pgettext("unit", line.unit)),
            (_("Goods"), lambda line: el("span", line.item, lang="en")),
            (_("Shared"), lambda line: _("for several provinces together") if line.shared else ""),
            (_("Donor"), lambda line: line.gift.donor),
            (_("Status"), lambda line: _.pgettext("status", line.gift.status)),
            (_("Source"), lambda line: inline.link_source(line.gift.source)),
        ],
        caption=_.ngettext("{count} line of goods", "{count} lines of goods", len(lines)),
        parameter="goods",
        numeric=(1,),
    )


def list_not_found(context: DrawContext) -> Markup:
    """Return what was looked for and not found: never zero."""
    return _list_searches(context, donations.list_searches(context.release))


def list_not_found_in_france(context: DrawContext) -> Markup:
    """Return what was looked for in France and not found."""
    searches = donations.list_searches(context.release)
    return _list_searches(context, [search for search in searches if search.country == "FRA"])


def _list_searches(context: DrawContext, searches: Sequence[LookedFor]) -> Markup:
    _, lang = context._, context.lang
    return table_of(
        searches,
        [
            (_("Looked for"), lambda search: el("span", search.subject, lang="en")),
            (
                _("Country"),
                lambda search: formats.name_country(search.country, lang) if search.country else "—",
            ),
            (_("Result"), lambda _search: el("span", _("not found"), class_="sk-badge")),
            (_("Searched until"), lambda search: formats.format_short_day(search.until, lang)),
        ],
        caption=_.ngettext(
            "{count} thing looked for and not found", "{count} things looked for and not found", len(searches)
        ),
        lang=lang,
    )
