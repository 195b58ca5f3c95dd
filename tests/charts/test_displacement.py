"""Charts of displacement: what is drawn, in words and in numbers, in three languages."""

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from tests.taking import context
from utils.analysis import displacement_areas, displacement_series
from utils.charts import displacement as curves
from utils.charts import displacement_areas as areas
from utils.charts import displacement_groups as groups
from utils.charts.drawing import Drawing
from utils.charts.frame import escape_markup, make_figure, nice_steps
from utils.charts.overview import overview_curve
from utils.charts.silence import add_silence
from utils.draw_context import DrawContext
from utils.releases import Release
from utils.text.locale import LANGUAGES

DAY = date(2025, 12, 17)
ALL: dict[str, Callable[[DrawContext], Drawing]] = {
    "overview": overview_curve,
    "national": curves.national_chart,
    "sites-hosts": areas.sites_and_hosts,
    "provinces": lambda context: areas.province_bars(context, DAY, "sheltering"),
    "thailand": groups.thailand_chart,
    "groups": groups.groups_chart,
    "returns": groups.returns_chart,
    "migrants": groups.migrants_chart,
}


def texts(drawn: Drawing) -> str:
    """Return every text written on the plot itself."""
    return " ".join(str(note.text) for note in drawn.figure.layout.annotations)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_every_chart_carries_its_words(public_release: Release, name: str, lang: str) -> None:
    drawn = ALL[name](context(public_release, lang))
    assert drawn.title
    assert drawn.subtitle
    assert drawn.alt
    assert drawn.shown
    assert all(len(line) == len(drawn.columns) for line in drawn.rows)
    assert all(row.sources for row in drawn.shown)


@pytest.mark.parametrize("name", ALL)
def test_no_chart_draws_too_many_points_or_knows_a_map(public_release: Release, name: str) -> None:
    figure: Any = ALL[name](context(public_release, theme="dark")).figure.to_dict()
    assert sum(len(trace.get("x") or ()) for trace in figure["data"]) <= 600
    assert {trace["type"] for trace in figure["data"]} <= {"scatter", "bar"}
    assert figure["layout"]["paper_bgcolor"] == "rgba(0,0,0,0)"


def test_the_overview_names_both_peaks_and_the_latest(public_release: Release) -> None:
    drawn = overview_curve(context(public_release))
    on_plot = texts(drawn)
    assert "172,094" in on_plot
    assert "649,163" in on_plot
    assert "45,559" in on_plot
    assert on_plot.count("Fighting") == 2
    assert drawn.title == "Two rounds of flight, then silence"


def test_gaps_of_the_line_stay_gaps(public_release: Release) -> None:
    lines = [
        trace
        for trace in overview_curve(context(public_release)).figure.data
        if trace.type == "scatter" and trace.mode == "lines+markers"
    ]
    runs = displacement_series.build_national_series(public_release).runs
    assert [list(line.y) for line in lines] == [[row.value for row in run] for run in runs]


def test_the_band_says_for_how_many_days_no_count_was_found(public_release: Release) -> None:
    """10 March to 30 November 2026 are 265 days; on the day of the count there is no band."""
    on_day = partial(DrawContext, public_release, "en", "light")
    assert "265 days" in texts(overview_curve(on_day(date(2026, 11, 30))))
    counted = overview_curve(on_day(date(2026, 3, 10)))
    assert "days" not in texts(counted)
    assert counted.title == "Two rounds of flight"


def test_the_day_of_the_map_is_a_line_on_the_curve(public_release: Release) -> None:
    with_day = overview_curve(context(public_release), DAY).figure.layout.shapes
    assert [shape.x0 for shape in with_day if shape.type == "line"] == [DAY.isoformat()]
    assert [
        shape
        for shape in overview_curve(context(public_release)).figure.layout.shapes
        if shape.type == "line"
    ] == []


def test_a_day_of_the_first_round_is_marked_in_its_own_panel(public_release: Release) -> None:
    """27 July 2025 is the first day with a list of provinces."""
    drawn = overview_curve(context(public_release), date(2025, 7, 27))
    lines = [shape for shape in drawn.figure.layout.shapes if shape.type == "line"]
    assert [(line.xref, line.x0) for line in lines] == [("x", "2025-07-27")]


def test_the_national_chart_shows_both_publishers_of_11_december(public_release: Release) -> None:
    drawn = curves.national_chart(context(public_release))
    rows = {(line[0], line[1], line[2]) for line in drawn.rows}
    assert ("11 December 2025", "192,173", "MND") in rows
    assert ("11 December 2025", "265,610", "MoI") in rows
    assert ("17 December 2025", "447,509", "MoI") in rows
    assert "649,023" not in {line[1] for line in drawn.rows}


def test_bars_of_17_december(public_release: Release) -> None:
    drawn = ALL["provinces"](context(public_release))
    assert drawn.title == "Banteay Meanchey: 182,820 of the 476,179 people counted on 17 December 2025"
    assert [line[1] for line in drawn.rows[:5]] == ["182,820", "129,620", "46,441", "38,401", "34,521"]


def test_a_partial_list_is_called_partial(public_release: Release) -> None:
    drawn = areas.province_bars(context(public_release, "en", "light"), date(2026, 2, 14), "sheltering")
    assert "no list of all provinces" in drawn.title


@pytest.mark.parametrize("basis", displacement_areas.BASES)
def test_every_day_and_basis_can_be_drawn(public_release: Release, basis: displacement_areas.Basis) -> None:
    for day in displacement_areas.list_province_days(public_release, basis):
        assert areas.province_bars(context(public_release, "km", "dark"), day, basis).rows
        areas.province_multiples(context(public_release, "km", "dark"), day, basis)


def test_small_charts_share_one_scale_on_page_and_picture(public_release: Release) -> None:
    drawn = areas.province_multiples(context(public_release, "en", "light"), DAY, "sheltering")
    assert drawn is not None
    layout = drawn.figure.layout.to_plotly_json()
    ranges = {tuple(value["range"]) for key, value in layout.items() if key.startswith("yaxis")}
    assert len(ranges) == 1
    assert drawn.inline is not None
    assert drawn.inline.count("<li>") == len(ranges) * len(drawn.figure.data) <= 12
    assert drawn.inline.count("height:100.00%") >= 1
    assert "46,441 · 17 Dec 2025" in drawn.inline
    assert "46,441 · 17 Dec 2025" in texts(drawn)


def test_sites_and_hosts_are_shares_that_add_to_one(public_release: Release) -> None:
    drawn = areas.sites_and_hosts(context(public_release))
    assert drawn.title == "37% in sites, 63% with host families: last count of both, 8 January 2026"
    sites, hosts = drawn.figure.data[:2]
    assert round(sites.y[-1], 4) == round(64_018 / (64_018 + 109_758), 4)
    assert all(abs(one + other - 1) < 1e-9 for one, other in zip(sites.y, hosts.y, strict=True))
    assert drawn.figure.layout.xaxis.type == "date"


def test_thailand_stands_beside_cambodia_on_the_same_axes(public_release: Release) -> None:
    traces = groups.thailand_chart(context(public_release)).figure.data
    named = [trace for trace in traces if trace.name]
    assert [trace.name for trace in named] == [
        "Cambodia: displaced",
        "Thailand: evacuated",
        "Thailand: in shelters",
    ]
    assert {(trace.xaxis, trace.yaxis) for trace in named} == {(None, None)}


def test_the_highest_exact_thai_count_is_called_exact(public_release: Release) -> None:
    assert groups.thailand_chart(context(public_release)).title == (
        "Thailand counted 263,105 people in shelters on 15 December 2025, its highest exact count"
    )


@pytest.mark.parametrize("name", ["national", "sites-hosts", "thailand", "groups", "returns", "migrants"])
def test_each_series_says_for_how_many_days_no_count_was_found(public_release: Release, name: str) -> None:
    drawn = ALL[name](context(public_release))
    last = max(row.as_of for row in drawn.shown if row.as_of and row.as_of_precision != "month")
    days = (context(public_release).today - last).days
    assert f"<b>{days} days</b><br>no<br>count<br>found" in texts(drawn)


def test_no_band_after_a_count_of_yesterday(public_release: Release) -> None:
    today = context(public_release)
    figure = make_figure("light", height=100)
    add_silence(figure, today, today.today - timedelta(days=1))
    assert not figure.data
    assert not figure.layout.annotations


def test_returns_are_steps_that_only_grow(public_release: Release) -> None:
    steps = groups.returns_chart(context(public_release)).figure.data[0]
    assert steps.line.shape == "hv"
    assert list(steps.y) == sorted(set(steps.y))
    assert steps.y[-1] == 603_000


@pytest.mark.parametrize("name", ALL)
def test_titles_have_at_most_fifteen_words(public_release: Release, name: str) -> None:
    assert len(ALL[name](context(public_release)).title.split()) <= 15


def test_colours_come_from_the_palette_in_both_themes(public_release: Release) -> None:
    light, dark = (overview_curve(context(public_release, theme=theme)) for theme in ("light", "dark"))
    assert light.figure.data[0].line.color != dark.figure.data[0].line.color


def test_markup_of_the_data_stays_text() -> None:
    assert escape_markup("<b>&") == "&lt;b&gt;&amp;"


@pytest.mark.parametrize("highest", [0, 1, 7, 99, 45_559, 649_163])
def test_ticks_are_round_and_few(highest: int) -> None:
    steps = nice_steps(highest)
    assert steps[0] == 0
    assert len(steps) <= 5
    assert all(later > earlier for earlier, later in itertools.pairwise(steps))
