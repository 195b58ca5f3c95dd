"""The public address of the app: set by the deployer, else the one that was asked."""

from __future__ import annotations

import os
import re
from typing import Final
from urllib.parse import urlsplit

CONTACT: Final = "SAMAKI_CONTACT"
"""Setting of the deployer: how to reach those who run this copy, such as an e-mail address."""
SETTING: Final = "SAMAKI_ADDRESS"
"""Setting of the deployer: the public address of the app, such as ``https://example.org/samaki``."""
_LONGEST: Final = 200
_ADDRESS: Final = re.compile(r"https?://[0-9A-Za-z.:\[\]-]{1,255}(/[0-9A-Za-z._~/-]*)?")


def base(asked: str) -> str:
    """Return the address of the app with a slash at its end; empty where it is not well formed.

    ``asked`` is the address that a browser used, without a page or query.
    """
    address = os.environ.get(SETTING) or asked
    return f"{address.rstrip('/')}/" if _ADDRESS.fullmatch(address) else ""


def contact() -> str:
    """Return how to reach those who run this copy, on one line; empty where it is not set."""
    return " ".join(os.environ.get(CONTACT, "").split())[:_LONGEST]


def same_origin(origin: str | None, host: str) -> bool:
    """Return whether a browser's ``Origin`` is the host it asks; programs send none and may pass."""
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()
