"""What the committee must be able to look up afterwards: wrong PINs, locks, refusals, sign-ins and sign-outs.

A line holds the time, the event, the evening and a pseudonym of the client: no PIN, no address, no label of a
table. The pseudonym is keyed, so that nobody finds the address by trying all of them.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import secrets
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from typing import Final, Literal

import orjson
from starlette.requests import Request

Event = Literal["signed_in", "signed_out", "wrong_pin", "locked", "no_pass", "foreign_page"]
MOST: Final = 30
"""How many lines of one event and client are written in a minute; a flood must not fill the disk."""
_CHANCE: Final = secrets.token_bytes(32)
_LOCK: Final = threading.Lock()
_written: Counter[tuple[int, str, str]] = Counter()
log = logging.getLogger(__name__)


def pseudonym(client: str) -> str:
    """Return the pseudonym of a client's address, by ``SAMAKI_LOG_KEY`` or a key of this process alone."""
    key = os.environ.get("SAMAKI_LOG_KEY", "").encode() or _CHANCE
    return hmac.new(key, client.encode(), hashlib.sha256).hexdigest()[:12]


def write_event(event: Event, request: Request) -> None:
    """Write one line to the file that ``SAMAKI_SECURITY_LOG`` names, else to the log of the server.

    Raises nothing: an evening goes on without its log, and the server's log says so.
    """
    client = pseudonym(request.client.host if request.client else "")
    evening = str(request.path_params.get("evening", ""))[:40]
    if _is_flood(event, client):
        return
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    line = orjson.dumps({"time": moment, "event": event, "evening": evening, "client": client}).decode()
    named = os.environ.get("SAMAKI_SECURITY_LOG", "")
    if not named:
        log.warning("%s", line)
        return
    try:
        with _LOCK, open(named, "a", encoding="utf-8", opener=_private) as file:
            file.write(f"{line}\n")
    except OSError as error:
        log.warning("SAMAKI_SECURITY_LOG cannot be written (%s): %s", error.strerror, line)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _is_flood(event: Event, client: str) -> bool:
    minute = int(time.monotonic() // 60)
    with _LOCK:
        if any(known != minute for known, _event, _client in list(_written)[:1]):
            _written.clear()
        _written[minute, event, client] += 1
        return _written[minute, event, client] > MOST
