"""The words of a page as a reader sees them, each with the language that the page says it is in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_VOID: Final = frozenset({"br", "hr", "img", "col", "base", "input", "link", "meta", "wbr"})
_UNSEEN: Final = frozenset({"style", "script", "code", "svg"})
_READ_OUT: Final = ("aria-label", "alt", "title", "placeholder")


class _Reader(HTMLParser):
    """Collects ``(words, language)``; an element without ``lang`` has that of what holds it."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._held = [("", lang)]
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        lang = said.get("lang") or self._held[-1][1]
        self.found += [(said[name] or "", lang) for name in _READ_OUT if name in said]
        if tag not in _VOID:
            self._held.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while len(self._held) > 1 and self._held.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(tag in _UNSEEN for tag, _lang in self._held):
            self.found.append((data.strip(), self._held[-1][1]))


def of_html(body: str, lang: str) -> list[tuple[str, str]]:
    """Return the words of a piece of HTML that stands on a page in ``lang``."""
    reader = _Reader(lang)
    reader.feed(body)
    reader.close()
    return reader.found


def of_message(message: ForwardMsg, lang: str) -> Iterator[tuple[str, str]]:
    """Yield the words of one message to the browser: HTML, labels, options, charts."""
    if message.WhichOneof("type") == "navigation":
        yield from ((page.page_name, lang) for page in message.navigation.app_pages)
        yield from ((section, lang) for section in message.navigation.sections)
    if message.WhichOneof("type") != "delta":
        return
    delta = message.delta
    if delta.HasField("add_block"):
        yield from ((text, lang) for text in (delta.add_block.expandable.label, delta.add_block.tab.label))
        return
    element = delta.new_element
    kind = element.WhichOneof("type")
    if kind == "html":
        yield from of_html(element.html.body, lang)
    elif kind == "plotly_chart":
        yield from _of_chart(json.loads(element.plotly_chart.spec), lang)
    elif kind is not None:
        held = getattr(element, kind)
        for name in ("label", "help", "placeholder", "body"):
            yield str(getattr(held, name, "") or ""), lang
        yield from ((str(option), lang) for option in getattr(held, "options", ()))


def _of_chart(value: Any, lang: str, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield the words that a chart writes; they may hold marks of HTML."""
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from _of_chart(inside, lang, name)
    elif isinstance(value, list):
        for inside in value:
            yield from _of_chart(inside, lang, key)
    elif isinstance(value, str) and key in {"text", "ticktext", "name", "hovertemplate", "hovertext"}:
        yield from of_html(value, lang)
