"""Downloads over HTTP: named, typed, from the public tier only, and kind to any address."""

import json
import zipfile
from io import BytesIO

import pytest

from tests.running import Running
from tests.server.conftest import ask


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("csv", "text/csv"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("json", "application/json"),
        ("geojson", "application/geo+json"),
        ("hxl", "text/csv"),
        ("parquet", "application/vnd.apache.parquet"),
        ("zip", "application/zip"),
    ],
)
def test_a_file_comes_with_its_name_and_kind(app_server: Running, form: str, kind: str) -> None:
    answer = ask(app_server, f"/export/displacement-map.{form}?lang=fr&day=2025-07-30")
    assert answer.status == 200
    assert answer.headers["content-type"].split(";")[0] == kind
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="samaki-displacement-map-2025-07-30-')
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_address_inside_opens_the_same_view(app_server: Running) -> None:
    document = json.loads(ask(app_server, "/export/gifts.json?lang=km&currency=EUR").body)
    assert document["about"]["address"] == f"{app_server.url}/donations?lang=km&currency=EUR"
    assert document["about"]["language"] == "km"


@pytest.mark.parametrize(
    "path",
    [
        "/export/nothing.csv",
        "/export/national.exe",
        "/export/national",
        "/export/%3Cscript%3E.csv?lang=%3Cscript%3E",
        "/export/sites.csv",
        "/export/sources.geojson",
    ],
)
def test_what_is_not_there_gets_a_kind_page_that_quotes_nothing(app_server: Running, path: str) -> None:
    answer = ask(app_server, path, accept_language="fr-CA,en;q=0.5")
    assert answer.status == 404
    assert b"Introuvable" in answer.body or b"Not found" in answer.body
    assert b"script" not in answer.body
    assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_the_ngo_process_hands_out_the_public_tier_only(ngo_server: Running) -> None:
    assert ask(ngo_server, "/export/table.csv?table=restricted_sites").status == 400
    answer = ask(ngo_server, "/export/table.zip")
    names = zipfile.ZipFile(BytesIO(answer.body)).namelist()
    assert any(name.startswith("samaki-table-2026-03-10") for name in names)
    assert answer.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        ("day=KH99", b"2025-07-30"),
        ("province=KH99", b"day"),
        ("basis=%3Cscript%3E", b"sheltering"),
    ],
)
def test_an_unknown_or_unfitting_parameter_is_refused_with_what_is_allowed(
    app_server: Running, query: str, allowed: bytes
) -> None:
    answer = ask(app_server, f"/export/displacement-map.csv?{query}")
    assert answer.status == 400
    assert allowed in answer.body
    assert b"KH99" not in answer.body
    assert b"script" not in answer.body


def test_who_holds_the_newest_file_is_sent_nothing(app_server: Running) -> None:
    first = ask(app_server, "/export/national.csv")
    again = ask(app_server, "/export/national.csv", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert ask(app_server, "/export/national.csv", if_none_match='"other"').body == first.body
