"""What a release gives its pages: typed tables, what is missing by name, and no mixing of tiers."""

import json
from dataclasses import replace

import pytest

from tests.shelves import Shelf
from utils.releases import Release, TableUnavailable, per_release
from utils.releases.release import REMEMBERED


def test_texts_are_never_missing_and_flags_are_flags(public_release: Release) -> None:
    frame = public_release.table("displacement")
    assert not frame["note"].isna().any()
    assert frame["headline_ok"].dtype == bool
    assert str(frame["as_of"].dtype).startswith("datetime64")
    assert len(frame) == 600


@pytest.mark.parametrize("table", ["sites", "site_reports", "site_aliases", "../ngo/sites"])
def test_the_public_tier_knows_no_restricted_table(public_release: Release, table: str) -> None:
    with pytest.raises(TableUnavailable):
        public_release.table(table)


def test_what_is_remembered_belongs_to_one_release_and_tier(public_release: Release) -> None:
    calls: list[str] = []

    @per_release
    def counted(release: Release, word: str) -> str:
        calls.append(word)
        return f"{release.tier}:{word}"

    other = Release(replace(public_release.loaded, tier="ngo"), public_release.hidden)
    assert [counted(public_release, "a"), counted(public_release, "a"), counted(other, "a")] == [
        "public:a",
        "public:a",
        "ngo:a",
    ]
    assert calls == ["a", "a"]
    assert public_release != other


def test_a_release_remembers_a_bounded_number_of_results(public_release: Release) -> None:
    release = Release(public_release.loaded)
    calls: list[int] = []

    def make(number: int) -> int:
        calls.append(number)
        return number

    for number in range(REMEMBERED + 1):
        release.remember(number, lambda number=number: make(number))  # type: ignore[misc]
    assert release.remember(REMEMBERED, lambda: make(-1)) == REMEMBERED
    assert release.remember(0, lambda: make(-2)) == -2, "the longest unused went first"


def test_the_contract_of_the_public_tier_names_no_restricted_column(public_release: Release) -> None:
    text = json.dumps(public_release.contract())
    assert "restricted" not in {one["name"] for one in public_release.contract()["resources"]}
    assert '"site_id"' not in json.dumps(
        next(one for one in public_release.contract()["resources"] if one["name"] == "displacement")
    )
    assert "curated/restricted" not in text


def test_a_long_table_is_not_held_in_memory_and_is_read_by_pieces(shelf: Shelf) -> None:
    path = shelf.file(shelf.newer, "manifest.json")
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["tables"]["fx_rates"]["streamed"] = True
    path.write_text(json.dumps(manifest), encoding="utf-8")
    keeper = shelf.keeper()
    keeper.look()
    release = keeper.current()
    assert release.is_streamed("fx_rates")
    assert "fx_rates" not in release.loaded.frames
    with pytest.raises(TableUnavailable, match="too long"):
        release.table("fx_rates")
    assert release.dataset("fx_rates").count_rows() == release.rows("fx_rates") == 3103
    assert not release.is_streamed("sources")


def test_a_long_table_is_verified_all_the_same(shelf: Shelf) -> None:
    path = shelf.file(shelf.newer, "manifest.json")
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["tables"]["fx_rates"] |= {"streamed": True, "sha256": "0" * 64}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    keeper = shelf.keeper()
    assert keeper.look().damaged == ("fx_rates",)
    with pytest.raises(TableUnavailable, match="checksum"):
        keeper.current().dataset("fx_rates")
