"""Whether a point lies in a province, and how far from it: outlines without any library."""

import json
import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from tests.frozen import ROOT
from utils.curation.checks.outlines import Outline, outlines

SQUARE = ((102.0, 13.0), (104.0, 13.0), (104.0, 15.0), (102.0, 15.0), (102.0, 13.0))
HOLE = ((102.5, 13.5), (103.5, 13.5), (103.5, 14.5), (102.5, 14.5), (102.5, 13.5))
PROVINCE = Outline("A square", (SQUARE, HOLE), (102.0, 13.0, 104.0, 15.0))


@pytest.mark.parametrize(
    ("lat", "lon", "inside"),
    [
        (13.2, 102.2, True),
        (14.0, 103.0, False),
        (12.9, 103.0, False),
        (14.0, 104.1, False),
        (14.9, 103.0, True),
    ],
)
def test_a_square_with_a_hole(lat: float, lon: float, inside: bool) -> None:
    assert PROVINCE.holds(lat, lon) == inside


def test_kilometres_to_the_nearest_side() -> None:
    assert PROVINCE.km_away(12.0, 103.0) == pytest.approx(111.2)
    assert PROVINCE.km_away(14.0, 105.0) == pytest.approx(111.2 * math.cos(math.radians(14)), rel=0.01)


def test_every_province_of_cambodia_and_those_across_the_border_are_there() -> None:
    codes = {key for key in outlines() if key.startswith("KH")}
    assert codes == {f"KH{number:02}" for number in range(1, 26)}
    assert outlines()["prov-th-surin"] is outlines()["TH32"]
    for outline in outlines().values():
        assert all(ring[0] == ring[-1] for ring in outline.rings)


SHAPES = {
    feature["properties"]["pcode"]: shape(feature["geometry"])
    for name in ("adm1_khm", "adm1_tha")
    for feature in json.loads((ROOT / f"data/geo/{name}.geojson").read_text("utf-8"))["features"]
}


@given(st.sampled_from(sorted(SHAPES)), st.floats(9.8, 15.8), st.floats(101.5, 108.0))
def test_points_are_held_as_a_library_of_geometry_holds_them(key: str, lat: float, lon: float) -> None:
    point = shapely.Point(lon, lat)
    if SHAPES[key].boundary.distance(point) > 1e-9:
        assert outlines()[key].holds(lat, lon) == SHAPES[key].contains(point)


def test_no_two_provinces_hold_the_capital_of_one() -> None:
    assert [key for key, outline in outlines().items() if outline.holds(11.5564, 104.9282)] == ["KH12"]
