"""The page of shelters as a visitor gets it, in three languages and both tiers."""

from functools import partial
from pathlib import Path

import pytest

from tests.pages.opening import opened, printed
from tests.tiers import open_ngo, withheld_ids, withheld_names
from utils.analysis import sites
from utils.text.locale import LANGUAGES

pytestmark = pytest.mark.usefixtures("record")
page = partial(opened, "shelters")


@pytest.fixture
def _ngo(record: None, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_ngo(data_folder)
    monkeypatch.setenv("SAMAKI_TIER", "ngo")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_runs_in_each_language(lang: str) -> None:
    app = page(lang)
    assert not app.exception
    assert "sk-notice-error" not in printed(app)
    assert len(app.get("plotly_chart")) == 2
    assert "Wat Por 5000" in printed(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_name_of_a_withheld_site_in_the_public_page(data_folder: Path, lang: str) -> None:
    written = str(page(lang, site=withheld_ids(data_folder)[0], province="KH01")).casefold()
    assert [name for name in withheld_names(data_folder) if name in written] == []


def test_figures_of_the_cards_and_the_areas() -> None:
    html = printed(page("en"))
    assert "102" in html
    assert 'data-figure="sites-known"' in html
    assert "at least 12,000" in html
    assert "not published" in html


@pytest.mark.usefixtures("_ngo")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_ngo_tier_shows_sites_one_by_one(data_folder: Path, lang: str) -> None:
    (site,) = (one for one in sites.list_sites(open_ngo(data_folder)) if one.name == "Wat Martinslea")
    app = page(lang, site=site.site_id)
    html = printed(app)
    assert not app.exception
    assert "sk-notice-error" not in html
    assert f'data-figure="site-{site.site_id}"' in html
    assert site.aliases[0] in html


@pytest.mark.usefixtures("_ngo")
def test_a_filter_of_the_address_narrows_the_sites() -> None:
    html = printed(page("en", province="KH13", kind="pagoda"))
    assert "5 sites match" in html
    assert "No site matches" in printed(page("en", age="30"))


@pytest.mark.usefixtures("_ngo")
def test_a_hostile_address_opens_the_usual_view() -> None:
    html = printed(page("en", site="<script>", province="../etc", age="-1"))
    assert "<script" not in html
    assert "41 sites match" in html
    assert 'data-figure="site-' not in html
