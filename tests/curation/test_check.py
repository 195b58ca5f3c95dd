"""Rules across rows and tables, each broken in a copy of the frozen record."""

from pathlib import Path

import pytest

from tests.curation.conftest import Spoil
from tests.frozen import frozen_record
from utils.curation.check import check
from utils.curation.curated_tables import read_record
from utils.curation.large_tables.tables import find_problems
from utils.curation.read import Problem


def problems(data: Path) -> list[Problem]:
    record = read_record(data)
    return [*check(record), *find_problems(record)]


def where(problem: Problem) -> tuple[str, int, str, str, str]:
    return problem.file, problem.row, problem.column, problem.value, problem.code


def in_oddar_meanchey(row: dict[str, str]) -> bool:
    return row["admin1_pcode"] == "KH22"


def any_row(row: dict[str, str]) -> bool:
    return True


def test_a_good_record_has_no_problem() -> None:
    assert problems(frozen_record()) == []


def test_a_good_record_has_no_problem_without_its_restricted_folder(data: Path) -> None:
    for file in (data / "curated" / "restricted").iterdir():
        file.unlink()
    (data / "curated" / "restricted").rmdir()
    assert problems(data) == []


@pytest.mark.parametrize(
    ("table", "cells", "column", "expected", "code"),
    [
        ("displacement", {"admin1_pcode": "KH99"}, "admin1_pcode", "a P-code of places.csv", "p-code"),
        ("displacement", {"admin1": "Surin"}, "admin1", "Oddar Meanchey, the place of KH22", "p-code"),
        ("displacement", {"indicator": "rumours"}, "indicator", "indicator of indicators.csv", None),
        ("displacement", {"source_id": "my-cousin"}, "source_id", "a source_id of sources.csv", None),
        ("displacement", {"counted_by": "nobody"}, "counted_by", "a counter_id of counters.csv", None),
        ("displacement", {"supersedes": "dsp-9999"}, "supersedes", "of displacement.csv", None),
        ("events", {"stage": "third_war"}, "stage", "a stage_id of stages.csv", None),
    ],
)
def test_a_broken_link_is_named(
    data: Path, spoil: Spoil, table: str, cells: dict[str, str], column: str, expected: str, code: str | None
) -> None:
    line = spoil(table, in_oddar_meanchey, **cells)
    (value,) = cells.values()
    found = [problem for problem in problems(data) if problem.column == column]
    assert where(found[0]) == (f"data/curated/{table}.csv", line, column, value, code or "unknown-key")
    assert expected in found[0].expected


def test_a_unit_that_is_not_the_indicators_says_which_it_is(data: Path, spoil: Spoil) -> None:
    line = spoil("displacement", lambda row: row["indicator"] == "sites_open", unit="people")
    (found,) = problems(data)
    assert where(found) == ("data/curated/displacement.csv", line, "unit", "people", "unit")
    assert found.expected == "sites, the unit of sites_open"


def test_a_district_of_another_province_is_named(data: Path, spoil: Spoil) -> None:
    line = spoil("displacement", lambda row: bool(row["admin2_pcode"]), admin2_pcode="KH2204", admin2="x")
    found = {problem.column: problem for problem in problems(data)}
    assert found["admin2"].expected == "Samraong (municipality), the place of KH2204"
    assert found["admin2_pcode"].row == line
    assert found["admin2_pcode"].expected == "a district of KH13"


def test_two_rows_of_one_id_are_named(data: Path, add: Spoil) -> None:
    line = add("displacement", observation_id="dsp-0002")
    found = next(problem for problem in problems(data) if problem.code == "duplicate")
    assert where(found) == (
        "data/curated/displacement.csv",
        line,
        "observation_id",
        "dsp-0002",
        "duplicate",
    )
    assert found.expected == "a key of its own (row 3 has it already)"


def test_a_withdrawn_id_never_comes_back(data: Path) -> None:
    with (data / "curated" / "withdrawn_ids.csv").open("a", encoding="utf-8") as file:
        file.write("imp-0003,impact,2026-11-20,counted twice,\ndon-0002,donations,2026-11-20,no source,\n")
    found = [where(problem) for problem in problems(data) if problem.code == "reused-id"]
    assert found == [
        ("data/curated/donations.csv", 3, "row_id", "don-0002", "reused-id"),
        ("data/curated/impact.csv", 4, "observation_id", "imp-0003", "reused-id"),
    ]


def test_a_row_corrects_another_row_not_itself(data: Path, spoil: Spoil) -> None:
    line = spoil("impact", any_row, supersedes="imp-0001")
    (found,) = problems(data)
    assert (found.row, found.column, found.value) == (line, "supersedes", "imp-0001")


def test_a_correction_of_a_row_of_the_same_table_is_good(data: Path, add: Spoil) -> None:
    add("impact", observation_id="imp-9999", supersedes="imp-0001")
    assert problems(data) == []


def test_bounds_in_the_wrong_order_are_named(data: Path, spoil: Spoil) -> None:
    line = spoil("displacement", any_row, low="500", high="400")
    (found,) = problems(data)
    assert (found.row, found.column, found.expected) == (line, "low", "400 or less, as in high")


def test_a_day_of_another_phase_is_named(data: Path, spoil: Spoil) -> None:
    line = spoil("displacement", lambda row: row["as_of"] == "2025-07-30", crisis_phase="2025-12")
    (found,) = problems(data)
    assert where(found) == ("data/curated/displacement.csv", line, "crisis_phase", "2025-12", "phase")


@pytest.mark.parametrize("column", ["place", "site_id"])
def test_an_open_displacement_row_names_no_place_below_district(
    data: Path, spoil: Spoil, column: str
) -> None:
    line = spoil("displacement", any_row, **{column: "somewhere"})
    (found,) = problems(data)
    assert where(found) == ("data/curated/displacement.csv", line, column, "somewhere", "restricted")


def test_every_kind_of_problem_comes_in_one_run(data: Path, spoil: Spoil, add: Spoil) -> None:
    spoil("displacement", in_oddar_meanchey, admin1_pcode="KH99", value="12,345", as_of="30/07/2025")
    spoil("impact", in_oddar_meanchey, source_id="my-cousin", unit="bananas")
    add("needs", observation_id="nds-0001")
    (data / "curated" / "stages.csv").write_bytes(b"\xff\xfe")
    (data / "curated" / "phases.csv").unlink()
    found = {(problem.file.rsplit("/")[-1], problem.column, problem.code) for problem in problems(data)}
    assert found >= {
        ("displacement.csv", "admin1_pcode", "p-code"),
        ("displacement.csv", "value", "number"),
        ("displacement.csv", "as_of", "date"),
        ("impact.csv", "source_id", "unknown-key"),
        ("impact.csv", "unit", "unit"),
        ("needs.csv", "observation_id", "duplicate"),
        ("stages.csv", "", "encoding"),
        ("phases.csv", "", "file"),
    }


@pytest.mark.parametrize("content", [b"", b"\0\0", b"a,b\n1,2\n", b'"', "ភាសាខ្មែរ".encode()])
def test_a_spoilt_file_of_any_table_is_a_list_of_problems(data: Path, content: bytes) -> None:
    files = sorted((data / "curated").rglob("*.csv"))
    for file in files:
        file.write_bytes(content)
    found = problems(data)
    assert {problem.file for problem in found} >= {
        f"data/{file.relative_to(data).as_posix()}" for file in files
    }


class TestRestricted:
    """Rules between the open tables and the restricted ones."""

    def test_an_open_row_may_not_point_at_a_restricted_one(self, data: Path, spoil: Spoil) -> None:
        known = {row["place_id"] for row in read_record(data).rows("places")}
        hidden = next(
            str(row["place_id"])
            for row in read_record(data).rows("restricted_places")
            if row["place_id"] not in known
        )
        line = spoil("places", lambda row: row["kind"] == "village", parent_id=hidden)
        (found,) = problems(data)
        assert (found.row, found.column, found.code) == (line, "parent_id", "unknown-key")

    def test_a_restricted_row_may_point_at_open_ones(self, data: Path, spoil: Spoil) -> None:
        spoil("restricted/sites", any_row, place_id="dist-banteay-meanchey-mongkol-borei")
        assert problems(data) == []

    def test_a_site_in_an_unknown_place_is_named(self, data: Path, spoil: Spoil) -> None:
        line = spoil("restricted/sites", any_row, place_id="atlantis")
        (found,) = problems(data)
        assert (found.row, found.column, found.expected) == (line, "place_id", "a place_id of places.csv")

    def test_both_forms_of_a_row_tell_the_same(self, data: Path, spoil: Spoil) -> None:
        line = spoil("restricted/donations", lambda row: row["amount"] == "100000", amount="200000")
        (found,) = problems(data)
        assert where(found) == (
            "data/curated/restricted/donations.csv",
            line,
            "amount",
            "200000",
            "overlay",
        )
        assert found.expected == "100000, as in donations.csv"

    @pytest.mark.parametrize("table", ["site_counts", "named_sites", "named_site_reports"])
    def test_derived_tables_are_what_the_restricted_ones_give(self, data: Path, table: str) -> None:
        path = data / "curated" / f"{table}.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[:-1]), encoding="utf-8")
        found = [problem for problem in problems(data) if problem.code == "derived"]
        assert [problem.file for problem in found] == [f"data/curated/{table}.csv"]
        assert "python -m utils.curation derive" in found[0].expected


def test_a_title_says_whose_account_it_is(data: Path, spoil: Spoil) -> None:
    line = spoil("events", lambda row: True, title="A bridge is hit", note="Thai account")
    (found,) = (problem for problem in problems(data) if problem.code == "one-side")
    assert (found.row, found.column) == (line, "title")
    spoil("events", lambda row: True, title="Thailand says that a bridge was hit", note="Thai account")
    assert "one-side" not in {problem.code for problem in problems(data)}
