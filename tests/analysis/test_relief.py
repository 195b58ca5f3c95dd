"""Relief: statuses apart, who does what where, access, corridors; nothing found is told, never zero."""

from datetime import date

import pytest

from utils.analysis import relief
from utils.releases import Release
from utils.text.locale import translator

TODAY = date(2026, 11, 24)


def test_statuses_stay_apart(public_release: Release) -> None:
    counts = {
        one.key: one.observation.value
        for one in relief.list_relief_findings(public_release, TODAY)
        if one.observation
    }
    assert counts == {
        "deliveries-reported": 58,
        "deliveries-pledged": 6,
        "deliveries-target": 11,
        "deliveries-refused": 1,
    }
    assert sum(value or 0 for value in counts.values()) == len(relief.list_deliveries(public_release)) == 76


def test_only_reported_deliveries_stand_in_the_matrix(public_release: Release) -> None:
    cells = relief.build_relief_matrix(public_release)
    assert len(cells) == len(relief.list_delivery_provinces(public_release)) * len(relief.SECTORS)
    assert cells["KH13", "medicine"].organisations == ()
    assert {one.status for cell in cells.values() for one in cell.deliveries} == {"reported"}
    caritas = cells["KH02", "food"]
    assert "Caritas Cambodia" in caritas.organisations


def test_a_delivery_to_several_provinces_stands_under_each_and_is_not_divided(
    public_release: Release,
) -> None:
    church = next(one for one in relief.list_deliveries(public_release) if one.delivery_id == "ad043")
    assert len(church.provinces) > 1
    for province in church.provinces:
        found = [one for one in relief.filter_deliveries(public_release, province=province) if one == church]
        assert [one.quantity for one in found] == [180000]


def test_a_sector_without_a_figure_of_need_is_empty_not_zero(public_release: Release) -> None:
    found = dict(relief.list_needs(public_release))
    assert found["wash"] == ()
    assert found["health"] == ()
    assert [row.value for row in found["shelter"]] == [644000]


def test_the_whole_border_was_closed_twice(public_release: Release) -> None:
    closures = [(one.event.event_id, one.closed_by) for one in relief.list_border_closures(public_release)]
    assert closures == [("ev111", "KHM"), ("ev019", "THA"), ("ev017", "THA")]
    road = next(one for one in relief.list_access_events(public_release) if one.event.event_id == "ev134")
    assert not road.whole


def test_no_cargo_is_told_of_a_corridor(public_release: Release) -> None:
    states = {one.origin: one.status for one in relief.list_corridors(public_release)}
    assert states == {"Bangkok": "closed", "Vientiane": "not_found", "Kuala Lumpur": "not_found"}


def test_rows_without_a_date_are_counted_in_their_own_form(public_release: Release) -> None:
    known = {
        one.key: translator("en").translate(one.context)
        for one in relief.list_relief_findings(public_release, TODAY)
        if one.context
    }
    assert known["deliveries-reported"] == "17 of these rows have no date."
    assert known["deliveries-refused"] == "1 of these rows has no date."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("UNICEF with Smart Axiata", ("UNICEF", "Smart Axiata")),
        ("Japan, NCDM and WFP", ("Japan", "NCDM", "WFP")),
        ("IOM and UNICEF (Japan funds)", ("IOM", "UNICEF")),
        ("Government of Japan through IOM", ("Government of Japan", "IOM")),
        ("Prime minister and spouse", ("Prime minister and spouse",)),
        (
            "Friedensdorf International with Cambodian partner",
            ("Friedensdorf International with Cambodian partner",),
        ),
        ("Church of Jesus Christ of Latter-day Saints", ("Church of Jesus Christ of Latter-day Saints",)),
        ("Ministry of Cults and Religion with UNICEF", ("Ministry of Cults and Religion", "UNICEF")),
        ("", ("",)),
    ],
)
def test_a_joint_delivery_names_each_of_its_organisations(text: str, names: tuple[str, ...]) -> None:
    assert relief.split_names(text, ["Ministry of Cults and Religion", "UNICEF"]) == names


def test_joint_deliveries_count_for_each_organisation_by_status(public_release: Release) -> None:
    doings = relief.list_doings(public_release)
    known = {(one.organisation, one.status) for one in doings[""]}
    assert {
        ("UNICEF Cambodia", "target"),
        ("Smart Axiata", "target"),
        ("UNICEF Cambodia", "reported"),
    } <= known
    assert not any(one.organisation == "UNICEF with Smart Axiata" for rows in doings.values() for one in rows)
    assert {"DanChurchAid Cambodia", "Banteay Srei", "Action For Development"} <= set(
        relief.build_relief_matrix(public_release)["KH13", "cash"].organisations
    )


def test_the_reported_stand_before_the_promised(public_release: Release) -> None:
    for rows in relief.list_doings(public_release).values():
        order = [relief.STATUSES.index(one.status) for one in rows]
        assert order == sorted(order)


def test_every_crossing_of_the_record_has_its_last_state(public_release: Release) -> None:
    """The last event of all crossings is Cambodia's suspension of 13 December 2025."""
    crossings = relief.list_crossings(public_release)
    assert len(crossings) == 11
    assert {one.last.event.event_id for one in crossings if one.last} == {"ev111"}


def test_dangers_are_drawn_at_a_landmark_or_in_a_province(public_release: Release) -> None:
    kinds = {place.kind for place, exact, _ways in relief.group_dangers(public_release) if exact}
    assert kinds <= {"crossing", "temple", "flashpoint"}
    provinces = {place.kind for place, exact, _ways in relief.group_dangers(public_release) if not exact}
    assert provinces == {"province"}
