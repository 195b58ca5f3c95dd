"""One gapless coverage of land: provinces and neighbouring countries that share every edge.

The country outlines (finer, newer) and the province outlines (coarser, older) are two
OpenStreetMap extracts. Provinces are fitted to the outlines, so that on the map a province
ends exactly where its country does and a frontier is drawn once.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

BOX: Final = shapely.box(101.9, 9.9, 107.8, 15.4)
"""The map's extent: Cambodia and the border provinces of Thailand."""
WIDE: Final = shapely.box(98.0, 7.0, 112.0, 18.0)
"""What a wide screen sees around it: coast and frontiers only, coarse."""
GRID: Final = 0.0001
"""Degrees, about 11 m: every vertex lies on this grid, so four decimals lose nothing."""
_TOUCHING: Final = 0.0003
_COAST_TOLERANCE: Final = 0.02
_FRONTIER_ZONE: Final = 0.06
_SMALLEST_PART: Final = 0.0002
_COARSE: Final = 0.02
_SMALLEST_OUTER_PART: Final = 0.05
_SHORTEST_FRONTIER: Final = 0.05
_SPACING: Final = 0.01

Shapes = Mapping[str, BaseGeometry]


def list_polygons(geometry: BaseGeometry) -> list[shapely.Polygon]:
    """Return the polygons of ``geometry``; lines and points are dropped."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if isinstance(part, shapely.Polygon)]


def _polygonal(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.union_all(list_polygons(geometry))


def _biggest(geometry: BaseGeometry) -> BaseGeometry:
    return max(list_polygons(geometry), key=lambda part: part.area)


def _land_frontiers(nations: Shapes, mainland: BaseGeometry) -> BaseGeometry:
    """Where two outlines touch on land; what lies at sea is left out."""
    on_land = mainland.buffer(_COAST_TOLERANCE)
    lines = [
        nations[a].boundary.intersection(nations[b].buffer(_TOUCHING))
        for a, b in combinations(sorted(nations), 2)
    ]
    return shapely.union_all(lines).intersection(on_land)


def clip_land(
    nations: Shapes, provinces: Mapping[str, Shapes], coast: BaseGeometry
) -> dict[str, BaseGeometry]:
    """Return country -> its land: the outline without the territorial sea.

    Land is what the provinces or Natural Earth's ``coast`` call land, and the strip along a
    land frontier where the coarser coast falls short of it.
    """
    mainland = _biggest(coast)
    zone = _land_frontiers(nations, mainland).buffer(_FRONTIER_ZONE)
    strip = zone.intersection(mainland.buffer(_COAST_TOLERANCE))
    land = {}
    for iso, outline in nations.items():
        ground = shapely.union_all([coast, strip, *provinces.get(iso, {}).values()])
        parts = list_polygons(outline.intersection(ground))
        land[iso] = shapely.union_all([part for part in parts if part.area > _SMALLEST_PART])
    return land


def _nearest_areas(areas: Shapes) -> dict[str, BaseGeometry]:
    """Return key -> the region nearer to that area than to any other (a Voronoi diagram)."""
    keys = sorted(areas)
    points, owner = [], []
    for index, key in enumerate(keys):
        dense = shapely.segmentize(areas[key].boundary, _SPACING)
        vertices = np.unique(np.round(shapely.get_coordinates(dense), 6), axis=0)
        points.append(vertices)
        owner.append(np.full(len(vertices), index))
    sites, first = np.unique(np.concatenate(points), axis=0, return_index=True)
    labels = np.concatenate(owner)[first]
    cells = shapely.voronoi_polygons(shapely.multipoints(sites), extend_to=BOX, ordered=True)
    parts = shapely.get_parts(cells)
    return {key: shapely.union_all(parts[labels == index]) for index, key in enumerate(keys)}


def fit_to_land(areas: Shapes, land: BaseGeometry) -> dict[str, BaseGeometry]:
    """Cut ``areas`` to ``land`` and give what they leave uncovered to the nearest of them."""
    cut = {key: _polygonal(area.intersection(land)) for key, area in areas.items()}
    gap = land.difference(shapely.union_all(list(cut.values())))
    near = _nearest_areas(cut)
    filled = {key: _polygonal(shapely.union(area, gap.intersection(near[key]))) for key, area in cut.items()}
    kept, specks = _without_specks(filled)
    return _given_away(kept, specks)


def _owner(face: shapely.Polygon, keys: list[str], tree: shapely.STRtree) -> str | None:
    inner = face.representative_point()
    inside = tree.query(inner, predicate="within")
    if len(inside):
        return keys[int(min(inside))]
    if face.area > _SMALLEST_PART:
        return None
    return keys[int(tree.nearest(inner))]


def build_coverage(areas: Shapes) -> dict[str, BaseGeometry]:
    """Return the same areas with shared, identical edges on :data:`GRID`.

    All edges are noded and polygonized; each face goes to the area its inner point lies in,
    small leftovers to the nearest one, and the rest (the sea) to none.

    Raises:
        ValueError: the result is not a valid coverage.
    """
    keys = sorted(areas)
    edges = shapely.union_all([areas[key].boundary for key in keys], grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
    tree = shapely.STRtree([areas[key] for key in keys])
    owned: dict[str, list[BaseGeometry]] = {key: [] for key in keys}
    for face in faces:
        owner = _owner(face, keys, tree)
        if owner is not None:
            owned[owner].append(face)
    whole = {key: shapely.union_all(owned[key]) for key in keys}
    kept, _ = _without_specks(whole)
    holes = [part for part in list_polygons(_water(kept)) if part.area <= _SMALLEST_PART]
    result = _given_away(kept, holes)
    if not shapely.coverage_is_valid(list(result.values())):
        raise ValueError("the fitted areas overlap or leave slivers")
    return result


def _without_specks(areas: Shapes) -> tuple[dict[str, BaseGeometry], list[shapely.Polygon]]:
    """Take off detached parts too small to see; an area never loses its largest part."""
    kept, specks = {}, []
    for key in sorted(areas):
        parts = sorted(list_polygons(areas[key]), key=lambda part: part.area)
        small = [part for part in parts[:-1] if part.area <= _SMALLEST_PART]
        specks += small
        kept[key] = shapely.union_all(parts[len(small) :])
    return kept, specks


def _given_away(areas: Shapes, pieces: list[shapely.Polygon]) -> dict[str, BaseGeometry]:
    """Join each piece to the area it shares most edge with; a piece that touches none is lost."""
    result = dict(areas)
    for piece in pieces:
        shared = {
            key: area.boundary.intersection(piece.boundary).length
            for key, area in result.items()
            if area.intersects(piece)
        }
        if shared and max(shared.values()) > 0:
            key = max(shared, key=lambda key: (shared[key], key))
            result[key] = shapely.union(result[key], piece)
    return result


def _water(areas: Shapes) -> BaseGeometry:
    return BOX.difference(shapely.union_all(list(areas.values())))


def simplify(areas: Shapes, tolerance: float) -> dict[str, BaseGeometry]:
    """Simplify a coverage, shared edges together; ``tolerance`` in degrees.

    Raises:
        ValueError: the result is not a valid coverage.
    """
    keys = sorted(areas)
    simple = shapely.coverage_simplify([areas[key] for key in keys], tolerance)
    if not shapely.coverage_is_valid(simple):
        raise ValueError("simplified areas overlap or leave slivers")
    return dict(zip(keys, simple, strict=True))


def find_shared_line(area: BaseGeometry, other: BaseGeometry) -> list[shapely.LineString]:
    """Return the edges two areas of a coverage share, merged; specks are dropped."""
    line = shapely.line_merge(shapely.intersection(area.boundary, other.boundary))
    return [part for part in _lines(line) if part.length > _SHORTEST_FRONTIER]


def cut_sea(areas: Shapes) -> BaseGeometry:
    """Return what of :data:`BOX` no area covers, without enclosed specks."""
    return shapely.union_all([p for p in list_polygons(_water(areas)) if p.area > _SMALLEST_PART])


def cut_outer_sea(coast: BaseGeometry) -> BaseGeometry:
    """Return the sea around :data:`BOX`, for orientation only; ``coast`` is the land."""
    around = WIDE.difference(BOX)
    water = around.difference(shapely.simplify(coast, _COARSE))
    snapped = shapely.set_precision(water, GRID)
    return shapely.union_all([p for p in list_polygons(snapped) if p.area > _SMALLEST_OUTER_PART])


def cut_outer_frontiers(nations: Shapes, coast: BaseGeometry) -> dict[tuple[str, str], BaseGeometry]:
    """Return pair of countries -> the land frontier around :data:`BOX`, coarse."""
    around = coast.difference(BOX)
    result: dict[tuple[str, str], BaseGeometry] = {}
    for a, b in combinations(sorted(nations), 2):
        shared = shapely.intersection(nations[a].boundary, nations[b].boundary)
        merged = shapely.line_merge(shapely.union_all(_lines(shared.intersection(around))))
        lines = [line for line in _lines(merged) if line.length > _SHORTEST_FRONTIER]
        if lines:
            coarse = [shapely.simplify(line, _COARSE) for line in lines]
            result[a, b] = shapely.multilinestrings(coarse)
    return result


def _lines(geometry: BaseGeometry) -> list[shapely.LineString]:
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if isinstance(part, shapely.LineString)]
