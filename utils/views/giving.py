"""What the page of the chain of giving shows: money and goods by step, and how far money was traced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from utils.analysis import donations, giving, observations
from utils.analysis.exchange_rates import Currency
from utils.analysis.giving import Link, Node
from utils.analysis.model import SourceRef
from utils.charts.displacement_areas import sites_and_hosts
from utils.charts.giving import goods_chart, money_chart
from utils.components.giving import traces
from utils.draw_context import DrawContext
from utils.exports.dataset import Cell, Column, Dataset, cited, newest_of, own_column, whole
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
    own_column("trace", "string", lazy_gettext("How far"), "province, delivered or announced"),
    own_column("trace_name", "string", lazy_gettext("How far, in words"), "The same in English"),
    *SUM,
    *BEHIND,
)


def money(context: DrawContext, currency: Currency) -> Dataset:
    """Return the links of the chain of money in the chosen currency."""
    links = giving.money(context.release, currency)
    gifts = donations.counted(context.release, currency)
    return _links(
        context.release,
        links,
        SUM,
        [(whole(link.value), currency) for link in links],
        (gift.source for gift in gifts),
        newest_of(gift.day for gift in gifts if gift.dated),
    )


def goods(context: DrawContext) -> Dataset:
    """Return the links of the chain of goods, by number of rows."""
    links, rows = giving.goods(context.release), giving.goods_rows(context.release)
    return _links(
        context.release,
        links,
        (),
        [()] * len(links),
        (delivery.source for delivery in rows),
        newest_of(delivery.on for delivery in rows),
    )


def _links(
    release: Release,
    links: Sequence[Link],
    columns: Sequence[Column],
    cells: Sequence[Sequence[Cell]],
    sources: Iterable[SourceRef],
    newest: str,
) -> Dataset:
    names = observations.place_names(release, "en")

    def name(node: Node) -> str:
        return giving.named(node, _english, names)

    return Dataset(
        columns=(*_LINKS, *columns),
        rows=tuple(
            (link.source.step + 1, name(link.source), name(link.target), link.traced, link.rows, *more)
            for link, more in zip(links, cells, strict=True)
        ),
        sources=cited(sources),
        newest=newest,
    )


def _english(message: Message) -> str:
    return translator("en").translate(message)


def traced(context: DrawContext, currency: Currency) -> Dataset:
    """Return documented money by how far it was traced."""
    found = giving.traces(context.release, currency)
    return Dataset(
        columns=_TRACES,
        rows=tuple(
            (
                trace.trace,
                giving.TRACES[trace.trace].msgid,
                whole(trace.amount),
                currency,
                len(trace.gifts),
                " ".join(gift.row_id for gift in trace.gifts),
            )
            for trace in found
        ),
        sources=cited(gift.source for trace in found for gift in trace.gifts),
        newest=newest_of(gift.day for row in found for gift in row.gifts if gift.dated),
    )


MONEY: Final = View("giving-money", "giving", money_chart, money, (CURRENCY,))
GOODS: Final = View("giving-goods", "giving", goods_chart, goods)
HOSTS: Final = View("giving-hosts", "giving", sites_and_hosts)
TRACES: Final = View(
    "traces", "giving", traces, traced, (CURRENCY,), lazy_gettext("Documented money by how far it was traced")
)
