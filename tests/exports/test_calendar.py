"""The calendar file is read back by another programme as it was meant, whatever the text."""

from datetime import date, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from utils.exports.calendar import CalendarEvent, write_calendar

STAMP = date(2026, 11, 24)
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200)
days = st.dates(date(2025, 1, 1), date(2030, 12, 31))


@given(summary=texts, location=texts, first=days, length=st.integers(0, 20))
def test_every_text_and_day_comes_back(summary: str, location: str, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    entry = CalendarEvent("ev1@samaki", first, last, summary, location)
    (read,) = icalendar.Calendar.from_ical(write_calendar([entry], name="Samaki", stamp=STAMP)).walk("VEVENT")
    assert str(read["SUMMARY"]) == summary
    assert str(read.get("LOCATION", "")) == location
    assert read.decoded("DTSTART") == first
    assert read.decoded("DTEND") == last + timedelta(days=1)


@given(st.lists(texts, max_size=5))
def test_no_line_is_longer_than_75_octets_and_none_is_cut_in_a_character(summaries: list[str]) -> None:
    entries = [CalendarEvent(f"e{i}@samaki", STAMP, STAMP, text) for i, text in enumerate(summaries)]
    content = write_calendar(entries, name="សាមគ្គី" * 9, stamp=STAMP).encode()
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_the_file_says_what_an_event_is() -> None:
    entry = CalendarEvent(
        "ev057@samaki",
        date(2025, 8, 3),
        date(2025, 8, 3),
        "Rally; Paris, France",
        "Paris",
        "Source: X\nNote\x07",
        "march",
        "javascript:alert(1)",
        sure=False,
    )
    text = write_calendar([entry], name="Samaki", stamp=STAMP)
    assert "DTSTART;VALUE=DATE:20250803\r\nDTEND;VALUE=DATE:20250804\r\n" in text
    assert r"SUMMARY:Rally\; Paris\, France" in text
    assert r"DESCRIPTION:Source: X\nNote" in text
    assert "STATUS:TENTATIVE" in text
    assert "DTSTAMP:20261124T000000Z" in text
    assert "URL" not in text
    assert "\x07" not in text


def test_an_empty_calendar_is_a_calendar() -> None:
    read = icalendar.Calendar.from_ical(write_calendar([], name="Samaki", stamp=STAMP))
    assert read["VERSION"] == "2.0"
    assert list(read.walk("VEVENT")) == []


def test_a_thousand_events_come_back_each_once_and_in_their_order() -> None:
    entries = [
        CalendarEvent(
            f"ev{number}@samaki",
            STAMP + timedelta(days=number % 400),
            STAMP + timedelta(days=number % 400 + number % 3),
            f"ព្រឹត្តិការណ៍ {number}; l’été, “fin”",
            location=f"Paris {number % 7}",
            url=f"https://example.org/events/{number}",
            sure=number % 2 == 0,
        )
        for number in range(1000)
    ]
    read = icalendar.Calendar.from_ical(write_calendar(entries, name="Samaki", stamp=STAMP)).walk("VEVENT")
    assert [
        (
            str(one["UID"]),
            one.decoded("DTSTART"),
            one.decoded("DTEND") - timedelta(days=1),
            str(one["SUMMARY"]),
            str(one["LOCATION"]),
            str(one["URL"]),
            str(one["STATUS"]) == "CONFIRMED",
        )
        for one in read
    ] == [(one.uid, one.first, one.last, one.summary, one.location, one.url, one.sure) for one in entries]
