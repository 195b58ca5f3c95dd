"""The page of one figure as a visitor gets it, in three languages."""

import re
from functools import partial
from pathlib import Path

import pytest

from tests.hostile import CORPUS
from tests.pages.opening import opened, printed
from tests.tiers import open_ngo
from utils.releases import current
from utils.text.locale import LANGUAGES, translator

pytestmark = pytest.mark.usefixtures("record")
page = partial(opened, "figure")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("figure", ["displaced-latest", "donations-documented", "evf-0075", "don-0001"])
def test_a_figure_opens_in_each_language(lang: str, figure: str) -> None:
    app = page(lang, figure=figure)
    assert not app.exception
    assert "sk-notice-error" not in printed(app)
    assert len(app.code) == 9, "a sentence, an address, six citations, a message"


def test_what_a_newsroom_looks_for() -> None:
    app = page("en", figure="displaced-peak-december")
    html = printed(app)
    for part in ("649,163", "14,433 fewer (2%)", "CC-BY-4.0", "dsp-0447", "15 January 2026", "141,850"):
        assert part in html
    code = [block.value for block in app.code]
    assert code[0].startswith("On 27 December 2025, 649,163 people were counted as displaced in Cambodia")
    assert "figure=dsp-0447" in code[1]
    assert "release=" in code[1]
    assert code[-1].startswith("I question a figure of Samaki.\nRow: dsp-0447.")


@pytest.mark.parametrize("figure", CORPUS[:6])
def test_a_hostile_id_is_said_to_be_none(figure: str) -> None:
    app = page("en", figure=figure)
    assert not app.exception
    html = printed(app)
    assert "No figure of this release has this id." in html
    assert figure not in html
    assert len(app.code) == 0


def test_a_pasted_citation_of_this_release_has_no_changes() -> None:
    app = page("en", figure="dsp-0447")
    release = app.code[1].value.rpartition("release=")[2]
    app.text_area[0].set_value(f"Samaki, row dsp-0447, release {release}")
    app.button[0].click()
    assert "Nothing changed since." in printed(app.run())


@pytest.mark.parametrize("text", CORPUS[:3])
def test_a_hostile_paste_is_never_echoed(text: str) -> None:
    app = page("en", figure="dsp-0447")
    app.text_area[0].set_value(text)
    app.button[0].click()
    html = printed(app.run())
    assert text not in html
    assert "sk-notice-error" not in html


def test_a_card_leads_to_the_page_of_its_figure() -> None:
    html = printed(opened(lang="fr"))
    assert 'href="figure?lang=fr&amp;figure=dsp-0626"' in html
    assert 'href="figure?lang=fr&amp;figure=donations-documented"' in html
    assert "Vous pouvez écrire" in html


@pytest.mark.parametrize("figure", ["dsp-0626", "don-0001", "donations-documented"])
def test_a_line_to_copy_names_the_embed_of_the_figure(figure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMAKI_ADDRESS", "https://example.org/samaki")
    code = [block.value for block in page("km", figure=figure).code]
    line = next(text for text in code if text.startswith("<iframe"))
    pinned = current("public").release_id
    assert f'src="https://example.org/samaki/embed/figure-{figure}?lang=km&amp;release={pinned}"' in line
    assert re.search(r'title="[^"]{4,} · Samaki"', line), "the frame's title names what is in it"
    assert "<script" not in line


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_figure_of_the_ngo_view_alone_offers_no_address_and_says_why(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    open_ngo(data_folder)
    monkeypatch.setenv("SAMAKI_TIER", "ngo")
    monkeypatch.setenv("SAMAKI_ADDRESS", "https://example.org")
    _ = translator(lang)
    said = _("Only the NGO view holds this figure: it has no public address to cite, link to or embed.")
    app = page(lang, figure="dsp-0130")
    assert not app.exception
    assert len(app.code) == 2, "a sentence to say, a message; no address, citation or embed"
    assert printed(app).count(said) == 1
    public = page(lang, figure="dsp-0447")
    assert len(public.code) == 10
    assert said not in printed(public)
