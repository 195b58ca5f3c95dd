"""A name is a mapping from language to text, built from the columns that hold it."""

from utils.text.locale import Names, name_column, name_columns


def test_a_name_holds_the_languages_that_have_one_english_first() -> None:
    row = {"name_km": "ខ", "name_fr": "", "name": "Hill", "name_local": "x", "short_name": "H"}
    names = Names.of_row(row)
    assert list(names.items()) == [("en", "Hill"), ("km", "ខ")]
    assert (names.of("km"), names.of("fr"), names.en) == ("ខ", "Hill", "Hill")


def test_equal_names_are_one_key() -> None:
    assert {Names(en="Hill", fr=""): 1}[Names({"en": "Hill"})] == 1
    assert Names(en="Hill", fr="Colline") != Names(en="Hill")


def test_columns_of_names_are_found_by_pattern() -> None:
    columns = ("site_id", "name", "name_km", "name_xx", "short_name", "named", "title_fr", "table_name")
    assert name_columns(columns) == ("name", "name_km", "name_xx")
    assert name_columns(columns, "title") == ("title_fr",)
    assert (name_column("en"), name_column("fr", "title")) == ("name", "title_fr")
