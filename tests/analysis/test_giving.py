"""The chain of giving: parts add up, small names are grouped, traced never exceeds announced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.analysis import donations, giving
from utils.analysis.giving import ChainPath, build_chain
from utils.releases import Release

names = st.text("abcdefghij", min_size=1, max_size=2)
flows = st.lists(
    st.builds(
        lambda a, b, c, value, traced: ChainPath(((a, a), (b, b), (c, c)), value, traced),
        names,
        names,
        names,
        st.floats(0.01, 1e6),
        st.booleans(),
    ),
    max_size=60,
)


@given(flows, st.integers(1, 12))
def test_what_enters_a_step_leaves_it(given_flows: list[ChainPath], most: int) -> None:
    links = build_chain(given_flows, most=most)
    whole = sum(flow.value for flow in given_flows)
    for step in (0, 1):
        assert sum(link.value for link in links if link.source.step == step) == pytest.approx(whole)
    for step in (0, 1, 2):
        nodes = {node for link in links for node in (link.source, link.target) if node.step == step}
        assert len(nodes) <= most + 1
    for node in {link.source for link in links if link.source.step == 1}:
        entering = sum(link.value for link in links if link.target == node)
        leaving = sum(link.value for link in links if link.source == node)
        assert entering == pytest.approx(leaving)


def test_two_thousand_flows_stay_readable() -> None:
    many = [
        ChainPath(((f"d{i}", "d"), (f"r{i % 400}", "r"), (f"p{i % 25}", "p")), 1.0 + i, True)
        for i in range(2000)
    ]
    links = build_chain(many)
    for step in (0, 1):
        of_step = [link for link in links if link.source.step == step]
        assert sum(link.value for link in of_step) == sum(range(1, 2001))
        assert sum(link.rows for link in of_step) == 2000
    assert len({node for link in links for node in (link.source, link.target)}) == 33
    others = next(link.source for link in links if link.source.others)
    assert others.others == 1990


def test_traced_and_announced_add_up_to_the_documented_total(public_release: Release) -> None:
    whole = sum(
        gift.converted.amount
        for gift in donations.list_counted_gifts(public_release, "USD")
        if gift.converted
    )
    parts = giving.sum_traces(public_release, "USD")
    assert sum(one.amount for one in parts) == pytest.approx(whole)
    assert [one.trace for one in parts] == ["province", "delivered", "announced"]


def test_a_pot_is_traced_as_far_as_rows_tell_of_its_use(public_release: Release) -> None:
    by_trace = {
        one.trace: {gift.row_id for gift in one.gifts} for one in giving.sum_traces(public_release, "USD")
    }
    assert "don-0001" in by_trace["announced"]
    missionaries = [
        one for one in giving.sum_traces(public_release, "USD") if "don-0008" in {g.row_id for g in one.gifts}
    ]
    assert {one.trace for one in missionaries} == {"province", "announced"}
    assert "don-0023" in by_trace["delivered"]


def test_goods_to_no_named_province_are_kept(public_release: Release) -> None:
    provinces = {link.target.key for link in giving.chain_goods(public_release) if link.target.step == 2}
    assert "" in provinces


def test_steps_are_parts_of_one_another(public_release: Release) -> None:
    """Announced is the whole total, handed over is a part of it, traced to a province a part of that."""
    province, delivered, announced = giving.sum_traces(public_release, "USD")
    steps = giving.sum_steps(public_release, "USD")
    assert [step.trace for step in steps] == ["announced", "delivered", "province"]
    assert [step.amount for step in steps] == pytest.approx(
        [
            province.amount + delivered.amount + announced.amount,
            province.amount + delivered.amount,
            province.amount,
        ]
    )
    assert len(steps[0].gifts) == 20
