"""What stands on every page: name, language, state of the data, foot."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from utils.components.bar import Place, bar
from utils.product import sitemap
from utils.text.html import el, link
from utils.text.locale import language_of
from utils.ui import releases
from utils.ui.error_boundary import notice
from utils.ui.visitor import RELEASE_PARAMETER, Visitor


def list_pages(visitor: Visitor) -> Sequence[StreamlitPage]:
    """Return all pages in the visitor's language; the bar and the menu lead to them."""
    return [_page(visitor, page) for page in sitemap.PAGES]


def _page(visitor: Visitor, page: sitemap.Page) -> StreamlitPage:
    return st.Page(
        f"pages/{page.name}.py",
        title=f"{visitor._.translate(page.title)} · Samaki",
        url_path=page.name,
        default=not page.path,
    )


def show_top(visitor: Visitor, page: str) -> None:
    """Draw the bar of a page by its address, and what to know of translation, tier and release."""
    _ = visitor._
    place = Place(page or sitemap.PAGES[0].name, _asked_view(visitor))
    st.html(bar(visitor.lang, place, visitor.query))
    if not language_of(visitor.lang).is_reviewed:
        st.html(el("p", _("This translation awaits a native reader."), class_="sk-aside", lang=visitor.lang))
    if visitor.tier == "ngo":
        notice(
            _("NGO view: for this machine only."),
            _("It names sites where people shelter. Do not project, copy or share it."),
            kind="warning",
        )
    releases.show_banners(visitor)
    releases.watch_releases(visitor)


def _asked_view(visitor: Visitor) -> dict[str, str]:
    """Return what the address asks of a page; a release only where it is the one that is shown."""
    asked = st.query_params.to_dict()
    if not visitor.is_addressed:
        asked.pop(RELEASE_PARAMETER, None)
    return asked


def show_foot(visitor: Visitor) -> None:
    """Draw the foot: release, licence, neutrality, where the sources are."""
    _ = visitor._
    links = (
        el("span", link(_.translate(sitemap.find_page(name).title), f"{name}?{visitor.query}"), " ")
        for name in sitemap.FOOT
    )
    st.html(
        el(
            "footer",
            el("p", _("Every figure is the latest found, never “now”: it carries its date and source.")),
            el(
                "p",
                _("Data release {release}.", release=visitor.release.release_id),
                " ",
                _("Compiled facts: CC BY 4.0. Each source keeps its rights in its text."),
            ),
            el("p", *links, class_="sk-foot-links"),
            class_="sk-page-foot",
            lang=visitor.lang,
        )
    )
