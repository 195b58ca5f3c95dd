"""What stands on every page: name, language, state of the data, foot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from utils.product import sitemap
from utils.text.html import el, link
from utils.text.locale import language_of, list_choices
from utils.ui import releases
from utils.ui.error_boundary import notice
from utils.ui.visitor import Visitor, choose_language


def list_pages(visitor: Visitor) -> Mapping[str, Sequence[StreamlitPage]]:
    """Return the pages by section (``""``: in the bar itself) in the visitor's language."""
    _ = visitor._
    sections: dict[str, list[StreamlitPage]] = {}
    for section in (None, *sitemap.SECTIONS):
        pages = [_page(visitor, page) for page in sitemap.PAGES if page.section == section]
        if pages:
            sections[_.translate(section) if section else ""] = pages
    return sections


def _page(visitor: Visitor, page: sitemap.Page) -> StreamlitPage:
    return st.Page(
        f"pages/{page.name}.py",
        title=visitor._.translate(page.title),
        url_path=page.name,
        default=not page.path,
        visibility="hidden" if page.hidden else "visible",
    )


def show_top(visitor: Visitor) -> None:
    """Draw the name of the product and the choice of language; and of its digits where it has its own."""
    _ = visitor._
    name, chooser = st.columns([3, 1], vertical_alignment="center")
    with name:
        st.html(
            el(
                "p",
                el("b", "Samaki · ", el("span", "សាមគ្គី", lang="km")),
                el("span", _("Cambodia–Thailand border crisis: situation dashboard")),
                class_="sk-brand",
            )
        )
    offered = list_choices(visitor.lang)
    with chooser:
        st.session_state["language"] = visitor.lang
        st.selectbox(
            _("Language"),
            list(offered),
            key="language",
            format_func=offered.__getitem__,
            label_visibility="collapsed",
            on_change=lambda: choose_language(st.session_state["language"]),
        )
    if not language_of(visitor.lang).is_reviewed:
        notice(_("This translation awaits a native reader."))
    if visitor.tier == "ngo":
        notice(
            _("NGO view: for this machine only."),
            _("It names sites where people shelter. Do not project, copy or share it."),
            kind="warning",
        )
    releases.show_banners(visitor)
    releases.watch_releases(visitor)


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
