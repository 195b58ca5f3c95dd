"""Organisations: who they are, what they gave, carried or did, by the rows that name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from utils.analysis import donations, events, observations
from utils.analysis.donations import Gift
from utils.analysis.events import Gathering
from utils.analysis.model import SourceRef
from utils.releases import Release, per_release

ARTICLE: Final = "cambodge-mag-2025-07-solidarity"
"""The source that the record started from; organisations that stand on it alone are known by it alone."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An association, agency, pagoda, company or institution of the record.

    ``website`` is ``""`` where none is known. ``gave`` and ``received`` are rows of donations,
    ``delivered`` ids of aid deliveries, ``acted`` events: all those that name the organisation.
    """

    org_id: str
    name: str
    name_local: str
    kind: str
    city: str
    country: str
    lat: float | None
    lon: float | None
    website: str
    roles: tuple[str, ...]
    gave: tuple[Gift, ...]
    received: tuple[Gift, ...]
    delivered: tuple[str, ...]
    acted: tuple[Gathering, ...]
    source: SourceRef
    note: str

    @property
    def sources(self) -> tuple[SourceRef, ...]:
        """Return every source that names the organisation, each once."""
        named = [self.source, *(gift.source for gift in (*self.gave, *self.received))]
        named += [event.source for event in self.acted]
        return tuple({item.source_id: item for item in named}.values())

    @property
    def only_article(self) -> bool:
        """Return whether nothing but the article names it."""
        return {source.source_id for source in self.sources} == {ARTICLE}

    @property
    def has_traces(self) -> bool:
        """Return whether a gift, delivery or event of it was found."""
        return bool(self.gave or self.received or self.delivered or self.acted)


@per_release
def organisations(release: Release) -> tuple[Organisation, ...]:
    """Return every organisation by name."""
    known = observations.sources(release)
    roles = _roles(release)
    deliveries = observations.rows(release, "aid_deliveries")
    found = [
        _organisation(release, row, known, roles.get(row["org_id"], ()), deliveries)
        for row in observations.rows(release, "organisations")
    ]
    return tuple(sorted(found, key=lambda organisation: organisation.name.casefold()))


def _roles(release: Release) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in observations.rows(release, "organisation_roles"):
        found.setdefault(row["org_id"], []).append(row["role"])
    return {org: tuple(roles) for org, roles in found.items()}


def _organisation(
    release: Release,
    row: Mapping[str, Any],
    known: Mapping[str, SourceRef],
    roles: tuple[str, ...],
    deliveries: list[dict[str, Any]],
) -> Organisation:
    named = pattern(row["name"], row["name_local"])
    gifts = donations.gifts(release, "USD")
    return Organisation(
        org_id=row["org_id"],
        name=row["name"],
        name_local=row["name_local"],
        kind=row["kind"],
        city=row["city"],
        country=row["country"],
        lat=row["lat"],
        lon=row["lon"],
        website=row["website"] if row["website"].startswith("https://") else "",
        roles=roles,
        gave=tuple(gift for gift in gifts if named.search(gift.donor)),
        received=tuple(gift for gift in gifts if named.search(gift.recipient)),
        delivered=tuple(delivery["delivery_id"] for delivery in deliveries if named.search(delivery["org"])),
        acted=tuple(
            event
            for event in events.gatherings(release)
            if named.search(event.title) and event.event_id != "seed"
        ),
        source=known[row["source_id"]],
        note=row["note"],
    )


def pattern(*names: str) -> re.Pattern[str]:
    """Return what finds an organisation in free text: its whole name, upper and lower case as written.

    A name of one common word (AVEC, SHARE) is found as that word in capitals only.
    """
    spelt = [re.escape(name) for name in names if name.strip()]
    return re.compile(r"(?<!\w)(?:" + "|".join(spelt) + r")(?!\w)") if spelt else re.compile(r"(?!)")


def matching(
    release: Release, *, kind: str = "all", role: str = "all", country: str = "all", text: str = ""
) -> tuple[Organisation, ...]:
    """Return the organisations that pass the filters, by name."""
    wanted = text.casefold()
    return tuple(
        organisation
        for organisation in organisations(release)
        if kind in ("all", organisation.kind)
        and (role == "all" or role in organisation.roles)
        and country in ("all", organisation.country)
        and (
            not wanted
            or wanted
            in " ".join(
                (organisation.name, organisation.name_local, organisation.city, organisation.note)
            ).casefold()
        )
    )


def choices(release: Release, column: str) -> tuple[str, ...]:
    """Return the values a filter offers: ``kind``, ``country`` or ``roles``."""
    found: set[str] = set()
    for organisation in organisations(release):
        value = getattr(organisation, column)
        found |= set(value) if isinstance(value, tuple) else {value}
    return tuple(sorted(value for value in found if value))
