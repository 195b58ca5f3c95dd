"""The accepted doubts that readers see."""

from datetime import date

from utils.analysis.accepted_warnings import DOUBTS, accepted
from utils.curation.problems import ACCEPTABLE
from utils.releases import Release


def test_every_code_that_can_be_accepted_has_words() -> None:
    assert set(DOUBTS) == ACCEPTABLE


def test_readers_see_who_accepted_what_and_why(public_release: Release) -> None:
    found = {one.acceptance_id: one for one in accepted(public_release)}
    twice = found["acc-0002"]
    assert (twice.table, twice.row_key, twice.accepted_by) == (
        "donations",
        "don-0029",
        "Data editor of Samaki",
    )
    assert (twice.accepted_on, twice.doubt) == (date(2026, 11, 25), DOUBTS["counted-twice"])
    assert "Two gifts" in twice.reason
    assert not any(one.table.startswith("restricted") for one in found.values())
