"""The night kit: one archive that runs the whole evening on one laptop and a hotspot, without internet.

It holds the code, the public tier of the current release and nothing else of the record, the list of
scenes, the donation codes, the packages to install, and a guide of one page in each language.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from utils.curation.publish.public_tree import copy_public_tree
from utils.evening import codes
from utils.evening.offline_kit.guide import render_guide
from utils.evening.wall import playlist
from utils.releases import withdrawals
from utils.releases.catalogue import current_id, is_whole
from utils.releases.layout import CHANGES, HIDDEN, POINTER, folder_of
from utils.text.locale import LANGUAGES, translator

NAME: Final = "samaki-night-kit"
ROOT: Final = Path(__file__).parents[3]
_SCRIPTS: Final = ("settings.sh", "start.sh", "evening.sh")
_LEFT_OUT: Final = ("data/curated", "tests", "docs/screenshots")
"""Of the public tree: what the evening does not need. The kit shows a release and publishes none."""
_WAIT_SECONDS: Final = 1800
Report = Callable[[str], None]
Download = Callable[[Path, Path], None]
"""Puts the packages of a list of requirements into a folder, or raises :class:`NoWheels`."""


class NoRelease(Exception):
    """There is no whole release that may be shown; no kit was made."""

    def __init__(self, *, data: Path) -> None:
        super().__init__(f"{data.name}/ has no whole current release: publish first")


class NoWheels(Exception):
    """The packages could not be downloaded; ``reason`` is the last line that pip printed."""

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Kit:
    """A kit that was made. Without ``wheels`` (packages) its first start needs a network."""

    path: Path
    release: str
    wheels: int


def make_kit(*, data: Path, out: Path, report: Report, download: Download | None) -> Kit:
    """Make the archive; it appears complete or not at all. Without ``download`` it holds no packages.

    Raises :class:`NoRelease`, :class:`utils.evening.settings.BadSettings`, what
    :func:`copy_public_tree` raises, or ``OSError``.
    """
    playlist.load()
    codes.load()
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".night-kit-", dir=out.parent) as work:
        kit = Path(work) / NAME
        kit.mkdir()
        release = _release(data, kit / "release")
        _code(kit / "samaki")
        _evening(kit)
        wheels = _wheels(kit, report, download)
        made = Path(work) / "kit.zip"
        _pack(kit, made)
        os.replace(made, out)
    return Kit(out, release, wheels)


def _release(data: Path, target: Path) -> str:
    """Copy the public tier of the current release, its change log and the list of withdrawn releases."""
    current = current_id(data)
    gone = withdrawals.withdrawn_releases(data)
    if current is None or current in gone or not is_whole(folder_of(data, current)):
        raise NoRelease(data=data)
    shutil.copytree(folder_of(data, current) / "public", target / "releases" / current / "public")
    for folder, name in ((CHANGES, "public.jsonl"), (HIDDEN, "public.json")):
        if (data / folder / name).exists():
            (target / folder).mkdir(exist_ok=True)
            shutil.copy2(data / folder / name, target / folder / name)
    (target / POINTER).write_text(f"{current}\n", encoding="ascii")
    return current


def _code(target: Path) -> None:
    copy_public_tree(ROOT, target)
    for name in _LEFT_OUT:
        shutil.rmtree(target / name, ignore_errors=True)
    for older in target.glob("*.zip"):
        older.unlink()


def _evening(kit: Path) -> None:
    (kit / "evening").mkdir()
    shutil.copyfile(playlist.path(), kit / "evening" / "scenes.toml")
    shutil.copyfile(codes.path(), kit / "evening" / "codes.toml")
    for name in _SCRIPTS:
        shutil.copy2(ROOT / "data" / "evening" / "kit" / name, kit / name)
    for lang in LANGUAGES:
        (kit / f"guide-{lang}.pdf").write_bytes(render_guide(translator(lang)))


def _wheels(kit: Path, report: Report, download: Download | None) -> int:
    folder = kit / "wheels"
    folder.mkdir()
    if download is not None:
        try:
            download(kit / "samaki" / "requirements.txt", folder)
        except NoWheels as none:
            shutil.rmtree(folder)
            folder.mkdir()
            report(f"The packages could not be downloaded: {none.reason}")
    count = len(list(folder.iterdir()))
    summary = (
        f"{count} packages for {sys.platform}, Python {sys.version_info[0]}.{sys.version_info[1]}, from "
        "the machine that made this kit. A laptop of another kind needs a network at its first start."
        if count
        else "No packages: the first run of start.sh needs a network. Run it once before the evening."
    )
    (folder / "README.txt").write_text(f"{summary}\n", encoding="utf-8")
    report(summary)
    return count


def download_wheels(requirements: Path, folder: Path) -> None:
    """Download the packages for this machine's kind. Raises :class:`NoWheels`."""
    words = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    words += ["--only-binary", ":all:", "--requirement", str(requirements), "--dest", str(folder)]
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=_WAIT_SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise NoWheels(reason=f"not done within {_WAIT_SECONDS // 60} minutes") from None
    if done.returncode:
        raise NoWheels(reason=(done.stderr.strip().splitlines() or ["pip said nothing"])[-1])


def _pack(kit: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files(kit):
            packed = zipfile.ZIP_STORED if path.suffix == ".whl" else zipfile.ZIP_DEFLATED
            archive.write(path, path.relative_to(kit.parent), packed)


def _files(kit: Path) -> Iterable[Path]:
    return sorted(path for path in kit.rglob("*") if path.is_file())
