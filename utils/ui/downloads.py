"""The menu under a chart, map or table: take it away as a file. Files are made when asked for only.

The links work by themselves; ``static/js/downloads.js`` shows meanwhile how far the file is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

from utils.components.sharing import download_links, progress
from utils.components.toolbar import link_tools, tool, toolbar
from utils.exports.files import UnknownView
from utils.exports.formats import FORMATS
from utils.exports.image.poster import SIZES
from utils.exports.pictures import FORMS as PICTURES
from utils.releases import Release, StoreError, Tier, released
from utils.settings import address
from utils.text.html import Markup, el
from utils.text.locale import Translator, translator
from utils.ui.visitor import RELEASE_PARAMETER, Visitor
from utils.views.model import Chosen, View

_FRAME_TEXT: Final = 560
"""What stands around a drawing in a frame of 320 pixels: title, legend, source, limits."""
_DRAWN_HEIGHT: Final = 400
"""The height of a map in the widest frame less what its words then need less."""
_FIGURE_HEIGHT: Final = 520
_KEPT: Final = 512
"""Menus kept ready: views, times languages, times the filters that are asked for most."""


class Frame(NamedTuple):
    """What a line to embed says of its frame: the content's title, the release it keeps to, its height."""

    title: str
    release: str
    height: int


def show_menu(
    visitor: Visitor,
    view: View,
    chosen: Chosen | None = None,
    table: Markup | None = None,
    height: int = _DRAWN_HEIGHT,
) -> None:
    """Draw the tools of a view under what is ``chosen``; the address holds the other filters.

    ``table`` is the table twin of a drawing, which opens from the same row; ``height`` is the drawing's.
    """
    names = [item.name for item in view.filters if item.name in st.query_params]
    asked = {name: st.query_params[name] for name in names} | dict(chosen or {})
    chosen = view.choose(visitor.release, asked)
    release = public_release(visitor)
    changed = _changed(view, release, chosen)
    if changed is None or release is None:
        reason = visitor._("Only the NGO view holds this: it has no public file, picture or embed.")
        st.html(toolbar(visitor._, table, None))
        st.html(el("p", reason, class_="sk-foot", lang=visitor.lang))
    else:
        query = "&".join(filter(None, (visitor.query, urlencode(changed))))
        title, _subtitle = view.heading(visitor.context, chosen)
        frame = Frame(title, release.release_id, max(height, _DRAWN_HEIGHT) + _FRAME_TEXT)
        menu = _menu(view, visitor.lang, visitor.tier, query, _base(), _cite(visitor, title), frame)
        st.html(toolbar(visitor._, table, menu))


def _cite(visitor: Visitor, title: str) -> str:
    release = visitor.release.release_id
    return visitor._("“{title}”. Samaki, data release {release}.", title=title, release=release)


def public_release(visitor: Visitor) -> Release | None:
    """Return the release that files, pictures and embeds are made of: the public tier of what is shown.

    ``None`` where there is none, so that nothing can be handed out.
    """
    if visitor.tier == "public":
        return visitor.release
    try:
        return released("public", visitor.release.release_id)
    except StoreError:
        return None


def _changed(view: View, release: Release | None, chosen: Chosen) -> dict[str, str] | None:
    """Return the filters that an address must name, ``None`` where the release lacks what is chosen."""
    if release is None:
        return None
    try:
        return view.changed(release, chosen) if view.choose(release, chosen) == chosen else None
    except (UnknownView, StoreError):
        return None


@lru_cache(maxsize=_KEPT)
def _menu(view: View, lang: str, tier: Tier, query: str, base: str, cited: str, held: Frame) -> Markup:
    """Return the tools as HTML; ``query`` holds language, release and filters."""
    _ = translator(lang)
    shown = f"{view.page}?{query}"
    embeds = view.is_picture and base
    return el(
        "div",
        tool(
            _("Download"),
            el("p", _("Data, as filtered here, each with sources, dictionary, licence and date:")),
            download_links(
                (form.label, f"export/{view.name}.{form.name}?{query}")
                for form in FORMATS.values()
                if view.placed or form.name != "geojson"
            ),
            *(_pictures(_, view, query) if view.is_picture else ()),
            progress(_),
            el("p", _("Files hold the public figures only.")) if tier == "ngo" else None,
            class_="sk-tool sk-away",
        ),
        tool(_("Embed"), *_frame(_, view.name, query, base, held), class_="sk-tool sk-embed")
        if embeds
        else None,
        tool(_("Cite"), el("code", f"{cited} {base}{shown}"), class_="sk-tool sk-cite"),
        *link_tools(_, shown, f"embed/{view.name}?{query}" if view.is_picture else ""),
        class_="sk-tool-row",
        lang=lang,
    )


def _pictures(_: Translator, view: View, query: str) -> tuple[Markup, ...]:
    return (
        el("p", _("Pictures with title, source, date and address on them:")),
        download_links(
            (f"{form.upper()} {wide} × {high}", f"image/{view.name}-{wide}x{high}.{form}?save&{query}")
            for form in PICTURES
            for wide, high in SIZES
        ),
    )


def _frame(_: Translator, name: str, query: str, base: str, held: Frame) -> tuple[Markup, ...]:
    """Return the lines that put the chart or map into another site's page."""
    return (
        el("p", _("To embed it in another page, copy this line; it runs no script:")),
        el("code", _frame_line(name, query, base, held)),
    )


def _frame_line(name: str, query: str, base: str, held: Frame) -> str:
    """Return the element that shows what ``/embed/<name>`` answers with, as text to copy.

    It keeps to its release, so that what a newsroom embedded does not change under its text.
    """
    pinned = urlencode({**dict(parse_qsl(query)), RELEASE_PARAMETER: held.release})
    return str(
        el(
            "iframe",
            src=f"{base}embed/{name}?{pinned}",
            title=f"{held.title} · Samaki",
            width="100%",
            height=held.height,
            loading="lazy",
            style="border:0",
        )
    )


def embed_line(visitor: Visitor, name: str, title: str) -> str:
    """Return the line that embeds a figure, ``""`` where the visitor's own address is not known."""
    base, release = _base(), public_release(visitor)
    if not base or release is None:
        return ""
    return _frame_line(name, visitor.query, base, Frame(title, release.release_id, _FIGURE_HEIGHT))


def _base() -> str:
    """Return the address of the app as the visitor sees it; empty where it is not known."""
    page = urlsplit(str(st.context.url or ""))
    folder = page.path[: page.path.rfind("/") + 1] or "/"  # the first page has no path of its own
    return address.base(f"{page.scheme}://{page.netloc}{folder}" if page.netloc else "")
