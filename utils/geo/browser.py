"""The base maps as the browser loads them: few bytes, names that change with content.

``base`` holds what comes from OpenStreetMap and Natural Earth, ``places`` what comes from
GeoNames, ``world`` what comes from Natural Earth alone: each licence stays in a file of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from itertools import combinations
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from utils.geo import coverage, layers, world
from utils.geo.geojson import Feature, Layer, Value
from utils.geo.licences import ATTRIBUTION, ATTRIBUTION_BASE, ATTRIBUTION_WORLD

_TOLERANCE: Final = 0.002
"""Degrees: one to two pixels at zoom 10, the closest view the base map is drawn for."""
_PCODE_LENGTH: Final = 4


def build_base_layer(shapes: layers.Shapes) -> Layer:
    """Return the base map in drawing order; property ``layer`` is the kind of feature.

    The sea and the frontiers reach to :data:`coverage.WIDE`, the rest to :data:`coverage.BOX`.

    Kinds: ``sea``, ``province`` (with ``pcode``), ``province_line``, ``lake`` and ``river``
    (with names, rivers with ``rank``), ``frontier`` (with ``a``, ``b``, ``disputed``). Provinces
    are to be painted without a stroke: their edges are in ``province_line`` and ``frontier``,
    so that no solid line lies under a dashed one.
    """
    land = layers.simplify_shapes(shapes, _TOLERANCE)
    provinces = {key: area for key, area in sorted(land.items()) if len(key) == _PCODE_LENGTH}
    lake: dict[str, Value] = {**layers.build_water_names("Tonle Sap")}
    features = [
        Feature({"layer": "sea"}, shapely.union(coverage.cut_sea(land), shapes.outer_sea)),
        *(Feature({"layer": "province", "pcode": key}, a) for key, a in provinces.items()),
        Feature({"layer": "province_line"}, _province_lines(land)),
        Feature({"layer": "lake", **lake}, shapes.lake),
        *(_named("river", river) for river in layers.build_river_features(shapes)),
        *(_named("frontier", f) for f in layers.build_frontier_features(layers.build_countries(land))),
        *_outer_frontiers(shapes),
    ]
    return Layer("base", layers.ODBL, ATTRIBUTION_BASE, tuple(features))


def build_world_layer(shapes: layers.Shapes) -> Layer:
    """Return the map of the world: land, no border at all."""
    land = Feature({"layer": "land"}, shapes.world_land)
    return Layer("world", layers.PUBLIC_DOMAIN, "Natural Earth", (land,))


def _outer_frontiers(shapes: layers.Shapes) -> list[Feature]:
    return [
        Feature({"layer": "frontier", "a": a, "b": b, "disputed": False}, line)
        for (a, b), line in sorted(shapes.outer_frontiers.items())
    ]


def _named(kind: str, feature: Feature) -> Feature:
    kept = {key: value for key, value in feature.properties.items() if value != ""}
    return Feature({"layer": kind, **kept}, feature.geometry)


def _province_lines(land: Mapping[str, BaseGeometry]) -> BaseGeometry:
    """Return the edges between areas of one country, merged."""
    lines: list[BaseGeometry] = []
    for a, b in combinations(sorted(land), 2):
        if layers.find_country(a) == layers.find_country(b):
            shared = shapely.intersection(land[a].boundary, land[b].boundary)
            lines += [p for p in shapely.get_parts(shared) if isinstance(p, shapely.LineString)]
    return shapely.line_merge(shapely.union_all(lines))


def _fingerprinted(name: str, content: bytes) -> str:
    return f"{name}-{hashlib.sha256(content).hexdigest()[:8]}.geojson"


def build_files(shapes: layers.Shapes, places: Layer) -> dict[str, bytes]:
    """Return file name -> content of ``static/geo``: the layers and ``manifest.json``."""
    layer_files = {
        "base": build_base_layer(shapes).to_bytes(),
        "places": places.to_bytes(),
        "world": build_world_layer(shapes).to_bytes(),
    }
    names = {name: _fingerprinted(name, content) for name, content in layer_files.items()}
    manifest = {
        **names,
        "attribution": ATTRIBUTION,
        "bounds": _corners(coverage.BOX),
        "max_bounds": _corners(coverage.WIDE),
        "world_attribution": ATTRIBUTION_WORLD,
        "world_bounds": _corners(world.BOX),
    }
    listing = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    return {
        **{names[name]: content for name, content in layer_files.items()},
        "manifest.json": listing.encode(),
    }


def _corners(box: shapely.Polygon) -> list[list[float]]:
    """Return the south-western and north-eastern corner as latitude, longitude."""
    west, south, east, north = box.bounds
    return [[south, west], [north, east]]
