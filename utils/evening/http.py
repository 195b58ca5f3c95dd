"""What the evening's own pages share: the language, a page of its own, JSON in and out, the pass."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from utils import releases
from utils.evening import security_log
from utils.evening.ledger import database
from utils.evening.ledger.book import Book
from utils.evening.ledger.errors import Busy, NoSuchEvening, Refused
from utils.evening.ledger.sessions import LASTS, Holder, holder
from utils.releases import Release, StoreError
from utils.settings.address import same_origin
from utils.text.html import Markup, document, el, join
from utils.text.locale import (
    LANGUAGES,
    Message,
    Translator,
    digits,
    lazy_gettext,
    list_choices,
    resolve_language,
    translator,
)

STATIC: Final = "/app/static"
COOKIE: Final = "samaki-evening"
_LARGEST_BODY: Final = 8192
_LEDGER: Final = ThreadPoolExecutor(4, thread_name_prefix="ledger")
"""Where the ledger is asked: a database that hangs holds up these threads, no page, file or health check."""
PIN: Final = ThreadPoolExecutor(1, thread_name_prefix="pin")
"""Where PINs are hashed, which takes sixteen megabytes each."""
_OPENING: Final = threading.Lock()
_LOOK_SECONDS: Final = 5.0
NO_DATA: Final = lazy_gettext(
    "Many files are being made, or the data is being renewed. Please try again in a minute."
)
T = TypeVar("T")
log = logging.getLogger(__name__)


class Answerable(Exception):
    """A request that is refused: the status of the answer and its message, for which ``field``."""

    def __init__(self, *, status: int, message: Message, field: str = "", code: str = "") -> None:
        super().__init__(message.msgid)
        self.status = status
        self.message = message
        self.field = field
        self.code = code


@dataclass(frozen=True, slots=True)
class NewPass:
    """An answer that says nothing and gives the phone its pass."""

    token: str


class PassEnded:
    """An answer that says nothing and takes the pass from the phone."""


@cache
def _opened(address: str) -> Book:
    return Book.open(address)


def book() -> Book:
    """Return the process's ledger; its tables are brought up to date when it is first opened.

    Raises :class:`utils.evening.ledger.database.CannotOpen`.
    """
    with _OPENING:
        return _opened(database.address())


async def run(request: Request, work: Callable[[], T], threads: Executor = _LEDGER) -> T:
    """Run ``work`` off the event loop: what may ask the ledger in its own threads.

    Raises :class:`Busy` also where the ledger cannot be opened: phones keep what they have.
    """
    try:
        if "evening" in request.path_params or request.query_params.get("evening"):
            return await asyncio.get_running_loop().run_in_executor(threads, work)
        return await run_in_threadpool(work)
    except database.CannotOpen as error:
        raise Busy from error


async def watch_ledger() -> None:
    """Ask the ledger every five seconds, so that its state is known when nobody else asks."""
    while True:
        try:
            await asyncio.get_running_loop().run_in_executor(_LEDGER, lambda: book().evenings())
        except (Busy, database.CannotOpen) as error:
            log.warning("the ledger is busy: %s", error.__cause__)
        await asyncio.sleep(_LOOK_SECONDS)


def release() -> Release:
    """Return the public release: the hall never sees another tier."""
    return releases.current("public")


def public_address(request: Request) -> str:
    """Return the address of the public view: ``SAMAKI_PUBLIC_URL``, else where this page was opened."""
    named = os.environ.get("SAMAKI_PUBLIC_URL", "").rstrip("/")
    return named or f"{request.url.scheme}://{request.headers.get('host', 'localhost')}"


def language(request: Request) -> str:
    """Return the language code asked for in the address, else the browser's, else English."""
    wish = request.query_params.get("lang")
    first = request.headers.get("accept-language", "").split(",")[0].split(";")[0]
    return language_with_digits(request, resolve_language(wish if wish in LANGUAGES else None, first))


def language_with_digits(request: Request, lang: str) -> str:
    """Return the code of a language with the digits that the address asks for."""
    return digits.add_digits(lang, request.query_params.get(digits.PARAMETER))


def language_query(lang: str) -> str:
    """Return what the address of a page says of its language code."""
    return urlencode(digits.find_digit_parameters(lang))


def render_page(
    request: Request,
    title: str,
    *children: Markup | str | None,
    scripts: tuple[str, ...],
    sheet: str,
    status: int = 200,
    **attributes: str | None,
) -> HTMLResponse:
    """Return a page of its own: our fonts, one sheet, scripts from our own files only."""
    head = join(
        [
            el("title", f"{title} · Samaki"),
            el("link", rel="icon", href="data:,"),
            el("link", rel="stylesheet", href=f"{STATIC}/fonts/map-fonts.css"),
            el("link", rel="stylesheet", href=f"{STATIC}/evening/{sheet}"),
            *(el("script", src=f"{STATIC}/evening/{name}", defer=True) for name in scripts),
        ]
    )
    body = el("body", *children, **attributes)
    headers = {"Cache-Control": "no-store"}
    return HTMLResponse(document(head, body, lang=language(request)), status_code=status, headers=headers)


def refusal_page(request: Request, title: str, refused: Refused) -> HTMLResponse:
    """Return a page that says why there is none: no such evening, or the ledger is busy."""
    text = translator(language(request)).translate(refused.message)
    status = 503 if isinstance(refused, Busy) else 404
    return render_page(
        request, title, el("main", el("h1", text)), scripts=(), sheet="enter.css", status=status
    )


def language_links(request: Request, lang: str) -> Markup:
    """Return links to the same page in the other languages, in Khmer also with the other digits."""
    others = []
    kept = {name: value for name, value in request.query_params.items() if name != digits.PARAMETER}
    for code, name in list_choices(lang).items():
        address = urlencode({**kept, **digits.find_digit_parameters(code)})
        current = "true" if code == lang else None
        others.append(el("a", name, href=f"?{address}", lang=code, aria_current=current))
    return el("nav", *others, class_="languages")


def json_response(content: Any, status: int = 200) -> Response:
    """Return JSON that nothing stores."""
    return Response(
        orjson.dumps(content),
        status_code=status,
        media_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


async def read_json(request: Request) -> dict[str, Any]:
    """Return the JSON object a page of ours sent. Anything else is refused (:class:`HTTPException`).

    A form of another site can send neither this content type nor our origin.
    """
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise HTTPException(415)
    if not same_origin(request.headers.get("origin"), request.headers.get("host", "")):
        security_log.write_event("foreign_page", request)
        raise HTTPException(403)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_BODY:
            raise HTTPException(413)
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise HTTPException(400) from None
    if not isinstance(content, dict):
        raise HTTPException(400)
    return content


async def respond(
    request: Request, work: Callable[[Translator], Any], threads: Executor = _LEDGER
) -> Response:
    """Run ``work`` off the event loop and answer with what it gives, or with what went wrong."""
    _ = translator(language(request))
    try:
        found = await run(request, lambda: work(_), threads)
        if isinstance(found, NewPass):
            response = json_response({})
            keep_pass(request, response, found.token)
            return response
        if isinstance(found, PassEnded):
            response = json_response({})
            response.delete_cookie(COOKIE, path=_path_of(request), httponly=True, samesite="strict")
            return response
        return json_response(found)
    except Answerable as known:
        return _refusal(_, known.status, known.message, known.field, known.code)
    except NoSuchEvening as unknown:
        return _refusal(_, 404, unknown.message)
    except Busy as busy:
        log.warning("the ledger is busy: %s", busy.__cause__)
        return _refusal(_, 503, busy.message)
    except StoreError as missing:
        log.warning("the evening lacks data: %s", missing)
        return _refusal(_, 503, NO_DATA)
    except Refused as refused:
        return _refusal(_, 409, refused.message, code=type(refused).__name__)


def _refusal(_: Translator, status: int, message: Message, field: str = "", code: str = "") -> Response:
    return json_response({"message": _.translate(message), "field": field, "code": code}, status)


def evening_of(request: Request) -> str:
    """Return the evening named in the path."""
    return str(request.path_params["evening"])


def holder_of(request: Request) -> Holder | None:
    """Return who holds the pass of this request, ``None`` without a good one."""
    return holder(book(), evening_of(request), request.cookies.get(COOKIE, ""))


def _path_of(request: Request) -> str:
    return f"/evening/{evening_of(request)}/"


def keep_pass(request: Request, response: Response, token: str) -> None:
    """Let the phone keep its pass where no script can read it and no other site can use it."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LASTS.total_seconds()),
        path=_path_of(request),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def script_texts(_: Translator, texts: Mapping[str, Message]) -> str:
    """Return texts for a script, as JSON for an attribute of the page."""
    return orjson.dumps({name: _.translate(text) for name, text in texts.items()}).decode()
