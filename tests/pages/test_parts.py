"""A part of a page that its own controls draw again alone: its faults, and a release that changes."""

from functools import partial

import pytest
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest, local_script_runner

from tests.pages.opening import opened, printed
from tests.shelves import Shelf
from utils import releases
from utils.product import sitemap
from utils.ui import releases as released_parts

pytestmark = pytest.mark.usefixtures("shelved")

NOTICE = 'class="sk-notice sk-notice-error"'
PARTS = [
    ("organisations", "utils.analysis.organisations.matching", "Organisations"),
    ("timeline", "utils.analysis.timeline.matching", "Timeline"),
    ("displacement", "utils.analysis.displacement_areas.province_days", "By province"),
]


def again(app: AppTest) -> str:
    """Run the app's script again, not the file of its page alone, and return what it printed."""
    app._finished_page_script_hash = ""
    return printed(app.run())


def parts_again(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run the parts of a page again, and them alone, as their controls do; return what they printed."""
    parts = list(app._fragment_storage._fragments)
    monkeypatch.setattr(local_script_runner, "RerunData", partial(RerunData, fragment_id_queue=parts))
    return again(app)


def first(page: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Return the app with a page as its first one, so that all of it is drawn with the page."""
    pages = sorted(sitemap.PAGES, key=lambda one: one.name != page)
    monkeypatch.setattr(sitemap, "PAGES", tuple(pages))
    return opened()


def broken(*_given: object, **_named: object) -> None:
    raise ValueError("a fault that could quote data")


@pytest.mark.parametrize(("page", "function", "heading"), PARTS)
def test_a_fault_in_a_part_is_told_there_and_the_rest_stays(
    monkeypatch: pytest.MonkeyPatch, page: str, function: str, heading: str
) -> None:
    app = first(page, monkeypatch)
    assert NOTICE not in printed(app)
    monkeypatch.setattr(function, broken)
    whole = again(app)
    part = parts_again(app, monkeypatch)
    assert not app.exception
    assert f">{heading}</h" in whole
    for said in (whole, part):
        assert said.count(NOTICE) == 1
        assert "This part could not be drawn. Reference: " in said
        assert "could quote data" not in said
    assert "Data release" in whole
    assert "Data release" not in part, "parts alone were drawn again"


def test_a_part_drawn_after_a_new_release_draws_the_whole_page(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(released_parts, "is_outdated", lambda _visit: False)
    shelf.point(shelf.older)
    releases.look("public")
    app = first("organisations", monkeypatch)
    assert f"Data release {shelf.older}" in printed(app)
    assert "Data release" not in parts_again(app, monkeypatch), "parts alone were drawn again"
    shelf.point(shelf.newer)
    releases.look("public")
    said = again(app)
    assert f"Data release {shelf.newer}" in said, "asked for its parts, the page was drawn whole"
    assert shelf.older not in said
