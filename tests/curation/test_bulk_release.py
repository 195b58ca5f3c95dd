"""A large table goes out redacted, in pieces, byte-identical; a broken one is refused in plain words."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.benchmarks.field_rows import write_csv, write_parquet
from tests.curation.test_bulk_check import VEAL_VENG, real_record, silent, write
from tests.frozen import frozen_record
from tests.publishing import publish
from tests.tiers import withheld_names
from utils.curation.curated_tables import Record, read_record
from utils.curation.disclosure.leak_scan import could_disclose, scan_parquet
from utils.curation.disclosure.name_filter import Hidden, NameGate
from utils.curation.disclosure.protected_values import ProtectedValues, collect_protected_values
from utils.curation.large_tables.engine import GROUP, Engine
from utils.curation.large_tables.expressions import sort_series, withhold_sums
from utils.curation.large_tables.tables import make_tiers, open_large_tables
from utils.curation.large_tables.tiers import SERIES, make_series
from utils.curation.publish.announce import compare
from utils.curation.publish.errors import ReleaseRefused
from utils.curation.publish.record_tasks import build_in_sandbox
from utils.curation.publish.sandbox import Limits
from utils.releases.catalogue import Catalogue

ROWS = 20_000
OWN = "curated/field_observations.csv"


def tiers(data: Path, out: Path) -> dict[str, dict[str, Path]]:
    """Write the large tables of both tiers into ``out``, without the rest of a release."""
    record = read_record(data)
    files: dict[str, dict[str, Path]] = {}
    with open_large_tables(record, data, silent) as large:
        assert [one.problems for one in large] == [()]
        for tier, tables in make_tiers(record, large, ()).items():
            folder = out / tier
            folder.mkdir(parents=True)
            files[tier] = {table.name: folder / f"{table.name}.parquet" for table in tables}
            for table in tables:
                table.write(files[tier][table.name])
    return files


def rows_of(path: Path) -> list[dict[str, Any]]:
    return list(pq.read_table(path).to_pylist())


def test_the_public_tier_has_the_rows_of_areas_only(data: Path, tmp_path: Path) -> None:
    write_csv(data, data / OWN, ROWS)
    files = tiers(data, tmp_path / "out")
    full = rows_of(files["ngo"]["field_observations"])
    assert len(full) == ROWS
    shown = rows_of(files["public"]["field_observations"])
    assert [row["observation_id"] for row in shown] == [
        row["observation_id"] for row in full if row["site_id"] is None
    ]
    assert "site_id" not in shown[0]
    values = {row["observation_id"]: row["value"] for row in full}
    hidden = [row for row in shown if row["suppressed"]]
    assert hidden
    assert all(row["value"] is None and row["unit"] in {"people", "families"} for row in hidden)
    assert all(row["value"] == values[row["observation_id"]] for row in shown if not row["suppressed"])
    counts = [row for row in shown if row["admin2"] and row["unit"] in {"people", "families"}]
    assert not any(0 < (row["value"] or 0) < 5 for row in counts)
    cells = {(row["as_of"], row["admin1"], row["admin2"]) for row in counts if row["suppressed"]}
    assert all((row["as_of"], row["admin1"], row["admin2"]) not in cells for row in counts if row["value"])


def test_no_site_stands_anywhere_in_the_bytes_of_the_public_files(data: Path, tmp_path: Path) -> None:
    write_csv(data, data / OWN, ROWS)
    files = tiers(data, tmp_path / "out")
    sites = {str(row["site_id"]) for row in rows_of(files["ngo"]["field_observations"]) if row["site_id"]}
    assert len(sites) > 20
    for path in files["public"].values():
        table = pq.ParquetFile(path, read_dictionary=[])
        assert not sites & {
            str(value)
            for group in range(table.num_row_groups)
            for column in table.read_row_group(group).columns
            for value in column.unique().to_pylist()
        }


def test_the_same_table_gives_the_same_bytes_and_parts_the_same_rows(data: Path, tmp_path: Path) -> None:
    write_csv(data, data / OWN, ROWS)
    one, two = tiers(data, tmp_path / "one"), tiers(data, tmp_path / "two")
    for tier, files in one.items():
        for name, path in files.items():
            assert path.read_bytes() == two[tier][name].read_bytes()
    (data / OWN).unlink()
    write_parquet(data, data / "curated" / "field_observations", ROWS, each=7_000)
    parts = tiers(data, tmp_path / "parts")
    for tier, files in one.items():
        for name, path in files.items():
            assert rows_of(path) == rows_of(parts[tier][name])


def figures(data: Path, *, public: bool = True) -> list[tuple[Any, ...]]:
    return [
        (row["admin1"], row["as_of"].day, row["value"], row["figure"], row["rows"])
        for row in series_rows(read_record(data), public=public)
    ]


def series_rows(record: Record, *, public: bool) -> list[dict[str, Any]]:
    """The figures of provinces and countries that a release computes."""
    with open_large_tables(record, record.data, silent) as large:
        series = make_series(record, large[0], ())
        shown = sort_series(withhold_sums(series) if public else series)
        return [row for some in large[0].open_engine().batches(shown) for row in some.to_pylist()]


def _numbered(*rows: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"observation_id": f"fob-{number:04}"} | dict(row) for number, row in enumerate(rows)]


SCHOOLS = {"indicator": "schools_damaged", "unit": "schools"}
KRAKOR = {"admin2": "Krakor", "admin2_pcode": "KH1503"}
BAKAN = {"admin2": "Bakan", "admin2_pcode": "KH1501"}


def test_a_figure_is_printed_or_summed_where_that_may_be_and_says_which(data: Path) -> None:
    country = {"admin1": "", "admin1_pcode": ""}
    write(
        data / OWN,
        *_numbered(
            {"value": "500"},
            VEAL_VENG | {"value": "90"},
            BAKAN | {"value": "110", "as_of": "2025-12-09"},
            country | {"value": "7000"},
            SCHOOLS | VEAL_VENG | {"value": "3"},
            SCHOOLS | BAKAN | {"value": "4"},
            SCHOOLS | {"value": "9", "as_of": "2025-12-09"},
            SCHOOLS | BAKAN | {"value": "5", "as_of": "2025-12-09"},
        ),
    )
    assert figures(data) == [
        ("", 8, 7000.0, "printed", 1.0),
        ("Pursat", 8, 500.0, "printed", 1.0),
        ("Pursat", 8, 7.0, "summed", 2.0),
        ("Pursat", 9, 9.0, "printed", 1.0),
    ]


def test_a_sum_that_would_tell_a_hidden_cell_is_withheld(data: Path) -> None:
    """Were people counted in an indicator that may be summed."""
    record = read_record(data)
    people = [
        row | {"may_sum_over_areas": True} if row["indicator"] == "displaced_people" else row
        for row in record.rows("indicators")
    ]
    reading = replace(record.readings["indicators"], rows=tuple(people))
    record = replace(record, readings={**record.readings, "indicators": reading})
    three = {"admin2": "Krakor", "admin2_pcode": "KH1503", "as_of": "2025-12-09"}
    write(
        data / OWN,
        *_numbered(
            BAKAN | {"value": "3"},
            BAKAN | {"value": "3", "as_of": "2025-12-09"},
            VEAL_VENG | {"value": "40", "as_of": "2025-12-09"},
            three | {"value": "50"},
        ),
    )
    public, ngo = (series_rows(record, public=flag) for flag in (True, False))
    assert [(row["value"], row["figure"]) for row in public] == [(None, "withheld"), (93.0, "summed")]
    assert [(row["value"], row["figure"]) for row in ngo] == [(3.0, "summed"), (93.0, "summed")]


def test_a_release_has_the_large_table_and_what_pages_need(data: Path) -> None:
    first = publish(data)
    assert not (data / "releases" / first / "public" / "field_series.parquet").exists()
    write(data / OWN, {}, {"observation_id": "fob-0002", "as_of": "2025-12-09", "value": "150"})
    told: list[str] = []
    second = publish(data, report=lambda step, detail: told.append(step))
    folder = data / "releases" / second / "public"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))["tables"]
    assert {name: entry.get("streamed", False) for name, entry in manifest.items() if "field" in name} == {
        "field_latest": False,
        "field_observations": True,
        "field_series": True,
    }
    assert manifest["field_observations"]["rows"] == 2
    (newest,) = rows_of(folder / "field_latest.parquet")
    assert (newest["value"], newest["as_of"], newest["first_as_of"], newest["days"]) == (
        *(150.0, date(2025, 12, 9), date(2025, 12, 8)),
        2.0,
    )
    contract = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert "computed" not in contract
    resources = {resource["name"]: resource for resource in contract["resources"]}
    for name in ("field_observations", SERIES, "field_latest"):
        fields = [field["name"] for field in resources[name]["schema"]["fields"]]
        assert sorted(fields) == sorted(pq.read_schema(folder / f"{name}.parquet").names)
    changes = [
        change
        for change in compare(Catalogue(data), first, data / "releases" / second, "public")
        if "field" in change.table
    ]
    assert [(change.table, change.kind, change.cells) for change in changes] == [
        ("field_observations", "corrected", {"rows": (0, 2)})
    ]


def test_a_broken_large_table_refuses_the_release_with_every_problem(data: Path) -> None:
    first = publish(data)
    folder = data / "curated" / "field_observations"
    write(folder / "a.csv", *_numbered({"value": "about 5"}, {"as_of": "2025-12-09", "admin1_pcode": "KH99"}))
    (folder / "b.parquet").write_bytes(b"PAR1")
    with pytest.raises(ReleaseRefused) as refused:
        publish(data)
    assert [(one.file.rsplit("/")[-1], one.row, one.column, one.code) for one in refused.value.problems] == [
        ("a.csv", 2, "value", "number"),
        ("a.csv", 3, "admin1_pcode", "p-code"),
        ("b.parquet", 0, "", "file"),
    ]
    assert (data / "CURRENT").read_text().strip() == first


def test_a_hidden_count_stays_hidden_in_a_later_release(data: Path) -> None:
    write(data / OWN, *_numbered(BAKAN | {"value": "3"}, VEAL_VENG | {"value": "40"}))
    publish(data)
    write(data / OWN, *_numbered(BAKAN | {"value": "30"}, VEAL_VENG | {"value": "40"}))
    with pytest.raises(ReleaseRefused) as refused:
        publish(data)
    assert [(one.value, one.code) for one in refused.value.problems] == [
        ("fob-0000", "withheld-cell"),
        ("fob-0001", "withheld-cell"),
    ]
    with (data / "curated" / "withheld_cells.csv").open("a", encoding="utf-8") as file:
        file.write("fob-0000,,,\nfob-0001,,,\n")
    work = data / "releases" / ".work"
    work.mkdir()
    build_in_sandbox(data, work, "0" * 64, limits=Limits(), report=silent)
    shown = rows_of(work / "public" / "field_observations.parquet")
    assert [(row["value"], row["suppressed"]) for row in shown] == [(None, True), (None, True)]


def _large(path: Path, **planted: str) -> None:
    """Write a file of two groups with some texts in row 100,001."""
    ids = [f"fob-{number:06}" for number in range(GROUP + 1000)]
    places = ["Pursat"] * len(ids)
    ids[100_000] = planted.get("ids", ids[100_000])
    places[100_000] = planted.get("places", places[100_000])
    pq.write_table(pa.table({"ids": ids, "places": places}), path, row_group_size=GROUP)


def _told(secret: ProtectedValues, path: Path) -> set[tuple[int, str]]:
    return {(one.row, one.column) for one in scan_parquet(secret, path, "x") if one.row}


@pytest.mark.parametrize("column", ["ids", "places"])
def test_the_gate_finds_one_name_among_many_rows(data: Path, tmp_path: Path, column: str) -> None:
    secret = collect_protected_values(real_record())
    path = tmp_path / "field_observations.parquet"
    _large(path)
    assert _told(secret, path) == set()
    name = next(name for name in withheld_names(data) if len(name) > 8 and secret.is_in(name))
    _large(path, **{column: f"fob-1 {name}"})
    assert _told(secret, path) == {(100_001, column)}


PLANTED = (
    "fob-12",
    "fob-x45y-9",
    "fob-%41bcdefghij",
    "13.4512, 104.2311",
    "dsp-0007",
    "KH99010203",
    "48P VV 16759 87140",
    "fob-0000 12 áé Abcdefghij",
)


@pytest.mark.parametrize("planted", PLANTED)
def test_a_name_with_digits_or_a_point_is_found_by_its_shape(tmp_path: Path, planted: str) -> None:
    names = {"fob 12": Hidden("one", "an area"), "x45y": Hidden("two", "an area")}
    names |= {"Abcdefghij": Hidden("three", "an area")}
    secret = ProtectedValues(
        NameGate(names), ((13.451, 104.231),), frozenset({"dsp-0007"}), codes=frozenset({"990102"})
    )
    assert secret.is_in(planted)
    assert could_disclose(secret, pa.array(["fob-000001", planted]))
    path = tmp_path / "field_observations.parquet"
    _large(path, ids=planted)
    assert (100_001, "ids") in _told(secret, path)


def test_ids_alone_are_not_looked_at_one_by_one() -> None:
    secret = ProtectedValues(
        NameGate({"Abcdefghij": Hidden("one", "an area"), "x45y": Hidden("two", "an area")}), ()
    )
    assert not could_disclose(secret, pa.array(["fob-000001", "fob-12", None]))


def test_a_tree_without_the_restricted_folder_needs_no_sites(data: Path, tmp_path: Path) -> None:
    write(data / OWN, {"site_id": "any-site"}, {"observation_id": "fob-0002"})
    record = read_record(data)
    alone = Record(data, record.contract, record.readings, has_restricted=False)
    with open_large_tables(alone, tmp_path, silent) as large:
        assert large[0].problems == ()
        (table, *_computed) = make_tiers(alone, large, ())["public"]
        assert table.write(tmp_path / "public.parquet").rows == 1


def field_rows(data: Path) -> list[float | None]:
    """Publish; return the values of the large table as readers get them."""
    folder = data / "releases" / publish(data) / "public"
    return [row["value"] for row in rows_of(folder / "field_observations.parquet")]


def test_a_small_count_hides_its_district_and_day_of_every_source_and_indicator(data: Path) -> None:
    other = {"counted_by": "mnd", "value": "70"}
    families = {"indicator": "displaced_families", "unit": "families", "value": "20"}
    write(
        data / OWN,
        *_numbered(
            *(BAKAN | {"value": "3"}, BAKAN | other, BAKAN | families),
            *(BAKAN | {"value": "60", "as_of": "2025-12-09"}, VEAL_VENG | {"value": "40"}),
            *(KRAKOR | {"value": "50"}, {"value": "4"}, {"value": "4", "as_of": "2025-12-09"}),
        ),
    )
    assert field_rows(data) == [None, None, None, 60.0, None, 50.0, None, 4.0]


def test_a_small_flow_hides_every_day_of_its_district(data: Path) -> None:
    running = {"indicator": "returned_people"}
    write(
        data / OWN,
        *_numbered(
            BAKAN | running | {"value": "3"}, BAKAN | {"value": "60", "as_of": "2025-12-09"}, {"value": "90"}
        ),
    )
    assert field_rows(data) == [None, None, 90.0]


def test_a_small_count_beside_counts_that_a_kept_release_disclosed_is_refused(data: Path) -> None:
    first = _numbered({"value": "153"}, VEAL_VENG | {"value": "100"}, KRAKOR | {"value": "50"})
    write(data / OWN, *first)
    publish(data)
    small = BAKAN | {"value": "3", "observation_id": "fob-0009"}
    write(data / OWN, *first, small)
    with pytest.raises(ReleaseRefused) as refused:
        publish(data)
    assert [(one.value, one.code) for one in refused.value.problems] == [("fob-0009", "withheld-cell")]
    assert "Leave the row out" in refused.value.problems[0].expected
    fourth = {"admin2": "Kandieng", "admin2_pcode": "KH1502", "value": "30", "observation_id": "fob-0010"}
    write(data / OWN, *first, small, fourth)
    assert field_rows(data) == [153.0, 100.0, 50.0, None, None]


def test_a_hidden_cell_is_not_shown_under_another_id(data: Path) -> None:
    write(data / OWN, *_numbered(BAKAN | {"value": "3"}))
    publish(data)
    write(data / OWN, BAKAN | {"value": "30", "observation_id": "fob-0009"})
    with pytest.raises(ReleaseRefused) as refused:
        publish(data)
    assert [(one.value, one.code) for one in refused.value.problems] == [("fob-0009", "withheld-cell")]


def test_no_engine_is_imported_where_no_large_table_has_rows() -> None:
    lines = (
        "import sys; from pathlib import Path",
        "import utils.releases, utils.curation.publish.commands",
        "from utils.curation.large_tables.tables import find_problems",
        "from utils.curation.curated_tables import read_record",
        "assert find_problems(read_record(Path(sys.argv[1]))) == ()",
        "assert not {'duckdb', 'ibis'} & set(sys.modules)",
    )
    command = [sys.executable, "-c", "\n".join(lines), str(frozen_record())]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0


def test_the_engine_reads_no_other_file_and_no_network(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a\n1\n", encoding="utf-8")
    (tmp_path / "own").mkdir()
    engine = Engine(tmp_path / "own", [])
    for sql in (
        f"FROM read_csv('{other}')",
        f"COPY (SELECT 1) TO '{other}'",
        "FROM read_csv('https://example.org/a.csv')",
        "INSTALL httpfs",
    ):
        with pytest.raises(duckdb.PermissionException):
            engine.execute(sql)
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        engine.execute("SET enable_external_access = true")
    engine.close()
