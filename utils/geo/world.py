"""The whole world as the browser loads it: land, coarse, without a single border.

It places cities on continents and says nothing else: which ground is whose is not drawn.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from utils.geo import read

BOX: Final = shapely.box(-180.0, -58.0, 180.0, 78.0)
"""Inhabited latitudes: Antarctica and the high Arctic hold no city of the record."""
_GRID: Final = 0.05
"""Degrees: less than a pixel at zoom 4, the closest view this layer is drawn for."""
_SMALLEST_ISLAND: Final = 0.2


def build_land(debian: Path) -> BaseGeometry:
    """Return the land within :data:`BOX`, from Natural Earth's land at 1:110 million in ``debian``."""
    records = read.read_natural_earth(debian, "land", BOX, scale="110m")
    whole = shapely.union_all([record.geometry for record in records])
    parts = [part for part in shapely.get_parts(whole) if part.area > _SMALLEST_ISLAND]
    return shapely.set_precision(shapely.union_all(parts), _GRID)
