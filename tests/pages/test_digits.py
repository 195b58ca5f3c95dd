"""Khmer digits on a page: by the address, kept from page to page, in charts; never in files of data."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import opened, printed
from tests.taking import download, image
from tests.words import of_html
from utils.releases import Release
from utils.text.locale import language_of

pytestmark = pytest.mark.usefixtures("record")

NEWEST = {"km": "45,559", "khmer": "៤៥.៥៥៩"}
"""The newest count found of people still displaced, in both kinds of digits."""
KHMER_DIGITS = language_of("km").digits_code
LABEL = "ខ្មែរ (១២៣)"
BASE = "https://dashboard.example/"


def ours(app: AppTest) -> str:
    """Return the words of the page that are not quoted in another language."""
    found = (word for part in app.get("html") for word in of_html(part.proto.body, "km"))
    return " ".join(text for text, lang in found if lang.startswith("km"))


def time_labels(app: AppTest) -> list[str]:
    """Return the labels of the time axes of all charts."""
    specs = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    return [
        label
        for spec in specs
        for name, axis in spec["layout"].items()
        if name.startswith("xaxis")
        for label in axis.get("ticktext") or ()
    ]


def test_an_address_asks_for_khmer_digits_and_its_links_carry_them() -> None:
    app = opened(lang="km", digits="khmer")
    html = printed(app)
    assert not app.exception
    assert NEWEST["khmer"] in ours(app)
    assert NEWEST["km"] not in ours(app)
    assert "lang=km&amp;digits=khmer" in html
    assert 'lang="km-u-nu-khmr"' in html


def test_charts_follow_from_page_to_page() -> None:
    app = opened(lang="km", digits="khmer")
    app.switch_page("pages/displacement.py").run()
    labels = time_labels(app)
    assert "១ មករា<br>២០២៦" in labels
    assert [label for label in labels if any("0" <= sign <= "9" for sign in label)] == []


def top() -> None:
    """Run what stands on every page, and say who is looking."""
    import streamlit as st

    from utils.ui import layout
    from utils.ui.visitor import begin_run

    visitor = begin_run()
    layout.show_top(visitor, "")
    st.text(visitor.query)


def asked(**address: str) -> AppTest:
    app = AppTest.from_function(top, default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def test_the_choice_is_kept_until_the_reader_takes_it_back() -> None:
    app = asked(lang="km", digits="khmer")
    del app.query_params["digits"]
    app.run()
    assert app.text[0].value == "lang=km&digits=khmer"
    assert app.query_params == {"lang": "km", "digits": "khmer"}
    app.query_params["lang"] = "en"
    app.run()
    assert app.query_params == {"lang": "en"}
    app.query_params["lang"] = "km"
    app.run()
    assert app.text[0].value == "lang=km&digits=khmer"


def test_the_menu_leads_to_the_other_digits_of_the_same_view() -> None:
    assert 'href="./?day=2025-07-30&amp;lang=km&amp;digits=khmer"' in printed(
        asked(lang="km", day="2025-07-30")
    )
    assert 'href="./?lang=km"' in printed(asked(lang="km", digits="khmer"))


@pytest.mark.parametrize("wish", ["latin", "<script>", "KHMER", ""])
def test_a_hostile_wish_is_dropped(wish: str) -> None:
    app = asked(lang="km", digits=wish)
    assert app.text[0].value == "lang=km"
    assert app.query_params == {"lang": "km"}


def test_only_khmer_pages_offer_them() -> None:
    assert LABEL in printed(asked(lang="km"))
    app = asked(lang="fr", digits="khmer")
    assert LABEL not in printed(app)
    assert app.query_params == {"lang": "fr"}


def test_files_of_data_stay_ascii_and_pictures_follow(public_release: Release) -> None:
    for form in ("csv", "json"):
        plain, chosen = (
            download(public_release, "national", form, {}, lang=lang, base=BASE)
            for lang in ("km", KHMER_DIGITS)
        )
        assert plain.content == chosen.content
    plain_picture, chosen_picture = (
        image(public_release, "national", "svg", {}, lang=lang, base=BASE, size=(1200, 675))
        for lang in ("km", KHMER_DIGITS)
    )
    assert plain_picture != chosen_picture
