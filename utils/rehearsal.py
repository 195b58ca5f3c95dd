"""Visits pages without a browser: before the first visitor, so that nobody waits for first-time work."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.session_manager import ClientContext, SessionClient

if TYPE_CHECKING:
    from streamlit.runtime.memory_media_file_storage import MemoryFile

LONGEST_SECONDS: Final = 20.0
"""A page that takes longer is left alone; the server starts anyway."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """What one visitor of a page was sent.

    ``done`` is false where the page did not end in time, or a file it offers could not be made.
    """

    page: str
    language: str
    messages: tuple[ForwardMsg, ...]
    files: tuple[bytes, ...]
    done: bool


class _Spectator(SessionClient):
    """A visitor who notes that the page is done, and keeps what is sent when asked to."""

    def __init__(self, *, keeps: bool) -> None:
        self.done = asyncio.Event()
        self.keeps = keeps
        self.messages: list[ForwardMsg] = []

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        if self.keeps:
            self.messages.append(msg)
        ended = msg.WhichOneof("type") == "script_finished"
        if ended and msg.script_finished != msg.FINISHED_EARLY_FOR_RERUN:
            self.done.set()

    @property
    def client_context(self) -> ClientContext | None:
        return None


async def rehearse(pages: Sequence[str], languages: Sequence[str]) -> None:
    """Run each page once in each language, one after the other. A page that fails is logged.

    Call it on the event loop of a running Streamlit runtime.
    """
    for page in pages:
        for language in languages:
            shown = await visit(page, language, keeps=False)
            if not shown.done:
                log.warning("page %r was not done in %s seconds", page or "/", LONGEST_SECONDS)


async def visit(page: str, language: str, *, keeps: bool = True) -> Shown:
    """Run a page once; return what was sent and every file it offers, where ``keeps`` is true.

    Call it on the event loop of a running Streamlit runtime.
    """
    runtime = get_instance()
    spectator = _Spectator(keeps=keeps)
    session = runtime.connect_session(spectator, {})
    try:
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = f"lang={language}"
        runtime.handle_backmsg(session, message)
        await asyncio.wait_for(spectator.done.wait(), LONGEST_SECONDS)
        files = tuple(content for sent in spectator.messages for content in _offered(runtime, sent))
        return Shown(page, language, tuple(spectator.messages), files, done=True)
    except (TimeoutError, MediaFileStorageError):
        return Shown(page, language, tuple(spectator.messages), (), done=False)
    finally:
        runtime.close_session(session)


def _offered(runtime: Runtime, sent: ForwardMsg) -> list[bytes]:
    """Return the files that a message offers for download."""
    element = sent.delta.new_element
    if sent.WhichOneof("type") != "delta" or element.WhichOneof("type") != "download_button":
        return []
    button = element.download_button
    manager = runtime.media_file_mgr
    address = manager.execute_deferred(button.deferred_file_id) if button.deferred_file_id else button.url
    file: MemoryFile | None = manager.read_file(address.rsplit("/", 1)[-1])
    return [file.content] if file else []
