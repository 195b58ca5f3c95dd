"""Writes layers as GeoJSON (RFC 7946), byte for byte the same for the same shapes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

_DECIMALS: Final = 4

Value = str | int | bool | float


@dataclass(frozen=True)
class Feature:
    """A shape in WGS 84 degrees with its properties."""

    properties: Mapping[str, Value]
    geometry: BaseGeometry


@dataclass(frozen=True)
class Layer:
    """Features of one file, with the terms that travel inside it."""

    name: str
    licence: str
    credit: str
    features: tuple[Feature, ...]

    def to_bytes(self) -> bytes:
        """Return the layer as GeoJSON: compact, one feature a line, four decimals."""
        head = {"type": "FeatureCollection", "name": self.name}
        terms = {"licence": self.licence, "attribution": self.credit}
        opening = _compact({**head, **terms})[:-1] + ',"features":[\n'
        return (opening + ",\n".join(_lines(self.features)) + "\n]}\n").encode()


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, float):
        rounded = round(coordinates, _DECIMALS)
        return int(rounded) if rounded.is_integer() else rounded
    return [_rounded(item) for item in coordinates]


def _lines(features: Iterable[Feature]) -> Iterable[str]:
    for feature in features:
        plain = shapely.orient_polygons(shapely.normalize(feature.geometry))
        shape = shapely.geometry.mapping(plain)
        geometry = {"type": shape["type"], "coordinates": _rounded(shape["coordinates"])}
        properties = dict(feature.properties)
        yield _compact({"type": "Feature", "properties": properties, "geometry": geometry})
