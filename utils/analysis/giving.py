"""The chain of giving: who gave, through whom, to which province, as what; announced against traced.

Money and goods have two chains, since dollars and tonnes have no common width. A chain is a list of
links between steps; small ones are grouped so that any number of gifts stays readable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from utils.analysis import donations, relief
from utils.analysis.donations import Gift
from utils.analysis.exchange_rates import Currency
from utils.releases import Release, per_release
from utils.text.locale import Message, lazy_gettext, lazy_pgettext

Trace = Literal["province", "delivered", "announced"]
TRACES: Final[Mapping[str, Message]] = {
    "province": lazy_gettext("traced to a province"),
    "delivered": lazy_gettext("handed over, place not published"),
    "announced": lazy_gettext("announced, no delivery traced"),
}
STEPS: Final[Mapping[Trace, Message]] = {
    "announced": lazy_gettext("announced"),
    "delivered": lazy_gettext("of which handed over"),
    "province": lazy_gettext("of which traced to a province"),
}
"""The steps of counted money from widest to narrowest."""
MOST: Final = 10
"""Names of one step that are drawn; the others are one node."""
_PARTS: Final = frozenset({"sub_allocation", "delivery_of_counted_money"})


@dataclass(frozen=True, slots=True)
class ChainNode:
    """A name in one step of a chain. ``others`` counts the names that were grouped into it."""

    step: int
    key: str
    name: Message | str
    others: int = 0


@dataclass(frozen=True, slots=True)
class ChainLink:
    """What flows from one node to the next: an amount of money, or a number of rows of goods."""

    source: ChainNode
    target: ChainNode
    value: float
    rows: int
    traced: bool


@dataclass(frozen=True, slots=True)
class ChainPath:
    """One gift on its way: a key and a name for each step, and how much it is."""

    steps: tuple[tuple[str, Message | str], ...]
    value: float
    traced: bool


@dataclass(frozen=True, slots=True)
class TracedMoney:
    """Announced money of all counted gifts, by how far it was traced. ``gifts`` are the rows."""

    trace: Trace
    amount: float
    gifts: tuple[Gift, ...]


def build_chain(flows: Iterable[ChainPath], *, most: int = MOST) -> tuple[ChainLink, ...]:
    """Return the links of a chain, largest first; in each step all but the ``most`` largest are one node."""
    listed = tuple(flows)
    nodes = _nodes(listed, most)
    values: dict[tuple[ChainNode, ChainNode, bool], float] = defaultdict(float)
    counts: dict[tuple[ChainNode, ChainNode, bool], int] = defaultdict(int)
    for flow in listed:
        on_way = [nodes[step, key] for step, (key, _name) in enumerate(flow.steps)]
        for source, target in pairwise(on_way):
            values[source, target, flow.traced] += flow.value
            counts[source, target, flow.traced] += 1
    links = [
        ChainLink(source, target, value, counts[source, target, traced], traced)
        for (source, target, traced), value in values.items()
    ]
    return tuple(
        sorted(links, key=lambda link: (link.source.step, -link.value, link.source.key, link.target.key))
    )


def _nodes(flows: Sequence[ChainPath], most: int) -> Mapping[tuple[int, str], ChainNode]:
    sums: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    names: dict[tuple[int, str], Message | str] = {}
    for flow in flows:
        for step, (key, name) in enumerate(flow.steps):
            sums[step][key] += flow.value
            names[step, key] = name
    chain_nodes: dict[tuple[int, str], ChainNode] = {}
    for step, by_key in sums.items():
        ordered = sorted(by_key, key=lambda key: (-by_key[key], key))
        kept = ordered if len(ordered) <= most + 1 else ordered[:most]
        rest = ordered[len(kept) :]
        other = ChainNode(step, "others", lazy_gettext("{count} others", count=len(rest)), len(rest))
        chain_nodes |= {(step, key): ChainNode(step, key, names[step, key]) for key in kept}
        chain_nodes |= dict.fromkeys(((step, key) for key in rest), other)
    return chain_nodes


@per_release
def chain_money(release: Release, currency: Currency) -> tuple[ChainLink, ...]:
    """Return the chain of counted money: kind of donor, donor, recipient, how far it was traced."""
    flows = []
    for gift in donations.list_counted_gifts(release, currency):
        if gift.converted is None:
            continue
        for trace, share in _traced(release, gift, currency):
            flows.append(
                ChainPath(
                    (
                        (gift.donor_kind, lazy_pgettext("donor_kind", gift.donor_kind)),
                        (gift.donor, gift.donor),
                        (gift.recipient, gift.recipient),
                        (trace, TRACES[trace]),
                    ),
                    share,
                    trace != "announced",
                )
            )
    return build_chain(flows)


@per_release
def sum_traces(release: Release, currency: Currency) -> tuple[TracedMoney, ...]:
    """Return announced money by how far it was traced; the parts add up to the documented total."""
    sums: dict[Trace, float] = defaultdict(float)
    rows: dict[Trace, list[Gift]] = defaultdict(list)
    for gift in donations.list_counted_gifts(release, currency):
        for trace, share in _traced(release, gift, currency):
            sums[trace] += share
            rows[trace].append(gift)
    order: tuple[Trace, ...] = ("province", "delivered", "announced")
    return tuple(TracedMoney(trace, sums[trace], tuple(rows[trace])) for trace in order)


@per_release
def sum_steps(release: Release, currency: Currency) -> tuple[TracedMoney, ...]:
    """Return counted money as three steps, each a part of the one before.

    All of it was announced; some of that was handed over; some of that was traced to a province.
    """
    province, delivered, announced = sum_traces(release, currency)

    def join(trace: Trace, *parts: TracedMoney) -> TracedMoney:
        gifts = {gift.row_id: gift for part in parts for gift in part.gifts}
        return TracedMoney(trace, sum(part.amount for part in parts), tuple(gifts.values()))

    return (
        join("announced", province, delivered, announced),
        join("delivered", province, delivered),
        join("province", province),
    )


def _traced(release: Release, gift: Gift, currency: Currency) -> list[tuple[Trace, float]]:
    """Return how far a counted gift was traced, in parts that add up to it.

    A gift that is itself delivered is traced; one that was raised or allocated is traced as far as rows
    of the same pot show its use, never beyond its own amount.
    """
    whole = gift.converted.amount if gift.converted else 0.0
    if gift.status == "delivered":
        return [("province" if gift.provinces else "delivered", whole)]
    parts: dict[Trace, float] = defaultdict(float)
    rest = whole
    for use in donations.list_gifts(release, currency):
        is_use = gift.campaign_id and use.campaign_id == gift.campaign_id and use.exclude_reason in _PARTS
        if not is_use or use.status != "delivered" or use.converted is None or use.donor != gift.donor:
            continue
        share = min(use.converted.amount, rest)
        parts["province" if use.provinces else "delivered"] += share
        rest -= share
    if rest > 0:
        parts["announced"] += rest
    return [(trace, share) for trace, share in parts.items() if share > 0]


@per_release
def chain_goods(release: Release) -> tuple[ChainLink, ...]:
    """Return the chain of goods by number of rows: where from, who carries, province, kind of goods.

    A delivery to several provinces stands under each. Promised, planned and refused ones are not traced.
    """
    flows = [
        ChainPath(
            (
                (row.org_kind, lazy_pgettext("org_kind", row.org_kind)),
                (row.org, row.org),
                (province, province or lazy_gettext("no province named")),
                (row.sector, lazy_pgettext("item_category", row.sector)),
            ),
            1.0,
            row.status == "reported",
        )
        for row in list_goods_deliveries(release)
        for province in row.provinces or ("",)
    ]
    return build_chain(flows)


@per_release
def list_goods_deliveries(release: Release) -> tuple[relief.Delivery, ...]:
    """Return the deliveries of goods: money has a chain of its own."""
    return tuple(delivery for delivery in relief.list_deliveries(release) if delivery.sector != "cash")


def name_node(node: ChainNode, text: Callable[[Message], str], provinces: Mapping[str, str]) -> str:
    """Return the name of a node in a language: ``text`` translates, ``provinces`` names P-codes."""
    if isinstance(node.name, Message):
        return text(node.name)
    return provinces.get(node.name, node.name)
