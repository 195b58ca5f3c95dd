"""Safe headers on every answer, and doors that stay closed."""

import json
import re

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.loops import finish
from tests.running import Running
from tests.server.conftest import ask
from utils.server.security import policy
from utils.server.static_files import IMMUTABLE
from utils.server.streamlit_internals import CLOSED
from utils.settings.address import same_origin

LEAFLET = "/app/static/vendor/leaflet-1.9.4/leaflet.js"


@pytest.mark.parametrize("path", ["/", "/displacement", "/no-such-page"])
def test_every_page_carries_the_safe_headers(app_server: Running, path: str) -> None:
    headers = ask(app_server, path).headers
    written = headers["content-security-policy"]
    assert "default-src 'self'" in written
    assert re.search(r"script-src 'self'( 'sha256-[^']+')+;", written)
    assert "frame-ancestors 'self'" in written
    assert f"connect-src 'self' ws://127.0.0.1:{app_server.port}" in written
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "geolocation=()" in headers["permissions-policy"]


def test_only_the_frame_of_the_map_may_evaluate(app_server: Running) -> None:
    frame = ask(app_server, "/component/streamlit_folium.st_folium/index.html")
    assert frame.status == 200
    assert "'unsafe-eval'" in frame.headers["content-security-policy"]
    assert "unsafe-eval" not in ask(app_server, "/").headers["content-security-policy"]


def test_streamlits_page_takes_no_orders_from_a_page_that_holds_it(app_server: Running) -> None:
    orders = json.loads(ask(app_server, "/_stcore/host-config").body)
    assert orders["allowedOrigins"] == []
    assert orders["enableCustomParentMessages"] is False


def test_a_hostile_host_header_writes_nothing_into_the_policy() -> None:
    assert policy("/", "a; script-src *") == policy("/", "")
    assert "wss://example.org:8501" in policy("/", "example.org:8501")


@pytest.mark.parametrize("path", [*CLOSED, "/_stcore/agent/interact", "/_stcore/agent/openapi.json"])
def test_what_nobody_outside_needs_is_closed(app_server: Running, path: str) -> None:
    for method in ("GET", "POST"):
        assert ask(app_server, path, method=method).status == 404


def test_health_answers(app_server: Running) -> None:
    assert ask(app_server, "/_stcore/health").body == b"ok"


def test_origins() -> None:
    assert same_origin(None, "a.org")
    assert same_origin("https://A.org", "a.org")
    assert not same_origin("https://a.org:8000", "a.org")
    assert not same_origin("null", "a.org")


def test_a_web_socket_from_another_site_is_refused(app_server: Running) -> None:
    assert _handshake(app_server, f"http://127.0.0.1:{app_server.port}") == 101
    assert _handshake(app_server, "https://example.org") == 403


def test_the_ngo_tier_is_stored_nowhere_and_known_by_loopback_names_only(ngo_server: Running) -> None:
    assert ask(ngo_server, "/").headers["cache-control"] == "no-store"
    assert ask(ngo_server, LEAFLET).headers["cache-control"] == IMMUTABLE
    assert ask(ngo_server, "/", host=f"localhost:{ngo_server.port}").status == 200
    rebound = ask(ngo_server, "/_stcore/health", host=f"evil.example:{ngo_server.port}")
    assert rebound.status == 421


def _handshake(server: Running, origin: str) -> int:
    async def attempt() -> int:
        address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
        try:
            async with connect(address, additional_headers={"Origin": origin}):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code

    return finish(attempt())
