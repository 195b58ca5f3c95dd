"""The day in Cambodia. Ages of figures are computed from it when a page is viewed."""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

FIRST_DAY: Final = date(2025, 7, 24)
"""The day on which the crisis began; a clock that shows an earlier day is wrong."""
PHNOM_PENH = ZoneInfo("Asia/Phnom_Penh")


def today() -> date:
    """Return today's date in Phnom Penh; ``SAMAKI_TODAY`` (ISO date) stands in for tests and screenshots."""
    fixed = os.environ.get("SAMAKI_TODAY")
    return date.fromisoformat(fixed) if fixed else datetime.now(PHNOM_PENH).date()
