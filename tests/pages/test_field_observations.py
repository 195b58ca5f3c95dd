"""An organisation's own table on the page of displacement: shown where a release has it, else not there."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from tests.curation.test_bulk_check import VEAL_VENG, write
from tests.frozen import copy_record
from tests.pages.opening import printed
from tests.pages.test_displacement import page
from tests.publishing import publish
from tests.taking import context, dataset, download, image
from utils.analysis import field_observations
from utils.charts.field_observations import describe_origin, newest_figures_chart, province_days_chart
from utils.exports.files import UnknownView
from utils.exports.formats import available_formats
from utils.exports.image.poster import SIZES
from utils.releases import Release, TableUnavailable, current
from utils.text.locale import LANGUAGES, translator
from utils.views.catalogue import VIEWS

BATTAMBANG = {"admin1": "Battambang", "admin1_pcode": "KH02"}
SCHOOLS = {"indicator": "schools_damaged", "unit": "schools"}
ROWS = (
    {"value": "100"},
    {"value": "150", "as_of": "2025-12-09"},
    BATTAMBANG | {"value": "300"},
    {"value": "90", "counted_by": "mnd"},
    SCHOOLS | VEAL_VENG | {"value": "3"},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the frozen record with five field observations."""
    data = tmp_path_factory.mktemp("field") / "data"
    copy_record(data)
    rows = [{"observation_id": f"fob-{number:04}"} | row for number, row in enumerate(ROWS)]
    write(data / "curated" / "field_observations.csv", *rows)
    publish(data)
    return data


@pytest.fixture
def release(folder: Path) -> Release:
    """Its public tier."""
    return current("public", folder)


def test_lines_of_another_counter_or_indicator_are_never_joined(release: Release) -> None:
    assert [
        (line.indicator, line.counted_by, line.newest.day)
        for line in field_observations.list_field_lines(release)
    ] == [
        ("displaced_people", "ncdm", 9),
        ("displaced_people", "mnd", 8),
        ("schools_damaged", "ncdm", 8),
    ]


def test_the_newest_figure_of_each_province_keeps_its_own_day(release: Release) -> None:
    found = field_observations.list_newest_figures(release, field_observations.list_field_lines(release)[0])
    told = [(one.observation.admin1, one.observation.value, one.observation.as_of) for one in found]
    assert told == [
        ("Battambang", 300.0, date(2025, 12, 8)),
        ("Pursat", 150.0, date(2025, 12, 9)),
    ]
    days = field_observations.list_daily_figures(
        release, field_observations.list_field_lines(release)[0], "Pursat"
    )
    assert [one.observation.value for one in days] == [100.0, 150.0]
    assert days[0].observation.source is not None


def test_a_sum_of_ours_says_so(release: Release) -> None:
    (one,) = field_observations.list_newest_figures(release, field_observations.list_field_lines(release)[2])
    assert (one.figure, one.rows, one.observation.value) == ("summed", 1, 3.0)
    assert describe_origin(translator("en"), one) == "our sum of 1 district"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_drawings_hold_the_same_numbers_as_their_tables(release: Release, lang: str) -> None:
    line = field_observations.list_field_lines(release)[0]
    bars, days = (
        newest_figures_chart(context(release, lang), line),
        province_days_chart(context(release, lang, "dark"), line, "Pursat"),
    )
    assert [row[1] for row in bars.rows] == ["300", "150"]
    assert [row[1] for row in days.rows] == ["150", "100"]
    assert list(bars.figure.data[0].x) == [150.0, 300.0]
    assert "2" in bars.title


def test_the_large_table_is_read_in_pieces_only(release: Release) -> None:
    assert release.is_streamed("field_observations")
    with pytest.raises(TableUnavailable, match="too long"):
        release.table("field_observations")
    assert release.dataset("field_observations").count_rows() == len(ROWS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_the_panel_in_each_language(
    folder: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMAKI_DATA", str(folder))
    app = page(lang)
    assert not app.exception
    assert "sk-notice-error" not in printed(app)
    assert len(app.get("plotly_chart")) == 8
    if lang == "en":
        assert "newest figures of 2 provinces, to 9 December 2025" in printed(app)


def lines_under(html: str, name: str) -> list[str]:
    """Return the queries of the CSV links of a view."""
    return [query.replace("&amp;", "&") for query in re.findall(rf'href="export/{name}\.csv\?([^"]*)"', html)]


def test_the_menus_hand_out_what_was_chosen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMAKI_DATA", str(folder))
    html = printed(page("en", field="displaced_people~sheltering~mnd~aa-2025-12-15"))
    chosen = "lang=en&field=displaced_people~sheltering~mnd~aa-2025-12-15"
    assert lines_under(html, "field-newest") == lines_under(html, "field-days") == [chosen]
    html = printed(page("en", **{"field-province": "Pursat"}))
    assert lines_under(html, "field-days") == ["lang=en&field-province=Pursat"]
    assert lines_under(html, "field-newest") == ["lang=en"]


def test_files_and_pictures_are_the_rows_with_how_each_was_made(release: Release) -> None:
    asked = {"field": "displaced_people~sheltering~ncdm~aa-2025-12-15", "field-province": "Pursat"}
    for name, told in (
        ("field-newest", [("Battambang", 300, "2025-12-08"), ("Pursat", 150, "2025-12-09")]),
        ("field-days", [("Pursat", 100, "2025-12-08"), ("Pursat", 150, "2025-12-09")]),
    ):
        made = json.loads(download(release, name, "json", asked, lang="en", base="").content)
        rows = made["rows"]
        assert [(row["admin1"], row["value"], row["as_of"]) for row in rows] == told
        assert {(row["figure"], row["rows"]) for row in rows} == {("printed", 1)}
        rows_of_view = dataset(release, name, **asked)
        assert rows_of_view.placed
        for form in available_formats(rows_of_view):
            assert download(release, name, form, asked, lang="km", base="").content
        for lang in LANGUAGES:
            drawn = image(release, name, "svg", asked, lang=lang, base="https://example.org/", size=SIZES[0])
            assert drawn.name.startswith(f"samaki-{name}-")


def test_a_release_without_the_table_hands_out_neither(public_release: Release) -> None:
    for name in ("field-newest", "field-days"):
        assert not VIEWS[name].is_in(public_release)
        with pytest.raises(UnknownView):
            download(public_release, name, "csv", {}, lang="en", base="")
        with pytest.raises(UnknownView):
            image(public_release, name, "png", {}, lang="en", base="", size=SIZES[0])


def test_a_release_without_the_table_has_no_panel(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMAKI_DATA", str(data_folder))
    assert not field_observations.has_field_figures(current("public", data_folder))
    assert "Field observations" not in printed(page("en"))
