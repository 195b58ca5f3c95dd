"""The night kit: what is in the archive, what must never be, and that it starts an evening by itself."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pypdfium2
import pytest

from tests.frozen import frozen_record
from tests.running import free_port, running
from tests.server.conftest import ask
from utils.curation.curated_tables import read_record
from utils.curation.disclosure.hidden_names import build_name_gate
from utils.curation.disclosure.name_filter import NameGate
from utils.evening.__main__ import main
from utils.evening.offline_kit import kit
from utils.evening.offline_kit.guide import COMMANDS, render_guide
from utils.evening.offline_kit.kit import NAME, NoRelease, NoWheels, make_kit
from utils.evening.settings import BadSettings
from utils.text.locale import LANGUAGES, translator

pytestmark = pytest.mark.slow


def _no_network(_requirements: Path, folder: Path) -> None:
    (folder / "half.whl").write_bytes(b"cut off")
    raise NoWheels(reason="no route to the index")


@pytest.fixture(scope="session")
def archive(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit made while the network is away."""
    out = tmp_path_factory.mktemp("kit") / "night-kit.zip"
    said: list[str] = []
    made = make_kit(data=data_folder, out=out, report=said.append, download=_no_network)
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
    record = read_record(frozen_record())
    gate = build_name_gate(record)
    assert _naming(archive, gate) == []
    told = tmp_path / "told.zip"
    hidden = [text for row in record.rows("restricted_sites") for text in row.values()]
    canary = next(text for text in hidden if isinstance(text, str) and gate.hits(text))
    with zipfile.ZipFile(told, "w") as opened:
        opened.writestr("notes.txt", f"a kit that tells {canary}")
    assert _naming(told, gate) == ["notes.txt"]


WHEEL = "samaki_packages-1.0"


def wheel(target: Path, tag: str) -> None:
    """A wheel that needs no download: it leads to the packages that this test runs with."""
    target.parent.mkdir(parents=True, exist_ok=True)
    packages = sysconfig.get_path("purelib")
    about = f"{WHEEL}.dist-info"
    files = {
        "samaki_packages.pth": f"{packages}\n",
        f"{about}/METADATA": "Metadata-Version: 2.1\nName: samaki-packages\nVersion: 1.0\n",
        f"{about}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n",
        f"{about}/RECORD": "",
    }
    with zipfile.ZipFile(target, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)


@pytest.fixture
def unpacked(archive: Path, tmp_path: Path) -> Path:
    """A kit in a folder with a space in its name, whose list of requirements is our one wheel."""
    subprocess.run(["unzip", "-q", str(archive), "-d", str(tmp_path / "a hall")], check=True)
    folder = tmp_path / "a hall" / NAME
    (folder / "samaki" / "requirements.txt").write_text("samaki-packages==1.0\n", encoding="utf-8")
    return folder


def laptop(index: str = "http://127.0.0.1:9/") -> dict[str, str]:
    """The settings of another laptop; its package index is away unless one is named."""
    ours = ("SAMAKI_", "PIP_", "PYTHON", "VIRTUAL_ENV")
    clean = {name: text for name, text in os.environ.items() if not name.startswith(ours)}
    return clean | {
        "PYTHON": sys.executable,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": index,
        "PIP_RETRIES": "0",
    }


def chore(folder: Path, settings: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(folder / "evening.sh"), *words]
    return subprocess.run(command, env=settings, cwd=folder.parent, capture_output=True, text=True)


def test_the_kit_installs_itself_without_a_network_and_starts_the_wall(unpacked: Path) -> None:
    wheel(unpacked / "wheels" / f"{WHEEL}-py3-none-any.whl", "py3-none-any")
    settings = laptop()
    opened = chore(unpacked, settings, "open", "gala", "--currency", "EUR", "--goal", "10000")
    assert opened.returncode == 0, opened.stderr
    assert opened.stdout.startswith("Installing, first time only...\ngala is open. PIN: ")
    assert (unpacked / "evening" / "ledger.sqlite").exists()
    assert "Installing" not in chore(unpacked, settings, "list").stdout
    port = free_port()
    start = ["env", "-i", *(f"{name}={text}" for name, text in settings.items())]
    start += [f"PORT={port}", "HOST=127.0.0.1", "SAMAKI_REHEARSE=no", str(unpacked / "start.sh")]
    with running(command=start, port=port) as server:
        page = ask(server, "/wall?evening=gala&scenes=tonight,sentence&lang=en")
        assert page.status == 200
        assert b"10,000" in page.body
        assert ask(server, "/wall/scene/sentence?lang=km").status == 200
        assert ask(server, "/app/static/evening/wall.js").status == 200
        assert ask(server, "/version").body.count(b'"public"') == 1


def test_a_laptop_of_another_kind_takes_the_packages_from_the_network(unpacked: Path, tmp_path: Path) -> None:
    wheel(unpacked / "wheels" / f"{WHEEL}-py3-none-win32.whl", "py3-none-win32")
    away = chore(unpacked, laptop(), "list")
    assert away.returncode != 0
    assert "the network is needed this once" in away.stdout
    assert "samaki-packages==1.0" in away.stderr
    name = f"{WHEEL}-py3-none-any.whl"
    index = tmp_path / "simple"
    wheel(index / "samaki-packages" / name, "py3-none-any")
    (index / "samaki-packages" / "index.html").write_text(f'<a href="{name}">{name}</a>', encoding="utf-8")
    assert chore(unpacked, laptop(index.as_uri()), "list").returncode == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guide_is_one_page_and_names_the_commands(lang: str) -> None:
    document = pypdfium2.PdfDocument(render_guide(translator(lang)))
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
        make_kit(data=tmp_path, out=out, report=print, download=None)
    scenes = tmp_path / "scenes.toml"
    scenes.write_text('[[scene]]\nname = "weather"\n', encoding="utf-8")
    monkeypatch.setenv("SAMAKI_SCENES", str(scenes))
    with pytest.raises(BadSettings, match="weather"):
        make_kit(data=data_folder, out=out, report=print, download=None)
    assert not list(tmp_path.rglob("*.zip"))


def test_a_download_that_fails_is_told_in_one_line(tmp_path: Path) -> None:
    wanted = tmp_path / "requirements.txt"
    wanted.write_text("-r missing.txt\n", encoding="utf-8")
    with pytest.raises(NoWheels, match=r"missing\.txt"):
        kit.download_wheels(wanted, tmp_path / "wheels")
