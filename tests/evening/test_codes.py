"""Donation codes: what the file may say, which may be shown, and what is said of the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.evening.hall import hall
from tests.evening.test_wall import MEASURE, SIZES, all_scenes, turn_on, wall
from tests.running import Running
from tests.server.conftest import ask
from utils.evening import codes
from utils.evening.__main__ import main
from utils.evening.codes import MOST
from utils.evening.settings import BadSettings
from utils.text.locale import LANGUAGES

GOOD = """
[[code]]
institution = "A society of relief"
address = "https://relief.example/give"
checked_by = "treasurer"
checked_on = 2026-11-20
valid_until = 2026-11-30
"""
UNCHECKED = '[[code]]\ninstitution = "Another society"\naddress = "https://other.example/"\n'
PAYMENT = "00020101021229370016A000000677010111011300668912345675802TH5303764540550.006304"


LONGEST = """
[[code]]
institution = "A society of relief for families on both sides"
address = "https://relief.example/give/to/families/at/the/border?language=km"
checked_by = "second treasurer"
checked_on = 2026-09-20
valid_until = 2099-12-31
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hall's file of codes; each test writes its own."""
    return tmp_path_factory.mktemp("codes") / "codes.toml"


@pytest.fixture(scope="module")
def today(data_folder: Path, file: Path) -> Iterator[Running]:
    """A hall on 25 November 2026 that reads ``file``."""
    settings = {"SAMAKI_CODES": str(file), "SAMAKI_TODAY": "2026-11-25"}
    with hall(data_folder, f"sqlite:///{file.with_name('ledger.sqlite')}", settings) as server:
        yield server


def test_the_file_of_the_product_names_no_code() -> None:
    assert codes.load() == ()


def test_a_code_is_good_from_its_check_to_the_last_day() -> None:
    (one,) = codes.read(GOOD)
    states = [one.state(date(2026, 11, day)) for day in (19, 20, 30)]
    assert states == ["unchecked", "good", "good"]
    assert one.state(date(2026, 12, 1)) == "expired"
    (other,) = codes.read(UNCHECKED)
    assert other.state(date(2026, 11, 25)) == "unchecked"


def test_every_problem_names_file_row_column_and_what_was_expected() -> None:
    text = """
    colour = 1
    [[code]]
    institution = "sok@example.org"
    address = "http://relief.example"
    checked_by = "treasurer"
    checked_on = "2026-11-20"
    [[code]]
    institution = ""
    address = "https://user:word@relief.example/"
    checked_by = "treasurer"
    checked_on = 2026-11-20
    valid_until = 2026-11-19
    colour = "red"
    """
    with pytest.raises(BadSettings) as told:
        codes.read(text, where="our-codes.toml")
    said = str(told.value)
    for words in (
        "our-codes.toml: unknown setting 'colour', expected one of code",
        "code 1, institution 'sok@example.org': No e-mail addresses",
        "code 1, address 'http://relief.example': expected a web address",
        "code 1, checked_on '2026-11-20': expected a day without quotes",
        "code 1, valid_until: missing, expected who checked, when and until when",
        "code 2, institution '': This may not be empty",
        "code 2, address 'https://user:word@relief.example/': expected",
        "code 2, valid_until 2026-11-19: expected 2026-11-20 or later",
        "code 2, unknown setting 'colour', expected one of institution, address",
    ):
        assert words in said
    with pytest.raises(BadSettings, match=r"code 1, institution .* expected at most 48 letters"):
        codes.read(UNCHECKED.replace("Another", "Another very large and very old and very good"))
    with pytest.raises(BadSettings, match="4 codes, expected at most 3"):
        codes.read(UNCHECKED * 4)
    with pytest.raises(BadSettings, match="code 2, address: stands twice"):
        codes.read(UNCHECKED * 2)


def test_a_payment_code_with_one_wrong_digit_is_refused() -> None:
    whole = PAYMENT + codes._checksum(PAYMENT)
    text = f'[[code]]\ninstitution = "A society"\naddress = "{whole}"\n'
    assert codes.read(text)[0].address == whole
    with pytest.raises(BadSettings, match="payment code"):
        codes.read(text.replace("50.00", "90.00"))
    assert codes._checksum("123456789") == "29B1", "the published check value of this CRC"


def test_the_wall_shows_good_codes_only_and_says_of_the_others_why(today: Running, file: Path) -> None:
    old = GOOD.replace("relief.example/give", "old.example").replace("2026-11-30", "2026-11-21")
    file.write_text(GOOD + old + UNCHECKED, encoding="utf-8")
    text = ask(today, "/wall/scene/give?lang=en").body.decode()
    assert text.count('class="gift-code"') == 1
    assert 'data-address="https://relief.example/give"' in text
    assert "old.example" not in text
    assert "A society of relief: check expired on 21 November 2026" in text
    assert "Another society: not checked, so not shown" in text
    file.write_text("nonsense", encoding="utf-8")
    broken = ask(today, "/wall/scene/give?lang=en")
    assert broken.status == 200
    assert b"gift-code" not in broken.body
    assert b"cannot be read" in broken.body
    page = ask(today, "/wall?scenes=give&lang=en")
    assert page.status == 400
    assert b"not TOML" in page.body


def test_without_codes_the_wall_says_that_none_was_checked(today: Running, file: Path) -> None:
    file.write_text("", encoding="utf-8")
    text = ask(today, "/wall/scene/give?lang=fr").body.decode()
    assert "Aucun code de don" in text
    assert "gift-code" not in text


@pytest.mark.browser
def test_codes_are_whole_and_large_on_every_wall(browser: Browser, today: Running, file: Path) -> None:
    problems: list[str] = []
    for good, size in product(range(1, MOST + 1), SIZES[1:3]):
        rows = [LONGEST.replace("?language", f"?number={number}&language") for number in range(MOST)]
        hidden = [row.replace("2099-12-31", "2026-09-21") for row in rows[good:]]
        file.write_text("".join([*rows[:good], *hidden]), encoding="utf-8")
        with wall(browser, today, "scenes=give&seconds=600", size) as page:
            all_scenes(page, len(LANGUAGES))
            for _lang in LANGUAGES:
                turn_on(page)
                problems += page.evaluate(MEASURE)
                codes_shown = page.locator(".shown .gift-code svg")
                expect(codes_shown).to_have_count(good)
                box = codes_shown.first.bounding_box()
                assert box is not None
                assert box["height"] >= size[1] * 0.25
    assert problems == []


@pytest.mark.browser
def test_a_code_expires_on_a_wall_that_has_no_network(browser: Browser, today: Running, file: Path) -> None:
    file.write_text(GOOD + UNCHECKED, encoding="utf-8")
    page = browser.new_page()
    page.clock.install(time="2026-11-30T20:00:00Z")
    page.goto(f"{today.url}/wall?scenes=give,sentence&lang=en&seconds=600")
    page.clock.run_for(3000)
    page.locator("#stage[data-scenes='2']").wait_for()
    expect(page.locator(".shown .gift-code svg")).to_have_count(1)
    page.keyboard.press(" ")
    page.context.set_offline(True)
    page.clock.fast_forward("05:00:00")
    expect(page.locator(".shown .gift-code svg")).to_have_count(0)
    expect(page.locator(".shown .gift-code")).to_contain_text("check expired on 30 November 2026")
    page.close()


def test_the_command_lists_the_codes_and_their_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "codes.toml"
    monkeypatch.setenv("SAMAKI_CODES", str(file))
    monkeypatch.setenv("SAMAKI_TODAY", "2026-11-25")
    file.write_text(GOOD + UNCHECKED, encoding="utf-8")
    assert main(["codes"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "A society of relief\tgood\tuntil 2026-11-30\thttps://relief.example/give",
        "Another society\tunchecked\t\thttps://other.example/",
    ]
    file.write_text("colour = 1", encoding="utf-8")
    assert main(["codes"]) == 2
    assert "codes.toml: unknown setting 'colour'" in capsys.readouterr().err
