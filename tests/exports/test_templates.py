"""A template is the header of its table, readable by a spreadsheet, and passes the checks when empty."""

import csv
import io

import pytest

from utils.analysis import open_tables
from utils.exports.templates import columns, template
from utils.releases import Release


@pytest.mark.parametrize("name", open_tables.TABLES)
def test_a_template_holds_the_columns_of_the_contract(public_release: Release, name: str) -> None:
    text = template(public_release, name)
    assert text.startswith("\ufeff")
    (header,) = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert header == [column.name for column in columns(public_release, name)]
    assert all(column.titles["fr"] and column.titles["km"] for column in columns(public_release, name))


def test_an_unknown_table_has_no_template(public_release: Release) -> None:
    with pytest.raises(KeyError):
        template(public_release, "secrets")
