"""What changed in the record as an Atom feed (RFC 4287) or a JSON feed (version 1.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from xml.etree import ElementTree as Xml

from utils.analysis.changelog import CORRECTIONS, Announcement
from utils.releases.change_text import describe_change
from utils.text.locale import Message, Translator, lazy_gettext

_ATOM: Final = "http://www.w3.org/2005/Atom"
LONGEST: Final = 100
"""How many entries a feed holds, the newest first."""
EPOCH: Final = datetime(2025, 7, 24, tzinfo=UTC)
"""The time of a feed without any entry: the day on which the crisis began."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a feed is about: the tables it follows, none for all; or what was corrected or withdrawn."""

    name: str
    title: Message
    tables: frozenset[str] = frozenset()
    corrections: bool = False

    def follows(self, kind: str, table: str) -> bool:
        """Return whether a change of a kind in a table belongs to the topic. New words never do."""
        wanted = CORRECTIONS if self.corrections else CORRECTIONS | {"added"}
        return kind in wanted and (not self.tables or table in self.tables)


TOPICS: Final[Mapping[str, Topic]] = {
    topic.name: topic
    for topic in (
        Topic("all", lazy_gettext("New figures and corrections")),
        Topic("displacement", lazy_gettext("Displaced people: new figures"), frozenset({"displacement"})),
        Topic("casualties", lazy_gettext("Killed and injured: new figures"), frozenset({"impact"})),
        Topic("donations", lazy_gettext("Donations: new figures"), frozenset({"donations"})),
        Topic("events", lazy_gettext("Events: new entries"), frozenset({"events"})),
        Topic("corrections", lazy_gettext("Corrections and withdrawals"), corrections=True),
    )
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: a permanent id, when it was published, a sentence, and the address that shows it."""

    entry_id: str
    at: datetime
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed in a language: its own address, the page it belongs to, its entries, newest first."""

    title: str
    lang: str
    address: str
    home: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        """The time of its newest entry."""
        return max((entry.at for entry in self.entries), default=EPOCH)


def list_entries(
    _: Translator,
    announcements: Iterable[Announcement],
    topic: Topic,
    titles: Mapping[str, str],
    addresses: Mapping[str, str],
    home: str,
) -> tuple[Entry, ...]:
    """Return the newest changes of a topic as entries.

    ``titles`` name tables and columns; ``addresses`` are those of rows that have a page, by their key;
    the others lead to ``home``.
    """

    def entries() -> Iterator[Entry]:
        for announcement in announcements:
            for change in announcement.changes:
                if topic.follows(change.kind, change.table):
                    yield Entry(
                        entry_id=f"urn:samaki:{announcement.release}:{change.table}:{change.key}",
                        at=announcement.at,
                        text=describe_change(_, change, titles),
                        address=addresses.get(change.key, home),
                    )

    newest = sorted(entries(), key=lambda entry: entry.at, reverse=True)
    return tuple(newest[:LONGEST])


def write_atom(feed: Feed) -> bytes:
    """Return the feed as Atom."""
    Xml.register_namespace("", _ATOM)
    root = Xml.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": feed.lang})
    _add(root, "id", feed.address)
    _add(root, "title", feed.title)
    _add(root, "updated", _stamp(feed.updated))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.home)
    _add(_add(root, "author"), "name", "Samaki")
    for entry in feed.entries:
        item = _add(root, "entry")
        _add(item, "id", entry.entry_id)
        _add(item, "title", entry.text)
        _add(item, "updated", _stamp(entry.at))
        _add(item, "link", rel="alternate", href=entry.address)
        _add(item, "content", entry.text, type="text")
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _add(parent: Xml.Element, name: str, text: str | None = None, **attributes: str) -> Xml.Element:
    child = Xml.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    child.text = text
    return child


def write_json_feed(feed: Feed) -> bytes:
    """Return the feed as a JSON feed."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "language": feed.lang,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "items": [
            {
                "id": entry.entry_id,
                "url": entry.address,
                "title": entry.text,
                "content_text": entry.text,
                "date_published": _stamp(entry.at),
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
