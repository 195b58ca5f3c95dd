"""The emergency switch: what the curator withdraws is gone from tables, files, caches and maps."""

import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.shelves import Shelf, garble, remove
from utils.analysis import shelters, sites
from utils.exports.dataset import of_table
from utils.exports.formats import csv_text
from utils.releases import TableUnavailable, TableWithdrawn, per_release
from utils.releases.cache import ReleaseCache
from utils.views.files import whole_table


def named_site(keeper: ReleaseCache) -> str:
    return str(keeper.current().table("named_sites")["site_id"].iloc[0])


def test_a_withdrawn_table_says_since_when_and_why(shelf: Shelf) -> None:
    keeper = shelf.keeper()
    keeper.look()
    before = keeper.current()
    shelf.hide("table", "donations", reason="an error in the amounts")
    keeper.look()
    release = keeper.current()
    with pytest.raises(TableWithdrawn) as gone:
        release.table("donations")
    assert (gone.value.since, gone.value.reason) == ("2026-11-24T20:30:00Z", "an error in the amounts")
    assert isinstance(gone.value, TableUnavailable)
    assert "donations" in before.tables
    assert "donations" not in release.tables
    for form in ("csv", "parquet"):
        with pytest.raises(TableWithdrawn):
            whole_table(release, "donations", form)
    with pytest.raises(TableWithdrawn):
        release.dataset("donations")


def test_a_withdrawn_site_leaves_every_table_and_file(shelf: Shelf) -> None:
    keeper = shelf.keeper()
    keeper.look()
    site = named_site(keeper)
    before = keeper.current()
    assert any(one.site_id == site for one in shelters.named_sites(before))
    shelf.hide("site", site)
    keeper.look()
    release = keeper.current()
    assert not any(one.site_id == site for one in shelters.named_sites(release))
    assert release.withdrawn_rows("named_sites") == 1
    assert len(shelters.named_sites(release)) == len(shelters.named_sites(before)) - 1
    for table in release.tables:
        assert site not in csv_text(of_table(release, table))
        content = pq.read_table(io.BytesIO(release.content(table)))
        assert content.num_rows == release.rows(table) == release.dataset(table).count_rows()
        assert content.schema.equals(pq.read_schema(shelf.file(shelf.newer, f"{table}.parquet")))
        assert all(site not in map(str, content[name].to_pylist()) for name in content.column_names)


def test_nothing_that_was_cached_survives_a_withdrawal(shelf: Shelf) -> None:
    @per_release
    def counted(release: object) -> int:
        calls.append(1)
        return len(calls)

    calls: list[int] = []
    keeper = shelf.keeper()
    keeper.look()
    before = keeper.current()
    counted(before)
    keeper.look()
    assert counted(keeper.current()) == 1
    shelf.hide("site", named_site(keeper))
    keeper.look()
    after = keeper.current()
    assert counted(after) == 2
    assert (before == after, before.identity == after.identity) == (False, False)
    assert after.release_id == before.release_id
    (shelf.data / "hidden" / "public.json").unlink()
    keeper.look()
    assert keeper.current() == before


def test_a_release_shown_by_its_address_hides_the_same(shelf: Shelf) -> None:
    keeper = shelf.keeper()
    older = keeper.released(shelf.older)
    assert "donations" in older.tables
    shelf.hide("table", "donations")
    keeper.look()
    assert "donations" not in keeper.released(shelf.older).tables


def test_a_damaged_list_keeps_what_was_withdrawn(shelf: Shelf) -> None:
    shelf.hide("table", "donations")
    keeper = shelf.keeper()
    assert keeper.look().withdrawals == ""
    garble(shelf.data / "hidden" / "public.json")
    assert keeper.look().withdrawals == "kept"
    assert "donations" not in keeper.current().tables
    assert "named_sites" in keeper.current().tables
    remove(shelf.data / "hidden" / "public.json")
    assert keeper.look().withdrawals == ""
    assert "donations" in keeper.current().tables


@pytest.mark.parametrize(
    "written",
    [
        "{",
        "",
        "[]",
        '{"version": 2, "items": []}',
        '{"version": 1, "items": [{"kind": "all", "name": "x", "since": "2026-11-24", "reason": ""}]}',
        '{"version": 1, "items": [{"kind": "table", "name": "x", "since": "soon", "reason": ""}]}',
        "folder",
    ],
)
def test_without_a_list_nothing_of_single_sites_is_shown(shelf: Shelf, written: str) -> None:
    path = shelf.data / "hidden" / "public.json"
    path.parent.mkdir()
    if written == "folder":
        path.mkdir()
    else:
        path.write_text(written, encoding="utf-8")
    keeper = shelf.keeper()
    assert keeper.look().withdrawals == "unknown"
    release = keeper.current()
    for table in ("named_sites", "named_site_reports"):
        with pytest.raises(TableWithdrawn) as gone:
            release.table(table)
        assert (gone.value.since, gone.value.reason) == ("", "")
    assert len(release.table("displacement")) == 600


def test_a_site_withdrawn_from_the_ngo_tier(shelf: Shelf) -> None:
    keeper = shelf.keeper("ngo")
    keeper.look()
    before = keeper.current()
    reports = before.table("displacement")
    site = next(value for value in reports["site_id"] if value)
    shelf.hide("site", site, tier="ngo")
    keeper.look()
    release = keeper.current()
    assert all(one.site_id != site for one in sites.sites(release))
    assert release.withdrawn_rows("sites") == 1
    assert release.withdrawn_rows("displacement") == int((reports["site_id"] == site).sum()) > 0
    for table in ("sites", "site_reports", "site_aliases", "site_roles", "displacement"):
        assert site not in set(release.table(table)["site_id"])
    untouched = release.table("displacement")
    assert len(untouched[untouched["site_id"] == ""]) == len(reports[reports["site_id"] == ""])


def test_without_the_map_no_position_is_left(shelf: Shelf) -> None:
    shelf.hide("map", "ngo", tier="ngo", reason="shelling nearby")
    keeper = shelf.keeper("ngo")
    keeper.look()
    release = keeper.current()
    assert release.map_withdrawal is not None
    assert release.map_withdrawal.reason == "shelling nearby"
    assert len(sites.sites(release)) == release.loaded.entries["sites"].rows
    assert sites.spots(sites.sites(release)) == ()
    content = pq.read_table(io.BytesIO(release.content("sites")))
    for column in ("lat", "lon", "village", "admin3"):
        assert content[column].null_count == content.num_rows
        assert not release.table("sites")[column].replace("", None).notna().any()
    assert all(one.village == "" and one.radius is None for one in sites.sites(release))


def test_at_first_start_without_a_list_the_ngo_tier_shows_no_site(shelf: Shelf) -> None:
    (shelf.data / "hidden").mkdir()
    garble(shelf.data / "hidden" / "ngo.json")
    keeper = shelf.keeper("ngo")
    keeper.look()
    release = keeper.current()
    assert release.map_withdrawal is not None
    with pytest.raises(TableWithdrawn):
        sites.sites(release)
    assert set(release.table("displacement")["site_id"]) == {""}
    content = pq.read_table(io.BytesIO(release.content("displacement")))
    assert content["site_id"].null_count == content.num_rows == release.rows("displacement")


def test_the_list_of_one_tier_is_not_read_for_the_other(shelf: Shelf, tmp_path: Path) -> None:
    shelf.hide("table", "donations", tier="ngo")
    keeper = shelf.keeper("public")
    keeper.look()
    assert "donations" in keeper.current().tables
