"""The displacement page as a visitor gets it, in three languages."""

from functools import partial

import pytest

from tests.pages.opening import opened, printed
from utils.text.locale import LANGUAGES

pytestmark = pytest.mark.usefixtures("record")
page = partial(opened, "displacement")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_runs_in_each_language(lang: str) -> None:
    app = page(lang)
    assert not app.exception
    assert "sk-notice-error" not in printed(app)
    assert len(app.get("plotly_chart")) == 9


def test_figures_of_the_cards() -> None:
    html = printed(page("en"))
    for figure in ("45,559", "74,139", "649,163", "649,023", "172,094", "603,000", "476,179", "447,509"):
        assert figure in html


def test_an_address_opens_its_day() -> None:
    html = printed(page("en", day="2025-12-11"))
    assert "192,173" in html
    assert "265,610" in html


def test_the_basis_switch_names_what_is_counted() -> None:
    app = page("en", basis="origin")
    assert "displaced from" in app.radio[0].options
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
