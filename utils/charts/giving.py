"""The chain of giving as a Sankey: announced pale, traced full; every link stands in the table too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import plotly.graph_objects as go

from utils.analysis import donations, giving, observations, relief
from utils.analysis.exchange_rates import Currency
from utils.analysis.giving import Link, Node
from utils.analysis.model import Observation
from utils.charts import frame
from utils.charts.drawing import Drawing
from utils.draw_context import DrawContext, per_context
from utils.product import palette
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.locale import Translator, formats

_SHORT: Final = 32
_ROW: Final = 30
_LEAST: Final = 380
_HUES: Final = (palette.OTHER, palette.DISPLACED, palette.HOSTS, palette.RETURNED)
_ALPHA: Final = {True: "80", False: "33"}
"""Opacity of a link as two hexadecimal digits: traced or announced."""


@per_context
def money_chart(context: DrawContext, currency: Currency) -> Drawing:
    """Return the chain of counted money, from kinds of donors to how far it was traced."""
    _, release, lang, theme = context.parts
    links = giving.money(release, currency)
    traces = giving.traces(release, currency)
    whole = donations.total("all", donations.counted(release, currency), currency)
    announced = next(trace for trace in traces if trace.trace == "announced")
    title = _(
        "Of about {whole} documented, about {announced} was announced without a delivery that was traced",
        whole=formats.money(donations.round_figures(whole.value or 0), currency, lang),
        announced=formats.money(donations.round_figures(announced.amount), currency, lang),
    )
    return _drawing(
        _,
        release,
        links,
        title=title,
        subtitle=_(
            "{currency}, gifts that count once. From left: kind of donor, donor, recipient, how far the "
            "money was traced. Pale: announced only.",
            currency=currency,
        ),
        unit=lambda value: formats.money(value, currency, lang),
        head=_("Amount"),
        shown=(whole,),
        theme=theme,
    )


@per_context
def goods_chart(context: DrawContext) -> Drawing:
    """Return the chain of goods by number of deliveries."""
    _, release, lang, theme = context.parts
    links = giving.goods(release)
    first = [link for link in links if link.source.step == 0]
    return _drawing(
        _,
        release,
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
        unit=lambda value: formats.number(value, lang),
        head=_("Lines"),
        shown=(relief.count_of("deliveries", giving.goods_rows(release)),),
        theme=theme,
    )


def _drawing(
    _: Translator,
    release: Release,
    links: Sequence[Link],
    *,
    title: str,
    subtitle: str,
    unit: Callable[[float], str],
    head: str,
    shown: tuple[Observation, ...],
    theme: Theme,
) -> Drawing:
    names = _names(_, release, links)
    return Drawing(
        title=title,
        subtitle=subtitle,
        alt=title + ".",
        figure=sankey(links, names, unit, theme),
        columns=(_("From"), _("To"), head, _("Rows"), _("Traced")),
        rows=tuple(
            (
                names[link.source],
                names[link.target],
                unit(link.value),
                formats.number(link.rows, _.lang),
                _("yes") if link.traced else _("no"),
            )
            for link in links
        ),
        numeric=(2, 3),
        shown=shown,
        wide=True,
    )


def _names(_: Translator, release: Release, links: Sequence[Link]) -> Mapping[Node, str]:
    provinces = observations.place_names(release, _.lang)
    nodes = {node for link in links for node in (link.source, link.target)}
    return {node: giving.named(node, _.translate, provinces) for node in nodes}


def sankey(
    links: Sequence[Link], names: Mapping[Node, str], unit: Callable[[float], str], theme: Theme
) -> go.Figure:
    """Return the figure of a chain; ``unit`` writes the amount of a link for its hover text."""
    nodes = sorted(names, key=lambda node: (node.step, node.others > 0, node.key))
    index = {node: number for number, node in enumerate(nodes)}
    widest = max((sum(node.step == step for node in nodes) for step in range(len(_HUES))), default=0)
    figure = frame.blank(theme, height=max(_LEAST, _ROW * widest))
    figure.add_trace(
        go.Sankey(
            arrangement="snap",
            node={
                "label": [frame.plain(_cut(names[node])) for node in nodes],
                "customdata": [frame.plain(names[node]) for node in nodes],
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
                    frame.plain(f"{names[link.source]} → {names[link.target]}: {unit(link.value)}")
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
