"""The store keeps the last good release, names what is missing, and never mixes tiers."""

import json
import shutil
from pathlib import Path

import pytest

from utils import store
from utils.store import NoRelease, Release, TableUnavailable, current, per_release


@pytest.fixture
def folder(data_folder: Path, tmp_path: Path) -> Path:
    target = tmp_path / "data"
    shutil.copytree(data_folder, target)
    return target


def _base(folder: Path) -> Path:
    return folder / "releases" / (folder / "CURRENT").read_text().strip()


def test_texts_are_never_missing_and_flags_are_flags(public_release: Release) -> None:
    frame = public_release.table("displacement")
    assert not frame["note"].isna().any()
    assert frame["headline_ok"].dtype == bool
    assert len(frame) == 600


def test_a_missing_table_is_named_and_the_rest_works(folder: Path) -> None:
    (_base(folder) / "public" / "donations.parquet").unlink()
    release = current("public", folder)
    with pytest.raises(TableUnavailable, match="donations") as caught:
        release.table("donations")
    assert caught.value.table == "donations"
    assert len(release.table("sources")) == 550


def test_a_damaged_table_is_not_shown(folder: Path) -> None:
    path = _base(folder) / "public" / "impact.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))
    with pytest.raises(TableUnavailable, match="checksum"):
        current("public", folder).table("impact")


@pytest.mark.parametrize("table", ["sites", "site_reports", "site_aliases", "../ngo/sites"])
def test_the_public_tier_knows_no_restricted_table(public_release: Release, table: str) -> None:
    with pytest.raises(TableUnavailable):
        public_release.table(table)


@pytest.mark.parametrize("pointer", ["", "../../etc", "no-such-release", "a" * 200, "\x00"])
def test_a_bad_pointer_is_refused(folder: Path, pointer: str) -> None:
    (folder / "CURRENT").write_text(pointer)
    with pytest.raises(NoRelease):
        current("public", folder)


def test_the_last_good_release_stays_when_the_pointer_breaks(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "POINTER_SECONDS", 0.0)
    good = current("public", folder)
    (folder / "CURRENT").write_text("nonsense-release")
    assert current("public", folder) is good


def test_a_manifest_that_is_no_json_is_refused(folder: Path) -> None:
    for tier in ("public", "ngo"):
        manifest = _base(folder) / tier / "manifest.json"
        if manifest.exists():
            manifest.write_text("{")
    with pytest.raises(NoRelease):
        current("public", folder)


def test_what_is_remembered_belongs_to_one_release_and_tier(public_release: Release) -> None:
    calls: list[str] = []

    @per_release
    def counted(release: Release, word: str) -> str:
        calls.append(word)
        return f"{release.tier}:{word}"

    other = Release(public_release.release_id, "ngo", public_release.folder, public_release.manifest)
    assert [counted(public_release, "a"), counted(public_release, "a"), counted(other, "a")] == [
        "public:a",
        "public:a",
        "ngo:a",
    ]
    assert calls == ["a", "a"]
    assert public_release != other


def test_the_contract_of_the_public_tier_names_no_restricted_column(public_release: Release) -> None:
    text = json.dumps(public_release.contract())
    assert "restricted" not in {one["name"] for one in public_release.contract()["resources"]}
    assert '"site_id"' not in json.dumps(
        next(one for one in public_release.contract()["resources"] if one["name"] == "displacement")
    )
    assert "curated/restricted" not in text
