"""Whether a point lies in a province: outlines of ``data/geo``, without any library."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

_GEO: Final = Path(__file__).parents[3] / "data" / "geo"
_FILES: Final = ("adm1_khm.geojson", "adm1_tha.geojson")
_KM_PER_DEGREE: Final = 111.2
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Outline:
    """A province: its name, and its rings of longitude and latitude, holes included."""

    name: str
    rings: tuple[Ring, ...]
    box: tuple[float, float, float, float]
    """West, south, east, north."""

    def holds(self, lat: float, lon: float) -> bool:
        """Return whether a point lies inside. A point within a hole crosses two rings: outside."""
        west, south, east, north = self.box
        if not (west <= lon <= east and south <= lat <= north):
            return False
        crossings = sum(
            lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1
            for (x1, y1), (x2, y2) in self._sides()
            if (y1 > lat) != (y2 > lat)
        )
        return crossings % 2 == 1

    def km_away(self, lat: float, lon: float) -> float:
        """Return how far a point is from the nearest side, in kilometres on a plane at the point."""
        east_km = _KM_PER_DEGREE * math.cos(math.radians(lat))
        nearest = math.inf
        for (x1, y1), (x2, y2) in self._sides():
            ax, ay = (x1 - lon) * east_km, (y1 - lat) * _KM_PER_DEGREE
            dx, dy = (x2 - x1) * east_km, (y2 - y1) * _KM_PER_DEGREE
            length = dx * dx + dy * dy
            along = min(1.0, max(0.0, -(ax * dx + ay * dy) / length)) if length else 0.0
            nearest = min(nearest, math.hypot(ax + along * dx, ay + along * dy))
        return nearest

    def _sides(self) -> Iterator[tuple[Sequence[float], Sequence[float]]]:
        for ring in self.rings:
            yield from pairwise(ring)


@cache
def outlines() -> Mapping[str, Outline]:
    """Return the provinces by P-code and, where it has one, by the id of its place. Raises ``OSError``."""
    found: dict[str, Outline] = {}
    for name in _FILES:
        for feature in json.loads((_GEO / name).read_text("utf-8"))["features"]:
            properties = feature["properties"]
            outline = _outline(properties["name_en"], feature["geometry"])
            for key in (properties["pcode"], properties.get("place_id")):
                if key:
                    found[key] = outline
    return found


def _outline(name: str, geometry: Mapping[str, Any]) -> Outline:
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = tuple(ring for part in parts for ring in part)
    east = [point[0] for ring in rings for point in ring]
    north = [point[1] for ring in rings for point in ring]
    return Outline(name, rings, (min(east), min(north), max(east), max(north)))
