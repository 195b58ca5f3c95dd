"""Organisations: who they are, what they gave, carried or did, by the rows that name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from utils.analysis import donations, events, observations, relief
from utils.analysis.donations import Gift
from utils.analysis.events import Event
from utils.analysis.model import SourceRef
from utils.analysis.relief import Delivery
from utils.releases import Release, per_release
from utils.text.locale import Message, lazy_gettext

ARTICLE: Final = "cambodge-mag-2025-07-solidarity"
"""The source that the record started from; organisations that stand on it alone are known by it alone."""


State = Literal["delivered", "gave", "received", "promised"]
STATES: Final[Mapping[State, Message]] = {
    "delivered": lazy_gettext("delivered goods"),
    "gave": lazy_gettext("gave"),
    "received": lazy_gettext("received gifts"),
    "promised": lazy_gettext("promised, not yet reported as given"),
}
"""What the record says of an organisation, in words."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An association, agency, pagoda, company or institution of the record.

    ``website`` is ``""`` where none is known. ``gave``, ``promised`` and ``received`` are rows of donations,
    ``delivered`` and ``planned`` ids of aid deliveries, ``acted`` events: all those that name the
    organisation. What is promised only, by its status, is never among what it gave or received.
    """

    org_id: str
    name: str
    name_local: str
    kind: str
    city: str
    country: str
    website: str
    roles: tuple[str, ...]
    gave: tuple[Gift, ...]
    promised: tuple[Gift, ...]
    received: tuple[Gift, ...]
    delivered: tuple[str, ...]
    planned: tuple[str, ...]
    acted: tuple[Event, ...]
    source: SourceRef
    note: str

    @property
    def sources(self) -> tuple[SourceRef, ...]:
        """Return every source that names the organisation, each once."""
        gifts = (*self.gave, *self.promised, *self.received)
        named = [self.source, *(gift.source for gift in gifts)]
        named += [event.source for event in self.acted]
        return tuple({source.source_id: source for source in named}.values())

    @property
    def only_article(self) -> bool:
        """Return whether nothing but the article names it."""
        return {source.source_id for source in self.sources} == {ARTICLE}

    @property
    def has_traces(self) -> bool:
        """Return whether a gift, delivery, promise or event of it was found."""
        return bool(self.states or self.acted)

    @property
    def states(self) -> tuple[State, ...]:
        """Return what it is known to have done with gifts and goods, the surest first."""
        found: dict[State, bool] = {
            "delivered": bool(self.delivered),
            "gave": bool(self.gave),
            "received": bool(self.received),
            "promised": bool(self.promised or self.planned),
        }
        return tuple(state for state, known in found.items() if known)


@per_release
def list_organisations(release: Release) -> tuple[Organisation, ...]:
    """Return every organisation by name."""
    roles = observations.group_column(release, "organisation_roles", "org_id", "role")
    deliveries = sorted(relief.list_deliveries(release), key=lambda delivery: delivery.delivery_id)
    listed = [
        _organisation(release, row, roles.get(row["org_id"], ()), deliveries)
        for row in observations.load_rows(release, "organisations")
    ]
    return tuple(sorted(listed, key=lambda organisation: organisation.name.casefold()))


def _organisation(
    release: Release,
    row: Mapping[str, Any],
    roles: tuple[str, ...],
    deliveries: Iterable[Delivery],
) -> Organisation:
    named = compile_name_pattern(row["name"], row["name_local"])
    gifts = donations.list_gifts(release, "USD")
    donor = [gift for gift in gifts if named.search(gift.donor)]
    carried = [
        delivery
        for delivery in deliveries
        if named.search(delivery.org) or row["name"] in relief.list_carriers(release, delivery)
    ]
    return observations.build_from_row(
        Organisation,
        row,
        website=row["website"] if row["website"].startswith("https://") else "",
        roles=roles,
        gave=tuple(gift for gift in donor if not gift.promised),
        promised=tuple(gift for gift in donor if gift.promised),
        received=tuple(gift for gift in gifts if named.search(gift.recipient) and not gift.promised),
        delivered=tuple(row.delivery_id for row in carried if row.status == "reported"),
        planned=tuple(row.delivery_id for row in carried if row.status in ("pledged", "target")),
        acted=tuple(
            event
            for event in events.list_events(release)
            if named.search(event.title) and event.event_id != "seed"
        ),
        source=observations.load_sources(release)[row["source_id"]],
    )


def compile_name_pattern(*names: str) -> re.Pattern[str]:
    """Return what finds an organisation in free text: its whole name, upper and lower case as written.

    A name of one common word (AVEC, SHARE) is found as that word in capitals only.
    """
    spelt = [re.escape(name) for name in names if name.strip()]
    return re.compile(r"(?<!\w)(?:" + "|".join(spelt) + r")(?!\w)") if spelt else re.compile(r"(?!)")


def filter_organisations(
    release: Release, *, kind: str = "all", role: str = "all", country: str = "all", text: str = ""
) -> tuple[Organisation, ...]:
    """Return the organisations that pass the filters, by name."""
    return tuple(
        organisation
        for organisation in list_organisations(release)
        if kind in ("all", organisation.kind)
        and (role == "all" or role in organisation.roles)
        and country in ("all", organisation.country)
        and observations.holds_text(
            text, organisation.name, organisation.name_local, organisation.city, organisation.note
        )
    )


def list_choices(release: Release, column: str) -> tuple[str, ...]:
    """Return the values a filter offers: ``kind``, ``country`` or ``roles``."""
    values: set[str] = set()
    for organisation in list_organisations(release):
        value = getattr(organisation, column)
        values |= set(value) if isinstance(value, tuple) else {value}
    return tuple(sorted(value for value in values if value))
