"""Work done before the first visitor, so that nobody waits for it: imports, tables, a visit to each page."""

from __future__ import annotations

import gc
import importlib
import logging
from collections.abc import Sequence
from typing import Final

from utils.server.streamlit_internals import LONGEST_SECONDS, visit_page, without_session_warnings

STEPS: Final = (
    "plotly.graph_objects",
    "streamlit_folium",
    "utils.text.locale:warm",
    "utils.releases:warm",
    "utils.ui.map:warm",
)
"""Modules to import and functions to call before the first visitor."""
log = logging.getLogger(__name__)


def load(steps: Sequence[str] = STEPS) -> None:
    """Import the heavy libraries and call the rooms' own ``warm``; a step that fails is logged.

    The server starts all the same: a page says in place what it lacks.
    """
    with without_session_warnings():
        for step in steps:
            module, _, function = step.partition(":")
            try:
                loaded = importlib.import_module(module)
                if function:
                    getattr(loaded, function)()
            except Exception as error:
                log.warning("warm-up of %s failed: %s: %s", step, type(error).__name__, error)


async def visit_pages(pages: Sequence[str], languages: Sequence[str]) -> None:
    """Run each page once in each language, one after the other. A page that fails is logged.

    Call it on the event loop of a running Streamlit runtime.
    """
    for page in pages:
        for language in languages:
            shown = await visit_page(page, language, keeps=False)
            if not shown.done:
                log.warning("page %r was not done in %s seconds", page or "/", LONGEST_SECONDS)


def freeze_heap() -> None:
    """Set everything that is alive aside from later collections.

    Streamlit runs a full collection after each rerun; with the libraries, tables and figures in the
    heap that would be most of the cost of a rerun.
    """
    gc.collect()
    gc.freeze()
