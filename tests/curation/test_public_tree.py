"""A copy without the restricted folder publishes the same public tables, or is not made."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.curation.conftest import Spoil
from tests.frozen import LIVE
from tests.publishing import main, publish
from utils.curation.curated_tables import read_record
from utils.curation.publish.public_tree import NamesLeft, TreeExists, copy_public_tree

pytestmark = pytest.mark.slow


@pytest.fixture
def product(data: Path) -> Path:
    """A small product around the frozen record: some files, an environment, a release."""
    root = data.parent
    shutil.copytree(LIVE / "schema", data / "schema")
    (root / "README.md").write_text("# Samaki\n", encoding="utf-8")
    (root / "static").mkdir()
    (root / "static" / "point.png").write_bytes(b"\x89PNG\xff\xfe")
    (root / ".venv").mkdir()
    (root / ".venv" / "python").write_text("")
    (root / "data" / "releases" / "old").mkdir(parents=True)
    (root / "data" / "releases" / "old" / "a.parquet").write_text("")
    (root / "data" / "CURRENT").write_text("old")
    for folder in ("changes", "hidden"):
        (root / "data" / folder).mkdir()
        (root / "data" / folder / "notes.txt").write_text("kept by the publisher")
    return root


def test_the_copy_has_everything_but_the_restricted_tables(product: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "tree"
    count = copy_public_tree(product, target)
    copied = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert len(copied) == count
    assert copied >= {"README.md", "static/point.png", "data/datapackage.json", "data/curated/events.csv"}
    built = (".venv", "data/releases", "data/CURRENT", "data/changes", "data/hidden")
    assert not [name for name in copied if name.startswith(built)]
    assert not [name for name in copied if "restricted" in name]
    contract = json.loads((target / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert not [item for item in contract["resources"] if item["name"].startswith("restricted")]
    assert main(["schema", "--check", "--data", str(target / "data")]) == 0
    assert not any(item.name.startswith(".tmp-") for item in target.parent.iterdir())


def test_the_copy_publishes_the_same_public_tables(product: Path, tmp_path: Path) -> None:
    copy_public_tree(product, tmp_path / "tree")
    full = product / "data" / "releases" / publish(product / "data") / "public"
    data = tmp_path / "tree" / "data"
    open_only = data / "releases" / publish(data) / "public"
    assert not (open_only.parent / "ngo").exists()
    names = sorted(path.name for path in full.glob("*.parquet"))
    assert names == sorted(path.name for path in open_only.glob("*.parquet"))
    for name in [*names, "datapackage.json"]:
        assert (open_only / name).read_bytes() == (full / name).read_bytes(), name


def test_the_made_up_record_of_the_tests_keeps_the_whole_contract(product: Path, tmp_path: Path) -> None:
    (product / "tests" / "record").mkdir(parents=True)
    (product / "tests" / "record" / "sites.csv").write_text("site_id\n", encoding="utf-8")
    copy_public_tree(product, tmp_path / "tree")
    whole = (tmp_path / "tree" / "tests" / "record" / "datapackage.json").read_bytes()
    assert whole == (product / "data" / "datapackage.json").read_bytes()


def test_a_checkout_gives_its_tracked_files_only(tmp_path: Path, data: Path) -> None:
    root = data.parent
    (root / "tracked.txt").write_text("a")
    (root / "loose.txt").write_text("b")
    for command in (["init", "-q"], ["add", "data", "tracked.txt"]):
        subprocess.run(["git", "-C", str(root), *command], check=True, capture_output=True)
    copy_public_tree(root, tmp_path / "tree")
    assert (tmp_path / "tree" / "tracked.txt").is_file()
    assert not (tmp_path / "tree" / "loose.txt").exists()


@pytest.mark.parametrize("place", ["notes.md", "{}.md"])
def test_a_file_that_names_a_hidden_site_stops_the_copy(product: Path, tmp_path: Path, place: str) -> None:
    name = next(
        str(site["name"])
        for site in read_record(product / "data").rows("restricted_sites")
        if site["public_display"] == "district_only" and site["coord_precision"] == "village"
    )
    (product / place.format(name)).write_text(f"first line\nseen at {name}\n", encoding="utf-8")
    with pytest.raises(NamesLeft) as refused:
        copy_public_tree(product, tmp_path / "tree")
    assert (place.format(name), 2) in refused.value.places
    assert not (tmp_path / "tree").exists()


def test_a_row_left_in_an_open_table_stops_the_copy(product: Path, tmp_path: Path, spoil: Spoil) -> None:
    name = next(
        str(site["name"])
        for site in read_record(product / "data").rows("restricted_sites")
        if site["public_display"] == "district_only" and site["coord_precision"] == "village"
    )
    line = spoil("events", lambda row: True, note=f"near {name}")
    with pytest.raises(NamesLeft) as refused:
        copy_public_tree(product, tmp_path / "tree")
    assert refused.value.places == (("data/curated/events.csv", line),)


def test_a_folder_that_is_there_is_never_written_into(product: Path, tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    with pytest.raises(TreeExists):
        copy_public_tree(product, tmp_path / "tree")
    assert not list((tmp_path / "tree").iterdir())
