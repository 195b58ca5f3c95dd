"""Looks at a release as its readers would get it: every page in every language, every download.

The command line hands :func:`inspect_release` to the publisher, which calls it before a release is switched
on. The look itself (:func:`inspect_pages`) runs in a sandbox that has the public tier of the candidate as its
only data (``SAMAKI_DATA``). What is protected comes by the pipe and is written nowhere; problems never
repeat it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from html import unescape
from pathlib import Path
from traceback import walk_tb
from typing import Any, Final

from utils.curation.disclosure.leak_scan import bytes_disclose, text_discloses
from utils.curation.disclosure.protected_values import Plain, ProtectedValues, from_plain
from utils.curation.problems import Problem
from utils.curation.progress import Progress
from utils.curation.publish.errors import ReleaseRefused
from utils.curation.publish.sandbox import Answer, Limits, SandboxFailed, run_task

ROOT: Final = Path(__file__).parents[1]
FORMS: Final = ("csv", "parquet")
_BASE: Final = "https://dashboard.example/"
"""Any address will do for the links of a download."""
_LOST_PART: Final = re.compile(r'class="[^"]*\bsk-notice-error"[^>]*>(?:<strong>(.*?)</strong>)?', re.DOTALL)
"""A notice in the place of a part of a page that could not be drawn (:mod:`utils.ui.error_boundary`)."""
CHANGES: Final = ("changes/public.jsonl", "hidden/public.json")


def inspect_release(folder: Path, protected: Plain, limits: Limits, report: Progress) -> None:
    """Have every page and download of the data folder ``folder`` looked at as the public gets them.

    Raises :class:`ReleaseRefused` with every place that discloses, and when the look did not come to an end.
    """
    environment = {"SAMAKI_TIER": "public", "SAMAKI_DATA": str(folder.resolve())}
    order = {"protected": protected}
    try:
        answer = run_task(inspect_pages, order, limits=limits, report=report, environment=environment)
    except SandboxFailed as failed:
        answer = Answer(None, failed.step)
    if answer.outcome is None:
        stopped = answer.detail or answer.step
        wanted = f"pages that can be looked at before readers see them; it stopped at “{stopped}”"
        raise ReleaseRefused(problems=(Problem("pages", 0, "", "", wanted, "leak"),))
    if answer.outcome["problems"]:
        raise ReleaseRefused(problems=tuple(Problem(**plain) for plain in answer.outcome["problems"]))


def inspect_pages(order: Mapping[str, Any], report: Progress) -> Mapping[str, Any]:
    """Look at the public release in ``SAMAKI_DATA``; the outcome of a task, with its problems."""
    protected, data = from_plain(order["protected"]), Path(os.environ["SAMAKI_DATA"])
    problems = [
        *in_files(protected, data),
        *in_downloads(protected, data, report),
        *_in_views(protected, data, report),
        *asyncio.run(_in_pages(protected, report)),
    ]
    return {"problems": [asdict(problem) for problem in problems]}


def in_files(protected: ProtectedValues, data: Path) -> Iterator[Problem]:
    """Yield where the changelog or the list of withdrawals discloses."""
    for name in CHANGES:
        path = data / name
        if path.exists():
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if text_discloses(protected, line):
                    yield _problem(name, number)


def in_downloads(protected: ProtectedValues, data: Path, report: Progress) -> Iterator[Problem]:
    from utils.releases import TableUnavailable, current
    from utils.views.files import whole_table

    release = current("public", data)
    for table in release.tables:
        if release.is_streamed(table):
            continue  # not offered by any page; its file was looked at
        report("downloads", table)
        for form in FORMS:
            try:
                content = whole_table(release, table, form)
            except TableUnavailable:
                yield _unseen(f"download {table}, {form}")
                continue
            if bytes_disclose(protected, content):
                yield _problem(f"download {table}, {form}")


def _in_views(protected: ProtectedValues, data: Path, report: Progress) -> Iterator[Problem]:
    """Yield the problems of what charts, maps and lists offer: each form once, the words in each language."""
    from utils.draw_context import DrawContext
    from utils.exports.formats import available_formats
    from utils.releases import TableUnavailable, current
    from utils.settings import clock
    from utils.text.locale import LANGUAGES, SOURCE_LANGUAGE
    from utils.views.catalogue import VIEWS
    from utils.views.files import write_view_file

    release = current("public", data)
    contexts = {lang: DrawContext(release, lang, "light", clock.today()) for lang in LANGUAGES}
    for name, view in VIEWS.items():
        if not view.is_in(release):
            continue
        report("views", name)
        try:
            forms = available_formats(view.rows(contexts[SOURCE_LANGUAGE], view.choose(release, {})))
            wanted = [(form, SOURCE_LANGUAGE) for form in forms]
            wanted += [("csv", language) for language in LANGUAGES if language != SOURCE_LANGUAGE]
            for form, language in wanted:
                made = write_view_file(contexts[language], view, form, {}, base=_BASE)
                content = _without_outlines(made.content) if form == "geojson" else made.content
                if protected.is_in(made.name) or bytes_disclose(protected, content):
                    yield _problem(f"download {name}, {form}, {language}")
        except TableUnavailable:
            yield _unseen(f"download {name}")


def _without_outlines(content: bytes) -> bytes:
    """Return a GeoJSON without its areas: their corners are public geography, and near everything."""
    document = json.loads(content)
    for feature in document["features"]:
        if feature["geometry"] and feature["geometry"]["type"] in {"Polygon", "MultiPolygon"}:
            feature["geometry"] = None
    return json.dumps(document, ensure_ascii=False).encode()


async def _in_pages(protected: ProtectedValues, report: Progress) -> list[Problem]:
    import streamlit as st

    from utils.product.sitemap import PATHS
    from utils.server.streamlit_internals import use_navigation_only, visit_page
    from utils.text.locale import LANGUAGES

    use_navigation_only()
    app = st.App(ROOT / "dashboard.py")
    problems: list[Problem] = []
    with _caught_errors() as errors:
        async with app.lifespan()(app):
            for page in PATHS:
                for language in LANGUAGES:
                    where = f"page {page or 'overview'}, {language}"
                    report("pages", where)
                    errors.clear()
                    shown = await visit_page(page, language)
                    if not shown.done or any(_failed(message) for message in shown.messages):
                        problems.append(_unseen(where))
                    if lost := [part for message in shown.messages for part in lost_parts(message)]:
                        problems.append(_lost(protected, where, lost, errors))
                    if any(message_discloses(protected, message) for message in shown.messages):
                        problems.append(_problem(where))
                    if any(bytes_disclose(protected, content) for content in shown.files):
                        problems.append(_problem(f"download of {where}"))
    return problems


def _failed(message: Any) -> bool:
    """Return whether a message says that the page stopped on an error."""
    if message.WhichOneof("type") == "script_finished":
        return bool(message.script_finished == message.FINISHED_WITH_COMPILE_ERROR)
    return bool(message.HasField("delta") and message.delta.new_element.HasField("exception"))


def lost_parts(message: Any) -> list[str]:
    """Return the notices of a message that say that a part of the page could not be drawn."""
    if message.WhichOneof("type") != "delta" or not message.delta.new_element.HasField("html"):
        return []
    return [unescape(title) for title in _LOST_PART.findall(message.delta.new_element.html.body)]


@contextmanager
def _caught_errors() -> Iterator[list[str]]:
    """Collect what kind of error the parts of pages met, and where in the code; never its text."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.exc_info and record.exc_info[0] and record.exc_info[2]:
                last = list(walk_tb(record.exc_info[2]))[-1]
                name = Path(last[0].f_code.co_filename).name
                found.append(f"{record.exc_info[0].__name__} in {name} line {last[1]}")

    collector, boundary = Collector(), logging.getLogger("utils.ui.error_boundary")
    boundary.addHandler(collector)
    try:
        yield found
    finally:
        boundary.removeHandler(collector)


def message_discloses(protected: ProtectedValues, message: Any) -> bool:
    """Return whether any text or file inside a message discloses, however deep."""
    for field, value in message.ListFields():
        is_map = field.message_type is not None and field.message_type.GetOptions().map_entry
        if is_map:
            values = [*value.keys(), *(value[key] for key in value)]
        else:
            values = list(value) if field.is_repeated else [value]
        if any(_value_discloses(protected, inner) for inner in values):
            return True
    return False


def _value_discloses(protected: ProtectedValues, value: Any) -> bool:
    if hasattr(value, "ListFields"):
        return message_discloses(protected, value)
    if isinstance(value, bytes):
        return bytes_disclose(protected, value)
    return isinstance(value, str) and text_discloses(protected, value)


def _problem(where: str, line: int = 0) -> Problem:
    wanted = "no name and no point of a site that is not closed"
    return Problem(where, line, "", "withheld", wanted, "leak")


def _lost(protected: ProtectedValues, where: str, lost: list[str], errors: list[str]) -> Problem:
    """Return the problem of a page with parts that could not be drawn; it names them and the errors."""
    named = "; ".join(part for part in lost if part and not text_discloses(protected, part))
    wanted = "a page whose every part can be drawn"
    return Problem(where, 0, "", named, f"{wanted} ({', '.join(errors) or 'a table is missing'})", "undrawn")


def _unseen(where: str) -> Problem:
    return Problem(where, 0, "", "", "a page or file that can be looked at before readers see it", "leak")
