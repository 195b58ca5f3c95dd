"""Geometry of a row: the outline of its province, or its point."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from utils.exports.dataset import Location
from utils.maps.base import BASE_MAPS, STATIC, read_manifest
from utils.maps.model import Ground


@cache
def read_features(ground: Ground = "border") -> tuple[Mapping[str, Any], ...]:
    """Return the features of a base map, as the browser gets them."""
    file = STATIC / "geo" / read_manifest()[BASE_MAPS[ground].file]
    return tuple(json.loads(file.read_text(encoding="utf-8"))["features"])


@cache
def province_outlines() -> Mapping[str, Mapping[str, Any]]:
    """Return the geometry of each province by P-code."""
    return {
        feature["properties"]["pcode"]: feature["geometry"]
        for feature in read_features()
        if feature["properties"]["layer"] == "province"
    }


def attribution(ground: Ground = "border") -> str:
    """Return whom a base map names as its sources."""
    return str(read_manifest()[BASE_MAPS[ground].credit])


def find_geometry(spot: Location | None) -> Mapping[str, Any] | None:
    """Return GeoJSON geometry: a province's outline, a point, or nothing."""
    if spot is None:
        return None
    outline = province_outlines().get(spot.pcode)
    return outline or {"type": "Point", "coordinates": [spot.lon, spot.lat]}
