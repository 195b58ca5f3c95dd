"""The addresses of the evening, in one list.

Its modules are loaded when one of them is first asked for: the ledger's and the sheet's libraries take
sixty megabytes, and most servers never hold an evening.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Handler = Callable[[Request], Awaitable[Response]]


@cache
def handlers() -> Mapping[str, Handler]:
    """Return what answers each address, by name; loads the modules of the evening."""
    from utils.evening.entry import entry_api, entry_page
    from utils.evening.sheet import sheet_page
    from utils.evening.wall import remote_page, wall_page

    return {
        "entry page": entry_page.show,
        "pin": entry_api.give_pass,
        "leave": entry_api.leave,
        "enter": entry_api.enter,
        "counter": entry_api.counter,
        "confirm": entry_api.confirm,
        "lines": entry_api.lines,
        "sheet": sheet_page.download,
        "remote page": remote_page.show,
        "command": remote_page.command,
        "wall": wall_page.show,
        "wall state": wall_page.state,
        "wall scene": wall_page.scene,
    }


def routes() -> list[Route]:
    """Return the routes of the evening."""
    at = "/evening/{evening:str}"
    return [
        _route(f"{at}/enter", "entry page"),
        _route(f"{at}/pin", "pin", method="POST"),
        _route(f"{at}/leave", "leave", method="POST"),
        _route(f"{at}/entries", "enter", method="POST"),
        _route(f"{at}/counter", "counter", method="POST"),
        _route(f"{at}/confirm", "confirm", method="POST"),
        _route(f"{at}/lines", "lines"),
        _route(f"{at}/sheet.{{kind:str}}", "sheet"),
        _route(f"{at}/remote", "remote page"),
        _route(f"{at}/command", "command", method="POST"),
        _route("/wall", "wall"),
        _route("/wall/state", "wall state"),
        _route("/wall/scene/{name:str}", "wall scene"),
    ]


def _route(path: str, name: str, *, method: str = "GET") -> Route:
    async def handle(request: Request) -> Response:
        handler = (await run_in_threadpool(handlers))[name]
        return await handler(request)

    return Route(path, handle, methods=[method], name=name)
