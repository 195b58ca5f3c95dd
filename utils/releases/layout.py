"""Where the files of a release lie, and what they are called: known to who writes and to who reads.

::

    CURRENT                         the id of the current release
    releases/<id>/<tier>/           <table>.parquet, the contract, and the manifest that vouches for both
    changes/history.jsonl           the publisher's own record of events
    changes/<tier>.jsonl            what each event changed for the readers of a tier
    hidden/<tier>.json              what the curator withdrew from the running apps of a tier
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, Literal

Tier = Literal["public", "ngo"]
TIERS: Final[tuple[Tier, ...]] = ("public", "ngo")
POINTER: Final = "CURRENT"
RELEASES: Final = "releases"
CHANGES: Final = "changes"
HIDDEN: Final = "hidden"
CONTRACT: Final = "datapackage.json"
MANIFEST: Final = "manifest.json"
ID_LENGTH: Final = 12
_ID: Final = re.compile(r"[0-9a-f]{12}")


def release_id(digest: str) -> str:
    """Return the id of the release that inputs of this SHA-256 give."""
    return digest[:ID_LENGTH]


def is_release_id(text: str) -> bool:
    """Return whether ``text`` is shaped like the id of a release."""
    return bool(_ID.fullmatch(text))


def folder_of(data: Path, release: str) -> Path:
    """Return the folder of a release in the data folder ``data``."""
    return data / RELEASES / release


def file_key(release: str, tier: str, file: str) -> str:
    """Return the key of a file of a release, from the root of the place where the releases lie."""
    return f"{RELEASES}/{release}/{tier}/{file}"
