"""A download: one view under its filters in one format, with a file name that says both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from utils.exports import formats
from utils.exports.dataset import Sheet
from utils.exports.dictionary import About
from utils.exports.registry import view
from utils.exports.views import Chosen, View
from utils.exports.writing import file_name
from utils.releases import Release
from utils.text.locale import translator
from utils.text.locale.digits import parameters, spoken


@dataclass(frozen=True, slots=True)
class Download:
    """A finished file."""

    name: str
    media_type: str
    content: bytes


def download(
    release: Release, name: str, form: str, asked: Mapping[str, str], *, lang: str, base: str
) -> Download:
    """Return a view as a file. ``base`` is the address of the app, for the link back to the view.

    Digits in a file of data are ASCII, whichever the reader chose.

    Raises :class:`utils.exports.views.UnknownView`, :class:`utils.exports.formats.UnknownForm` and
    :class:`utils.releases.TableUnavailable`.
    """
    lang = spoken(lang)
    shown = view(name)
    chosen = shown.choose(release, asked)
    sheet = shown.sheet(release, chosen)
    _ = translator(lang)
    title, subtitle = shown.words(_, release, chosen)
    about = About(
        title=title,
        subtitle=subtitle,
        filters=shown.told(_, release, chosen),
        address=page_address(base, shown, release, chosen, lang),
        release_id=release.release_id,
        lang=lang,
    )
    stem = stem_of(shown, release, chosen, sheet)
    content = formats.write(form, about, sheet, stem, placed=shown.placed)
    kind = formats.FORMS[form]
    return Download(f"{stem}.{kind.suffix}", kind.media_type, content)


def page_address(base: str, shown: View, release: Release, chosen: Chosen, lang: str) -> str:
    """Return the address of the page that shows the view under the same filters."""
    query = urlencode({**parameters(lang), **shown.changed(release, chosen)})
    return f"{base}{shown.page}?{query}"


def stem_of(shown: View, release: Release, chosen: Chosen, sheet: Sheet) -> str:
    """Return a file name without its suffix: view, what was chosen, newest day, release."""
    picked = shown.changed(release, chosen).values()
    parts = (shown.name, *picked, sheet.newest or "undated", release.release_id)
    return file_name(*parts, suffix="x").removesuffix(".x")
