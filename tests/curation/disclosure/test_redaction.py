"""What goes public: allow-listed columns and rows, small counts hidden, no name and no point."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.curation.conftest import Spoil
from tests.frozen import frozen_record
from utils.curation.contract import Contract, ContractError, PublicRule
from utils.curation.curated_tables import Record, read_record
from utils.curation.disclosure.redaction import leaks, public_tables
from utils.curation.read import Row


@pytest.fixture(scope="module")
def record() -> Record:
    return read_record(frozen_record())


def test_every_public_column_is_one_of_the_contract(contract: Contract) -> None:
    for table in contract.tables.values():
        if table.public:
            columns = {field.name for field in table.fields if field.tier == "public"}
            assert set(table.public.columns) <= columns, table.name
            assert set(table.public.free_text) <= set(table.public.columns), table.name


def test_what_has_no_rule_is_not_public(record: Record) -> None:
    public = {name for name, table in record.contract.tables.items() if table.public}
    assert set(public_tables(record)) == public - {"field_observations"}
    assert not {"sites", "site_reports", "site_aliases", "site_roles"} & public
    assert not any(name.startswith("restricted_") for name in public)


def test_a_rule_that_names_an_unknown_function_is_refused(record: Record) -> None:
    events = record.contract.tables["events"]
    for rule in (PublicRule(("event_id",), blur="smudge"), PublicRule(("event_id",), row_rule="smudge")):
        tables = {**record.contract.tables, "events": replace(events, public=rule)}
        with pytest.raises(ContractError, match="'smudge' is no rule that is known"):
            public_tables(replace(record, contract=Contract(tables, record.contract.document)))


def test_a_table_whose_rule_is_taken_away_does_not_go_out(record: Record) -> None:
    events = replace(record.contract.tables["events"], public=None)
    tables = {**record.contract.tables, "events": events}
    found = public_tables(replace(record, contract=Contract(tables, record.contract.document)))
    assert "events" not in found
    assert "event_figures" in found


@pytest.mark.parametrize("kept_in", [{"tier": "ngo"}, {"sensitivity": "high"}, {"sensitivity": "severe"}])
def test_a_rule_does_not_let_out_what_the_contract_keeps_in(record: Record, kept_in: dict[str, Any]) -> None:
    tables = dict(record.contract.tables)
    appeals, events = tables["appeals"], tables["events"]
    tables["appeals"] = replace(appeals, **kept_in)
    tables["events"] = replace(
        events,
        fields=tuple(replace(one, **kept_in) if one.name == "note" else one for one in events.fields),
    )
    found = public_tables(replace(record, contract=Contract(tables, record.contract.document)))
    assert "appeals" not in found
    assert "note" not in found["events"][0]
    assert all("note" not in row for row in found["events"][1])


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


def test_a_delivery_at_a_place_does_not_say_how_few_it_reached(data: Path, spoil: Spoil) -> None:
    few = {"beneficiaries_people": "3", "beneficiaries_families": "12", "note": "Three people"}
    spoil("aid_deliveries", lambda row: row["place_or_site"] != "", **few)
    rows = public_tables(read_record(data))["aid_deliveries"][1]
    found = next(row for row in rows if row["place_or_site"])
    told = (found["beneficiaries_people"], found["beneficiaries_families"], found["note"])
    assert told == (None, 12.0, None)


def test_no_village_and_no_commune_is_a_public_place(record: Record) -> None:
    tables = public_tables(record)
    assert not {row["kind"] for row in tables["places"][1]} & {"village", "commune"}
    known = {row["place_id"] for row in tables["places"][1]}
    assert {row["place_id"] for row in tables["place_aliases"][1]} <= known


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
