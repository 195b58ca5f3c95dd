"""The title of an event that is the account of one side names whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from utils.curation.checks.known import Known
from utils.curation.checks.violation import Flaw
from utils.curation.contract import Table
from utils.curation.problems import Row

_ACCOUNT: Final = re.compile(
    r"\b(?:Thai|Cambodian)(?:-side)? account\b|\bone side['’]s account\b", re.IGNORECASE
)
_SAYS: Final = re.compile(
    r"\b(?:say|says|said|claim|claims|report|reports|reported|accuses?|according to)\b", re.IGNORECASE
)


def is_events(table: Table) -> bool:
    """Return whether a table holds titled events with notes."""
    return table.subject == "events" and {"title", "note"} <= {field.name for field in table.fields}


def account_in_title(table: Table, row: Row, known: Known) -> Iterator[Flaw]:
    """A title whose note calls it the account of one side names who says so."""
    title, note = row["title"], row["note"]
    if isinstance(title, str) and isinstance(note, str) and _ACCOUNT.search(note) and not _SAYS.search(title):
        wanted = (
            "a title that says whose account it is, such as “Thailand says that …”: its note calls it one"
        )
        yield Flaw("title", title, wanted, "one-side")
