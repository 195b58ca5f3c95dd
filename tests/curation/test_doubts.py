"""Implausible figures are doubted: they stop a release until a named person accepts them."""

from datetime import date
from typing import Any

import pytest

from tests.curation.altered import TODAY, added, changed, only, row_of, told
from tests.curation.conftest import Spoil
from utils.curation.check import examine
from utils.curation.curated_tables import Record
from utils.curation.problems import DOUBTS, Row


def new_figure(record: Record, **cells: Any) -> Record:
    """Add a row to displacement: the ministry's count of one province on a day that has no other."""
    plain: Row = {
        "observation_id": "dsp-9001",
        "as_of": date(2026, 3, 20),
        "value": 1200.0,
        "counted_by": "moi",
        "admin1": "Pursat",
        "admin1_pcode": "KH15",
        "indicator": "remaining_displaced_people",
        "source_id": "moi-2026-03-20",
        "crisis_phase": "2025-12",
        "note": None,
        "low": None,
        "high": None,
        "qualifier": "exact",
        "area_basis": "sheltering",
    }
    if not any(row["source_id"] == "moi-2026-03-20" for row in record.rows("sources")):
        source = record.rows("sources")[0]["source_id"]
        record = added(
            record, "sources", str(source), source_id="moi-2026-03-20", published_on="2026-03-31", title="A"
        )
    return added(record, "displacement", "dsp-0204", **(plain | cells))


def test_the_real_record_stands_with_doubts_accepted_by_name(real: Record) -> None:
    examined = examine(real, today=TODAY)
    assert examined.problems == ()
    assert {problem.code for problem in examined.accepted} <= DOUBTS
    assert ("dsp-0203", "ratio") in {(problem.key, problem.code) for problem in examined.accepted}


class TestJumps:
    """A tenfold change of one indicator, counter, coverage and place from one day to the next."""

    def test_a_zero_too_many(self, real: Record) -> None:
        record = new_figure(real)
        assert told(record, "jump") == []
        record = new_figure(record, observation_id="dsp-9002", as_of=date(2026, 3, 21), value=12000.0)
        found = only(record, "jump")
        assert (found.key, found.column, found.value) == ("dsp-9002", "value", "12000")
        assert found.expected == (
            "less than a tenfold change from 1200 (dsp-9001, 2026-03-20) to 12000 (dsp-9002, 2026-03-21)"
        )

    @pytest.mark.parametrize(
        "other",
        [
            {"value": 11999.0},
            {"as_of": date(2026, 3, 22)},
            {"counted_by": "ncdm"},
            {"admin1": "Koh Kong", "admin1_pcode": "KH09"},
            {"area_basis": "origin"},
            {"indicator": "displaced_people"},
            {"indicator": "returned_people_in_period"},
        ],
    )
    def test_what_is_no_jump(self, real: Record, other: dict[str, Any]) -> None:
        record = new_figure(real)
        cells = {"as_of": date(2026, 3, 21), "value": 12000.0} | other
        record = new_figure(record, observation_id="dsp-9002", **cells)
        assert told(record, "jump") == []

    def test_a_fall_and_two_figures_of_one_day(self, real: Record) -> None:
        record = new_figure(new_figure(real), observation_id="dsp-9002", value=120.0)
        assert only(record, "jump").key == "dsp-9002"

    def test_a_corrected_figure_is_not_compared(self, real: Record) -> None:
        record = new_figure(new_figure(real), observation_id="dsp-9002", value=12000.0)
        record = new_figure(record, observation_id="dsp-9003", value=1250.0, supersedes="dsp-9002")
        assert told(record, "jump") == []

    def test_small_numbers_may_grow_tenfold(self, real: Record) -> None:
        small = {"indicator": "sites_open", "unit": "sites"}
        record = new_figure(real, value=2.0, **small)
        record = new_figure(record, observation_id="dsp-9002", as_of=date(2026, 3, 21), value=20.0, **small)
        assert told(record, "jump") == []


class TestSums:
    """Areas of one source against the total it prints, where areas may be added."""

    def test_areas_that_add_to_more_than_the_total(self, real: Record) -> None:
        record = changed(real, "impact", row_of_total(real), value=600.0)
        found = only(record, "sum")
        assert (found.value, found.column) == ("600", "value")
        assert found.expected.endswith("or less: 3 areas of the same source add to 651")

    def test_areas_that_add_to_the_total_or_less(self, real: Record) -> None:
        assert told(changed(real, "impact", row_of_total(real), value=651.0), "sum") == []
        assert told(changed(real, "impact", row_of_total(real), value=700.0), "sum") == []

    def test_a_rounded_total_may_be_off_by_half_its_last_digit(self, real: Record) -> None:
        exact = changed(real, "impact", row_of_total(real), value=650.0)
        about = changed(real, "impact", row_of_total(real), value=650.0, qualifier="about")
        assert len(told(exact, "sum")) == 1
        assert told(about, "sum") == []

    def test_a_floor_is_no_total(self, real: Record) -> None:
        record = changed(real, "impact", row_of_total(real), value=600.0, low=600.0, qualifier="at_least")
        assert told(record, "sum") == []

    def test_indicators_that_overlap_are_never_added(self, real: Record) -> None:
        record = changed(real, "displacement", row_of("dsp-0204"), value=20000.0)
        assert told(record, "sum") == []


def row_of_total(record: Record) -> Any:
    """Find the national total of schools that are closed beside its provinces, by one source."""
    return lambda row: (
        row["source_id"] == "moeys-2025-12-31-lepetitjournal"
        and row["indicator"] == "schools_closed"
        and row["admin1"] is None
    )


class TestRatios:
    """Families and people of one source, day and place."""

    @pytest.mark.parametrize(("people", "is_doubted"), [(249, True), (250, False), (800, False), (801, True)])
    def test_people_per_family(self, real: Record, people: int, is_doubted: bool) -> None:
        record = new_figure(real, value=float(people))
        families = {"indicator": "remaining_displaced_families", "unit": "families", "value": 100.0}
        record = new_figure(record, observation_id="dsp-9002", **families)
        found = told(record, "ratio")
        assert [(problem.key, problem.value) for problem in found] == (
            [("dsp-9001", str(people))] if is_doubted else []
        )

    def test_the_ratio_is_said(self, real: Record) -> None:
        families = {"indicator": "remaining_displaced_families", "unit": "families", "value": 1200.0}
        record = new_figure(new_figure(real), observation_id="dsp-9002", **families)
        wanted = "2.5 to 8 people a family (1200 and 1200 give 1): dsp-9001 and dsp-9002"
        assert only(record, "ratio").expected == wanted

    def test_of_one_hand_out(self, real: Record) -> None:
        record = changed(
            real, "aid_deliveries", lambda row: row["delivery_id"] == "ad003", beneficiaries_people=1000
        )
        found = only(record, "ratio")
        assert (found.key, found.column, found.value) == ("ad003", "beneficiaries_people", "1000")


def test_one_figure_twice_from_one_source(real: Record) -> None:
    record = new_figure(new_figure(real), observation_id="dsp-9002", note="seen again", headline_ok=False)
    found = only(record, "same-figure")
    assert found.key == "dsp-9002"
    assert found.expected == "one row for one figure: dsp-9001 and dsp-9002 tell the same"


def test_two_sources_that_agree_or_differ_stay_two_rows(real: Record) -> None:
    record = new_figure(real)
    record = new_figure(record, observation_id="dsp-9002", source_id="moi-2026-03-10-icdtv", value=1300.0)
    assert {problem.code for problem in examine(record, today=TODAY).problems} <= {"source-date"}


def test_a_figure_of_a_day_after_its_source(real: Record) -> None:
    record = new_figure(real, as_of=date(2026, 4, 1))
    found = only(record, "source-date")
    assert (found.column, found.value) == ("as_of", "2026-04-01")
    assert found.expected == "2026-03-31 or earlier, when moi-2026-03-20 was published"


class TestCampaigns:
    """Running totals and what is counted."""

    def test_a_running_total_that_falls(self, real: Record) -> None:
        record = added(
            real,
            "donations",
            "don-0004",
            row_id="don-9001",
            date=date(2025, 8, 2),
            amount=30500.0,
            count_in_total=False,
            exclude_reason="earlier_snapshot",
        )
        found = only(record, "running-total")
        assert (found.key, found.column, found.value) == ("don-9001", "amount", "30500")
        assert found.expected == "31000 or more, the running total of 2025-07-27 (don-0004)"

    def test_a_running_total_that_grows(self, real: Record) -> None:
        record = added(
            real, "donations", "don-0004", row_id="don-9001", date=date(2025, 8, 2), amount=31500.0
        )
        assert told(record, "running-total") == []

    def test_two_counted_running_totals_of_one_pot(self, real: Record) -> None:
        record = added(
            real, "donations", "don-0004", row_id="don-9001", date=date(2025, 8, 2), amount=31500.0
        )
        found = only(record, "counted-twice")
        assert (found.key, found.column) == ("don-9001", "count_in_total")
        assert found.expected == (
            "one counted row of fr-cotizup-street-food (don-0004 is counted already); "
            "don-0004 and don-9001: a running total holds the gifts before it"
        )


def test_a_doubt_stops_a_release_and_a_warning_does_not(real: Record) -> None:
    doubtful = examine(new_figure(real, value=999_999.0), today=TODAY)
    assert [problem.severity for problem in doubtful.blocking] == ["doubt"]
    expired = examine(real, today=date(2036, 11, 26))
    assert {problem.severity for problem in expired.problems} == {"doubt", "warning"}


def test_a_doubt_that_nobody_accepted_stops_publish_by_name(
    data: Any, spoil: Spoil, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.publishing import main

    line = spoil("displacement", lambda row: row["observation_id"] == "dsp-0203", value="178910")
    assert main(["publish", "--data", str(data)]) == 1
    printed = capsys.readouterr().err
    assert f'data/curated/displacement.csv row {line}, column value: "178910"' in printed
    assert "A doubt is mended, or accepted by name: docs/checks.md tells how." in printed
    assert "Nothing was published." in printed
