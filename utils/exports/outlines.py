"""Geometry of a row: the outline of its province, or its point."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from utils.exports.sheet import Spot

_STATIC: Final = Path(__file__).parents[2] / "static" / "geo"


@cache
def base() -> tuple[Mapping[str, Any], ...]:
    """Return the features of the base map, as the browser gets them."""
    manifest = json.loads((_STATIC / "manifest.json").read_text(encoding="utf-8"))
    document = json.loads((_STATIC / manifest["base"]).read_text(encoding="utf-8"))
    return tuple(document["features"])


@cache
def provinces() -> Mapping[str, Mapping[str, Any]]:
    """Return the geometry of each province by P-code."""
    return {
        feature["properties"]["pcode"]: feature["geometry"]
        for feature in base()
        if feature["properties"]["layer"] == "province"
    }


@cache
def attribution() -> str:
    """Return whom the base map names as its sources."""
    manifest = json.loads((_STATIC / "manifest.json").read_text(encoding="utf-8"))
    return str(manifest["attribution"])


def geometry(spot: Spot | None) -> Mapping[str, Any] | None:
    """Return GeoJSON geometry: a province's outline, a point, or nothing."""
    if spot is None:
        return None
    outline = provinces().get(spot.pcode)
    return outline or {"type": "Point", "coordinates": [spot.lon, spot.lat]}
