"""What the page of the chain of giving shows: money and goods by step, and how far money was traced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from utils.analysis import donations, giving, observations
from utils.analysis.exchange_rates import Currency
from utils.analysis.giving import ChainLink, ChainNode
from utils.analysis.model import SourceRef
from utils.charts.displacement_areas import sites_and_hosts
from utils.charts.giving import goods_chart, money_chart, traces_chart
from utils.draw_context import DrawContext
from utils.exports.dataset import (
    CellValue,
    Column,
    Dataset,
    newest_day,
    own_column,
    unique_sources,
    whole_number,
)
from utils.releases import Release
from utils.text.locale import Message, lazy_gettext, translator
from utils.views.columns import BEHIND, SUM
from utils.views.filters import CURRENCY
from utils.views.model import View

_LINKS: Final = (
    own_column("step", "integer", lazy_gettext("Step"), "From left, beginning with 1"),
    own_column(
        "from", "string", lazy_gettext("From"), "In English; a step of many names has the others as one"
    ),
    own_column("to", "string", lazy_gettext("To"), "In English; a step of many names has the others as one"),
    own_column("traced", "boolean", lazy_gettext("Traced"), "no: announced only"),
    own_column("rows", "integer", lazy_gettext("Rows"), "Number of rows in the link"),
)

_TRACES: Final = (
    own_column(
        "trace",
        "string",
        lazy_gettext("How far"),
        "province, delivered or announced",
    ),
    own_column("trace_name", "string", lazy_gettext("How far, in words"), "The same in English"),
    *SUM,
    *BEHIND,
)


def list_money_links(context: DrawContext, currency: Currency) -> Dataset:
    """Return the links of the chain of money in the chosen currency."""
    links = giving.chain_money(context.release, currency)
    gifts = donations.list_counted_gifts(context.release, currency)
    return _links(
        context.release,
        links,
        SUM,
        [(whole_number(link.value), currency) for link in links],
        (gift.source for gift in gifts),
        newest_day(gift.day for gift in gifts if gift.dated),
    )


def list_goods_links(context: DrawContext) -> Dataset:
    """Return the links of the chain of goods, by number of rows."""
    links, rows = giving.chain_goods(context.release), giving.list_goods_deliveries(context.release)
    return _links(
        context.release,
        links,
        (),
        [()] * len(links),
        (delivery.source for delivery in rows),
        newest_day(delivery.on for delivery in rows),
    )


def _links(
    release: Release,
    links: Sequence[ChainLink],
    columns: Sequence[Column],
    cells: Sequence[Sequence[CellValue]],
    sources: Iterable[SourceRef],
    newest: str,
) -> Dataset:
    names = observations.load_place_names(release, "en")

    def name(node: ChainNode) -> str:
        return giving.name_node(node, _english, names)

    return Dataset(
        columns=(*_LINKS, *columns),
        rows=tuple(
            (link.source.step + 1, name(link.source), name(link.target), link.traced, link.rows, *more)
            for link, more in zip(links, cells, strict=True)
        ),
        sources=unique_sources(sources),
        newest=newest,
    )


def _english(message: Message) -> str:
    return translator("en").translate(message)


def list_traces(context: DrawContext, currency: Currency) -> Dataset:
    """Return documented money by how far it was traced, in parts that add up to the total."""
    traced = giving.sum_traces(context.release, currency)
    return Dataset(
        columns=_TRACES,
        rows=tuple(
            (
                trace.trace,
                giving.TRACES[trace.trace].msgid,
                whole_number(trace.amount),
                currency,
                len(trace.gifts),
                " ".join(gift.row_id for gift in trace.gifts),
            )
            for trace in traced
        ),
        sources=unique_sources(gift.source for trace in traced for gift in trace.gifts),
        newest=newest_day(gift.day for row in traced for gift in row.gifts if gift.dated),
    )


MONEY: Final = View("giving-money", "giving", money_chart, list_money_links, (CURRENCY,))
GOODS: Final = View("giving-goods", "giving", goods_chart, list_goods_links)
HOSTS: Final = View("giving-hosts", "giving", sites_and_hosts)
TRACES: Final = View("traces", "giving", traces_chart, list_traces, (CURRENCY,))
