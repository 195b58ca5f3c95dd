"""Three newsrooms on deadline, one a language: five figures each, found, cited, linked, embedded, taken away.

Each works as a person does: from the bare address in the language of its browser, by links, a search and
menus, on a phone or a laptop. What was taken away is opened by programs of others: openpyxl, frictionless,
and LibreOffice where the machine has it.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest
from frictionless import Package
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.elsewhere import site
from tests.browser.visit import Visit, visiting
from tests.running import Running
from utils.releases import Release

pytestmark = pytest.mark.browser

_OFFICE = shutil.which("soffice")


@dataclass(frozen=True)
class Story:
    """A figure a newsroom needs: its page, its card (none: a place is searched), the files beside it.

    ``says`` is the figure as each language writes it.
    """

    path: str
    card: str
    view: str
    row: str
    says: tuple[str, str, str]


STORIES = (
    Story("", "displaced-latest", "overview-curve", "dsp-0626", ("45,559", "45\u202f559", "45,559")),
    Story(
        "displacement",
        "displaced-peak-december",
        "displacement-map",
        "dsp-0447",
        ("649,163", "649\u202f163", "649,163"),
    ),
    Story(
        "donations",
        "donations-documented",
        "slices",
        "donations-documented",
        ("USD 13,670,000", "13\u202f670\u202f000 USD", "USD 13,670,000"),
    ),
    Story("shelters", "sites-open", "areas", "dsp-0546", ("102", "102", "102")),
    Story("places", "", "place-figures", "dsp-0374", ("38,401", "38\u202f401", "38,401")),
)
SPELT = {"en": "oddor meanchey", "fr": "Otdar Mean Chey", "km": "ឧត្តរមានជ័យ"}
ACCESSED = {"en": "consulted on", "fr": "consulté le", "km": "ពិនិត្យនៅថ្ងៃទី"}
LANGUAGES = tuple(SPELT)


def plain(text: str) -> str:
    """Return text with its no-break spaces as plain ones."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


@dataclass
class Desk:
    """A journalist at a browser, with a folder for what was taken away."""

    visit: Visit
    lang: str
    folder: Path
    release: str

    @property
    def page(self) -> Page:
        return self.visit.page

    def arrive(self) -> None:
        """Open the bare address; the language is the browser's."""
        self.page.goto(self.visit.base)
        self.visit.ready()
        assert self.page.evaluate("document.documentElement.lang") == self.lang

    def go(self, path: str) -> None:
        """Go to another page by the bar, or by the menu where the screen has no room for its pages."""
        link = self.page.locator(f".sk-bar-pages a[href^='./{path}?']")
        if not link.is_visible():
            self.page.locator(".sk-menu > summary").click()
            link = self.page.locator(f".sk-menu-bar-pages a[href^='./{path}?']")
        link.click()
        self.page.wait_for_url(lambda url: urlsplit(url).path == f"/{path}")
        current = f".sk-bar a[aria-current=page][href^='./{path}?']"
        self.page.locator(current).first.wait_for(state="attached")
        self.visit.ready()

    def find(self, story: Story) -> Locator:
        """Return the link to the page of the figure: in its card, or on the card of the place it counts."""
        if story.card:
            card = self.page.locator(f"[data-figure={story.card}]")
            unfold = """one => {
                for (let p = one.closest('details'); p; p = p.parentElement.closest('details')) p.open = true;
            }"""
            card.evaluate(unfold)
            card.locator("summary").first.click()
            return card.locator(f"a[href*='figure={story.row}']").last
        search = self.page.locator("[data-testid=stMain] input[type=text]").last
        search.fill(SPELT[self.lang])
        search.press("Enter")
        self.page.wait_for_url(re.compile("[?&]q="))
        self.visit.ready()
        return self.page.locator(f"a[href*='figure={story.row}']").first

    def take(self, view: str) -> dict[str, Path]:
        """Save the table and the workbook from the menu of a view."""
        menu = self.page.locator("details.sk-away", has=self.page.locator(f"a[href*='export/{view}.csv']"))
        menu.locator("summary").click()
        saved = {}
        for form in ("ZIP", "XLSX"):
            with self.page.expect_download() as coming:
                menu.get_by_role("link", name=form, exact=True).click()
            saved[form] = self.folder / coming.value.suggested_filename
            coming.value.save_as(saved[form])
        return saved

    def follow(self, link: Locator) -> None:
        """Follow a link to the page of a figure."""
        link.click()
        self.page.wait_for_url(re.compile("/figure\\?"))
        self.page.locator("[data-testid=stCode]").first.wait_for()
        self.visit.ready()

    def copied(self) -> list[str]:
        """Return the texts of the page that are made to be copied."""
        return [plain(one.inner_text()).strip() for one in self.page.locator("[data-testid=stCode]").all()]


SCREENS = ((390, 844), (1440, 900))


@pytest.fixture(params=[*zip(LANGUAGES, (*SCREENS, SCREENS[0]), strict=True)], ids=LANGUAGES)
def desk(
    request: pytest.FixtureRequest,
    browser: Browser,
    app_server: Running,
    public_release: Release,
    tmp_path: Path,
) -> Iterator[Desk]:
    """The English newsroom on a phone, the French on a laptop, the Khmer on a phone."""
    lang, (width, height) = request.param
    with visiting(browser, app_server.url, width=width, height=height, locale=lang) as visitor:
        yield Desk(visitor, lang, tmp_path, public_release.release_id)


def reopened(saved: dict[str, Path], folder: Path) -> None:
    """Open a workbook and a table with programs of others; both must hold the same rows."""
    unpacked = folder / saved["ZIP"].name.removesuffix(".zip")
    zipfile.ZipFile(saved["ZIP"]).extractall(unpacked)
    report = Package(str(unpacked / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    text = (unpacked / f"{unpacked.name}.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) > 1
    sheet = openpyxl.load_workbook(saved["XLSX"], read_only=True).worksheets[0]
    assert [cell for cell in next(sheet.iter_rows(values_only=True)) if cell] == rows[0]
    assert sum(1 for row in sheet.iter_rows(values_only=True) if any(row)) == len(rows)
    if _OFFICE:
        assert by_office(saved["XLSX"], folder)[0] == rows[0]


def by_office(book: Path, folder: Path) -> list[list[str]]:
    """Return the first sheet of a workbook as LibreOffice reads it."""
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    asked = [str(_OFFICE), profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
    subprocess.run([*asked, "--outdir", str(folder), str(book)], check=True, capture_output=True)
    with (folder / f"{book.stem}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_five_figures_before_the_deadline(desk: Desk) -> None:
    number = LANGUAGES.index(desk.lang)
    lines: list[str] = []
    desk.arrive()
    for story in STORIES:
        says = plain(story.says[number])
        desk.go(story.path)
        link = desk.find(story)
        saved = desk.take(story.view)
        desk.follow(link)
        sentence, address, *citations = copied = desk.copied()
        cited = citations[number]
        assert all(told in cited for told in (says, address, ACCESSED[desk.lang], desk.release)), cited
        assert says in sentence
        lines.extend(text for text in copied if text.startswith("<iframe"))
        desk.page.goto(address)
        desk.visit.ready()
        assert desk.copied()[0] == sentence
        reopened(saved, desk.folder)
    with site(desk.folder, lines) as elsewhere:
        desk.page.goto(elsewhere)
        frames = desk.page.locator("iframe")
        assert frames.count() == len(STORIES)
        for frame, story in zip(frames.all(), STORIES, strict=True):
            frame.scroll_into_view_if_needed()
            inside = frame.content_frame
            expect(inside.locator("html")).to_have_attribute("lang", desk.lang)
            expect(inside.locator("main")).to_contain_text(story.says[number])
