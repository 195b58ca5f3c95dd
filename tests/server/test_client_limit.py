"""One client cannot take the making of files from all others."""

from collections.abc import MutableMapping
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.loops import finish
from tests.running import Running
from utils.server.client_limit import ClientLimit, client_key
from utils.server.routes import requests
from utils.settings.address import SETTING


async def _answer(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


def answer(app: ClientLimit, client: str, path: str) -> tuple[int, str]:
    """Return status and text of what a French browser at the address ``client`` is given."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(dict(message))

    scope = {"type": "http", "method": "GET", "path": path, "client": (client, 1), "query_string": b""}
    finish(app({**scope, "headers": [(b"accept-language", b"fr")]}, receive, send))
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent).decode()


def test_a_client_that_asks_too_often_is_asked_to_wait_and_nobody_else() -> None:
    now = [0.0]
    app = ClientLimit(Starlette(routes=[Route("/{path:path}", _answer)]), most=3, clock=lambda: now[0])
    for path in ("/export/a.csv", "/image/a-1200x675.png", "/embed/a"):
        assert answer(app, "203.0.113.1", path) == (200, "ok")
    status, text = answer(app, "203.0.113.1", "/embed/a")
    assert (status, 'lang="fr"' in text) == (429, True)
    assert answer(app, "203.0.113.1", "/donations") == (200, "ok")
    assert answer(app, "203.0.113.2", "/embed/a") == (200, "ok")
    now[0] = 61.0
    assert answer(app, "203.0.113.1", "/embed/a") == (200, "ok")


def test_one_line_of_ipv6_is_one_client() -> None:
    assert (
        client_key("2001:db8:1:2::1") == client_key("2001:db8:1:2:ffff::9") != client_key("2001:db8:1:3::1")
    )
    assert client_key("::ffff:203.0.113.1") == client_key("203.0.113.1")
    assert client_key("testclient") == "testclient"


def test_with_a_public_address_the_host_that_is_asked_makes_nothing_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def base(host: str) -> str:
        headers = [(b"host", host.encode())]
        asked = Request({"type": "http", "path": "/", "scheme": "http", "headers": headers})
        return requests.read_base(asked)

    assert base("a.example") != base("b.example")
    monkeypatch.setenv(SETTING, "https://example.org/samaki")
    assert base("a.example") == base("b.example") == "https://example.org/samaki/"


def test_the_start_says_that_the_public_address_is_not_set(app_server: Running) -> None:
    assert f"{SETTING} is not set" in app_server.log
