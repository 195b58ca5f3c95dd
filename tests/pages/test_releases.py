"""Which release a visitor sees, and what is said of it: addresses, older ones, withdrawals."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import opened, printed
from tests.shelves import Shelf, flip, garble
from utils import releases
from utils.text.locale import LANGUAGES

pytestmark = pytest.mark.usefixtures("shelved")

HOSTILE = ("<script>alert(1)</script>", "../ngo", "a" * 5000, "0" * 12, "%00", "{day}")


def arguments(app: AppTest) -> str:
    """Return what the maps of a page are given."""
    said = "".join(part.proto.json_args for part in app.get("component_instance"))
    return said.replace("\\", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_older_release_says_so_and_leads_to_the_current_one(shelf: Shelf, lang: str) -> None:
    app = opened(lang=lang, release=shelf.older)
    said = printed(app)
    assert not app.exception
    assert f"{shelf.older}" in said
    assert f'href="?lang={lang}"' in said
    words = {"en": "older release", "fr": "publication plus ancienne", "km": "ការចេញផ្សាយចាស់"}
    assert words[lang] in said
    assert app.query_params["release"] in (shelf.older, [shelf.older])
    assert f"lang={lang}&amp;release={shelf.older}" in said, "links to other pages keep it"


def test_the_current_release_has_its_address_without_a_banner(shelf: Shelf) -> None:
    said = printed(opened(release=shelf.newer))
    assert shelf.newer in said
    assert "older release" not in said


def test_the_hour_of_a_release_follows_the_digits_of_the_page() -> None:
    said = printed(opened("sources", "km", digits="khmer"))
    assert re.search("[០-៩]{2}:[០-៩]{2} UTC", said)
    assert not re.search("[0-9]{2}:[0-9]{2} UTC", said)


@pytest.mark.parametrize("asked", HOSTILE)
def test_a_hostile_address_gives_the_current_release_and_a_kind_word(shelf: Shelf, asked: str) -> None:
    app = opened(release=asked)
    said = printed(app)
    assert not app.exception
    assert "The release you asked for is not kept here." in said
    assert shelf.newer in said
    assert asked not in said or asked == "{day}"


def test_a_withdrawn_release_gives_the_reason(shelf: Shelf) -> None:
    shelf.hide("release", shelf.older, reason="a <b>typing</b> error")
    said = printed(opened(release=shelf.older))
    assert "withdrawn by the curator" in said
    assert "25 November 2026" in said, "the day in Cambodia"
    assert "a &lt;b&gt;typing&lt;/b&gt; error" in said
    assert f"Data release {shelf.newer}" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_release_that_cannot_be_taken_up_is_told_on_screen(shelf: Shelf, lang: str) -> None:
    shelf.point(shelf.older)
    releases.look("public")
    flip(shelf.file(shelf.newer, "impact.parquet"))
    shelf.point(shelf.newer)
    releases.look("public")
    said = printed(opened(lang=lang))
    words = {
        "en": "Showing an older release",
        "fr": "Publication plus ancienne affichée",
        "km": "កំពុងបង្ហាញការចេញផ្សាយចាស់",
    }
    assert words[lang] in said
    assert shelf.older in said


def test_a_list_of_withdrawals_that_is_damaged_is_told_on_screen(shelf: Shelf) -> None:
    (shelf.data / "hidden").mkdir()
    garble(shelf.data / "hidden" / "public.json")
    assert "nothing is shown of single sites" in printed(opened())
    assert "Withdrawn by the curator: Closed sites" in printed(opened("shelters"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_withdrawn_table_takes_down_its_panels_with_the_reason(shelf: Shelf, lang: str) -> None:
    shelf.hide("table", "donations", reason="wrong amounts")
    app = opened("donations", lang)
    said = printed(app)
    assert not app.exception
    assert "wrong amounts" in said
    words = {
        "en": "Withdrawn by the curator",
        "fr": "Retiré par le responsable",
        "km": "អ្នកថែទាំទិន្នន័យបានដកចេញ",
    }
    assert words[lang] in said
    assert "missing or damaged" not in said


def test_a_withdrawn_site_is_gone_and_counted(shelf: Shelf) -> None:
    row = releases.current("public").table("named_sites").iloc[0]
    assert row["name"] in printed(opened("shelters"))
    shelf.hide("site", str(row["site_id"]))
    releases.look("public")
    said = printed(opened("shelters"))
    assert str(row["name"]) not in said
    assert "1 site is withdrawn by the curator and not listed." in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_the_map_of_sites_a_notice_stands_in_its_place(
    shelf: Shelf, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMAKI_TIER", "ngo")
    before = opened("shelters", lang)
    shelf.hide("map", "ngo", tier="ngo", reason="shelling nearby")
    releases.look("ngo")
    app = opened("shelters", lang)
    assert not app.exception
    assert "shelling nearby" in printed(app)
    assert len(app.get("component_instance")) == len(before.get("component_instance")) - 1
    assert '"circles":[[' in arguments(before)
    assert '"circles":[[' not in arguments(app)


def test_a_site_withdrawn_from_the_ngo_tier_leaves_list_map_and_count(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMAKI_TIER", "ngo")
    frame = releases.current("ngo").table("sites")
    site = frame.to_dict("records")[0]
    shelf.hide("site", site["site_id"], tier="ngo")
    releases.look("ngo")
    app = opened("shelters")
    assert site["site_id"] not in printed(app) + arguments(app)
    assert "1 site is withdrawn by the curator and not listed." in printed(app)
    assert "1 site that the curator withdrew since may be in it" in printed(app)
    assert f"{len(frame) - 1} sites match" in printed(app)
