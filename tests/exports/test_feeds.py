"""Feeds hold the changes of their topic, newest first, each with a permanent id and an address."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as Xml

from utils.analysis.changelog import Announcement
from utils.exports.feeds import EPOCH, LONGEST, TOPICS, Feed, list_entries, write_atom, write_json_feed
from utils.releases.changes import Change, Kind
from utils.text.locale import translator

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


def announcement(days_ago: int, *changes: Change) -> Announcement:
    at = NOON - timedelta(days=days_ago)
    return Announcement(at, "publish", f"release-{days_ago}", "before", "", "", changes)


def change(kind: Kind, table: str, key: str) -> Change:
    about = {"indicator_name": "Displaced people", "value": 12, "unit": "people"}
    cells = {"value": (10, 12)} if kind == "corrected" else {}
    return Change(kind, table, key, cells=cells, about=about)


HISTORY = (
    announcement(1, change("added", "displacement", "dsp-2"), change("reworded", "displacement", "dsp-1")),
    announcement(3, change("corrected", "displacement", "dsp-1"), change("added", "donations", "don-1")),
    announcement(9, change("withdrawn", "events", "ev-1")),
)


def keys(topic: str) -> list[str]:
    found = list_entries(translator("en"), HISTORY, TOPICS[topic], {}, {}, "https://here.example/")
    return [entry.entry_id.rpartition(":")[2] for entry in found]


def test_each_topic_follows_its_tables_and_new_words_are_no_news() -> None:
    assert keys("all") == ["dsp-2", "dsp-1", "don-1", "ev-1"]
    assert keys("displacement") == ["dsp-2", "dsp-1"]
    assert keys("donations") == ["don-1"]
    assert keys("corrections") == ["dsp-1", "ev-1"]
    assert keys("casualties") == []


def test_a_feed_says_the_same_as_atom_and_as_json() -> None:
    home = "https://here.example/sources?lang=en"
    addresses = {"dsp-1": "https://here.example/figure?figure=dsp-1&lang=en"}
    entries = list_entries(translator("en"), HISTORY, TOPICS["all"], {}, addresses, home)
    feed = Feed("Samaki <b>", "en", "https://here.example/feeds/all.atom?lang=en", home, entries)
    root = Xml.fromstring(write_atom(feed))
    assert root.findtext(f"{ATOM}title") == "Samaki <b>"
    assert root.findtext(f"{ATOM}updated") == "2026-11-29T12:00:00Z"
    items = root.findall(f"{ATOM}entry")
    links = [link.get("href") for item in items if (link := item.find(f"{ATOM}link")) is not None]
    document = json.loads(write_json_feed(feed))
    assert links == [item["url"] for item in document["items"]]
    assert links == [home, addresses["dsp-1"], home, home]
    assert [item.findtext(f"{ATOM}id") for item in items] == [item["id"] for item in document["items"]]
    assert "12" in document["items"][0]["title"]


def test_a_feed_without_news_is_a_feed() -> None:
    feed = Feed("Samaki", "km", "https://here.example/feeds/all.atom", "https://here.example/", ())
    assert feed.updated == EPOCH
    assert Xml.fromstring(write_atom(feed)).findall(f"{ATOM}entry") == []


def test_a_feed_ends_after_its_newest_hundred() -> None:
    changes = tuple(change("added", "displacement", f"dsp-{number}") for number in range(LONGEST + 5))
    history = (announcement(1, *changes),)
    entries = list_entries(translator("en"), history, TOPICS["all"], {}, {}, "https://here.example/")
    assert len(entries) == LONGEST
