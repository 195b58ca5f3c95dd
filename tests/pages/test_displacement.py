"""The displacement page as a visitor gets it, in three languages."""

from functools import partial

import pytest

from tests.pages.opening import opened, printed
from utils.text.locale import LANGUAGES
from utils.views.filters import find_nearest_day

pytestmark = pytest.mark.usefixtures("record")
page = partial(opened, "displacement")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_runs_in_each_language(lang: str) -> None:
    app = page(lang)
    assert not app.exception
    assert "sk-notice-error" not in printed(app)
    assert len(app.get("plotly_chart")) == 6


def test_figures_of_the_cards() -> None:
    html = printed(page("en"))
    for figure in ("45,559", "74,139", "649,163", "649,023", "172,094", "603,000", "476,179"):
        assert figure in html


@pytest.mark.parametrize(
    ("series", "figure"),
    [("sites-hosts", "64,018"), ("groups", "23,881"), ("national", "447,509"), ("migrants", "950,000")],
)
def test_an_address_opens_its_series(series: str, figure: str) -> None:
    assert figure in printed(page("en", series=series))


def test_a_day_without_a_count_gives_way_to_the_nearest_in_words() -> None:
    words = "No count was found for the day asked for: the nearest, 24 Dec 2025, is shown."
    assert words in printed(opened("", "en", day="2025-12-30"))
    assert "Where displaced people sheltered, 24 December 2025" in printed(page("en", day="2025-12-30"))


def test_the_nearest_of_two_days_is_the_earlier() -> None:
    assert find_nearest_day(["2025-12-01", "2025-12-05"], "2025-12-03") == "2025-12-01"
    assert find_nearest_day(["2025-12-01", "2025-12-05"], "2025-12-04") == "2025-12-05"
    assert find_nearest_day(["2025-12-01"], "tomorrow") is None
    assert find_nearest_day([], "2025-12-03") is None


def test_an_address_opens_its_day() -> None:
    html = printed(page("en", day="2025-12-11"))
    assert "192,173" in html
    assert "265,610" in html


def test_the_basis_switch_names_what_is_counted() -> None:
    app = page("en", basis="origin")
    assert list(app.radio[0].options) == ["Where they shelter", "Where they fled from"]
    assert "Where displaced people fled from, 28 July 2025" in printed(app)


def test_a_hostile_address_opens_the_usual_view() -> None:
    html = printed(page("en", day="<script>", basis="both"))
    assert "<script" not in html
    assert "Where displaced people sheltered, 17 December 2025" in html


def test_contradicted_province_figures_lead_nothing() -> None:
    html = printed(page("en"))
    before, _, after = html.partition("set aside")
    assert "278,793" not in before
    assert "278,793" in after
