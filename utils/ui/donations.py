"""Lists of gifts: each with its original amount, conversion, source, and why it does or does not count."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from utils.analysis import donations, goods, observations
from utils.analysis.donations import Gift, LookedFor
from utils.analysis.exchange_rates import CURRENCIES, Currency
from utils.exports import filters as by
from utils.text.html import Markup, el, join
from utils.text.locale import formats
from utils.ui import addresses, downloads, filters, words
from utils.ui.error_boundary import notice
from utils.ui.tables import Cell, Rows, paged, table
from utils.ui.visitor import Visit


def currency_choice(visit: Visit) -> Currency:
    """Draw the choice of currency and return it; the riel is marked unofficial."""
    _ = visit._
    chosen = filters.ask(
        visit,
        by.CURRENCY,
        show=lambda code: _("KHR (unofficial rate)") if code == "KHR" else code,
        draw=filters.segments,
    )
    if chosen == "KHR":
        notice(_("The riel has no official rate here: the nearest dated unofficial rate is used."))
    return next(code for code in CURRENCIES if code == chosen)


def filter_bar(visit: Visit) -> dict[str, str]:
    """Draw the filters of the list and return what is asked for."""
    _ = visit._
    chosen = filters.bar(visit, by.GIFTS, _("Search gifts"), _("Donor, recipient or goods"))
    return {"part": chosen.pop("slice"), "donor_kind": chosen.pop("donor"), **chosen}


def gift_list(visit: Visit, shown: Sequence[Gift], currency: Currency) -> None:
    """Print gifts, some at a time, counted ones first."""
    _ = visit._
    alone = {gift.row_id for gift in donations.single_source(visit.release, currency)}

    def written(gift: Gift) -> list[Cell]:
        return [
            join(
                [
                    el("span", gift.donor),
                    el("br"),
                    el("span", _.c("donor_kind", gift.donor_kind), class_="sk-muted"),
                ]
            ),
            linked(visit, gift),
            counts(visit, gift, alone=gift.row_id in alone),
            el("span", gift.recipient, lang="en"),
            converted(visit, gift),
            day(visit, gift),
            _.c("status", gift.status),
            join(
                [
                    words.source_link(gift.source),
                    f" ({gift.source.grade})",
                ]
            ),
        ]

    paged(
        visit,
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
        caption=_.n("{count} gift", "{count} gifts", len(shown)),
        parameter="page",
        empty=_("No gift matches. Clear a filter to see more."),
    )
    downloads.menu(visit, "gifts")


def original(visit: Visit, gift: Gift) -> Markup | str:
    """Return the gift as given: money in its currency, or goods in their unit."""
    _ = visit._
    if gift.amount is not None:
        word = "" if gift.qualifier == "exact" else _.c("qualifier", gift.qualifier) + " "
        decimals = 0 if float(gift.amount).is_integer() else 2
        return word + formats.money(gift.amount, gift.currency, visit.lang, decimals)
    if gift.goods_quantity is not None:
        number = formats.number(gift.goods_quantity, visit.lang)
        unit = _.c("unit", gift.goods_unit)
        return join([f"{number} {unit} · ", el("span", gift.goods, lang="en")])
    return el("span", gift.goods, lang="en") if gift.goods else _("not published")


def linked(visit: Visit, gift: Gift) -> Markup | str:
    """Return the gift as given; an amount of money leads to all that is known of it."""
    said = original(visit, gift)
    return said if gift.amount is None else addresses.figure_link(visit._, said, gift.row_id)


def converted(visit: Visit, gift: Gift) -> Markup | str:
    """Return the converted amount with rate and rate date, or a dash for goods."""
    _ = visit._
    found = gift.converted
    if found is None:
        return "—"
    amount = formats.money(found.amount, found.currency, visit.lang)
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
        rate=f"{formats.number(found.rate, visit.lang, 4)} {found.currency}",
        day=found.rate_day,
        basis=basis,
    )
    if not found.official:
        rate += " (" + _("unofficial") + ")"
    return join([amount, el("br"), el("span", rate, class_="sk-muted")])


def day(visit: Visit, gift: Gift) -> str:
    """Return the day of a gift, or that it has none."""
    if gift.dated and gift.day:
        return formats.short_day(gift.day, visit.lang)
    return visit._("no date given")


def counts(visit: Visit, gift: Gift, *, alone: bool) -> Markup | str:
    """Return whether a gift counts, in plain words, and whether one source alone tells of it."""
    _ = visit._
    if not gift.counted:
        return _("no: {reason}", reason=_.c("exclude_reason", gift.exclude_reason))
    slice_name = _.msg(donations.SLICE_NAMES[gift.part])
    said = _("yes: {slice}", slice=slice_name)
    if not alone:
        return said
    return join([said, el("br"), el("span", _("reported by one source"), class_="sk-badge sk-badge-overdue")])


def goods_table(visit: Visit) -> None:
    """Print goods in their own units, by province; they have no price."""
    _ = visit._
    names = observations.place_names(visit.release, visit.lang)
    body = [
        [
            names.get(line.province, line.province) if line.province else _("no province named"),
            formats.number(line.quantity, visit.lang) if line.quantity is not None else _("not published"),
            _.c("unit", line.unit),
            el("span", line.item, lang="en"),
            _("for several provinces together") if line.shared else "",
            line.gift.donor,
            words.source_link(line.gift.source),
        ]
        for line in goods.lines(visit.release)
    ]
    paged(
        visit,
        [_("Province"), _("Quantity"), _("Unit"), _("Goods"), _("Shared"), _("Donor"), _("Source")],
        body,
        caption=_.n("{count} line of goods", "{count} lines of goods", len(body)),
        parameter="goods",
        numeric=(1,),
    )
    downloads.menu(visit, "goods")


def looked_for_list(visit: Visit, found: Sequence[LookedFor], name: str) -> None:
    """Print what was looked for and not found: never zero."""
    _ = visit._
    st.html(
        table(
            [_("Looked for"), _("Country"), _("Result"), _("Searched until")],
            [
                [
                    el("span", one.subject, lang="en"),
                    formats.country(one.country, visit.lang) if one.country else "—",
                    el("span", _("not found"), class_="sk-badge"),
                    formats.short_day(one.until, visit.lang),
                ]
                for one in found
            ],
            caption=_.n(
                "{count} thing looked for and not found",
                "{count} things looked for and not found",
                len(found),
            ),
            lang=visit.lang,
        )
    )
    downloads.menu(visit, name)
