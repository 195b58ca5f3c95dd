"""What goes public: allow-listed columns and rows, small counts hidden, no name and no point."""

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.curation.conftest import ROOT, Spoil, needs_restricted
from utils.curation.contract import Contract, ContractError
from utils.curation.read import Row
from utils.curation.record import Record, read_record
from utils.curation.redact import RULES, SMALL, leaks, public_tables, suppress_small


def cell(value: float | None, admin2: str | None = "Riverside", **more: Any) -> Row:
    plain: Row = {
        "observation_id": "dis-0001",
        "indicator": "displaced_people",
        "as_of": date(2025, 7, 30),
        "source_id": "a",
        "admin1": "Northland",
        "admin2": admin2,
        "area_basis": "sheltering",
        "unit": "people",
        "value": value,
        "low": None,
        "high": None,
        "note": "As printed",
    }
    return plain | more


def shown(rows: list[Row]) -> list[object]:
    return [row["value"] for row in suppress_small(rows)]


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ([3.0, 90.0, 400.0], [None, None, 400.0]),
        ([400.0, 90.0, 3.0], [400.0, None, None]),
        ([3.0, 4.0, 400.0], [None, None, 400.0]),
        ([5.0, 90.0], [5.0, 90.0]),
        ([4.0], [None]),
        ([4.0, None, 9.0, 90.0], [None, None, None, 90.0]),
        ([0.0, 90.0], [0.0, 90.0]),
        ([0.0, 3.0, 90.0], [0.0, None, None]),
        ([0.0, 3.0], [None, None]),
        ([], []),
    ],
)
def test_a_small_count_is_hidden_with_the_next_smallest(
    values: list[float | None], left: list[float | None]
) -> None:
    assert shown([cell(value) for value in values]) == left


def test_a_hidden_cell_keeps_no_bound_and_no_note_and_says_so() -> None:
    (row,) = suppress_small([cell(3.0, low=2.0, high=4.0)])
    assert (row["value"], row["low"], row["high"], row["note"], row["suppressed"]) == (
        *(None, None, None, None),
        True,
    )


def test_a_small_bound_without_a_value_is_hidden() -> None:
    (row,) = suppress_small([cell(None, high=4.0)])
    assert (row["high"], row["suppressed"]) == (None, True)


def test_counts_of_a_province_a_country_and_of_sites_stay() -> None:
    rows = [cell(3.0, admin2=None), cell(2.0, unit="sites"), cell(1.0, admin1=None, admin2=None)]
    assert shown(rows) == [3.0, 2.0, 1.0]


def test_other_days_sources_and_provinces_are_not_touched() -> None:
    rows = [
        cell(3.0),
        cell(50.0),
        cell(60.0, source_id="b"),
        cell(60.0, as_of=date(2025, 7, 31)),
        cell(60.0, admin1="Southland"),
        cell(60.0, indicator="people_in_sites"),
    ]
    assert shown(rows) == [None, None, 60.0, 60.0, 60.0, 60.0]


CELLS = st.lists(
    st.builds(
        cell,
        st.none() | st.integers(0, 12).map(float),
        st.sampled_from([None, "Riverside", "Hillside", "Seaside"]),
        source_id=st.sampled_from(["a", "b"]),
        admin1=st.sampled_from(["Northland", "Southland"]),
        area_basis=st.sampled_from(["sheltering", "origin"]),
        unit=st.sampled_from(["people", "people", "families"]),
    ),
    max_size=14,
)


@given(CELLS)
def test_no_subtraction_within_a_group_tells_a_hidden_cell(rows: list[Row]) -> None:
    after = suppress_small(rows)
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for before, row in zip(rows, after, strict=True):
        assert {**row, "suppressed": False} == {**before, "suppressed": False} or row["suppressed"]
        if row["admin2"] and row["unit"] == "people" and before["value"] is not None:
            assert row["value"] is None or not 0 < float(str(row["value"])) < SMALL
            key = (row["indicator"], row["as_of"], row["source_id"], row["admin1"])
            groups[key].append(row)
            groups[(*key, row["area_basis"])].append(row)
        else:
            assert not row["suppressed"]
    for cells in groups.values():
        assert len(cells) == 1 or sum(bool(row["suppressed"]) for row in cells) != 1


@given(CELLS)
def test_nothing_is_hidden_where_no_count_is_small(rows: list[Row]) -> None:
    large = [row | {"value": 5.0 + float(str(row["value"] or 0))} for row in rows]
    assert [row["value"] for row in suppress_small(large)] == [row["value"] for row in large]


@pytest.fixture(scope="module")
def record() -> Record:
    return read_record(ROOT / "data")


def test_every_public_column_is_one_of_the_contract(contract: Contract) -> None:
    for name, rule in RULES.items():
        columns = {field.name for field in contract.tables[name].fields if field.tier == "public"}
        assert set(rule.columns.split()) <= columns, name
        assert set(rule.free_text.split()) <= set(rule.columns.split()), name


def test_what_has_no_rule_is_not_public(record: Record) -> None:
    assert set(public_tables(record)) == set(RULES)
    assert not {"sites", "site_reports", "site_aliases", "site_roles"} & set(RULES)
    assert not any(name.startswith("restricted_") for name in RULES)


def test_a_rule_for_a_table_that_the_contract_lacks_is_refused(record: Record) -> None:
    tables = {name: table for name, table in record.contract.tables.items() if name != "events"}
    without = Record(record.data, Contract(tables, record.contract.document), record.readings, False)
    with pytest.raises(ContractError, match="the public tier of events"):
        public_tables(without)


def test_displacement_has_no_row_and_no_column_of_a_site(record: Record) -> None:
    columns, rows = public_tables(record)["displacement"]
    assert not {"site_id", "place"} & set(columns)
    assert columns[-1] == "suppressed"
    assert len(rows) == len(record.rows("displacement"))


def test_events_at_home_have_no_point_and_others_a_blurred_one(record: Record) -> None:
    _, rows = public_tables(record)["events"]
    for row in rows:
        if row["country"] in {"KHM", "THA"}:
            assert (row["lat"], row["lon"]) == (None, None)
        elif row["lat"] is not None:
            assert round(float(str(row["lat"])), 1) == row["lat"]
    assert any(row["lat"] is not None for row in rows)


def test_no_village_and_no_commune_is_a_public_place(record: Record) -> None:
    tables = public_tables(record)
    assert not {row["kind"] for row in tables["places"][1]} & {"village", "commune"}
    known = {row["place_id"] for row in tables["places"][1]}
    assert {row["place_id"] for row in tables["place_aliases"][1]} <= known


@needs_restricted
def test_the_real_public_tables_leak_nothing(record: Record) -> None:
    assert leaks(record, public_tables(record)) == ()


@needs_restricted
def test_the_last_gate_finds_a_name_and_a_point_without_repeating_them(record: Record) -> None:
    hidden = next(
        row
        for row in record.rows("restricted_sites")
        if row["public_display"] == "district_only" and row["coord_precision"] == "village"
    )
    row: Row = {"ref": f"x-{hidden['site_id']}", "lat": hidden["lat"], "lon": hidden["lon"]}
    found = leaks(record, {"organisations": (("ref", "lat", "lon"), (row,))})
    assert [(problem.file, problem.row, problem.column, problem.code) for problem in found] == [
        ("public/organisations.parquet", 1, "ref", "restricted"),
        ("public/organisations.parquet", 1, "lat", "restricted"),
    ]
    assert all(str(hidden["name"]) not in str(problem) for problem in found)


@needs_restricted
def test_a_name_left_in_an_open_row_is_replaced_by_its_area(data: Path, spoil: Spoil) -> None:
    record = read_record(data)
    hidden = next(
        row
        for row in record.rows("restricted_sites")
        if row["public_display"] == "district_only" and row["admin2"] == "Mongkol Borei"
    )
    name = str(hidden["name"])
    spoil("events", lambda row: row["event_id"] == "ev001", title=f"Families reach {name}", note=name)
    spoil("displacement", lambda row: row["observation_id"] == "dsp-0001", note=f"Counted at {name}")
    cited = spoil("sources", lambda row: row["link"] == "yes", title=f"Life at {name}")
    tables = public_tables(read_record(data))
    event = next(row for row in tables["events"][1] if row["event_id"] == "ev001")
    assert event["title"] == "Families reach a site in Mongkol Borei district"
    assert event["note"] == "A site in Mongkol Borei district"
    (count,) = [row for row in tables["displacement"][1] if row["observation_id"] == "dsp-0001"]
    assert count["note"] == "Counted at a site in Mongkol Borei district"
    source = tables["sources"][1][cited - 2]
    assert source["title"] == "Report on displaced people in Mongkol Borei district (neutral title)"
    assert (source["url"], source["link"]) == (None, False)
    assert leaks(record, tables) == ()
