"""One style sheet for all pages, light or dark by the visitor's theme, and for print."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from utils.product.palette import Theme
from utils.text.html import el
from utils.text.locale import formats
from utils.ui.visitor import Visitor

_SHEET: Final = "".join(
    path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "css").glob("*.css"))
)
"""One file a subject, in the order of their names."""
_COLOURS: Final[dict[Theme, dict[str, str]]] = {
    "light": {
        "page": "#ffffff",
        "ink": "#1a2530",
        "muted": "#4a5866",
        "line": "#d5dce3",
        "card": "#ffffff",
        "tint": "#f3f5f7",
        "accent": "#0b5a8a",
        "old": "#7a4b00",
        "old-tint": "#fff3d9",
        "error": "#8a1c1c",
        "error-tint": "#fdecec",
    },
    "dark": {
        "page": "#12181f",
        "ink": "#e8edf2",
        "muted": "#b3c0cc",
        "line": "#3a4856",
        "card": "#1b242d",
        "tint": "#202b35",
        "accent": "#7cc4ee",
        "old": "#f2c14e",
        "old-tint": "#3a2f14",
        "error": "#f4a3a3",
        "error-tint": "#3d1d1d",
    },
}


def rules() -> str:
    """Return the rules of all pages, which stand in the page before anything is drawn."""
    return _SHEET


def colours(theme: Theme) -> str:
    """Return the colours of a theme, which the rules refer to."""
    return ".stApp{" + "".join(f"--sk-{name}:{value};" for name, value in _COLOURS[theme].items()) + "}"


def sheet(theme: Theme) -> str:
    """Return rules and colours; they style what stands in ``.stApp``."""
    return colours(theme) + rules()


def apply_style(visitor: Visitor) -> None:
    """Put the colours of the visitor's theme into the page, and what each printed sheet says in its margins.

    The other rules are there from the first byte.
    """
    st.html(f"<style>{colours(visitor.theme)}{_margins(visitor)}</style>")


def _margins(visitor: Visitor) -> str:
    """Return what each sheet of paper says: release, day, address, number, the mark of the NGO tier."""
    _ = visitor._
    foot = (
        "Samaki",
        _("Data release {release}.", release=visitor.release.release_id),
        formats.format_day(visitor.today, visitor.lang),
        str(st.context.url or "").partition("?")[0],
    )
    mark = _("NGO view: for this machine only.") if visitor.tier == "ngo" else ""
    look = "font:8pt 'Noto Sans','Noto Sans Khmer',sans-serif"
    return (
        f"@page{{@bottom-left{{content:{quote(' · '.join(filter(None, foot)))};{look}}}"
        f"@bottom-right{{content:counter(page) ' / ' counter(pages);{look}}}"
        f"@top-left{{content:{quote(mark)};{look};font-weight:700}}}}"
    )


def quote(text: str) -> str:
    """Return a text as a string of CSS: what is no letter or digit of ASCII as its code, so none ends it."""
    plain = (sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in text)
    return f'"{"".join(plain)}"'


def heading(title: str, lead: str = "", *, level: int = 1, heard: bool = False) -> None:
    """Draw a page or section heading with an optional sentence below it.

    A heading that is ``heard`` is read out by a screen reader and not shown.
    """
    st.html(
        el(
            "header",
            el(f"h{level}", title),
            el("p", lead, class_="sk-lead") if lead else None,
            class_=f"sk-heading sk-heading-{level}" + (" sk-heard" if heard else ""),
        )
    )
