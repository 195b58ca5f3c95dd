"""A template is the header of its table, readable by a spreadsheet, and passes the checks when empty."""

import csv
import io

import pytest

from utils.analysis import open_tables
from utils.exports.templates import write_template
from utils.releases import Release


@pytest.mark.parametrize("name", open_tables.TABLES)
def test_a_template_holds_the_columns_of_the_contract(public_release: Release, name: str) -> None:
    text = write_template(public_release, name)
    assert text.startswith("\ufeff")
    (header,) = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert header == list(public_release.table(name).columns)


def test_an_unknown_table_has_no_template(public_release: Release) -> None:
    with pytest.raises(KeyError):
        write_template(public_release, "secrets")
