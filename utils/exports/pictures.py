"""A view as a picture: SVG from its figure, PNG from the SVG. No browser and no outside host is asked."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from utils.analysis import observations
from utils.charts.drawing import Drawing
from utils.draw_context import DrawContext
from utils.exports.dataset import Dataset
from utils.exports.figures import figure
from utils.exports.files import Download, UnknownView
from utils.exports.image import figure_card, poster, share_card
from utils.exports.image.axes import NotDrawable
from utils.exports.image.foot import list_names
from utils.exports.image.poster import PosterWords
from utils.exports.writing import file_name
from utils.maps.model import DrawnMap
from utils.releases import Release
from utils.text.html import Markup
from utils.text.locale import Translator, formats, translator

FORMS: Final[Mapping[str, str]] = {"png": "image/png", "svg": "image/svg+xml"}
_MOST: Final = 4
"""Names of counters and of publishers on a picture; the others are a number."""
_SVG_TO_PNG: Final = (sys.executable, "-P", str(Path(__file__).with_name("svg_to_png.py")))
_PATIENCE_SECONDS: Final = 60


def png(svg: Markup) -> bytes:
    """Return an SVG of outlines as PNG; no font is looked for.

    Raises :class:`utils.exports.image.axes.NotDrawable` where the conversion stops or takes too long.
    """
    try:
        painted = subprocess.run(  # noqa: S603  # our own file
            _SVG_TO_PNG,
            input=str(svg).encode(),
            stdout=subprocess.PIPE,
            timeout=_PATIENCE_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise NotDrawable(what="the finished page") from error
    return painted.stdout


def foot(_: Translator, dataset: Dataset, release: Release) -> str:
    """Return the line of a picture that says newest day, who counted, publishers and release."""
    newest = formats.partial_date(dataset.newest, _.lang) if dataset.newest else _("undated")
    names = Counter(source.publisher for source in dataset.sources)
    publishers = sorted(names, key=lambda name: (-names[name], name))
    counters = _counters(dataset, release)
    parts = (
        _("Newest figure: {day}", day=newest),
        _("Counted by: {names}", names=list_names(_, counters, _MOST)) if counters else "",
        _("Sources: {names}", names=list_names(_, publishers, _MOST) or _("our own count from the record")),
        _("Data release {release}.", release=release.release_id).rstrip(".។"),
    )
    return " · ".join(filter(None, parts))


def _counters(dataset: Dataset, release: Release) -> list[str]:
    """Return who counted what a dataset holds, the most frequent first."""
    known = observations.counters(release)
    at = [index for index, column in enumerate(dataset.columns) if column.name == "counted_by"]
    codes = Counter(str(row[index]) for row in dataset.rows for index in at)
    names = {known[code].short_name: None for code, _count in codes.most_common() if code in known}
    return list(names)


def image(
    context: DrawContext,
    drawn: Drawing | DrawnMap,
    dataset: Dataset,
    form: str,
    *,
    stem: str,
    address: str,
    size: tuple[int, int],
) -> Download:
    """Return a chart or map as PNG or SVG, with the line that says where its rows come from."""
    words = PosterWords(
        title=drawn.title,
        lead=drawn.subtitle,
        description=drawn.subtitle if isinstance(drawn, DrawnMap) else drawn.alt,
        foot=foot(context._, dataset, context.release),
        address=address,
    )
    svg = poster.draw_poster(context._, drawn, words, context.theme, size=size)
    return _download(f"{stem}-{size[0]}x{size[1]}.{form}", form, svg)


def figure_image(
    release: Release, key: str, form: str, today: date, *, lang: str, base: str, size: tuple[int, int]
) -> Download:
    """Return one figure as PNG or SVG for shared links.

    Raises :class:`utils.exports.files.UnknownView` for an unknown key, form or size.
    """
    if form not in FORMS or size != figure_card.SIZE:
        raise UnknownView(name=f"{key}.{form}")
    finding = figure(release, key, today)
    svg = figure_card.draw_figure_card(translator(lang), release, finding, base, "light")
    name = file_name("figure", key, release.release_id, suffix=form)
    return _download(name, form, svg)


def share_image(
    release: Release, key: str, form: str, today: date, *, lang: str, base: str, size: tuple[int, int]
) -> Download:
    """Return a claim, event or city as PNG or SVG to pass on.

    Raises :class:`utils.exports.files.UnknownView` for an unknown key, form or size.
    """
    if form not in FORMS or size != share_card.SIZE:
        raise UnknownView(name=f"{key}.{form}")
    _ = translator(lang)
    card = share_card.make_share_card(_, release, key, today)
    svg = share_card.draw_share_card(_, release, card, base, "light")
    name = file_name(key, lang, release.release_id, suffix=form)
    return _download(name, form, svg)


def _download(name: str, form: str, svg: Markup) -> Download:
    return Download(name, FORMS[form], png(svg) if form == "png" else str(svg).encode())
