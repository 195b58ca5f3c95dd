"""What changes, for programs that come back by themselves: feeds, a calendar, and a digest to send on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from utils.analysis import events, figures
from utils.analysis.changelog import load_titles
from utils.analysis.changes_since import list_announcements
from utils.components.addresses import FIGURE_PARAMETER, language_address
from utils.draw_context import DrawContext
from utils.exports.digest import write_digest
from utils.exports.feeds import TOPICS, Feed, Topic, list_entries, write_atom, write_json_feed
from utils.exports.job_queue import JobQueue
from utils.releases import Release
from utils.server.routes.requests import answer_document, read_base, read_language, refuse
from utils.settings import clock
from utils.text.locale import translator
from utils.views.events import write_events_calendar

_FORMS: Final[dict[str, tuple[str, Callable[[Feed], bytes]]]] = {
    "atom": ("application/atom+xml", write_atom),
    "json": ("application/feed+json", write_json_feed),
}
_CALENDARS: Final[JobQueue[bytes]] = JobQueue(waiting=24, kept=6)


def _make_feed(request: Request, release: Release, topic: Topic, form: str) -> Feed:
    lang, base = read_language(request), read_base(request)
    _ = translator(lang)
    announcements = list_announcements("public")
    changed = {change.key for entry in announcements for change in entry.changes}
    addresses = {
        key: base + language_address(lang, "figure", {FIGURE_PARAMETER: key})
        for key in figures.index_rows(release)
        if key in changed
    }
    home = base + language_address(lang, "sources")
    return Feed(
        title=f"Samaki · {_.translate(topic.title)}",
        lang=lang,
        address=base + language_address(lang, f"feeds/{topic.name}.{form}"),
        home=home,
        entries=list_entries(_, announcements, topic, load_titles(release, lang), addresses, home),
    )


async def _feed(request: Request) -> Response:
    topic, form = TOPICS.get(request.path_params["topic"]), request.path_params["form"]
    if topic is None or form not in _FORMS:
        return refuse(request, 404)
    media_type, write = _FORMS[form]
    return await answer_document(
        request, None, lambda _request, release: write(_make_feed(request, release, topic, form)), media_type
    )


async def _calendar(request: Request) -> Response:
    return await answer_document(request, _CALENDARS, _write_calendar, "text/calendar; charset=utf-8")


def _write_calendar(request: Request, release: Release) -> bytes:
    context = _context(request, release)
    shown = events.filter_events(release, context.today)
    return write_events_calendar(context, shown, stamp=release.newest_as_of).encode()


async def _digest(request: Request) -> Response:
    return await answer_document(request, None, _write_digest, "text/plain; charset=utf-8")


def _write_digest(request: Request, release: Release) -> bytes:
    context = _context(request, release)
    return write_digest(context, list_announcements("public"), read_base(request)).encode()


def _context(request: Request, release: Release) -> DrawContext:
    return DrawContext(release, read_language(request), "light", clock.today())


def routes() -> list[Route]:
    """Return the routes of feeds, calendar and digest."""
    return [
        Route("/feeds/{topic}.{form}", _feed, methods=["GET", "HEAD"]),
        Route("/calendar.ics", _calendar, methods=["GET", "HEAD"]),
        Route("/digest.txt", _digest, methods=["GET", "HEAD"]),
    ]
