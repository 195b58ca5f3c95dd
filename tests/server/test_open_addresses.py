"""Plain addresses for programs: the API, the contract, feeds, calendar, digest, robots; and real 404s."""

import json
import re
from io import BytesIO
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as Xml

import pandas as pd
import pytest
from frictionless import Schema

from tests.running import Running
from tests.server.conftest import ask
from utils.product.sitemap import PAGES
from utils.releases import Release
from utils.views.sources import list_tables_on_offer

pytestmark = pytest.mark.slow
ATOM = "{http://www.w3.org/2005/Atom}"


def document(server: Running, path: str) -> dict[str, object]:
    answer = ask(server, path)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json"), path
    found: dict[str, object] = json.loads(answer.body)
    return found


def test_every_table_can_be_read_by_its_address(app_server: Running, public_release: Release) -> None:
    listed = document(app_server, "/api/v1/tables")["tables"]
    assert isinstance(listed, list)
    assert {table["name"] for table in listed} == set(list_tables_on_offer(public_release))
    for table in listed:
        assert table["files"]["csv"].startswith(app_server.url)
        path = table["files"]["csv"].removeprefix(app_server.url)
        frame = pd.read_csv(BytesIO(ask(app_server, path).body), dtype=str, keep_default_na=False)
        assert len(frame) == table["rows"], table["name"]


def test_a_figure_comes_with_source_definition_and_what_contradicts_it(app_server: Running) -> None:
    figure = document(app_server, "/api/v1/figures/dsp-0626?lang=fr")
    assert (figure["value"], figure["as_of"], figure["counted_by"]) == (45559.0, "2026-03-10", "moi")
    assert figure["sources"]
    assert {"definition", "contradicted_by", "history", "age_days", "newer"} <= set(figure)
    assert ask(app_server, "/api/v1/figures/dsp-9999999").status == 404


def test_the_openapi_names_each_address_and_each_answers(app_server: Running) -> None:
    described = document(app_server, "/api/v1/openapi.json")
    paths = described["paths"]
    assert isinstance(paths, dict)
    values = {"{table}": "places", "{view}": "gifts", "{form}": "json", "{figure}": "dsp-0626"}
    for path in paths:
        for name, value in values.items():
            path = path.replace(name, value)
        assert ask(app_server, path).status == 200, path


def test_the_page_of_the_api_and_a_refusal_find_their_links_and_fonts(app_server: Running) -> None:
    for path in ("/api/v1/docs", "/a/deep/path/of/nothing"):
        links = re.findall(r'href="([^"]+)"', ask(app_server, path).body.decode())
        assert links
        for link in links:
            assert ask(app_server, urlsplit(urljoin(f"{app_server.url}{path}", link)).path).status == 200, (
                link
            )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/tables/restricted_sites.csv", 404),
        ("/api/v1/tables/places.exe", 404),
        ("/api/v1/views/nothing.csv", 404),
        ("/api/v1/views/gifts.csv?currency=XXX", 400),
        ("/api/v2/tables", 404),
    ],
)
def test_a_refusal_of_the_api_is_json(app_server: Running, path: str, status: int) -> None:
    answer = ask(app_server, path)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert json.loads(answer.body)["status"] == status


def test_the_contract_names_addresses_that_hold_its_columns(app_server: Running) -> None:
    package = document(app_server, "/datapackage.json")
    resources = package["resources"]
    assert isinstance(resources, list)
    for resource in resources:
        assert Schema.from_descriptor(resource["schema"]).field_names
        assert str(resource["path"]).startswith(f"{app_server.url}/api/v1/tables/")


def test_pages_of_other_hosts_may_read_public_files_but_no_page(
    app_server: Running, ngo_server: Running
) -> None:
    for path in ("/export/national.csv", "/api/v1", "/embed/overview-curve", "/feeds/all.atom"):
        headers = ask(app_server, path).headers
        assert headers["access-control-allow-origin"] == "*", path
        assert headers["cross-origin-resource-policy"] == "cross-origin"
        assert "access-control-allow-credentials" not in headers
        assert "access-control-allow-origin" not in ask(ngo_server, path).headers
    asked = ask(app_server, "/api/v1", method="OPTIONS", origin="https://else.example")
    assert (asked.status, asked.headers["access-control-allow-methods"]) == (204, "GET, HEAD")
    page = ask(app_server, "/").headers
    assert page["cross-origin-resource-policy"] == "same-origin"
    assert page["x-frame-options"] == "SAMEORIGIN"
    assert "x-frame-options" not in ask(app_server, "/embed/overview-curve").headers
    assert "server" not in page


@pytest.mark.parametrize(
    "path", ["/nothing", "/robots", "/wp-login.php", "/displacement/more", "/.env", "/export", "/a/b.csv"]
)
def test_what_does_not_exist_is_not_found(app_server: Running, path: str) -> None:
    answer = ask(app_server, path, accept_language="fr")
    assert answer.status == 404
    assert "Introuvable" in answer.body.decode()


def test_every_page_still_answers(app_server: Running) -> None:
    for page in PAGES:
        assert ask(app_server, f"/{page.path}").status == 200
        assert ask(app_server, f"/{page.name}").status == 200
    assert ask(app_server, "/_stcore/health").status == 200


def test_crawlers_find_what_they_look_for(app_server: Running, ngo_server: Running) -> None:
    assert f"Sitemap: {app_server.url}/sitemap.xml" in ask(app_server, "/robots.txt").body.decode()
    assert ask(ngo_server, "/robots.txt").body.decode() == "User-agent: *\nDisallow: /\n"
    root = Xml.fromstring(ask(app_server, "/sitemap.xml").body)
    addresses = [element.text or "" for element in root.iter() if element.tag.endswith("}loc")]
    assert f"{app_server.url}/shelters?lang=km" in addresses
    assert not any("figure" in address for address in addresses)
    assert ask(app_server, "/favicon.ico").headers["content-type"] == "image/svg+xml"
    assert ask(app_server, "/.well-known/security.txt").status == 404, "no contact is set"


@pytest.mark.parametrize("lang", ["en", "fr", "km"])
def test_feeds_calendar_and_digest_answer_in_each_language(app_server: Running, lang: str) -> None:
    atom = Xml.fromstring(ask(app_server, f"/feeds/displacement.atom?lang={lang}").body)
    assert atom.tag == f"{ATOM}feed"
    assert [child.tag.removeprefix(ATOM) for child in atom[:3]] == ["id", "title", "updated"]
    feed = json.loads(ask(app_server, f"/feeds/all.json?lang={lang}").body)
    assert (feed["version"], feed["language"]) == ("https://jsonfeed.org/version/1.1", lang)
    calendar = ask(app_server, f"/calendar.ics?lang={lang}")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert calendar.body.count(b"BEGIN:VEVENT") > 40
    digest = ask(app_server, f"/digest.txt?lang={lang}").body.decode()
    assert len(digest.split()) <= 150
    assert digest.rstrip().endswith(f"?lang={lang}")
    assert ask(app_server, "/feeds/nothing.atom").status == 404
