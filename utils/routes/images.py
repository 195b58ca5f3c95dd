"""``/image/<view>-<width>x<height>.<form>``: a chart, map, figure or card as PNG or SVG with its source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from utils.draw_context import DrawContext
from utils.exports.figures import FIGURE
from utils.exports.files import Download, UnknownView
from utils.exports.image.axes import NotDrawable
from utils.exports.job_queue import JobQueue, QueueFull
from utils.exports.pictures import figure_image, share_image
from utils.releases import Release, StoreError
from utils.routes import asking
from utils.settings import clock
from utils.views.catalogue import find_view
from utils.views.files import picture

SHARED: Final = "share-"
"""Before the key of a claim, event or city, where a picture is a card to pass on."""
_NAME: Final = re.compile(r"([A-Za-z0-9_-]{1,80})-(\d{3,4})x(\d{3,4})\.(png|svg)")
QUEUE: Final[JobQueue[Download]] = JobQueue(waiting=16, kept=48)


async def image(request: Request) -> Response:
    """Answer with the picture; ``?save`` makes the browser keep it as a file."""
    match = _NAME.fullmatch(request.path_params["file"])
    if match is None:
        return asking.refuse(request, 404)
    name, wide, high, form = match.groups()
    lang, base = asking.language(request), asking.base(request)
    size = (int(wide), int(high))
    try:
        chosen = {} if name.startswith((SHARED, FIGURE)) else asking.asked(request, find_view(name))
        release = await run_in_threadpool(asking.release, request)
        key = (release.identity, match.group(), lang, base, clock.today(), tuple(chosen.items()))
        made = await asking.made(
            request,
            QUEUE,
            key,
            lambda: _made(release, name, form, chosen, lang=lang, base=base, size=size),
        )
    except UnknownView:
        return asking.refuse(request, 404)
    except (StoreError, QueueFull, NotDrawable) as problem:
        asking.log.warning("image: %s", problem)
        return asking.refuse(request, 503)
    if isinstance(made, Response):
        return made
    disposition = "attachment" if "save" in request.query_params else "inline"
    return Response(
        made.content,
        media_type=made.media_type,
        headers={
            "Content-Disposition": f'{disposition}; filename="{made.name}"',
            "Cache-Control": "no-cache",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )


def _made(
    release: Release,
    name: str,
    form: str,
    asked: Mapping[str, str],
    *,
    lang: str,
    base: str,
    size: tuple[int, int],
) -> Download:
    if name.startswith(SHARED):
        key = name.removeprefix(SHARED)
        return share_image(release, key, form, clock.today(), lang=lang, base=base, size=size)
    if not name.startswith(FIGURE):
        context = DrawContext(release, lang, "light", clock.today())
        return picture(context, find_view(name), form, asked, base=base, size=size)
    key = name.removeprefix(FIGURE)
    return figure_image(release, key, form, clock.today(), lang=lang, base=base, size=size)
