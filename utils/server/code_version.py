"""Which code this is: the product's version and a checksum of its source, the same on every replica."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]


@cache
def code_version() -> str:
    """Return for example ``0.1.0+3f2a91c04d``: the version, and the checksum of what runs."""
    with (_ROOT / "pyproject.toml").open("rb") as file:
        version = str(tomllib.load(file)["project"]["version"])
    digest = hashlib.sha256()
    for path in sorted([_ROOT / "dashboard.py", *_sources("pages"), *_sources("utils")]):
        digest.update(f"{path.relative_to(_ROOT).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return f"{version}+{digest.hexdigest()[:10]}"


def _sources(folder: str) -> list[Path]:
    return [path for kind in ("py", "po", "css", "js") for path in (_ROOT / folder).rglob(f"*.{kind}")]
