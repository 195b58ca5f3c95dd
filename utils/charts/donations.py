"""Documented donations drawn: slices apart by hue and pattern, promises apart, steps over time."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import plotly.graph_objects as go

from utils.analysis import donations, relief
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

_MOST: Final = 12
_TEXT: Final = 14
_SMALL: Final = 12
_ROW: Final = 48
"""Height of a bar with its words above it, in pixels."""
_NAME: Final = 40
"""Letters of a name above a bar; the full name stands in the table and on hover."""
_SHARED: Final = 22
"""Letters of one line of a name under the stacked bar."""
_LARGEST: Final = 3
_HEIGHT: Final = 520


DIMENSION_NAMES: Final[Mapping[str, Message]] = {
    "donor_kind": lazy_gettext("Kind of donor"),
    "donor_country": lazy_gettext("Country of the donor"),
    "recipient": lazy_gettext("Recipient"),
}
"""What counted gifts can be grouped by."""


def list_slices(release: Release, currency: Currency) -> tuple[GiftSum, ...]:
    """Return the slices of the documented total, the largest first, and promises as the last."""
    promised = tuple(gift for gift in donations.list_pledges(release, currency) if gift.converted)
    total = donations.sum_gifts("pledged", promised, currency)
    pledged = GiftSum("pledged", donations.SLICE_NAMES["pledged"], total, promised)
    slices = sorted(donations.sum_by_slice(release, currency), key=lambda part: -(part.total.value or 0))
    return (*slices, pledged)


def write_sum(amount: float, currency: str, lang: str) -> str:
    """Write a sum by the one rule of rounding: ``USD 13.67 million``, ``USD 143,000``."""
    return formats.spell_money(donations.round_sum(amount), currency, lang)


@per_context
def slices_chart(context: DrawContext, currency: Currency) -> Drawing:
    """Return one stacked bar of the documented total, the diaspora's part of it, and promises apart."""
    _, release, lang, theme = context.parts
    shown = list_slices(release, currency)
    *slices, pledged = shown
    names = {group.key: _.translate(donations.SLICE_NAMES[group.key]) for group in shown}
    money = {group.key: write_sum(group.total.value or 0, currency, lang) for group in shown}
    whole = donations.sum_gifts("all", donations.list_counted_gifts(release, currency), currency)
    diaspora = donations.sum_diaspora(release, currency)
    total, promised = whole.value or 0.0, pledged.total.value or 0.0
    figure = frame.make_figure(theme, height=_HEIGHT, top=8)
    room = max(total * 1.25, promised, 1.0)
    greys = _list_greys(theme)
    start = 0.0
    for index, group in enumerate(slices):
        length = group.total.value or 0.0
        figure.add_shape(
            x0=start,
            x1=start + length,
            y0=0.86,
            y1=1.0,
            fillcolor=greys[index % len(greys)],
            line={"width": 2, "color": palette.PAPER[theme]},
            layer="above",
        )
        _label_slice(
            figure, context, start, length, room, index, len(slices), money[group.key], names[group.key]
        )
        start += length
    _add_hovers(figure, context, slices, names, money)
    if diaspora is not None:
        _draw_line(
            figure,
            theme,
            diaspora.value or 0.0,
            0.24,
            _(
                "{money}: the diaspora, part of the total",
                money=f"<b>{_mark(write_sum(diaspora.value or 0, currency, lang))}</b>",
            ),
            filled=True,
        )
    if pledged.gifts:
        _draw_line(
            figure,
            theme,
            promised,
            0.05,
            _("{money}: promised, not in the total", money=f"<b>{_mark(money['pledged'])}</b>"),
            filled=False,
        )
    figure.update_layout(
        xaxis={**frame.axis_look(theme, grid=False), "showticklabels": False, "range": [0, room]},
        yaxis={**frame.axis_look(theme, grid=False), "showticklabels": False, "range": [-0.02, 1.02]},
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
    )
    counted = sum(len(group.gifts) for group in slices)
    documented = frame.quantity(_, whole)
    title = _.ngettext(
        "Documented: {amount} in {count} gift; promises stay apart",
        "Documented: {amount} in {count} gifts; promises stay apart",
        counted,
        amount=documented,
    )
    rows = tuple(
        (names[group.key], money[group.key], formats.format_number(len(group.gifts), lang)) for group in shown
    )
    if diaspora is not None:
        rows += (
            (
                _("of which collections of the diaspora"),
                write_sum(diaspora.value or 0, currency, lang),
                formats.format_number(len(diaspora.computed_from), lang),
            ),
        )
    return Drawing(
        title=title,
        subtitle=_(
            "{currency}, each gift at the rate of its day.",
            currency=currency,
        ),
        alt=title + ". " + "; ".join(f"{name}: {amount}" for name, amount, _gifts in rows) + ".",
        figure=figure,
        columns=(_("Slice"), _("Amount"), _("Gifts")),
        rows=rows,
        numeric=(1, 2),
        shown=tuple(group.total for group in shown),
    )


def _list_greys(theme: Theme) -> tuple[str, ...]:
    """Return the greys of slices from the largest to the least: names set them apart, not hues."""
    return (palette.INK[theme], palette.MUTED[theme], palette.PLEDGED[theme], palette.NOT_FOUND[theme])


def _mark(text: str) -> str:
    """Return text that Plotly shows as it is and does not break between a number and its unit."""
    return frame.escape_markup(text.replace(" ", "\u00a0"))


def _label_slice(
    figure: go.Figure,
    context: DrawContext,
    start: float,
    length: float,
    room: float,
    index: int,
    count: int,
    money: str,
    name: str,
) -> None:
    """Write amount and name of a slice on a row of its own under the bar, with a line up to the slice."""
    top = 0.84 - 0.5 * (count - 1 - index) / max(count, 1)
    at, right = start + room * 0.004, start / room > 0.55
    if right:
        at = start + length - room * 0.004
    figure.add_shape(
        x0=at,
        x1=at,
        y0=top - 0.1,
        y1=0.86,
        line={"width": 1, "color": palette.NOT_FOUND[context.theme]},
        layer="above",
    )
    lines = textwrap.wrap(name, _SHARED * 2, max_lines=1, placeholder="…")
    figure.add_annotation(
        x=at,
        y=top,
        xanchor="right" if right else "left",
        yanchor="top",
        align="right" if right else "left",
        xshift=-4 if right else 4,
        text=f"<b>{_mark(money)}</b><br>{_mark(lines[0]) if lines else ''}",
        showarrow=False,
        font={"size": _TEXT, "color": palette.INK[context.theme]},
    )


def _add_hovers(
    figure: go.Figure,
    context: DrawContext,
    slices: Sequence[GiftSum],
    names: Mapping[str, str],
    money: Mapping[str, str],
) -> None:
    """Add an invisible point in the middle of each slice that names it when it is pointed at."""
    middles, start = [], 0.0
    for group in slices:
        middles.append(start + (group.total.value or 0.0) / 2)
        start += group.total.value or 0.0
    figure.add_scatter(
        x=middles,
        y=[0.93] * len(middles),
        mode="markers",
        marker={"size": 28, "opacity": 0, "color": palette.INK[context.theme]},
        hovertext=[_hover(context._, group, names[group.key], money[group.key]) for group in slices],
        hoverinfo="text",
    )


def _draw_line(figure: go.Figure, theme: Theme, length: float, y: float, label: str, *, filled: bool) -> None:
    """Draw a thin bar from zero with its words above it: filled, or as an outline for what is not given."""
    figure.add_shape(
        x0=0,
        x1=length,
        y0=y - 0.045,
        y1=y + 0.045,
        fillcolor=palette.INK[theme] if filled else "rgba(0,0,0,0)",
        line={"width": 1.5, "color": palette.PLEDGED[theme], "dash": "solid" if filled else "dash"},
    )
    figure.add_annotation(
        x=0,
        y=y + 0.05,
        xanchor="left",
        yanchor="bottom",
        align="left",
        text=label,
        showarrow=False,
        font={"size": _TEXT, "color": palette.INK[theme]},
    )


@per_context
def dimension_chart(context: DrawContext, currency: Currency, dimension: str) -> Drawing:
    """Return counted gifts by donor kind, donor country or recipient, the largest first."""
    _, release = context._, context.release
    groups = donations.sum_by_dimension(release, currency, dimension)
    shown = groups[:_MOST]
    names = [_label(_, dimension, group.key) for group in shown]
    most = names[0] if names else "—"
    titles = {
        "donor_kind": _("By kind of donor, most documented: {name}", name=most),
        "donor_country": _("By country of the donor, most documented: {name}", name=most),
        "recipient": _("By recipient, most documented: {name}", name=most),
    }
    subtitle = _("{currency}, documented so far, all slices together.", currency=currency)
    if len(groups) > _MOST:
        subtitle += " " + _("The {count} largest are shown; the list below has all.", count=_MOST)
    return _draw_bars(
        context,
        shown,
        names,
        currency=currency,
        title=titles[dimension],
        subtitle=subtitle,
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
    head: str,
) -> Drawing:
    _, lang, theme = context._, context.lang, context.theme
    money = [write_sum(group.total.value or 0, currency, lang) for group in shown]
    figure = draw_named_bars(
        [
            (name, amount, group.total.value or 0.0)
            for group, name, amount in zip(shown, names, money, strict=True)
        ],
        [_hover(_, group, name, amount) for group, name, amount in zip(shown, names, money, strict=True)],
        theme,
    )
    rows = tuple(
        (name, amount, formats.format_number(len(group.gifts), lang))
        for group, name, amount in zip(shown, names, money, strict=True)
    )
    return Drawing(
        title=title,
        subtitle=subtitle,
        alt=title + ". " + "; ".join(f"{name}: {amount}" for name, amount, _gifts in rows) + ".",
        figure=figure,
        columns=(head, _("Amount"), _("Gifts")),
        rows=rows,
        numeric=(1, 2),
        shown=tuple(group.total for group in shown),
    )


def draw_named_bars(
    bars: Sequence[tuple[str, str, float]],
    hovers: Sequence[str],
    theme: Theme,
    *,
    row: int = _ROW,
    hues: Sequence[str] = (),
) -> go.Figure:
    """Return level bars from zero over the whole width; above each stand its amount and its name.

    ``bars`` are name, amount in words and length, in the order drawn; ``row`` is the height of one in pixels.
    """
    figure = frame.make_figure(theme, height=row * max(len(bars), 1) + 8, top=0)
    places = [float(index) for index in range(len(bars))]
    figure.add_bar(
        x=[length for _name, _money, length in bars],
        y=[place + 0.2 for place in places],
        width=0.4,
        orientation="h",
        marker={"color": list(hues) or palette.PLEDGED[theme]},
        hovertext=list(hovers),
        hoverinfo="text",
    )
    for place, (name, money, _length) in zip(places, bars, strict=True):
        short = textwrap.shorten(name, _NAME, placeholder="…")
        figure.add_annotation(
            xref="paper",
            x=0,
            y=place - 0.02,
            xanchor="left",
            yanchor="bottom",
            align="left",
            text=f"<b>{_mark(money)}</b>  {frame.escape_markup(short)}",
            showarrow=False,
            font={"size": _TEXT, "color": palette.INK[theme]},
        )
    highest = max((length for _name, _money, length in bars), default=0.0)
    quiet = {**frame.axis_look(theme, grid=False), "showticklabels": False, "automargin": False}
    figure.update_layout(
        xaxis={**quiet, "range": [0, highest or 1]},
        yaxis={**quiet, "range": [len(bars) - 0.5, -0.55]},
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
    )
    return figure


def _hover(_: Translator, group: GiftSum, name: str, money: str) -> str:
    return "<br>".join(
        (
            f"<b>{frame.escape_markup(money)}</b>",
            frame.escape_markup(name),
            _.ngettext("{count} gift", "{count} gifts", len(group.gifts)),
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
    figure = frame.make_figure(theme, height=_HEIGHT, top=24, right=24)
    figure.add_scatter(
        x=days,
        y=sums,
        mode="lines+markers",
        line={"shape": "hv", "width": 2, "color": palette.MUTED[theme]},
        marker={"size": 7, "color": palette.MUTED[theme]},
        hovertext=hovers,
        hoverinfo="text",
    )
    first, last = _span(dated)
    _name_largest(figure, context, dated, sums, currency)
    figure.update_layout(
        xaxis={
            **frame.axis_look(theme, grid=False),
            "type": "date",
            **frame.time_ticks(month_starts(first, last, 2), lang),
        },
        yaxis={
            **frame.axis_look(theme, grid=True),
            "range": [0, running * 1.1 or 1],
            **frame.number_ticks(frame.nice_steps(running), lang),
        },
    )
    title = (
        _(
            "Dated gifts reached {amount} by {day}",
            amount=write_sum(running, currency, lang),
            day=last,
        )
        if dated
        else _("No counted gift has a day")
    )
    undated_sum = donations.sum_gifts("undated", undated, currency)
    return Drawing(
        title=title,
        subtitle=_.ngettext(
            "{count} counted gift of {amount} has no day and is not drawn.",
            "{count} counted gifts of {amount} have no day and are not drawn.",
            len(undated),
            amount=write_sum(undated_sum.value or 0, currency, lang),
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


def _name_largest(
    figure: go.Figure, context: DrawContext, dated: Sequence[Gift], sums: Sequence[float], currency: Currency
) -> None:
    """Write the name and amount of the largest gifts beside their steps."""
    theme, lang = context.theme, context.lang
    places = {gift.row_id: index for index, gift in enumerate(dated)}
    first, last = _span(dated)
    days = max((last - first).days, 1)
    for gift in donations.list_largest(context.release, currency, _LARGEST):
        index = places[gift.row_id]
        step = gift.converted.amount if gift.converted else 0.0
        late = gift.day is not None and (gift.day - first).days > days * 0.45
        name = "<br>".join(
            map(frame.escape_markup, textwrap.wrap(relief.split_names(gift.donor)[0], _SHARED))
        )
        figure.add_annotation(
            x=gift.day.isoformat() if gift.day else None,
            y=sums[index] - step / 2,
            text=f"<b>{_mark(write_sum(step, currency, lang))}</b><br>{name}",
            showarrow=False,
            xanchor="right" if late else "left",
            align="right" if late else "left",
            xshift=-8 if late else 8,
            font={"size": _SMALL, "color": palette.INK[theme]},
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
