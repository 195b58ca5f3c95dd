"""What the tests read in place of the restricted tables is made up, and no file of the tree names a hidden site."""

from utils.curation.disclosure.hidden_names import build_name_gate
import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.frozen import FROZEN, LIVE, ROOT, frozen_record, needs_restricted
from utils.curation.disclosure.name_filter import letters
from utils.curation.publish.public_tree import copy_public_tree
from utils.curation.curated_tables import Record, read_record

TABLES = sorted(path.stem for path in (FROZEN / "restricted").glob("*.csv"))
NAMES = ("site_id", "name", "name_km", "name_fr", "village", "alias", "place", "place_or_site", "title", "url")


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def open_names() -> set[str]:
    """Return the names that readers see: of sites that are named openly, of places, in open rows."""
    sites = table(LIVE / "curated" / "restricted", "sites")
    openly = {row["site_id"] for row in sites if row["public_display"] == "name_and_district"}
    aliases = table(LIVE / "curated" / "restricted", "site_aliases")
    found = {row["alias"] for row in aliases if row["site_id"] in openly}
    for path in (LIVE / "curated").glob("*.csv"):
        for row in table(path.parent, path.stem):
            found |= {value for column, value in row.items() if column in NAMES}
    return {letters(name) for name in found}


def names(folder: Path, name: str) -> set[str]:
    rows = table(folder, name)
    found = {row[column] for row in rows for column in NAMES if row.get(column)}
    if name == "places":
        found |= {row["place_id"] for row in rows}
    return {letters(text) for text in found}


def points(folder: Path) -> Iterator[tuple[str, str]]:
    for name in ("sites", "places"):
        for row in table(folder, name):
            if row["lat"] and row["coord_precision"] in {"village", "commune"}:
                yield row["lat"], row["lon"]


@needs_restricted
@pytest.mark.parametrize("name", TABLES)
def test_no_name_of_the_real_tables_is_among_the_made_up_ones(name: str) -> None:
    real, made_up = names(LIVE / "curated" / "restricted", name), names(FROZEN / "restricted", name)
    found = len((real & made_up) - open_names())
    assert found == 0


@needs_restricted
def test_no_real_point_is_among_the_made_up_ones() -> None:
    real, made_up = (set(points(folder)) for folder in (LIVE / "curated" / "restricted", FROZEN / "restricted"))
    found = len(real & made_up)
    assert len(made_up) >= 14
    assert found == 0


@needs_restricted
def test_no_source_of_a_hidden_site_is_a_source_of_a_made_up_one() -> None:
    for name in ("sites", "site_reports"):
        live = table(LIVE / "curated" / "restricted", name)
        known = {row["site_id"] for row in table(FROZEN, "named_sites")}
        made_up = {row["source_id"] for row in table(FROZEN / "restricted", name) if row["site_id"] not in known}
        found = len(made_up & {row["source_id"] for row in live})
        assert found == 0


@needs_restricted
def test_no_made_up_text_tells_of_a_hidden_site() -> None:
    gate = build_name_gate(read_record(LIVE))
    for path in (FROZEN / "restricted").glob("*.csv"):
        found = len(gate.hits(path.read_text(encoding="utf-8")))
        assert found == 0, path.name


@needs_restricted
def test_no_file_of_this_tree_names_a_hidden_site(tmp_path: Path) -> None:
    assert copy_public_tree(ROOT, tmp_path / "tree") > 50


def test_the_made_up_record_has_the_shape_of_a_real_one() -> None:
    record: Record = read_record(frozen_record())
    assert record.has_restricted
    rows = {name: len(record.rows(f"restricted_{name}")) for name in TABLES}
    assert (rows["sites"], rows["site_reports"], rows["places"]) == (41, 93, 21)
    assert (rows["displacement"], rows["site_aliases"], rows["site_roles"]) == (31, 36, 64)
