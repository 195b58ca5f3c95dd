"""What the page of verified information shows: checked claims, channels, contacts."""

from __future__ import annotations

from typing import Final

from utils.analysis import information
from utils.components import information as lists
from utils.draw_context import DrawContext
from utils.exports.dataset import Dataset, read_table_rows
from utils.text.locale import lazy_gettext
from utils.views.filters import coded_choice, free_text
from utils.views.model import View


def list_claims(context: DrawContext, **filters: str) -> Dataset:
    """Return the claims of the page of verified information that pass its filters."""
    return read_table_rows(
        context.release,
        "verified_information",
        key="observation_id",
        only=[claim.item_id for claim in information.filter_claims(context.release, **filters)],
    )


def list_channels(context: DrawContext) -> Dataset:
    """Return the channels, independent ones first."""
    return read_table_rows(
        context.release,
        "verified_information",
        key="observation_id",
        only=[item.item_id for item in information.list_channels(context.release)],
    )


_CLAIMS: Final = (
    coded_choice(
        "kind",
        lazy_gettext("Kind"),
        lazy_gettext("All"),
        lambda _release: ("debunk", "contested"),
        column="record_type",
        widget="buttons",
    ),
    free_text(lazy_gettext("Search claims"), lazy_gettext("Claim, checker or platform")),
)

CLAIMS: Final = View(
    "claims", "information", lists.list_claims, list_claims, _CLAIMS, lazy_gettext("Claims checked")
)
CHANNELS: Final = View(
    "channels", "information", lists.channels, list_channels, title=lazy_gettext("Channels")
)
CONTACTS: Final = View(
    "contacts",
    "information",
    lists.contacts,
    "emergency_contacts",
    title=lazy_gettext("Contacts of institutions"),
)
