"""Who is looking and what they may see. Until sign-in exists the process has one tier."""

from __future__ import annotations

import os

from utils.releases import Tier


def tier() -> Tier:
    """Return the tier of this process: ``SAMAKI_TIER`` set by the launcher, else public."""
    return "ngo" if os.environ.get("SAMAKI_TIER") == "ngo" else "public"
