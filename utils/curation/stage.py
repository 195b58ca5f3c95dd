"""A data folder that holds the public tier of a candidate alone, to be looked at before the switch."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from utils.curation import history, withdrawals
from utils.curation.child import inspect_apart
from utils.curation.files import write_durably
from utils.curation.history import Event
from utils.curation.shelf import POINTER
from utils.curation.worker import Limits, Tell


def look_at_pages(
    data: Path,
    public: Path,
    event: Event,
    told: list[Mapping[str, Any]],
    secret: Mapping[str, Any],
    *,
    limits: Limits,
    tell: Tell,
) -> None:
    """Have every page and download of the candidate tier ``public`` looked at as readers will get them.

    ``told`` is what they will be told of the switch. There is nothing to look for where nothing is
    hidden, and it is said. Raises :class:`utils.curation.child.ReleaseRefused` or ``OSError``.
    """
    if not (secret["names"] or secret["points"]):
        tell("leak gate: pages", "nothing is hidden in this record")
        return
    tell("leak gate: pages", "")
    with tempfile.TemporaryDirectory(dir=data / "releases", prefix=".tmp-stage-") as name:
        stage = Path(name)
        tier = stage / "releases" / event.release / "public"
        tier.mkdir(parents=True)
        for path in public.iterdir():
            _lend(path, tier / path.name)
        write_durably(stage / POINTER, f"{event.release}\n".encode())
        _copy(data, stage, f"{withdrawals.FOLDER}/public.json")
        _copy(data, stage, f"{history.FOLDER}/public.jsonl")
        line = json.dumps({**event.as_dict(), "tier": "public", "changes": told}, ensure_ascii=False)
        (stage / history.FOLDER).mkdir(exist_ok=True)
        with (stage / history.FOLDER / "public.jsonl").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        inspect_apart(
            stage, secret, limits=limits, tell=lambda step, detail: tell(f"leak gate: {step}", detail)
        )


def _lend(path: Path, to: Path) -> None:
    """Show a file under another name, by a copy where the disk knows no second name."""
    try:
        to.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, to)


def _copy(data: Path, stage: Path, name: str) -> None:
    if (data / name).exists():
        (stage / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(data / name, stage / name)
