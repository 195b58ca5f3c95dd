"""Pushing: everything apps need, in an order that is safe at every moment, and never the other tier."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.publishing import main
from tests.shelves import Shelf
from utils.curation.cli import BUSY, CANNOT, DONE
from utils.curation.publish.commands import rollback
from utils.curation.publish.push import NotForThisPlace, NothingToPush, copies, push
from utils.releases.cache import ReleaseCache
from utils.releases.catalogue import is_whole
from utils.releases.lock import publisher_lock
from utils.storage import Changed, Folder

pytestmark = pytest.mark.slow


def silent(step: str, detail: str) -> None:
    """Tell nobody."""


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Where a copy is pushed to."""
    return tmp_path / "copy"


def test_a_public_copy_is_whole_and_holds_nothing_else(shelf: Shelf, copy: Path) -> None:
    done = push(shelf.data, str(copy), report=silent)
    assert (done.release, done.removed, done.kept) == (shelf.newer, 0, 0)
    assert (
        files(copy / "releases")
        == {path for path in files(shelf.data / "releases") if "/public/" in path}
        != set()
    )
    assert files(copy) - {f"releases/{path}" for path in files(copy / "releases")} == {
        "CURRENT",
        "TIER",
        "changes/public.jsonl",
        "hidden/public.json",
    }
    keeper = ReleaseCache(Folder(copy), "public", seconds=1e9)
    assert keeper.look().reason == ""
    assert keeper.released(shelf.older).release_id == shelf.older


def test_a_second_push_copies_only_what_is_not_there(shelf: Shelf, copy: Path) -> None:
    first = push(shelf.data, str(copy), report=silent)
    spoilt = copy / "releases" / shelf.newer / "public" / "impact.parquet"
    spoilt.write_bytes(b"\0" * spoilt.stat().st_size)
    second = push(shelf.data, str(copy), report=silent)
    assert (second.copied, second.kept) == (1, first.copied - 1)
    assert spoilt.read_bytes() == shelf.file(shelf.newer, "impact.parquet").read_bytes()


def test_the_pointer_moves_after_everything_it_needs(
    shelf: Shelf, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.hide("table", "donations")
    order: list[str] = []

    def noted(method: Callable[..., None]) -> Callable[..., None]:
        def call(place: Folder, key: str, *arguments: object, **named: object) -> None:
            order.append(key)
            method(place, key, *arguments, **named)

        return call

    monkeypatch.setattr(Folder, "write", noted(Folder.write))
    monkeypatch.setattr(Folder, "put", noted(Folder.put))
    push(shelf.data, str(copy), report=silent)
    assert order[:2] == ["TIER", "hidden/public.json"]
    assert order[-3:] == ["changes/public.jsonl", "CURRENT", "hidden/public.json"]
    of_newer = [key for key in order if key.startswith(f"releases/{shelf.newer}/public")]
    assert of_newer[-1].endswith("manifest.json")


def test_a_pointer_that_another_machine_moved_meanwhile_is_left(
    shelf: Shelf, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(shelf.data, str(copy), report=silent)
    put = Folder.put

    def put_while_another_switches(place: Folder, key: str, source: Path) -> None:
        place.write("CURRENT", b"theirs")
        put(place, key, source)

    monkeypatch.setattr(Folder, "put", put_while_another_switches)
    (copy / "releases" / shelf.newer / "public" / "impact.parquet").unlink()
    with pytest.raises(Changed):
        push(shelf.data, str(copy), report=silent)
    assert (copy / "CURRENT").read_bytes() == b"theirs"


def test_a_push_that_was_cut_off_leaves_the_older_release(
    shelf: Shelf, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.point(shelf.older)
    push(shelf.data, str(copy), report=silent)
    (copy / "releases" / shelf.newer / "public" / "impact.parquet").unlink()
    shelf.point(shelf.newer)

    def full(place: Folder, key: str, source: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Folder, "put", full)
        with pytest.raises(OSError, match="No space"):
            push(shelf.data, str(copy), report=silent)
    keeper = ReleaseCache(Folder(copy), "public", seconds=1e9)
    assert keeper.look().release == shelf.older
    push(shelf.data, str(copy), report=silent)
    assert keeper.look().release == shelf.newer


def test_what_is_shown_again_stays_hidden_until_the_pointer_moved(
    shelf: Shelf, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.hide("table", "donations")
    push(shelf.data, str(copy), report=silent)
    (shelf.data / "hidden" / "public.json").unlink()
    shelf.hide("table", "impact")
    seen: list[tuple[str, set[str]]] = []
    write = Folder.write

    def noted(place: Folder, key: str, content: bytes, *, replaces: str | None = None) -> None:
        write(place, key, content, replaces=replaces)
        items = json.loads((copy / "hidden" / "public.json").read_text(encoding="utf-8"))["items"]
        seen.append((key, {item["name"] for item in items}))

    monkeypatch.setattr(Folder, "write", noted)
    push(shelf.data, str(copy), report=silent)
    assert dict(seen[:-1])["CURRENT"] == {"donations", "impact"}
    assert seen[-1] == ("hidden/public.json", {"impact"})


def test_a_withdrawn_release_is_removed_from_the_copy(shelf: Shelf, copy: Path) -> None:
    push(shelf.data, str(copy), report=silent)
    rollback(shelf.data, why="an error")
    done = push(shelf.data, str(copy), report=silent)
    assert done.release == shelf.older
    assert done.removed > 0
    assert {path.name for path in (copy / "releases").iterdir()} == {shelf.older}
    assert is_whole(shelf.data / "releases" / shelf.newer), "the curator keeps it"


def test_a_public_place_never_takes_the_ngo_tier(shelf: Shelf, copy: Path) -> None:
    push(shelf.data, str(copy), report=silent)
    before = files(copy)
    with pytest.raises(NotForThisPlace, match="public"):
        push(shelf.data, str(copy), tier="ngo", report=silent)
    assert files(copy) == before


def test_a_place_with_ngo_files_is_not_taken_for_a_public_one(shelf: Shelf, copy: Path) -> None:
    left = copy / "releases" / shelf.older / "ngo" / "manifest.json"
    left.parent.mkdir(parents=True)
    left.write_text("{}", encoding="utf-8")
    with pytest.raises(NotForThisPlace, match="NGO"):
        push(shelf.data, str(copy), report=silent)
    assert files(copy) == {left.relative_to(copy).as_posix()}


def test_a_place_for_the_ngo_tier_holds_both(shelf: Shelf, copy: Path) -> None:
    push(shelf.data, str(copy), tier="ngo", report=silent)
    assert (copy / "TIER").read_text(encoding="ascii") == "ngo\n"
    tiers = {path.name for path in (shelf.data / "releases" / shelf.newer).iterdir()}
    assert {path.name for path in (copy / "releases" / shelf.newer).iterdir()} == tiers
    with pytest.raises(NotForThisPlace, match="ngo"):
        push(shelf.data, str(copy), report=silent)


def test_a_data_folder_is_not_pushed_onto_itself(shelf: Shelf) -> None:
    before = files(shelf.data)
    with pytest.raises(NotForThisPlace):
        push(shelf.data, str(shelf.data), report=silent)
    assert files(shelf.data) - before <= {"releases/.lock"}


def test_nothing_is_pushed_of_a_damaged_release(shelf: Shelf, copy: Path) -> None:
    shelf.file(shelf.newer, "impact.parquet").write_bytes(b"")
    with pytest.raises(NothingToPush):
        push(shelf.data, str(copy), report=silent)
    assert not copy.exists()


def test_the_command_pushes_hides_there_too_and_names_forgotten_copies(
    shelf: Shelf, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(shelf.data)]
    assert main(["push", "--to", str(copy), *data]) == DONE
    assert copies(shelf.data) == (("public", str(copy)),)
    assert main(["hide", "table", "donations", "--why", "wrong", *data]) == DONE
    assert f"push --to {copy}" in capsys.readouterr().out
    assert main(["hide", "table", "impact", "--why", "wrong", "--to", str(copy), *data]) == DONE
    keeper = ReleaseCache(Folder(copy), "public", seconds=1e9)
    keeper.look()
    assert {"donations", "impact"}.isdisjoint(keeper.current().tables)
    capsys.readouterr()
    assert main(["rollback", "--why", "wrong", "--json", "--to", str(copy), *data]) == DONE
    assert json.loads(capsys.readouterr().out)["pushed"]["release"] == shelf.older
    assert keeper.look().release == shelf.older


def test_the_command_says_what_could_not_be_done(
    shelf: Shelf, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(shelf.data)]
    assert main(["push", "--to", "ftp://somewhere/x", *data]) == CANNOT
    assert "s3://bucket/prefix" in capsys.readouterr().err
    copy.write_text("a file", encoding="utf-8")
    assert main(["hide", "table", "impact", "--to", str(copy), *data]) == CANNOT
    said = capsys.readouterr().err
    assert "table impact is hidden" in said
    assert f"Not copied to {copy}" in said
    with publisher_lock(shelf.data, chore="publish", wait=False):
        assert main(["push", "--to", str(copy), *data]) == BUSY
