"""A data folder that holds the public tier of a candidate alone, as readers will get it."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from utils.curation.publish.candidate import Candidate
from utils.releases.durable_files import write_durably
from utils.releases.layout import CHANGES, HIDDEN, POINTER, RELEASES, folder_of


@contextmanager
def candidate_folder(candidate: Candidate, changes: Sequence[Mapping[str, Any]]) -> Iterator[Path]:
    """Lend the public tier of a candidate to a data folder of its own, until the block is left.

    ``changes`` are those that its readers would be announced. Raises ``OSError``.
    """
    data, event = candidate.data, candidate.event
    with tempfile.TemporaryDirectory(dir=data / RELEASES, prefix=".tmp-stage-") as name:
        folder = Path(name)
        tier = folder_of(folder, event.release) / "public"
        tier.mkdir(parents=True)
        for path in (candidate.folder / "public").iterdir():
            _lend(path, tier / path.name)
        write_durably(folder / POINTER, f"{event.release}\n".encode())
        _copy(data, folder, f"{HIDDEN}/public.json")
        _copy(data, folder, f"{CHANGES}/public.jsonl")
        entry = {**event.as_dict(), "tier": "public", "changes": list(changes)}
        (folder / CHANGES).mkdir(exist_ok=True)
        with (folder / CHANGES / "public.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        yield folder


def _lend(path: Path, to: Path) -> None:
    """Show a file under another name, by a copy where the disk knows no second name."""
    try:
        to.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, to)


def _copy(data: Path, folder: Path, name: str) -> None:
    if (data / name).exists():
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(data / name, folder / name)
