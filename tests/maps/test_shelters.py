"""Maps of shelters: what stands where, and what must not stand anywhere."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.taking import context
from tests.tiers import open_ngo, withheld_names
from utils.analysis import places, sites
from utils.draw_context import DrawContext
from utils.maps.model import Areas, Circles, DrawnMap, Labels, Points
from utils.maps.overview import overview_map
from utils.maps.payload import write_payload
from utils.maps.shelters import counts_map
from utils.maps.sites import sites_map
from utils.releases import Release
from utils.text.html import Markup
from utils.text.locale import LANGUAGES


@pytest.fixture(scope="module")
def ngo(data_folder: Path) -> Release:
    return open_ngo(data_folder)


def areas(drawn: DrawnMap) -> dict[str, tuple[str, int, str]]:
    layer = next(layer for layer in drawn.layers if isinstance(layer, Areas))
    return {one.pcode: (one.status, one.step, " ".join(one.lines)) for one in layer.values}


def names(drawn: DrawnMap) -> dict[str, float]:
    layer = next(layer for layer in drawn.layers if isinstance(layer, Labels))
    return {place.name: place.rank for place in layer.values}


def test_a_count_stands_at_the_centre_of_its_district(public_release: Release) -> None:
    drawn = counts_map(context(public_release))
    marks = [one for layer in drawn.layers if isinstance(layer, Points) for one in layer.values]
    counts = {one.title: one.text for one in marks if one.text}
    assert counts == {
        "Mongkol Borei, Banteay Meanchey": "3",
        "Serei Saophoan, Banteay Meanchey": "2",
        "Bavel, Battambang": "3",
        "Chong Kal, Oddar Meanchey": "2",
    }
    districts = {
        (place.lat, place.lon) for place in places.list_places(public_release) if place.kind == "district"
    }
    assert all((one.lat, one.lon) in districts for one in marks if one.style not in {"place", "crossing"})
    assert not [layer for layer in drawn.layers if isinstance(layer, Circles)]


def test_provinces_are_shaded_by_all_their_sites(public_release: Release) -> None:
    shaded = areas(counts_map(context(public_release)))
    assert shaded["KH01"][0] == "value"
    assert "8 sites last known open" in shaded["KH01"][2]
    assert "at least 12,000 people" in shaded["KH01"][2]
    assert "not published" in shaded["KH17"][2]
    assert shaded["KH12"][0] == "plain"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("draw", [counts_map, overview_map])
def test_osmach_and_the_temple_are_always_named(
    public_release: Release, lang: str, draw: Callable[[DrawContext], DrawnMap]
) -> None:
    ranks = names(draw(context(public_release, lang)))
    always = {name for name, rank in ranks.items() if rank == 0}
    assert (
        always
        == {
            "en": {"O'Smach", "Preah Vihear temple"},
            "fr": {"O'Smach", "Temple de Preah Vihear"},
            "km": {"អូរស្មាច់", "ប្រាសាទព្រះវិហារ"},
        }[lang]
    )


def test_the_list_twin_names_places_without_a_point(public_release: Release) -> None:
    rows = {Markup(row[0]).striptags(): row for row in counts_map(context(public_release)).rows}
    assert rows["Mom Bei (Emerald Triangle)"][-1] == "no published point: not on the map"
    assert rows["Banteay Meanchey"][2] == "8"
    assert rows["Wat Por 5000, Kulen, Preah Vihear"][3] == "closed, 30 Oct 2025"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_name_of_a_withheld_site_in_a_public_map(
    public_release: Release, data_folder: Path, lang: str
) -> None:
    for draw in (counts_map, overview_map):
        drawn = draw(context(public_release, lang))
        written = (write_payload(drawn.layers, drawn.view) + str(drawn)).casefold()
        assert [name for name in withheld_names(data_folder) if name in written] == []


def test_the_overview_shows_the_last_complete_list(public_release: Release) -> None:
    drawn = overview_map(context(public_release))
    assert drawn.title == "Most people sheltered in Banteay Meanchey and Siem Reap"
    assert drawn.subtitle.endswith("17 December 2025")
    assert drawn.foot.startswith("476,179 in all.")
    assert [row[:2] for row in drawn.rows[:5]] == [
        ("Banteay Meanchey", "182,820"),
        ("Siem Reap", "129,620"),
        ("Battambang", "46,441"),
        ("Oddar Meanchey", "38,401"),
        ("Preah Vihear", "34,521"),
    ]
    assert areas(drawn)["KH06"][2] == "not on the list of this day"
    circles = next(layer for layer in drawn.layers if isinstance(layer, Points)).values
    assert [(circle.id, circle.text) for circle in circles[:2]] == [("KH01", "182,820"), ("KH17", "129,620")]
    area = {circle.id: circle.radius**2 for circle in circles}
    assert area["KH17"] / area["KH01"] == pytest.approx(129_620 / 182_820)


def test_the_overview_names_who_printed_the_total_and_who_the_list(public_release: Release) -> None:
    drawn = overview_map(context(public_release))
    assert drawn.foot.endswith("Source: Xinhua via Haberler.com, Star of Cambodia.")


def test_circles_are_as_large_as_the_place_is_uncertain(ngo: Release) -> None:
    drawn = sites_map(context(ngo), sites.list_sites(ngo))
    circles = [one for layer in drawn.layers if isinstance(layer, Circles) for one in layer.values]
    assert {one.radius for one in circles} == {1_000.0, 4_000.0, 15_000.0}
    known = {site.site_id for site in sites.list_sites(ngo)}
    assert {one.id for one in circles} <= known
    assert len(drawn.rows) == 41
    assert "14 sites have no point" in drawn.subtitle
    assert [row for row in drawn.rows if row[-1] == "no point"]
