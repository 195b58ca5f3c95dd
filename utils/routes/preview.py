"""What a page says of itself to machines that run no script: shared links, search, screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.requests import Request

from utils.analysis import figures, overview
from utils.draw_context import DrawContext
from utils.exports.figures import FIGURE, FIRST, figure
from utils.exports.files import UnknownView
from utils.exports.image.figure_card import SIZE, describe_figure, format_figure
from utils.product import sitemap
from utils.releases import Release, StoreError
from utils.routes import asking
from utils.server.link_preview import Preview
from utils.settings import clock
from utils.text.locale import Translator, translator
from utils.text.locale.digits import parameters
from utils.views import donations, shelters
from utils.views import overview as overview_views

if TYPE_CHECKING:
    from starlette.types import Scope

_FIGURES: Final = {"donations": "donations-documented", "shelters": "sites-known"}
_KEPT: Final = ("figure", "place", "release")
"""Parameters without which a page opens something else."""
_VIEWS: Final = {
    "displacement": overview_views.CURVE,
    "shelters": shelters.MAP,
    "donations": donations.SLICES,
}
"""Pages whose description is the sentence that the named chart or map is titled with."""


def describe(scope: Scope) -> Preview | None:
    """Return language, title, description and picture of the page asked for; ``None`` for no page.

    A page without data still has a title and a language.
    """
    request = Request(scope)
    path = request.url.path.strip("/")
    page = next((item for item in sitemap.PAGES if path in (item.path, item.name)), None)
    if page is None:
        return None
    _ = translator(asking.language(request))
    base = asking.base(request)
    description, image, alt = _("Every figure with its date, its source and what contradicts it."), "", ""
    try:
        release = asking.release(request)
        key = _key(release, page.name, request.query_params.get("figure", ""))
        alt = _alt(_, release, key)
        description = alt if page.name == "figure" else _description(_, release, page.name)
        image = (
            f"{base}image/{FIGURE}{key}-{SIZE[0]}x{SIZE[1]}.png?{urlencode(parameters(_.lang))}"
            if base
            else ""
        )
    except (StoreError, UnknownView) as problem:
        asking.log.warning("preview of %r: %s", page.name, problem)
    return Preview(
        lang=_.lang,
        title=f"{_.translate(page.title)} · Samaki",
        description=description,
        address=_address(base, page.path, _.lang, request),
        image=image,
        image_alt=alt,
    )


def _key(release: Release, page: str, asked: str) -> str:
    """Return the figure that stands for a page: on the page of one figure the one asked for."""
    if page == "figure" and figures.figure(release, asked, clock.today()) is not None:
        return asked
    return _FIGURES.get(page, FIRST)


def _description(_: Translator, release: Release, page: str) -> str:
    if page == "overview":
        return " ".join(_.translate(sentence) for sentence in overview.sentences(release, clock.today()))
    if page in _VIEWS:
        view = _VIEWS[page]
        context = DrawContext(release, _.lang, "light", clock.today())
        return view.heading(context, view.choose(release, {}))[0]
    return _("Every figure with its date, its source and what contradicts it.")


def _address(base: str, path: str, lang: str, request: Request) -> str:
    """Return the address that a shared link should have: page, language, and what it opens."""
    kept = {name: request.query_params[name] for name in _KEPT if name in request.query_params}
    return f"{base}{path}?{urlencode({**parameters(lang), **kept})}" if base else ""


def _alt(_: Translator, release: Release, key: str) -> str:
    finding = figure(release, key, clock.today())
    row = finding.observation
    return " · ".join((format_figure(_, row), _.translate(finding.label), *describe_figure(_, release, row)))
