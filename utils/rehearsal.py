"""Visits every page once before the first visitor does, so that nobody waits for first-time work."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.session_manager import ClientContext, SessionClient

if TYPE_CHECKING:
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST_SECONDS: Final = 20.0
"""A page that takes longer is left alone; the server starts anyway."""
log = logging.getLogger(__name__)


class _Spectator(SessionClient):
    """A visitor who keeps nothing and only notes that the page is done."""

    def __init__(self) -> None:
        self.done = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        if msg.WhichOneof("type") == "script_finished":
            self.done.set()

    @property
    def client_context(self) -> ClientContext | None:
        return None


async def rehearse(pages: Sequence[str], languages: Sequence[str]) -> None:
    """Run each page once in each language, one after the other. A page that fails is logged.

    Call it on the event loop of a running Streamlit runtime.
    """
    runtime = get_instance()
    for page in pages:
        for language in languages:
            try:
                await asyncio.wait_for(_visit(runtime, page, language), LONGEST_SECONDS)
            except TimeoutError:
                log.warning("page %r was not done in %s seconds", page or "/", LONGEST_SECONDS)


async def _visit(runtime: Runtime, page: str, language: str) -> None:
    spectator = _Spectator()
    session = runtime.connect_session(spectator, {})
    try:
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = f"lang={language}"
        runtime.handle_backmsg(session, message)
        await spectator.done.wait()
    finally:
        runtime.close_session(session)
