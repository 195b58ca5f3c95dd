"""Copies the product without the restricted folder, for a public repository, image or archive."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Final

from utils.curation.contract import RESTRICTED

_HIDDEN: Final = ("data", "curated", "restricted")


class TreeExists(Exception):
    """The target folder is there already."""

    def __init__(self, *, target: Path) -> None:
        super().__init__(f"{target.name}: already there; name a new folder")


def copy_public_tree(root: Path, target: Path) -> int:
    """Copy every file that git tracks below ``root`` except the restricted ones; return how many.

    The contract loses the restricted tables. Raises :class:`TreeExists`, or
    ``subprocess.CalledProcessError`` outside a git checkout.
    """
    if target.exists():
        raise TreeExists(target=target)
    listed = subprocess.run(  # noqa: S603
        ["git", "-C", str(root), "ls-files", "-z"],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    copied = 0
    for name in filter(None, listed.split("\0")):
        source = root / name
        if Path(name).parts[:3] == _HIDDEN or not source.is_file():
            continue
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target / name)
        copied += 1
    contract = target / "data" / "datapackage.json"
    document = json.loads(contract.read_text(encoding="utf-8"))
    document["resources"] = [
        resource for resource in document["resources"] if not resource["name"].startswith(RESTRICTED)
    ]
    contract.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return copied
