"""Tables that people fill in: which there are, what stands in them, how a row is added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from utils.analysis import observations
from utils.releases import Release, per_release
from utils.text.locale import LANGUAGES, Message, Names, lazy_gettext, read_titles

STARTED_EMPTY: Final = (
    "adopted_needs",
    "collections",
    "shipments",
    "hosting_counts",
    "hashtags",
    "streams",
    "adopted_tasks",
)
"""Nothing public was found for these: they wait for those who know."""
TABLES: Final = (
    "events",
    "event_figures",
    "donations",
    "aid_deliveries",
    "needs",
    "appeals",
    *STARTED_EMPTY,
    "organisations",
    "organisation_roles",
    "cities",
    "event_cities",
    "advocacy_acts",
    "diplomatic_acts",
    "access_events",
    "corridors",
    "verified_information",
    "emergency_contacts",
)
"""What may be added, as a committee would look for it."""
TASKS: Final[tuple[tuple[str, Message], ...]] = (
    ("relay", lazy_gettext("Relay one verified item a day to your own channels, with its source and date.")),
    (
        "translation",
        lazy_gettext("Translate an item, a need or an appeal, and have a second person read it."),
    ),
    (
        "collection",
        lazy_gettext("Run a collection of goods or medicine at a place open to all, and count what leaves."),
    ),
    ("transport", lazy_gettext("Follow a shipment from loading to arrival, and report each stage.")),
    (
        "hosting_counts",
        lazy_gettext("Collect counts of host families by province, without names or addresses."),
    ),
    (
        "evening",
        lazy_gettext("Hold a charity evening or a livestream, and publish takings, receipt and recipient."),
    ),
    (
        "advocacy",
        lazy_gettext("Write to those who decide, and publish to whom, when, and what they answered."),
    ),
    ("press", lazy_gettext("Answer a newsroom with figures, sources and the figure that contradicts them.")),
    (
        "checking",
        lazy_gettext("Check a claim before it is relayed, and publish the verdict with who checked."),
    ),
)
"""What a committee can take on: the code of ``adopted_tasks.task``, and what it is."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table to fill in: its titles, what its ids begin with, the columns that must be filled."""

    name: str
    titles: Names
    first_id: str
    required: tuple[Names, ...]
    fields: tuple[Mapping[str, Any], ...]
    rows: tuple[Mapping[str, Any], ...]


@per_release
def table(release: Release, name: str) -> Table:
    """Return a table to fill in. Raises ``KeyError`` for one that is not of :data:`TABLES`."""
    if name not in TABLES:
        raise KeyError(name)
    resource = next(item for item in release.contract()["resources"] if item["name"] == name)
    fields = tuple(resource["schema"]["fields"])
    return Table(
        name=name,
        titles=read_titles(resource),
        first_id=fields[0]["name"],
        required=tuple(
            read_titles(field) for field in fields if field.get("constraints", {}).get("required")
        ),
        fields=fields,
        rows=tuple(observations.rows(release, name)),
    )


def _listed(names: tuple[Names, ...]) -> Names:
    """Return several names as one, in each language."""
    return Names({lang: ", ".join(name.of(lang) for name in names) for lang in LANGUAGES})


def steps(table: Table) -> tuple[Message, ...]:
    """Return how a row is added, in five lines."""
    return (
        lazy_gettext("Download the template of “{table}”: one row is one fact.", table=table.titles),
        lazy_gettext(
            "Give the row a free id, and fill what must be filled: {columns}.",
            columns=_listed(table.required),
        ),
        lazy_gettext("Add the source to “sources.csv”: without a source a row is not taken."),
        lazy_gettext(
            "Institutions only: no private name, telephone, e-mail or address, and no place where people "
            "shelter. The check refuses them and says why."
        ),
        lazy_gettext("Run “make check”, and hand the file to those who keep this copy."),
    )
