"""Names on maps: inside their own country, clear of each other, alike in Python and in the browser."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.taking import context
from utils.analysis.displacement_areas import list_province_days
from utils.draw_context import DrawContext
from utils.exports.image import map_svg
from utils.exports.image.svg import line_height, line_width
from utils.maps import labels
from utils.maps.displacement import province_map
from utils.maps.focus import focus_map
from utils.maps.labels import Box, Name, Placement, place_names
from utils.maps.model import DrawnMap, Labels, Points
from utils.maps.overview import overview_map
from utils.maps.relief import relief_map
from utils.maps.shelters import counts_map
from utils.releases import Release

SCRIPT = Path(__file__).parents[2] / "static" / "js" / "samaki-labels.js"
SQUARE = {"KHM": [[(0.0, 50.0), (200.0, 50.0), (200.0, 200.0), (0.0, 200.0)]]}
FRAME = (200.0, 200.0)
WIDTHS = ((358, 440), (740, 520), (1216, 500))


def placed(name: Name, *kept: Box) -> Placement | None:
    return place_names([name], FRAME, kept, SQUARE)[0]


def test_a_name_at_the_frontier_stands_below_its_mark() -> None:
    found = placed(Name(100, 50, 60, 16, country="KHM", reach=4))
    assert found is not None
    assert found.box == (70, 57, 130, 73)
    assert found.leader is None


def test_a_name_that_finds_no_room_next_to_its_mark_has_a_line_to_it() -> None:
    found = placed(Name(100, 50, 60, 16, country="KHM", reach=4), (0, 0, 200, 80))
    assert found is not None
    assert found.leader is not None
    assert found.box[1] > 80


def test_a_tied_name_stands_next_to_its_mark_or_nowhere() -> None:
    assert placed(Name(100, 50, 60, 16, country="KHM", reach=4, tied=True), (0, 0, 200, 80)) is None


def test_where_the_whole_has_no_room_its_number_stands_alone() -> None:
    found = placed(Name(100, 100, 250, 16, country="KHM", reach=10, short=40))
    assert found == Placement((80, 113, 120, 129), is_short=True)


def test_a_name_wider_than_its_country_stands_nowhere() -> None:
    assert placed(Name(100, 100, 199, 16, country="KHM")) is None
    assert placed(Name(100, 100, 150, 16, country="KHM", centred=True)) is not None


def test_a_disputed_name_may_stand_on_the_line() -> None:
    assert placed(Name(100, 50, 60, 16, centred=True)) == Placement((70, 42, 130, 58))


def test_the_heavier_name_keeps_its_place() -> None:
    first, second = place_names(
        [Name(100, 100, 60, 16, centred=True), Name(110, 102, 60, 16, centred=True)], FRAME, [], {}
    )
    assert first is not None
    assert second is not None
    assert first.box == (70, 92, 130, 108)
    assert not _overlap(first.box, second.box)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


MAPS: dict[str, Callable[[DrawContext], DrawnMap | None]] = {
    "overview": overview_map,
    "first day": lambda asked: province_map(
        asked, min(list_province_days(asked.release, "sheltering")), "sheltering"
    ),
    "shelters": counts_map,
    "relief": relief_map,
    "osmach": lambda asked: focus_map(asked, "x-osmach"),
    "preah vihear": lambda asked: focus_map(asked, "t-preah-vihear"),
    "poipet": lambda asked: focus_map(asked, "x-poipet"),
}


@pytest.mark.parametrize("lang", ["en", "fr", "km"])
@pytest.mark.parametrize("name", MAPS)
def test_every_name_stands_in_its_country_at_every_zoom(
    public_release: Release, name: str, lang: str
) -> None:
    """Corners and rim of each box are looked up in the outlines, whatever the placement says."""
    drawn = MAPS[name](context(public_release, lang))
    assert drawn is not None
    for width, height in WIDTHS:
        for zoomed in (1.0, 2.0, 4.0):
            sight = _zoom(drawn, width, height, zoomed)
            names, found, outlines = _place(drawn, sight, width, height)
            shown = [(written, at) for written, at in zip(names, found, strict=True) if at]
            for index, (written, at) in enumerate(shown):
                assert not any(_overlap(at.box, other.box) for _name, other in shown[index + 1 :])
                if written.country:
                    assert _rim_is_in(at.box, outlines[written.country])
            if zoomed == 1.0 and width > 700 and name == "overview":
                assert all(found[:7]), "both landmarks and the five largest counts are named"


def _zoom(drawn: DrawnMap, width: float, height: float, zoomed: float) -> map_svg.Projection:
    (south, west), (north, east) = drawn.view.bounds
    lat, lon = (south + north) / 2, (west + east) / 2
    half = ((north - south) / 2 / zoomed, (east - west) / 2 / zoomed)
    bounds = ((lat - half[0], lon - half[1]), (lat + half[0], lon + half[1]))
    return map_svg.fit_projection(bounds, width, height)


def _place(
    drawn: DrawnMap, sight: map_svg.Projection, width: float, height: float
) -> tuple[list[Name], list[Placement | None], dict[str, list[labels.Ring]]]:
    places = sorted(
        (place for layer in drawn.layers if isinstance(layer, Labels) for place in layer.values),
        key=lambda place: place.rank,
    )
    kept = [
        map_svg.mark_box(point, sight)
        for layer in drawn.layers
        if isinstance(layer, Points)
        for point in layer.values
        if point.radius >= 8
    ]
    names = []
    for place in places:
        line, size = map_svg.name_line(place)
        names.append(
            Name(
                *sight.point(place.lon, place.lat),
                width=line_width(line, size),
                height=size * line_height((line,)),
                country=place.country,
                area=place.area,
                reach=place.reach,
                centred=place.kind == "province" and not place.reach,
                tied=place.tied,
            )
        )
    outlines = map_svg.country_outlines(sight)
    return names, place_names(names, (width, height), kept, outlines), outlines


def _rim_is_in(box: Box, rings: list[labels.Ring]) -> bool:
    left, top, right, bottom = box
    corners = [(left, top), (right, top), (left, bottom), (right, bottom), ((left + right) / 2, bottom)]
    return all(any(_is_in(x, y, ring) for ring in rings) for x, y in corners)


def _is_in(x: float, y: float, ring: labels.Ring) -> bool:
    """Count the edges of a ring to the right of a point."""
    edges = zip(ring, [*ring[1:], ring[0]], strict=True)
    crossed = [
        True
        for (x1, y1), (x2, y2) in edges
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
    ]
    return len(crossed) % 2 == 1


SIZES = st.floats(1, 120)
NAMES = st.builds(
    Name,
    x=st.floats(-20, 220),
    y=st.floats(-20, 220),
    width=SIZES,
    height=st.floats(8, 30),
    country=st.sampled_from(["", "KHM"]),
    area=st.just(""),
    reach=st.floats(0, 30),
    centred=st.booleans(),
    tied=st.booleans(),
    short=st.sampled_from([0.0, 20.0]),
)


class TestTheScript:
    """The browser's placement is that of the module, to the pixel."""

    @staticmethod
    def run(cases: list[list[Name]]) -> list[list[Any]]:
        node = shutil.which("node")
        assert node is not None, "the placement of names is compared by node"
        asked = json.dumps(
            [
                {"names": [asdict(name) for name in names], "frame": FRAME, "outlines": SQUARE}
                for names in cases
            ]
        )
        script = (
            f"require({json.dumps(str(SCRIPT))});"
            "const cases = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
            "process.stdout.write(JSON.stringify(cases.map(one => "
            "SamakiLabels.placeNames(one.names, one.frame, [], one.outlines))));"
        )
        answer = subprocess.run([node, "-e", script], input=asked, capture_output=True, text=True, check=True)
        result: list[list[Any]] = json.loads(answer.stdout)
        return result

    @pytest.mark.hypothesis
    @given(st.lists(st.lists(NAMES, max_size=12), min_size=5, max_size=20))
    def test_places_alike(self, cases: list[list[Name]]) -> None:
        for names, answered in zip(cases, self.run(cases), strict=True):
            ours = place_names(names, FRAME, [], SQUARE)
            assert [one and one["box"] for one in answered] == [
                one and pytest.approx(list(one.box)) for one in ours
            ]
            assert [bool(one and one["isShort"]) for one in answered] == [
                bool(one and one.is_short) for one in ours
            ]
            assert [bool(one and one["leader"]) for one in answered] == [
                bool(one and one.leader) for one in ours
            ]
