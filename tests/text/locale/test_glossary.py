"""A term has one translation: where the English term stands, the glossary's word stands."""

import csv
import re

import pytest

from utils.text.locale import LANGUAGES, UNREVIEWED, catalogue_path
from utils.text.locale.extract import read_catalogue

GLOSSARY = catalogue_path("en").parents[1] / "glossary.csv"
with GLOSSARY.open(encoding="utf-8", newline="") as file:
    TERMS = list(csv.DictReader(file))
TRANSLATED = [lang for lang in LANGUAGES if lang != "en"]
_PLACEHOLDER = re.compile(r"\{[^}]*\}")


def texts(lang: str) -> list[tuple[str, str]]:
    """Return every English text with its translation; of a counted text the first form."""
    found = [message for message in read_catalogue(lang) if message.id]
    return [(_first(message.id), _first(message.string)) for message in found]


def _first(forms: object) -> str:
    return str(forms[0]) if isinstance(forms, list | tuple) else str(forms or "")


def excepted(english: str, term: dict[str, str]) -> bool:
    """Return whether the glossary says that the English words mean something else here."""
    listed = filter(None, term["except"].split("|"))
    return any(english == one[1:] if one.startswith("=") else one in english for one in listed)


def told(text: str) -> str:
    """Return a text to be searched: no names of parameters, one kind of apostrophe, lower case."""
    return _PLACEHOLDER.sub("", text).replace("’", "'").casefold()


@pytest.mark.parametrize("lang", TRANSLATED)
@pytest.mark.parametrize("term", TERMS, ids=lambda term: str(term["term"]))
def test_a_term_is_translated_as_the_glossary_says(term: dict[str, str], lang: str) -> None:
    forms = re.compile(rf"\b({'|'.join(map(re.escape, term['forms'].split('|')))})\b", re.IGNORECASE)
    words = [word.casefold() for word in term[lang].split("|")]
    meant = [
        (english, translation)
        for english, translation in texts(lang)
        if forms.search(told(english)) and not excepted(english, term)
    ]
    assert meant, "the glossary holds terms of the interface only"
    assert [pair for pair in meant if not any(word in told(pair[1]) for word in words)] == []


def test_exceptions_are_still_needed() -> None:
    english = {one for one, _translation in texts("fr")}
    for term in TERMS:
        for one in filter(None, term["except"].split("|")):
            assert any(one.removeprefix("=") in text for text in english), (term["term"], one)


def test_the_glossary_says_who_read_it() -> None:
    assert {term[f"reader_{lang}"] for term in TERMS for lang in TRANSLATED if lang in UNREVIEWED} == {"none"}
    assert all(term[f"reader_{lang}"] for term in TERMS for lang in TRANSLATED)
    assert [term["term"] for term in TERMS] == sorted(term["term"] for term in TERMS)
