"""Events as an iCalendar file (RFC 5545), for the calendar programme of a phone or a committee."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_OCTETS: Final = 75
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event of whole days. ``last`` is its last day; ``sure`` is false where it is unconfirmed."""

    uid: str
    first: date
    last: date
    summary: str
    location: str = ""
    description: str = ""
    category: str = ""
    url: str = ""
    sure: bool = True


def write_calendar(entries: Iterable[CalendarEvent], *, name: str, stamp: date) -> str:
    """Return the file as text with CRLF line ends; ``stamp`` is the day it was made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Samaki//Events//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escape_text(name)}",
    ]
    stamped = f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    for entry in entries:
        lines += ["BEGIN:VEVENT", stamped, *_properties(entry), "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "\r\n".join(fold_line(line) for line in lines) + "\r\n"


def _properties(entry: CalendarEvent) -> Iterator[str]:
    yield f"UID:{escape_text(entry.uid)}"
    yield f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{max(entry.last, entry.first) + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escape_text(entry.summary)}"
    yield f"STATUS:{'CONFIRMED' if entry.sure else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"
    for key, text in (
        ("LOCATION", entry.location),
        ("DESCRIPTION", entry.description),
        ("CATEGORIES", entry.category),
    ):
        if text:
            yield f"{key}:{escape_text(text)}"
    if entry.url.startswith(("https://", "http://")) and not _CONTROL.search(entry.url):
        yield f"URL:{''.join(entry.url.split())}"


def escape_text(text: str) -> str:
    """Return ``text`` as a value: signs of the format escaped, control characters left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", plain).translate(_ESCAPES)


def fold_line(line: str) -> str:
    """Return a line in pieces of at most 75 octets, none cut inside a character."""
    if line.isascii():
        rest = range(_OCTETS, len(line), _OCTETS - 1)
        return "\r\n ".join([line[:_OCTETS], *(line[start : start + _OCTETS - 1] for start in rest)])
    pieces: list[str] = []
    start, size = 0, 0
    for index, sign in enumerate(line):
        octets = len(sign.encode())
        if size + octets > _OCTETS:
            pieces.append(line[start:index])
            start, size = index, 1  # the space that opens a continued line
        size += octets
    return "\r\n ".join([*pieces, line[start:]])
