"""A panel survives an error: it says in place what is missing, and the rest of the page stays."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Concatenate, ParamSpec

import streamlit as st

from utils.components import notices
from utils.releases import TableUnavailable
from utils.text.locale import Translator
from utils.ui.visitor import Visitor, is_outdated

P = ParamSpec("P")

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
        notice(*notices.unavailable(_, title, missing), kind=notices.kind_of(missing))
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("panel %r failed, reference %s", title, reference)
        notice(
            _("Not available: {what}", what=title) if title else _("Not available"),
            _("This part could not be drawn. Reference: {reference}", reference=reference),
            kind="error",
        )


def redrawn(
    visitor: Visitor,
    title: str,
    draw: Callable[Concatenate[Visitor, P], None],
    *args: P.args,
    **kwargs: P.kwargs,
) -> None:
    """Draw ``draw(visitor, ...)``, a part of a page that its own controls draw again alone, as a panel.

    Where the visitor would by then be shown another release, the whole page is drawn again instead:
    two releases never stand on one screen.
    """
    earlier = count()

    def part() -> None:
        if next(earlier) and is_outdated(visitor):
            st.rerun()
        visitor.carry_along()
        with panel(visitor._, title):
            draw(visitor, *args, **kwargs)

    st.fragment(part)()


def notice(title: str, body: str = "", *, kind: str = "note") -> None:
    """Print a quiet notice; ``kind`` is ``note``, ``warning`` or ``error``."""
    st.html(notices.notice(title, body, kind=kind))
