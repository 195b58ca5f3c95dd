"""Small phrases of the pages: ages, and what stands before a colon."""

import pytest

from utils.analysis.model import Age, Freshness
from utils.components import gaps, words
from utils.text.locale import translator


@pytest.mark.parametrize(
    ("lang", "printed"), [("en", "Thailand: "), ("fr", "Thaïlande\u00a0: "), ("km", "ថៃ៖ ")]
)
def test_a_colon_is_that_of_the_language(lang: str, printed: str) -> None:
    _ = translator(lang)
    assert words.lead(_, words.country(_, "THA")) == printed


@pytest.mark.parametrize(("lang", "printed"), [("en", "old: 264 days"), ("fr", "ancien\u00a0: 264 jours")])
def test_an_old_figure_is_called_old_once(lang: str, printed: str) -> None:
    found = Freshness(Age.DELINQUENT, 264)
    _ = translator(lang)
    assert words.age(_, found) == printed
    assert f" {printed}<" in gaps.badge(_, "old", found)
