"""A downloaded table is what is on screen, with its dictionary, and runs nothing in a spreadsheet."""

import csv
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.exports.tables import csv_text, neutral, package
from utils.store import Release, TableUnavailable


def test_csv_holds_every_row_of_the_table(public_release: Release) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_text(public_release, "displacement"))))
    assert len(rows) == 600
    latest = next(row for row in rows if row["value"] == "45559")
    assert (latest["as_of"], latest["counted_by"], latest["headline_ok"]) == ("2026-03-10", "moi", "yes")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_package_brings_dictionary_and_sources(public_release: Release, form: str) -> None:
    archive = zipfile.ZipFile(io.BytesIO(package(public_release, "donations", form)))
    assert archive.namelist() == sorted([f"donations.{form}", "donations.dictionary.json", "sources.csv"])
    dictionary = json.loads(archive.read("donations.dictionary.json"))
    assert dictionary["release"] == public_release.release_id
    assert {field["name"] for field in dictionary["resource"]["schema"]["fields"]} >= {"amount", "currency"}


def test_the_same_release_gives_the_same_bytes(public_release: Release) -> None:
    package.__wrapped__(public_release, "phases", "csv")  # type: ignore[attr-defined]
    assert package(public_release, "phases", "csv") == package.__wrapped__(  # type: ignore[attr-defined]
        public_release, "phases", "csv"
    )


def test_unknown_forms_and_tables_are_refused(public_release: Release) -> None:
    with pytest.raises(ValueError, match="xls"):
        package(public_release, "phases", "xls")
    with pytest.raises(TableUnavailable):
        package(public_release, "sites", "parquet")


@given(st.text())
def test_no_cell_starts_a_formula(cell: str) -> None:
    assert not neutral(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
