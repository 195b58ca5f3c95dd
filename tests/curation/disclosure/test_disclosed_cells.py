"""What kept releases told of small counts, on the frozen record: derive, check, publish, download."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.curation.conftest import Spoil
from tests.publishing import publish
from utils.curation.check import check
from utils.curation.curated_tables import read_record
from utils.curation.derive import write_withheld
from utils.curation.publish.errors import ReleaseRefused
from utils.exports.dataset import of_table
from utils.exports.formats import csv_text
from utils.releases import current

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_once")]
SMALL, FAMILIES, PEOPLE = "dsp-0183", "dsp-0120", "dsp-0121"


def downloaded(data: Path) -> dict[str, dict[str, str]]:
    text = csv_text(of_table(current("public", data), "displacement"))
    return {row["observation_id"]: row for row in csv.DictReader(io.StringIO(text))}


def codes(data: Path) -> list[str]:
    return [problem.code for problem in check(read_record(data)) if problem.code == "withheld-cell"]


def set_value(spoil: Spoil, row: str, value: str) -> None:
    spoil("displacement", lambda one: one["observation_id"] == row, value=value, low="", high="")


def test_a_small_count_is_listed_hidden_and_empty_in_the_download(data: Path, spoil: Spoil) -> None:
    set_value(spoil, SMALL, "3")
    assert codes(data) == ["withheld-cell"]
    written = write_withheld(read_record(data)).read_text(encoding="utf-8").splitlines()
    assert written == ["observation_id,as_of,admin1,admin2", f"{SMALL},2025-09-26,Surin,Prasat"]
    assert codes(data) == []
    publish(data)
    row = downloaded(data)[SMALL]
    assert (row["value"], row["low"], row["high"], row["note"], row["suppressed"]) == ("", "", "", "", "yes")
    assert downloaded(data)[PEOPLE]["suppressed"] == "no"


def test_what_is_listed_stays_hidden_when_its_count_is_not_small_any_more(data: Path, spoil: Spoil) -> None:
    set_value(spoil, SMALL, "3")
    write_withheld(read_record(data))
    publish(data)
    set_value(spoil, SMALL, "60")
    assert codes(data) == []
    publish(data)
    assert (downloaded(data)[SMALL]["value"], downloaded(data)[SMALL]["suppressed"]) == ("", "yes")
    (data / "curated" / "withheld_cells.csv").write_text("observation_id,as_of,admin1,admin2\n")
    with pytest.raises(ReleaseRefused) as refused:
        publish(data)
    assert [(one.value, one.code) for one in refused.value.problems] == [(SMALL, "withheld-cell")]


def test_the_same_cell_under_another_id_is_not_shown_again(data: Path, spoil: Spoil) -> None:
    set_value(spoil, SMALL, "3")
    write_withheld(read_record(data))
    publish(data)
    path = data / "curated" / "withheld_cells.csv"
    spoil("displacement", lambda one: one["observation_id"] == SMALL, observation_id="dsp-9001", value="70")
    assert codes(data) == ["withheld-cell"]
    path.write_text("observation_id,as_of,admin1,admin2\n", encoding="utf-8")
    with pytest.raises(ReleaseRefused) as refused:
        publish(data)
    assert ("dsp-9001", "withheld-cell") in [(one.value, one.code) for one in refused.value.problems]


def test_a_small_count_of_a_place_and_day_that_was_told_is_refused(data: Path, spoil: Spoil) -> None:
    publish(data)
    set_value(spoil, FAMILIES, "1")
    set_value(spoil, PEOPLE, "4")
    write_withheld(read_record(data))
    assert codes(data) == []
    with pytest.raises(ReleaseRefused) as refused:
        publish(data)
    assert {one.code for one in refused.value.problems} == {"withheld-cell"}
    assert FAMILIES in {one.value for one in refused.value.problems}
    assert all("Leave the row out" in one.expected for one in refused.value.problems)


def test_two_counts_of_one_cell_are_listed_side_by_side(data: Path, spoil: Spoil) -> None:
    set_value(spoil, FAMILIES, "1")
    set_value(spoil, PEOPLE, "4")
    written = write_withheld(read_record(data)).read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in written[1:]] == [FAMILIES, PEOPLE]
    assert not [problem for problem in check(read_record(data)) if "withheld_cells" in problem.file]
    publish(data)
    assert [downloaded(data)[row]["value"] for row in (FAMILIES, PEOPLE)] == ["", ""]
