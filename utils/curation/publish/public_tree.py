"""Copies the product without the restricted folder, for a public repository, image or archive."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from utils.curation.checks.neutral import withheld_pieces
from utils.curation.contract import RESTRICTED
from utils.curation.curated_tables import read_record
from utils.curation.disclosure.protected_values import collect_protected_values
from utils.curation.publish.tree_scan import TreeScan
from utils.curation.publish.withheld_rows import rewrite_withheld

_HIDDEN: Final = (("data", "curated", "restricted"), ("data", "schema", "restricted"))
_BUILT: Final = frozenset(
    {".git", ".venv", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"}
    | {".import_linter_cache", "node_modules"}
)
_RELEASED: Final = (*(("data", "releases"), ("data", "CURRENT"), ("data", "changes"), ("data", "hidden")),)
_FROZEN: Final = ("tests", "record")
"""The made-up record of the tests: it keeps the whole contract beside it."""
_PARTS: Final = "data/curated/field_observations"
"""Parts of an organisation's own large table: never copied, since their rows may name sites."""


class TreeExists(Exception):
    """The target folder is there already."""

    def __init__(self, *, target: Path) -> None:
        super().__init__(f"{target.name}: already there; name a new folder")
        self.target = target


class NamesLeft(Exception):
    """Files outside the restricted folder disclose a site that is not closed, or cannot be read.

    Nothing was copied. A line of 0 stands for the file as a whole or its name.
    """

    def __init__(self, *, places: Sequence[tuple[str, int]]) -> None:
        shown = "\n".join(f"{name} line {line}" for name, line in places)
        super().__init__(
            f"{len(places)} lines disclose a site that is not closed, or no scan reads them:\n{shown}"
        )
        self.places = tuple(places)


def copy_public_tree(root: Path, target: Path) -> int:
    """Copy every tracked file below ``root`` except the restricted ones; return how many.

    Outside a git checkout every file is copied except environments, caches and releases. The contract
    loses the restricted tables, except beside the made-up record of the tests, and tables lose the counts
    that a release withholds. The copy appears complete or not at all. Raises :class:`TreeExists`,
    :class:`NamesLeft`, :class:`utils.curation.contract.ContractError` or ``OSError``.
    """
    if target.exists():
        raise TreeExists(target=target)
    record = read_record(root / "data")
    look = TreeScan(collect_protected_values(record), withheld_pieces(record))
    names = [name for name in _files(root) if not _stays(name)]
    left = [(name, line) for name in names for line in look.disclosing_lines(root / name, name)]
    if left:
        raise NamesLeft(places=left)
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=target.parent, prefix=".tmp-tree-"))
    try:
        for name in names:
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, work / name, follow_symlinks=False)
        for path, text in rewrite_withheld(record).items():
            (work / "data" / path).write_text(text, encoding="utf-8", newline="")
        contract = work / "data" / "datapackage.json"
        if work.joinpath(*_FROZEN).is_dir():
            shutil.copy2(contract, work.joinpath(*_FROZEN, contract.name))
        _strip_contract(contract)
        work.chmod(0o755)
        work.rename(target)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return len(names)


def _stays(name: str) -> bool:
    return Path(name).parts[:3] in _HIDDEN or name.startswith((f"{_PARTS}/", f"{_PARTS}.parquet"))


def _files(root: Path) -> list[str]:
    if (root / ".git").exists():
        listed = subprocess.run(  # noqa: S603
            ["git", "-C", str(root), "ls-files", "-z"],  # noqa: S607
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        return sorted(name for name in listed.split("\0") if name and (root / name).is_file())
    return sorted(_walked(root))


def _walked(root: Path) -> Iterator[str]:
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if name not in _BUILT]
        for name in names:
            path = Path(folder, name).relative_to(root)
            if path.parts[:2] not in _RELEASED and not path.name.startswith(".current-"):
                yield path.as_posix()


def _strip_contract(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    document["resources"] = [
        resource for resource in document["resources"] if not resource["name"].startswith(RESTRICTED)
    ]
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
