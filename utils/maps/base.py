"""The base maps, as the build of ``data/geo`` wrote them: files, credits and limits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from utils.maps.model import Ground

STATIC: Final = Path(__file__).parents[2] / "static"


@dataclass(frozen=True, slots=True)
class BaseMap:
    """One base map: keys of the manifest for its file, credit and limits, its zoom levels, and what
    lies where nothing is drawn: land or sea."""

    file: str
    credit: str
    limits: str
    zooms: tuple[int, int]
    rest: Literal["land", "sea"]


BASE_MAPS: Final[Mapping[Ground, BaseMap]] = {
    "border": BaseMap("base", "attribution", "max_bounds", (5, 11), "land"),
    "world": BaseMap("world", "world_attribution", "world_bounds", (0, 5), "sea"),
}


@cache
def read_manifest() -> Mapping[str, Any]:
    """Return names of the base maps' files, attributions and bounds."""
    manifest: Mapping[str, Any] = json.loads((STATIC / "geo" / "manifest.json").read_text("utf-8"))
    return manifest
