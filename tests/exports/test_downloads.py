"""A file holds what is on screen, under its filters, with its sources, and runs nothing anywhere."""

import codecs
import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import hxl
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from frictionless import Package
from hypothesis import given
from hypothesis import strategies as st

from tests.taking import dataset, download
from tests.tiers import withheld_ids, withheld_names
from utils.exports import formats
from utils.exports.dataset import Column, Dataset
from utils.exports.dictionary import Description
from utils.exports.files import Download, UnknownView
from utils.exports.formats import UnknownFormat, write_rows
from utils.exports.writing import format_cell, make_file_name, neutralise_formula
from utils.releases import Release, TableUnavailable
from utils.text.locale import Names
from utils.views.catalogue import VIEWS
from utils.views.sources import list_tables_on_offer

BASE = "https://example.org/"
OF_THE_RECORD = [name for name, one in VIEWS.items() if one.held is None]
"""The views that each release has."""
UNTAGGED = ("breaks", "not-found", "not-found-france")
"""Lists that say what a series or a search lacks: HXL has hardly a word for that."""


def get(release: Release, name: str, form: str, lang: str = "en", **asked: str) -> Download:
    return download(release, name, form, asked, lang=lang, base=BASE)


def inside(made: Download) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def csv_rows(made: Download) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.content.decode("utf-8"))))


@pytest.mark.parametrize("name", OF_THE_RECORD)
def test_every_view_is_written_in_every_form_it_offers(public_release: Release, name: str) -> None:
    rows = dataset(public_release, name)
    assert rows.rows
    assert rows.placed is VIEWS[name].placed
    for form in formats.available_formats(rows):
        made = get(public_release, name, form)
        assert re.fullmatch(r"samaki-[a-z0-9-]+(\.hxl)?\.\w+", made.name)
        assert public_release.release_id in made.name
        assert made.content == get(public_release, name, form).content, "the same bytes for the same release"
    assert len(csv_rows(get(public_release, name, "csv"))) == len(rows.rows)


def test_a_plain_table_opens_by_its_address_alone(public_release: Release) -> None:
    """No sign before the first column's name, no archive: what pandas, R and a browser expect."""
    content = get(public_release, "overview-curve", "csv").content
    assert content.startswith(b"observation_id,")
    frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    held = inside(get(public_release, "overview-curve", "zip"))
    name = next(name for name in held if name.startswith("samaki"))
    assert held[name] == codecs.BOM_UTF8 + content, "a spreadsheet needs the mark to read Khmer"
    assert len(frame) == 48


def test_a_chart_is_its_figures_with_who_says_so(public_release: Release) -> None:
    rows = csv_rows(get(public_release, "overview-curve", "csv"))
    assert len(rows) == 48
    latest = next(row for row in rows if row["value"] == "45559")
    assert (latest["as_of"], latest["counted_by"], latest["headline_ok"]) == ("2026-03-10", "moi", "yes")
    assert latest["publisher"]
    assert latest["indicator_name"] == "People still displaced"


def test_the_companion_says_source_licence_day_and_release(public_release: Release) -> None:
    held = inside(get(public_release, "displacement-map", "zip", day="2025-07-30", lang="fr"))
    assert set(held) >= {"README.txt", "sources.csv", "dictionary.csv", "datapackage.json"}
    said = held["README.txt"].decode()
    for part in ("30 juil. 2025", public_release.release_id, "CC-BY-4.0", "lang=fr&day=2025-07-30"):
        assert part in said
    cited = {row["source_id"] for row in csv.DictReader(io.StringIO(held["sources.csv"].decode()))}
    rows = csv_rows(get(public_release, "displacement-map", "csv", day="2025-07-30"))
    assert cited == {row["source_id"] for row in rows}
    words = list(csv.DictReader(io.StringIO(held["dictionary.csv"].decode())))
    assert [row["column"] for row in words] == list(rows[0])
    assert all(row["title_fr"] and row["title_km"] for row in words)


@pytest.mark.parametrize("name", ["national", "gifts", "overview-map", "sources", "series", "table"])
def test_frictionless_finds_nothing_to_say(public_release: Release, tmp_path: Path, name: str) -> None:
    for path, content in inside(get(public_release, name, "zip")).items():
        (tmp_path / path).write_bytes(content)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["message"]) == []


@pytest.mark.parametrize("name", OF_THE_RECORD)
def test_hxl_finds_no_error_and_the_tags_of_the_record(
    public_release: Release, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "tagged.csv"
    path.write_bytes(get(public_release, name, "hxl").content)
    found: list[str] = []
    schema = hxl.schema(
        None, callback=lambda error: found.append(str(error)) if error.rule.severity == "error" else None
    )
    source = hxl.data(str(path), hxl.InputOptions(allow_local=True))
    schema.validate(source)
    assert found == []
    assert len([column for column in source.columns if column.tag]) >= 3 or name in UNTAGGED


def test_figures_of_one_tag_stand_under_it(public_release: Release) -> None:
    lines = write_rows(dataset(public_release, "groups"), tags=True).splitlines()
    assert "#indicator+value+num" in lines[1], "women and children are two tags"
    tags = get(public_release, "province-multiples", "hxl").content.decode().splitlines()[1]
    assert "#affected+idps" in tags


def test_a_workbook_has_four_sheets_and_no_formula(public_release: Release) -> None:
    book = openpyxl.load_workbook(io.BytesIO(get(public_release, "gifts", "xlsx").content))
    assert book.sheetnames == ["Data", "Read me", "Sources", "Dictionary"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    heads = [cell.value for cell in book["Data"][1]]
    amounts = [row[heads.index("amount")].value for row in book["Data"].iter_rows(min_row=2)]
    assert all(isinstance(value, int | float) for value in amounts if value is not None)
    assert len(amounts) == 129


def test_a_workbook_keeps_days_as_days(public_release: Release) -> None:
    book = openpyxl.load_workbook(io.BytesIO(get(public_release, "national", "xlsx").content))
    heads = [cell.value for cell in book["Data"][1]]
    assert {row[heads.index("as_of")].is_date for row in book["Data"].iter_rows(min_row=2)} == {True}


def test_parquet_has_types_and_tells_its_sources(public_release: Release) -> None:
    table = pq.read_table(io.BytesIO(get(public_release, "national", "parquet").content))
    assert table.num_rows == 132
    assert str(table.schema.field("as_of").type) == "date32[day]"
    assert str(table.schema.field("value").type) == "double"
    facts = json.loads(table.schema.metadata[b"samaki"])
    assert len(facts["sources"]) == 121


def test_geojson_says_how_well_a_place_is_known(public_release: Release) -> None:
    document = json.loads(get(public_release, "displacement-map", "geojson").content)
    assert {one["properties"]["precision"] for one in document["features"]} == {"province"}
    assert {one["geometry"]["type"] for one in document["features"]} <= {"Polygon", "MultiPolygon"}
    assert "OpenStreetMap" in document["geometry_attribution"]
    assert document["about"]["licence"] == "CC-BY-4.0"
    areas = json.loads(get(public_release, "areas", "geojson").content)
    assert {one["properties"]["precision"] for one in areas["features"]} == {"province", "district"}


def test_json_is_whole_in_itself(public_release: Release) -> None:
    document = json.loads(get(public_release, "gifts", "json", currency="EUR", slice="recovery").content)
    assert document["about"]["filters"] == {
        "Currency": "EUR",
        "Slice": "Recovery in Cambodia",
        "Kind of donor": "all",
        "Country of the donor": "all",
        "Phase": "all",
    }
    assert {row["slice"] for row in document["rows"]} == {"recovery"}
    assert {row["converted_currency"] for row in document["rows"]} <= {"EUR", None}
    assert {row["source_id"] for row in document["rows"]} == {one["source_id"] for one in document["sources"]}


def test_filters_stand_in_the_name_and_default_ones_do_not(public_release: Release) -> None:
    assert get(public_release, "gifts", "csv").name.startswith("samaki-gifts-2026-02-23-")
    made = get(public_release, "gifts", "csv", currency="EUR", slice="relief")
    assert made.name.startswith("samaki-gifts-eur-relief-")


@pytest.mark.parametrize(
    "asked",
    [
        {"currency": "XXX", "slice": '"><script>'},
        {"day": "9999", "basis": "x"},
        {"currency": "../../etc/passwd"},
        {"table": "restricted_sites"},
        {"table": "withheld_cells"},
    ],
)
def test_a_stale_or_hostile_filter_falls_back_to_the_default(
    public_release: Release, asked: dict[str, str]
) -> None:
    for name in ("gifts", "displacement-map", "table"):
        plain_one = get(public_release, name, "json")
        assert get(public_release, name, "json", **asked).content == plain_one.content


def test_search_text_is_a_filter_and_never_part_of_a_path(public_release: Release) -> None:
    made = get(public_release, "gifts", "csv", q="../../x\r\nSet-Cookie: a=b")
    assert re.fullmatch(r"samaki-gifts-x-set-cookie-a-b-undated-[0-9a-f]+\.csv", made.name)
    assert csv_rows(made) == []


def test_unknown_views_and_forms_are_refused(public_release: Release) -> None:
    with pytest.raises(UnknownView, match="nothing"):
        get(public_release, "nothing", "csv")
    with pytest.raises(UnknownFormat, match="exe"):
        get(public_release, "national", "exe")
    with pytest.raises(UnknownFormat, match="geojson"):
        get(public_release, "sources", "geojson")


def test_a_damaged_table_is_named(public_release: Release) -> None:
    with pytest.raises(TableUnavailable, match="restricted_sites"):
        public_release.table("restricted_sites")


def everything(release: Release) -> Iterator[tuple[str, str]]:
    """Yield name and text of every document that can be had; all forms are written from the same rows."""
    asked: list[tuple[str, dict[str, str]]] = [(name, {}) for name in OF_THE_RECORD if name != "table"]
    asked += [("table", {"table": table}) for table in list_tables_on_offer(release)]
    for name, parameters in asked:
        made = download(release, name, "json", parameters, lang="km", base=BASE)
        yield made.name, made.content.decode("utf-8").casefold()


def test_no_file_names_a_hidden_site(public_release: Release, data_folder: Path) -> None:
    described = ("(unnamed", "(group", "planned")
    names = [name for name in withheld_names(data_folder) if not any(mark in name for mark in described)]
    ids = withheld_ids(data_folder)
    assert len(names) > 40
    found = [
        (file, word) for file, text in everything(public_release) for word in (*names, *ids) if word in text
    ]
    assert found == []


TABLE = Dataset(
    columns=(
        Column("text", "string", Names(en="Text")),
        Column("number", "number", Names(en="Number")),
    ),
    rows=(("=1+1", -5), ("-2", 2.5), ("@x", None), ("\tx", 1), ("+855", 0), ("ok", -0.5)),
    sources=(),
    newest="",
)
ABOUT = Description(title="=T()", subtitle="", filters=(), address="", release_id="r", lang="en")


def test_a_formula_is_text_and_a_negative_number_a_number() -> None:
    assert write_rows(TABLE).splitlines()[1:] == [
        "'=1+1,-5", "'-2,2.5", "'@x,", "'\tx,1", "'+855,0", "ok,-0.5",
    ]  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(formats.write_file("xlsx", ABOUT, TABLE, "x")))
    assert [tuple(cell.value for cell in row) for row in book["Data"].iter_rows(min_row=2)] == [
        ("'=1+1", -5), ("'-2", 2.5), ("'@x", None), ("'\tx", 1), ("'+855", 0), ("ok", -0.5),
    ]  # fmt: skip
    document = json.loads(formats.write_file("json", ABOUT, TABLE, "x"))
    assert document["rows"][0] == {"text": "=1+1", "number": -5}


@pytest.mark.parametrize("sign", "＝＋－＠")
def test_full_width_signs_start_a_formula_too(sign: str) -> None:
    assert format_cell(f"{sign}1+1") == f"'{sign}1+1"


@given(st.text())
def test_no_cell_starts_a_formula(cell: str) -> None:
    assert not neutralise_formula(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53))
def test_a_number_comes_back_as_it_was(value: float) -> None:
    assert float(format_cell(value)) == value


@given(st.lists(st.text(), max_size=4))
def test_a_file_name_is_safe(parts: list[str]) -> None:
    assert re.fullmatch(r"samaki(-[a-z0-9]+)*\.csv", make_file_name(*parts, suffix="csv"))
