"""Khmer digits where the reader asks for them, ASCII digits wherever nobody does."""

import re
from datetime import UTC, date, datetime

import pytest

from utils.text.locale import LANGUAGES, Names, catalogue_path, formats, language_of, translator
from utils.text.locale.digits import add_digits, find_digit_parameters, strip_digits, write_text_digits

KHMER = re.compile("[០-៩]")
KHMER_DIGITS = language_of("km").digits_code


def test_the_khmer_catalogue_is_written_in_ascii_digits() -> None:
    assert KHMER.findall(catalogue_path("km").read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (formats.format_number(172094, KHMER_DIGITS), "១៧២.០៩៤"),
        (formats.format_number(0.5, KHMER_DIGITS), "០,៥"),
        (formats.format_compact(600000, KHMER_DIGITS), "៦០០\u00a0ពាន់"),
        (formats.format_share(0.36, KHMER_DIGITS), "៣៦%"),
        (formats.format_money(13_670_000, "USD", KHMER_DIGITS), "USD\u00a0១៣.៦៧០.០០០"),
        (formats.spell_money(13_670_000, "USD", KHMER_DIGITS), "USD\u00a0១៣,៦៧ លាន"),
        (formats.format_day(date(2025, 7, 30), KHMER_DIGITS), "៣០ កក្កដា ២០២៥"),
        (formats.format_month(date(2025, 7, 30), KHMER_DIGITS), "កក្កដា ២០២៥"),
        (formats.format_partial_date("2025", KHMER_DIGITS), "២០២៥"),
        (
            formats.format_moment(datetime(2025, 7, 30, 14, 5, tzinfo=UTC), KHMER_DIGITS),
            "៣០ កក្កដា ២០២៥, ១៤:០៥ UTC",
        ),
        (formats.name_country("THA", KHMER_DIGITS), formats.name_country("THA", "km")),
    ],
)
def test_what_is_formatted_follows_the_choice(written: str, expected: str) -> None:
    assert written == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_the_choice_digits_are_ascii(lang: str) -> None:
    written = formats.format_money(1_234.5, "USD", lang, 2) + formats.format_day(date(2025, 7, 24), lang)
    assert not KHMER.search(written)
    assert "2025" in written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ជិត 80,000 នាក់ ថ្ងៃទី 25 កក្កដា 2025។", "ជិត ៨០.០០០ នាក់ ថ្ងៃទី ២៥ កក្កដា ២០២៥។"),
        ("0.1 ដឺក្រេ", "០,១ ដឺក្រេ"),
        ("ចុច F11 ({day2}) CC BY 4.0 KH22", "ចុច F11 ({day2}) CC BY 4.0 KH22"),
        ("(WCAG) 2.2 កម្រិត AA", "(WCAG) 2.2 កម្រិត AA"),
    ],
)
def test_sentences_follow_but_codes_and_parameters_do_not(text: str, expected: str) -> None:
    assert write_text_digits(text, KHMER_DIGITS) == expected
    assert write_text_digits(text, "km") == text


def test_a_translated_sentence_has_one_kind_of_digits() -> None:
    khmer = translator(KHMER_DIGITS)
    assert khmer("80,000 Cambodians were displaced in a matter of days.").startswith("ជនកម្ពុជា ៨០.០០០ ")
    assert khmer.format(Names(en="Zone 4", km="ភូមិភាគទី 4")) == "ភូមិភាគទី ៤"
    assert khmer.format(Names(en="Zone 4")) == "Zone 4"
    assert "១២" in khmer.ngettext("{count} source", "{count} sources", 12)


@pytest.mark.parametrize("wish", [None, "", "latin", "<script>", "KHMER", "khmer\n"])
def test_a_wish_that_is_not_known_is_no_wish(wish: str | None) -> None:
    assert add_digits("km", wish) == "km"


@pytest.mark.parametrize(("lang", "code"), [("km", KHMER_DIGITS), ("fr", "fr"), ("en", "en")])
def test_the_digits_belong_to_khmer_alone(lang: str, code: str) -> None:
    assert add_digits(lang, "khmer") == code
    assert strip_digits(code) == lang
    assert find_digit_parameters(code) == {"lang": lang} | ({"digits": "khmer"} if lang == "km" else {})
