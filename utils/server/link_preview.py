"""The tags of a page that a machine without scripts reads: shared links, search, screen readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markupsafe import escape

from utils.product import sitemap
from utils.text.locale import LANGUAGES, language_of
from utils.ui import style

if TYPE_CHECKING:
    from starlette.types import Scope

_LANGUAGE_SCRIPT: Final = "language.js"
_DOWNLOADS_SCRIPT: Final = "downloads.js"
_MENU_SCRIPT: Final = "menu.js"
_TABLES_SCRIPT: Final = "tables.js"
_PLAY_SCRIPT: Final = "play.js"
_PAGES: Final = tuple(page.name for page in sitemap.PAGES)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a page says of itself before any script runs: for readers' machines, search and shared links.

    ``image`` and ``address`` are whole addresses, ``""`` where the host is not known.
    """

    lang: str
    title: str
    description: str
    address: str
    image: str
    image_alt: str


Describe = Callable[["Scope"], Preview | None]
"""What a page that is asked for says of itself; ``None`` for no page of ours."""


def add_preview(page: str, preview: Preview) -> str:
    """Return the front page with language, title, description and preview tags; all is escaped."""
    tags = [
        _meta("name", "description", preview.description),
        _meta("property", "og:site_name", "Samaki"),
        _meta("property", "og:type", "website"),
        _meta("property", "og:title", preview.title),
        _meta("property", "og:description", preview.description),
        _meta("property", "og:locale", language_of(preview.lang).locale),
        _meta("property", "og:url", preview.address),
        _meta("property", "og:image", preview.image),
        _meta("property", "og:image:width", "1200"),
        _meta("property", "og:image:height", "630"),
        _meta("property", "og:image:alt", preview.image_alt),
        _meta("name", "twitter:card", "summary_large_image"),
        f'<link rel="alternate" type="application/atom+xml" href="./feeds/all.atom?lang={preview.lang}" />',
        f'<style id="sk-rules">{style.rules()}</style>',
        f'<script src="./app/static/js/{_LANGUAGE_SCRIPT}" data-languages="{" ".join(LANGUAGES)}"></script>',
        f'<script defer src="./app/static/js/{_DOWNLOADS_SCRIPT}"></script>',
        f'<script defer src="./app/static/js/{_TABLES_SCRIPT}"></script>',
        f'<script defer src="./app/static/js/{_PLAY_SCRIPT}"></script>',
        f'<script defer src="./app/static/js/{_MENU_SCRIPT}" data-pages="{" ".join(_PAGES)}"></script>',
    ]
    page = page.replace('<html lang="en">', f'<html lang="{escape(preview.lang)}">', 1)
    return page.replace(
        "<title>Samaki</title>", f"<title>{escape(preview.title)}</title>\n    " + "".join(tags), 1
    )


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(content)}" />' if content else ""
