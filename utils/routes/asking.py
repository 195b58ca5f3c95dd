"""What a request without a session asks: language, address of the app, filters; and kind refusals.

Only the public tier is handed out here, whatever tier the pages of this process show: nothing on
these routes asks who is looking.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from utils import store
from utils.html import Markup, el
from utils.locale import resolve, translator

log = logging.getLogger(__name__)

_ADDRESS: Final = re.compile(r"https?://[0-9A-Za-z.:\[\]-]{1,255}(/[0-9A-Za-z._~/-]*)?")
SETTING: Final = "SAMAKI_ADDRESS"
"""Setting of the deployer: the public address of the app, such as ``https://example.org/samaki``."""


def release() -> store.Release:
    """Return the public release. Raises :class:`utils.store.NoRelease`."""
    return store.current("public")


def language(request: Request) -> str:
    """Return the language of the address, else the first of the browser's that we have."""
    accepted = request.headers.get("accept-language", "")
    wishes = [wish.partition(";")[0].strip() for wish in accepted.split(",")]
    return resolve(request.query_params.get("lang"), *wishes)


def base(request: Request) -> str:
    """Return the address of the app with a slash at its end; empty where the host is not well formed."""
    set_by_deployer = os.environ.get(SETTING, "")
    address = set_by_deployer or str(request.base_url)
    return f"{address.rstrip('/')}/" if _ADDRESS.fullmatch(address) else ""


def asked(request: Request) -> Mapping[str, str]:
    """Return the parameters of the address; of several of one name the last."""
    return dict(request.query_params)


def refuse(request: Request, status: int) -> Response:
    """Return a short page that says in the reader's language what is wrong; it quotes nothing."""
    _ = translator(language(request))
    title, body = {
        404: (
            _("Not found"),
            _("There is no such file, picture or card. The page of sources lists what can be taken away."),
        ),
        503: (
            _("Not available now"),
            _("Many files are being made, or the data is being renewed. Please try again in a minute."),
        ),
    }[status]
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": "30"} if status == 503 else {})
    page = document(_.lang, title, el("main", el("h1", title), el("p", body)))
    return HTMLResponse(page, status, headers)


def document(lang: str, title: str, body: Markup, *head: Markup) -> Markup:
    """Return a whole HTML page without script, in our fonts."""
    page = el(
        "html",
        el(
            "head",
            Markup('<meta charset="utf-8">'),
            Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            el("title", f"{title} · Samaki"),
            *head,
        ),
        el("body", body),
        lang=lang,
    )
    return Markup("<!doctype html>") + page
