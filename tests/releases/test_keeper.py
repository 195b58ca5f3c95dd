"""The last good release stays whatever happens to a newer one, and pages are told why."""

import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.shelves import Shelf, Spoil, empty, flip, folder_instead, garble, remove, truncate
from utils import releases
from utils.releases import NoRelease, NotKept, ReleaseWithdrawn, TableUnavailable
from utils.releases.cache import ADDRESSED, FETCHERS, UNKNOWN, ReleaseCache
from utils.storage import Folder, Unreachable

SPOILERS = (truncate, empty, flip, remove, folder_instead)


def rewrite(change: Callable[[dict[str, object]], object]) -> Spoil:
    def spoil(path: Path) -> None:
        document = json.loads(path.read_text(encoding="utf-8"))
        change(document)
        path.write_text(json.dumps(document), encoding="utf-8")

    return spoil


BAD_MANIFESTS = {
    "missing": remove,
    "not JSON": garble,
    "empty": empty,
    "a list": lambda path: path.write_text("[]", encoding="utf-8"),
    "of another release": rewrite(lambda manifest: manifest.update(release="0" * 12)),
    "of the other tier": rewrite(lambda manifest: manifest.update(tier="ngo")),
    "of other inputs": rewrite(lambda manifest: manifest.update(created_from="f" * 64)),
    "without tables": rewrite(lambda manifest: manifest.pop("tables")),
    "a table that climbs": rewrite(
        lambda manifest: manifest["tables"].update(  # type: ignore[attr-defined]
            {"../ngo/sites": {"sha256": "0" * 64, "bytes": 1, "rows": 1}}
        )
    ),
    "a size that is none": rewrite(
        lambda manifest: manifest["tables"]["sources"].update(bytes=-1)  # type: ignore[index]
    ),
    "a folder": folder_instead,
}
BAD_POINTERS = ("", "\n", "../../etc", "../ngo", "no-such-id", "0" * 12, "a" * 200, "a" * 5000, "\x00", "é")


def older_then_newer(shelf: Shelf, spoil: Callable[[], object]) -> ReleaseCache:
    """Return a process that served the older release when the newer was published, spoilt."""
    shelf.point(shelf.older)
    keeper = shelf.keeper()
    keeper.look()
    spoil()
    if (shelf.data / "CURRENT").read_text() == shelf.older:
        shelf.point(shelf.newer)
    keeper.look()
    return keeper


def test_a_newer_release_is_taken_up_and_the_older_forgotten_but_one(shelf: Shelf) -> None:
    keeper = older_then_newer(shelf, lambda: None)
    state = keeper.state()
    assert (state.release, state.reason, state.is_older) == (shelf.newer, "", False)
    assert keeper.current().table("looked_for")["note"].str.contains("Searched again").sum() == 1


@pytest.mark.parametrize("spoil", SPOILERS)
@pytest.mark.parametrize("name", ["impact.parquet", "datapackage.json"])
def test_a_release_with_one_bad_file_is_not_taken_up(shelf: Shelf, spoil: Spoil, name: str) -> None:
    keeper = older_then_newer(shelf, lambda: spoil(shelf.file(shelf.newer, name)))
    state = keeper.state()
    assert keeper.current().release_id == shelf.older
    assert (state.pointer, state.reason, state.is_older) == (shelf.newer, "damaged", True)
    assert name.removesuffix(".parquet") in state.detail
    assert state.damaged == ()
    assert len(keeper.current().table("impact")) > 0


@pytest.mark.parametrize("spoil", SPOILERS)
def test_at_first_start_a_bad_table_takes_down_itself_only(shelf: Shelf, spoil: Spoil) -> None:
    spoil(shelf.file(shelf.newer, "donations.parquet"))
    keeper = shelf.keeper()
    state = keeper.look()
    assert (state.release, state.damaged, state.is_older) == (shelf.newer, ("donations",), False)
    with pytest.raises(TableUnavailable, match="donations") as caught:
        keeper.current().table("donations")
    assert caught.value.table == "donations"
    assert len(keeper.current().table("sources")) == 550


def test_a_table_that_is_mended_is_shown_again(shelf: Shelf) -> None:
    path = shelf.file(shelf.newer, "donations.parquet")
    good = path.read_bytes()
    flip(path)
    keeper = shelf.keeper()
    keeper.look()
    before = keeper.current()
    keeper.look()
    assert keeper.current() is before, "nothing changed, so nothing cached is lost"
    path.write_bytes(good)
    assert keeper.look().damaged == ()
    assert len(keeper.current().table("donations")) > 0
    assert keeper.current() != before


@pytest.mark.parametrize("wrong", BAD_MANIFESTS)
def test_a_bad_manifest_keeps_the_previous_release(shelf: Shelf, wrong: str) -> None:
    keeper = older_then_newer(shelf, lambda: BAD_MANIFESTS[wrong](shelf.file(shelf.newer, "manifest.json")))
    assert keeper.current().release_id == shelf.older
    state = keeper.state()
    assert state.is_older
    assert state.reason == ("pointer" if wrong == "missing" else "manifest")


@pytest.mark.parametrize("wrong", BAD_MANIFESTS)
def test_a_bad_manifest_alone_is_no_release(shelf: Shelf, wrong: str) -> None:
    BAD_MANIFESTS[wrong](shelf.file(shelf.newer, "manifest.json"))
    with pytest.raises(NoRelease):
        shelf.keeper().current()


@pytest.mark.parametrize("written", BAD_POINTERS)
def test_a_bad_pointer_keeps_the_previous_release(shelf: Shelf, written: str) -> None:
    keeper = older_then_newer(shelf, lambda: shelf.point(written))
    assert keeper.current().release_id == shelf.older
    assert keeper.state().is_older
    assert written not in (keeper.state().detail or "-") or len(written) < 3, "a bad pointer is not repeated"


@pytest.mark.parametrize("written", BAD_POINTERS)
def test_a_bad_pointer_alone_is_no_release(shelf: Shelf, written: str) -> None:
    shelf.point(written)
    with pytest.raises(NoRelease):
        shelf.keeper().current()


@pytest.mark.parametrize("spoil", [remove, folder_instead])
def test_a_pointer_that_is_no_file_keeps_the_previous_release(shelf: Shelf, spoil: Spoil) -> None:
    keeper = shelf.keeper()
    keeper.look()
    spoil(shelf.data / "CURRENT")
    assert keeper.look().is_older
    assert keeper.current().release_id == shelf.newer


def test_trouble_is_told_since_it_was_first_seen(shelf: Shelf) -> None:
    started = datetime.now(UTC)
    keeper = older_then_newer(shelf, lambda: flip(shelf.file(shelf.newer, "impact.parquet")))
    since = keeper.state().since
    assert since is not None
    assert started <= since <= datetime.now(UTC)
    assert keeper.look().since == since
    shelf.point(shelf.older)
    assert (keeper.look().since, keeper.state().reason) == (None, "")


def test_trouble_is_logged_once(shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    keeper = older_then_newer(shelf, lambda: folder_instead(shelf.file(shelf.newer, "impact.parquet")))
    for _again in range(5):
        keeper.look()
    assert len([line for line in caplog.records if line.levelname == "WARNING"]) == 1


def test_a_pipe_in_the_place_of_a_file_holds_up_nobody(shelf: Shelf) -> None:
    path = shelf.file(shelf.newer, "impact.parquet")
    path.unlink()
    os.mkfifo(path)
    assert shelf.keeper().look().damaged == ("impact",)


def test_a_link_that_leads_out_is_not_followed(
    shelf: Shelf, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = shelf.file(shelf.newer, "impact.parquet")
    outside = tmp_path / "outside.parquet"
    path.rename(outside)
    path.symlink_to(outside)
    assert shelf.keeper().look().damaged == ("impact",)
    assert any("SECURITY" in line.message and "impact.parquet" in line.message for line in caplog.records)


def test_a_whole_release_behind_a_link_that_leads_out_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    folder = shelf.data / "releases" / shelf.newer
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NoRelease):
        shelf.keeper().current()


def test_a_withdrawn_release_is_not_kept_for_want_of_a_better(shelf: Shelf) -> None:
    """Going back from a release that should never have been published must not leave it on screen."""
    keeper = shelf.keeper()
    keeper.look()
    shelf.hide("release", shelf.newer)
    remove(shelf.file(shelf.older, "manifest.json"))
    shelf.point(shelf.older)
    keeper.look()
    with pytest.raises(NoRelease):
        keeper.current()


def test_going_back_needs_no_second_reading(shelf: Shelf) -> None:
    keeper = older_then_newer(shelf, lambda: None)
    flip(shelf.file(shelf.older, "impact.parquet"))
    shelf.point(shelf.older)
    assert keeper.look().damaged == ()
    assert keeper.current().release_id == shelf.older


def test_each_kept_release_has_an_address(shelf: Shelf) -> None:
    keeper = shelf.keeper()
    older = keeper.released(shelf.older)
    assert older.release_id == shelf.older
    assert keeper.released(shelf.older) is older
    assert keeper.released(shelf.newer) is keeper.current()
    assert not older.table("looked_for")["note"].str.contains("Searched again").any()


@pytest.mark.parametrize("asked", ["", "../ngo", "0" * 12, "<script>", "a" * 10_000, "CURRENT", "\x00"])
def test_an_address_without_a_release_is_refused(shelf: Shelf, asked: str) -> None:
    with pytest.raises(NotKept) as refused:
        shelf.keeper().released(asked)
    assert asked not in str(refused.value) or not asked


def test_addresses_take_bounded_memory(shelf: Shelf) -> None:
    keeper = shelf.keeper()
    keeper.look()
    for number in range(UNKNOWN + 5):
        with pytest.raises(NotKept):
            keeper.released(f"{number:012x}")
    assert len(keeper._unknown) == UNKNOWN
    keeper.released(shelf.older)
    assert len(keeper._addressed) == 1 <= ADDRESSED


def test_a_withdrawn_release_tells_the_reason(shelf: Shelf) -> None:
    keeper = shelf.keeper()
    keeper.released(shelf.older)
    shelf.hide("release", shelf.older, reason="a typing error")
    keeper.look()
    with pytest.raises(ReleaseWithdrawn) as refused:
        keeper.released(shelf.older)
    assert (refused.value.reason, refused.value.since) == ("a typing error", "2026-11-24T20:30:00Z")


def test_a_release_knows_the_day_it_was_published(shelf: Shelf) -> None:
    path = shelf.data / "changes" / "public.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines[-1]["at"] = "2026-11-24T20:30:00Z"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    keeper = shelf.keeper()
    keeper.look()
    published = keeper.current().published
    assert published is not None
    assert published.isoformat() == "2026-11-25", "the day in Cambodia"


def test_the_changelog_is_read_again_when_it_grows(shelf: Shelf) -> None:
    keeper = shelf.keeper()
    keeper.look()
    told = keeper.changelog()
    assert [entry["release"] for entry in told] == [shelf.older, shelf.newer]
    assert told[1]["why"] == "searched again"
    keeper.look()
    assert keeper.changelog() is told
    path = shelf.data / "changes" / "public.jsonl"
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({**told[1], "event": "show"}) + "\n" + '{"at": "2026-1')
    keeper.look()
    assert [entry["event"] for entry in keeper.changelog()] == ["publish", "publish", "show"]


def test_a_damaged_changelog_keeps_what_was_told(shelf: Shelf) -> None:
    keeper = shelf.keeper()
    keeper.look()
    path = shelf.data / "changes" / "public.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    keeper.look()
    assert len(keeper.changelog()) == 2
    fresh = shelf.keeper()
    fresh.look()
    with pytest.raises(TableUnavailable, match="changes/public"):
        fresh.changelog()


def test_visitors_go_on_while_one_look_is_taken(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = ReleaseCache(Folder(shelf.data), "public", seconds=60)
    shown = keeper.current()
    began, may_end = threading.Event(), threading.Event()

    def slow(*_arguments: object, **_named: object) -> bytes:
        began.set()
        may_end.wait(30)
        raise FileNotFoundError

    monkeypatch.setattr(Folder, "read", slow)
    keeper._looked -= 61
    assert keeper.current() is shown
    assert began.wait(10)
    assert [keeper.current() is shown for _visitor in range(20)] == [True] * 20
    assert len([thread for thread in threading.enumerate() if thread.name == "samaki-look"]) == 1
    may_end.set()


def test_after_a_long_sleep_a_visitor_waits_for_a_look(shelf: Shelf) -> None:
    """What was withdrawn in the meantime must not be shown once more."""
    keeper = ReleaseCache(Folder(shelf.data), "public", seconds=60)
    keeper.current()
    shelf.hide("table", "donations")
    keeper._looked -= 3600
    assert "donations" not in keeper.current().tables


def test_a_watched_tier_follows_without_any_visitor(shelf: Shelf) -> None:
    shelf.point(shelf.older)
    keeper = ReleaseCache(Folder(shelf.data), "public", seconds=0.01)
    keeper.look()
    with keeper.watched():
        shelf.point(shelf.newer)
        followed = threading.Event()
        deadline = threading.Timer(10, followed.set)
        deadline.start()
        while keeper.state().release != shelf.newer and not followed.wait(0.01):
            pass
        deadline.cancel()
    assert keeper.state().release == shelf.newer


def test_the_interval_can_be_shortened_never_lengthened(monkeypatch: pytest.MonkeyPatch) -> None:
    for written, seconds in (("0.2", 0.2), ("600", 15.0), ("0", 0.05), ("soon", 15.0)):
        monkeypatch.setenv("SAMAKI_POINTER_SECONDS", written)
        assert releases._seconds() == seconds


@pytest.mark.parametrize("name", ["http://example.org/x", "s3://user:secret@bucket/x", "s3://", "gs://b/x"])
def test_a_place_of_no_known_kind_is_refused_without_repeating_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMAKI_DATA", name)
    with pytest.raises(NoRelease) as refused:
        releases.current("public")
    assert "secret" not in str(refused.value)
    assert "s3://bucket/prefix" in str(refused.value)


def test_addresses_without_a_release_hold_nobody_up_while_the_store_is_out_of_reach(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = shelf.keeper()
    keeper.look()
    gate, asked = threading.Event(), []

    def hang(_self: Folder, key: str, **_named: object) -> bytes:
        asked.append(key)
        gate.wait()
        raise Unreachable(key=key, reason="no answer in time", answers=False)

    monkeypatch.setattr(Folder, "read", hang)
    monkeypatch.setattr("utils.releases.cache.PATIENCE_SECONDS", 0.0)
    for number in [1] * 20 + list(range(1, 40)):
        with pytest.raises(NotKept):
            keeper.released(f"{number:012x}")
    assert sum(thread.name == "samaki-fetch" for thread in threading.enumerate()) <= FETCHERS
    monkeypatch.setattr("utils.releases.cache.PATIENCE_SECONDS", 60.0)
    gate.set()
    for number in range(40, 80):
        with pytest.raises(NotKept):
            keeper.released(f"{number:012x}")
    assert len(asked) <= FETCHERS + 1, "once it is known to be out of reach, it is asked no more"
    assert keeper.current().release_id == shelf.newer
