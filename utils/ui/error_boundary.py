"""A panel survives an error: it says in place what is missing, and the rest of the page stays."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count

import streamlit as st

from utils.releases import TableUnavailable, TableWithdrawn
from utils.settings.clock import PHNOM_PENH
from utils.text.html import el
from utils.text.locale import Translator
from utils.ui.visitor import Visit, is_outdated

log = logging.getLogger(__name__)


@contextmanager
def panel(_: Translator, title: str = "") -> Iterator[None]:
    """Draw a part of a page; an error inside becomes a notice in its place.

    A missing or damaged table is named, a withdrawn one with its date and the curator's reason. Any
    other error gets a reference that is also in the log; its text stays there, since it could quote data.
    """
    try:
        yield
    except TableUnavailable as missing:
        log.warning("panel %r: %s", title, missing)
        notice(*unavailable(_, title, missing), kind=kind_of(missing))
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("panel %r failed, reference %s", title, reference)
        notice(
            _("Not available: {what}", what=title) if title else _("Not available"),
            _("This part could not be drawn. Reference: {reference}", reference=reference),
            kind="error",
        )


def redrawn(visit: Visit, title: str, draw: Callable[[], None]) -> None:
    """Draw a part of a page that its own controls draw again alone, as :func:`panel` does.

    Where the visitor would by then be shown another release, the whole page is drawn again instead:
    two releases never stand on one screen.
    """
    earlier = count()

    def part() -> None:
        if next(earlier) and is_outdated(visit):
            st.rerun()
        with panel(visit._, title):
            draw()

    st.fragment(part)()


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
    return _.n(
        "{count} site is withdrawn by the curator and not listed.",
        "{count} sites are withdrawn by the curator and not listed.",
        count,
    )


def kind_of(missing: TableUnavailable) -> str:
    """Return the kind of notice: withdrawing something is a decision, not an error."""
    return "warning" if isinstance(missing, TableWithdrawn) else "error"


def notice(title: str, body: str = "", *, kind: str = "note") -> None:
    """Print a quiet notice; ``kind`` is ``note``, ``warning`` or ``error``."""
    st.html(
        el(
            "div",
            el("strong", title),
            el("span", body) if body else None,
            class_=f"sk-notice sk-notice-{kind}",
            role="status" if kind == "note" else "alert",
        )
    )
