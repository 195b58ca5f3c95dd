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
        ("csv", "application/zip"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("json", "application/json"),
        ("geojson", "application/geo+json"),
        ("hxl", "application/zip"),
        ("parquet", "application/zip"),
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
    document = json.loads(ask(app_server, "/export/gifts.json?lang=km&currency=EUR&x=1").body)
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
    for path in ("/export/table.csv?table=restricted_sites", "/export/table.csv"):
        names = zipfile.ZipFile(BytesIO(ask(ngo_server, path).body)).namelist()
        assert any(name.startswith("samaki-table-2026-03-10") for name in names)
    assert ask(ngo_server, "/export/table.csv").headers["cache-control"] == "no-store"
