"""Small counts of a district are hidden, and nothing that is published lets them be found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.curation.disclosure.cell_suppression import (
    Cell,
    CellCounts,
    Withheld,
    cell_of,
    is_small,
    make_entries,
    suppress_small,
)
from utils.curation.read import Row

DAY, NEXT = date(2025, 7, 30), date(2025, 7, 31)
KINDS = {
    "displaced_people": "stock",
    "people_in_sites": "stock",
    "people_with_hosts": "stock",
    "displaced_families": "stock",
    "returned_people": "cumulative",
    "returned_people_in_period": "flow",
}


def cell(value: float | None, admin2: str | None = "Riverside", **more: Any) -> Row:
    plain: Row = {
        "observation_id": "dsp-9001",
        "indicator": "displaced_people",
        "as_of": DAY,
        "source_id": "a",
        "admin1": "Northland",
        "admin2": admin2,
        "area_basis": "sheltering",
        "unit": "people",
        "value": value,
        "low": None,
        "high": None,
        "note": "As printed",
        "supersedes": None,
    }
    return plain | more


def districts(*values: float | None) -> list[Row]:
    return [cell(value, f"District {number}") for number, value in enumerate(values)]


def shown(rows: list[Row], withheld: Withheld | None = None) -> list[object]:
    return [row["value"] for row in suppress_small(rows, withheld or Withheld(), KINDS)]


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ([3.0, 90.0, 400.0], [None, None, 400.0]),
        ([400.0, 90.0, 3.0], [400.0, None, None]),
        ([3.0, 4.0, 400.0], [None, None, 400.0]),
        ([1.0, 2.0, 400.0, 90.0], [None, None, 400.0, None]),
        ([1.0, 1.0, 1.0, 1.0, 9.0], [None, None, None, None, None]),
        ([1.0, 4.0, 400.0], [None, None, 400.0]),
        ([1.0, 2.0], [None, None]),
        ([5.0, 90.0], [5.0, 90.0]),
        ([4.0], [None]),
        ([4.0, None, 9.0, 90.0], [None, None, None, 90.0]),
        ([0.0, 90.0], [0.0, 90.0]),
        ([0.0, 3.0, 90.0], [0.0, None, None]),
        ([0.0, 3.0], [None, None]),
        ([], []),
    ],
)
def test_a_small_count_is_hidden_with_the_next_smallest(
    values: list[float | None], left: list[float | None]
) -> None:
    assert shown(districts(*values)) == left


def test_a_hidden_cell_keeps_no_bound_and_no_note_and_says_so() -> None:
    (row,) = suppress_small([cell(3.0, low=2.0, high=4.0)])
    assert (row["value"], row["low"], row["high"], row["note"], row["suppressed"]) == (
        *(None, None, None, None),
        True,
    )


def test_a_small_bound_without_a_value_is_hidden() -> None:
    (row,) = suppress_small([cell(None, high=4.0)])
    assert (row["high"], row["suppressed"]) == (None, True)


def test_families_and_a_single_site_of_a_district_are_as_telling_as_people() -> None:
    assert shown([cell(2.0, unit="families")]) == [None]
    assert shown([cell(1.0, unit="sites")]) == [None]
    assert shown([cell(2.0, unit="sites")]) == [2.0]


def test_counts_of_a_province_and_a_country_stay() -> None:
    assert shown([cell(3.0, admin2=None), cell(1.0, admin1=None, admin2=None)]) == [3.0, 1.0]


def test_a_provinces_small_figure_goes_with_its_only_district() -> None:
    assert shown([cell(3.0, admin2=None), cell(3.0)]) == [None, None]
    assert shown([cell(90.0, admin2=None), cell(3.0)]) == [90.0, None]


def test_other_days_and_provinces_are_not_touched() -> None:
    rows = [
        *(cell(3.0), cell(50.0, "Hillside")),
        *(cell(60.0, as_of=NEXT), cell(60.0, admin1="Southland")),
    ]
    assert shown(rows) == [None, None, 60.0, 60.0]


def test_parts_of_a_total_do_not_tell_the_small_part() -> None:
    """Displaced less in sites is with hosts: all of that day and district are hidden."""
    rows = [
        cell(100.0),
        cell(97.0, indicator="people_in_sites"),
        cell(3.0, indicator="people_with_hosts"),
        cell(20.0, indicator="displaced_families", unit="families"),
    ]
    assert shown(rows) == [None] * 4


def test_a_copy_of_another_source_or_basis_does_not_tell_what_is_hidden_beside_it() -> None:
    rows = [
        *(cell(3.0), cell(50.0, "Hillside"), cell(400.0, "Seaside")),
        cell(50.0, "Hillside", source_id="b"),
        cell(50.0, "Hillside", area_basis="origin"),
    ]
    assert shown(rows) == [None, None, 400.0, None, None]


def test_two_running_totals_do_not_tell_the_flow_between_them() -> None:
    rows = [
        cell(100.0, indicator="returned_people"),
        cell(3.0, indicator="returned_people_in_period", as_of=NEXT),
        cell(103.0, indicator="returned_people", as_of=NEXT),
        cell(500.0, as_of=date(2025, 8, 2)),
        cell(500.0, "Hillside", as_of=date(2025, 8, 3)),
    ]
    assert shown(rows) == [None, None, None, None, 500.0]


def test_a_correction_of_a_hidden_row_is_hidden_whatever_its_id_and_day() -> None:
    rows = [
        cell(50.0, observation_id="dsp-9002", supersedes="dsp-9001"),
        cell(60.0, observation_id="dsp-9003", supersedes="dsp-9002", as_of=NEXT),
    ]
    assert shown(rows, Withheld(ids=frozenset({"dsp-9001"}))) == [None, None]


def test_a_hidden_cell_stays_hidden_when_its_row_comes_back_under_another_id() -> None:
    again = cell(50.0, observation_id="dsp-9009")
    assert shown([again], Withheld(cells=frozenset({cell_of(again)}))) == [None]


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("Of which 3 in the east", None),
        ("Riverside has few left", None),
        ("RIVER-SIDE has few left", None),
        ("Counted on 30 July, 3,000 tents", "Counted on 30 July, 3,000 tents"),
        ("13 communes", "13 communes"),
    ],
)
def test_a_note_beside_it_does_not_repeat_what_is_hidden(note: str, left: str | None) -> None:
    rows = suppress_small([cell(400.0, admin2=None, note=note), cell(3.0)])
    assert rows[0]["note"] == left
    assert rows[0]["value"] == 400.0


NAMES = st.sampled_from([None, "Riverside", "Hillside", "Seaside", "Lakeside"])
CELLS = st.lists(
    st.builds(
        cell,
        st.none() | st.integers(0, 12).map(float),
        NAMES,
        indicator=st.sampled_from(sorted(KINDS)),
        as_of=st.sampled_from([DAY, NEXT]),
        source_id=st.sampled_from(["a", "b"]),
        admin1=st.sampled_from(["Northland", "Southland"]),
        area_basis=st.sampled_from(["sheltering", "origin"]),
        unit=st.sampled_from(["people", "people", "families"]),
    ),
    max_size=14,
)
Known = dict[tuple[object, ...], set[Cell]]


def sums(rows: Iterable[Row]) -> Mapping[tuple[object, ...], set[Cell]]:
    """The cells that a reader may take from a figure of their province, by what the figure counts."""
    found: Known = defaultdict(set)
    for row in rows:
        if row["admin2"] and row["value"] is not None:
            area = (row["indicator"], row["as_of"], row["admin1"])
            for part in ((), ("of", row["source_id"]), ("by", row["area_basis"])):
                found[(*area, *part)].add(cell_of(row))
    return found


def is_found(small: Cell, before: Iterable[Row], known: frozenset[Cell]) -> bool:
    """Whether a reader who knows the counts of some cells can subtract to a small one."""
    if small in known:
        return True
    return any(
        small in cells and len(cells) > 1 and cells - {small} <= known for cells in sums(before).values()
    )


def told(rows: Iterable[Row]) -> frozenset[Cell]:
    return frozenset(cell_of(row) for row in rows if row["admin2"] and row["value"] is not None)


@given(CELLS)
def test_no_subtraction_within_a_release_tells_a_small_count(rows: list[Row]) -> None:
    after = suppress_small(rows, Withheld(), KINDS)
    known = told(after)
    for before, row in zip(rows, after, strict=True):
        assert row["suppressed"] or row["value"] == before["value"]
        assert row["value"] is None or not (row["admin2"] and is_small(row))
        if before["admin2"] and is_small(before):
            assert not is_found(cell_of(before), rows, known)


@given(CELLS)
def test_nothing_is_hidden_where_no_count_is_small(rows: list[Row]) -> None:
    large = [row | {"value": 5.0 + float(str(row["value"] or 0))} for row in rows]
    assert [row["value"] for row in suppress_small(large, Withheld(), KINDS)] == [
        row["value"] for row in large
    ]


class Publisher:
    """Publishes rows as derive and publish do: cells told once are not chosen, hidden ones stay so."""

    def __init__(self) -> None:
        self.withheld: Withheld = Withheld()
        self.told: frozenset[Cell] = frozenset()

    def publish(self, rows: list[Row]) -> list[Row] | None:
        """Return what goes out, or nothing where a small count could not be hidden any more."""
        hidden = CellCounts(make_entries(rows), KINDS, self.told).find_hidden(self.withheld.cells)
        listed = Withheld(cells=self.withheld.cells | hidden)
        final = CellCounts(make_entries(rows), KINDS).find_hidden(listed.cells)
        if CellCounts(make_entries(rows), KINDS, self.told).find_disclosed(final):
            return None
        out = suppress_small(rows, listed, KINDS)
        self.withheld = Withheld(cells=final)
        self.told |= told(out)
        return out


@given(st.lists(CELLS, min_size=1, max_size=4), st.data())
def test_no_subtraction_across_releases_tells_a_small_count(
    edits: list[list[Row]], data: st.DataObject
) -> None:
    """Each edit adds rows and takes some out; what any release told is never forgotten."""
    publisher = Publisher()
    rows: list[Row] = []
    for added in edits:
        kept = [row for row in rows if data.draw(st.booleans(), label="kept")]
        wanted = [*kept, *added]
        out = publisher.publish(wanted)
        if out is None:
            continue
        rows = wanted
        assert not any(row["admin2"] and row["value"] is not None and is_small(row) for row in out)
        for row in rows:
            if row["admin2"] and is_small(row):
                assert not is_found(cell_of(row), rows, publisher.told)


def test_a_small_count_that_earlier_releases_tell_by_subtraction_is_refused() -> None:
    publisher = Publisher()
    first = [cell(153.0, None), cell(100.0, "Hillside"), cell(50.0, "Seaside")]
    assert publisher.publish(first) is not None
    assert publisher.publish([*first, cell(3.0)]) is None
    with_another = [*first, cell(3.0), cell(30.0, "Lakeside")]
    out = publisher.publish(with_another)
    assert out is not None
    assert [row["value"] for row in out] == [153.0, 100.0, 50.0, None, None]


def test_a_small_part_beside_totals_told_before_is_refused() -> None:
    publisher = Publisher()
    first = [cell(100.0), cell(97.0, indicator="people_in_sites")]
    assert publisher.publish(first) is not None
    assert publisher.publish([*first, cell(3.0, indicator="people_with_hosts")]) is None
