"""Starts the app: warm-up, frozen heap, compressed and cached files, safe headers.

``python -m utils.server`` reads ``HOST``, ``PORT`` and ``TIER`` from the environment. The NGO tier
answers on the loopback address only, until sign-in exists.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
TIERS: Final = ("public", "ngo")
WARM: Final = (
    "plotly.graph_objects",
    "utils.locale:warm",
    "utils.store:warm",
    "utils.ui.map:warm",
)
"""Modules to import and functions to call before the first visitor."""


class BadSetting(Exception):
    """A setting from the environment cannot be used."""

    def __init__(self, *, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name}={value!r}: expected {expected}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the app answers, and which tier it reads."""

    host: str
    port: int
    tier: str


def settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings. Raises :class:`BadSetting` with what was expected."""
    host = environment.get("HOST") or "127.0.0.1"
    tier = environment.get("TIER") or "public"
    written = environment.get("PORT") or "8501"
    if not written.isascii() or not written.isdigit() or not 0 < int(written) < 65536:
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
    return Settings(host=host, port=int(written), tier=tier)


def is_loopback(host: str) -> bool:
    """Return whether ``host`` can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def configure(chosen: Settings) -> None:
    """Hand the settings to Streamlit, before it is imported, and to the rooms of the app.

    ``browser.serverAddress`` is set too: without it Streamlit asks an outside host for its address.
    """
    os.environ["SAMAKI_TIER"] = chosen.tier
    os.environ["STREAMLIT_SERVER_ADDRESS"] = chosen.host
    os.environ["STREAMLIT_SERVER_PORT"] = str(chosen.port)
    os.environ.setdefault("STREAMLIT_BROWSER_SERVER_ADDRESS", "localhost")
    os.chdir(ROOT)


def warm() -> None:
    """Import the heavy libraries, read the tables, then freeze the heap.

    After ``gc.freeze`` the collection that Streamlit runs after each rerun has almost nothing to
    look at, which takes two thirds off the cost of a rerun.
    """
    for name in WARM:
        module, _, function = name.partition(":")
        loaded = importlib.import_module(module)
        if function:
            getattr(loaded, function)()
    gc.collect()
    gc.freeze()


def build() -> object:
    """Return the ASGI application: Streamlit's app behind compression and headers."""
    import streamlit as st
    from starlette.middleware import Middleware

    from utils.delivery import Delivery, Headers

    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[None]:
        warm()
        yield

    return st.App(
        ROOT / "dashboard.py",
        lifespan=lifespan,
        middleware=[Middleware(Headers), Middleware(Delivery, root=ROOT)],
    )


def main() -> int:
    """Start the server and block until it is stopped; 2 when a setting cannot be used."""
    try:
        chosen = settings(os.environ)
    except BadSetting as bad:
        print(f"Samaki cannot start. {bad}.", file=sys.stderr)
        return 2
    configure(chosen)
    import uvicorn

    shown = f"[{chosen.host}]" if ":" in chosen.host else chosen.host
    print(f"Samaki ({chosen.tier} tier): http://{shown}:{chosen.port}/", flush=True)
    uvicorn.run(
        build(),  # type: ignore[arg-type]
        host=chosen.host,
        port=chosen.port,
        access_log=False,
        log_level="warning",
        ws_max_size=20_000_000,
        ws_per_message_deflate=True,
        timeout_graceful_shutdown=3,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
