"""People displaced: values a person can check in tests/record/displacement.csv."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.analysis import displacement as subject
from utils.analysis import displacement_areas as areas
from utils.analysis import displacement_groups as groups
from utils.analysis.displacement_series import differing
from utils.analysis.model import Age, Finding, Observation, SourceRef
from utils.releases import Release
from utils.text.locale import translator

TODAY = date(2026, 11, 24)
PEAK_DAY = date(2025, 12, 17)


def said(finding: Finding) -> tuple[float | None, date | None, str]:
    """Return value, day and counter of what a finding leads with."""
    assert finding.observation is not None
    return finding.observation.value, finding.observation.as_of, finding.observation.counted_by


def test_latest_figure_is_old_and_of_one_outlet(public_release: Release) -> None:
    found = subject.latest(public_release, TODAY)
    assert said(found) == (45_559, date(2026, 3, 10), "moi")
    assert found.freshness.age is Age.DELINQUENT
    assert found.freshness.days == 259
    assert "Printed by one outlet only." in [caveat.msgid for caveat in found.caveats]


def test_latest_stands_beside_the_figure_before(public_release: Release) -> None:
    found = subject.latest(public_release, TODAY)
    before = found.beside[0].observation
    assert (before.value, before.as_of, before.as_of_precision) == (74_139, date(2026, 2, 18), "approx")
    assert [beside.observation.value for beside in found.beside[1:]] == [80_000]
    assert found.change is not None
    assert found.change.difference == 45_559 - 74_139


def test_latest_fits_the_count_of_all_still_displaced(public_release: Release) -> None:
    context = subject.latest(public_release, TODAY).context
    assert context is not None
    text = translator("en").translate(context)
    assert "649,023" in text
    assert "603,000" in text
    assert "46,023" in text


def test_july_peak_and_who_differs(public_release: Release) -> None:
    found = subject.peak(public_release, "2025-07", TODAY)
    assert said(found) == (172_094, date(2025, 7, 30), "mnd")
    assert [(row.value, row.counted_by) for row in found.contradicted_by] == [(168_946, "ohchr")]


def test_december_peak_stands_beside_the_cumulative_total(public_release: Release) -> None:
    found = subject.peak(public_release, "2025-12", TODAY)
    assert said(found) == (649_163, date(2025, 12, 27), "ncdm")
    beside = found.beside[0]
    assert (beside.observation.value, beside.observation.as_of) == (649_023, date(2026, 1, 6))
    assert beside.observation.indicator == "displaced_people_cumulative"
    assert "cumulative" in beside.label.msgid


def test_peaks_do_not_age(public_release: Release) -> None:
    assert subject.peak(public_release, "2025-07", TODAY).freshness.age is Age.SETTLED


def test_returned_is_cumulative_and_of_the_december_round(public_release: Release) -> None:
    found = subject.returned(public_release, TODAY)
    assert said(found) == (603_000, date(2026, 3, 10), "moi")
    assert found.observation is not None
    assert found.observation.qualifier == "at_least"


def test_sites_open(public_release: Release) -> None:
    assert said(subject.sites_open(public_release, TODAY)) == (102, date(2026, 1, 15), "ncdm")


def test_sites_and_hosts_of_8_january(public_release: Release) -> None:
    last = subject.in_sites_and_hosts(public_release)[-1]
    assert last.in_sites.as_of == last.with_hosts.as_of == date(2026, 1, 8)
    assert (last.in_sites.value, last.with_hosts.value) == (64_018, 109_758)


def test_cumulative_totals_are_no_points_of_the_curve(public_release: Release) -> None:
    drawn = subject.national_series(public_release).all_points
    assert {row.indicator for row in drawn} == {"displaced_people", "remaining_displaced_people"}
    assert said(subject.ever_displaced(public_release, TODAY))[0] == 649_023


@pytest.mark.parametrize(
    ("day", "value", "counter"),
    [
        (date(2025, 7, 30), 172_094, "mnd"),
        (date(2025, 8, 6), 153_910, "ncdm"),
        (date(2025, 12, 11), 265_610, "moi"),
        (date(2025, 12, 17), 476_179, "moi"),
        (date(2025, 12, 24), 636_536, "moi"),
        (date(2025, 12, 27), 649_163, "ncdm"),
        (date(2026, 1, 1), 409_149, "ncdm"),
        (date(2026, 1, 8), 173_776, "ncdm"),
        (date(2026, 3, 10), 45_559, "moi"),
    ],
)
def test_headline_series(public_release: Release, day: date, value: float, counter: str) -> None:
    line = {row.as_of: row for row in subject.headline(public_release)}
    assert (line[day].value, line[day].counted_by) == (value, counter)


def test_headline_has_one_point_a_day_of_three_counters(public_release: Release) -> None:
    line = subject.headline(public_release)
    days = [row.as_of for row in line]
    assert days == sorted(set(days), key=lambda day: day or date.min)
    assert {row.counted_by for row in line} == {"mnd", "ncdm", "moi"}
    assert all(row.headline_ok for row in line)


def test_every_publisher_is_among_the_points(public_release: Release) -> None:
    points = {(row.as_of, row.value) for row in subject.national_series(public_release).all_points}
    assert {(PEAK_DAY, 476_179.0), (PEAK_DAY, 447_509.0)} <= points
    both = date(2025, 12, 11)
    assert {(both, 192_173.0), (both, 265_610.0)} <= points


def test_the_line_is_cut_at_gaps_rounds_and_the_break(public_release: Release) -> None:
    series = subject.national_series(public_release)
    spans = [(run[0].as_of, run[-1].as_of) for run in series.runs]
    assert spans == [
        (date(2025, 7, 27), date(2025, 9, 4)),
        (date(2025, 10, 2), date(2025, 10, 2)),
        (date(2025, 12, 8), date(2025, 12, 30)),
        (date(2026, 1, 1), date(2026, 3, 10)),
    ]
    assert [(one.starts_on, one.ends_on) for one in series.breaks] == [(date(2026, 1, 1), date(2026, 1, 2))]
    assert [event.on for event in series.ceasefires] == [date(2025, 7, 28), date(2025, 12, 27)]


def test_provinces_of_17_december_add_to_the_total(public_release: Release) -> None:
    found = areas.provinces_on(public_release, PEAK_DAY, "sheltering")
    by_name = {row.admin1: row.value for row in found.provinces}
    assert by_name["Banteay Meanchey"] == 182_820
    assert by_name["Siem Reap"] == 129_620
    assert by_name["Battambang"] == 46_441
    assert by_name["Oddar Meanchey"] == 38_401
    assert by_name["Preah Vihear"] == 34_521
    assert len(by_name) == 11
    assert sum(value or 0 for value in by_name.values()) == 476_179
    assert found.total is not None
    assert found.total.value == 476_179


@pytest.mark.parametrize(
    ("day", "complete"),
    [
        (date(2025, 7, 30), True),
        (date(2025, 12, 12), True),
        (PEAK_DAY, True),
        (date(2025, 12, 18), False),
        (date(2026, 2, 14), False),
    ],
)
def test_partial_lists_are_told_from_complete_ones(
    public_release: Release, day: date, complete: bool
) -> None:
    assert areas.provinces_on(public_release, day, "sheltering").complete is complete


def test_the_page_opens_with_the_newest_complete_list(public_release: Release) -> None:
    assert areas.first_shown(public_release, "sheltering") == PEAK_DAY


def test_host_and_origin_never_mix(public_release: Release) -> None:
    for basis in areas.BASES:
        for day in areas.province_days(public_release, basis):
            rows = areas.provinces_on(public_release, day, basis).provinces
            assert {row.area_basis for row in rows} == {basis}
            assert all(row.headline_ok for row in rows)


def test_the_contradicted_province_figure_is_set_aside(public_release: Release) -> None:
    assert 278_793 in [row.value for row in areas.set_aside(public_release)]
    shown = [
        row.value
        for basis in areas.BASES
        for day in areas.province_days(public_release, basis)
        for row in areas.provinces_on(public_release, day, basis).provinces
    ]
    assert 278_793 not in shown


def test_a_day_shows_every_count_of_that_day(public_release: Release) -> None:
    found = areas.day_finding(public_release, PEAK_DAY, TODAY)
    assert said(found)[0] == 476_179
    beside = {beside.observation.value: beside.label.msgid for beside in found.beside}
    assert beside[447_509] == "an earlier count of that day, same publisher"
    other = areas.day_finding(public_release, date(2025, 12, 11), TODAY)
    assert said(other)[2] == "moi"
    assert (192_173, "mnd") in [(b.observation.value, b.observation.counted_by) for b in other.beside]


def test_a_day_without_a_national_count_says_so(public_release: Release) -> None:
    found = areas.day_finding(public_release, date(2025, 8, 2), TODAY)
    assert found.observation is None
    assert found.absence == "not_found"


def test_thailand_keeps_evacuated_and_sheltered_apart(public_release: Release) -> None:
    thai = groups.thailand(public_release)
    assert {row.indicator for row in thai["displaced_people"]} == {"displaced_people"}
    exact = [row for row in thai["people_in_sites"] if row.qualifier == "exact"]
    highest = max(exact, key=lambda row: row.value or 0)
    assert (highest.value, highest.as_of) == (263_105, date(2025, 12, 15))
    assert (exact[-1].value, exact[-1].as_of) == (150_529, date(2025, 12, 24))


def test_women_and_children_of_10_march(public_release: Release) -> None:
    counted = groups.groups(public_release)
    assert counted["women_displaced"][-1].value == 23_881
    assert counted["children_displaced"][-1].value == 15_083


def test_migrants_are_another_indicator(public_release: Release) -> None:
    assert {row.indicator for row in groups.migrant_returnees(public_release)} == {"migrant_returnees"}


def row(
    value: float, *, counter: str = "moi", qualifier: str = "exact", day: int = 1, origin: str = "moi-1"
) -> Observation:
    """Return a figure of December 2025 from a made-up source of one origin."""
    source = SourceRef(f"s-{origin}", origin, "T", None, "", "media", "en", "B", (origin,))
    return Observation(
        observation_id=f"{value}-{counter}-{qualifier}",
        indicator="displaced_people",
        value=value,
        unit="people",
        as_of=date(2025, 12, day),
        sources=(source,),
        counted_by=counter,
        qualifier=qualifier,  # type: ignore[arg-type]
    )


def test_copies_of_one_release_are_one_origin() -> None:
    copies = [row(10, origin="moi-2025-12-01"), row(10, origin="moi-2025-12-01-evening")]
    assert subject.origins_agree(copies) == 1
    assert subject.origins_agree([*copies, row(10, origin="ncdm-hrf")]) == 2


def test_an_unknown_origin_confirms_nothing() -> None:
    assert subject.origins_agree([row(10, origin="unknown")]) == 0


def test_a_floor_below_and_a_ceiling_above_do_not_contradict() -> None:
    chosen = row(172_094, counter="mnd")
    floor = row(170_000, counter="who", qualifier="at_least")
    ceiling = row(180_000, counter="ap", qualifier="at_most")
    lower = row(168_946, counter="ohchr")
    assert differing([floor, ceiling, lower], chosen, days=1) == (lower,)


def test_a_counter_contradicts_itself_only_on_one_day() -> None:
    chosen = row(476_179, day=17)
    same_day, day_before = row(447_509, day=17), row(438_953, day=16)
    assert differing([same_day, day_before], chosen, days=3) == (same_day,)


@given(st.lists(st.sampled_from(["moi-1", "moi-2", "ncdm-hrf", "mnd", "unknown"]), max_size=8))
def test_origins_never_exceed_the_counters_behind_them(origins: list[str]) -> None:
    known = {origin.split("-")[0] for origin in origins if origin != "unknown"}
    assert subject.origins_agree([row(1, origin=origin) for origin in origins]) == len(known)


@given(st.integers(1, 10**7), st.sampled_from(["exact", "about", "at_least", "at_most"]))
def test_a_figure_never_contradicts_itself(value: int, qualifier: str) -> None:
    one = row(float(value), qualifier=qualifier)
    assert subject.same_count(one, one)
    assert differing([one], one, days=3) == ()
