"""Large tables are checked against the record and against themselves, across parts and pieces."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.frozen import frozen_record
from utils.curation.bulk import keys
from utils.curation.bulk.found import Found
from utils.curation.bulk.keys import Key, KeyRows, Seen, tell_duplicates
from utils.curation.bulk.small import hidden_rows
from utils.curation.bulk.stage import problems_of, staged
from utils.curation.curated_tables import Record, read_record
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
    return list(problems_of(read_record(data)))


def short(found: list[Problem]) -> list[tuple[str, int, str, str, str]]:
    return [(one.file.rsplit("/")[-1], one.row, one.column, one.value, one.code) for one in found]


@cache
def real_record() -> Record:
    """The frozen record, read once: no fixture, since a failing property test would print it."""
    return read_record(frozen_record())


def _elsewhere(folder: Path, rows: list[dict[str, str]]) -> Record:
    """The frozen record with a large table of its own."""
    write(folder / "curated" / "field_observations.csv", *rows)
    record = real_record()
    return Record(folder, record.contract, record.readings, record.has_restricted)


def test_the_committed_record_has_no_rows_and_no_problem() -> None:
    record = real_record()
    assert problems_of(record) == ()
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
    ),
    bits=st.sampled_from([0, 1, 64]),
    cut=st.integers(1, 7),
)
@settings(deadline=None)
def test_duplicates_are_exact_whatever_the_numbers_say(
    ids: list[tuple[str, str | None]], bits: int, cut: int
) -> None:
    """Numbers that collide (``bits`` of 64 kept) make more work and no other result."""
    whole = keys.numbers_of
    key, found = Key(("a", "b"), "once ({row})"), Found(most=10**6)
    groups = [
        {
            "a": pa.array([one for one, _ in ids[at : at + cut]], pa.string()),
            "b": pa.array([two for _, two in ids[at : at + cut]], pa.string()).dictionary_encode(),
        }
        for at in range(0, len(ids), cut)
    ]

    def weak(columns: Any) -> Any:
        return whole(columns) & np.uint64((1 << bits) - 1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "numbers_of", weak)
        seen = Seen(key)
        for group in groups:
            seen.add(group)
        rows = [
            KeyRows(
                group,
                ["f"],
                np.zeros(len(group["a"]), np.int32),
                np.arange(len(group["a"]), dtype=np.int32) + at,
            )
            for at, group in zip(range(1, len(ids) + 1, cut), groups, strict=False)
        ]
        tell_duplicates(key, seen.twice(), lambda: rows, found)
    first: dict[tuple[str, str | None], int] = {}
    expected = []
    for line, one in enumerate(ids, 1):
        if one in first:
            expected.append((line, f"once (row {first[one]})"))
        first.setdefault(one, line)
    assert [(one.row, one.expected) for one in found.problems()] == expected


_COUNTS = st.fixed_dictionaries(
    {
        "value": st.sampled_from([0, 1, 2, 4, 5, 9, 40, 40]),
        "admin2": st.sampled_from([0, 1, 2, 3, None]),
        "as_of": st.sampled_from(["2025-12-08", "2025-12-09"]),
        "area_basis": st.sampled_from(["sheltering", "origin"]),
        "counted_by": st.sampled_from(["ncdm", "mnd", "moi"]),
        "indicator": st.sampled_from(["displaced_people", "displaced_families"]),
    }
)
_DISTRICTS = [("Bakan", "KH1501"), ("Kandieng", "KH1502"), ("Krakor", "KH1503"), ("Phnom Kravanh", "KH1504")]


def plainly_hidden(rows: list[dict[str, Any]], withheld: frozenset[str]) -> list[bool]:
    """The rule over rows: no count hidden alone beside others of its source, day, indicator, province."""
    counts = [number for number, row in enumerate(rows) if row["admin2"] and row["unit"] == "people"]
    small = {number for number in counts if 0 < rows[number]["value"] < 5}
    hidden = small | {number for number in counts if rows[number]["observation_id"] in withheld}
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in counts:
        area = tuple(str(rows[number][name]) for name in ("indicator", "as_of", "source_id", "admin1"))
        groups[area].append(number)
        groups[(*area, rows[number]["area_basis"])].append(number)
    while lonely := [one for one in groups.values() if len(one) > 1 and len(hidden & set(one)) == 1]:
        shown = [number for number in lonely[0] if number not in hidden]
        hidden.add(min(shown, key=lambda number: (rows[number]["value"] == 0, rows[number]["value"])))
    return [number in hidden for number in range(len(rows))]


@settings(deadline=None, max_examples=80)
@given(drawn=st.lists(_COUNTS, max_size=24), listed=st.sets(st.integers(0, 23), max_size=2))
def test_the_small_cells_of_a_large_table_are_hidden_as_by_a_plain_rule(
    drawn: list[dict[str, Any]], listed: set[int]
) -> None:
    rows = []
    for number, one in enumerate(drawn):
        name, code = _DISTRICTS[one["admin2"]] if one["admin2"] is not None else ("", "")
        unit = "people" if one["indicator"] == "displaced_people" else "families"
        more = {"observation_id": f"fob-{number:04}", "admin2": name, "admin2_pcode": code, "unit": unit}
        rows.append(ROW | one | more | {"value": str(one["value"])})
    withheld = frozenset(f"fob-{number:04}" for number in listed)
    with TemporaryDirectory() as name, staged(_elsewhere(Path(name), rows), Path(name), silent) as large:
        hidden = hidden_rows(large[0], withheld).tolist() if large else []
    plain = [row | {"value": float(row["value"])} for row in rows]
    assert hidden == plainly_hidden(plain, withheld)
