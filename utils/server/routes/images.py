"""``/image/<view>-<width>x<height>.<form>``: a chart, map, figure or card as PNG or SVG with its source."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from utils.exports.figures import FIGURE
from utils.exports.files import Download
from utils.exports.job_queue import JobQueue
from utils.exports.pictures import draw_figure_image, draw_share_image
from utils.server.routes.requests import SHARED, Order, answer, refuse, respond_file
from utils.views.files import draw_view_picture

_NAME: Final = re.compile(r"([A-Za-z0-9_-]{1,80})-(\d{3,4})x(\d{3,4})\.(png|svg)")
QUEUE: Final[JobQueue[Download]] = JobQueue(waiting=16, kept=48)


async def image(request: Request) -> Response:
    """Answer with the picture; ``?save`` makes the browser keep it as a file."""
    match = _NAME.fullmatch(request.path_params["file"])
    if match is None:
        return refuse(request, 404)
    name, wide, high, form = match.groups()
    respond = partial(
        respond_file,
        disposition="attachment" if "save" in request.query_params else "inline",
    )
    make = partial(_make, form=form, size=(int(wide), int(high)))
    return await answer(request, name, QUEUE, make, respond, form=f"{wide}x{high}.{form}")


def _make(order: Order, *, form: str, size: tuple[int, int]) -> Download:
    context, base = order.context, order.base
    if order.view is not None:
        return draw_view_picture(context, order.view, form, order.chosen, base=base, size=size)
    draw, prefix = (
        (draw_share_image, SHARED) if order.name.startswith(SHARED) else (draw_figure_image, FIGURE)
    )
    key = order.name.removeprefix(prefix)
    return draw(context.release, key, form, context.today, lang=context.lang, base=base, size=size)
