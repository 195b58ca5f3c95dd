"""Amounts as people type them: taken exactly, or refused with the reason, in three languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.amounts import CASES
from utils.evening.ledger.amount_parser import TROUBLES, Unclear, parse
from utils.evening.ledger.currencies import DECIMALS, decimal
from utils.text.locale import LANGUAGES, translator


@pytest.mark.parametrize(("written", "currency", "expected"), CASES)
def test_amounts_as_people_type_them(written: str, currency: str, expected: int | str) -> None:
    if isinstance(expected, int):
        assert parse(written, currency) == expected
        return
    with pytest.raises(Unclear) as refused:
        parse(written, currency)
    assert refused.value.code == expected
    said = {translator(lang).translate(refused.value.message) for lang in LANGUAGES}
    assert len(said) == len(LANGUAGES)


def test_every_reason_is_met_by_a_case() -> None:
    assert {case[2] for case in CASES if isinstance(case[2], str)} == set(TROUBLES)


@given(minor=st.integers(1, 10**12), currency=st.sampled_from(sorted(DECIMALS)))
def test_an_amount_written_plainly_is_read_to_the_smallest_unit(minor: int, currency: str) -> None:
    assert parse(f"{decimal(minor, currency):f}", currency) == minor


@given(written=st.text(max_size=12), currency=st.sampled_from(["EUR", "KHR"]))
def test_whatever_is_typed_is_an_amount_above_zero_or_a_known_reason(written: str, currency: str) -> None:
    assert outcome(written, currency) in TROUBLES or outcome(written, currency) == "taken"


def outcome(written: str, currency: str) -> str:
    try:
        return "taken" if parse(written, currency) > 0 else "not above zero"
    except Unclear as refused:
        return refused.code
