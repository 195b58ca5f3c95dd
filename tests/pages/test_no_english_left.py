"""No English on French and Khmer pages, but in names and in what the page says is English."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.frozen import frozen_record
from tests.words import ROOT, Word, of_html
from utils.text.locale import LANGUAGES, SOURCE_LANGUAGE, formats, translator

TRANSLATED: Final = tuple(lang for lang in LANGUAGES if lang != SOURCE_LANGUAGE)
pytestmark = pytest.mark.slow

COUNTRIES: Final = ("KHM", "THA", "JPN", "KOR", "AUS", "GBR", "VNM")
"""The United States are left out: the record also names them as a giver."""
ENGLISH: Final = re.compile(
    r"\b(?:[Tt]he|of|and|with|from|for|by|is|are|was|were|this|that|not|has|have|which|who|at|to)\b"
)
NAMES: Final = {
    "sources": ("publisher",),
    "organisations": ("name", "name_local"),
    "counters": ("name", "short_name"),
    "cities": ("name", "region"),
    "donations": ("donor", "recipient"),
    "aid_deliveries": ("org",),
    "appeals": ("organisation",),
    "event_figures": ("claimed_by",),
    "verified_information": ("checker", "claim_or_channel"),
    "accepted_warnings": ("accepted_by",),
}
"""Names that stay as they are in every language, by table and column."""
UNMARKED: Final = {"events": ("title",), "verified_information": ("claim_or_channel",)}
"""Texts of the record in charts and in the options of a box, which cannot say a language."""
SCOPE: Final = "civilians, with nine evacuees who died in Siem Reap camps"
"""The one scope of a count that stands, as written, within a sentence of ours."""


def values(wanted: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the values of columns of the record."""
    found: set[str] = set()
    for table, columns in wanted.items():
        with (frozen_record() / "curated" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found |= {row[column] for column in columns}
    return found - {""}


def english(words: list[Word]) -> Iterator[tuple[str, str, str]]:
    """Yield page, language and text of what is English without saying so."""
    names = values(NAMES) | {SCOPE}
    unmarked = names | values(UNMARKED)
    known, known_unmarked = (
        re.compile("|".join(re.escape(name) for name in sorted(some, key=len, reverse=True)))
        for some in (names, unmarked)
    )
    countries = {
        lang: {formats.name_country(code, "en") for code in COUNTRIES}
        - {formats.name_country(code, lang) for code in COUNTRIES}
        for lang in TRANSLATED
    }
    for word in words:
        if word.lang not in TRANSLATED:
            continue
        rest = (known if word.is_html else known_unmarked).sub("", word.text)
        if ENGLISH.search(rest) or word.text in countries[word.lang]:
            yield word.page, word.lang, word.text


@pytest.fixture(scope="module")
def words(data_folder: Path) -> list[Word]:
    """All words of all pages in both languages."""
    env = {**os.environ, "SAMAKI_DATA": str(data_folder), "SAMAKI_TODAY": "2026-11-24", "TIER": "public"}
    command = [sys.executable, "-m", "tests.words", *TRANSLATED]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=True, encoding="utf-8")
    return [Word(**row) for row in json.loads(done.stdout)]


def test_no_english_is_left(words: list[Word]) -> None:
    assert {word.page for word in words} >= {"", "displacement", "donations", "places", "sources"}
    assert sorted(set(english(words))) == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_each_language_is_there(words: list[Word], lang: str) -> None:
    own = translator(lang)("Displacement")
    assert sum(word.text == own for word in words if word.lang == lang) > 20


def test_english_that_does_not_say_so_is_found() -> None:
    inside = '<b title="Rice for families">riz</b><i lang="en">Counted by the army</i>'
    html = f'<p lang="fr">Des dons{inside}</p><p>Thailand</p>'
    found = [Word("x", text, lang, is_html=True) for text, lang in of_html(html, "fr")]
    assert list(english(found)) == [("x", "fr", "Rice for families"), ("x", "fr", "Thailand")]
