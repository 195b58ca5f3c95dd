"""What each source feeds, where counts conflict, how old each series is."""

from datetime import date

from utils.analysis import sources
from utils.releases import Release

TODAY = date(2026, 11, 24)


def test_every_source_is_listed_once(public_release: Release) -> None:
    found = sources.uses(public_release)
    assert len(found) == 550
    assert len({use.source.source_id for use in found}) == 550


def test_copies_and_grade_d_have_no_link(public_release: Release) -> None:
    frame = public_release.table("sources")
    barred = set(frame[frame["is_copy"] | (frame["grade"] == "D")]["source_id"])
    assert barred
    assert all(
        use.source.url is None for use in sources.uses(public_release) if use.source.source_id in barred
    )


def test_the_widest_conflict_of_one_day(public_release: Release) -> None:
    conflict = next(
        one
        for one in sources.conflicts(public_release)
        if one.on == date(2025, 12, 11) and one.country == "KHM"
    )
    assert [(row.value, row.counted_by) for row in conflict.figures] == [(265610.0, "moi"), (192173.0, "mnd")]
    assert round(conflict.spread, 2) == 0.38


def test_the_ages_of_the_series(public_release: Release) -> None:
    by_key = {(one.indicator.indicator, one.country): one for one in sources.series(public_release, TODAY)}
    remaining = by_key["remaining_displaced_people", "KHM"]
    assert (remaining.newest.value, remaining.freshness.age, remaining.freshness.days) == (
        45559.0,
        "delinquent",
        259,
    )


def test_search_and_filters(public_release: Release) -> None:
    assert {use.source.grade for use in sources.matching(public_release, grade="A")} == {"A"}
    assert sources.matching(public_release, text="<img src=x>") == ()
    found = sources.matching(public_release, text="world vision")
    assert found
    assert all("world vision" in f"{u.source.publisher} {u.source.title}".casefold() for u in found)


def test_the_dictionary_has_three_languages(public_release: Release) -> None:
    for table in sources.dictionary(public_release):
        assert set(table.titles) == {"en", "fr", "km"}
        for column in table.columns:
            assert all(column.titles.values()), (table.name, column.name)
