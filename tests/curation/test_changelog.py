"""The changelog of figures that readers get: what was added, corrected, withdrawn, when and why."""

import csv
import io
from pathlib import Path

import pytest

from tests.curation.conftest import Spoil
from tests.publishing import publish
from utils.analysis.changelog import Entry, entries, titles
from utils.curation.publish.commands import rollback
from utils.exports.changelog import COLUMNS, changelog_csv
from utils.releases import Release, history
from utils.releases import current as current_release
from utils.releases.change_text import describe_change
from utils.text.locale import translator

pytestmark = pytest.mark.slow

_NEWEST = {"indicator": "displaced_people", "value": "172094", "as_of": "2025-07-30"}


def peak_of_july(row: dict[str, str]) -> bool:
    """The figure of the Ministry of National Defence of 30 July 2025."""
    return all(row[column] == value for column, value in _NEWEST.items())


def told(data: Path) -> tuple[Entry, ...]:
    return entries(history.read_changes(data, "public"))


def public(data: Path) -> Release:
    return current_release("public", data)


def said(data: Path, entry: Entry, lang: str = "en") -> list[str]:
    known = titles(public(data), lang)
    return [describe_change(translator(lang), change, known) for change in entry.changes]


def test_the_first_release_tells_of_no_change(data: Path) -> None:
    first = publish(data)
    (entry,) = told(data)
    assert (entry.event, entry.release, entry.before, entry.changes) == ("publish", first, "", ())


def test_a_correction_is_told_with_old_and_new_value_and_the_reason(data: Path, spoil: Spoil) -> None:
    first = publish(data)
    spoil("displacement", peak_of_july, value="172095")
    second = publish(data, why="A digit was misread")
    newest = told(data)[0]
    assert (newest.release, newest.before, newest.why) == (second, first, "A digit was misread")
    assert said(data, newest) == [
        "Corrected in “Displacement, returns and hosted people”: People displaced, Cambodia, 30 Jul 2025, "
        "MND: 172,094 became 172,095."
    ]
    assert said(data, newest, "fr") == [
        "Corrigé dans «\u00a0Déplacements, retours et personnes hébergées\u00a0»\u00a0: Personnes déplacées, "
        "Cambodge, 30 juil. 2025, MND\u00a0: 172\u202f094 devient 172\u202f095."
    ]


def test_an_older_release_comes_back_with_an_entry_and_takes_the_details_along(
    data: Path, spoil: Spoil
) -> None:
    first = publish(data)
    spoil("displacement", peak_of_july, value="999999")
    publish(data)
    rollback(data, why="Wrong table")
    newest, wrong, oldest = told(data)
    assert (newest.event, newest.release, newest.why) == ("rollback", first, "Wrong table")
    assert wrong.changes == (), "what was withdrawn is not repeated"
    assert oldest.event == "publish"


def test_the_file_holds_one_line_a_changed_cell(data: Path, spoil: Spoil) -> None:
    publish(data)
    spoil("displacement", peak_of_july, value="172095", qualifier="about")
    publish(data)
    content = changelog_csv(translator("en"), told(data), titles(public(data), "en"))
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
    assert tuple(rows[0]) == COLUMNS
    assert {(row["column"], row["old"], row["new"]) for row in rows} == {
        ("value", "172094", "172095"),
        ("qualifier", "exact", "about"),
    }
    assert {row["kind"] for row in rows} == {"corrected"}


def test_a_reason_that_looks_like_a_formula_is_text_in_the_file(data: Path, spoil: Spoil) -> None:
    publish(data)
    spoil("displacement", peak_of_july, value="172095")
    publish(data, why="=HYPERLINK(1)")
    content = changelog_csv(translator("en"), told(data), titles(public(data), "en"))
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8")))
    assert row["reason"] == "'=HYPERLINK(1)"
