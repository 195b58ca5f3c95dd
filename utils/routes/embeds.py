"""``/embed/<view>`` and ``/embed/figure-<key>``: a chart, map or figure for the pages of others.

A page of plain HTML without script, with source, date, link and disclaimer, in three widths that the
style sheet chooses from. Any site may frame it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from utils.analysis.model import Finding
from utils.charts.drawing import Drawing
from utils.components.cards import card, grid
from utils.components.legends import legend
from utils.draw_context import DrawContext
from utils.exports.figures import FIGURE, figure
from utils.exports.files import UnknownView
from utils.exports.image import poster
from utils.exports.image.axes import NotDrawable
from utils.exports.job_queue import JobQueue, QueueFull
from utils.exports.pictures import foot
from utils.maps.model import DrawnMap
from utils.product.palette import Theme
from utils.releases import Release, StoreError
from utils.routes import asking
from utils.settings import clock
from utils.text.html import Markup, el, link
from utils.text.locale import Translator, translator
from utils.text.locale.digits import parameters
from utils.ui.style import sheet
from utils.views.catalogue import find_view
from utils.views.files import page_address

_WIDTHS: Final = ((0, 290), (640, 600), (1000, 950))
"""From which width of the frame on, in pixels, a drawing of which width is shown."""
_LEAST: Final = 736
"""The least width of a drawing that cannot be read in less."""
_QUEUE: Final[JobQueue[str]] = JobQueue(waiting=24, kept=64)
_SHEET: Final = """
body{margin:0;padding:.75rem;font-family:"Noto Sans","Noto Sans Khmer",sans-serif;line-height:1.5;
color:var(--sk-ink);background:var(--sk-card)}
body :lang(km),body:lang(km){line-height:1.75}
h1{font-size:1.1rem;line-height:1.35;margin:0}h1:lang(km){line-height:1.6}
.sk-drawn>div{display:none}.sk-drawn svg{display:block;max-width:100%;height:auto;margin:.5rem 0}
.sk-drawn .sk-sideways{overflow-x:auto}.sk-drawn .sk-sideways svg{max-width:none}
.sk-embed .sk-cards{grid-template-columns:1fr}
"""


async def embed(request: Request) -> Response:
    """Answer with the page, or with a short one that says why there is none."""
    name, lang, base = request.path_params["name"], asking.language(request), asking.base(request)
    theme: Theme = "dark" if request.query_params.get("theme") == "dark" else "light"
    try:
        chosen = {} if name.startswith(FIGURE) else asking.asked(request, find_view(name))
        release = await run_in_threadpool(asking.release, request)
        key = (release.identity, name, lang, base, theme, clock.today(), tuple(chosen.items()))
        page = await _QUEUE.make(
            key, lambda: _page(release, name, lang, base, theme, chosen), asking.client(request)
        )
    except UnknownView:
        return asking.refuse(request, 404)
    except (StoreError, QueueFull, NotDrawable) as problem:
        asking.log.warning("embed: %s", problem)
        return asking.refuse(request, 503)
    return HTMLResponse(page, headers={"Cache-Control": "no-cache"})


def _page(release: Release, name: str, lang: str, base: str, theme: Theme, asked: Mapping[str, str]) -> str:
    _ = translator(lang)
    home = ""
    if name.startswith(FIGURE):
        home = base  # links of a card are relative; a drawing's own marks are found without a base
        finding = figure(release, name.removeprefix(FIGURE), clock.today())
        title, body = _.translate(finding.label), _figure(_, release, finding, base)
    else:
        title, body = _view(_, release, name, base, theme, asked)
    look = f"{sheet(theme)}{_SHEET}{_shown()}"
    return str(
        asking.document(lang, title, el("main", body, class_="sk-embed"), look=look, frame=True, home=home)
    )


def _shown() -> str:
    """Return the rules that show the drawing that fits the frame."""
    rules = [f".sk-drawn .sk-from-{_WIDTHS[0][0]}{{display:block}}"]
    for (before, _narrow), (start, _wide) in pairwise(_WIDTHS):
        rules.append(
            f"@media(min-width:{start}px){{.sk-drawn .sk-from-{before}{{display:none}}"
            f".sk-drawn .sk-from-{start}{{display:block}}}}"
        )
    return "".join(rules)


def _view(
    _: Translator, release: Release, name: str, base: str, theme: Theme, asked: Mapping[str, str]
) -> tuple[str, Markup]:
    view = find_view(name)
    context = DrawContext(release, _.lang, theme, clock.today())
    chosen = view.choose(release, asked)
    drawn = view.picture(context, chosen)
    address = page_address(base, view, release, chosen, _.lang)
    body = el(
        "article",
        el("h1", drawn.title),
        el("p", drawn.subtitle, class_="sk-lead"),
        _drawings(drawn, theme, _.lang),
        legend(drawn, _.lang) if isinstance(drawn, DrawnMap) else None,
        el("p", foot(_, view.rows(context, chosen), release), class_="sk-foot"),
        el("p", poster.disclaimer(_, drawn), class_="sk-foot"),
        _home(_, address),
    )
    return drawn.title, body


def _drawings(drawn: Drawing | DrawnMap, theme: Theme, lang: str) -> Markup:
    return el(
        "div", *(_drawing(drawn, start, wide, theme, lang) for start, wide in _WIDTHS), class_="sk-drawn"
    )


def _drawing(drawn: Drawing | DrawnMap, start: int, width: int, theme: Theme, lang: str) -> Markup:
    """Return the drawing for frames from ``start`` on; one that is too wide for a phone moves sideways."""
    least = _LEAST if isinstance(drawn, Drawing) and drawn.wide else 0
    held = poster.draw_bare(drawn, max(width, least), theme, lang, scope=f"-{start}")
    if width >= least:
        return el("div", held, class_=f"sk-from-{start}")
    return el(
        "div",
        held,
        class_=f"sk-from-{start} sk-sideways",
        tabindex=0,
        role="group",
        aria_label=drawn.title,
    )


def _figure(_: Translator, release: Release, finding: Finding, base: str) -> Markup:
    return el(
        "article",
        grid(_, [card(_, release, finding, today=clock.today())]),
        el(
            "p",
            _("Every figure is the latest found, never “now”: it carries its date and source."),
            " ",
            _("Data release {release}.", release=release.release_id),
            class_="sk-foot",
        ),
        _home(_, f"{base}?{urlencode(parameters(_.lang))}"),
    )


def _home(_: Translator, address: str) -> Markup:
    return el(
        "p",
        link(_("Open in Samaki: all figures, sources and definitions"), address or None),
        class_="sk-foot",
    )
