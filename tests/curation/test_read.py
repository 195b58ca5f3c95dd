"""Cells are parsed by the contract: never guessed, every problem with file, row, column, expected."""

import csv
import io
import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.curation.contract import Field, Table
from utils.curation.read import MAX_CELL, Problem, Reading, parse, parse_csv, read_table

ANY = Field(
    name="any",
    kind="string",
    titles={},
    unit="",
    required=False,
    allowed=frozenset(),
    pattern=None,
    minimum=None,
    maximum=None,
    true_value="yes",
    false_value="no",
    tier="public",
    sensitivity="low",
)


def field(name: str, kind: str = "string", *, pattern: str = "", **more: Any) -> Field:
    return replace(ANY, name=name, kind=kind, pattern=re.compile(pattern) if pattern else None, **more)


COUNTS = Table(
    name="counts",
    path="curated/counts.csv",
    titles={},
    fields=(
        field("id", required=True, pattern=r"dsp-\d{4}"),
        field("as_of", "date", required=True),
        field("value", "number", minimum=0),
        field("sites", "integer"),
        field("qualifier", allowed=frozenset({"exact", "about"})),
        field("headline_ok", "boolean"),
        field("note"),
    ),
    key=("id",),
    foreign_keys=(),
    tier="public",
    sensitivity="low",
    derived=False,
)
HEADER = "id,as_of,value,sites,qualifier,headline_ok,note"
GOOD = "dsp-0001,2025-07-30,172094,12,exact,yes,"


def read(*lines: str, header: str = HEADER) -> Reading:
    return parse_csv("\n".join((header, *lines, "")).encode(), COUNTS, "data/curated/counts.csv")


def only(reading: Reading) -> Problem:
    assert len(reading.problems) == 1, reading.problems
    return reading.problems[0]


def test_cells_become_typed_values_and_empty_is_none() -> None:
    reading = read(GOOD)
    assert reading.problems == ()
    assert reading.rows == (
        {
            "id": "dsp-0001",
            "as_of": date(2025, 7, 30),
            "value": 172094.0,
            "sites": 12,
            "qualifier": "exact",
            "headline_ok": True,
            "note": None,
        },
    )
    assert reading.lines == (2,)


@pytest.mark.parametrize("digits", ["១៧២០៩៤", "๑๗๒๐๙๔", "172094", "១7២0៩4"])
def test_khmer_and_thai_digits_are_converted(digits: str) -> None:
    reading = read(f"dsp-0001,2025-07-30,{digits},{digits},,,")
    assert reading.problems == ()
    assert (reading.rows[0]["value"], reading.rows[0]["sites"]) == (172094.0, 172094)


def test_a_khmer_date_is_converted() -> None:
    assert read("dsp-0001,២០២៥-០៧-៣០,,,,,").rows[0]["as_of"] == date(2025, 7, 30)


@pytest.mark.parametrize(
    "written",
    [
        *("12,345", "1.234,5", "12 345", "12\u202f345", "~5", "5-6 k", "5–6 k", "5k", "1e5", "+5", "0x10"),
        *("½", "NaN", "inf", "-", "12.", ".5", "over 500", "٥", "9" * 400, "= 5", "1_000"),
    ],
)
def test_ambiguous_numbers_are_refused_not_guessed(written: str) -> None:
    problem = only(read(f'dsp-0001,2025-07-30,"{written}",,,,'))
    where = (problem.file, problem.row, problem.column, problem.value, problem.code)
    shown = written if len(written) <= 300 else f"{written[:300]}…"
    assert where == ("data/curated/counts.csv", 2, "value", shown, "number")
    assert problem.expected == "a plain decimal number such as 12345 or 12.5"


@pytest.mark.parametrize(("written", "expected"), [("-1", "0 or more"), ("-0.5", "0 or more")])
def test_a_number_out_of_bounds_is_refused(written: str, expected: str) -> None:
    problem = only(read(f"dsp-0001,2025-07-30,{written},,,,"))
    assert (problem.column, problem.expected, problem.code) == ("value", expected, "number")


@pytest.mark.parametrize("written", ["1.5", "12.0", "1" * 16])
def test_a_whole_number_has_no_decimals(written: str) -> None:
    assert only(read(f"dsp-0001,2025-07-30,,{written},,,")).column == "sites"


@pytest.mark.parametrize(
    "written",
    [
        *("07/08/2025", "30.07.2025", "2025-7-30", "20250730", "2025-02-30", "2025-07", "2025-W31-3"),
        *("July 30", "2025-07-30T12:00", "٢٠٢٥-٠٧-٣٠", "0000-01-01"),
    ],
)
def test_only_iso_dates_are_accepted(written: str) -> None:
    problem = only(read(f"dsp-0001,{written},,,,,"))
    assert (problem.row, problem.column, problem.value, problem.code) == (2, "as_of", written, "date")
    assert problem.expected == "an ISO date such as 2025-07-24"


@pytest.mark.parametrize(
    ("line", "column", "code", "expected"),
    [
        ("dsp-0001,2025-07-30,1,,roughly,,", "qualifier", "allowed", "one of about, exact"),
        ("dsp-1,2025-07-30,1,,,,", "id", "pattern", r"text like dsp-\d{4}"),
        ("dsp-0001,2025-07-30,1,,,true,", "headline_ok", "flag", "yes or no"),
        (",2025-07-30,1,,,,", "id", "required", "a value"),
        ("dsp-0001,,1,,,,", "as_of", "required", "a value"),
        (f"dsp-0001,2025-07-30,1,,,,{'x' * (MAX_CELL + 1)}", "note", "size", "at most 20000 characters"),
    ],
)
def test_a_wrong_cell_is_named(line: str, column: str, code: str, expected: str) -> None:
    problem = only(read(GOOD.replace("0001", "0009"), line))
    assert (problem.row, problem.column, problem.code, problem.expected) == (3, column, code, expected)


def test_all_problems_come_at_once_and_the_good_rows_too() -> None:
    reading = read(GOOD, "dsp-2,30/07/2025,~5,1.5,maybe,oui,", GOOD.replace("0001", "0003"))
    found = {(problem.row, problem.column) for problem in reading.problems}
    assert found == {(3, name) for name in ("id", "as_of", "value", "sites", "qualifier", "headline_ok")}
    assert [row["id"] for row in reading.rows] == ["dsp-0001", "dsp-2", "dsp-0003"]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    content = f"{HEADER}\r\n{GOOD}\r\n".encode("utf-8-sig")
    reading = parse_csv(content, COUNTS, "f")
    assert (reading.problems, len(reading.rows)) == ((), 1)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_another_separator_is_accepted_where_the_header_leaves_no_doubt(separator: str) -> None:
    text = f"{HEADER}\n{GOOD}\n".replace(",", separator)
    reading = parse_csv(text.encode(), COUNTS, "f")
    assert (reading.problems, len(reading.rows)) == ((), 1)


@pytest.mark.parametrize(
    ("content", "row", "expected"),
    [
        (f"{HEADER}\n{GOOD}".encode("utf-16"), 1, "UTF-8 text (this is UTF-16: byte 0 is 0xFF)"),
        (f"{HEADER}\n{GOOD}".encode("utf-16-le"), 1, "UTF-8 text (this is UTF-16LE)"),
        (f"{HEADER}\n{GOOD}Siège".encode("cp1252"), 2, "UTF-8 text (byte 90 is 0xE8, as in Windows-1252)"),
        (f"{HEADER}\n{GOOD}\n{GOOD}\0".encode(), 3, "text without NUL bytes (byte 129 is one)"),
    ],
)
def test_other_encodings_and_nul_are_refused_with_the_line(content: bytes, row: int, expected: str) -> None:
    problem = only(parse_csv(content, COUNTS, "f"))
    assert (problem.row, problem.expected, problem.code) == (row, expected, "encoding")


def test_a_ragged_row_is_named_and_the_others_are_read() -> None:
    reading = read(GOOD, "dsp-0002,2025-07-30,1", GOOD.replace("0001", "0003") + ",more")
    assert [(problem.row, problem.value, problem.code) for problem in reading.problems] == [
        (3, "3 cells", "ragged"),
        (4, "8 cells", "ragged"),
    ]
    assert len(reading.rows) == 1


def test_rows_count_lines_of_the_file_also_after_a_cell_over_two_lines() -> None:
    reading = read('dsp-0001,2025-07-30,1,,,,"two\nlines"', "dsp-0002,2025-07-30,~5,,,,")
    assert reading.lines == (2, 4)
    assert [(problem.row, problem.code) for problem in reading.problems] == [
        (2, "hidden-sign"),
        (4, "number"),
    ]


def test_an_open_quote_is_named() -> None:
    problem = only(read(GOOD, 'dsp-0002,2025-07-30,1,,,,"never closed'))
    assert (problem.row, problem.code) == (3, "csv")


def test_missing_and_double_columns_stop_the_table_and_an_extra_one_is_left_out() -> None:
    missing = parse_csv(b"id,as_of\n", COUNTS, "f").problems
    assert {problem.column for problem in missing} == {"value", "sites", "qualifier", "headline_ok", "note"}
    assert {problem.code for problem in parse_csv(f"{HEADER},note\n".encode(), COUNTS, "f").problems} == {
        "header"
    }
    extra = read(GOOD + ",secret", header=HEADER + ",phone")
    assert (only(extra).code, only(extra).column) == ("extra-column", "phone")
    assert "phone" not in extra.rows[0]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_lacks_its_header(content: bytes) -> None:
    assert only(parse_csv(content, COUNTS, "f")).code == "header"


def test_a_missing_file_a_folder_and_a_link_out_of_the_data_folder_are_named(tmp_path: Path) -> None:
    data = tmp_path / "data"
    target = data / "curated" / "counts.csv"
    target.parent.mkdir(parents=True)
    assert only(read_table(data, COUNTS)).file == "data/curated/counts.csv"
    target.mkdir()
    assert only(read_table(data, COUNTS)).code == "file"
    target.rmdir()
    (tmp_path / "outside.csv").write_text(f"{HEADER}\n{GOOD}\n")
    os.symlink(tmp_path / "outside.csv", target)
    assert only(read_table(data, COUNTS)).expected == "a file inside the data folder"


RATES = Table(
    name="rates",
    path="curated/rates.parquet",
    titles={},
    fields=(field("date", "date", required=True), field("base", pattern="[A-Z]{3}"), field("rate", "number")),
    key=("date",),
    foreign_keys=(),
    tier="public",
    sensitivity="low",
    derived=False,
)


def read_rates(tmp_path: Path, **columns: pa.Array) -> Reading:
    path = tmp_path / "curated" / "rates.parquet"
    path.parent.mkdir()
    pq.write_table(pa.table(columns), path)
    return read_table(tmp_path, RATES)


def test_a_parquet_table_is_read_with_its_types(tmp_path: Path) -> None:
    day = date(2025, 7, 1)
    reading = read_rates(tmp_path, date=pa.array([day]), base=pa.array(["EUR"]), rate=pa.array([1.17]))
    assert (reading.problems, reading.rows) == ((), ({"date": day, "base": "EUR", "rate": 1.17},))


def test_values_of_a_parquet_table_are_checked_too(tmp_path: Path) -> None:
    reading = read_rates(
        tmp_path,
        date=pa.array(["2025-07-01", None]),
        base=pa.array(["euro", "EUR"]),
        rate=pa.array([float("nan"), float("inf")]),
    )
    assert [(problem.row, problem.column, problem.code) for problem in reading.problems] == [
        (1, "date", "date"),
        (1, "base", "pattern"),
        (1, "rate", "number"),
        (2, "date", "required"),
        (2, "rate", "number"),
    ]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\0" * 200 + b"PAR1"])
def test_a_damaged_parquet_file_is_a_problem_not_an_exception(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "curated" / "rates.parquet"
    path.parent.mkdir()
    path.write_bytes(content)
    assert only(read_table(tmp_path, RATES)).code == "file"


def test_a_problem_reads_as_a_sentence() -> None:
    problem = Problem("data/curated/displacement.csv", 17, "admin1_pcode", "KH99", "a P-code", "p-code")
    assert str(problem) == (
        'data/curated/displacement.csv row 17, column admin1_pcode: "KH99" — expected a P-code [p-code]'
    )


@given(st.binary(max_size=400))
def test_any_bytes_give_rows_or_problems_never_an_exception(content: bytes) -> None:
    reading = parse_csv(content, COUNTS, "f")
    assert reading.rows or reading.problems
    assert all(isinstance(problem, Problem) for problem in reading.problems)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_below_a_good_header_gives_only_typed_problems(text: str) -> None:
    reading = read(text)
    for row in reading.rows:
        assert tuple(row) == COUNTS.columns
    assert all(problem.file and problem.expected and problem.code for problem in reading.problems)


@given(st.sampled_from(COUNTS.fields), st.text(alphabet=st.characters(codec="utf-8")))
def test_a_cell_is_either_a_value_of_its_type_or_a_fault(column: Field, cell: str) -> None:
    value, fault = parse(cell, column)
    types = {"string": str, "number": float, "integer": int, "date": date, "boolean": bool}
    if fault is None:
        assert value is None if cell == "" else isinstance(value, types[column.kind])
    elif column.kind != "string":
        assert value is None


WRITTEN = st.fixed_dictionaries(
    {
        "id": st.integers(0, 9999).map(lambda number: f"dsp-{number:04}"),
        "as_of": st.dates(),
        "value": st.none() | st.decimals(0, 10**9, places=3).map(float),
        "sites": st.none() | st.integers(-(10**9), 10**9),
        "qualifier": st.sampled_from([None, "exact", "about"]),
        "headline_ok": st.sampled_from([None, True, False]),
        "note": st.none()
        | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf")), min_size=1, max_size=40),
    }
)


def _written(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    return f"{value:f}" if isinstance(value, float) else str(value)


@given(st.lists(WRITTEN, min_size=1, max_size=5))
def test_what_is_written_is_read_back(rows: list[dict[str, object]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(COUNTS.columns)
    writer.writerows([[_written(row[column]) for column in COUNTS.columns] for row in rows])
    reading = parse_csv(out.getvalue().encode(), COUNTS, "f")
    assert reading.problems == ()
    assert list(reading.rows) == rows
