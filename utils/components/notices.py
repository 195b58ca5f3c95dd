"""Notices in the place of what is not shown, and of what was not found."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from utils.components.addresses import language_address
from utils.releases import TableUnavailable, TableWithdrawn
from utils.settings.clock import PHNOM_PENH
from utils.text.html import Markup, el, link
from utils.text.locale import Translator

ADD_PARAMETER: Final = "add"
"""The parameter of the page of information that names the table to add a row to."""


def notice(title: str, body: str = "", *, kind: str = "note") -> Markup:
    """Return a quiet notice; ``kind`` is ``note``, ``warning`` or ``error``."""
    return el(
        "div",
        el("strong", title),
        el("span", body) if body else None,
        class_=f"sk-notice sk-notice-{kind}",
        role="status" if kind == "note" else "alert",
    )


def none_found(_: Translator, table: str, *, word: str = "") -> Markup:
    """Return "none found · add yours": an empty field is never read as zero."""
    return el(
        "p",
        el("span", word or _("none found"), class_="sk-absent-word"),
        " · ",
        link(_("add yours"), language_address(_.lang, "information", {ADD_PARAMETER: table})),
    )


def unavailable(_: Translator, what: str, missing: TableUnavailable) -> tuple[str, str]:
    """Return title and text that say why something is not shown: damaged, or withdrawn since and why."""
    if isinstance(missing, TableWithdrawn):
        title = _("Withdrawn by the curator: {what}", what=what) if what else _("Withdrawn by the curator")
        return title, withdrawn(_, missing.since, missing.reason)
    title = _("Not available: {what}", what=what) if what else _("Not available")
    return title, _("The table “{table}” is missing or damaged in this release.", table=missing.table)


def withdrawn(_: Translator, since: str, reason: str) -> str:
    """Return since when (UTC, ISO 8601) something is withdrawn, and why; both are empty when unknown."""
    if not since:
        return _("The list of what the curator withdrew cannot be read. Until it can, this is not shown.")
    day = datetime.fromisoformat(since).astimezone(PHNOM_PENH).date()
    if not reason:
        return _("Since {day}. No reason was given.", day=day)
    return _("Since {day}. Reason: {reason}", day=day, reason=reason)


def withdrawn_sites(_: Translator, count: int) -> str:
    """Return how many sites the curator withdrew from the list."""
    return _.ngettext(
        "{count} site is withdrawn by the curator and not listed.",
        "{count} sites are withdrawn by the curator and not listed.",
        count,
    )


def kind_of(missing: TableUnavailable) -> str:
    """Return the kind of notice: withdrawing something is a decision, not an error."""
    return "warning" if isinstance(missing, TableWithdrawn) else "error"
