"""A copy without the restricted folder publishes the same public tables, or is not made."""

import csv
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image, PngImagePlugin

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
    Image.new("RGB", (1, 1)).save(root / "static" / "point.png")
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
        if name == "displacement.parquet":
            whole = pq.read_table(full / name).to_pylist()
            shown = [row for row in whole if not row["suppressed"]]
            assert pq.read_table(open_only / name).to_pylist() == shown
            continue
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


def picture(text: str) -> bytes:
    out = io.BytesIO()
    about = PngImagePlugin.PngInfo()
    about.add_itxt("Title", text)
    Image.new("RGB", (1, 1)).save(out, "PNG", pnginfo=about)
    return out.getvalue()


def zipped(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", f"<si><t>{text}</t></si>")
    return out.getvalue()


def parquet(text: str) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"note": [text]}), out)
    return out.getvalue()


HIDING: dict[str, Callable[[str], bytes]] = {
    "a table in UTF-16": lambda name: f"note\n{name}\n".encode("utf-16"),
    "a workbook": zipped,
    "Parquet": parquet,
    "the metadata of a picture": picture,
}


@pytest.mark.parametrize("hide", HIDING.values(), ids=HIDING)
def test_a_file_of_any_kind_that_names_a_hidden_site_stops_the_copy(
    product: Path, tmp_path: Path, hide: Callable[[str], bytes]
) -> None:
    (product / "static" / "loose").write_bytes(hide("seen at Wat Harrierden"))
    with pytest.raises(NamesLeft) as refused:
        copy_public_tree(product, tmp_path / "tree")
    assert {name for name, _ in refused.value.places} == {"static/loose"}


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n\x00\xff\xfe", b"\x89PNG\xff\xfe", b"PK\x03\x04broken", b"PAR1 broken", b"\xff\xfe\x00\xd8"],
    ids=["PDF", "a broken picture", "a broken archive", "broken Parquet", "broken UTF-16"],
)
def test_a_file_that_cannot_be_read_stops_the_copy(product: Path, tmp_path: Path, content: bytes) -> None:
    (product / "static" / "loose").write_bytes(content)
    with pytest.raises(NamesLeft) as refused:
        copy_public_tree(product, tmp_path / "tree")
    assert refused.value.places == (("static/loose", 0),)


@pytest.mark.parametrize(
    "text", ["at {lat}, {lon}", "see srp-0001", "in {admin3_pcode}"], ids=["a point", "a row", "a code"]
)
def test_a_document_that_says_where_without_a_name_stops_the_copy(
    product: Path, tmp_path: Path, text: str
) -> None:
    site = next(
        row
        for row in read_record(product / "data").rows("restricted_sites")
        if row["site_id"] == "wat-harrierden"
    )
    (product / "notes.md").write_text(f"first line\n{text.format_map(site)}\n", encoding="utf-8")
    with pytest.raises(NamesLeft) as refused:
        copy_public_tree(product, tmp_path / "tree")
    assert refused.value.places == (("notes.md", 2),)


def test_a_file_called_by_a_piece_of_a_withheld_address_stops_the_copy(
    product: Path, tmp_path: Path, spoil: Spoil
) -> None:
    address = "https://example.org/thread/tid/7319730"
    spoil("restricted/sources", lambda row: row["source_id"] == "made-up-early", url=address)
    spoil("restricted/sources", lambda row: row["source_id"] == "58cam-2025-06-17", url=address)
    (product / "page-7319730.md").write_text("quiet\nas in forum-7319730, 7319730 people\n", encoding="utf-8")
    with pytest.raises(NamesLeft) as refused:
        copy_public_tree(product, tmp_path / "tree")
    assert refused.value.places == (("page-7319730.md", 0), ("page-7319730.md", 2))


def test_counts_that_a_release_withholds_leave_the_tables(product: Path, tmp_path: Path, add: Spoil) -> None:
    area = {"admin1": "Pursat", "admin1_pcode": "KH15", "admin2": "Veal Veng", "admin2_pcode": "KH1506"}
    add("displacement", observation_id="dsp-9901", value="3", low="", high="", unit="people", note="", **area)
    add(
        "aid_deliveries",
        delivery_id="ad991",
        beneficiaries_families="3",
        place_or_site="Veal Veng",
        note="few",
    )
    copy_public_tree(product, tmp_path / "tree")

    def rows(root: Path, table: str) -> dict[str, dict[str, str]]:
        with (root / "data" / "curated" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return {next(iter(row.values())): row for row in csv.DictReader(file)}

    assert "dsp-9901" in rows(product, "displacement")
    assert "dsp-9901" not in rows(tmp_path / "tree", "displacement")
    few = rows(tmp_path / "tree", "aid_deliveries")["ad991"]
    assert (few["beneficiaries_families"], few["note"]) == ("", "")
