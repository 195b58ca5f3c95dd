"""``/export/<view>.<form>``: a chart, map or table as a file, under the filters of its page."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from utils.draw_context import DrawContext
from utils.exports.files import Download, UnknownView
from utils.exports.formats import UnknownFormat
from utils.exports.job_queue import JobQueue, QueueFull
from utils.releases import StoreError
from utils.routes import asking
from utils.settings import clock
from utils.views.catalogue import find_view
from utils.views.files import download

_QUEUE: Final[JobQueue[Download]] = JobQueue(waiting=24, kept=24)


async def export(request: Request) -> Response:
    """Answer with the file, or with a short page that says why there is none."""
    name, _dot, form = request.path_params["file"].partition(".")
    lang, base = asking.language(request), asking.base(request)
    try:
        view = find_view(name)
        chosen = asking.asked(request, view)
        release = await run_in_threadpool(asking.release, request)
        today = clock.today()
        key = (release.identity, name, form, lang, base, today, tuple(chosen.items()))
        made = await asking.made(
            request,
            _QUEUE,
            key,
            lambda: download(DrawContext(release, lang, "light", today), view, form, chosen, base=base),
        )
    except (UnknownView, UnknownFormat):
        return asking.refuse(request, 404)
    except (StoreError, QueueFull) as problem:
        asking.log.warning("export: %s", problem)
        return asking.refuse(request, 503)
    if isinstance(made, Response):
        return made
    return Response(
        made.content,
        media_type=made.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{made.name}"',
            "Cache-Control": "no-cache",
        },
    )
