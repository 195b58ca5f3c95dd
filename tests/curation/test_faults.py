"""A publisher that dies, a disk that is full, two at once, a hundred in a row: readers never notice."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.frozen import ROOT, copy_record
from tests.publishing import ensure_release, main, publish
from utils.curation.check import CheckResult
from utils.curation.publish import commands, record_tasks, sandbox, steps
from utils.curation.publish.commands import rollback
from utils.curation.publish.errors import InputsChanged, ReleaseRefused
from utils.curation.publish.inputs import inputs_digest, inputs_id
from utils.curation.publish.record_tasks import Built, build_in_sandbox
from utils.curation.publish.sandbox import Limits, SandboxFailed
from utils.releases import catalogue, history, withdrawals
from utils.releases.catalogue import (
    NoSuchRelease,
    current_id,
    is_whole,
    kept_ids,
    list_releases,
    prune_releases,
)
from utils.releases.durable_files import sha256
from utils.releases.layout import folder_of
from utils.releases.lock import Busy, lock_holder, publisher_lock

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("at_once", "without_waiting_for_the_disk")]
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES_DISK = {
    "os.rename",
    "os.mkdir",
    "os.remove",
    "os.rmdir",
    "os.truncate",
    "os.chmod",
    "shutil.rmtree",
    "os.link",
}


@pytest.fixture
def without_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is killed loses nothing it wrote; only a machine that loses its power would."""
    monkeypatch.setattr(os, "fsync", lambda _handle: None)


def edit(data: Path, note: str) -> None:
    path = data / "curated" / "looked_for.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[1].rsplit(",", 1)
    path.write_text("\n".join([lines[0], f"{cells[0]},{note}", *lines[2:]]) + "\n", encoding="utf-8")


def told_of(data: Path) -> list[tuple[str, str, str]]:
    return [(event.event, event.before, event.release) for event in history.read_events(data)]


def public_story(data: Path) -> list[tuple[str, str, str]]:
    return [
        (entry["event"], entry["before"], entry["release"]) for entry in history.read_changes(data, "public")
    ]


def left_behind(data: Path) -> list[str]:
    folders = [data, data / "releases", data / "changes", data / "hidden"]
    found = [path.name for folder in folders if folder.is_dir() for path in folder.iterdir()]
    return [name for name in found if name.startswith(".") and name != ".lock"]


def killed_at(number: int, chore: Callable[[], object], data: Path) -> bool:
    """Run a chore in a process that kills itself before its ``number``-th change of the disk.

    Returns whether it was killed; not when it had ended before.
    """
    pid = os.fork()
    if pid == 0:
        counter = itertools.count(1)

        def die(event: str, arguments: tuple[Any, ...]) -> None:
            writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES
            if (writes or event in CHANGES_DISK) and f"{data}/" in f"{arguments[0]}/":
                inside_work = "/public/" in str(arguments[0]) and ".tmp-" in str(arguments[0])
                if not inside_work and next(counter) == number:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(die)
        try:
            chore()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


@pytest.fixture
def two(small: Path) -> tuple[Path, str, str]:
    """A folder with one release published, and the inputs of a second one; the ids of both."""
    first = publish(small)
    edit(small, "Searched again")
    return small, first, inputs_id(small)


def copies(data: Path) -> Iterator[Path]:
    """Yield fresh copies of a data folder, each in its place, one after the other."""
    template = data.with_name("template")
    data.rename(template)
    while True:
        shutil.copytree(template, data)
        yield data
        shutil.rmtree(data)


def test_f7_a_publisher_killed_between_any_two_steps_hurts_nobody(two: tuple[Path, str, str]) -> None:
    data, first, second = two
    seen = set()
    for number, fresh in enumerate(copies(data), 1):
        killed = killed_at(number, lambda: publish(data, why="mended"), data)
        current = current_id(fresh)
        assert current in {first, second}
        assert is_whole(folder_of(fresh, str(current)))
        assert ensure_release(fresh).release_id == second
        assert publish(fresh) == second
        assert rollback(fresh) == first
        assert told_of(fresh) == [
            *(("publish", "", first), ("publish", first, second), ("rollback", second, first)),
        ]
        assert public_story(fresh) == told_of(fresh)
        assert left_behind(fresh) == []
        seen.add(current)
        if not killed:
            break
    assert seen == {first, second}
    assert number > 8


def test_f7_a_rollback_killed_between_any_two_steps_is_done_again(two: tuple[Path, str, str]) -> None:
    data, first, second = two
    publish(data)
    seen = set()
    for number, fresh in enumerate(copies(data), 1):
        killed = killed_at(number, lambda: rollback(data, why="a name"), data)
        current = current_id(fresh)
        assert current in {first, second}
        seen.add(current)
        if current == second:
            assert rollback(fresh, why="a name") == first
        assert ensure_release(fresh) == commands.Published(first, held=second)
        assert publish(fresh) == second
        assert told_of(fresh) == [
            *(("publish", "", first), ("publish", first, second)),
            *(("rollback", second, first), ("publish", first, second)),
        ]
        assert public_story(fresh) == told_of(fresh)
        details = [bool(entry["changes"]) for entry in history.read_changes(fresh, "public")]
        assert details == [False, False, False, True]
        assert left_behind(fresh) == []
        if not killed:
            break
    assert seen == {first, second}
    assert number > 5


def test_f7_a_killed_switch_is_told_once_with_what_it_changed(
    two: tuple[Path, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, first, second = two

    def dies(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(steps, "announce_switch", dies)
        with pytest.raises(KeyboardInterrupt):
            publish(data)
    assert current_id(data) == second
    assert told_of(data) == [("publish", "", first)]
    publish(data)
    assert told_of(data)[1:] == [("publish", first, second)]
    (change,) = history.read_changes(data, "public")[1]["changes"]
    assert (change["kind"], change["table"]) == ("reworded", "looked_for")


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A disk of a few kilobytes in memory; the test is skipped where none can be mounted."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True, capture_output=True)


def test_f8_a_disk_without_room_keeps_the_release_and_the_next_publish_is_whole(
    small: Path, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", 2048) as disk:
        data = disk / "data"
        shutil.copytree(small, data)
        first = publish(data)
        edit(data, "Searched again")
        filler = disk / "filler"
        for room in (0, 8, 60, 200):
            free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
            filler.write_bytes(b"\0" * max(free - 1024 * room, 0))
            with pytest.raises(OSError, match="No space left"):
                publish(data)
            kept = ensure_release(data)
            assert kept.release_id == current_id(data) == first
            assert [problem.code for problem in kept.problems] == ["file"]
            assert all(is_whole(folder_of(data, one)) for one in kept_ids(data))
            filler.unlink()
        second = publish(data)
        assert told_of(data) == public_story(data) == [("publish", "", first), ("publish", first, second)]
        assert left_behind(data) == []


@contextmanager
def other_publisher(data: Path) -> Iterator[int]:
    """Another process that holds the lock until the block is left; its process id."""
    script = (
        "import sys; from pathlib import Path; from utils.releases.lock import publisher_lock\n"
        "with publisher_lock(Path(sys.argv[1]), chore='publish', wait=True):\n"
        "    print('at work', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(data)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "at work\n"
        yield process.pid
        process.stdin.close()


@pytest.mark.parametrize("chore", [["publish"], ["rollback"], ["hide", "map"], ["prune"]])
def test_f34_the_second_editor_is_told_who_is_at_work(
    small: Path, chore: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    first = publish(small)
    edit(small, "Searched again")
    with other_publisher(small) as pid:
        assert main([*chore, "--data", str(small)]) == 3
        said = capsys.readouterr().err
        assert f"(process {pid}), publish since 20" in said
        assert f" on {os.uname().nodename} " in said
        assert lock_holder(small)
        assert main([*chore, "--data", str(small), "--json"]) == 3
        assert json.loads(capsys.readouterr().out)["exit"] == 3
        assert current_id(small) == first
    assert lock_holder(small) == ""
    assert publish(small) != first


def test_f34_a_lock_whose_holder_said_nothing_still_holds(small: Path) -> None:
    with publisher_lock(small, chore="publish", wait=False):
        (small / "releases" / ".lock").write_text("{half", encoding="utf-8")
        with pytest.raises(Busy, match="did not say who"), publisher_lock(small, chore="hide", wait=False):
            pass


def test_a_publisher_without_a_name_is_told_by_number(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nameless)
    with publisher_lock(small, chore="publish", wait=False):
        assert lock_holder(small).startswith(f"user {os.getuid()} on ")


class Reader(threading.Thread):
    """Reads the current release over and over, as an app does, and notes whatever is not whole."""

    def __init__(self, data: Path, stop: threading.Event) -> None:
        super().__init__()
        self.data, self.stop = data, stop
        self.reads, self.seen, self.torn = 0, set[str](), list[str]()

    def run(self) -> None:
        while not self.stop.wait(0.001):
            try:
                self._read()
            except FileNotFoundError as error:
                self._gone(error)
            except (OSError, ValueError, KeyError, AssertionError) as error:
                self.torn.append(repr(error))

    def _read(self) -> None:
        name = (self.data / "CURRENT").read_text(encoding="ascii").strip()
        folder = folder_of(self.data, name) / "public"
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["release"] == name
        for table in ("looked_for", "phases"):
            content = (folder / f"{table}.parquet").read_bytes()
            assert hashlib.sha256(content).hexdigest() == manifest["tables"][table]["sha256"]
        self.reads += 1
        self.seen.add(name)

    def _gone(self, error: FileNotFoundError) -> None:
        """A release that was pruned under a slow reader is gone whole; the current one never is."""
        name = Path(str(error.filename)).parents[1].name
        if name == (self.data / "CURRENT").read_text(encoding="ascii").strip():
            self.torn.append(repr(error))


def lightly(first: Path) -> Callable[..., Built]:
    """Return a builder that writes a release like the first, with one table of its own."""

    def build(data: Path, work: Path, digest: str, **_more: object) -> Built:
        shutil.copytree(first / "public", work / "public")
        table = work / "public" / "looked_for.parquet"
        pq.write_table(pq.read_table(table).replace_schema_metadata({"made": digest}), table)
        path = work / "public" / "manifest.json"
        manifest = json.loads(path.read_text(encoding="utf-8"))
        manifest["release"], manifest["created_from"] = digest[:12], digest
        manifest["tables"]["looked_for"]["sha256"] = hashlib.sha256(table.read_bytes()).hexdigest()
        path.write_text(json.dumps(manifest), encoding="utf-8")
        return Built(CheckResult(), {"names": {}, "points": [], "ids": [], "codes": [], "open_points": []})

    return build


def test_f6_a_hundred_publishes_beside_four_readers_give_no_torn_read(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(folder_of(small, publish(small)), tmp_path / "first")
    monkeypatch.setattr(steps, "build_in_sandbox", lightly(tmp_path / "first"))
    stop = threading.Event()
    readers = [Reader(small, stop) for _ in range(4)]
    for reader in readers:
        reader.start()
    published = []
    for number in range(100):
        edit(small, f"Searched {number}")
        published.append(publish(small))
    stop.set()
    for reader in readers:
        reader.join()
    assert [reader.torn for reader in readers] == [[], [], [], []]
    assert sum(reader.reads for reader in readers) > 400
    assert len(set().union(*(reader.seen for reader in readers))) > 20
    assert len(set(published)) == 100
    assert len(kept_ids(small)) in {10, 11}
    assert len(told_of(small)) == 101


def test_the_same_inputs_give_the_same_bytes_on_any_machine(tmp_path: Path) -> None:
    """Two folders, other times of files, another zone, language and hash seed."""
    script = (
        "import sys; from pathlib import Path\n"
        "from utils.curation.progress import no_progress\n"
        "from utils.curation.publish.inputs import inputs_digest\n"
        "from utils.curation.publish.record_tasks import build_release\n"
        "data = Path(sys.argv[1])\n"
        "(data / 'out').mkdir()\n"
        "order = {'data': str(data), 'folder': str(data / 'out'), 'whole': {}}\n"
        "order |= {'digest': inputs_digest(data)}\n"
        "assert not build_release(order, no_progress)['problems']\n"
    )
    places = (
        {"TZ": "Asia/Phnom_Penh", "LANG": "km_KH.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "77", "PYTHONUTF8": "0"},
    )
    found = []
    for number, place in enumerate(places):
        data = tmp_path / f"place-{number}" / "data"
        copy_record(data)
        for path in data.rglob("*"):
            os.utime(path, (1_000_000_000 + number * 86_400, 1_000_000_000 + number * 86_400))
        environment = {"PATH": os.environ["PATH"], **place}
        subprocess.run([sys.executable, "-c", script, str(data)], cwd=ROOT, env=environment, check=True)
        out = data / "out"
        found.append({path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert len(found[0]) > 50
    assert found[0] == found[1]


def test_prune_keeps_ten_and_never_the_current_one(small: Path) -> None:
    made = []
    for number in range(13):
        edit(small, f"Searched {number}")
        made.append(publish(small))
    assert set(kept_ids(small)) == set(made[3:])
    assert rollback(small, to=made[3]) == made[3]
    assert set(prune_releases(small, keep=1)) == set(made[4:12])
    assert set(kept_ids(small)) == {made[3], made[12]}
    assert prune_releases(small, keep=0) == ()
    assert current_id(small) == made[3]
    with pytest.raises(NoSuchRelease, match="not kept"):
        rollback(small, to=made[5])


def test_a_release_is_hashed_once_a_command(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        edit(small, f"Searched {number}")
        publish(small)
    hashed: list[Path] = []

    def counted(path: Path) -> str:
        hashed.append(path)
        return sha256(path)

    monkeypatch.setattr(catalogue, "sha256", counted)
    edit(small, "Searched again")
    commands_run: list[Callable[[], object]] = [
        lambda: publish(small),
        lambda: publish(small),
        lambda: commands.diff_release(small),
        lambda: rollback(small),
        lambda: ensure_release(small),
        lambda: commands.release_status(small),
    ]
    for command in commands_run:
        hashed.clear()
        command()
        assert len(hashed) == len(set(hashed))


def test_back_and_back_again_and_forward(small: Path) -> None:
    made = []
    for number in range(3):
        edit(small, f"Searched {number}")
        made.append(publish(small))
    assert rollback(small) == made[1]
    assert rollback(small) == made[0]
    assert withdrawals.withdrawn_releases(small) == {made[1], made[2]}
    with pytest.raises(NoSuchRelease, match="none is kept"):
        rollback(small)
    with pytest.raises(NoSuchRelease, match="the current one"):
        rollback(small, to=made[0])
    with pytest.raises(NoSuchRelease, match="not kept"):
        rollback(small, to="0123456789ab")
    assert rollback(small, to=made[2], why="it was right") == made[2]
    assert withdrawals.withdrawn_releases(small) == {made[0], made[1]}
    assert ensure_release(small) == commands.Published(made[2])
    assert [event for event, _before, _release in told_of(small)] == ["publish"] * 3 + ["rollback"] * 3


def test_a_release_that_was_rolled_back_comes_back_by_publishing_only(small: Path) -> None:
    first = publish(small)
    edit(small, "Searched again")
    second = publish(small)
    rollback(small)
    assert ensure_release(small) == commands.Published(first, held=second)
    assert publish(small) == second
    assert withdrawals.withdrawn_releases(small) == {first} - {first}
    assert ensure_release(small) == commands.Published(second)


def test_a_damaged_older_release_stops_nothing(small: Path) -> None:
    first = publish(small)
    (folder_of(small, first) / "public" / "manifest.json").write_text("{", encoding="utf-8")
    edit(small, "Searched again")
    second = publish(small)
    assert history.read_changes(small, "public")[-1]["changes"] == []
    assert [(one.release, one.whole) for one in list_releases(small)] == [(second, True), (first, False)]
    assert commands.diff_release(small)["public"] == ()
    with pytest.raises(NoSuchRelease, match="none is kept"):
        rollback(small)


def test_the_state_is_told_of_a_damaged_release_too(small: Path) -> None:
    first = publish(small)
    (folder_of(small, first) / "public" / "manifest.json").write_text("{", encoding="utf-8")
    told = commands.release_status(small)
    assert (told["current"], told["whole"], told["tiers"], told["newest_as_of"]) == (first, False, [], "")


@pytest.mark.parametrize(
    "line",
    [
        *(b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"at": "x"}'),
        b'{"at": "2026-01-01T00:00:00Z", "event": "burn", "release": "a"}',
        b'{"at": "2026-01-01T00:00:00Z", "event": ["publish"], "release": "a"}',
        b'{"at": "2026-01-01T00:00:00Z", "event": "publish", "release": 3}',
    ],
)
def test_a_damaged_line_of_the_history_is_named_and_nothing_is_changed(small: Path, line: bytes) -> None:
    first = publish(small)
    path = small / "changes" / "history.jsonl"
    path.write_bytes(path.read_bytes() + line + b"\n")
    edit(small, "Searched again")
    with pytest.raises(history.HistoryDamaged, match=r"history\.jsonl line 2"):
        publish(small)
    assert main(["publish", "--data", str(small)]) == 2
    assert current_id(small) == first


def test_a_line_that_was_cut_off_is_no_line(small: Path) -> None:
    first = publish(small)
    for name in ("history", "public"):
        path = small / "changes" / f"{name}.jsonl"
        path.write_bytes(path.read_bytes() + b'{"at": "2026-01-01T00:0')
    edit(small, "Searched again")
    second = publish(small)
    assert told_of(small) == public_story(small) == [("publish", "", first), ("publish", first, second)]


def test_separators_of_lines_inside_a_reason_do_not_end_the_line(small: Path) -> None:
    publish(small)
    edit(small, "Searched again")
    publish(small, why="first\u2028second\x85third\x1cfourth")
    assert history.read_events(small)[-1].why == "first\u2028second\x85third\x1cfourth"
    assert history.read_changes(small, "public")[-1]["why"].startswith("first")


class TestTheLimitedProcess:
    """What is told when the process that builds does not answer as it should."""

    @pytest.fixture
    def work(self, small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(record_tasks, "run_task", sandbox.run_task)
        folder = small / "releases" / ".tmp-work"
        folder.mkdir(parents=True)
        return folder

    def build(self, small: Path, work: Path, limits: Limits) -> None:
        build_in_sandbox(small, work, inputs_digest(small), limits=limits, report=lambda *_: None)

    def test_it_writes_a_release(self, small: Path, work: Path) -> None:
        self.build(small, work, Limits())
        assert is_whole(work)

    def test_too_little_memory_is_a_limit(self, small: Path, work: Path) -> None:
        with pytest.raises((ReleaseRefused, SandboxFailed)):
            self.build(small, work, Limits(memory_mb=150))

    def test_too_little_time_is_a_limit(self, small: Path, work: Path) -> None:
        with pytest.raises(ReleaseRefused) as refused:
            self.build(small, work, Limits(wall_seconds=0))
        assert [problem.code for problem in refused.value.problems] == ["limits"]

    def test_a_fault_of_its_own_is_not_called_a_limit(
        self, small: Path, work: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("utils.curation.publish.sandbox._WORKER", "utils.curation.no_such_module")
        with pytest.raises(SandboxFailed, match="failed"):
            self.build(small, work, Limits())
        assert not list(work.iterdir())

    def test_files_that_change_meanwhile_are_not_published(self, small: Path) -> None:
        first = publish(small)
        edit(small, "Searched again")

        def meddle(step: str, _detail: str) -> None:
            if step == "verify":
                edit(small, "Searched once more")

        with pytest.raises(InputsChanged):
            publish(small, report=meddle)
        assert current_id(small) == first
        assert left_behind(small) == []
