"""Every text is translated in every language, with the placeholders of its original."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from utils.text.locale import LANGUAGES, M_, MC_, Names, catalogue_path, resolve, translator, typeset
from utils.text.locale.extract import lacking, template

ROOT = Path(__file__).parents[3]
PLACEHOLDER = re.compile(r"\{(\w+)\}")


@pytest.fixture(scope="module")
def wanted() -> set[tuple[str, str]]:
    return {
        (message.context or "", message.id if isinstance(message.id, str) else message.id[0])
        for message in template(ROOT)
        if message.id
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_missing(lang: str, wanted: set[tuple[str, str]]) -> None:
    with catalogue_path(lang).open("rb") as file:
        catalogue = read_po(file, locale=lang)
    known = {
        (message.context or "", message.id if isinstance(message.id, str) else message.id[0])
        for message in catalogue
        if message.id
    }
    assert wanted - known == set(), "run `make messages`"
    assert lacking(catalogue, lang) == []


@pytest.mark.parametrize("lang", ["fr", "km"])
def test_placeholders_survive_translation(lang: str) -> None:
    with catalogue_path(lang).open("rb") as file:
        catalogue = read_po(file, locale=lang)
    for message in catalogue:
        originals = message.id if isinstance(message.id, tuple | list) else (message.id,)
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        allowed = {name for original in originals for name in PLACEHOLDER.findall(original)}
        for form in map(str, forms):
            assert set(PLACEHOLDER.findall(form)) <= allowed, form
            if message.id:
                needed = set(PLACEHOLDER.findall(originals[-1])) - {"count"}
                assert needed <= set(PLACEHOLDER.findall(form)), form


def test_khmer_texts_are_khmer() -> None:
    with catalogue_path("km").open("rb") as file:
        catalogue = read_po(file, locale="km")
    same = [
        message.id
        for message in catalogue
        if message.id
        and isinstance(message.string, str)
        and message.string == message.id
        and len(PLACEHOLDER.sub("", message.id)) > 12
    ]
    assert same == []


def test_khmer_names_the_people_or_the_country_only_where_the_english_does() -> None:
    with catalogue_path("km").open("rb") as file:
        catalogue = read_po(file, locale="km")
    named = [
        str(message.id)
        for message in catalogue
        if re.search("ខ្មែរ|កម្ពុជា", str(message.string))
        and not re.search("khmer|cambod", str(message.id), re.IGNORECASE)
    ]
    assert named == []


def test_numbers_and_dates_in_a_sentence_follow_the_language() -> None:
    from datetime import date

    message = M_("{a} {b} {c} {d}", a=1234, b=date(2025, 7, 30), c=Names("x", "y"), d=MC_("unit", "?"))
    assert translator("fr").msg(message) == "1\u202f234 30 juillet 2025 y ?"


@pytest.mark.parametrize(
    ("wish", "lang"),
    [("fr-CA", "fr"), ("KM_kh", "km"), ("de", "en"), (None, "en"), ("<script>", "en"), ("", "en")],
)
def test_a_wish_becomes_a_language_we_have(wish: str | None, lang: str) -> None:
    assert resolve(wish) == lang


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(KeyError, match="xx"):
        translator("xx")


def test_french_signs_never_begin_a_line() -> None:
    written = "L'« état » : vu ; sûr ? oui !"
    set_ = "L’«\u00a0état\u00a0»\u00a0: vu\u202f; sûr\u202f? oui\u202f!"
    assert (typeset(written, "fr"), typeset(written, "en")) == (set_, written)
