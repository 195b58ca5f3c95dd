"""The world map: a mark for each city, numbers that do not cover each other, no border."""

from collections import Counter
from datetime import date

import pytest

from tests.taking import context
from utils.analysis import solidarity
from utils.draw_context import DrawContext
from utils.maps.engine import base_map
from utils.maps.model import Areas, Labels, Points
from utils.maps.payload import find_style, write_payload
from utils.maps.relief import relief_map
from utils.maps.solidarity import world_map
from utils.releases import Release
from utils.text.locale import LANGUAGES

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_city_has_a_mark_a_name_and_a_row(public_release: Release, lang: str) -> None:
    drawn = world_map(DrawContext(public_release, lang, "light", TODAY))
    points, labels = drawn.layers
    assert isinstance(points, Points)
    assert isinstance(labels, Labels)
    count = len(solidarity.list_city_cards(public_release, TODAY))
    assert len(points.values) == len(labels.values) == len(drawn.rows) == count
    assert len(write_payload(drawn.layers, drawn.view)) < 40_000


def test_a_city_where_nothing_was_found_has_a_hollow_mark(public_release: Release) -> None:
    points = world_map(DrawContext(public_release, "en", "light", TODAY)).layers[0]
    assert isinstance(points, Points)
    styles = {one.title: (one.style, one.text) for one in points.values}
    assert styles["Lyon"] == ("city_quiet", "")
    assert styles["Paris"] == ("city", "5")
    assert styles["Brussels"] == ("city_sums", "")


def test_what_is_announced_is_no_act_found(public_release: Release) -> None:
    """On a day before all of them every act of the record is announced."""
    drawn = world_map(DrawContext(public_release, "en", "light", date(2025, 1, 1)))
    assert drawn.title == "No act of solidarity with a city was found"
    assert {row[2] for row in drawn.rows} == {"0"}
    points = drawn.layers[0]
    assert isinstance(points, Points)
    assert {one.text for one in points.values} == {""}
    paris = next(one for one in points.values if one.title == "Paris")
    assert {"no act found", "5 events announced"} <= set(paris.lines)


def test_the_legend_shows_the_marks_of_the_map(public_release: Release) -> None:
    """Dots are told by dots: a hollow one stands for what was not found, as on the map."""
    drawn = world_map(DrawContext(public_release, "en", "light", TODAY))
    assert [(one.label, one.colour, one.hatch) for one in drawn.legend] == [
        (label, find_style(name, "light")["fill"], False)
        for label, name in (
            ("acts found", "city"),
            ("sums or organisations only", "city_sums"),
            ("none found", "city_quiet"),
        )
    ]
    assert all(one.edge for one in drawn.legend)


def test_the_legend_of_relief_names_no_hatch_that_is_not_drawn(public_release: Release) -> None:
    """Each province that a row names has a delivery; the others are plain, and so in the legend."""
    drawn = relief_map(context(public_release))
    areas = drawn.layers[0]
    assert isinstance(areas, Areas)
    assert {one.status for one in areas.values} == {"plain"}
    assert [one.label for one in drawn.legend] == [
        "organisations, by number",
        "crossing, last known closed",
        "mines, explosives, bridges, roads: at a landmark or in the province",
    ]
    assert not any(one.hatch for one in drawn.legend)


def test_relief_circles_grow_with_the_number_written_in_them(public_release: Release) -> None:
    circles = relief_map(context(public_release)).layers[3]
    assert isinstance(circles, Points)
    assert circles.values
    by_count = sorted((int(one.text), one.radius) for one in circles.values)
    assert [radius for _count, radius in by_count] == sorted(one.radius for one in circles.values)
    for count, radius in by_count:
        if count >= 3:
            assert radius**2 / count == pytest.approx(36)


def test_every_crossing_and_danger_of_the_record_stands_in_the_list_of_the_relief_map(
    public_release: Release,
) -> None:
    """Bridges and mines have no published position: they are drawn at a landmark or in the province."""
    drawn = relief_map(context(public_release))
    counts = Counter(row[1] for row in drawn.rows)
    assert (counts["border crossing"], counts["bridge"], counts["explosives"]) == (11, 2, 5)
    dangers = drawn.layers[2]
    assert isinstance(dangers, Points)
    assert sum(len(one.lines) for one in dangers.values) >= 7
    assert not any(one.id for one in dangers.values)


def test_the_world_is_drawn_on_its_own_ground() -> None:
    from tests.maps.test_payload import VIEW
    from utils.maps.model import MapView

    world = MapView("w", "en", "light", VIEW.bounds, 300, "World", "+", "-", "world")
    rendered = base_map(world).get_root().render()
    assert "geo/world-" in rendered
    assert '"ground":"sea"' in rendered
    assert '"ground":"land"' in base_map(VIEW).get_root().render()


def test_a_city_is_told_with_a_region_that_adds_something(public_release: Release) -> None:
    cities_told = [row[0] for row in world_map(DrawContext(public_release, "en", "light", TODAY)).rows]
    assert "Melbourne (Victoria)" in cities_told
    assert {"Beijing", "Aichi (Nagoya)", "Phnom Penh"} <= set(cities_told)
