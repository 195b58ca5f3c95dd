"""Relief: statuses apart, who does what where, access, corridors; nothing found is told, never zero."""

from datetime import date

from utils.analysis import relief
from utils.releases import Release
from utils.text.locale import translator

TODAY = date(2026, 11, 24)


def test_statuses_stay_apart(public_release: Release) -> None:
    counts = {
        one.key: one.observation.value for one in relief.findings(public_release, TODAY) if one.observation
    }
    assert counts == {
        "deliveries-reported": 58,
        "deliveries-pledged": 6,
        "deliveries-target": 11,
        "deliveries-refused": 1,
    }
    assert sum(value or 0 for value in counts.values()) == len(relief.deliveries(public_release)) == 76


def test_only_reported_deliveries_stand_in_the_matrix(public_release: Release) -> None:
    cells = relief.matrix(public_release)
    assert len(cells) == len(relief.provinces(public_release)) * len(relief.SECTORS)
    assert cells["KH13", "medicine"].organisations == ()
    assert {one.status for cell in cells.values() for one in cell.deliveries} == {"reported"}
    caritas = cells["KH02", "food"]
    assert "Caritas Cambodia" in caritas.organisations


def test_a_delivery_to_several_provinces_stands_under_each_and_is_not_divided(
    public_release: Release,
) -> None:
    church = next(one for one in relief.deliveries(public_release) if one.delivery_id == "ad043")
    assert len(church.provinces) > 1
    for province in church.provinces:
        found = [one for one in relief.matching(public_release, province=province) if one == church]
        assert [one.quantity for one in found] == [180000]


def test_a_sector_without_a_figure_of_need_is_empty_not_zero(public_release: Release) -> None:
    found = dict(relief.needs(public_release))
    assert found["wash"] == ()
    assert found["health"] == ()
    assert [row.value for row in found["shelter"]] == [644000]


def test_the_whole_border_was_closed_twice(public_release: Release) -> None:
    closures = [(one.event.event_id, one.closed_by) for one in relief.whole_border(public_release)]
    assert closures == [("ev111", "KHM"), ("ev019", "THA"), ("ev017", "THA")]
    road = next(one for one in relief.access(public_release) if one.event.event_id == "ev134")
    assert not road.whole


def test_no_cargo_is_told_of_a_corridor(public_release: Release) -> None:
    states = {one.origin: one.status for one in relief.corridors(public_release)}
    assert states == {"Bangkok": "closed", "Vientiane": "not_found", "Kuala Lumpur": "not_found"}


def test_rows_without_a_date_are_counted_in_their_own_form(public_release: Release) -> None:
    told = {
        one.key: translator("en").translate(one.context)
        for one in relief.findings(public_release, TODAY)
        if one.context
    }
    assert told["deliveries-reported"] == "17 of these rows have no date."
    assert told["deliveries-refused"] == "1 of these rows has no date."
