"""A panel survives an error: it says in place what is missing, and the rest of the page stays."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from utils.html import el
from utils.locale import Translator
from utils.store import TableUnavailable

log = logging.getLogger(__name__)


@contextmanager
def panel(_: Translator, title: str = "") -> Iterator[None]:
    """Draw a part of a page; an error inside becomes a notice in its place.

    A missing or damaged table is named. Any other error gets a reference that is also in the log;
    its text stays in the log, since it could quote data.
    """
    try:
        yield
    except TableUnavailable as missing:
        log.warning("panel %r: %s", title, missing)
        notice(
            _("Not available: {what}", what=title) if title else _("Not available"),
            _("The table “{table}” is missing or damaged in this release.", table=missing.table),
            kind="error",
        )
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("panel %r failed, reference %s", title, reference)
        notice(
            _("Not available: {what}", what=title) if title else _("Not available"),
            _("This part could not be drawn. Reference: {reference}", reference=reference),
            kind="error",
        )


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
