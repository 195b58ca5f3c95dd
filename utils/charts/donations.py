"""Documented donations drawn: slices apart by hue and pattern, promises apart, steps over time."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from utils.analysis import donations
from utils.analysis.donations import Gift, GiftSum
from utils.analysis.exchange_rates import Currency
from utils.charts import frame
from utils.charts.displacement import month_starts
from utils.charts.drawing import Drawing
from utils.draw_context import DrawContext, per_context
from utils.product import palette
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.locale import Message, Translator, formats, lazy_gettext

_HUES: Final[Mapping[str, dict[Theme, str]]] = {
    "relief": palette.RELIEF,
    "both_sides": palette.BOTH_SIDES,
    "mixed": palette.MIXED,
    "recovery": palette.RECOVERY,
    "pledged": palette.PLEDGED,
}
_PATTERNS: Final = {"relief": "", "both_sides": "", "mixed": "/", "recovery": "", "pledged": "x"}
_ROW: Final = 34
_MOST: Final = 12
_ROOM: Final = 1.8
"""Length of the axis for the longest bar, so that its label fits on a phone."""
_LINE: Final = 22
"""Longest of the two lines of a label beside a bar; the full text stands in the table and on hover."""


DIMENSION_NAMES: Final[Mapping[str, Message]] = {
    "donor_kind": lazy_gettext("Kind of donor"),
    "donor_country": lazy_gettext("Country of the donor"),
    "recipient": lazy_gettext("Recipient"),
}
"""What counted gifts can be grouped by."""


def list_slices(release: Release, currency: Currency) -> tuple[GiftSum, ...]:
    """Return the slices of the documented total, and promises as the last."""
    promised = tuple(gift for gift in donations.list_pledges(release, currency) if gift.converted)
    total = donations.sum_gifts("pledged", promised, currency)
    pledged = GiftSum("pledged", donations.SLICE_NAMES["pledged"], total, promised)
    return (*donations.sum_by_slice(release, currency), pledged)


@per_context
def slices_chart(context: DrawContext, currency: Currency) -> Drawing:
    """Return the slices of the documented total, and promises below them, as bars of their own."""
    _, release, lang, theme = context.parts
    shown = list_slices(release, currency)
    counted = sum(len(group.gifts) for group in shown[:-1])
    whole = donations.sum_gifts("all", donations.list_counted_gifts(release, currency), currency)
    return _draw_bars(
        context,
        shown,
        [_.translate(donations.SLICE_NAMES[group.key]) for group in shown],
        currency=currency,
        title=_(
            "Documented so far: about {amount} in {rows} rows, in slices that stay apart",
            amount=formats.format_money(whole.value or 0, currency, lang),
            rows=counted,
        ),
        subtitle=_(
            "{currency}, documented so far, each gift at the rate of its day; {rows} rows count once. "
            "Slices are not added to promises.",
            currency=currency,
            rows=counted,
        ),
        hues=[_HUES[group.key][theme] for group in shown],
        patterns=[_PATTERNS[group.key] for group in shown],
        head=_("Slice"),
    )


@per_context
def dimension_chart(context: DrawContext, currency: Currency, dimension: str) -> Drawing:
    """Return counted gifts by donor kind, donor country or recipient, the largest first."""
    _, release, theme = context._, context.release, context.theme
    groups = donations.sum_by_dimension(release, currency, dimension)
    shown = groups[:_MOST]
    names = [_label(_, dimension, group.key) for group in shown]
    most = names[0] if names else "—"
    titles = {
        "donor_kind": _("By kind of donor, most documented: {name}", name=most),
        "donor_country": _("By country of the donor, most documented: {name}", name=most),
        "recipient": _("By recipient, most documented: {name}", name=most),
    }
    subtitle = _("{currency}, documented so far, all slices unless one is chosen.", currency=currency)
    if len(groups) > _MOST:
        subtitle += " " + _("The {count} largest are shown; the list below has all.", count=_MOST)
    return _draw_bars(
        context,
        shown,
        names,
        currency=currency,
        title=titles[dimension],
        subtitle=subtitle,
        hues=[palette.RELIEF[theme]] * len(shown),
        patterns=[""] * len(shown),
        head=_.translate(DIMENSION_NAMES[dimension]),
    )


def _label(_: Translator, dimension: str, key: str) -> str:
    """Return the name of a group: a kind or country translated, a recipient as written."""
    if dimension == "donor_kind":
        return _.pgettext("donor_kind", key)
    if dimension == "donor_country":
        return formats.name_country(key, _.lang)
    return key


def _draw_bars(
    context: DrawContext,
    shown: Sequence[GiftSum],
    names: Sequence[str],
    *,
    currency: str,
    title: str,
    subtitle: str,
    hues: Sequence[str],
    patterns: Sequence[str],
    head: str,
) -> Drawing:
    _, lang, theme = context._, context.lang, context.theme
    figure = frame.make_figure(theme, height=50 + _ROW * max(len(shown), 1))
    figure.add_bar(
        x=[group.total.value for group in shown],
        y=[_cut(name, index) for index, name in enumerate(names)],
        orientation="h",
        marker={
            "color": list(hues),
            "pattern": {"shape": list(patterns), "fgcolor": palette.PAPER[theme], "size": 6},
        },
        text=[formats.format_compact_money(group.total.value or 0, currency, lang) for group in shown],
        textposition="outside",
        cliponaxis=False,
        hovertext=[_hover(_, group, name, currency) for group, name in zip(shown, names, strict=True)],
        hoverinfo="text",
    )
    highest = max((group.total.value or 0 for group in shown), default=0)
    figure.update_layout(
        yaxis={**frame.axis_look(theme, grid=False), "autorange": "reversed"},
        xaxis={
            **frame.axis_look(theme, grid=False),
            "showticklabels": False,
            "range": [0, highest * _ROOM or 1],
        },
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
    )
    rows = tuple(
        (
            name,
            formats.format_money(group.total.value or 0, currency, lang),
            formats.format_number(len(group.gifts), lang),
        )
        for group, name in zip(shown, names, strict=True)
    )
    return Drawing(
        title=title,
        subtitle=subtitle,
        alt=title + ". " + "; ".join(f"{name}: {money}" for name, money, _rows in rows) + ".",
        figure=figure,
        columns=(head, _("Amount"), _("Rows")),
        rows=rows,
        numeric=(1, 2),
        shown=tuple(group.total for group in shown),
    )


def _cut(name: str, index: int) -> str:
    """Return a label short enough for a phone, in two lines; an invisible mark keeps equal ones apart."""
    lines = textwrap.wrap(name, _LINE, max_lines=2, placeholder="…", break_long_words=False)
    return "<br>".join(frame.escape_markup(line) for line in lines) + "\u200b" * index


def _hover(_: Translator, group: GiftSum, name: str, currency: str) -> str:
    money = formats.format_money(group.total.value or 0, currency, _.lang)
    return "<br>".join(
        (
            f"<b>{frame.escape_markup(money)}</b>",
            frame.escape_markup(name),
            _.ngettext("{count} row", "{count} rows", len(group.gifts)),
        )
    )


@per_context
def time_chart(context: DrawContext, currency: Currency) -> Drawing:
    """Return counted gifts as steps over time; gifts without a day are counted in its subtitle."""
    _, release, lang, theme = context.parts
    dated, undated = donations.split_by_date(release, currency)
    running = 0.0
    days, sums, hovers = [], [], []
    for gift in dated:
        running += gift.converted.amount if gift.converted else 0.0
        days.append(gift.day.isoformat() if gift.day else None)
        sums.append(running)
        hovers.append(_gift_hover(_, gift, currency))
    figure = frame.make_figure(theme, height=320, right=70)
    figure.add_scatter(
        x=days,
        y=sums,
        mode="lines+markers",
        line={"shape": "hv", "width": 2, "color": palette.RELIEF[theme]},
        marker={"size": 7, "color": palette.RELIEF[theme]},
        hovertext=hovers,
        hoverinfo="text",
    )
    first, last = _span(dated)
    if sums:
        figure.add_annotation(
            x=days[-1],
            y=sums[-1],
            text=frame.escape_markup(formats.format_compact_money(sums[-1], currency, lang)),
            showarrow=False,
            yshift=14,
            xanchor="center",
        )
    figure.update_layout(
        xaxis={
            **frame.axis_look(theme, grid=False),
            "type": "date",
            **frame.time_ticks(month_starts(first, last, 2), lang),
        },
        yaxis={
            **frame.axis_look(theme, grid=True),
            "range": [0, running * 1.15 or 1],
            **frame.number_ticks(frame.nice_steps(running), lang),
        },
    )
    title = _(
        "Dated gifts add up to about {amount} by {day}",
        amount=formats.format_money(donations.round_to_figures(running), currency, lang),
        day=last,
    )
    undated_sum = donations.sum_gifts("undated", undated, currency)
    return Drawing(
        title=title,
        subtitle=_(
            "{currency}. {count} counted gifts of about {amount} have no day and are not drawn.",
            currency=currency,
            count=len(undated),
            amount=formats.format_money(undated_sum.value or 0, currency, lang),
        ),
        alt=title + ".",
        figure=figure,
        columns=(_("Day"), _("Donor"), _("Amount"), _("Source")),
        rows=tuple(
            (
                formats.format_short_day(gift.day, lang) if gift.day else "—",
                gift.donor,
                formats.format_money(gift.converted.amount, currency, lang) if gift.converted else "—",
                gift.source.publisher,
            )
            for gift in dated
        ),
        numeric=(2,),
        shown=(donations.sum_gifts("dated", dated, currency),),
    )


def _span(dated: Sequence[Gift]) -> tuple[date, date]:
    days = [gift.day for gift in dated if gift.day]
    return (min(days), max(days)) if days else (date(2025, 7, 24), date(2025, 7, 24))


def _gift_hover(_: Translator, gift: Gift, currency: str) -> str:
    money = formats.format_money(gift.converted.amount, currency, _.lang) if gift.converted else "—"
    lines = (
        f"<b>{frame.escape_markup(money)}</b>",
        frame.escape_markup(gift.donor),
        formats.format_day(gift.day, _.lang) if gift.day else "—",
        frame.escape_markup(_("Source: {publisher}", publisher=gift.source.publisher)),
    )
    return "<br>".join(lines)
