"""The map of one place: last states of crossings, distances between open places only, no point of a site."""

from __future__ import annotations

from datetime import date

import pytest

from utils.analysis import places, relief, shelters
from utils.draw_context import DrawContext
from utils.maps import focus
from utils.maps.model import DrawnMap
from utils.maps.payload import write_payload
from utils.releases import Release
from utils.text.locale import Names

TODAY = date(2026, 11, 24)


def drawn(release: Release, place_id: str, lang: str = "en") -> DrawnMap:
    found = focus.focus_map(DrawContext(release, lang, "light", TODAY), place_id)
    assert found is not None
    return found


@pytest.mark.parametrize("place_id", places.FOCUS)
def test_a_focus_map_lists_near_places_with_state_and_distance(
    public_release: Release, place_id: str
) -> None:
    rows = drawn(public_release, place_id).rows
    assert 0 < len(rows) <= 8
    away = [int(row[3].removesuffix(" km")) for row in rows]
    assert away == sorted(away)
    open_names = {place.names.of("en") for place in places.list_landmarks(public_release)}
    open_names |= {town.names["en"] for town in focus.list_towns()}
    assert {row[0] for row in rows} <= open_names


def test_a_crossing_says_its_last_known_state_and_no_more(public_release: Release) -> None:
    last = next(
        crossing.last
        for crossing in relief.list_crossings(public_release)
        if crossing.place.place_id == places.OSMACH
    )
    assert last is not None
    assert last.effect == "closed"
    subtitle = drawn(public_release, places.OSMACH).subtitle
    assert subtitle.startswith("Last known state of the crossing: closed by Cambodia")
    assert "Last known state" not in drawn(public_release, places.PREAH_VIHEAR).subtitle


def test_a_reopened_crossing_is_not_called_closed(
    public_release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words follow the newest event of that crossing, not the newest closure of any."""
    crossings = relief.list_crossings(public_release)
    first = crossings[0].last
    assert first is not None
    eased = relief.AccessEvent(first.event, "crossing", "eased", "THA", "")
    changed = tuple(
        relief.Crossing(crossing.place, eased if crossing.place.place_id == places.OSMACH else crossing.last)
        for crossing in crossings
    )
    monkeypatch.setattr(relief, "list_crossings", lambda _release: changed)
    context = DrawContext(public_release, "en", "light", TODAY)
    states = focus._crossing_states(context)
    assert "no reopening" not in states[places.OSMACH]
    assert "no reopening" in states[places.POIPET]


def test_no_distance_is_given_from_an_area(public_release: Release) -> None:
    for place_id in ("prov-oddar-meanchey", "dist-oddar-meanchey-samraong"):
        assert {row[3] for row in drawn(public_release, place_id).rows} == {"—"}


def test_the_distance_of_two_known_points() -> None:
    """One degree of latitude on a sphere of 6,371 km is 111.19 km."""
    place = places.NamedPlace("x", Names({"en": "X"}), "crossing", "", "KHM", 14.0, 103.0, "", "")
    assert focus._distance(place, 15.0, 103.0) == pytest.approx(111.195, abs=0.001)


def test_the_payload_counts_districts_and_holds_no_site(public_release: Release) -> None:
    map_ = drawn(public_release, places.OSMACH)
    payload = str(write_payload(map_.layers, map_.view))
    districts = places.index_by_pcode(public_release)
    allowed = {(place.lat, place.lon) for place in districts.values()}
    allowed |= {(place.lat, place.lon) for place in places.list_landmarks(public_release)}
    allowed |= {(town.lat, town.lon) for town in focus.list_towns()}
    for layer in map_.layers:
        for point in getattr(layer, "values", ()):
            if hasattr(point, "lat"):
                assert (point.lat, point.lon) in allowed
    assert "site_id" not in payload
    assert all(
        area.count > 1 or not area.admin2_pcode for area in shelters.count_sites_by_area(public_release)
    )
