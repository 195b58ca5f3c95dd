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
class VerifiedItem:
    """A checked claim, a contested one, or a channel that checks. ``on`` is the day of the check.

    The record names no claimant: ``language`` is that of the claim as it circulated (ISO 639-1),
    ``platform`` is where.
    """

    item_id: str
    kind: str
    on: date | None
    claim: str
    language: str
    verdict: str
    checker: str
    checker_kind: str
    platform: str
    source: SourceRef
    note: str

    @property
    def by_a_party(self) -> bool:
        """Return whether the checker is a government: it may be a party to what it checks."""
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
    source: SourceRef
    note: str


@per_release
def list_verified_items(release: Release) -> tuple[VerifiedItem, ...]:
    """Return every item, newest first; those without a day last."""
    sources = observations.load_sources(release)
    items = [
        observations.build_from_row(
            VerifiedItem,
            row,
            item_id=row["observation_id"],
            kind=row["record_type"],
            on=row["date"],
            claim=row["claim_or_channel"],
            language=row["claim_language"],
            source=sources[row["source_id"]],
        )
        for row in observations.load_rows(release, "verified_information")
    ]
    return tuple(sorted(items, key=lambda item: (item.on or date.min, item.item_id), reverse=True))


def filter_claims(release: Release, *, kind: str = "all", text: str = "") -> tuple[VerifiedItem, ...]:
    """Return checked and contested claims that pass the filters, newest first."""
    return tuple(
        item
        for item in list_verified_items(release)
        if item.kind != "channel"
        and kind in ("all", item.kind)
        and observations.holds_text(text, item.claim, item.checker, item.platform, item.note)
    )


@per_release
def list_channels(release: Release) -> tuple[VerifiedItem, ...]:
    """Return the channels: independent ones first, those of a party to the conflict after them."""
    channels = [item for item in list_verified_items(release) if item.kind == "channel"]
    return tuple(sorted(channels, key=lambda item: (item.by_a_party, item.claim)))


@per_release
def list_contacts(release: Release) -> tuple[Contact, ...]:
    """Return the contacts of institutions."""
    sources = observations.load_sources(release)
    return tuple(
        observations.build_from_row(
            Contact,
            row,
            url=row["url"] if row["url"].startswith("https://") else "",
            source=sources[row["source_id"]],
        )
        for row in observations.load_rows(release, "emergency_contacts")
    )
