"""The frozen record: public tables of one day and a made-up restricted part, which every test of code reads.

The live record of ``data/`` grows, and only ``tests/data`` reads it.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from utils.curation.contract import CONTRACT, PUBLIC_RULES, load

ROOT: Final = Path(__file__).parents[1]
LIVE: Final = ROOT / "data"
FROZEN: Final = ROOT / "tests" / "record"
NOT_COPIED: Final = shutil.ignore_patterns("releases", "CURRENT", ".current-*", "changes", "hidden", "geo")
needs_restricted: Final = pytest.mark.skipif(
    not (LIVE / "curated" / "restricted").is_dir(), reason="this tree holds no restricted tables"
)


def copy_record(target: Path) -> Path:
    """Make a data folder with the frozen record and today's contract, without a release; return it.

    A table of the contract that is younger than the frozen record is there without rows. A tree
    without restricted tables keeps the whole contract beside the frozen record.
    """
    shutil.copytree(FROZEN, target / "curated", ignore=shutil.ignore_patterns(CONTRACT, "README.md"))
    whole = FROZEN / CONTRACT
    shutil.copy2(whole if whole.exists() else LIVE / CONTRACT, target / CONTRACT)
    shutil.copy2(LIVE / PUBLIC_RULES, target / PUBLIC_RULES)
    for table in load(target).tables.values():
        path = target / table.path
        if path.suffix == ".csv" and not path.exists():
            path.write_text(",".join(table.columns) + "\n", encoding="utf-8")
    return target


def copy_live(target: Path) -> Path:
    """Copy the live record and its contract, without a release; return the folder."""
    shutil.copytree(LIVE, target, ignore=NOT_COPIED)
    return target


@cache
def frozen_record() -> Path:
    """Return a data folder with the frozen record. Not to be changed."""
    folder = Path(tempfile.mkdtemp(prefix="samaki-record-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return copy_record(folder / "data")
