"""Looks at a release as its readers would get it: every page in every language, every download.

``python -m utils.inspection`` is started by the publisher before a release is switched on, with the
public tier of the candidate as its only data (``SAMAKI_DATA``). What may not be told comes by the
pipe and is written nowhere. It answers in JSON lines: steps as they begin, then one outcome, whose
problems never repeat what is hidden.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from utils.curation.disclosure.leak_scan import tells_bytes, tells_text
from utils.curation.disclosure.protected_values import Secret, from_plain
from utils.curation.read import Problem
from utils.curation.worker import Limits, Tell

ROOT: Final = Path(__file__).parents[1]
FORMS: Final = ("csv", "parquet")
_BASE: Final = "https://dashboard.example/"
"""Any address will do for the links of a download."""
CHANGES: Final = ("changes/public.jsonl", "hidden/public.json")


def inspect(secret: Secret, data: Path, tell: Tell) -> list[Problem]:
    """Return where a reader of the public release in ``data`` would be told what is hidden."""
    found = [*in_files(secret, data), *in_downloads(secret, data, tell), *_in_views(secret, data, tell)]
    return [*found, *asyncio.run(_in_pages(secret, tell))]


def in_files(secret: Secret, data: Path) -> Iterator[Problem]:
    """Yield the problems of what is told beside the release."""
    for name in CHANGES:
        path = data / name
        if path.exists():
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if tells_text(secret, line):
                    yield _problem(name, number)


def in_downloads(secret: Secret, data: Path, tell: Tell) -> Iterator[Problem]:
    from utils.store import TableUnavailable, current
    from utils.views.files import whole_table

    release = current("public", data)
    for table in release.tables:
        if release.is_streamed(table):
            continue  # not offered by any page; its file was looked at
        tell("downloads", table)
        for form in FORMS:
            try:
                content = whole_table(release, table, form)
            except TableUnavailable:
                yield _unseen(f"download {table}, {form}")
                continue
            if tells_bytes(secret, content):
                yield _problem(f"download {table}, {form}")


def _in_views(secret: Secret, data: Path, tell: Tell) -> Iterator[Problem]:
    """Yield the problems of what charts, maps and lists offer: each form once, the words in each language."""
    from utils.draw_context import DrawContext
    from utils.exports.formats import available_formats
    from utils.settings import clock
    from utils.store import TableUnavailable, current
    from utils.text.locale import LANGUAGES, SOURCE_LANGUAGE
    from utils.views.catalogue import VIEWS
    from utils.views.files import write_view_file

    release = current("public", data)
    contexts = {lang: DrawContext(release, lang, "light", clock.today()) for lang in LANGUAGES}
    for name, view in VIEWS.items():
        if not view.is_in(release):
            continue
        tell("views", name)
        try:
            forms = available_formats(view.rows(contexts[SOURCE_LANGUAGE], view.choose(release, {})))
            wanted = [(form, SOURCE_LANGUAGE) for form in forms]
            wanted += [("csv", language) for language in LANGUAGES if language != SOURCE_LANGUAGE]
            for form, language in wanted:
                made = write_view_file(contexts[language], view, form, {}, base=_BASE)
                content = _without_outlines(made.content) if form == "geojson" else made.content
                if secret.tells(made.name) or tells_bytes(secret, content):
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


async def _in_pages(secret: Secret, tell: Tell) -> list[Problem]:
    import streamlit as st

    from utils.product.sitemap import PATHS
    from utils.server.streamlit_internals import use_navigation_only, visit_page
    from utils.text.locale import LANGUAGES

    use_navigation_only()
    app = st.App(ROOT / "dashboard.py")
    found: list[Problem] = []
    async with app.lifespan()(app):
        for page in PATHS:
            for language in LANGUAGES:
                where = f"page {page or 'overview'}, {language}"
                tell("pages", where)
                shown = await visit_page(page, language)
                if not shown.done or any(_failed(message) for message in shown.messages):
                    found.append(_unseen(where))
                if any(tells_message(secret, message) for message in shown.messages):
                    found.append(_problem(where))
                if any(tells_bytes(secret, content) for content in shown.files):
                    found.append(_problem(f"download of {where}"))
    return found


def _failed(message: Any) -> bool:
    """Return whether a message says that the page stopped on an error."""
    if message.WhichOneof("type") == "script_finished":
        return bool(message.script_finished == message.FINISHED_WITH_COMPILE_ERROR)
    return bool(message.HasField("delta") and message.delta.new_element.HasField("exception"))


def tells_message(secret: Secret, message: Any) -> bool:
    """Return whether any text or file inside a message tells, however deep."""
    for field, value in message.ListFields():
        is_map = field.message_type is not None and field.message_type.GetOptions().map_entry
        if is_map:
            values = [*value.keys(), *(value[key] for key in value)]
        else:
            values = list(value) if field.is_repeated else [value]
        for one in values:
            if hasattr(one, "ListFields"):
                told = tells_message(secret, one)
            elif isinstance(one, bytes):
                told = tells_bytes(secret, one)
            else:
                told = isinstance(one, str) and tells_text(secret, one)
            if told:
                return True
    return False


def _problem(where: str, line: int = 0) -> Problem:
    wanted = "no name and no point of a site that is not closed"
    return Problem(where, line, "", "withheld", wanted, "leak")


def _unseen(where: str) -> Problem:
    return Problem(where, 0, "", "", "a page or file that can be looked at before readers see it", "leak")


def main() -> int:
    """Carry out one order. Exit code 0: an outcome was told, good or bad."""
    order: Mapping[str, Any] = json.loads(sys.stdin.readline())
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whatever a page prints goes nowhere
    Limits(**order["limits"]).apply()

    def say(line: Mapping[str, Any]) -> None:
        print(json.dumps(line, ensure_ascii=False), file=answers, flush=True)

    found = inspect(
        from_plain(order["secret"]),
        Path(os.environ["SAMAKI_DATA"]),
        lambda step, detail: say({"step": step, "detail": detail}),
    )
    say({"outcome": {"problems": [asdict(problem) for problem in found]}})
    return 0


if __name__ == "__main__":
    os._exit(main())  # a page that never ends must not keep the publisher waiting
