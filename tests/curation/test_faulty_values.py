"""What a cell can hold that must not become a figure: one test a fault, named by its number."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.curation.altered import TODAY, added, changed, only, row_of, told
from tests.curation.conftest import Spoil
from tests.curation.test_read import GOOD, read
from tests.curation.test_read import only as only_problem
from utils.curation.check import examine
from utils.curation.contract import Contract
from utils.curation.curated_tables import Record, read_record
from utils.curation.read import Problem, parse_csv
from utils.settings import clock


@pytest.mark.parametrize(("digits", "value"), [("១២៣៤៥", 12345.0), ("๑๒๓๔๕", 12345.0), ("១២.៥", 12.5)])
def test_f16_native_digits_are_converted(digits: str, value: float) -> None:
    assert read(f"dsp-0001,2025-07-30,{digits},,,,").rows[0]["value"] == value


@pytest.mark.parametrize(
    "written",
    ["12,345", "12 345", "12\u00a0345", "12\u202f345", "12.345", "១២.៣៤៥", "~5,000", "5–6 k", "5'000"],
)
def test_f16_ambiguous_numbers_are_refused(written: str) -> None:
    reading = read(f'dsp-0001,2025-07-30,"{written}",,,,')
    assert (only_problem(reading).code, reading.rows[0]["value"]) == ("number", None)


def test_f16_a_point_before_three_digits_is_said_both_ways() -> None:
    expected = only_problem(read("dsp-0001,2025-07-30,12.345,,,,")).expected
    assert expected == "12345 or 12.3450, whichever the source means"


def test_f16_three_decimals_of_a_degree_are_a_measure(contract: Contract) -> None:
    columns = contract.tables["places"].columns
    row = ",".join({"place_id": "a", "lat": "14.232", "lon": "104.081"}.get(name, "") for name in columns)
    reading = parse_csv(f"{','.join(columns)}\n{row}\n".encode(), contract.tables["places"], "f")
    assert (reading.rows[0]["lat"], reading.rows[0]["lon"]) == (14.232, 104.081)


@pytest.mark.parametrize("written", ["07/08/2025", "2025-8-7", "7 Aug 2025", "2025.08.07", "45876"])
def test_f17_only_iso_dates_are_accepted(written: str) -> None:
    reading = read(f"dsp-0001,{written},,,,,")
    assert (only_problem(reading).code, reading.rows[0]["as_of"]) == ("date", None)


class TestDays:
    """Days that cannot be."""

    def test_f18_a_day_in_the_future_is_refused(self, real: Record) -> None:
        ahead = {"as_of": date(2026, 11, 26), "crisis_phase": "2025-12"}
        record = changed(real, "impact", row_of("imp-0440"), **ahead)
        found = told(record, "future")
        assert [(one.column, one.value, one.severity) for one in found] == [("as_of", "2026-11-26", "error")]
        assert found[0].expected == "a day that has passed: today is 2026-11-25 in Phnom Penh"
        assert told(record, "future", today=date(2026, 11, 26)) == []

    @pytest.mark.parametrize(("printed", "is_ahead"), [("2027", True), ("2026-12", True), ("2026-11", False)])
    def test_f18_a_month_or_year_that_has_not_begun(self, real: Record, printed: str, is_ahead: bool) -> None:
        record = changed(real, "sources", row_of("aa-2025-12-15", "source_id"), published_on=printed)
        assert bool(told(record, "future")) == is_ahead

    def test_f18_days_are_those_of_phnom_penh(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class AtMidnight(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> Any:
                return datetime(2026, 11, 25, 17, 30, tzinfo=UTC).astimezone(tz)

        monkeypatch.delenv("SAMAKI_TODAY", raising=False)
        monkeypatch.setattr(clock, "datetime", AtMidnight)
        assert clock.today() == date(2026, 11, 26)

    def test_f18_a_figure_from_before_the_crisis_is_doubted(self, real: Record) -> None:
        cells = {"as_of": date(2025, 7, 23), "crisis_phase": "pre-2025-07"}
        record = changed(real, "impact", row_of("imp-0002"), **cells)
        found = only(record, "before-crisis")
        assert (found.value, found.severity) == ("2025-07-23", "doubt")
        assert found.expected == "2025-07-24, when the crisis began, or later"


class TestDuplicates:
    """Rows that stand twice."""

    def test_f19_exact_duplicates_are_listed(self, real: Record) -> None:
        found = told(added(real, "impact", "imp-0003"), "duplicate")
        assert [(one.key, one.expected) for one in found] == [
            ("imp-0003", "one row (row 4 is exactly the same)")
        ]

    def test_f19_a_key_of_two_rows_is_refused(self, real: Record) -> None:
        found = told(added(real, "impact", "imp-0003", value=14.0), "duplicate")
        assert [one.expected for one in found] == ["a key of its own (row 4 has it already)"]

    def test_f19_the_same_row_under_another_id_is_refused(self, real: Record) -> None:
        found = only(added(real, "impact", "imp-0003", observation_id="imp-9001", note="again"), "duplicate")
        assert found.expected == "a row of its own (row 4 says the same as imp-0003)"

    def test_f19_a_correction_may_repeat_the_row_it_corrects(self, real: Record) -> None:
        cells = {"observation_id": "imp-9001", "supersedes": "imp-0003", "note": "note mended"}
        assert examine(added(real, "impact", "imp-0003", **cells), today=TODAY).problems == ()


class TestImplausible:
    """Figures of people that cannot be, or hardly."""

    @pytest.mark.parametrize("written", ["-1", "nan", "NaN", "inf", "-inf", "Infinity", "1e400"])
    def test_f20_negative_and_infinite_figures_are_refused(
        self, data: Path, spoil: Spoil, written: str
    ) -> None:
        spoil("displacement", row_of("dsp-0204"), value=written)
        found = [one for one in examine(read_record(data), today=TODAY).problems if one.column == "value"]
        assert [(one.code, one.severity) for one in found] == [("number", "error")]

    def test_f20_more_people_than_live_there_are_doubted(self, real: Record) -> None:
        record = changed(real, "displacement", row_of("dsp-0294"), value=2_000_000.0)
        (found,) = told(record, "population")
        row = next(row for row in record.rows("displacement") if row["observation_id"] == "dsp-0294")
        assert (found.key, found.value, found.severity) == ("dsp-0294", "2000000", "doubt")
        assert found.expected.endswith(f"the population of {row['admin1_pcode']} in 2019")

    def test_f20_half_a_person_is_refused(self, real: Record) -> None:
        found = told(changed(real, "displacement", row_of("dsp-0204"), value=26780.5), "number")
        assert [(one.value, one.expected) for one in found] == [("26780.5", "a whole number of people")]


class TestPoints:
    """Coordinates that are not of the place."""

    def place(self, record: Record, lat: float | None, lon: float | None) -> list[Problem]:
        return told(
            changed(record, "places", row_of("city-anlong-veng", "place_id"), lat=lat, lon=lon), "coordinates"
        )

    def test_f21_swapped_coordinates_are_refused_and_the_swap_is_suggested(self, real: Record) -> None:
        (found,) = self.place(real, 104.08, 14.23)
        assert found.expected == (
            "a point in Cambodia or Thailand: lat and lon look swapped, 14.23, 104.08 would be inside"
        )
        assert found.severity == "error"

    def test_f21_a_swap_that_the_contract_refuses_first_is_suggested_too(
        self, data: Path, spoil: Spoil
    ) -> None:
        spoil("places", row_of("city-anlong-veng", "place_id"), lat="104.08107", lon="14.23223")
        found = {one.column: one.expected for one in examine(read_record(data), today=TODAY).problems}
        assert found == {"lat": "90 or less", "lon": "a longitude beside a latitude: the two look swapped"}

    @pytest.mark.parametrize("lon", [0.0, -0.0])
    def test_f21_the_point_0_0_is_refused(self, real: Record, lon: float) -> None:
        (found,) = self.place(real, 0.0, lon)
        assert (found.value, found.expected.split(":")[0]) == ("0, 0", "a measured point, or an empty cell")

    def test_f21_0_0_is_refused_outside_both_countries_too(self, real: Record) -> None:
        in_paris = next(row for row in real.rows("organisations") if row["country"] == "FRA" and row["lat"])
        where = row_of(str(in_paris["org_id"]), "org_id")
        assert len(told(changed(real, "organisations", where, lat=0.0, lon=0.0), "coordinates")) == 1

    def test_f21_a_point_outside_both_countries_is_refused(self, real: Record) -> None:
        (found,) = self.place(real, 48.85, 2.35)
        assert (found.value, found.expected) == ("48.85, 2.35", "a point in Cambodia or Thailand")

    def test_f21_a_point_of_another_province_is_refused(self, real: Record) -> None:
        (found,) = self.place(real, 13.10271, 103.19822)
        assert found.expected.startswith("a point in Oddar Meanchey (it lies in Battambang, ")
        assert found.expected.endswith(" km away)")

    def test_f21_an_event_of_another_province_is_refused(self, real: Record) -> None:
        event = next(row for row in real.rows("events") if row["admin1_pcode"] == "KH22" and row["lat"])
        record = changed(real, "events", row_of(str(event["event_id"]), "event_id"), lat=11.55, lon=104.92)
        (found,) = told(record, "coordinates")
        assert found.expected.startswith("a point in Oddar Meanchey (it lies in Phnom Penh, ")

    def test_f21_a_thai_town_of_another_province_is_refused(self, real: Record) -> None:
        where = row_of("city-th-aranyaprathet", "place_id")
        (found,) = told(changed(real, "places", where, lat=14.64, lon=104.65), "coordinates")
        assert found.expected.startswith("a point in Sa Kaeo (it lies in Sisaket, ")

    def test_f21_half_a_point_is_refused(self, real: Record) -> None:
        (found,) = self.place(real, 14.2, None)
        assert (found.column, found.expected) == ("lon", "lat and lon together, or neither")

    def test_f21_a_place_on_the_line_is_of_its_province(self, real: Record) -> None:
        """Two temples and a crossing lie up to 200 metres across the outline: the record has no fault."""
        assert told(real, "coordinates") == []


class TestCodes:
    """P-codes are text."""

    @pytest.mark.parametrize(
        ("written", "hint"),
        [
            ("KH99", ""),
            ("KH1", " (KH01, if its letters or zeros were lost: codes are text)"),
            ("22", " (KH22, if its letters or zeros were lost: codes are text)"),
            ("NA", ""),
            ("កណ្ដាល", ""),
            ("២២", ""),
        ],
    )
    def test_f22_unknown_codes_are_refused(self, real: Record, written: str, hint: str) -> None:
        record = changed(
            real, "displacement", row_of("dsp-0294"), admin1_pcode=written, admin2_pcode=None, admin2=None
        )
        (found,) = told(record, "p-code")
        assert (found.value, found.expected) == (written, f"a P-code of places.csv{hint}")

    def test_f22_a_lost_zero_of_a_district(self, real: Record) -> None:
        where = row_of("KH0102", "admin2_pcode")
        found = told(changed(real, "site_counts", where, admin2_pcode="102"), "p-code")
        assert found[0].expected.startswith("a P-code of places.csv (KH0102, if ")

    @pytest.mark.parametrize("written", ["NA", "n/a", " ", "-", "NULL", "#N/A", "nan", "?"])
    def test_f22_na_as_text_is_refused(self, real: Record, written: str) -> None:
        found = only(changed(real, "impact", row_of("imp-0002"), note=written), "placeholder")
        assert (found.column, found.value) == ("note", written)

    def test_f22_na_in_a_cell_is_never_read_as_nothing(self) -> None:
        assert read(GOOD + "NA").rows[0]["note"] == "NA"


@pytest.mark.parametrize("written", ["=HYPERLINK(1)", "+855", "-5", "@here", "=cmd|' /C calc'!A0"])
def test_f25_a_formula_stays_text(written: str) -> None:
    reading = read(f'{GOOD}"{written}"')
    assert (reading.problems, reading.rows[0]["note"]) == ((), written)


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u2066", "\u00ad", "\ufeff", "\u200e", "\t", "\n", "\x07", "\x85"]
)
def test_a_sign_that_nobody_sees_is_refused_with_its_place(sign: str) -> None:
    problem = only_problem(read(f'{GOOD}"a{sign}b"'))
    wanted = f"text without hidden signs (U+{ord(sign):04X} is one)"
    assert (problem.row, problem.column, problem.expected) == (2, "note", wanted)
    assert problem.code == "hidden-sign"
    assert sign not in str(problem)


@pytest.mark.parametrize("text", ["ភូមិ\u200bថ្មី", "ក\u200cខ", "👩\u200d👧", "a\u00a0b", "a\u2009b"])
def test_signs_that_khmer_and_figures_need_are_kept(text: str) -> None:
    assert read(f"{GOOD}{text}").problems == ()


@pytest.mark.parametrize("name", ["ភូមិ" * 2_500, "👪" * 5_000, "x" * 10_000])
def test_f27_a_very_long_name_is_read_whole(name: str) -> None:
    reading = read(f"{GOOD}{name}")
    assert (reading.problems, reading.rows[0]["note"]) == ((), name)


def test_f27_a_problem_shows_the_beginning_of_a_long_cell() -> None:
    problem = only_problem(read(f"dsp-0001,{'x' * 10_000},,,,,"))
    assert len(problem.value) == 301
    assert len(str(problem)) < 400


def test_f27_an_empty_name_is_refused(data: Path, spoil: Spoil) -> None:
    spoil("places", row_of("city-anlong-veng", "place_id"), name="")
    found = [one for one in examine(read_record(data), today=TODAY).problems if one.code == "required"]
    assert [(one.column, one.file) for one in found] == [("name", "data/curated/places.csv")]
