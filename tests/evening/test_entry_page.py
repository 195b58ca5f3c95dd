"""The entry page in a real Chromium: typed offline and sent once, double taps, the second phone, text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route, expect

from tests.evening.phone import Party
from tests.ledger.amounts import CASES
from tests.ledger.evenings import PIN
from utils.evening.ledger.amount_parser import Unclear, parse
from utils.evening.ledger.closing import close_evening
from utils.evening.ledger.currencies import DECIMALS, decimal
from utils.text.locale import LANGUAGES, formats, language_of

pytestmark = pytest.mark.browser


@contextmanager
def phone(browser: Browser, party: Party, table: str = "Table 1", lang: str = "en") -> Iterator[Page]:
    """A phone with a touch screen that gave the PIN on the page."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    try:
        page.goto(f"{party.server.url}/evening/{party.evening}/enter?lang={lang}")
        page.locator("[name=volunteer]").fill(table)
        page.locator("[name=pin]").fill(PIN)
        page.locator("#pin-form .go").tap()
        page.locator("#entry-form").wait_for()
        page.wait_for_load_state()
        yield page
    finally:
        context.close()


def enter(page: Page, amount: str) -> None:
    page.locator("[name=amount]").fill(amount)
    page.locator("#entry-form .go").tap()


def test_a_gift_typed_is_in_the_ledger_and_on_the_list(browser: Browser, party: Party) -> None:
    with phone(browser, party) as page:
        page.locator("[name=amount]").fill("១២៥០")
        expect(page.locator("#reading")).to_have_text("= 1,250.00 EUR")
        page.locator("[name=amount]").fill("50,5")
        page.locator("#entry-form .go").tap()
        expect(page.locator("#entries li").first).to_contain_text("EUR 50.50")
        expect(page.locator("#sums")).to_contain_text("EUR 50.50")
    assert party.received() == {"EUR": 5050}


def test_a_refused_amount_says_why_and_sends_nothing(browser: Browser, party: Party) -> None:
    with phone(browser, party, lang="fr") as page:
        enter(page, "1.000")
        expect(page.locator("#message")).to_contain_text("deux façons")
        assert party.lines() == ()
        enter(page, "1000.00")
        expect(page.locator("#waiting li")).to_have_count(1)


def test_entries_typed_without_a_network_are_kept_and_sent_once(browser: Browser, party: Party) -> None:
    with phone(browser, party) as page:
        page.context.set_offline(True)
        for amount in ("10", "20", "30"):
            enter(page, amount)
            expect(page.locator("[name=amount]")).to_have_value("")
        expect(page.locator("#entries li.kept")).to_have_count(3)
        expect(page.locator("#state")).to_have_class("offline")
        assert party.lines() == ()
        page.context.set_offline(False)
        expect(page.locator("#entries li.counts")).to_have_count(3)
    assert party.received() == {"EUR": 6000}


def test_the_queue_outlives_the_page(browser: Browser, party: Party) -> None:
    with phone(browser, party) as page:
        page.route(re.compile("/entries"), lambda route: route.abort())
        enter(page, "70")
        expect(page.locator("#entries li.kept")).to_have_count(1)
        page.unroute_all()
        page.reload()
        expect(page.locator("#entries li.counts")).to_have_count(1)
    assert party.received() == {"EUR": 7000}


def test_an_answer_lost_on_the_way_makes_no_second_entry(browser: Browser, party: Party) -> None:
    with phone(browser, party) as page:
        lost: list[int] = []

        def lose(route: Route) -> None:
            if lost:
                route.continue_()
                return
            lost.append(route.fetch().status)
            route.abort()

        page.route(re.compile("/entries"), lose)
        enter(page, "80")
        expect(page.locator("#entries li.counts")).to_have_count(1)
        expect(page.locator("#entries li.kept")).to_have_count(0)
        assert lost == [200]
    assert party.received() == {"EUR": 8000}


def test_undoing_a_row_whose_answer_was_lost_undoes_the_gift_too(browser: Browser, party: Party) -> None:
    """Also when the time for an undo is over by the time the network is back."""
    with phone(browser, party) as page:
        lost: list[int] = []

        def lose(route: Route) -> None:
            lost.append(route.fetch().status)
            route.abort()

        page.route(re.compile("/entries"), lose)
        enter(page, "80")
        expect(page.locator("#entries li.kept")).to_have_count(1)
        expect(page.locator("#state")).to_have_class("offline")
        page.locator("#entries li.kept button").tap()
        expect(page.locator("#entries li.kept")).to_contain_text("is undone once the network is back")
        assert party.received() == {"EUR": 8000}
        assert set(lost) == {200}
        page.unroute_all()
        expect(page.locator("#entries li.kept")).to_have_count(0)
        expect(page.locator("#entries li.countered")).to_have_count(1)
    assert party.received() == {}
    assert [line.countered for line in party.lines()] == ["undo"]


def test_a_row_that_was_never_sent_is_forgotten_without_a_trace(browser: Browser, party: Party) -> None:
    with phone(browser, party) as page:
        page.route(re.compile("/entries"), lambda route: route.abort())
        enter(page, "10")
        expect(page.locator("#state")).to_have_class("offline")
        enter(page, "20")
        page.locator("#entries li.kept button").nth(1).tap()
        expect(page.locator("#entries li.kept")).to_have_count(1)
        page.unroute_all()
        expect(page.locator("#entries li.counts")).to_have_count(1)
    assert party.received() == {"EUR": 1000}
    assert len(party.lines()) == 1


def test_a_promise_is_paid_with_its_own_amount_and_late_entries_say_so(
    browser: Browser, party: Party
) -> None:
    with phone(browser, party) as page:
        page.locator("[name=kind][value=pledge]").check()
        enter(page, "200.50")
        expect(page.locator("#entries li.counts")).to_have_count(1)
        cut_off = close_evening(party.book, party.evening, cut_off=None, volunteer="Chair")
        page.locator("[name=kind][value=gift]").check()
        enter(page, "5")
        expect(page.locator("#message")).to_contain_text("closed; counted apart")
        expect(page.locator("#entries li.apart")).to_have_count(1)
        page.locator("#entries li.counts button", has_text="Correct").tap()
        page.locator("[name=reason][value=paid]").check()
        expect(page.locator("[name=amount]")).to_have_value("200.50")
        expect(page.locator("[name=kind][value=gift]")).to_be_checked()
        page.locator("#entry-form .go").tap()
        expect(page.locator("#entries li.apart")).to_have_count(2)
        expect(page.locator("#sums")).to_contain_text("Received after the cut-off, apart: EUR 205.50")
        page.locator("#entries li.apart button", has_text="Correct").first.tap()
        expect(page.locator("[name=reason][value=paid]")).to_be_hidden()
    kinds = [(line.kind, line.amount, line.countered, line.late) for line in party.lines()]
    assert kinds[0] == ("pledge", 20_050, "paid", False)
    assert ("gift", 20_050, None, True) in kinds
    assert cut_off == party.book.settings(party.evening).cut_off


def test_a_double_tap_is_one_entry(browser: Browser, party: Party) -> None:
    with phone(browser, party) as page:
        page.locator("[name=amount]").fill("90")
        page.evaluate(
            "() => { const go = document.querySelector('#entry-form .go'); go.click(); go.click(); }"
        )
        expect(page.locator("#entries li.counts")).to_have_count(1)
    assert party.received() == {"EUR": 9000}


def test_a_second_phone_confirms_and_the_first_corrects(browser: Browser, party: Party) -> None:
    with phone(browser, party) as first, phone(browser, party, "Table 2") as second:
        enter(first, "5000")
        expect(first.locator("#waiting li")).to_contain_text("EUR 5,000.00")
        expect(first.locator("#waiting button")).to_have_count(0)
        second.locator("#waiting button").tap()
        expect(second.locator("#entries li.counts")).to_have_count(1)
        assert party.received() == {"EUR": 500_000}
        expect(first.locator("#entries li.counts")).to_have_count(1)
        first.locator("#entries button", has_text="Correct").tap()
        expect(first.locator("#correcting")).to_contain_text("EUR 5,000.00")
        enter(first, "500")
        expect(first.locator("#entries li.countered")).to_contain_text("Mistyped")
    assert party.received() == {"EUR": 50_000}


def test_a_script_in_a_name_is_text_on_every_phone(browser: Browser, party: Party) -> None:
    name = "<img src=x onerror=alert(1)>"
    with phone(browser, party) as page:
        dialogs: list[str] = []
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        page.locator("summary").tap()
        page.locator("[name=organisation]").fill(name)
        enter(page, "10")
        expect(page.locator("#message")).to_contain_text("agreed")
        page.locator("[name=consent]").check()
        enter(page, "10")
        expect(page.locator("#entries li").first).to_contain_text(name)
        assert dialogs == []
        assert page.locator("#entries img").count() == 0


@pytest.mark.parametrize("lang", ["en", "fr", "km"])
def test_every_target_is_large_and_nothing_is_cut_off(browser: Browser, party: Party, lang: str) -> None:
    with phone(browser, party, lang=lang) as page:
        small = page.evaluate(
            """() => [...document.querySelectorAll('button, select, summary, .choices label, .check, nav a')]
                .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)
                .map(e => e.textContent)"""
        )
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """An empty page that holds the phone's reader of amounts."""
    page = browser.new_page()
    page.add_script_tag(path="static/evening/amount.js")
    yield page
    page.close()


def read_on_phone(page: Page, written: str, currency: str) -> object:
    decimals = "undefined" if currency not in DECIMALS else str(DECIMALS[currency])
    told = page.evaluate(f"readAmount({json.dumps(written)}, {decimals})")
    return told.get("trouble") or told["minor"]


def read_on_server(written: str, currency: str) -> object:
    try:
        return parse(written, currency)
    except Unclear as unclear:
        return unclear.code


def test_the_phone_reads_amounts_as_the_server_does(reader: Page) -> None:
    assert [read_on_phone(reader, written, currency) for written, currency, _expected in CASES] == [
        expected for _written, _currency, expected in CASES
    ]


@pytest.mark.parametrize("lang", [*LANGUAGES, language_of("km").digits_code])
@pytest.mark.parametrize(
    ("minor", "currency"), [(5, "EUR"), (100_000, "EUR"), (123_456_789_012, "USD"), (1_000_000, "JPY")]
)
def test_the_phone_writes_amounts_as_the_server_does(
    reader: Page, minor: int, currency: str, lang: str
) -> None:
    decimals = DECIMALS[currency]
    expected = formats.format_number(float(decimal(minor, currency)), lang, decimals)
    assert (
        reader.evaluate(f"writtenAmount({minor}, {decimals}, {json.dumps(formats.list_signs(lang))})")
        == expected
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=st.text("0123456789., ០១៥៩-e\u202f", max_size=14) | st.text(max_size=6),
    currency=st.sampled_from(["EUR", "KHR"]),
)
def test_the_phone_and_the_server_never_differ(reader: Page, written: str, currency: str) -> None:
    assert read_on_phone(reader, written, currency) == read_on_server(written, currency)
