"""``/export/<view>.<form>``: a chart, map or table as a file, under the filters of its page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from utils.exports.files import Download
from utils.exports.job_queue import JobQueue
from utils.server.routes.requests import Order, answer, respond_file
from utils.views.files import write_view_file

_QUEUE: Final[JobQueue[Download]] = JobQueue(waiting=24, kept=24)


async def export(request: Request) -> Response:
    """Answer with the file, or with a short page that says why there is none."""
    name, _dot, form = request.path_params["file"].partition(".")
    return await send_view_file(request, name, form, disposition="attachment")


async def send_view_file(
    request: Request, name: str, form: str, *, disposition: str, given: Mapping[str, str] | None = None
) -> Response:
    """Answer with a view as a file; ``given`` are filters that the path holds."""

    def make(order: Order) -> Download:
        return write_view_file(order.context, order.require_view(), form, order.chosen, base=order.base)

    respond = partial(respond_file, disposition=disposition)
    return await answer(request, name, _QUEUE, make, respond, form=form, strict=True, given=given)
