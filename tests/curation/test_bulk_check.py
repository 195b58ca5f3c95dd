"""Large tables are checked against the record and against themselves, across parts and pieces."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.curation.test_bulk_read import the_engine
from tests.frozen import frozen_record
from utils.curation.curated_tables import Record, read_record
from utils.curation.disclosure.cell_suppression import cell_of
from utils.curation.large_tables.expressions import find_duplicates
from utils.curation.large_tables.suppression import mark_suppressed
from utils.curation.large_tables.tables import find_problems, open_large_tables
from utils.curation.read import Problem

FILE = "data/curated/field_observations.csv"
COLUMNS = tuple((frozen_record() / "curated/field_observations.csv").read_text("utf-8").strip().split(","))
ROW = {
    "observation_id": "fob-0001",
    "as_of": "2025-12-08",
    "country": "KHM",
    "admin1": "Pursat",
    "admin1_pcode": "KH15",
    "admin2": "",
    "admin2_pcode": "",
    "site_id": "",
    "value": "120",
    "indicator": "displaced_people",
    "unit": "people",
    "qualifier": "exact",
    "crisis_phase": "2025-12",
    "area_basis": "sheltering",
    "counted_by": "ncdm",
    "source_id": "aa-2025-12-15",
}
VEAL_VENG = {"admin2": "Veal Veng", "admin2_pcode": "KH1506"}


def write(path: Path, *rows: Mapping[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(ROW | dict(row) for row in rows)


def silent(step: str, detail: str) -> None:
    """Tell nobody."""


def problems(data: Path) -> list[Problem]:
    return list(find_problems(read_record(data)))


SIGNS = ("\u202e", "\u2066", "\u00ad", "\ufeff", "\x07", "\x9b")


def test_a_sign_that_nobody_sees_is_refused_with_its_row_and_column(data: Path) -> None:
    """As in small tables; what breaks and joins words in Khmer may stand."""
    rows = [
        *(
            {"observation_id": f"fob-{n:04d}", "admin2": f"Veal{sign} Veng"}
            for n, sign in enumerate(SIGNS, 1)
        ),
        {"observation_id": "fob-0090", "admin1": "Pur\u200bsat\u200c\u200d"},
    ]
    write(data / "curated" / "field_observations.csv", *rows)
    found = [one for one in problems(data) if one.code == "hidden-sign"]
    assert [(one.row, one.column) for one in found] == [(n, "admin2") for n in range(2, 2 + len(SIGNS))]
    for one, sign in zip(found, SIGNS, strict=True):
        assert f"U+{ord(sign):04X}" in one.expected
        assert sign not in str(one), "a report acts on no terminal"


def short(found: list[Problem]) -> list[tuple[str, int, str, str, str]]:
    return [(one.file.rsplit("/")[-1], one.row, one.column, one.value, one.code) for one in found]


@cache
def real_record() -> Record:
    """The frozen record, read once: no fixture, since a failing property test would print it."""
    return read_record(frozen_record())


def _elsewhere(folder: Path, rows: list[dict[str, str]], *, listed: frozenset[str]) -> Record:
    """The frozen record with a large table of its own, some of its rows withheld."""
    write(folder / "curated" / "field_observations.csv", *rows)
    record = real_record()
    cells = replace(
        record.readings["withheld_cells"],
        rows=tuple({"observation_id": key, "as_of": None, "admin1": None, "admin2": None} for key in listed),
    )
    readings = {**record.readings, "withheld_cells": cells}
    return Record(folder, record.contract, readings, record.has_restricted)


def test_the_committed_record_has_no_rows_and_no_problem() -> None:
    record = real_record()
    assert find_problems(record) == ()
    assert record.contract.tables["field_observations"].streamed
    assert "field_observations" not in record.readings


def test_a_table_that_is_not_there_is_no_problem(data: Path) -> None:
    (data / "curated" / "field_observations.csv").unlink()
    assert problems(data) == []


@pytest.mark.parametrize(
    ("cells", "column", "value", "code", "expected"),
    [
        ({"source_id": "nobody"}, "source_id", "nobody", "unknown-key", "a source_id of sources.csv"),
        ({"counted_by": "nobody"}, "counted_by", "nobody", "unknown-key", "a counter_id of counters.csv"),
        ({"unit": "families"}, "unit", "families", "unit", "people, the unit of displaced_people"),
        ({"admin1": "Battambang"}, "admin1", "Battambang", "p-code", "Pursat, the place of KH15"),
        ({"admin1_pcode": "KH99"}, "admin1_pcode", "KH99", "p-code", "a P-code of places.csv"),
        (
            {"crisis_phase": "2025-07"},
            "crisis_phase",
            "2025-07",
            "phase",
            "the phase that 2025-12-08 lies in",
        ),
        ({"value": "1,200"}, "value", "1,200", "number", "a plain decimal number such as 12345 or 12.5"),
        ({"value": "-1"}, "value", "-1", "number", "0 or more"),
        ({"as_of": "08/12/2025"}, "as_of", "08/12/2025", "date", "an ISO date such as 2025-07-24"),
        (
            {"qualifier": "roughly"},
            "qualifier",
            "roughly",
            "allowed",
            "one of about, at_least, at_most, exact",
        ),
        ({"observation_id": "dsp-0001"}, "observation_id", "dsp-0001", "pattern", r"text like fob-\d{4,12}"),
        ({"indicator": ""}, "indicator", "", "required", "a value"),
        (
            {"admin1": "A hamlet", "admin1_pcode": ""},
            "admin1",
            "A hamlet",
            "unknown-key",
            "a province of places.csv",
        ),
    ],
)
def test_a_wrong_cell_is_told_with_its_place(
    data: Path, cells: dict[str, str], column: str, value: str, code: str, expected: str
) -> None:
    write(
        data / "curated" / "field_observations.csv",
        {},
        {"observation_id": "fob-0002", "counted_by": "mnd"} | cells,
    )
    found = problems(data)
    assert short(found) == [("field_observations.csv", 3, column, value, code)]
    assert found[0].expected == expected


def test_a_district_lies_in_its_province_and_has_one(data: Path) -> None:
    elsewhere = {"observation_id": "fob-0001", "admin1": "Battambang", "admin1_pcode": "KH02"}
    none = {"observation_id": "fob-0002", "admin1": "", "admin1_pcode": ""}
    write(data / "curated" / "field_observations.csv", VEAL_VENG | elsewhere, VEAL_VENG | none)
    assert [(one.row, one.column, one.expected) for one in problems(data)] == [
        (2, "admin2_pcode", "a district of KH02"),
        (3, "admin1", "the province of the district"),
    ]


def test_a_site_must_be_known(data: Path) -> None:
    write(data / "curated" / "field_observations.csv", {"site_id": "no-such-site"})
    assert short(problems(data)) == [("field_observations.csv", 2, "site_id", "no-such-site", "unknown-key")]


def test_an_id_that_was_withdrawn_may_not_come_back(data: Path) -> None:
    with (data / "curated" / "withdrawn_ids.csv").open("a", encoding="utf-8") as file:
        file.write("fob-0001,displacement,2026-01-01,twice,\n")
    write(data / "curated" / "field_observations.csv", {})
    assert short(problems(data)) == [("field_observations.csv", 2, "observation_id", "fob-0001", "reused-id")]


def test_a_key_or_a_figure_that_stands_twice_is_found_across_parts(data: Path) -> None:
    folder = data / "curated" / "field_observations"
    write(
        data / "curated" / "field_observations.csv", {}, {"observation_id": "fob-0002", "as_of": "2025-12-09"}
    )
    write(
        folder / "b.csv",
        {"observation_id": "fob-0003", "as_of": "2025-12-10"},
        {"observation_id": "fob-0004"},
    )
    write(folder / "a.csv", {"observation_id": "fob-0002", "as_of": "2025-12-11"})
    found = problems(data)
    assert [(one.file.rsplit("/")[-1], one.row, one.column.split("+")[0], one.code) for one in found] == [
        ("a.csv", 2, "observation_id", "duplicate"),
        ("b.csv", 3, "as_of", "duplicate"),
    ]
    assert found[0].value == "fob-0002"
    assert found[0].expected == f"a key of its own (row 3 of {FILE} has it already)"
    assert found[1].value.startswith("2025-12-08, KHM, Pursat, ")
    assert found[1].expected.endswith(f"(row 2 of {FILE} has it already)")


@given(
    ids=st.lists(
        st.tuples(st.sampled_from("abcdef"), st.one_of(st.none(), st.sampled_from("xyz"))), max_size=30
    )
)
@settings(deadline=None, max_examples=30)
def test_every_row_that_repeats_another_is_found_with_the_first(ids: list[tuple[str, str | None]]) -> None:
    columns = {"a": [one for one, _ in ids], "b": [two for _, two in ids]}
    places = {"_part": [0] * len(ids), "_line": list(range(1, len(ids) + 1))}
    types = {"a": pa.string(), "b": pa.string(), "_part": pa.int32(), "_line": pa.int32()}
    rows = the_engine()[1].store("rows", pa.table(columns | places, pa.schema(types)))
    found = the_engine()[1].fetch(find_duplicates(rows, ["a", "b"]).select("_line", "first_line"))
    first: dict[tuple[str, str | None], int] = {}
    expected = []
    for line, key in enumerate(ids, 1):
        if key in first:
            expected.append((line, first[key]))
        first.setdefault(key, line)
    assert sorted(found) == expected


_COUNTS = st.fixed_dictionaries(
    {
        "value": st.sampled_from([0, 1, 2, 4, 5, 9, 40, 40]),
        "admin2": st.sampled_from([0, 1, 2, 3, None]),
        "as_of": st.sampled_from(["2025-12-08", "2025-12-09"]),
        "area_basis": st.sampled_from(["sheltering", "origin"]),
        "counted_by": st.sampled_from(["ncdm", "mnd", "moi"]),
        "indicator": st.sampled_from(["displaced_people", "displaced_families", "returned_people"]),
        "source_id": st.sampled_from(["aa-2025-12-15", "other"]),
    }
)
_DISTRICTS = [("Bakan", "KH1501"), ("Kandieng", "KH1502"), ("Krakor", "KH1503"), ("Phnom Kravanh", "KH1504")]


KINDS = {
    "displaced_people": "stock",
    "displaced_families": "stock",
    "returned_people": "cumulative",
}


def plainly_hidden(rows: list[dict[str, Any]], withheld: frozenset[str]) -> set[tuple[Any, ...]]:
    """The rule row by row: cells of small counts, flows on every day, and no cell hidden alone in a sum."""
    counts = [row for row in rows if row["admin2"]]

    def spread(cells: set[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
        running = {
            cell_of(row)[1:]
            for row in counts
            if cell_of(row) in cells and KINDS[row["indicator"]] == "cumulative"
        }
        return cells | {cell_of(row) for row in counts if cell_of(row)[1:] in running}

    small = {cell_of(row) for row in counts if 0 < row["value"] < 5}
    hidden = spread(small | {cell_of(row) for row in counts if row["observation_id"] in withheld})
    sums: dict[tuple[Any, ...], dict[tuple[Any, ...], float]] = defaultdict(dict)
    for row in counts:
        for kind, part in enumerate(("", row["source_id"], row["area_basis"])):
            cells = sums[row["as_of"], row["admin1"], kind, row["indicator"], part]
            cells[cell_of(row)] = min(cells.get(cell_of(row), row["value"]), row["value"])
    while lonely := [
        cells for _, cells in sorted(sums.items()) if len(cells) > 1 and len(cells.keys() & hidden) == 1
    ]:
        shown = lonely[0].keys() - hidden
        hidden = spread(
            hidden | {min(shown, key=lambda cell: (lonely[0][cell] == 0, lonely[0][cell], cell[2]))}
        )
    return hidden


@settings(deadline=None, max_examples=25)
@given(drawn=st.lists(_COUNTS, max_size=24), listed=st.sets(st.integers(0, 23), max_size=2))
def test_the_small_cells_of_a_large_table_are_hidden_by_the_one_rule(
    drawn: list[dict[str, Any]], listed: set[int]
) -> None:
    rows = []
    for number, one in enumerate(drawn):
        name, code = _DISTRICTS[one["admin2"]] if one["admin2"] is not None else ("", "")
        unit = "families" if one["indicator"] == "displaced_families" else "people"
        more = {"observation_id": f"fob-{number:04}", "admin2": name, "admin2_pcode": code, "unit": unit}
        rows.append(ROW | one | more | {"value": str(one["value"])})
    withheld = frozenset(f"fob-{number:04}" for number in listed)
    plain = [row | {"value": float(row["value"])} for row in rows]
    cells = plainly_hidden(plain, withheld)
    areas = {cell[:2] for cell in cells}
    expected = {
        row["observation_id"]
        for row in plain
        if row["observation_id"] in withheld
        or (cell_of(row) in cells if row["admin2"] else 0 < row["value"] < 5 and cell_of(row)[:2] in areas)
    }
    with TemporaryDirectory() as name:
        record = _elsewhere(Path(name), rows, listed=withheld)
        with open_large_tables(record, Path(name), silent) as large:
            hidden = set()
            for table in large:
                marked = mark_suppressed(record, table, ())
                hidden |= {
                    key
                    for (key,) in table.open_engine().fetch(
                        marked.filter(marked["suppressed"]).select("observation_id")
                    )
                }
    assert hidden == expected
