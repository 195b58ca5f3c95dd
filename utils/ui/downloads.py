"""The menu under a chart, map or table: take it away as a file. Files are made when asked for only.

The links work by themselves; ``static/js/downloads.js`` tells meanwhile how far the file is.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from utils.exports.formats import FORMS
from utils.exports.pictures import FORMS as PICTURES
from utils.exports.poster import SIZES
from utils.exports.registry import VIEWS
from utils.exports.share_card import SIZE as CARD
from utils.exports.views import Chosen, UnknownView, View
from utils.releases import Release, StoreError, Tier, released
from utils.settings import address
from utils.text.html import Markup, el, link
from utils.text.locale import LANGUAGES, Translator, translator
from utils.ui.visitor import Visit

_FRAME_HEIGHT: Final = 640
_FIGURE_HEIGHT: Final = 520
_KEPT: Final = 512
"""Menus kept ready: views, times languages, times the filters that are asked for most."""


def menu(visit: Visit, name: str, **told: str) -> None:
    """Draw the menu of a view under the filters of the page; nothing where there is no such view.

    ``told`` are values of filters that the page chose itself and that its address may lack.
    """
    view = VIEWS.get(name)
    if view is None:
        return
    asked = {one.name: st.query_params[one.name] for one in view.filters if one.name in st.query_params}
    chosen = view.choose(visit.release, asked | told)
    changed = _changed(view, handed_out(visit), chosen)
    if changed is None:
        said = visit._("Only the NGO view holds this: it has no public file, picture or embed.")
        st.html(el("p", said, class_="sk-foot", lang=visit.lang))
    else:
        query = "&".join(filter(None, (visit.query, urlencode(changed))))
        st.html(_menu(view.name, visit.lang, visit.tier, query, _base()))


def handed_out(visit: Visit) -> Release | None:
    """Return the release that files, pictures and embeds are made of: the public tier of what is shown.

    ``None`` where there is none, so that nothing can be handed out.
    """
    if visit.tier == "public":
        return visit.release
    try:
        return released("public", visit.release.release_id)
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
def _menu(name: str, lang: str, tier: Tier, query: str, base: str) -> Markup:
    """Return the menu as HTML; ``query`` holds language, release and filters."""
    _, view = translator(lang), VIEWS[name]
    return el(
        "details",
        el("summary", _("Download or embed")),
        el("p", _("Data, as filtered here, each with sources, dictionary, licence and date:")),
        _links(
            (form.label, f"export/{view.name}.{form.name}?{query}")
            for form in FORMS.values()
            if view.placed or form.name != "geojson"
        ),
        *(_pictures(_, view, query) if view.draw else ()),
        _underway(_),
        *(_frame(_, view.name, query, base) if view.draw and base else ()),
        el("p", _("Files hold the public figures only.")) if tier == "ngo" else None,
        class_="sk-away",
        lang=lang,
    )


def _pictures(_: Translator, view: View, query: str) -> tuple[Markup, ...]:
    return (
        el("p", _("Pictures with title, source, date and address on them:")),
        _links(
            (f"{form.upper()} {wide} × {high}", f"image/{view.name}-{wide}x{high}.{form}?save&{query}")
            for form in PICTURES
            for wide, high in SIZES
        ),
    )


def _frame(_: Translator, name: str, query: str, base: str) -> tuple[Markup, ...]:
    """Return the lines that put the chart or map into another site's page."""
    return (
        el("p", _("To embed it in another page, copy this line; it runs no script:")),
        el("code", _frame_line(name, query, base, _FRAME_HEIGHT)),
    )


def _frame_line(name: str, query: str, base: str, height: int) -> str:
    """Return the element that shows what ``/embed/<name>`` answers with, as text to copy."""
    frame = el(
        "iframe",
        src=f"{base}embed/{name}?{query}",
        title="Samaki",
        width="100%",
        height=height,
        loading="lazy",
        style="border:0",
    )
    return str(frame)


def embed_line(visit: Visit, name: str) -> str:
    """Return the line that embeds a figure, ``""`` where the visitor's own address is not known."""
    base = _base()
    return _frame_line(name, visit.query, base, _FIGURE_HEIGHT) if base else ""


def _base() -> str:
    """Return the address of the app as the visitor sees it; empty where it is not known."""
    page = str(st.context.url or "").partition("?")[0]
    return address.base(page[: page.rfind("/") + 1])


def _links(found: Iterable[tuple[str, str]]) -> Markup:
    return el("ul", *(el("li", link(label, address, download=True)) for label, address in found))


def _underway(_: Translator) -> Markup:
    """Return where ``static/js/downloads.js`` tells how far a file is, and the words it has for that."""
    return el(
        "div",
        class_="sk-underway",
        role="status",
        data_begun=_("being made…"),
        data_saved=_("made: your browser saves it"),
        data_failed=_("could not be made; please try again in a minute"),
    )


def card_address(visit: Visit, key: str, lang: str = "") -> str:
    """Return the address of the picture of a claim, event or city, in a language."""
    query = dict(parse_qsl(visit.query)) | {"lang": lang or visit.lang}
    return f"image/share-{key}-{CARD[0]}x{CARD[1]}.png?{urlencode(query)}"


def card_links(visit: Visit, key: str) -> Markup:
    """Return the pictures of a claim, event or city to pass on, one a language."""
    _ = visit._
    return el(
        "div",
        el("p", _("Pictures with title, source, date and address on them:")),
        _links((f"PNG · {name}", card_address(visit, key, lang)) for lang, name in LANGUAGES.items()),
        _underway(_),
        class_="sk-away",
    )
