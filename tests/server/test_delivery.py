"""What goes out: packed and cached files, safe headers, closed doors."""

import gzip
import hashlib
import re
from pathlib import Path

import brotli
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.loops import finish
from tests.running import ROOT, Running
from tests.server.conftest import ask
from utils.delivery import CLOSED, IMMUTABLE, front_page, known_files, late_engine, policy, same_origin

FILES = known_files(ROOT)
ENGINE = next(url for url in FILES if "/PlotlyChart." in url)
LEAFLET = "/app/static/vendor/leaflet-1.9.4/leaflet.js"
OUR_SCRIPT = "/app/static/js/samaki-map.js"


@pytest.mark.parametrize("url", [LEAFLET, OUR_SCRIPT, ENGINE + "?engine"])
def test_a_file_comes_whole_in_each_encoding(app_server: Running, url: str) -> None:
    raw = FILES[url.partition("?")[0]].path.read_bytes()
    assert ask(app_server, url).body == raw
    packed = ask(app_server, url, accept_encoding="gzip")
    assert (packed.headers["content-encoding"], gzip.decompress(packed.body)) == ("gzip", raw)
    best = ask(app_server, url, accept_encoding="gzip, deflate, br")
    assert (best.headers["content-encoding"], brotli.decompress(best.body)) == ("br", raw)
    assert len(best.body) < len(raw) / 2
    assert best.headers["vary"] == "Accept-Encoding"


def test_a_head_request_gets_the_headers_alone(app_server: Running) -> None:
    answer = ask(app_server, LEAFLET, method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["content-length"]) == FILES[LEAFLET].path.stat().st_size


def test_only_names_that_change_with_their_content_are_kept_for_ever(app_server: Running) -> None:
    for url in (
        LEAFLET,
        ENGINE + "?engine",
        _first("/app/static/geo/base-"),
        _first("/app/static/fonts/noto"),
    ):
        assert ask(app_server, url).headers["cache-control"] == IMMUTABLE
    for url in (OUR_SCRIPT, "/", "/displacement", "/app/static/geo/manifest.json"):
        assert ask(app_server, url).headers["cache-control"] == "no-cache"


def test_a_version_in_the_address_counts_only_if_it_is_the_content(app_server: Running) -> None:
    digest = hashlib.sha256(FILES[OUR_SCRIPT].path.read_bytes()).hexdigest()
    assert ask(app_server, f"{OUR_SCRIPT}?v={digest[:8]}").headers["cache-control"] == IMMUTABLE
    for wrong in ("00000000", digest[:3], "", "%00"):
        assert ask(app_server, f"{OUR_SCRIPT}?v={wrong}").headers["cache-control"] == "no-cache"


def test_an_unchanged_file_is_not_sent_again(app_server: Running) -> None:
    tag = ask(app_server, OUR_SCRIPT, accept_encoding="gzip").headers["etag"]
    again = ask(app_server, OUR_SCRIPT, accept_encoding="gzip", if_none_match=f'"other", W/{tag}')
    assert (again.status, again.body) == (304, b"")
    assert ask(app_server, OUR_SCRIPT, accept_encoding="gzip", if_none_match='"other"').status == 200


@pytest.mark.parametrize("path", ["/app/static/../../data/CURRENT", "/app/static/%2e%2e/%2e%2e/data/CURRENT"])
def test_nothing_outside_the_static_folders_is_handed_out(app_server: Running, path: str) -> None:
    answer = ask(app_server, path)
    assert answer.status >= 400 or b"<title>" in answer.body


def test_every_known_file_is_in_a_folder_meant_for_browsers() -> None:
    folders = ("/static/", "/frontend/build/")
    assert [file for file in FILES.values() if not any(part in str(file.path) for part in folders)] == []


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


def test_a_hostile_host_header_writes_nothing_into_the_policy() -> None:
    assert policy("/", "a; script-src *") == policy("/", "")
    assert "wss://example.org:8501" in policy("/", "example.org:8501")


@pytest.mark.parametrize("path", [*CLOSED, "/_stcore/agent/interact", "/_stcore/agent/openapi.json"])
def test_what_nobody_outside_needs_is_closed(app_server: Running, path: str) -> None:
    for method in ("GET", "POST"):
        assert ask(app_server, path, method=method).status == 404


def test_health_answers(app_server: Running) -> None:
    assert ask(app_server, "/_stcore/health").body == b"ok"


def test_the_front_page_is_ours() -> None:
    page = front_page(ROOT)
    assert "<title>Samaki</title>" in page
    assert "Streamlit" not in re.sub(r"<script.*?</script>|<link[^>]*>", "", page, flags=re.DOTALL)
    assert page.count('as="font"') == 1
    assert "noto-sans-latin" in page


def test_the_charts_engine_stands_behind_a_short_module() -> None:
    module = late_engine(FILES[ENGINE].path)
    assert f'import("./{FILES[ENGINE].path.name}?engine")' in module
    assert "export default engine.default;" in module
    assert len(module) < 2000


def test_a_bundle_without_plain_exports_is_left_alone(tmp_path: Path) -> None:
    bundle = tmp_path / "PlotlyChart.12345678.js"
    bundle.write_text("export * from './other.js'")
    assert late_engine(bundle) == ""


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


def _first(start: str) -> str:
    return next(url for url in FILES if url.startswith(start))


def _handshake(server: Running, origin: str) -> int:
    async def attempt() -> int:
        address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
        try:
            async with connect(address, additional_headers={"Origin": origin}):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code

    return finish(attempt())
