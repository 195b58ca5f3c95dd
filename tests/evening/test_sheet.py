"""The sheet at the end of the night: to the cent, in three languages, and rows the record takes."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tests.evening.phone import Party
from tests.ledger.evenings import Clock, fresh_key, gala, give, money
from utils.curation.check import check
from utils.curation.curated_tables import read_record
from utils.evening.__main__ import main
from utils.evening.codes import GiftCode
from utils.evening.ledger import matches
from utils.evening.ledger.book import Book
from utils.evening.ledger.closing import close_evening
from utils.evening.ledger.model import Line, NewEntry
from utils.evening.record_rows import Announced, NotClosed, build_record_rows, format_csv
from utils.evening.sheet.reconciliation import Money, Sheet, build_sheet
from utils.evening.sheet.sheet_pdf import render_pdf
from utils.evening.sheet.workbook import render_workbook
from utils.evening.tonight import Tonight, load_tonight
from utils.releases import Release
from utils.text.locale import LANGUAGES, translator

START = datetime(2026, 11, 28, 19, 0, tzinfo=UTC)


def correct(book: Book, wrong: Line, right: NewEntry) -> None:
    """Put ``right`` in the place of an entry that was mistyped."""
    book.counter(
        "gala", wrong.entry_id, reason="mistyped", volunteer="Table 1", key=fresh_key(), replacement=right
    )


@pytest.fixture
def night(public_release: Release, tmp_path: Path) -> Tonight:
    """An evening with everything that may stand on a sheet, closed at 20:00 UTC."""
    clock = Clock(START)
    book = Book.open(f"sqlite:///{tmp_path / 'ledger.sqlite'}", now=clock)
    book.open_evening(gala())
    give(book, money(10_010))
    give(book, money(20_020, way="card"), volunteer="Table 2")
    give(book, money(5_005, "USD"))
    give(book, money(400_000, "KHR"))
    give(book, money(30_000, kind="pledge"), volunteer="Table 2")
    give(book, replace(money(700), organisation="=1+1"))
    give(book, NewEntry("gift", "goods", None, None, goods="ថង់អង្ករ", quantity=12))
    wrong = give(book, money(99_900))
    correct(book, wrong, money(9_990))
    give(book, money(500_000), needs_second=True)
    match = matches.offer_match(book, "gala", organisation="A bank", currency="EUR", percent=50, most=10_000)
    matches.sign_match(book, match, witness="Chair")
    clock.move(timedelta(hours=1))
    close_evening(book, "gala", cut_off=clock(), volunteer="Chair")
    clock.move(timedelta(minutes=10))
    give(book, money(12_300))
    give(book, money(1_000), age=timedelta(minutes=15))
    found = load_tonight(public_release, book, "gala")
    book.engine.dispose()
    return found


def rows_of(made: Sheet, key: str) -> list[tuple[object, ...]]:
    return [row for section in made.sections if section.key == key for row in section.rows]


def test_the_sums_a_person_checks_by_hand(night: Tonight) -> None:
    assert night.totals.received == {
        "EUR": 10_010 + 20_020 + 700 + 9_990 + 1_000,
        "USD": 5_005,
        "KHR": 400_000,
    }
    assert night.totals.promised == {"EUR": 30_000}
    assert night.totals.matched == {"EUR": 10_000}
    rates = {rate.currency: rate for rate in night.rates}
    assert rates["USD"].value == Decimal("0.895095")
    assert rates["USD"].day.isoformat() == "2026-10-30"
    assert not rates["KHR"].official
    dollars = round(Decimal("50.05") * Decimal("0.895095"), 2)
    riels = round(Decimal(400_000) * rates["KHR"].value, 2)
    assert Decimal(night.received_sum) / 100 == Decimal("417.20") + dollars + riels


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_list_adds_up_to_the_totals(night: Tonight, lang: str) -> None:
    made = build_sheet(translator(lang), night)
    for key in ("ways", "volunteers", "entries"):
        sums: Counter[str] = Counter()
        for row in rows_of(made, key):
            cell = row[-1]
            if isinstance(cell, Money):
                sums[cell.currency] += cell.minor
        promised = Counter(night.totals.promised)
        assert sums == Counter(night.totals.received) + promised, key
    assert len(rows_of(made, "pledges")) == 1
    assert len(rows_of(made, "waiting")) == 1
    assert len(rows_of(made, "countered")) == 1
    assert len(rows_of(made, "late")) == 1
    assert len(made.signatures) == 2


def test_what_was_typed_before_the_cut_off_counts_although_it_came_later(night: Tonight) -> None:
    assert [line.amount for line in night.after_cut_off] == [12_300]
    assert 1_000 in [line.amount for line in night.lines]


def test_the_workbook_holds_numbers_and_no_formula(night: Tonight) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(build_sheet(translator("en"), night))))
    assert book.sheetnames[:3] == ["sheet", "currencies", "since"]
    sums: Counter[str] = Counter()
    for row in book["entries"].iter_rows(min_row=4, values_only=True):
        if isinstance(row[6], int | float):
            sums[str(row[7])] += round(Decimal(str(row[6])) * (1 if row[7] == "KHR" else 100))
    assert sums == Counter(night.totals.received) + Counter(night.totals.promised)
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert any("=1+1" in str(cell.value) for cell in cells)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_paper_prints_the_sums_and_two_lines_to_sign(night: Tonight, lang: str) -> None:
    document = pypdfium2.PdfDocument(render_pdf(build_sheet(translator(lang), night)))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    plain = text.replace("\u00a0", " ").replace("\u202f", " ")
    wanted = {"en": "417.20", "fr": "417,20", "km": "417.20"}[lang]
    assert wanted in plain
    assert "\ufffd" not in text
    if lang == "en":
        assert "Treasurer: name, date, signature" in plain
        assert "Second person: name, date, signature" in plain


def test_names_in_scripts_without_letters_are_named_and_never_white_boxes(night: Tonight) -> None:
    """Thai, Arabic and Korean names are whole in the workbook; the paper says where they are."""
    names = ("สมาคมไทย", "جمعية الأصدقاء", "한국")
    lines = [line for line in night.lines if line.counts][:3]
    named = {line.entry_id: replace(line, organisation=name) for line, name in zip(lines, names, strict=True)}
    changed = replace(night, lines=tuple(named.get(line.entry_id, line) for line in night.lines))
    made = build_sheet(translator("en"), changed)
    document = pypdfium2.PdfDocument(render_pdf(made))
    text = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    assert "[Thai, 8]" in text
    assert "[Arabic, 5] [Arabic, 8]" in text
    assert "[Hangul, 2]" in text
    assert "The words stand in the sheet to calculate (XLSX)." in text
    assert "\ufffd" not in text
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(made)))
    cells = [str(cell.value) for page in book for row in page.iter_rows() for cell in row]
    assert all(any(name in cell for cell in cells) for name in names)
    assert "no letters" not in " ".join(fact for fact in build_sheet(translator("en"), night).facts)


def test_the_rows_pass_the_checks_of_the_record(
    night: Tonight,
    public_release: Release,
    data_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SAMAKI_TODAY", "2026-11-29")
    said = Announced(
        collector="A committee of the diaspora",
        city="Lyon",
        country="FRA",
        recipient="displaced families",
        source_id="lpj-2025-07-28-cotizup",
        first_row=9001,
    )
    rows = build_record_rows(public_release, night, said)
    assert [(row["row_id"], row["amount"], row["currency"], row["count_in_total"]) for row in rows] == [
        ("don-9001", "417.2", "EUR", "yes"),
        ("don-9002", "400000", "KHR", "yes"),
        ("don-9003", "50.05", "USD", "yes"),
        ("don-9004", "300", "EUR", "no"),
        ("don-9005", "", "", "no"),
    ]
    data = tmp_path / "data"
    shutil.copytree(data_folder, data, ignore=shutil.ignore_patterns("releases", "CURRENT"))
    before = check(read_record(data))
    gifts, scopes = data / "curated" / "donations.csv", data / "curated" / "donation_scopes.csv"
    with gifts.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(rows[0])
    with gifts.open("a", encoding="utf-8", newline="") as file:
        file.write(format_csv(rows).split("\n", 1)[1])
    with scopes.open("a", encoding="utf-8", newline="") as file:
        file.writelines(f"{row['row_id']},KHM\n" for row in rows)
    assert set(check(read_record(data))) - set(before) == set()


def test_the_signed_sum_and_its_correction_are_both_on_the_sheet(
    public_release: Release, tmp_path: Path
) -> None:
    """5,740.58 were signed for; a gift of 12 was 13: now 5,741.58."""
    clock = Clock(START)
    book = Book.open(f"sqlite:///{tmp_path / 'ledger.sqlite'}", now=clock)
    book.open_evening(gala())
    give(book, money(572_858))
    wrong = give(book, money(1_200))
    close_evening(book, "gala", cut_off=None, volunteer="Chair")
    clock.move(timedelta(minutes=1))
    give(book, money(7_000))
    right = money(1_300)
    correct(book, wrong, right)
    now = load_tonight(public_release, book, "gala")
    assert (now.received_sum, now.reached) == (574_158, 574_158 + 25_000)
    made = build_sheet(translator("en"), now)
    facts = [fact.replace("\u00a0", " ") for fact in made.facts]
    assert "Received when the cut-off was named: EUR 5,740.58. Corrected since: +EUR 1.00" in facts, facts
    assert "Received tonight: EUR 5,741.58" in facts
    assert "Received after the cut-off, apart: EUR 70.00" in facts
    assert rows_of(made, "since") == [
        ("Received", Money(574_058, "EUR"), Money(100, "EUR"), Money(574_158, "EUR"))
    ]
    close_evening(book, "gala", cut_off=None, volunteer="Treasurer", move=True)
    moved = build_sheet(translator("en"), load_tonight(public_release, book, "gala"))
    book.engine.dispose()
    assert any("Earlier cut-off, moved: 28 November 2026" in fact for fact in moved.facts)
    assert rows_of(moved, "since") == []


def test_the_sheet_tells_which_donation_codes_were_checked_and_hides_the_others(night: Tonight) -> None:
    good = GiftCode("A society", "https://a.example/", "Chair", date(2026, 11, 20), date(2026, 11, 28))
    old = replace(good, institution="B society", address="https://b.example/", valid_until=date(2026, 11, 27))
    unchecked = GiftCode("C society", "https://c.example/", "", None, None)
    made = build_sheet(translator("en"), night, (good, old, unchecked))
    (section,) = [one for one in made.sections if one.key == "codes"]
    assert section.rows == (
        ("A society", "https://a.example/", "Checked by Chair, 20 November 2026"),
        ("B society", "—", "B society: check expired on 27 November 2026"),
        ("C society", "—", "C society: not checked, so not shown"),
    )
    assert not [one for one in build_sheet(translator("en"), night).sections if one.key == "codes"]
    assert "cannot be read" in build_sheet(translator("en"), night, None).facts[-1]


def test_an_open_evening_gives_no_rows(night: Tonight, public_release: Release) -> None:
    still = replace(night, settings=replace(night.settings, cut_off=None))
    with pytest.raises(NotClosed):
        build_record_rows(public_release, still, Announced("A", "", "FRA", "", "x", 1))


def test_the_sheet_is_given_to_those_with_a_pass(party: Party) -> None:
    phone = party.phone()
    phone.enter("50")
    for kind, start in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        assert party.stranger().ask(f"sheet.{kind}")[0] == 303
        status, content = phone.ask(f"sheet.{kind}")
        assert status == 200
        assert content.startswith(start)
    assert phone.ask("sheet.exe")[0] == 404


def test_the_committees_chores(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAMAKI_DATA", str(data_folder))
    monkeypatch.setenv("SAMAKI_LEDGER", f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    opened = [
        "open",
        "gala",
        "--currency",
        "EUR",
        "--goal",
        "10000",
        "--milestone",
        "5000",
        "--opened-at",
        "250",
    ]
    assert main(opened) == 0
    pin = capsys.readouterr().out.split("PIN: ")[1].split()[0]
    assert len(pin) == 6
    assert main(opened) == 2, "an evening is opened once"
    assert main(["change", "gala", "--goal", "1.000"]) == 2
    assert "two ways" in capsys.readouterr().err
    assert main(["change", "gala", "--goal", "12000", "--new-pin"]) == 0
    assert main(["match", "gala", "--organisation", "A bank", "--currency", "EUR", "--most", "1000"]) == 0
    match = capsys.readouterr().out.splitlines()[-2]
    assert main(["sign", match, "--witness", "Chair"]) == 0
    rows = ["rows", "gala", "--collector", "A", "--country", "FRA", "--source", "x", "--first-row", "9000"]
    assert main(rows) == 2
    assert main(["close", "gala", "--by", "Chair"]) == 0
    assert main(["close", "gala", "--by", "Chair"]) == 2
    assert "--move names another" in capsys.readouterr().err
    assert main(["close", "gala", "--by", "Chair", "--at", "2026-07-01T20:00"]) == 2, "no zone"
    assert main(["close", "gala", "--by", "Chair", "--move"]) == 0
    assert main(rows) == 0
    assert main(["sheet", "gala", "--lang", "km", "--out", str(tmp_path)]) == 0
    assert (tmp_path / "gala-km.pdf").read_bytes().startswith(b"%PDF")
    assert main(["close", "nowhere", "--by", "Chair"]) == 2
    assert main(["list"]) == 0
    assert "closed" in capsys.readouterr().out
