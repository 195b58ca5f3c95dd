"""The evening's own pages on a real server that starts in a second: our routes and layers, no Streamlit."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.running import Running, running
from utils.evening import routes
from utils.server.compression import Packer
from utils.server.security import Guard
from utils.server.static_files import CACHE, ROOT, StaticFiles

COMMAND = (sys.executable, "-m", "tests.evening.hall", "{port}")


async def _health(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


def app() -> Starlette:
    """Return the application that the server of the hall runs."""
    files = Middleware(
        StaticFiles,
        root=ROOT,
        packer=Packer(CACHE),
        answered=lambda scope: scope["path"].startswith(("/evening/", "/wall")),
        describe=lambda _scope: None,
        refuse=lambda _scope: PlainTextResponse("none", 404),
    )
    return Starlette(
        routes=[Route("/_stcore/health", _health), *routes.routes()],
        middleware=[Middleware(Guard, front_page=""), files],
    )


@contextmanager
def hall(
    data: Path, ledger: str, environment: Mapping[str, str] | None = None, *, port: int | None = None
) -> Iterator[Running]:
    """Run the server of the hall until the block is left."""
    settings = {"SAMAKI_LEDGER": ledger, **(environment or {})}
    with running(data=data, environment=settings, command=COMMAND, port=port) as server:
        yield server


if __name__ == "__main__":
    import uvicorn

    os.chdir(ROOT)
    uvicorn.run(app(), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", access_log=False)
