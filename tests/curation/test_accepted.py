"""Doubts that a named person accepted: silent, counted, and told again when something changes."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.curation.altered import TODAY, added, changed, told
from tests.curation.conftest import Spoil
from tests.publishing import main, publish
from utils.curation.check import examine
from utils.curation.curated_tables import Record, read_record
from utils.curation.disclosure.redaction import public_tables
from utils.curation.problems import Row

TABLE = "accepted_warnings"


def of_the_jump(row: Row) -> bool:
    return row["code"] == "jump"


def test_an_accepted_doubt_is_silent_and_counted(real: Record) -> None:
    examined = examine(real, today=TODAY)
    assert "dsp-0230" in {problem.key for problem in examined.accepted if problem.code == "jump"}
    assert len(examined.accepted) == len(real.rows(TABLE))


@pytest.mark.parametrize(
    "cells", [{"code": "ratio"}, {"row_key": "dsp-0231"}, {"column": "low"}, {"value": "201050"}]
)
def test_an_acceptance_of_something_else_is_told_and_the_doubt_comes_back(
    real: Record, cells: dict[str, Any]
) -> None:
    record = changed(real, TABLE, of_the_jump, **cells)
    (unmatched,) = told(record, "acceptance")
    assert "a doubt that still stands" in unmatched.expected
    assert (unmatched.severity, unmatched.column) == ("warning", "row_key")
    assert [problem.key for problem in told(record, "jump")] == ["dsp-0230"]


def test_a_figure_that_changes_is_doubted_again(real: Record) -> None:
    record = changed(real, "displacement", lambda row: row["observation_id"] == "dsp-0230", value=201050.0)
    assert "201050" in [problem.value for problem in told(record, "jump")]
    assert [problem.value for problem in told(record, "acceptance")] == ["dsp-0230"]


def test_an_acceptance_holds_until_the_end_of_its_last_day(real: Record) -> None:
    record = changed(real, TABLE, of_the_jump, expires_on=TODAY)
    assert examine(record, today=TODAY).problems == ()
    expired = examine(record, today=date(2026, 11, 26)).problems
    assert [(problem.code, problem.value) for problem in expired] == [
        ("acceptance", "2026-11-25"),
        ("jump", "20105"),
    ]


def test_an_error_cannot_be_accepted(real: Record) -> None:
    record = changed(real, "displacement", lambda row: row["observation_id"] == "dsp-0230", unit="people")
    record = added(
        record,
        TABLE,
        "acc-0001",
        acceptance_id="acc-9001",
        code="unit",
        table_name="displacement",
        row_key="dsp-0230",
        column="unit",
        value="people",
    )
    assert len(told(record, "unit")) == 1
    assert told(record, "acceptance")[0].expected.startswith("one that can be accepted: before-crisis, ")


def test_an_extra_column_can_be_accepted_and_silenced(data: Path) -> None:
    path = data / "curated" / "stages.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([lines[0] + ",remark", *(line + ",x" for line in lines[1:])]) + "\n", "utf-8")
    assert [problem.code for problem in examine(read_record(data), today=TODAY).problems] == ["extra-column"]
    with (data / "curated" / f"{TABLE}.csv").open("a", encoding="utf-8") as file:
        file.write(
            "acc-9001,extra-column,stages,,remark,remark,Kept for us,An editor,2026-11-25,2027-01-01\n"
        )
    examined = examine(read_record(data), today=TODAY)
    assert examined.problems == ()
    assert "extra-column" in {problem.code for problem in examined.accepted}


def test_an_acceptance_of_a_restricted_row_may_not_stand_in_the_open_table(real: Record) -> None:
    record = changed(real, TABLE, of_the_jump, table_name="restricted_displacement")
    (found,) = told(record, "restricted")
    assert (found.column, found.severity) == ("table_name", "error")


def test_readers_see_who_accepted_what_and_why_but_no_value_and_no_restricted_row(real: Record) -> None:
    record = changed(real, TABLE, of_the_jump, table_name="restricted_displacement")
    columns, rows = public_tables(record)[TABLE]
    assert "value" not in columns
    assert len(rows) == len(real.rows(TABLE)) - 1
    assert {row["table_name"] for row in rows} == {"displacement", "donations", "impact"}
    assert all(row["reason"] and row["accepted_by"] and row["expires_on"] for row in rows)


def test_the_restricted_acceptances_are_in_no_public_file(data: Path) -> None:
    release = data / "releases" / publish(data)
    restricted = read_record(data).rows(f"restricted_{TABLE}")
    assert restricted
    public = pq.read_table(release / "public" / f"{TABLE}.parquet").to_pylist()
    hidden = {row["acceptance_id"] for row in restricted} | {row["row_key"] for row in restricted}
    assert not hidden & {value for row in public for value in row.values()}
    ngo = pq.read_table(release / "ngo" / f"{TABLE}.parquet").to_pylist()
    assert {row["acceptance_id"] for row in restricted} <= {row["acceptance_id"] for row in ngo}


def test_machines_are_told_severity_and_what_is_accepted(
    data: Path, spoil: Spoil, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil("displacement", lambda row: row["observation_id"] == "dsp-0203", value="178910")
    spoil("impact", lambda row: row["observation_id"] == "imp-0001", unit="sites")
    assert main(["check", "--data", str(data), "--json"]) == 1
    told_ = json.loads(capsys.readouterr().out)
    assert (told_["errors"], told_["doubts"]) == (1, 1)
    kinds = {(problem["code"], problem["severity"]) for problem in told_["problems"]}
    assert kinds == {("ratio", "doubt"), ("unit", "error"), ("acceptance", "warning")}
    assert all(problem["severity"] == "doubt" for problem in told_["accepted"])
