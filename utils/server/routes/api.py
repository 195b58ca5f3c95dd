"""``/api/v1/``: tables, views and figures of the public tier for programs, without a key.

Each address is declared once, in :data:`ENDPOINTS`: the routes, ``openapi.json`` and the page that
describes them are made from it. ``docs/api.md`` says what counts as a breaking change.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from utils.analysis import figures, observations, sources
from utils.analysis.model import Observation, SourceRef
from utils.components.addresses import FIGURE_PARAMETER, language_address
from utils.exports.files import UnknownView
from utils.exports.formats import FORMATS
from utils.exports.job_queue import JobQueue
from utils.releases import Release
from utils.server.routes.downloads import send_view_file
from utils.server.routes.requests import (
    API,
    answer_document,
    read_base,
    read_language,
    refuse,
    write_document,
)
from utils.settings import clock
from utils.text.html import Markup, el, link
from utils.text.locale import Message, translator
from utils.views.catalogue import VIEWS
from utils.views.model import View
from utils.views.sources import TABLE, list_tables_on_offer

ROOT: Final = f"{API}v1"
VERSION: Final = "1.0"
_DOCUMENTS: Final[JobQueue[bytes]] = JobQueue(waiting=24, kept=24)
_UP: Final = "../../"
"""From the page of the API to the root of the app, which may itself stand below a path."""
_LOOK: Final = (
    "body{font-family:'Noto Sans','Noto Sans Khmer',sans-serif;line-height:1.6;max-width:820px;"
    "margin:0 auto;padding:16px}code{overflow-wrap:anywhere}dd{margin:0 0 16px}"
)
Document = Mapping[str, Any]
Make = Callable[[Request, Release], Document]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address: its path below :data:`ROOT`, what it answers with, and what makes a JSON answer."""

    path: str
    summary: str
    make: Make | None = None
    table: bool = False
    """Whether the path names a table of the release; otherwise a file is of a view."""


def _list_index(request: Request, release: Release) -> Document:
    base = read_base(request)
    return {
        "api": VERSION,
        "release": release.release_id,
        "newest_as_of": release.newest_as_of,
        "licence": "CC-BY-4.0",
        "addresses": {item.path or "/": f"{base}{ROOT[1:]}{item.path}" for item in ENDPOINTS},
    }


def _list_tables(request: Request, release: Release) -> Document:
    lang, base = read_language(request), read_base(request)
    return {
        "release": release.release_id,
        "tables": [
            {
                "name": table.name,
                "title": table.titles.of(lang),
                "rows": table.rows,
                "files": {form: f"{base}{ROOT[1:]}/tables/{table.name}.{form}" for form in _forms(TABLE)},
            }
            for table in sources.list_public_tables(release)
            if not table.streamed
        ],
    }


def _list_views(request: Request, release: Release) -> Document:
    lang, base = read_language(request), read_base(request)
    _ = translator(lang)
    return {
        "release": release.release_id,
        "views": [
            {
                "name": name,
                "title": _.translate(view.title) if isinstance(view.title, Message) else "",
                "page": f"{base}{view.page}",
                "filters": {
                    item.name: {
                        "label": _.translate(item.label),
                        "values": list(item.codes(release, view.choose(release, {}))) if item.codes else None,
                    }
                    for item in view.filters
                },
                "files": {form: f"{base}{ROOT[1:]}/views/{name}.{form}" for form in _forms(view)},
            }
            for name, view in VIEWS.items()
            if view.is_in(release)
        ],
    }


def _forms(view: View) -> tuple[str, ...]:
    return tuple(form for form in FORMATS if view.placed or form != "geojson")


def _list_figures(request: Request, release: Release) -> Document:
    base = read_base(request)
    return {
        "release": release.release_id,
        "figures": [
            {**_observation(row), "table": table, "address": f"{base}{ROOT[1:]}/figures/{key}"}
            for key, (table, row) in figures.index_rows(release).items()
        ],
    }


def _show_figure(request: Request, release: Release) -> Document:
    """Return a figure with its sources, definition and what contradicts it. Raises ``UnknownView``."""
    wanted, base, lang = request.path_params["figure"], read_base(request), read_language(request)
    figure = figures.find_figure(release, wanted, clock.today())
    if figure is None:
        raise UnknownView(name=wanted)
    _, finding = translator(lang), figure.finding
    return {
        "release": release.release_id,
        **_observation(figure.observation),
        "id": figure.figure_id,
        "table": figure.table or None,
        "kind": figure.kind,
        "label": _.translate(finding.label),
        "counted_by_name": _.format(observations.name_counter(release, figure.observation.counted_by)),
        "definition": finding.definition or None,
        "why_this_figure": _.translate(finding.why),
        "age_days": finding.freshness.days,
        "sources": [_source(source) for source in figure.observation.sources],
        "contradicted_by": [_observation(row) for row in finding.contradicted_by],
        "newer": _observation(figure.newer) if figure.newer else None,
        "history": [_observation(row) for row in figure.history],
        "page": base + language_address(lang, "figure", {FIGURE_PARAMETER: figure.figure_id}),
    }


def _observation(row: Observation) -> Document:
    return {
        "id": row.observation_id or None,
        "indicator": row.indicator,
        "value": row.value,
        "low": row.low,
        "high": row.high,
        "unit": row.unit,
        "qualifier": row.qualifier,
        "as_of": row.as_of,
        "as_of_precision": row.as_of_precision,
        "country": row.country,
        "admin1": row.admin1 or None,
        "admin1_pcode": row.admin1_pcode or None,
        "admin2": row.admin2 or None,
        "admin2_pcode": row.admin2_pcode or None,
        "area_basis": row.area_basis,
        "counted_by": row.counted_by or None,
        "headline_ok": row.headline_ok,
        "source_ids": [source.source_id for source in row.sources],
        "computed_from": list(row.computed_from),
    }


def _source(source: SourceRef) -> Document:
    return {
        "id": source.source_id,
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url,
        "published_on": source.published_on or None,
        "kind": source.kind,
        "language": source.language,
        "grade": source.grade,
        "origins": list(source.origins),
    }


def describe_package(request: Request, release: Release) -> Document:
    """Return the contract of the public tables as a data package whose paths are addresses of CSV files."""
    base, offered = read_base(request), list_tables_on_offer(release)
    contract = release.contract()
    return {
        **contract,
        "version": release.release_id,
        "homepage": base,
        "resources": [
            {
                **{name: value for name, value in resource.items() if name not in ("hash", "bytes")},
                "path": f"{base}{ROOT[1:]}/tables/{resource['name']}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
            }
            for resource in contract["resources"]
            if resource["name"] in offered
        ],
    }


def _describe_api(request: Request, _release: Release) -> Document:
    """Return the description of all addresses as OpenAPI 3.1."""
    paths: dict[str, Any] = {}
    for item in ENDPOINTS:
        names = [part[1:-1] for part in item.path.replace(".", "/").split("/") if part.startswith("{")]
        kinds = (
            {"application/json": {"schema": {"type": "object"}}}
            if item.make
            else {form.media_type: {} for form in FORMATS.values()}
        )
        paths[f"{ROOT}{item.path or '/'}"] = {
            "get": {
                "summary": item.summary,
                "parameters": [
                    *(_parameter(name, "path", required=True) for name in names),
                    _parameter("lang", "query"),
                    _parameter("release", "query"),
                    *(() if item.make else (_parameter("If-None-Match", "header"),)),
                ],
                "responses": {
                    "200": {"description": "The answer, with an ETag", "content": kinds},
                    "304": {"description": "Not changed since the ETag that was sent"},
                    "400": {"description": "A parameter does not exist or has no such value"},
                    "404": {"description": "There is no such table, view or figure"},
                    "429": {"description": "Too many requests"},
                    "503": {"description": "Not available now; Retry-After says when to ask again"},
                },
            }
        }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Samaki",
            "version": VERSION,
            "summary": "Public figures on the Cambodia–Thailand border crisis, each with day and source",
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": read_base(request).rstrip("/") or "/"}],
        "paths": paths,
    }


def _parameter(name: str, place: str, *, required: bool = False) -> Document:
    allowed = {"type": "string", "enum": list(FORMATS)} if name == "form" else {"type": "string"}
    return {"name": name, "in": place, "required": required, "schema": allowed}


ENDPOINTS: Final = (
    Endpoint("", "What this release offers", _list_index),
    Endpoint("/openapi.json", "This description, for programs (OpenAPI 3.1)", _describe_api),
    Endpoint("/tables", "The public tables and their files", _list_tables),
    Endpoint("/tables/{table}.{form}", "A whole table as a file", table=True),
    Endpoint("/views", "Every chart, map and list with its filters and files", _list_views),
    Endpoint("/views/{view}.{form}", "The rows of a chart, map or list as a file, under its filters"),
    Endpoint("/figures", "Every count of the record", _list_figures),
    Endpoint("/figures/{figure}", "One figure: sources, definition, what contradicts it", _show_figure),
)


def json_route(path: str, make: Make) -> Route:
    """Return the route that answers with what ``make`` returns, as JSON with an ETag."""

    def write(request: Request, release: Release) -> bytes:
        document = make(request, release)
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str).encode()

    async def respond(request: Request) -> Response:
        return await answer_document(request, _DOCUMENTS, write, "application/json")

    return Route(path, respond, methods=["GET", "HEAD"])


def _file_route(endpoint: Endpoint) -> Route:
    async def respond(request: Request) -> Response:
        form = request.path_params["form"]
        name = TABLE.name if endpoint.table else request.path_params["view"]
        given = {"table": request.path_params["table"]} if endpoint.table else {}
        return await send_view_file(request, name, form, disposition="inline", given=given)

    return Route(f"{ROOT}{endpoint.path}", respond, methods=["GET", "HEAD"])


async def _page(request: Request) -> Response:
    """Answer with a page without script that describes the addresses."""
    _ = translator(read_language(request))
    lines = (
        Markup("").join(
            (
                el(
                    "dt",
                    link(f"{ROOT}{item.path}", f"{_UP}{ROOT[1:]}{item.path}")
                    if "{" not in item.path
                    else el("code", f"{ROOT}{item.path}"),
                ),
                el("dd", item.summary),
            )
        )
        for item in ENDPOINTS
    )
    title = _("Data for programs")
    body = el(
        "main",
        el("h1", title),
        el(
            "p",
            _(
                "Public figures only, without a key. "
                "Each file is of one release; an ETag says whether it changed."
            ),
        ),
        el("dl", *lines, lang="en"),
    )
    return Response(write_document(_.lang, title, body, look=_LOOK, up=_UP), media_type="text/html")


async def _unknown(request: Request) -> Response:
    return refuse(request, 404)


def routes() -> list[Route]:
    """Return the routes of the API."""
    return [
        *(
            json_route(f"{ROOT}{item.path}", item.make) if item.make else _file_route(item)
            for item in ENDPOINTS
        ),
        json_route(f"{ROOT}/", _list_index),
        Route(f"{ROOT}/docs", _page, methods=["GET", "HEAD"]),
        Route(f"{API}{{rest:path}}", _unknown, methods=["GET", "HEAD"]),
    ]
