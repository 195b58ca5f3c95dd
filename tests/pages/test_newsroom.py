"""Timeline, places and the grid of gaps as a visitor gets them, in three languages."""

import pytest

from tests.hostile import CORPUS
from tests.pages.opening import opened, printed
from utils.text.locale import LANGUAGES

pytestmark = pytest.mark.usefixtures("record")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "address", "parts"),
    [
        ("timeline", {}, ("Prachatai English", "AFP Fact Check", "80,000")),
        ("timeline", {"kind": "ceasefire"}, ('datetime="2025-12-27"',)),
        ("places", {}, ("place=prov-preah-vihear",)),
        ("places", {"q": "ឧត្តរមានជ័យ"}, ("KH22", "38,401", "Otdar Mean Chey")),
        ("places", {"place": "x-osmach"}, ("Chong Chom", "38,401")),
        ("overview", {}, ('data-figure="gaps"', "sk-gap-missing", "place=prov-pailin")),
    ],
)
def test_a_page_runs_in_each_language(
    lang: str, name: str, address: dict[str, str], parts: tuple[str, ...]
) -> None:
    app = opened(name, lang, **address)
    html = printed(app)
    assert not app.exception
    assert "sk-notice-error" not in html
    french = {part: part.replace(",", "\u202f") for part in parts if part[:1].isdigit()}
    assert [part for part in parts if part not in html and french.get(part, "\0") not in html] == []


def test_victims_are_folded_and_attributed() -> None:
    html = printed(opened("timeline", "en", q="ev093"))
    head, _, folded = html.partition("Content note: people killed or injured. Open to read.")
    assert "Gunfire at Prey Chan" not in head
    assert "Gunfire at Prey Chan" in folded
    assert "according to Thai army page" in folded
    assert "according to Cambodian authorities" in folded


def test_an_ambiguous_name_lists_every_place() -> None:
    app = opened("places", "en", q="Preah Vihear")
    offered = app.selectbox(key="filter-place-en")
    assert offered.label == "3 places fit"
    assert len(offered.options) == 3


@pytest.mark.parametrize(
    ("name", "parameter"), [("timeline", "q"), ("timeline", "claim"), ("places", "q"), ("sources", "q")]
)
def test_hostile_text_in_a_search_box_is_never_html(name: str, parameter: str) -> None:
    app = opened(name, "en")
    for text in CORPUS[:6]:
        app.query_params[parameter] = text
        app.run()
        html = printed(app)
        assert not app.exception, text
        assert "sk-notice-error" not in html, text
        assert text not in html, text


@pytest.mark.parametrize(
    "address", [{"place": "<script>"}, {"place": "../x"}, {"place": "com-220405-osmach"}]
)
def test_an_unknown_place_is_met_kindly(address: dict[str, str]) -> None:
    html = printed(opened("places", "en", **address))
    assert "This release has no such place." in html
    assert "<script" not in html


def test_hostile_filters_open_the_usual_timeline() -> None:
    html = printed(opened("timeline", "en", kind="<script>", country="XXX", phase="%00", page="-1"))
    assert "174 events" in html
    assert "<script" not in html
