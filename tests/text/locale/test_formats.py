"""Numbers, dates and money as each language writes them."""

from datetime import date

import pytest

from utils.text.locale import formats


@pytest.mark.parametrize(("lang", "written"), [("en", "172,094"), ("fr", "172\u202f094"), ("km", "172,094")])
def test_thousands(lang: str, written: str) -> None:
    assert formats.format_number(172094.0, lang) == written


@pytest.mark.parametrize(
    ("lang", "written"),
    [("en", "30 July 2025"), ("fr", "30 juillet 2025"), ("km", "30 កក្កដា 2025")],
)
def test_days(lang: str, written: str) -> None:
    assert formats.format_day(date(2025, 7, 30), lang) == written


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "USD\u00a013,670,000"),
        ("fr", "13\u202f670\u202f000\u00a0USD"),
        ("km", "USD\u00a013,670,000"),
    ],
)
def test_money(lang: str, written: str) -> None:
    assert formats.format_money(13_670_000.0, "USD", lang) == written


@pytest.mark.parametrize(
    ("stored", "written"),
    [("2025-07-30", "30 Jul 2025"), ("2025-07", "July 2025"), ("2025", "2025")],
)
def test_a_date_is_printed_as_precisely_as_it_is_known(stored: str, written: str) -> None:
    assert formats.format_partial_date(stored, "en") == written


@pytest.mark.parametrize(
    ("lang", "count", "form"),
    [("en", 1, 0), ("en", 0, 1), ("fr", 0, 0), ("fr", 2, 1), ("km", 5, 0)],
)
def test_plural_forms(lang: str, count: int, form: int) -> None:
    assert formats.choose_plural_form(count, lang) == form


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "USD\u00a013.67 million"),
        ("fr", "13,67 millions\u00a0USD"),
        ("km", "USD\u00a013.67 លាន"),
    ],
)
def test_large_amounts_are_read_at_a_glance(lang: str, written: str) -> None:
    assert formats.spell_money(13_670_000.0, "USD", lang) == written


def test_one_million_is_singular_in_french() -> None:
    written = [formats.spell_money(amount, "JPY", "fr") for amount in (1e6, 2e6, 1e9)]
    assert written == ["1 million\u00a0JPY", "2 millions\u00a0JPY", "1 milliard\u00a0JPY"]


def test_small_amounts_stay_whole() -> None:
    assert formats.spell_money(143_000.0, "USD", "en") == "USD\u00a0143,000"


@pytest.mark.parametrize(
    ("value", "unit", "lang", "printed"),
    [
        (98.0, "percent", "en", "98%"),
        (98.0, "percent", "fr", "98\u00a0%"),
        (8.7, "percent", "en", "8.7%"),
        (172094.0, "people", "en", "172,094"),
        (13_670_000.0, "USD", "en", "USD\u00a013.67 million"),
    ],
)
def test_a_figure_is_printed_with_its_unit(value: float, unit: str, lang: str, printed: str) -> None:
    assert formats.format_quantity(value, unit, lang) == printed


@pytest.mark.parametrize(
    ("lang", "printed"),
    [("en", "USD\u00a03.1M"), ("fr", "3,1\u00a0M\u00a0USD"), ("km", "USD\u00a03.1\u00a0លាន")],
)
def test_an_amount_on_a_chart_is_short(lang: str, printed: str) -> None:
    assert formats.format_compact_money(3_120_000.0, "USD", lang) == printed


@pytest.mark.parametrize(
    ("value", "written"), [(17.5, "17.5"), (2.25, "2.25"), (3.0, "3"), (0.333, "0.33"), (1234.5, "1,234.5")]
)
def test_a_measure_has_the_decimals_of_its_value(value: float, written: str) -> None:
    assert formats.format_number(value, "en") == written


@pytest.mark.parametrize(
    ("name", "country", "lang", "written"),
    [
        ("Kuala Lumpur", "MYS", "km", "កូឡាឡាំពួរ"),
        ("Bangkok", "THA", "fr", "Bangkok"),
        ("Bangkok", "KHM", "km", "Bangkok"),
        ("Diamond Bar", "USA", "km", "Diamond Bar"),
    ],
)
def test_a_city_is_named_as_its_time_zone_is(name: str, country: str, lang: str, written: str) -> None:
    assert formats.translate_city(name, country, lang) == written


@pytest.mark.parametrize(
    ("code", "lang", "written"),
    [
        ("SGP", "en", "Singapore"),
        ("SGP", "fr", "Singapour"),
        ("KHM", "km", "កម្ពុជា"),
        ("BOTH", "en", "BOTH"),
        ("", "en", ""),
    ],
)
def test_a_country_is_named_by_its_code(code: str, lang: str, written: str) -> None:
    assert formats.name_country(code, lang) == written


@pytest.mark.parametrize(("lang", "written"), [("en", "Khmer"), ("fr", "khmer"), ("km", "ខ្មែរ")])
def test_a_language_is_named_by_its_code(lang: str, written: str) -> None:
    assert formats.name_language("km", lang) == written
