"""A visitor without a browser: speaks Streamlit's protocol over a web socket.

It opens pages, changes filters and changes pages, and measures each from the message it sends to
the server's word that the run is finished.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Filter:
    """A choice on the page; ``fragment`` is the part of the page that it redraws, or empty."""

    widget_id: str
    kind: str
    options: tuple[str, ...]
    fragment: str


@dataclass(frozen=True)
class Answer:
    """One finished run: how long it took, in seconds, the bytes of its messages, unpacked, and its HTML."""

    seconds: float
    size: int
    errors: int
    html: str = ""


@dataclass
class Visitor:
    """One open session."""

    socket: ClientConnection
    page: str = ""
    query: str = ""
    filters: dict[str, Filter] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    _states: dict[str, WidgetState] = field(default_factory=dict)
    _known: dict[str, None] = field(default_factory=dict)
    _turn: int = 0
    _timed: str = ""

    @classmethod
    async def enter(cls, port: int, page: str = "", query: str = "lang=en") -> Self:
        """Connect without running anything yet."""
        socket = await connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]  # a plain str will do
            subprotocols=["streamlit"],  # type: ignore[list-item]  # a plain str will do
            max_size=None,
            open_timeout=_PATIENCE_SECONDS,
        )
        return cls(socket=socket, page=page, query=query)

    async def leave(self) -> None:
        """Close the connection."""
        await self.socket.close()

    async def open(self) -> Answer:
        """Run the page as a browser does when it opens it."""
        message = self._message()
        message.rerun_script.page_name = self.page
        return await self._ask(message)

    async def rerun(self) -> Answer:
        """Run the whole page again."""
        message = self._message()
        message.rerun_script.page_script_hash = self.pages.get(self.page, "")
        return await self._ask(message)

    async def go(self, page: str) -> Answer:
        """Change to another page of the app, by its address."""
        self.page = page
        self.filters.clear()
        self._states.clear()
        return await self.rerun()

    async def change(self, chosen: Filter) -> Answer:
        """Give a filter its next value; only its fragment runs again if it has one.

        A filter that was drawn again has the fragment of that drawing; one that was drawn no more runs
        the whole page, since the server answers nothing for a fragment that it has forgotten.
        """
        self._turn += 1
        value = chosen.options[self._turn % len(chosen.options)]
        state = WidgetState(id=chosen.widget_id)
        if chosen.kind == "slider":
            state.string_array_value.data.append(value)
        else:
            state.string_value = value
        self._states[chosen.widget_id] = state
        message = self._message()
        message.rerun_script.page_script_hash = self.pages.get(self.page, "")
        drawn = self.filters.get(chosen.widget_id)
        fragment = drawn.fragment if drawn else ""
        message.rerun_script.fragment_id = fragment
        self._forget(fragment)
        return await self._ask(message)

    def _forget(self, fragment: str) -> None:
        """Forget the filters that will be drawn again, or not: those of a fragment, or all."""
        self.filters = {
            name: one for name, one in self.filters.items() if fragment and one.fragment != fragment
        }

    async def tick(self) -> Answer:
        """Run the part of the page that its browser runs again from time to time, and what follows."""
        message = self._message()
        message.rerun_script.page_script_hash = self.pages.get(self.page, "")
        message.rerun_script.fragment_id = self._timed
        message.rerun_script.is_auto_rerun = True
        return await self._ask(message)

    def _message(self) -> BackMsg:
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.widget_states.widgets.extend(self._states.values())
        message.rerun_script.cached_message_hashes.extend(self._known)
        context = message.rerun_script.context_info
        context.timezone, context.locale, context.color_scheme = "UTC", "en", "light"
        return message

    async def _ask(self, message: BackMsg) -> Answer:
        began = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        size = errors = 0
        html: list[str] = []
        while True:
            frame = await asyncio.wait_for(self.socket.recv(decode=False), _PATIENCE_SECONDS)
            size += len(frame)
            received = ForwardMsg.FromString(bytes(frame))
            if received.metadata.cacheable and received.hash:
                self._known[received.hash] = None
            kind = received.WhichOneof("type")
            errors += self._note(received, kind)
            if kind == "delta":
                html.append(received.delta.new_element.html.body)
            if kind == "script_finished" and received.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return Answer(time.perf_counter() - began, size, errors, "".join(html))

    def _note(self, received: ForwardMsg, kind: str | None) -> int:
        if kind == "navigation":
            for page in received.navigation.app_pages:
                name = "" if page.is_default else page.url_pathname
                self.pages[name] = page.page_script_hash
        elif kind == "auto_rerun":
            self._timed = received.auto_rerun.fragment_id
        elif kind == "page_info_changed":
            self.query = received.page_info_changed.query_string
        elif kind == "delta" and received.delta.WhichOneof("type") == "new_element":
            element = received.delta.new_element
            for found in _filters(received):
                self.filters[found.widget_id] = found
            return int(element.WhichOneof("type") == "exception")
        return 0


def _filters(received: ForwardMsg) -> Iterator[Filter]:
    element, fragment = received.delta.new_element, received.delta.fragment_id
    kind = element.WhichOneof("type")
    if kind in ("selectbox", "radio"):
        proto = element.selectbox if kind == "selectbox" else element.radio
        yield Filter(proto.id, kind, tuple(proto.options), fragment)
    elif kind == "slider" and element.slider.options:
        yield Filter(element.slider.id, kind, tuple(element.slider.options), fragment)
