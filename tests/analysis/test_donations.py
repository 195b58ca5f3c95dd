"""The documented total and why most rows are not in it. Checked against tests/record/donations.csv."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.analysis import donations, goods
from utils.releases import Release

TODAY = date(2026, 11, 24)


def test_the_documented_total(public_release: Release) -> None:
    found = donations.documented_total(public_release, "USD", TODAY).observation
    assert found is not None
    assert (found.value, found.qualifier, found.unit) == (13_670_000, "about", "USD")
    assert len(found.computed_from) == 20
    assert found.as_of == date(2026, 2, 23)


@pytest.mark.parametrize(
    ("name", "million", "rows"),
    [("relief", 4.04, 11), ("both_sides", 3.12, 4), ("mixed", 5.01, 4), ("recovery", 1.50, 1)],
)
def test_slices_stay_apart(public_release: Release, name: str, million: float, rows: int) -> None:
    one = next(part for part in donations.sum_by_slice(public_release, "USD") if part.key == name)
    assert round((one.total.value or 0) / 1e6, 2) == million
    assert len(one.gifts) == rows


def test_slices_and_groups_add_to_the_whole(public_release: Release) -> None:
    whole = sum(
        g.converted.amount for g in donations.list_counted_gifts(public_release, "USD") if g.converted
    )
    assert round(whole) == 13_666_099
    for dimension in donations.DIMENSIONS:
        groups = donations.sum_by_dimension(public_release, "USD", dimension)
        assert sum(len(one.gifts) for one in groups) == 20
        amount = sum(g.converted.amount for one in groups for g in one.gifts if g.converted)
        assert amount == pytest.approx(whole)


def test_the_blind_sum_is_eighteen_times_too_much(public_release: Release) -> None:
    blind = sum(g.amount or 0 for g in donations.list_gifts(public_release, "USD") if g.currency == "USD")
    assert round(blind / 1e6) == 241
    shown = donations.documented_total(public_release, "USD", TODAY)
    assert all(
        (row.value or 0) < 20e6
        for row in [shown.observation, *(beside.observation for beside in shown.beside)]
        if row
    )


def test_collections_of_the_diaspora(public_release: Release) -> None:
    rows = [g for g in donations.list_counted_gifts(public_release, "USD") if g.donor_kind == "diaspora"]
    assert len(rows) == 4
    amount = sum(g.converted.amount for g in rows if g.converted)
    assert round(amount / 1e6, 2) == 0.14


def test_the_eighty_thousand_euros_are_reported_by_one_source(public_release: Release) -> None:
    rows = donations.list_single_source(public_release, "EUR")
    federation = next(g for g in rows if g.row_id == "don-0001")
    assert (federation.amount, federation.currency, federation.qualifier) == (80_000, "EUR", "about")
    assert federation.source.publisher == "Cambodge Mag"


def test_one_counted_row_a_pot(public_release: Release) -> None:
    pots = Counter(
        (g.campaign_id, g.recipient, g.day)
        for g in donations.list_counted_gifts(public_release, "USD")
        if g.campaign_id
    )
    assert max(pots.values()) == 1


def test_promises_are_in_no_total(public_release: Release) -> None:
    promised = {gift.row_id for gift in donations.list_pledges(public_release, "USD")}
    counted = {gift.row_id for gift in donations.list_counted_gifts(public_release, "USD")}
    assert len(promised) == 4
    assert promised & counted == set()


def test_every_row_that_does_not_count_says_why(public_release: Release) -> None:
    for gift in donations.list_gifts(public_release, "USD"):
        assert bool(gift.exclude_reason) != gift.counted, gift.row_id


def test_gifts_without_a_day_count_but_are_not_drawn(public_release: Release) -> None:
    dated, undated = donations.split_by_date(public_release, "USD")
    assert len(dated) + len(undated) == 20
    assert all(gift.converted for gift in undated)
    assert [g.day for g in dated] == sorted(g.day for g in dated if g.day)


def test_every_currency_converts_every_counted_row(public_release: Release) -> None:
    for currency in ("USD", "EUR", "KHR"):
        assert all(gift.converted for gift in donations.list_counted_gifts(public_release, currency))


def test_filters_narrow_and_hostile_text_finds_nothing(public_release: Release) -> None:
    everything = donations.filter_gifts(public_release, "USD")
    assert len(everything) == 129
    assert {g.donor_country for g in donations.filter_gifts(public_release, "USD", country="JPN")} == {"JPN"}
    assert donations.filter_gifts(public_release, "USD", text="<script>") == ()
    with pytest.raises(ValueError, match="colour"):
        donations.sum_by_dimension(public_release, "USD", "colour")


def test_goods_keep_their_units_and_have_no_price(public_release: Release) -> None:
    lines = goods.list_goods(public_release)
    assert all(line.gift.amount is None for line in lines if line.gift.exclude_reason == "no_amount")
    several = [line for line in lines if line.shared]
    assert several
    assert all(len(line.gift.provinces) > 1 for line in several)


def test_looked_for_and_not_found_names_the_cities(public_release: Release) -> None:
    cities = {one.city for one in donations.list_searches(public_release)}
    assert {"Lyon", "Montréal", "San Jose", "Melbourne"} <= cities


@given(st.floats(min_value=0.01, max_value=1e12))
def test_rounding_keeps_three_figures(amount: float) -> None:
    rounded = donations.round_to_figures(amount)
    assert rounded == pytest.approx(amount, rel=0.005)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        (13_666_099, 13_670_000),
        (5_005_000, 5_000_000),
        (1_004_999, 1_000_000),
        (142_732, 143_000),
        (9_181.75, 9_180),
        (0, 0),
    ],
)
def test_one_rule_of_rounding(amount: float, rounded: float) -> None:
    """From a million two decimals of the million, below it three figures."""
    assert donations.round_sum(amount) == rounded


def test_a_promise_is_told_by_its_status(public_release: Release) -> None:
    """Rows kept out of the total for another reason are promises all the same, and never gifts."""
    gifts = {gift.row_id: gift for gift in donations.list_gifts(public_release, "USD")}
    for row_id in ("don-0039", "don-0040", "don-0086", "don-0087", "don-0088"):
        assert gifts[row_id].promised
        assert gifts[row_id].part == "pledged"
    assert not gifts["don-0001"].promised
    assert {gift.status for gift in gifts.values() if gift.promised} == {"pledged"}
    assert not any(gift.promised for gift in donations.list_counted_gifts(public_release, "USD"))


def test_the_largest_dated_gifts(public_release: Release) -> None:
    largest = donations.list_largest(public_release, "USD")
    assert largest[0].row_id == "don-0029"
    assert len(largest) == 3


def test_the_diaspora_stands_beside_the_total(public_release: Release) -> None:
    diaspora = donations.sum_diaspora(public_release, "USD")
    assert diaspora is not None
    assert (diaspora.value, len(diaspora.computed_from)) == (143_000, 4)
