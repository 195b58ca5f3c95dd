"""Starts the app: warm-up, frozen heap, packed and cached files, safe headers.

``python -m utils.server`` reads ``HOST``, ``PORT`` and ``TIER`` from the environment. The NGO tier
answers on the loopback address only, until sign-in exists.
"""

from __future__ import annotations

import errno
import gc
import importlib
import logging
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import streamlit as st

ROOT: Final = Path(__file__).parents[1]
TIERS: Final = ("public", "ngo")
LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})
WARM: Final = (
    "plotly.graph_objects",
    "streamlit_folium",
    "utils.text.locale:warm",
    "utils.releases:warm",
    "utils.ui.map:warm",
)
"""Modules to import and functions to call before the first visitor."""
log = logging.getLogger(__name__)


class BadSetting(Exception):
    """A setting from the environment cannot be used."""

    def __init__(self, *, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name}={value!r}: expected {expected}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the app answers, which tier it reads, and whether it visits every page before visitors do."""

    host: str
    port: int
    tier: str
    rehearse: bool = True

    @property
    def url(self) -> str:
        """The address a person on this machine opens."""
        shown = {"0.0.0.0": "localhost", "::": "localhost"}.get(self.host, self.host)  # noqa: S104
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}/"


def settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings. Raises :class:`BadSetting` with what was expected."""
    host = (environment.get("HOST") or "127.0.0.1").strip("[]")
    tier = environment.get("TIER") or "public"
    written = environment.get("PORT") or "8501"
    if not (written.isascii() and written.isdigit() and 0 < int(written) < 65536):
        raise BadSetting(name="PORT", value=written, expected="a number from 1 to 65535")
    if tier not in TIERS:
        raise BadSetting(name="TIER", value=tier, expected=" or ".join(TIERS))
    if tier == "ngo" and not is_loopback(host):
        raise BadSetting(
            name="HOST",
            value=host,
            expected="a loopback address such as 127.0.0.1: the NGO tier names sites where people "
            "shelter and has no sign-in yet",
        )
    rehearse = environment.get("SAMAKI_REHEARSE") or "yes"
    if rehearse not in ("yes", "no"):
        raise BadSetting(name="SAMAKI_REHEARSE", value=rehearse, expected="yes or no")
    return Settings(host=host, port=int(written), tier=tier, rehearse=rehearse == "yes")


def is_loopback(host: str) -> bool:
    """Return whether ``host`` can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def listen(chosen: Settings) -> socket.socket:
    """Open the port. Raises :class:`BadSetting` when it is taken, not allowed, or no such address."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            chosen.host, chosen.port, type=socket.SOCK_STREAM
        )[0]
    except OSError as error:
        raise BadSetting(name="HOST", value=chosen.host, expected="an address of this machine") from error
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(2048)
    except OSError as error:
        opened.close()
        expected = {
            errno.EADDRINUSE: ("PORT", str(chosen.port), "a free port: another program answers there"),
            errno.EACCES: ("PORT", str(chosen.port), "a port this user may open, 1024 or higher"),
        }.get(error.errno or 0, ("HOST", chosen.host, "an address of this machine"))
        raise BadSetting(name=expected[0], value=expected[1], expected=expected[2]) from error
    opened.set_inheritable(True)
    return opened


def configure(chosen: Settings) -> None:
    """Hand the tier to the rooms of the app. Call it before they are imported.

    Streamlit's own settings are in ``.streamlit/config.toml``, which leads over its environment.
    """
    os.environ["SAMAKI_TIER"] = chosen.tier
    # the tables are small; Arrow's own pool would hold on to twenty megabytes more
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    os.chdir(ROOT)


def warm(steps: Sequence[str] = WARM) -> None:
    """Import the heavy libraries and call the rooms' own ``warm``; a step that fails is logged.

    The server starts all the same: a page says in place what it lacks.
    """
    for step in steps:
        module, _, function = step.partition(":")
        try:
            loaded = importlib.import_module(module)
            if function:
                getattr(loaded, function)()
        except Exception as error:
            log.warning("warm-up of %s failed: %s: %s", step, type(error).__name__, error)


def freeze() -> None:
    """Set everything that is alive aside from later collections.

    Streamlit runs a full collection after each rerun; with the libraries, tables and figures in the
    heap that would be most of the cost of a rerun.
    """
    gc.collect()
    gc.freeze()


def build(chosen: Settings, script: Path = ROOT / "dashboard.py") -> st.App:
    """Return the ASGI application: Streamlit's app behind our headers and packed files."""
    import streamlit as st
    from starlette.middleware import Middleware
    from streamlit.runtime.pages_manager import PagesManager

    from utils import health, releases
    from utils.delivery import CACHE, Delivery, Guard
    from utils.evening import routes as evening
    from utils.packing import Packer
    from utils.product.sitemap import PATHS
    from utils.rehearsal import rehearse
    from utils.routes import routes
    from utils.routes.preview import describe
    from utils.text.locale import LANGUAGES

    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[None]:
        warm()
        if chosen.rehearse:
            await rehearse(PATHS, tuple(LANGUAGES))
        freeze()
        print(f"Samaki ({chosen.tier} tier): {chosen.url}", flush=True)
        with releases.watched(tier):
            yield

    # st.navigation leads; until its first run Streamlit would run a file of pages/ on its own
    PagesManager.uses_pages_directory = False
    private = chosen.tier == "ngo"
    tier: releases.Tier = "ngo" if private else "public"
    return st.App(
        script,
        lifespan=lifespan,
        routes=[*health.routes(tier), *evening.routes(), *routes()],
        middleware=[
            Middleware(Guard, hosts=LOOPBACK_NAMES if private else None, private=private),
            Middleware(
                Delivery,
                root=ROOT,
                packer=Packer(CACHE),
                answered=(*health.PATHS, *evening.PATHS),
                describe=describe,
            ),
        ],
    )


def serve(chosen: Settings, opened: socket.socket, script: Path = ROOT / "dashboard.py") -> bool:
    """Answer on the open port until the process is told to stop; returns whether it ever started."""
    import uvicorn
    from streamlit import config

    app = build(chosen, script)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            lifespan="on",
            access_log=False,
            log_level="warning",
            ws="websockets-sansio",
            ws_ping_interval=30,
            ws_ping_timeout=60,
            ws_max_size=int(config.get_option("server.maxMessageSize")) * 1_000_000,
            ws_per_message_deflate=bool(config.get_option("server.enableWebsocketCompression")),
            timeout_graceful_shutdown=3,
        )
    )
    server.run(sockets=[opened])
    return server.started


def main() -> int:
    """Start the server and block until it is stopped; 2 when a setting cannot be used."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        chosen = settings(os.environ)
        opened = listen(chosen)
    except BadSetting as bad:
        print(f"Samaki cannot start. {bad}.", file=sys.stderr)
        return 2
    configure(chosen)
    print("Samaki is warming up …", flush=True)
    with opened:
        return 0 if serve(chosen, opened) else 3


if __name__ == "__main__":
    sys.exit(main())
