"""The words of a page as a reader sees them, each with the language that the page says it is in.

``python -m tests.words LANGUAGE…`` opens each page in each language and writes all words as JSON: in a
process of its own, since one process runs one app.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from utils.product.sitemap import PATHS
from utils.server.streamlit_internals import use_navigation_only, visit_page

ROOT: Final = Path(__file__).parents[1]

_VOID: Final = frozenset({"br", "hr", "img", "col", "base", "input", "link", "meta", "wbr"})
_UNSEEN: Final = frozenset({"style", "script", "code", "svg"})
_IN_CHARTS: Final = frozenset({"text", "ticktext", "name", "hovertemplate", "hovertext"})
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


@dataclass(frozen=True, slots=True)
class Word:
    """Words on a page and their language; labels and charts cannot say that of a part of theirs."""

    page: str
    text: str
    lang: str
    is_html: bool


def of_message(message: ForwardMsg, page: str, lang: str) -> Iterator[Word]:
    """Yield the words of one message to the browser: HTML, labels, options, charts."""
    carried = message.WhichOneof("type")
    if carried == "navigation":
        for name in (*(one.page_name for one in message.navigation.app_pages), *message.navigation.sections):
            yield Word(page, name, lang, is_html=False)
    if carried != "delta" or not message.delta.HasField("new_element"):
        return
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    if kind == "html":
        yield from (Word(page, text, said, is_html=True) for text, said in of_html(element.html.body, lang))
    elif kind == "plotly_chart":
        yield from (Word(page, text, lang, is_html=False) for text in _of_chart(element.plotly_chart.spec))
    elif kind is not None:
        held = getattr(element, kind)
        for name in ("label", "help", "placeholder"):
            yield Word(page, str(getattr(held, name, "") or ""), lang, is_html=False)
        for option in getattr(held, "options", ()):
            yield Word(page, str(option), lang, is_html=False)


def _of_chart(spec: str) -> Iterator[str]:
    """Yield the words that a chart writes; they may hold marks of HTML."""
    waiting: list[tuple[str, Any]] = [("", json.loads(spec))]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.items()
        elif isinstance(value, list):
            waiting += ((key, one) for one in value)
        elif isinstance(value, str) and key in _IN_CHARTS:
            yield from (text for text, _lang in of_html(value, ""))


async def _look(languages: Sequence[str]) -> list[Word]:
    use_navigation_only()
    app = st.App(ROOT / "dashboard.py")
    found: list[Word] = []
    async with app.lifespan()(app):
        for page in PATHS:
            for lang in languages:
                shown = await visit_page(page, lang)
                if not shown.done:
                    raise RuntimeError(f"page {page or 'overview'} in {lang} did not end")
                found += (word for message in shown.messages for word in of_message(message, page, lang))
    return found


if __name__ == "__main__":
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    json.dump([asdict(word) for word in asyncio.run(_look(sys.argv[1:]))], out, ensure_ascii=False)
    out.flush()
    os._exit(0)
