"""The totals of an evening from a few lines, each sum checked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from utils.evening.ledger.model import Line, MatchLine
from utils.evening.ledger.totals import totals

NOW = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)
GIFT = Line(
    seq=1,
    entry_id="a",
    kind="gift",
    way="cash",
    currency="EUR",
    amount=1000,
    place="",
    goods="",
    quantity=None,
    organisation="",
    volunteer="V",
    key="k",
    typed_at=NOW,
    created_at=NOW,
    needs_second=False,
)
PLEDGE = replace(GIFT, kind="pledge", amount=500)
RICE = replace(GIFT, currency=None, amount=None, goods="rice", quantity=3)
MATCH = MatchLine("m", "An association", "EUR", percent=50, most=10_000, witness="W", signed_at=NOW)


def test_gifts_pledges_goods_and_what_waits_are_counted_apart() -> None:
    waits = replace(GIFT, amount=9000, needs_second=True)
    confirmed = replace(waits, amount=200, confirmed_by="S")
    found = totals([GIFT, GIFT, confirmed, PLEDGE, RICE, replace(RICE, quantity=None), waits, waits])
    assert found.received == {"EUR": 2200}
    assert found.promised == {"EUR": 500}
    assert found.goods == {("rice", "gift"): 4}, "three sacks and one of which no number was given"
    assert (found.gifts, found.pledges, found.waiting) == (5, 1, 2)


def test_an_evening_without_lines_has_no_sum() -> None:
    found = totals([])
    assert (found.received, found.promised, found.matched, found.goods) == ({}, {}, {}, {})
    assert (found.gifts, found.pledges, found.waiting) == (0, 0, 0)


@pytest.mark.parametrize(
    ("match", "added"),
    [
        (MATCH, {"EUR": 999}),
        (replace(MATCH, most=700), {"EUR": 700}),
        (replace(MATCH, percent=101), {"EUR": 2018}),
        (replace(MATCH, signed_at=None), {}),
        (replace(MATCH, currency="USD"), {}),
    ],
    ids=["half, without the half cent", "its most", "rounded down", "not signed", "another currency"],
)
def test_a_match_adds_its_share_once_it_is_signed(match: MatchLine, added: dict[str, int]) -> None:
    assert totals([GIFT, replace(GIFT, amount=999), PLEDGE], [match]).matched == added


def test_two_matches_of_one_currency_add_up() -> None:
    assert totals([GIFT], [MATCH, replace(MATCH, match_id="n", percent=10)]).matched == {"EUR": 600}
