"""Every text is translated in every language, with the placeholders of its original."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from utils.text.locale import (
    LANGUAGES,
    SOURCE_LANGUAGE,
    Names,
    lazy_gettext,
    lazy_pgettext,
    read_titles,
    resolve_language,
    translator,
    typeset,
)
from utils.text.locale.extract import (
    build_template,
    extract_list_values,
    find_marks_in_fstrings,
    list_lacking,
    read_catalogue,
)

ROOT = Path(__file__).parents[3]
PLACEHOLDER = re.compile(r"\{(\w+)\}")
TRANSLATED = [lang for lang in LANGUAGES if lang != SOURCE_LANGUAGE]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_missing(lang: str) -> None:
    assert list_lacking(ROOT, lang) == [], "run `make messages` and translate"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_no_text_is_left_over(lang: str) -> None:
    wanted = {(message.context, message.id) for message in build_template(ROOT, lang)}
    assert {(message.context, message.id) for message in read_catalogue(lang)} <= wanted, (
        "run `make messages`"
    )


def test_the_english_catalogue_lists_closed_lists_and_what_is_not_shown_as_written() -> None:
    closed = set(extract_list_values(ROOT))
    for message in read_catalogue(SOURCE_LANGUAGE):
        if message.id:
            assert message.string
            assert (message.context, message.id) in closed or message.string != message.id


def test_no_text_is_marked_where_extraction_does_not_look() -> None:
    paths = [ROOT / "dashboard.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "utils").rglob("*.py")]
    for path in paths:
        source = path.read_text(encoding="utf-8")
        assert find_marks_in_fstrings(source) == (), path.name
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Call):
                assert getattr(node.func.func, "id", "") != "translator", (path.name, node.lineno)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("f'{_(\"rice\")}'", (1,)),
        ("x = 1\ny = f'{x} {_.translate(lazy_gettext(\"rice\"))}'", (2,)),
        ('f\'{_.ngettext("{count} bag", "{count} bags", 2)}\'', (1,)),
        ("f'{_.pgettext(\"unit\", row.unit)}'", ()),
        ("f'{_(text)}' + _('rice')", ()),
    ],
)
def test_a_text_marked_inside_an_f_string_is_found(source: str, lines: tuple[int, ...]) -> None:
    assert find_marks_in_fstrings(source) == lines


def test_a_title_that_the_contract_lacks_comes_from_the_catalogue_or_is_english() -> None:
    titles = read_titles({"title": "Suppressed", "title_fr": "Masqué"})
    assert titles == {"en": "Suppressed", "fr": "Masqué"}
    assert titles.of("km") == "Suppressed"
    assert read_titles({}, default="as_of").of("fr") == "as_of"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_placeholders_survive_translation(lang: str) -> None:
    for message in read_catalogue(lang):
        originals = message.id if isinstance(message.id, tuple | list) else (message.id,)
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        allowed = {name for original in originals for name in PLACEHOLDER.findall(original)}
        for form in map(str, forms):
            assert set(PLACEHOLDER.findall(form)) <= allowed, form
            if message.id:
                needed = set(PLACEHOLDER.findall(originals[-1])) - {"count"}
                assert needed <= set(PLACEHOLDER.findall(form)), form


def test_khmer_texts_are_khmer() -> None:
    same = [
        message.id
        for message in read_catalogue("km")
        if message.id
        and isinstance(message.string, str)
        and message.string == message.id
        and len(PLACEHOLDER.sub("", message.id)) > 12
    ]
    assert same == []


def test_khmer_names_the_people_or_the_country_only_where_the_english_does() -> None:
    named = [
        str(message.id)
        for message in read_catalogue("km")
        if re.search("ខ្មែរ|កម្ពុជា", str(message.string))
        and not re.search("khmer|cambod", str(message.id), re.IGNORECASE)
    ]
    assert named == []


def test_numbers_and_dates_in_a_sentence_follow_the_language() -> None:
    message = lazy_gettext(
        "{a} {b} {c} {d}", a=1234, b=date(2025, 7, 30), c=Names(en="x", fr="y"), d=lazy_pgettext("unit", "?")
    )
    assert translator("fr").translate(message) == "1\u202f234 30 juillet 2025 y ?"


@pytest.mark.parametrize(
    ("wish", "lang"),
    [("fr-CA", "fr"), ("KM_kh", "km"), ("de", "en"), (None, "en"), ("<script>", "en"), ("", "en")],
)
def test_a_wish_becomes_a_language_we_have(wish: str | None, lang: str) -> None:
    assert resolve_language(wish) == lang


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(KeyError, match="xx"):
        translator("xx")


def test_french_signs_never_begin_a_line() -> None:
    written = "L'« état » : vu ; sûr ? oui !"
    set_ = "L’«\u00a0état\u00a0»\u00a0: vu\u202f; sûr\u202f? oui\u202f!"
    assert (typeset(written, "fr"), typeset(written, "en")) == (set_, written)
