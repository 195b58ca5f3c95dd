"""Files that go out: packed, cached, and none from outside the folders meant for browsers."""

import gzip
import hashlib

import brotli
import pytest

from tests.running import ROOT, Running
from tests.server.conftest import ask
from utils.server.static_files import IMMUTABLE, known_files

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


def test_the_maps_frame_never_goes_out_without_its_guard(app_server: Running) -> None:
    frame = "/component/streamlit_folium.st_folium"
    for query in ("", "?engine", "?v=12345678", "?streamlitUrl=x"):
        page = ask(app_server, f"{frame}/index.html{query}").body.decode()
        assert 0 < page.index("event.source !== parent") < page.index("main."), query
    for other in ("", "/", "//index.html", "/./index.html", "/static/../index.html", "/%2e/index.html"):
        assert ask(app_server, frame + other).status == 404, other
    assert ask(app_server, f"{frame}/index.html", method="POST").status == 405


def test_every_known_file_is_in_a_folder_meant_for_browsers() -> None:
    folders = ("/static/", "/frontend/build/")
    assert [file for file in FILES.values() if not any(part in str(file.path) for part in folders)] == []


def _first(start: str) -> str:
    return next(url for url in FILES if url.startswith(start))
