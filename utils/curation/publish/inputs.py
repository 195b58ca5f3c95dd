"""What a release is made from: curated files, contract, public rules, and the code that makes it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from utils.curation.contract import PUBLIC_RULES
from utils.releases import layout
from utils.releases.layout import CONTRACT, release_id

_CODE: Final = Path(__file__).parents[1]


def inputs_digest(data: Path) -> str:
    """Return the SHA-256 of the curated files, contract, public rules and code. Raises ``OSError``."""
    digest = hashlib.sha256()
    code = [*sorted(_CODE.rglob("*.py")), Path(layout.__file__)]
    files = sorted(path for path in (data / "curated").rglob("*") if path.is_file())
    for path in [data / CONTRACT, data / PUBLIC_RULES, *files, *code]:
        digest.update(f"{path.parent.name}/{path.name} {path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def inputs_id(data: Path) -> str:
    """Return the id that the curated files and this code give: same inputs, same id."""
    return release_id(inputs_digest(data))
