"""Small pieces of HTML that cards, tables and lists share: sources, badges, two lines of one cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from babel import Locale

from utils.analysis.model import SourceRef
from utils.text.html import Child, Markup, el, join, link
from utils.text.locale import Translator, formats

_ENGLISH: Final = Locale("en")
SHORT_LIST: Final = 3
"""How many things a cell or card names before it counts the others."""


def title_language(source: SourceRef) -> str | None:
    """Return the language that the title of a source is written in.

    A title in English words that names its language in brackets (``… (Japanese)``) is our paraphrase.
    """
    named = str(_ENGLISH.languages.get(source.language, ""))
    if named and f"({named}" in source.title:
        return "en"
    return source.language or None


def title_with_place(title: str, place: str) -> Markup:
    """Return what happened and where, in the words of the record."""
    return el("span", title, f" · {place}" if place else None, lang="en")


def link_source(source: SourceRef, label: str = "") -> Markup:
    """Return who published a source, or another label, as a link with its title in its language."""
    return link(label or source.publisher, source.url, title=source.title, lang=title_language(source))


def link_title(source: SourceRef) -> Markup:
    """Return the title of a source, in its language, as a link."""
    return el("span", link(source.title or source.publisher, source.url), lang=title_language(source))


def link_graded_source(source: SourceRef) -> Markup:
    """Return who published a source, as a link, with its grade."""
    return join([link_source(source), f" ({source.grade})"])


def published_on(_: Translator, source: SourceRef) -> str:
    """Return the day or month a source was published, empty where it is not known."""
    return formats.format_partial_date(source.published_on, _.lang) if source.published_on else ""


def link_dated_source(_: Translator, source: SourceRef) -> Markup:
    """Return who published a source, as a link, with its day and grade."""
    published = published_on(_, source)
    return join([link_source(source), f", {published}" if published else None, f" ({source.grade})"])


def cite_source(source: SourceRef) -> Markup:
    """Return a source as :func:`link_graded_source` does, in the look of a source."""
    return el("span", link_graded_source(source), class_="sk-source")


def stack_lines(first: Child, second: Child) -> Markup:
    """Return two lines of one cell, the second muted."""
    return join([first, el("br"), el("span", second, class_="sk-muted")])


def warning_badge(text: str) -> Markup:
    """Return a badge in the look of what is old or doubtful."""
    return el("span", text, class_="sk-badge sk-badge-overdue")


def absent(text: str) -> Markup:
    """Return the word for what was not found."""
    return el("span", text, class_="sk-absent-word")


def bullets(lines: Iterable[Child], lang: str | None = None, class_: str | None = "sk-list") -> Markup:
    """Return lines as a list."""
    return el("ul", *(el("li", line) for line in lines), class_=class_, lang=lang)


def fact_list(facts: Iterable[tuple[str, Markup | str]], lang: str) -> Markup:
    """Return names with their values as a list of definitions."""
    pairs = (join([el("dt", name), el("dd", value)]) for name, value in facts)
    return el("dl", *pairs, class_="sk-facts", lang=lang)


def fold(summary: str, *inside: Child, lang: str | None = None, class_: str = "sk-more") -> Markup:
    """Return what is closed until the reader opens it."""
    return el("details", el("summary", summary), *inside, class_=class_, lang=lang)


def count_more(_: Translator, more: int) -> Markup | None:
    """Return how many further things there are, nothing where there are none."""
    if more <= 0:
        return None
    return el("p", _.ngettext("and {count} more", "and {count} more", more), class_="sk-muted")


def play_button(_: Translator) -> Markup:
    """Return the button that steps a slider through its days; ``static/js/play.js`` moves the slider."""
    return el("button", _("Play the days"), type="button", class_="sk-play", data_stop=_("Stop"), lang=_.lang)
