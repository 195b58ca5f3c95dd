"""Starts the app: settings, warm-up, packed and cached files, safe headers, routes.

The NGO tier answers on the loopback address only, until sign-in exists.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from utils.server.open_files import count_readers, raise_open_files
from utils.server.settings import (
    LOOPBACK_NAMES,
    BadSetting,
    Settings,
    check_day,
    open_port,
    read_settings,
)
from utils.server.streamlit_internals import without_session_warnings
from utils.settings import address

if TYPE_CHECKING:
    import streamlit as st

ROOT: Final = Path(__file__).parents[2]
log = logging.getLogger(__name__)


def configure(settings: Settings) -> None:
    """Hand the tier to the rooms of the app. Call it before they are imported.

    Streamlit's own settings are in ``.streamlit/config.toml``, which leads over its environment.
    """
    os.environ["SAMAKI_TIER"] = settings.tier
    # the tables are small; Arrow's own pool would hold on to twenty megabytes more
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    os.chdir(ROOT)


def open_ledger(environment: Mapping[str, str]) -> None:
    """Open the ledger that ``SAMAKI_LEDGER`` names, so that no phone is the first to learn that it cannot be.

    Raises :class:`BadSetting`. A server without that setting loads nothing of the evening.
    """
    if not environment.get("SAMAKI_LEDGER"):
        return
    from utils.evening import http
    from utils.evening.ledger.database import CannotOpen

    try:
        http.book()
    except CannotOpen as error:
        raise BadSetting(
            name="SAMAKI_LEDGER",
            value=error.address,
            expected=f"a database that can be opened and written, but {error.reason}",
        ) from error


@asynccontextmanager
async def watched_ledger() -> AsyncIterator[None]:
    """Keep an eye on the ledger, for ``/readyz``, in a process whose job is the evening."""
    if not os.environ.get("SAMAKI_LEDGER"):
        yield
        return
    from utils.evening import http

    watch = asyncio.create_task(http.watch_ledger())
    try:
        yield
    finally:
        watch.cancel()


@without_session_warnings()
def build(settings: Settings, script: Path = ROOT / "dashboard.py") -> st.App:
    """Return the ASGI application: Streamlit's app behind our headers and packed files."""
    import streamlit as st
    from starlette.middleware import Middleware
    from starlette.requests import Request
    from starlette.routing import Match

    from utils import releases
    from utils.evening import routes as evening
    from utils.product.sitemap import PATHS
    from utils.server import health, streamlit_internals, warmup
    from utils.server.client_limit import ClientLimit
    from utils.server.compression import Packer
    from utils.server.routes import routes
    from utils.server.routes.preview import describe
    from utils.server.routes.requests import refuse
    from utils.server.security import Guard
    from utils.server.slow_clients import BodyLimit
    from utils.server.static_files import CACHE, StaticFiles
    from utils.text.locale import LANGUAGES

    private = settings.tier == "ngo"
    tier: releases.Tier = "ngo" if private else "public"

    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[None]:
        warmup.load()
        if settings.rehearse:
            await warmup.visit_pages(PATHS, tuple(LANGUAGES))
        warmup.freeze_heap()
        print(f"Samaki ({tier} tier): {settings.url}", flush=True)
        with releases.watched(tier):
            async with watched_ledger():
                yield

    streamlit_internals.use_navigation_only()
    own_routes = [*health.routes(tier), *evening.routes(), *routes(private=private)]
    return st.App(
        script,
        lifespan=lifespan,
        routes=own_routes,
        middleware=[
            Middleware(
                Guard,
                front_page=streamlit_internals.front_page(ROOT),
                hosts=LOOPBACK_NAMES if private else None,
                private=private,
            ),
            Middleware(BodyLimit),
            Middleware(ClientLimit),
            Middleware(
                StaticFiles,
                root=ROOT,
                packer=Packer(CACHE),
                answered=lambda scope: any(route.matches(scope)[0] != Match.NONE for route in own_routes),
                describe=describe,
                refuse=lambda scope: refuse(Request(scope), 404),
            ),
        ],
    )


def serve(settings: Settings, port: socket.socket, script: Path = ROOT / "dashboard.py") -> bool:
    """Answer on the open port until the process is stopped; returns whether it ever started."""
    import uvicorn

    from utils.server.slow_clients import TimedProtocol
    from utils.server.streamlit_internals import websocket_options

    server = uvicorn.Server(
        uvicorn.Config(
            build(settings, script),
            http=TimedProtocol,
            lifespan="on",
            access_log=False,
            server_header=False,
            log_level="warning",
            timeout_graceful_shutdown=3,
            **websocket_options(),
        )
    )
    server.run(sockets=[port])
    return server.started


def main() -> int:
    """Start the server and block until it is stopped; 2 when a setting cannot be used."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        check_day()
        settings = read_settings(os.environ)
        configure(settings)
        open_ledger(os.environ)
        port = open_port(settings)
    except BadSetting as bad:
        print(f"Samaki cannot start. {bad}.", file=sys.stderr)
        return 2
    files = raise_open_files()
    print(f"{files} files may be open: enough for about {count_readers(files)} readers at once", flush=True)
    if not os.environ.get(address.SETTING):
        log.warning(
            "%s is not set: links in files and pictures name the address that was asked, and each "
            "address that is asked makes its own",
            address.SETTING,
        )
    print("Samaki is warming up …", flush=True)
    with port:
        return 0 if serve(settings, port) else 3
