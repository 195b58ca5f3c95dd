"""A view under its filters as a file or picture, with a name that says both."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from utils.draw_context import DrawContext
from utils.exports import formats, pictures
from utils.exports.dataset import Dataset
from utils.exports.dictionary import Description
from utils.exports.files import Download, UnknownView
from utils.exports.image.poster import SIZES
from utils.exports.writing import file_name
from utils.releases import Release
from utils.settings import clock
from utils.text.locale import SOURCE_LANGUAGE
from utils.text.locale.digits import parameters, spoken
from utils.views.model import Chosen, View
from utils.views.sources import TABLE


def download(context: DrawContext, view: View, form: str, asked: Chosen, *, base: str) -> Download:
    """Return a view as a file. ``base`` is the address of the app, for the link back to the view.

    Digits in a file of data are ASCII, whichever the reader chose.

    Raises :class:`utils.exports.files.UnknownView`, :class:`utils.exports.formats.UnknownFormat` and
    :class:`utils.releases.TableUnavailable`.
    """
    context = replace(context, lang=spoken(context.lang))
    release = context.release
    chosen = view.choose(release, asked)
    dataset = view.rows(context, chosen)
    title, subtitle = view.heading(context, chosen)
    description = Description(
        title=title,
        subtitle=subtitle,
        filters=view.describe_filters(context._, release, chosen),
        address=page_address(base, view, release, chosen, context.lang),
        release_id=release.release_id,
        lang=context.lang,
    )
    stem = file_stem(view, release, chosen, dataset)
    content = formats.write(form, description, dataset, stem, placed=view.placed)
    kind = formats.FORMATS[form]
    return Download(f"{stem}.{kind.suffix}", kind.media_type, content)


def whole_table(release: Release, table: str, form: str) -> bytes:
    """Return the file of one whole table, for those who look into what goes out.

    Raises :class:`utils.exports.formats.UnknownFormat` and :class:`utils.releases.TableUnavailable`.
    """
    release.rows(table)  # refuses what is withdrawn or not of this release
    context = DrawContext(release, SOURCE_LANGUAGE, "light", clock.today())
    return download(context, TABLE, form, {"table": table}, base="").content


def picture(
    context: DrawContext, view: View, form: str, asked: Chosen, *, base: str, size: tuple[int, int]
) -> Download:
    """Return a chart or map as PNG or SVG.

    Raises :class:`utils.exports.files.UnknownView` also for a list or another form or size.
    """
    if form not in pictures.FORMS or size not in SIZES:
        raise UnknownView(name=f"{view.name}.{form}")
    release = context.release
    chosen = view.choose(release, asked)
    drawn = view.picture(context, chosen)
    dataset = view.rows(context, chosen)
    return pictures.image(
        context,
        drawn,
        dataset,
        form,
        stem=file_stem(view, release, chosen, dataset),
        address=page_address(base, view, release, chosen, context.lang) if base else "",
        size=size,
    )


def page_address(base: str, view: View, release: Release, chosen: Chosen, lang: str) -> str:
    """Return the address of the page that shows the view under the same filters."""
    query = urlencode({**parameters(lang), **view.changed(release, chosen)})
    return f"{base}{view.page}?{query}"


def file_stem(view: View, release: Release, chosen: Chosen, dataset: Dataset) -> str:
    """Return a file name without its suffix: view, what was chosen, newest day, release."""
    picked = view.changed(release, chosen).values()
    parts = (view.name, *picked, dataset.newest or "undated", release.release_id)
    return file_name(*parts, suffix="x").removesuffix(".x")
