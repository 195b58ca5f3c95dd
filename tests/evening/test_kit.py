"""The night kit: what is in the archive, what must never be, and that it starts an evening by itself."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pypdfium2
import pytest

from tests.running import ROOT, free_port, running
from tests.server.conftest import ask
from utils.curation.names import NameGate
from utils.curation.record import read_record
from utils.evening import kit
from utils.evening.__main__ import main
from utils.evening.guide import COMMANDS, guide
from utils.evening.kit import NAME, NoRelease, NoWheels, make_kit
from utils.evening.playlist import BadPlaylist
from utils.locale import LANGUAGES, translator


def _no_network(_requirements: Path, folder: Path) -> None:
    (folder / "half.whl").write_bytes(b"cut off")
    raise NoWheels(reason="no route to the index")


@pytest.fixture(scope="session")
def archive(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit made while the network is away."""
    out = tmp_path_factory.mktemp("kit") / "night-kit.zip"
    said: list[str] = []
    made = make_kit(data=data_folder, out=out, tell=said.append, download=_no_network)
    assert made.wheels == 0
    assert said[0] == "The packages could not be downloaded: no route to the index"
    assert "first run of start.sh needs a network" in said[1]
    assert [path.name for path in out.parent.iterdir()] == ["night-kit.zip"]
    return out


@pytest.fixture(scope="session")
def names(archive: Path) -> list[str]:
    """The names of the archive's files, below its one folder."""
    with zipfile.ZipFile(archive) as opened:
        listed = opened.namelist()
    assert all(name.startswith(f"{NAME}/") for name in listed)
    return [name.removeprefix(f"{NAME}/") for name in listed]


def test_the_kit_holds_what_an_evening_needs(names: list[str]) -> None:
    assert {"start.sh", "evening.sh", "settings.sh", "wheels/README.txt"} <= set(names)
    assert {"guide-en.pdf", "guide-fr.pdf", "guide-km.pdf"} <= set(names)
    assert {"evening/scenes.toml", "evening/codes.toml", "release/CURRENT"} <= set(names)
    assert {"samaki/requirements.txt", "samaki/static/evening/wall.js", "samaki/dashboard.py"} <= set(names)


def test_nothing_but_the_public_release_of_the_record_is_in_the_kit(names: list[str]) -> None:
    assert not [name for name in names if "restricted" in name.lower() and not name.endswith(".py")]
    assert not [name for name in names if "data/curated" in name or "/ngo" in name or "half.whl" in name]
    kept = {name.split("/")[3] for name in names if name.startswith("release/releases/")}
    assert kept == {"public"}


def _told(content: bytes, name: str) -> Iterator[str]:
    if name.endswith(".parquet"):
        table = pq.read_table(io.BytesIO(content))
        yield from (str(value) for column in table.columns for value in column.unique().to_pylist())
    else:
        yield content.decode("utf-8", "ignore")


def _naming(archive: Path, gate: NameGate) -> list[str]:
    found = []
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            if gate.hits("\n".join([name, *_told(opened.read(name), name)])):
                found.append(name)
    return found


def test_no_file_of_the_kit_names_a_site_that_is_not_closed(archive: Path, tmp_path: Path) -> None:
    record = read_record(ROOT / "data")
    if not record.has_restricted:
        pytest.skip("this copy has no restricted folder")
    gate = record.gate()
    assert _naming(archive, gate) == []
    told = tmp_path / "told.zip"
    hidden = [text for row in record.rows("restricted_sites") for text in row.values()]
    canary = next(text for text in hidden if isinstance(text, str) and gate.hits(text))
    with zipfile.ZipFile(told, "w") as opened:
        opened.writestr("notes.txt", f"a kit that tells {canary}")
    assert _naming(told, gate) == ["notes.txt"]


def test_the_kit_starts_the_wall_and_opens_an_evening_from_another_folder(
    archive: Path, tmp_path: Path
) -> None:
    subprocess.run(["unzip", "-q", str(archive), "-d", str(tmp_path / "a hall")], check=True)
    folder = tmp_path / "a hall" / NAME
    clean = {name: text for name, text in os.environ.items() if not name.startswith("SAMAKI_")}
    own = clean | {"SAMAKI_PYTHON": sys.executable}
    opened = subprocess.run(
        [str(folder / "evening.sh"), "open", "gala", "--currency", "EUR", "--goal", "10000"],
        env=own,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "gala is open. PIN: " in opened.stdout
    assert (folder / "evening" / "ledger.sqlite").exists()
    with running(
        environment={"SAMAKI_PYTHON": sys.executable, "SAMAKI_DATA": "", "SAMAKI_LEDGER": ""},
        command=[str(folder / "start.sh")],
        port=free_port(),
    ) as server:
        page = ask(server, "/wall?evening=gala&scenes=tonight,sentence&lang=en")
        assert page.status == 200
        assert b"10,000" in page.body
        assert ask(server, "/wall/scene/sentence?lang=km").status == 200
        assert ask(server, "/app/static/evening/wall.js").status == 200
        assert ask(server, "/version").body.count(b'"public"') == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guide_is_one_page_and_names_the_commands(lang: str) -> None:
    document = pypdfium2.PdfDocument(guide(translator(lang)))
    assert len(document) == 1
    text = " ".join(document[0].get_textpage().get_text_range().split())
    for words in ("./start.sh", "close gala --by treasurer", "/wall?evening=gala", "evening/ledger.sqlite"):
        assert words.replace(" ", "") in text.replace(" ", "")


def test_every_command_of_the_guide_is_one_that_the_tool_knows(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (line.split()[1:] for line in COMMANDS.values() if line.startswith("./evening.sh")):
        with pytest.raises(SystemExit) as ended:
            main([words[0], "--help"])
        assert ended.value.code == 0
        helped = capsys.readouterr().out
        assert all(word in helped for word in words if word.startswith("--"))


def test_no_kit_is_made_without_a_release_or_with_a_bad_list_of_scenes(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out" / "kit.zip"
    with pytest.raises(NoRelease):
        make_kit(data=tmp_path, out=out, tell=print, download=None)
    scenes = tmp_path / "scenes.toml"
    scenes.write_text('[[scene]]\nname = "weather"\n', encoding="utf-8")
    monkeypatch.setenv("SAMAKI_SCENES", str(scenes))
    with pytest.raises(BadPlaylist, match="weather"):
        make_kit(data=data_folder, out=out, tell=print, download=None)
    assert not list(tmp_path.rglob("*.zip"))


def test_a_download_that_fails_is_told_in_one_line(tmp_path: Path) -> None:
    wanted = tmp_path / "requirements.txt"
    wanted.write_text("-r missing.txt\n", encoding="utf-8")
    with pytest.raises(NoWheels, match=r"missing\.txt"):
        kit.download_wheels(wanted, tmp_path / "wheels")
