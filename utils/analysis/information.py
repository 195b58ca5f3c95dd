"""Verified information: checked claims, contested claims, channels; contacts of institutions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from utils.analysis import observations
from utils.analysis.model import SourceRef
from utils.releases import Release, per_release

KINDS: Final = ("debunk", "contested", "channel")


@dataclass(frozen=True, slots=True)
class Item:
    """A checked claim, a contested one, or a channel that checks. ``on`` is the day of the check."""

    item_id: str
    kind: str
    on: date | None
    said: str
    verdict: str
    checker: str
    checker_kind: str
    platform: str
    source: SourceRef
    note: str

    @property
    def by_a_party(self) -> bool:
        """Return whether the one who checked is a government: a party may speak for itself."""
        return self.checker_kind == "government"


@dataclass(frozen=True, slots=True)
class Contact:
    """An institution that can be reached; ``phone`` is the institution's own, or empty."""

    institution: str
    kind: str
    service: str
    phone: str
    url: str
    country: str
    languages: tuple[str, ...]
    source: SourceRef
    note: str


@per_release
def items(release: Release) -> tuple[Item, ...]:
    """Return every item, newest first; those without a day last."""
    known = observations.sources(release)
    found = [
        Item(
            item_id=row["observation_id"],
            kind=row["record_type"],
            on=row["date"],
            said=row["claim_or_channel"],
            verdict=row["verdict"],
            checker=row["checker"],
            checker_kind=row["checker_kind"],
            platform=row["platform"],
            source=known[row["source_id"]],
            note=row["note"],
        )
        for row in observations.rows(release, "verified_information")
    ]
    return tuple(sorted(found, key=lambda item: (item.on or date.min, item.item_id), reverse=True))


def claims(release: Release, *, kind: str = "all", text: str = "") -> tuple[Item, ...]:
    """Return checked and contested claims that pass the filters, newest first."""
    wanted = text.casefold()
    return tuple(
        item
        for item in items(release)
        if item.kind != "channel"
        and kind in ("all", item.kind)
        and (not wanted or wanted in f"{item.said} {item.checker} {item.platform} {item.note}".casefold())
    )


@per_release
def channels(release: Release) -> tuple[Item, ...]:
    """Return the channels: independent ones first, those of a party to the conflict after them."""
    found = [item for item in items(release) if item.kind == "channel"]
    return tuple(sorted(found, key=lambda item: (item.by_a_party, item.said)))


@per_release
def contacts(release: Release) -> tuple[Contact, ...]:
    """Return the contacts of institutions."""
    known = observations.sources(release)
    languages: dict[str, list[str]] = {}
    for row in observations.rows(release, "contact_languages"):
        languages.setdefault(row["observation_id"], []).append(row["language"])
    return tuple(
        Contact(
            institution=row["institution"],
            kind=row["kind"],
            service=row["service"],
            phone=row["phone"],
            url=row["url"] if row["url"].startswith("https://") else "",
            country=row["country"],
            languages=tuple(languages.get(row["observation_id"], ())),
            source=known[row["source_id"]],
            note=row["note"],
        )
        for row in observations.rows(release, "emergency_contacts")
    )
