"""What a request without a session asks for, and the answer: a file, a picture, a page or a refusal.

A program that sends ``Prefer: respond-async`` (RFC 7240) does not wait for a file to be made: the answer
says in words how far that is, and it asks again.

Only the public tier is handed out here, whatever tier the pages of this process show: nothing on
these routes asks who is looking.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from utils import releases
from utils.draw_context import DrawContext
from utils.exports.figures import FIGURE
from utils.exports.files import Download, UnknownView
from utils.exports.formats import UnknownFormat
from utils.exports.image.axes import NotDrawable
from utils.exports.job_queue import JobQueue, Pending, QueueFull
from utils.product.palette import Theme
from utils.settings import address, clock
from utils.text.html import Markup, el
from utils.text.locale import resolve_language, translator
from utils.text.locale.digits import PARAMETER, add_digits
from utils.views.catalogue import find_view
from utils.views.model import View

_FONTS: Final = "app/static/fonts/map-fonts.css"
_PLAIN: Final = "body{font-family:'Noto Sans','Noto Sans Khmer',sans-serif;line-height:1.6;padding:1rem}"

_PATIENCE_SECONDS: Final = 2.0
"""How long an answer is held back for a file that is being made, where it may come later."""

API: Final = "/api/"
"""Addresses for programs: a refusal there is JSON (RFC 9457)."""
ALWAYS: Final = ("lang", "release", PARAMETER)
"""Parameters that every address takes."""
_LISTED: Final = 60
"""How many allowed values a refusal lists."""

SHARED: Final = "share-"
"""Before the key of a claim, event or city, where a picture is a card to pass on."""

T = TypeVar("T")
log = logging.getLogger(__name__)


class UnfitParameter(Exception):
    """A parameter of the address that does not exist, or a value it cannot have."""

    def __init__(self, *, name: str, allowed: Collection[str]) -> None:
        super().__init__(f"{name[:40]!r}: one of {', '.join(allowed)}")
        self.name = name
        self.allowed = tuple(allowed)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: a view under filters, or a figure or card by its name; ``base`` is our address."""

    name: str
    view: View | None
    context: DrawContext
    base: str
    chosen: Mapping[str, str]

    def require_view(self) -> View:
        """Return the view. Raises :class:`utils.exports.files.UnknownView` where a figure is asked for."""
        if self.view is None:
            raise UnknownView(name=self.name)
        return self.view


async def answer(
    request: Request,
    name: str,
    queue: JobQueue[T],
    work: Callable[[Order], T],
    respond: Callable[[T], Response],
    *,
    form: str = "",
    theme: Theme = "light",
    strict: bool = False,
    given: Mapping[str, str] | None = None,
) -> Response:
    """Return the response for what ``work`` makes of a name in a form.

    Where there is no such thing, or it cannot be made now, a short page says so. ``strict``: a parameter
    that does not exist, or has no such value, is refused; otherwise it falls back to the default.
    ``given`` are filters that the path holds.
    """
    try:
        view = None if name.startswith((SHARED, FIGURE)) else find_view(name)
        chosen = {**read_filters(request, view), **(given or {})} if view else {}
        release = await run_in_threadpool(find_release, request)
        if view and strict:
            check_parameters(request, view, release, given or {})
        context = DrawContext(release, read_language(request), theme, clock.today())
        order = Order(name, view, context, read_base(request), chosen)
        key = (release.identity, name, form, context.lang, theme, context.today, order.base, *chosen.items())
        made = await _make(request, queue, key, lambda: work(order))
    except (UnknownView, UnknownFormat):
        return refuse(request, 404)
    except UnfitParameter as unfit:
        return refuse(request, 400, unfit.allowed)
    except (releases.StoreError, QueueFull, NotDrawable) as problem:
        log.warning("%s: %s", request.url.path, problem)
        return refuse(request, 503)
    return made if isinstance(made, Response) else with_tag(request, respond(made))


async def answer_document(
    request: Request,
    queue: JobQueue[bytes] | None,
    write: Callable[[Request, releases.Release], bytes],
    media_type: str,
) -> Response:
    """Return what ``write`` makes of a request and its release.

    With a ``queue`` it is made once for all who ask the same address today: that is for what a release
    and its withdrawals alone decide.
    """
    try:
        release = await run_in_threadpool(find_release, request)
        if queue is None:
            content = await run_in_threadpool(write, request, release)
        else:
            path, lang = request.url.path, read_language(request)
            key = (release.identity, path, lang, read_base(request), clock.today())
            content = await queue.make(key, lambda: write(request, release), client(request))
    except UnknownView:
        return refuse(request, 404)
    except (releases.StoreError, QueueFull) as problem:
        log.warning("%s: %s", request.url.path, problem)
        return refuse(request, 503)
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
    return with_tag(request, Response(content, media_type=media_type, headers=headers))


def with_tag(request: Request, response: Response) -> Response:
    """Return a response with an ETag of its content, or 304 where the asker holds that content (RFC 9110)."""
    tag = f'"{hashlib.sha256(response.body).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    if tag not in re.split(r"\s*,\s*", request.headers.get("if-none-match", "").replace("W/", "")):
        return response
    kept = ("cache-control", "content-location", "vary", "link")
    headers = {name: value for name, value in response.headers.items() if name in kept}
    return Response(status_code=304, headers={**headers, "ETag": tag})


def respond_file(file: Download, disposition: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a file as a response; ``disposition`` is ``attachment`` or ``inline``."""
    disposed = {"Content-Disposition": f'{disposition}; filename="{file.name}"', "Cache-Control": "no-cache"}
    return Response(file.content, media_type=file.media_type, headers={**disposed, **(headers or {})})


def find_release(request: Request) -> releases.Release:
    """Return the public release: the one the address asks for where it is kept, else the newest.

    It may have to be read first. Raises :class:`utils.releases.NoRelease`.
    """
    release_id = request.query_params.get("release", "")
    if release_id:
        try:
            return releases.released("public", release_id)
        except (releases.NotKept, releases.ReleaseWithdrawn) as refusal:
            log.info("a release that is not shown: %s", type(refusal).__name__)
    return releases.current("public")


def read_language(request: Request) -> str:
    """Return the language of the address, else the first of the browser's that we have."""
    accepted = request.headers.get("accept-language", "")
    wishes = [wish.partition(";")[0].strip() for wish in accepted.split(",")]
    lang = resolve_language(request.query_params.get("lang"), *wishes)
    return add_digits(lang, request.query_params.get(PARAMETER))


def read_base(request: Request) -> str:
    """Return the address of the app with a slash at its end; empty where the host is not well formed."""
    return address.base(str(request.base_url))


def read_filters(request: Request, view: View) -> Mapping[str, str]:
    """Return the filters of a view that the address sets; of several of one name the last."""
    names = [item.name for item in view.filters]
    return {name: request.query_params[name] for name in names if name in request.query_params}


def check_parameters(
    request: Request, view: View, release: releases.Release, given: Mapping[str, str]
) -> None:
    """Refuse what a view's address does not take, by name or by value.

    Raises :class:`UnfitParameter` with what is allowed, :class:`utils.exports.files.UnknownView` where what
    the path gives does not exist, and what ``View.choose`` raises.
    """
    chosen = view.choose(release, {**read_filters(request, view), **given})
    if any(chosen[name] != value for name, value in given.items()):
        raise UnknownView(name=view.name)
    known = [item.name for item in view.filters]
    for name in request.query_params:
        if name not in (*known, *ALWAYS):
            raise UnfitParameter(name=name, allowed=(*known, *ALWAYS))
    for item in view.filters:
        asked = request.query_params.get(item.name)
        if asked is not None and item.codes is not None and asked != chosen[item.name]:
            raise UnfitParameter(name=item.name, allowed=item.codes(release, chosen))


async def _make(request: Request, queue: JobQueue[T], key: Hashable, work: Callable[[], T]) -> T | Response:
    """Return what ``work`` makes, or how far it is where the answer need not wait. Raises what it raises."""
    if "respond-async" not in request.headers.get("prefer", ""):
        return await queue.make(key, work, client(request))
    file = await queue.poll(key, work, client(request), seconds=_PATIENCE_SECONDS)
    return _pending(request, file) if isinstance(file, Pending) else file


def client(request: Request) -> str:
    """Return the address that asks; behind a trusted proxy the one that the proxy names."""
    return request.client.host if request.client else ""


def _pending(request: Request, pending: Pending) -> Response:
    _ = translator(read_language(request))
    text = (
        _.ngettext(
            "waiting, {count} file is made before it…",
            "waiting, {count} files are made before it…",
            pending.ahead,
        )
        if pending.ahead
        else _("being made…")
    )
    return PlainTextResponse(text, 202, {"Cache-Control": "no-store", "Preference-Applied": "respond-async"})


def refuse(request: Request, status: int, allowed: Collection[str] = ()) -> Response:
    """Return a short page that says in the reader's language what is wrong; it quotes nothing.

    ``allowed`` are the names or values that would be taken.
    """
    _ = translator(read_language(request))
    title, body = {
        400: (
            _("This address asks for something that does not exist"),
            _("A parameter is unknown, or has a value that this release does not have. Allowed here:"),
        ),
        404: (
            _("Not found"),
            _("There is no such file, picture or card. The page of sources lists what can be taken away."),
        ),
    }.get(
        status,
        (
            _("Not available now"),
            _("Many files are being made, or the data is being renewed. Please try again in a minute."),
        ),
    )
    headers = {"Cache-Control": "no-store"} | ({} if status in (400, 404) else {"Retry-After": "30"})
    if request.url.path.startswith(API):
        problem = {"title": title, "detail": body, "status": status, "allowed": list(allowed)}
        return JSONResponse(problem, status, headers, media_type="application/problem+json")
    listed = (
        el("ul", *(el("li", el("code", value)) for value in list(allowed)[:_LISTED])) if allowed else None
    )
    content = el("main", el("h1", title), el("p", body), listed)
    up = "../" * (request.url.path.count("/") - 1)
    page = write_document(_.lang, title, content, look=_PLAIN, up=up)
    return HTMLResponse(page, status, headers)


def write_document(
    lang: str, title: str, body: Markup, *, look: str, frame: bool = False, home: str = "", up: str = "../"
) -> Markup:
    """Return a whole HTML page without script, in our fonts; ``look`` is our own style sheet.

    In a ``frame`` links open beside the page that holds it; with ``home`` they start from there.
    ``up`` leads from the page to the root of the app.
    """
    page = el(
        "html",
        el(
            "head",
            el("meta", charset="utf-8"),
            el("meta", name="viewport", content="width=device-width, initial-scale=1"),
            el("title", f"{title} · Samaki"),
            el("link", rel="stylesheet", href=f"{up}{_FONTS}"),
            el("style", Markup(look)),  # a constant of ours
            el("base", href=home or None, target="_blank") if frame else None,
        ),
        el("body", body, class_="stApp"),
        lang=lang,
    )
    return Markup("<!doctype html>") + page
