"""The chain of giving as a Sankey: announced pale, traced full; every link stands in the table too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import plotly.graph_objects as go

from utils.analysis import donations, giving, observations, relief
from utils.analysis.exchange_rates import Currency
from utils.analysis.giving import ChainLink, ChainNode
from utils.analysis.model import Observation
from utils.charts import frame
from utils.charts.donations import draw_named_bars, write_sum
from utils.charts.drawing import Drawing
from utils.draw_context import DrawContext, per_context
from utils.product import palette
from utils.product.palette import Theme
from utils.text.locale import formats

_SHORT: Final = 32
_ROW: Final = 30
_LEAST: Final = 380
_HUES: Final = (palette.OTHER, palette.DISPLACED, palette.HOSTS, palette.RETURNED)
_ALPHA: Final = {True: "80", False: "33"}
"""Opacity of a link as two hexadecimal digits: traced or announced."""


@per_context
def money_chart(context: DrawContext, currency: Currency) -> Drawing:
    """Return the chain of counted money, from kinds of donors to how far it was traced."""
    _, release, lang, _theme = context.parts
    links = giving.chain_money(release, currency)
    traces = giving.sum_traces(release, currency)
    whole = donations.sum_gifts("all", donations.list_counted_gifts(release, currency), currency)
    announced = next(trace for trace in traces if trace.trace == "announced")
    title = _(
        "Of {whole} documented, {announced} was announced without a traced delivery",
        whole=write_sum(whole.value or 0, currency, lang),
        announced=write_sum(announced.amount, currency, lang),
    )
    return _draw_chain(
        context,
        links,
        title=title,
        subtitle=_(
            "{currency}, gifts that count once. From left: kind of donor, donor, recipient, how far the "
            "money was traced. Pale: announced only.",
            currency=currency,
        ),
        unit=lambda value: write_sum(value, currency, lang),
        head=_("Amount"),
        rows=_("Gifts"),
        shown=(whole,),
    )


@per_context
def traces_chart(context: DrawContext, currency: Currency) -> Drawing:
    """Return what was announced, what of it was handed over, and what of that reached a province."""
    _, release, lang, theme = context.parts
    steps = giving.sum_steps(release, currency)
    whole = donations.sum_gifts("all", donations.list_counted_gifts(release, currency), currency)
    names = [_.translate(giving.STEPS[step.trace]) for step in steps]
    money = [write_sum(step.amount, currency, lang) for step in steps]
    title = _(
        "Announced {announced}, handed over {delivered}, traced to a province {province}",
        announced=money[0],
        delivered=money[1],
        province=money[2],
    )
    counts = [_.ngettext("{count} gift", "{count} gifts", len(step.gifts)) for step in steps]
    return Drawing(
        title=title,
        subtitle=_(
            "{currency}, gifts that count once. Each bar is a part of the one above it.", currency=currency
        ),
        alt=title + ".",
        figure=draw_named_bars(
            [(name, amount, step.amount) for name, amount, step in zip(names, money, steps, strict=True)],
            [
                "<br>".join((f"<b>{frame.escape_markup(amount)}</b>", frame.escape_markup(name), count))
                for name, amount, count in zip(names, money, counts, strict=True)
            ],
            theme,
            row=120,
            hues=(palette.NOT_FOUND[theme], palette.PLEDGED[theme], palette.INK[theme]),
        ),
        columns=(_("How far"), _("Amount, about"), _("Gifts"), _("Of whom")),
        rows=tuple(
            (
                name,
                amount,
                formats.format_number(len(step.gifts), lang),
                "; ".join(dict.fromkeys(gift.donor for gift in step.gifts)) or "—",
            )
            for name, amount, step in zip(names, money, steps, strict=True)
        ),
        numeric=(1, 2),
        shown=(whole,),
    )


@per_context
def goods_chart(context: DrawContext) -> Drawing:
    """Return the chain of goods by number of deliveries."""
    _, release, lang, _theme = context.parts
    links = giving.chain_goods(release)
    first = [link for link in links if link.source.step == 0]
    return _draw_chain(
        context,
        links,
        title=_(
            "{rows} lines of goods by province; {done} are reported as brought",
            rows=sum(link.rows for link in first),
            done=sum(link.rows for link in first if link.traced),
        ),
        subtitle=_(
            "Number of lines; a delivery to several provinces is a line in each. From left: kind of "
            "organisation, organisation, province, goods. Pale: promised, planned or refused."
        ),
        unit=lambda value: formats.format_number(value, lang),
        head=_("Share of lines"),
        rows=_("Lines"),
        shown=(relief.count_deliveries("deliveries", giving.list_goods_deliveries(release)),),
    )


def _draw_chain(
    context: DrawContext,
    links: Sequence[ChainLink],
    *,
    title: str,
    subtitle: str,
    unit: Callable[[float], str],
    head: str,
    rows: str,
    shown: tuple[Observation, ...],
) -> Drawing:
    _ = context._
    provinces = observations.load_place_names(context.release, context.lang)
    nodes = {node for link in links for node in (link.source, link.target)}
    names = {node: giving.name_node(node, _.translate, provinces) for node in nodes}
    return Drawing(
        title=title,
        subtitle=subtitle,
        alt=title + ".",
        figure=draw_sankey(links, names, unit, context.theme),
        columns=(_("From"), _("To"), head, rows, _("Traced")),
        rows=tuple(
            (
                names[link.source],
                names[link.target],
                unit(link.value),
                formats.format_number(link.rows, _.lang),
                _("yes") if link.traced else _("no"),
            )
            for link in links
        ),
        numeric=(2, 3),
        shown=shown,
        wide=True,
    )


def draw_sankey(
    links: Sequence[ChainLink], names: Mapping[ChainNode, str], unit: Callable[[float], str], theme: Theme
) -> go.Figure:
    """Return the figure of a chain; ``unit`` writes the amount of a link for its hover text."""
    nodes = sorted(names, key=lambda node: (node.step, node.others > 0, node.key))
    index = {node: number for number, node in enumerate(nodes)}
    widest = max((sum(node.step == step for node in nodes) for step in range(len(_HUES))), default=0)
    figure = frame.make_figure(theme, height=max(_LEAST, _ROW * widest))
    figure.add_trace(
        go.Sankey(
            arrangement="snap",
            node={
                "label": [frame.escape_markup(_cut(names[node])) for node in nodes],
                "customdata": [frame.escape_markup(names[node]) for node in nodes],
                "color": [_HUES[node.step % len(_HUES)][theme] for node in nodes],
                "pad": 16,
                "thickness": 12,
                "line": {"width": 0},
                "hovertemplate": "%{customdata}<extra></extra>",
            },
            link={
                "source": [index[link.source] for link in links],
                "target": [index[link.target] for link in links],
                "value": [link.value for link in links],
                "color": [_HUES[link.source.step][theme] + _ALPHA[link.traced] for link in links],
                "customdata": [
                    frame.escape_markup(f"{names[link.source]} → {names[link.target]}: {unit(link.value)}")
                    for link in links
                ],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
            textfont={"family": frame.FONT, "size": frame.SMALL, "color": palette.INK[theme]},
        )
    )
    return figure


def _cut(name: str) -> str:
    return name if len(name) <= _SHORT else name[: _SHORT - 1] + "…"
