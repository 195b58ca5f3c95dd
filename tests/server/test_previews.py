"""Shared links, embeds and pictures as a machine without scripts sees them."""

import html
import re
from urllib.parse import urlsplit

import pytest

from tests.running import Running
from tests.server.conftest import ask
from utils.server.link_preview import Preview, add_preview
from utils.server.static_files import ROOT
from utils.server.streamlit_internals import front_page

PAGES = ("", "displacement", "shelters", "donations", "sources")


def tags(body: bytes) -> dict[str, str]:
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', body.decode())
    return {name: html.unescape(content) for name, content in found}


@pytest.mark.parametrize("lang", ["en", "fr", "km"])
@pytest.mark.parametrize("page", PAGES)
def test_a_shared_link_says_what_it_opens(app_server: Running, page: str, lang: str) -> None:
    answer = ask(app_server, f"/{page}?lang={lang}&utm=x")
    told = tags(answer.body)
    assert f'<html lang="{lang}">'.encode() in answer.body
    assert told["og:title"].endswith(" · Samaki")
    assert f"<title>{html.escape(told['og:title'])}</title>" in answer.body.decode()
    assert len(told["og:description"]) > 30
    assert told["description"] == told["og:description"]
    assert told["og:url"] == f"{app_server.url}/{page}?lang={lang}"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"]
    picture = ask(app_server, urlsplit(told["og:image"]).path + f"?lang={lang}")
    assert (picture.status, picture.headers["content-type"]) == (200, "image/png")
    assert picture.body[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")


def test_the_overview_tells_the_latest_figure_and_its_day(app_server: Running) -> None:
    assert "45,559" in tags(ask(app_server, "/?lang=en").body)["og:description"]
    assert "10 March 2026" in tags(ask(app_server, "/overview?lang=en").body)["og:description"]


def test_without_a_language_in_the_address_the_browser_leads(app_server: Running) -> None:
    assert b'<html lang="km">' in ask(app_server, "/", accept_language="km-KH,km;q=0.9,en;q=0.8").body
    assert b'<html lang="fr">' in ask(app_server, "/?lang=xx", accept_language="de,fr-CA;q=0.7").body
    assert b'<html lang="en">' in ask(app_server, "/", accept_language="<script>").body


def test_an_unknown_page_is_not_found(app_server: Running) -> None:
    answer = ask(app_server, "/elsewhere?lang=fr")
    assert answer.status == 404
    assert b"<title>Introuvable" in answer.body


@pytest.mark.parametrize("host", ["a.example:80", 'x"><script>alert(1)</script>', "x y"])
def test_a_host_of_any_name_breaks_no_tag(app_server: Running, host: str) -> None:
    body = ask(app_server, "/?lang=en", Host=host).body
    assert b"<script>alert" not in body
    told = tags(body)
    assert told.get("og:image", "").startswith("http://a.example:80/image/") is (host == "a.example:80")


def test_all_that_is_told_is_escaped() -> None:
    evil = '"><script>alert(1)</script>'
    page = add_preview(front_page(ROOT), Preview("en", evil, evil, evil, evil, evil))
    assert "<script>alert" not in page


def test_embeds_alone_may_be_framed_and_run_no_script(app_server: Running) -> None:
    embed = ask(app_server, "/embed/national?lang=fr")
    policy = embed.headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert b"<script" not in embed.body
    assert b'<html lang="fr">' in embed.body
    for path in ("/", "/donations", "/export/national.json", "/image/national-1200x675.svg"):
        assert "frame-ancestors *" not in ask(app_server, path).headers.get("content-security-policy", "")


@pytest.mark.parametrize(
    "path",
    [
        "/embed/gifts",
        "/embed/nothing",
        "/embed/figure-nothing",
        "/embed/%3Cscript%3E?lang=%3Cscript%3E&theme=%3Cscript%3E",
        "/image/national-1200x675.gif",
        "/image/national-9999x9999.png",
        "/image/gifts-1200x675.png",
        "/image/figure-nothing-1200x630.png",
        "/image/x",
    ],
)
def test_what_is_not_there_is_told_kindly(app_server: Running, path: str) -> None:
    answer = ask(app_server, path)
    assert answer.status == 404
    assert b"<script" not in answer.body
    assert b"Not found" in answer.body


def test_a_picture_is_shown_or_saved(app_server: Running) -> None:
    shown = ask(app_server, "/image/overview-map-1200x675.png?lang=km")
    assert shown.headers["content-type"] == "image/png"
    assert shown.headers["content-disposition"].startswith("inline;")
    saved = ask(app_server, "/image/overview-map-1200x675.svg?save&lang=km")
    assert saved.headers["content-type"].startswith("image/svg+xml")
    assert saved.headers["content-disposition"].startswith('attachment; filename="samaki-overview-map-')
