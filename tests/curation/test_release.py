"""A release is whole or not there: typed, redacted, repeatable, and an old one stays if a new one fails."""

import errno
import hashlib
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.curation.conftest import Spoil
from tests.frozen import copy_record, frozen_record
from tests.publishing import ensure_release, publish
from utils.curation.contract import ContractError, load
from utils.curation.curated_tables import read_record
from utils.curation.derive import write_derived
from utils.curation.disclosure.name_filter import letters
from utils.curation.publish import commands, steps
from utils.curation.publish.errors import InputsChanged, ReleaseRefused
from utils.curation.publish.inputs import inputs_id
from utils.curation.publish.sandbox import Limits
from utils.releases import catalogue
from utils.releases.catalogue import current_id, is_whole

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The frozen record, published once: the folder of the release. Not to be changed."""
    data = tmp_path_factory.mktemp("published") / "data"
    copy_record(data)
    return data / "releases" / publish(data)


def pointer(data: Path) -> str:
    return (data / "CURRENT").read_text(encoding="ascii").strip()


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every text that a tier holds: cells, contract and manifest."""
    for path in sorted(folder.glob("*.parquet")):
        table = pq.read_table(path)
        for column in table.column_names:
            for value in table[column].to_pylist():
                if isinstance(value, str):
                    yield f"{path.name} {column}", value
    for path in sorted(folder.glob("*.json")):
        yield path.name, path.read_text(encoding="utf-8")


def test_the_pointer_names_the_release_of_these_inputs(published: Path) -> None:
    data = published.parents[1]
    assert pointer(data) == published.name == inputs_id(data) == current_id(data)
    assert re.fullmatch(r"[0-9a-f]{12}", published.name)
    assert is_whole(published)


def test_the_manifest_tells_every_file(published: Path) -> None:
    manifest = json.loads((published / "public" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["release"] == published.name
    assert manifest["created_from"].startswith(published.name)
    assert (manifest["tier"], manifest["newest_as_of"]) == ("public", "2026-03-10")
    assert manifest["contract_version"] == load(frozen_record()).document["version"]
    stored = {path.stem for path in (published / "public").glob("*.parquet")}
    assert set(manifest["tables"]) == stored
    for name, entry in manifest["tables"].items():
        content = (published / "public" / f"{name}.parquet").read_bytes()
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        assert entry["bytes"] == len(content)
        assert entry["rows"] == pq.read_metadata(published / "public" / f"{name}.parquet").num_rows


def test_columns_are_typed_and_compressed(published: Path) -> None:
    table = pq.read_table(published / "public" / "displacement.parquet")
    kinds = {field.name: field.type for field in table.schema}
    assert (kinds["as_of"], kinds["value"]) == (pa.date32(), pa.float64())
    assert (kinds["headline_ok"], kinds["suppressed"]) == (pa.bool_(), pa.bool_())
    assert kinds["note"] == pa.string()
    rates = pq.ParquetFile(published / "public" / "fx_rates.parquet")
    assert rates.schema_arrow.field("date").type == pa.date32()
    assert rates.metadata.row_group(0).column(0).compression == "ZSTD"
    assert rates.metadata.num_rows == 3103


def test_figures_come_through_unchanged(published: Path) -> None:
    rows = pq.read_table(published / "public" / "displacement.parquet").to_pylist()
    peaks = {(row["as_of"], row["value"], row["indicator"]) for row in rows if row["admin1"] is None}
    assert (date(2025, 7, 30), 172094.0, "displaced_people") in peaks
    assert (date(2026, 3, 10), 45559.0, "remaining_displaced_people") in peaks
    assert len(rows) == len(read_record(frozen_record()).rows("displacement"))


def test_the_contract_of_the_public_tier_knows_public_tables_and_columns_only(published: Path) -> None:
    contract = json.loads((published / "public" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in contract["resources"]:
        columns = pq.read_schema(published / "public" / resource["path"]).names
        assert sorted(field["name"] for field in resource["schema"]["fields"]) == sorted(columns)
        assert resource["format"] == "parquet"
        for link in resource["schema"]["foreignKeys"]:
            target = link["reference"]["resource"] or resource["name"]
            known = pq.read_schema(published / "public" / f"{target}.parquet").names
            assert set(link["reference"]["fields"]) <= set(known)
    names = {resource["name"] for resource in contract["resources"]}
    assert names == {path.stem for path in (published / "public").glob("*.parquet")}
    assert not any(name.startswith("restricted") or name == "sites" for name in names)


def test_publishing_again_changes_nothing(published: Path) -> None:
    data = published.parents[1]
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*") if path.name != ".lock"}
    assert publish(data) == published.name
    assert ensure_release(data) == commands.Published(published.name)
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*") if path.name != ".lock"} == before


def test_the_same_inputs_give_the_same_bytes(published: Path, data: Path) -> None:
    again = data / "releases" / publish(data)
    assert again.name == published.name
    assert files_of(again) == files_of(published)


def test_another_note_gives_another_release_and_the_older_stays(data: Path, spoil: Spoil) -> None:
    first = publish(data)
    spoil("looked_for", lambda row: True, note="Searched again")
    second = ensure_release(data)
    assert second.release_id != first
    assert second.problems == ()
    assert pointer(data) == second.release_id
    assert is_whole(data / "releases" / first)


def test_a_refused_release_leaves_the_pointer_and_tells_all(data: Path, spoil: Spoil) -> None:
    first = publish(data)
    before = files_of(data / "releases")
    line = spoil("displacement", lambda row: row["admin1_pcode"] == "KH22", admin1_pcode="KH99", value="~5")
    with pytest.raises(ReleaseRefused) as refused:
        publish(data)
    assert [(problem.row, problem.column) for problem in refused.value.problems] == [
        (line, "admin1_pcode"),
        (line, "value"),
    ]
    kept = ensure_release(data)
    assert (kept.release_id, kept.problems) == (first, refused.value.problems)
    assert pointer(data) == first
    assert files_of(data / "releases") == before


def test_without_an_older_release_a_refusal_is_raised(data: Path, spoil: Spoil) -> None:
    spoil("displacement", lambda row: True, value="~5")
    with pytest.raises(ReleaseRefused):
        ensure_release(data)
    assert not (data / "CURRENT").exists()
    assert current_id(data) is None


def test_a_broken_contract_keeps_the_older_release(data: Path) -> None:
    first = publish(data)
    (data / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(ContractError):
        publish(data)
    kept = ensure_release(data)
    assert (kept.release_id, [problem.code for problem in kept.problems]) == (first, ["contract"])


def _full_disk(*arguments: object, **more: object) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


def _all_whole(data: Path) -> bool:
    left = [path for path in (data / "releases").iterdir() if path.name != ".lock"]
    return all(path.is_dir() and is_whole(path) for path in left)


@pytest.mark.parametrize(("room", "step"), [(catalogue, "replace_durably"), (steps, "sync_folder")])
def test_f8_a_full_disk_at_the_switch_leaves_no_partial_release(
    data: Path, spoil: Spoil, monkeypatch: pytest.MonkeyPatch, room: ModuleType, step: str
) -> None:
    first = publish(data)
    spoil("looked_for", lambda row: True, note="Searched again")
    monkeypatch.setattr(room, step, _full_disk)
    with pytest.raises(OSError, match="No space left"):
        publish(data)
    kept = ensure_release(data)
    assert (kept.release_id, [problem.code for problem in kept.problems]) == (first, ["file"])
    assert pointer(data) == first
    assert _all_whole(data)


def test_f8_a_disk_that_takes_no_more_stops_the_writer(data: Path, spoil: Spoil) -> None:
    first = publish(data)
    spoil("looked_for", lambda row: True, note="Searched again")
    with pytest.raises(OSError, match="File too large"):
        publish(data, limits=Limits(file_mb=0))
    assert pointer(data) == first
    assert _all_whole(data)


def test_what_a_killed_publisher_left_is_cleared(data: Path) -> None:
    (data / "releases" / ".tmp-killed" / "public").mkdir(parents=True)
    (data / ".current-killed").write_text("half")
    publish(data)
    assert not list((data / "releases").glob(".tmp-*"))
    assert not list(data.glob(".current-*"))


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("damage", [_truncate, _flip, Path.unlink])
@pytest.mark.parametrize("name", ["displacement.parquet", "manifest.json", "datapackage.json"])
def test_a_damaged_release_is_made_anew(data: Path, damage: Callable[[Path], None], name: str) -> None:
    folder = data / "releases" / publish(data)
    whole = files_of(folder)
    damage(folder / "public" / name)
    if not (damage is _flip and name == "manifest.json"):
        assert not is_whole(folder)
        assert ensure_release(data).release_id == folder.name
        assert files_of(folder) == whole


@pytest.mark.parametrize("written", ["", "../../etc", "deadbeef0000", "\xff", "a/b"])
def test_a_pointer_to_nowhere_is_mended(data: Path, written: str) -> None:
    first = publish(data)
    (data / "CURRENT").write_text(written, encoding="latin-1")
    assert current_id(data) is None
    assert ensure_release(data).release_id == first
    assert pointer(data) == first


def test_files_that_change_while_they_are_read_are_not_published(data: Path, spoil: Spoil) -> None:
    first = publish(data)
    spoil("looked_for", lambda row: True, note="Searched again")

    def meddle(step: str, detail: str) -> None:
        if step == "redact":
            spoil("looked_for", lambda row: True, note="Searched once more")

    with pytest.raises(InputsChanged):
        publish(data, report=meddle)
    assert pointer(data) == first


def test_publishers_wait_for_each_other(data: Path) -> None:
    found: list[str] = []
    publishers = [threading.Thread(target=lambda: found.append(publish(data))) for _ in range(4)]
    for publisher in publishers:
        publisher.start()
    for publisher in publishers:
        publisher.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert is_whole(data / "releases" / found[0])


def test_a_folder_with_releases_only_is_served_as_it_is(data: Path) -> None:
    first = publish(data)
    shutil.rmtree(data / "curated")
    assert ensure_release(data) == commands.Published(first)


def test_an_extra_column_is_a_warning_and_never_published(data: Path) -> None:
    path = data / "curated" / "appeals.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    extra = [lines[0] + ",phone", *(line + ",012345678" for line in lines[1:])]
    path.write_text("\n".join(extra) + "\n", encoding="utf-8")
    folder = data / "releases" / publish(data)
    assert "phone" not in pq.read_schema(folder / "public" / "appeals.parquet").names


class TestTiers:
    """What the two tiers hold, and that the public one holds no name and no point of a hidden site."""

    def test_the_ngo_tier_has_the_sites_and_the_full_rows(self, published: Path) -> None:
        names = {path.stem for path in (published / "ngo").glob("*.parquet")}
        assert names >= {"sites", "site_reports", "site_aliases", "site_roles"}
        assert pq.read_metadata(published / "ngo" / "sites.parquet").num_rows == 41
        assert pq.read_metadata(published / "ngo" / "site_reports.parquet").num_rows == 93
        assert pq.read_metadata(published / "ngo" / "displacement.parquet").num_rows == 629
        assert pq.read_metadata(published / "public" / "displacement.parquet").num_rows < 629

    def test_no_public_text_names_a_site_that_is_not_closed(self, published: Path) -> None:
        record = read_record(frozen_record())
        hidden = {
            str(site["site_id"])
            for site in record.rows("restricted_sites")
            if site["public_display"] != "name_and_district"
        }
        names = [str(site["name"]) for site in record.rows("restricted_sites") if site["site_id"] in hidden]
        names += [
            str(row["alias"]) for row in record.rows("restricted_site_aliases") if row["site_id"] in hidden
        ]
        known = {row["place_id"] for row in record.rows("places")}
        for row in record.rows("restricted_places"):
            if row["kind"] == "village" and row["place_id"] not in known:
                names += [str(row["name"]), str(row["name_km"])]
        wanted = {letters(name): name for name in (*names, *hidden)}
        assert len(wanted) > 90
        pattern = re.compile("|".join(map(re.escape, wanted)))
        for where, text in texts(published / "public"):
            joined = letters(text)
            for match in pattern.finditer(joined):
                name = wanted[match.group(0)]
                assert name.casefold() not in text.casefold(), where

    def test_no_public_point_is_that_of_a_hidden_site(self, published: Path) -> None:
        points = {
            (site["lat"], site["lon"])
            for site in read_record(frozen_record()).rows("restricted_sites")
            if site["coord_precision"] in {"village", "commune"}
        }
        assert len(points) >= 13
        for path in (published / "public").glob("*.parquet"):
            table = pq.read_table(path)
            if "lat" in table.column_names:
                public = set(zip(table["lat"].to_pylist(), table["lon"].to_pylist(), strict=True))
                assert not points & public, path.name

    def test_a_canary_site_is_in_the_ngo_tier_and_nowhere_in_public(
        self, data: Path, add: Spoil, spoil: Spoil
    ) -> None:
        add(
            "restricted/sites",
            site_id="wat-zorvath-kandir",
            name="Wat Zorvath Kandir",
            name_km="វត្តហ្សូវ៉ាត់កណ្ឌិរ",
            village="Phlong Trape",
            lat="14.123456",
            lon="103.654321",
            coord_precision="village",
            public_display="district_only",
        )
        add("restricted/site_aliases", site_id="wat-zorvath-kandir", alias="Zorwat Kandyr")
        write_derived(read_record(data))
        spoil("displacement", lambda row: True, note="Counted at WAT ZORVATH-KANDIR and Phlong Trâpe")
        spoil("impact", lambda row: True, note="នៅវត្តហ្សូវ៉ាត់កណ្ឌិរ")
        spoil("events", lambda row: True, title="Zor\u200bvath Kandir reached", note="by Zorwat Kandyr")
        spoil("donations", lambda row: True, recipient="families at zorvath kandir", note="Zorwat-Kandyr")
        spoil("aid_deliveries", lambda row: True, place_or_site="Wat Zorvath Kandir")
        spoil("sources", lambda row: row["link"] == "yes", url="https://a.example/wat%20zorvath%20kandir")
        folder = data / "releases" / publish(data)
        canaries = [letters(name) for name in ("Zorvath", "Zorwat", "Phlong Trape", "ហ្សូវ៉ាត់")]
        for where, text in texts(folder / "public"):
            assert not [canary for canary in canaries if canary in letters(text)], where
        for path in (folder / "public").iterdir():
            assert b"14.123456" not in path.read_bytes()
            assert "zorvath" not in path.read_bytes().decode("latin-1").casefold()
        sites = pq.read_table(folder / "ngo" / "sites.parquet").to_pylist()
        assert sites[-1]["name"] == "Wat Zorvath Kandir"
        events = pq.read_table(folder / "public" / "events.parquet").to_pylist()
        assert events[0]["title"] == f"A site in {sites[-1]['admin2']} district reached"

    def test_a_name_in_a_new_language_is_known_to_the_filter_and_stays_where_it_belongs(
        self, data: Path, add: Spoil, spoil: Spoil, name_in: Spoil
    ) -> None:
        add("restricted/sites", site_id="wat-canary-grove", name="Wat Canary Grove", name_km="វត្តហ្សូវគ្រោវ",
            coord_precision="none", public_display="district_only", lat="", lon="")  # fmt: skip
        add("restricted/places", place_id="v-canary-hamlet", name="Canary Hamlet", kind="village")
        name_in(
            "restricted/sites", "eo", lambda row: row["site_id"] == "wat-canary-grove", "Kanaria Templejo"
        )
        name_in(
            "restricted/places", "eo", lambda row: row["place_id"] == "v-canary-hamlet", "Vilaĝo Kanaridoma"
        )
        name_in("cities", "eo", lambda row: row["city_id"] == "paris", "Parizo")
        spoil("displacement", lambda row: True, note="Counted at kanaria templejo")
        spoil("events", lambda row: True, title="Kanaria-Templejo reached", note="near Vilago Kanaridoma")
        write_derived(read_record(data))
        folder = data / "releases" / publish(data)
        for where, text in texts(folder / "public"):
            assert "kanari" not in letters(text), where
        cities = pq.read_table(folder / "public" / "cities.parquet").to_pylist()
        assert next(row for row in cities if row["city_id"] == "paris")["name_eo"] == "Parizo"
        sites = pq.read_table(folder / "ngo" / "sites.parquet").to_pylist()
        assert sites[-1]["name_eo"] == "Kanaria Templejo"

    def test_a_name_outside_the_free_text_stops_the_release(self, data: Path, spoil: Spoil) -> None:
        first = publish(data)
        name = next(
            str(site["site_id"])
            for site in read_record(data).rows("restricted_sites")
            if site["public_display"] == "district_only" and site["coord_precision"] == "village"
        )
        spoil("organisations", lambda row: True, website=f"https://a.example/{name}")
        with pytest.raises(ReleaseRefused) as refused:
            publish(data)
        (problem,) = refused.value.problems
        assert (problem.file, problem.column) == ("public/organisations.parquet", "website")
        assert name not in str(problem)
        assert ensure_release(data).release_id == first

    def test_without_the_restricted_folder_the_public_tables_are_the_same(
        self, data: Path, published: Path
    ) -> None:
        shutil.rmtree(data / "curated" / "restricted")
        folder = data / "releases" / publish(data)
        assert not (folder / "ngo").exists()
        for path in (published / "public").glob("*.parquet"):
            assert (folder / "public" / path.name).read_bytes() == path.read_bytes(), path.name
        contract = "datapackage.json"
        assert (folder / "public" / contract).read_bytes() == (published / "public" / contract).read_bytes()
