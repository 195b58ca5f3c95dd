"""Killed and injured by side: values a person can check in tests/record/impact.csv."""

from datetime import date

import pytest

from utils.analysis.casualties import choose, findings
from utils.analysis.model import Finding, Observation, SourceRef
from utils.releases import Release

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def by_key(public_release: Release) -> dict[str, Finding]:
    return {finding.key: finding for finding in findings(public_release, TODAY)}


def test_cambodian_civilians(by_key: dict[str, Finding]) -> None:
    found = by_key["casualties-khm-civilians-killed"]
    assert found.observation is not None
    assert (found.observation.value, found.observation.counted_by) == (32.0, "moi")
    assert found.observation.as_of == date(2026, 1, 8)


def test_cambodian_soldiers_are_not_published(by_key: dict[str, Finding]) -> None:
    found = by_key["casualties-khm-soldiers-killed"]
    assert found.observation is None
    assert found.absence == "not_published"
    assert [beside.observation.value for beside in found.beside] == [110.0, 5.0]


def test_thai_direct_and_indirect_deaths_stay_apart(by_key: dict[str, Finding]) -> None:
    found = by_key["casualties-tha-civilians-killed"]
    assert found.observation is not None
    assert found.observation.value == 1.0
    assert 44.0 in [beside.observation.value for beside in found.beside]


def test_claims_about_the_other_side_lead_nothing(by_key: dict[str, Finding]) -> None:
    shown = [finding.observation for finding in by_key.values()] + [
        beside.observation for finding in by_key.values() for beside in finding.beside
    ]
    assert all(row.headline_ok for row in shown if row)
    assert 165.0 not in [row.value for row in shown if row]


def _row(value: float, day: int, counted_by: str = "", origin: str = "a") -> Observation:
    source = SourceRef(f"s{value}{day}{origin}", "P", "T", None, "", "media", "en", "B", (origin,))
    return Observation(
        f"id{value}{day}{origin}",
        "x",
        value,
        "people",
        date(2025, 12, day),
        (source,),
        counted_by=counted_by,
    )


def test_a_day_of_unnamed_counts_that_disagree_does_not_lead() -> None:
    chosen = choose([_row(17, 5), _row(10, 5), _row(15, 1, "thaimoph")])
    assert chosen is not None
    assert chosen.value == 15


def test_copies_of_one_origin_do_not_outvote_another_count() -> None:
    chosen = choose([_row(9, 3, "x", "a"), _row(9, 3, "x", "a"), _row(8, 3, "y", "b"), _row(8, 3, "y", "c")])
    assert chosen is not None
    assert chosen.value == 8


def test_nothing_leads_where_there_is_nothing() -> None:
    assert choose([]) is None
