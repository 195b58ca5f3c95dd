"""Under each list and table of the pages stand the links of its own files, under what was chosen."""

import re
from pathlib import Path

import pytest

from tests.pages import opening
from tests.pages.opening import opened
from tests.tiers import open_ngo
from utils.views.catalogue import VIEWS

pytestmark = pytest.mark.usefixtures("record")


def printed(name: str, **address: str) -> str:
    """Return the HTML of a page that was opened by an address."""
    app = opened(name, **address)
    assert not app.exception
    return opening.printed(app)


def offered(html: str) -> dict[str, str]:
    """Return the views that a page offers as CSV, each with the query of its link."""
    found = re.findall(r'href="export/([a-z-]+)\.csv\?([^"]*)"', html)
    return {name: query.replace("&amp;", "&") for name, query in found}


ASKED: dict[str, tuple[dict[str, str], ...]] = {
    "displacement": tuple({"series": name} for name in ("sites-hosts", "groups", "national"))
}
"""Pages that show one of several views at a time, and how an address asks for each."""


@pytest.mark.parametrize("page", sorted({view.page for view in VIEWS.values()} - {"places"}))
def test_a_page_offers_every_view_that_names_it_as_its_own(page: str) -> None:
    html = "".join(printed(page, **asked) for asked in ASKED.get(page, ({},)))
    of_page = {name for name, view in VIEWS.items() if view.page == page and view.held is None}
    assert of_page <= set(offered(html))
    for name in of_page:
        assert (f"export/{name}.geojson" in html) is VIEWS[name].placed


def test_what_was_chosen_stands_in_the_link() -> None:
    links = offered(printed("relief", sector="water", province="KH13"))
    assert links["deliveries"] == "lang=en&sector=water&province=KH13"
    assert links["needs"] == links["facilities"] == "lang=en"
    assert offered(printed("diplomacy", actor="KHM"))["diplomatic-acts"] == "lang=en&actor=KHM"


def test_a_place_offers_its_own_figures_and_events() -> None:
    links = offered(printed("places", place="khm"))
    assert links["place-figures"] == links["place-events"] == "lang=en&place=khm"
    assert "last-events" not in links


def test_an_amount_of_money_leads_to_its_own_page() -> None:
    html = printed("donations")
    assert 'href="figure?lang=en&amp;figure=don-0001" class="sk-figure-link"' in html


def test_what_the_ngo_view_alone_holds_has_no_menu_and_says_why(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_ngo(data_folder)
    monkeypatch.setenv("SAMAKI_TIER", "ngo")
    html = printed("sources", table="sites")
    assert "table" not in offered(html)
    assert html.count("Only the NGO view holds this: it has no public file, picture or embed.") == 1
    assert offered(html)["definitions"] == "lang=en"
    assert offered(printed("sources", table="events"))["table"] == "lang=en&table=events"
