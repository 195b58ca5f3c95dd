"""Totals of an evening in the currencies that were given: received and promised apart, to the cent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from utils.evening.ledger.model import Line, MatchLine


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums by currency in the smallest unit; a currency without an entry is absent, not zero.

    ``matched`` is what signed matches add, a promise until it is paid. ``goods`` counts pieces by item
    and whether they are here or promised.
    """

    received: Mapping[str, int]
    promised: Mapping[str, int]
    matched: Mapping[str, int]
    goods: Mapping[tuple[str, str], int]
    gifts: int
    pledges: int
    waiting: int


def totals(lines: Iterable[Line], matches: Iterable[MatchLine] = ()) -> Totals:
    """Add up what counts: not what was countered, nor what waits for its second person."""
    received: Counter[str] = Counter()
    promised: Counter[str] = Counter()
    goods: Counter[tuple[str, str]] = Counter()
    number: Counter[str] = Counter()
    waiting = 0
    for line in lines:
        waiting += line.waiting
        if not line.counts:
            continue
        number[line.kind] += 1
        if line.amount is None:
            goods[line.goods, line.kind] += line.quantity or 1
        elif line.currency:
            (received if line.kind == "gift" else promised)[line.currency] += line.amount
    return Totals(
        received=dict(received),
        promised=dict(promised),
        matched=matched(received, matches),
        goods=dict(goods),
        gifts=number["gift"],
        pledges=number["pledge"],
        waiting=waiting,
    )


def matched(received: Mapping[str, int], matches: Iterable[MatchLine]) -> Mapping[str, int]:
    """Return what signed matches add by currency: their share of what is received, up to their most.

    A part of the smallest unit is left out.
    """
    added: Counter[str] = Counter()
    for match in matches:
        share = min(match.most, received.get(match.currency, 0) * match.percent // 100)
        if match.signed_at is not None and share:
            added[match.currency] += share
    return dict(added)
