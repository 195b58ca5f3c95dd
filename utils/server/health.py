"""What a balancer and an operator ask: is the process alive, may it be sent visitors, what does it serve.

The answers come from memory, wait for nothing, and hold no address, path or secret.
"""

from __future__ import annotations

import os
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from utils import releases
from utils.releases import Tier
from utils.server.code_version import code_version

PATHS: Final = ("/healthz", "/readyz", "/version")
REQUIRED: Final = (
    "counters",
    "displacement",
    "indicators",
    "places",
    "source_origins",
    "sources",
)
"""Tables without which no page says anything; a process that lacks one is sent no visitors."""
REQUIRED_NGO: Final = ("site_reports", "sites")
_FRESH: Final = {"Cache-Control": "no-store"}


def routes(tier: Tier) -> list[Route]:
    """Return the routes of a process that serves ``tier``. Other methods than GET and HEAD get a 405."""

    async def healthz(_request: Request) -> Response:
        return JSONResponse({"alive": True}, headers=_FRESH)

    async def readyz(_request: Request) -> Response:
        state = readiness(tier)
        status = HTTPStatus.OK if state["ready"] else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse(state, status_code=status, headers=_FRESH)

    async def version(_request: Request) -> Response:
        return JSONResponse(versions(tier), headers=_FRESH)

    return [
        Route(path, answer, methods=["GET"])
        for path, answer in zip(PATHS, (healthz, readyz, version), strict=True)
    ]


def readiness(tier: Tier) -> dict[str, Any]:
    """Return whether a verified release with every required table is loaded, and what is amiss.

    A table that the curator withdrew is not amiss. An older release that is served for want of the
    newest is shown as such, and is ready.
    """
    state, release = releases.state(tier), releases.served(tier)
    required = REQUIRED + (REQUIRED_NGO if tier == "ngo" else ())
    missing = [
        name
        for name in required
        if release and (name in release.loaded.damaged or name not in release.loaded.entries)
    ]
    ledger = ledger_state()
    return {
        "ready": release is not None and not missing and ledger != "busy",
        "release": state.release,
        "older": state.is_older,
        "reason": state.reason or ("starting" if release is None else "ledger" if ledger == "busy" else ""),
        "since": state.since.isoformat(timespec="seconds") if state.since else "",
        "required_missing": missing,
        "damaged": list(state.damaged),
        "withdrawals": state.withdrawals or "read",
        "ledger": ledger,
    }


def ledger_state() -> str:
    """Return ``answers`` or ``busy``; empty in a process whose job is not the evening."""
    if not os.environ.get("SAMAKI_LEDGER"):
        return ""
    from utils.evening import http  # loaded at the start of such a process

    return "busy" if http.book().silent else "answers"


def versions(tier: Tier) -> dict[str, Any]:
    """Return which release and which code answer here."""
    state, release = releases.state(tier), releases.served(tier)
    manifest = release.manifest if release else {}
    return {
        "release": state.release,
        "shown_as": release.identity if release else "",
        "tier": tier,
        "newest_as_of": str(manifest.get("newest_as_of", "")),
        "contract_version": str(manifest.get("contract_version", "")),
        "code_version": code_version(),
        "older": state.is_older,
    }
