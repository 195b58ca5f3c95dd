"""Releases in an object store: read as from a folder, and a bad store keeps the last good release."""

import hashlib
import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.releases.objects import BUCKET, Mode, Store, object_store
from tests.shelves import Shelf
from utils.curation.publish.push import push
from utils.releases import NoRelease, NotKept, TableUnavailable
from utils.releases.cache import PATIENCE_SECONDS, ReleaseCache
from utils.storage import Changed, Storage, TooLarge, Unreachable, bucket, open_storage

TABLES = ("donations", "fx_rates", "impact", "sources")
TROUBLES: tuple[Mode, ...] = ("hang", "refuse", "break off")


def silent(step: str, detail: str) -> None:
    """Tell nobody."""


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    with object_store() as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def filled(store: Store, shelf: Shelf) -> Storage:
    """The store with both releases in it, a few tables each."""
    shelf.trimmed(*TABLES)
    push(shelf.data, store.place, report=silent)
    store.asked.clear()
    return open_storage(store.place)


def test_a_release_is_read_from_a_bucket_as_from_a_folder(filled: Storage, shelf: Shelf) -> None:
    keeper = ReleaseCache(filled, "public", seconds=1e9)
    keeper.look()
    release, beside = keeper.current(), shelf.keeper().current()
    assert (release.release_id, release.tables) == (shelf.newer, beside.tables)
    for table in release.tables:
        assert release.table(table).equals(beside.table(table))
    assert release.content("impact") == beside.content("impact")
    assert release.dataset("fx_rates").count_rows() == 3103
    assert release.published == beside.published
    assert [entry["release"] for entry in keeper.changelog()] == [shelf.older, shelf.newer]
    assert keeper.released(shelf.older).release_id == shelf.older


def test_every_file_is_fetched_once(filled: Storage, store: Store) -> None:
    keeper = ReleaseCache(filled, "public", seconds=1e9)
    keeper.look()
    assert len([key for key in store.keys("GET") if key.startswith("releases/")]) == len(
        {key for key in store.keys("GET") if key.startswith("releases/")}
    )
    store.asked.clear()
    keeper.look()
    assert set(store.keys("GET")) == {"CURRENT", "hidden/public.json"}


def test_a_public_process_asks_for_nothing_of_the_other_tier(filled: Storage, store: Store) -> None:
    ReleaseCache(filled, "public", seconds=1e9).look()
    assert [path for _method, path in store.asked if "ngo" in path] == []


@pytest.mark.parametrize("mode", TROUBLES)
def test_a_store_in_trouble_leaves_the_last_good_release(
    filled: Storage, store: Store, shelf: Shelf, mode: Mode
) -> None:
    keeper = ReleaseCache(filled, "public", seconds=60)
    shown = keeper.current()
    store.mode = mode
    keeper._looked -= 61
    assert all(keeper.current() is shown for _visitor in range(50))
    state = keeper.look()
    assert (state.release, state.reason, state.is_older) == (shelf.newer, "unreachable", True)
    assert keeper.current() is shown
    store.mode = "open"
    assert keeper.look().reason == ""


def test_a_store_that_is_gone_leaves_the_last_good_release(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    with object_store() as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        push(shelf.trimmed(*TABLES).data, running.place, report=silent)
        keeper = ReleaseCache(open_storage(running.place), "public", seconds=1e9)
        keeper.look()
    assert keeper.look().is_older
    assert keeper.current().release_id == shelf.newer
    with pytest.raises(NotKept):
        keeper.released(shelf.older)


@pytest.mark.parametrize("mode", TROUBLES)
def test_without_any_release_a_store_in_trouble_is_said(filled: Storage, store: Store, mode: Mode) -> None:
    store.mode = mode
    keeper = ReleaseCache(filled, "public", seconds=15)
    with pytest.raises(NoRelease):
        keeper.current()
    asked = len(store.asked)
    with pytest.raises(NoRelease):
        keeper.current()
    assert len(store.asked) == asked, "the next visitor does not wait again"


@pytest.mark.parametrize("mode", TROUBLES)
def test_trouble_in_the_middle_of_a_newer_release_keeps_the_older(
    filled: Storage, store: Store, shelf: Shelf, mode: Mode
) -> None:
    filled.write("CURRENT", shelf.older.encode())
    keeper = ReleaseCache(filled, "public", seconds=1e9)
    keeper.look()
    filled.write("CURRENT", shelf.newer.encode())
    store.only, store.mode = f"{shelf.newer}/public/impact", mode
    state = keeper.look()
    assert (state.release, state.pointer, state.reason) == (shelf.older, shelf.newer, "unreachable")
    assert state.is_older
    store.mode = "open"
    assert keeper.look().release == shelf.newer


@pytest.mark.parametrize("content", [b"", b"PAR1 something else PAR1"])
def test_wrong_bytes_are_not_shown(filled: Storage, shelf: Shelf, content: bytes) -> None:
    filled.write(f"releases/{shelf.newer}/public/impact.parquet", content)
    keeper = ReleaseCache(filled, "public", seconds=1e9)
    assert keeper.look().damaged == ("impact",)
    with pytest.raises(TableUnavailable):
        keeper.current().table("impact")
    filled.write("CURRENT", shelf.older.encode())
    keeper.look()
    filled.write("CURRENT", shelf.newer.encode())
    assert keeper.look().release == shelf.older


def test_a_file_larger_than_the_manifest_says_is_not_taken_in(filled: Storage, shelf: Shelf) -> None:
    filled.write(f"releases/{shelf.newer}/public/impact.parquet", b"0" * 1_000_000)
    assert ReleaseCache(filled, "public", seconds=1e9).look().damaged == ("impact",)
    with pytest.raises(TooLarge):
        filled.read(f"releases/{shelf.newer}/public/impact.parquet", most=10)


def test_what_is_withdrawn_there_is_withdrawn_here(filled: Storage, shelf: Shelf, store: Store) -> None:
    keeper = ReleaseCache(filled, "public", seconds=1e9)
    keeper.look()
    shelf.hide("table", "donations")
    push(shelf.data, store.place, report=silent)
    keeper.look()
    assert "donations" not in keeper.current().tables


def test_no_visitor_waits_for_a_store_that_hangs(filled: Storage, store: Store) -> None:
    keeper = ReleaseCache(filled, "public", seconds=60)
    shown = keeper.current()
    store.mode = "hang"
    keeper._looked -= 61
    assert keeper.current() is shown
    assert store.hanging.wait(30)
    assert all(keeper.current() is shown for _visitor in range(50))
    assert keeper._look is not None
    assert keeper._look.is_alive(), "the look still waits for the store, and no visitor for the look"


def test_the_waits_add_up_to_less_than_a_reader_has_patience_for() -> None:
    assert bucket.WAIT_SECONDS * bucket.TRIES < bucket.SMALL_SECONDS < 5
    assert PATIENCE_SECONDS < 5


def test_trouble_quotes_no_address_and_no_secret(filled: Storage, store: Store) -> None:
    store.mode = "refuse"
    with pytest.raises(Unreachable) as trouble:
        filled.read("CURRENT", most=100)
    assert store.url not in str(trouble.value)
    assert "test" not in str(trouble.value)
    assert trouble.value.answers


@pytest.mark.parametrize("setting", ["AWS_SKIP_SIGNATURE", "AWS_EC2_METADATA_DISABLED"])
def test_a_public_bucket_is_read_without_credentials(
    setting: str, filled: Storage, store: Store, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_to_all(store, filled)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_EC2_METADATA_DISABLED"):
        monkeypatch.delenv(name)
    monkeypatch.setenv(setting, "true")
    keeper = ReleaseCache(open_storage(store.place), "public", seconds=1e9)
    assert keeper.look().release == shelf.newer
    assert all(name not in os.environ for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"))


def open_to_all(store: Store, place: Storage) -> None:
    """Let anybody read what lies in the bucket."""
    keys = ["CURRENT", *(key for prefix in ("changes", "hidden", "releases") for key in place.keys(prefix))]
    as_owner = {
        "Authorization": "AWS4-HMAC-SHA256 Credential=test/20261130/us-east-1/s3/aws4_request",
        "x-amz-acl": "public-read",
    }
    connection = http.client.HTTPConnection(store.url.removeprefix("http://"), timeout=30)
    for key in keys:
        connection.request("PUT", f"/{BUCKET}/copy/{key}?acl", headers=as_owner)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == http.HTTPStatus.OK
    connection.close()


def test_a_pointer_that_somebody_else_moved_is_not_replaced(filled: Storage) -> None:
    seen = filled.stamp("CURRENT")
    filled.write("CURRENT", b"theirs", replaces=seen)
    with pytest.raises(Changed) as refused:
        filled.write("CURRENT", b"ours", replaces=seen)
    assert str(refused.value) == "[Errno 11] was changed by somebody else meanwhile: 'CURRENT'"
    with pytest.raises(Changed):
        filled.write("CURRENT", b"ours", replaces="")
    with pytest.raises(Changed):
        filled.write("NOTHING", b"ours", replaces=seen)
    assert filled.read("CURRENT", most=100) == b"theirs"
    filled.write("NEW", b"first", replaces="")
    assert filled.read("NEW", most=100) == b"first"


def test_a_long_file_is_copied_in_parts_and_known_again(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "long.parquet"
    source.write_bytes(bytes(range(256)) * 80_000)  # 20.48 MB: three pieces, five parts
    place = open_storage(store.place)
    place.put("releases/long", source)
    assert (place.size("releases/long"), place.holds("releases/long", source)) == (20_480_000, True)
    assert place.digest("releases/long") == hashlib.sha256(source.read_bytes()).hexdigest()
    source.write_bytes(bytes(reversed(range(256))) * 80_000)
    assert not place.holds("releases/long", source)


def test_the_client_of_object_stores_is_loaded_only_for_a_bucket() -> None:
    code = "import sys, utils.releases; utils.releases.open_storage('.'); print('obstore' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
