"""Files that programs look for at fixed addresses: robots, sitemap, security.txt, icon, contract."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlencode
from xml.etree import ElementTree as Xml

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from utils.product import sitemap
from utils.releases import Release
from utils.server.routes.api import describe_package, json_route
from utils.server.routes.requests import answer_document, read_base, refuse
from utils.settings import address, clock
from utils.text.locale import LANGUAGES

_ICON: Final = (Path(__file__).parents[3] / "static" / "icon.svg").read_bytes()
_DAY: Final = {"Cache-Control": "public, max-age=86400"}
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_VALID_DAYS: Final = 180
"""How long a security.txt holds (RFC 9116 asks for less than a year)."""


def write_robots(base: str, *, private: bool) -> str:
    """Return who may read what: everything of a public process but its files, nothing of a private one."""
    if private:
        return "User-agent: *\nDisallow: /\n"
    lines = [
        "User-agent: *",
        "Disallow: /export/",
        "Disallow: /image/",
        "Disallow: /evening/",
        "Disallow: /wall",
    ]
    return "\n".join([*lines, *([f"Sitemap: {base}sitemap.xml"] if base else []), ""])


def write_sitemap(base: str, changed: str) -> bytes:
    """Return every page that the navigation or the foot links to, in each language, as a sitemap.

    ``changed`` is the ISO day of the newest figure, ``""`` where none has a day.
    """
    Xml.register_namespace("", _SITEMAP)
    Xml.register_namespace("xhtml", _XHTML)
    root = Xml.Element(f"{{{_SITEMAP}}}urlset")
    for page in sitemap.PAGES:
        if page.hidden and page.name not in sitemap.FOOT:
            continue
        addresses = {lang: f"{base}{page.path}?{urlencode({'lang': lang})}" for lang in LANGUAGES}
        for own in addresses.values():
            entry = Xml.SubElement(root, f"{{{_SITEMAP}}}url")
            Xml.SubElement(entry, f"{{{_SITEMAP}}}loc").text = own
            if changed:
                Xml.SubElement(entry, f"{{{_SITEMAP}}}lastmod").text = changed
            for lang, other in addresses.items():
                Xml.SubElement(entry, f"{{{_XHTML}}}link", rel="alternate", hreflang=lang, href=other)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))


async def _sitemap(request: Request) -> Response:
    if not read_base(request):
        return refuse(request, 404)
    return await answer_document(request, None, _write_sitemap, "application/xml")


def _write_sitemap(request: Request, release: Release) -> bytes:
    newest = release.newest_as_of
    return write_sitemap(read_base(request), newest.isoformat() if newest else "")


async def _security(request: Request) -> Response:
    """Answer with how to report a fault (RFC 9116), where the operator has set a contact."""
    contact, base = address.contact(), read_base(request)
    if not contact:
        return refuse(request, 404)
    if "@" in contact and ":" not in contact and " " not in contact:
        contact = f"mailto:{contact}"
    lines = [
        f"Contact: {contact}" if ":" in contact and " " not in contact else f"Contact: {base}privacy",
        f"Expires: {clock.today() + timedelta(days=_VALID_DAYS)}T00:00:00Z",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        *([f"Canonical: {base}.well-known/security.txt"] if base else []),
    ]
    return PlainTextResponse("\n".join([*lines, ""]), headers=_DAY)


async def _icon(_request: Request) -> Response:
    return Response(_ICON, media_type="image/svg+xml", headers=_DAY)


def routes(*, private: bool) -> list[Route]:
    """Return the routes; a ``private`` process asks every crawler to keep away."""

    async def robots(request: Request) -> Response:
        return PlainTextResponse(write_robots(read_base(request), private=private), headers=_DAY)

    return [
        Route("/robots.txt", robots, methods=["GET", "HEAD"]),
        Route("/sitemap.xml", _sitemap, methods=["GET", "HEAD"]),
        Route("/.well-known/security.txt", _security, methods=["GET", "HEAD"]),
        Route("/favicon.ico", _icon, methods=["GET", "HEAD"]),
        Route("/favicon.png", _icon, methods=["GET", "HEAD"]),  # Streamlit's front page asks for it
        json_route("/datapackage.json", describe_package),
    ]
