"""A figure that is embedded or shown on a shared link, by its key or the id of its row."""

from __future__ import annotations

from datetime import date
from typing import Final

from utils.analysis import figures
from utils.analysis.model import Finding
from utils.exports.files import UnknownView
from utils.releases import Release

FIGURE: Final = "figure-"
"""What stands before an id in the address of an embed or a picture."""
FIRST: Final = "displaced-latest"
"""The figure of a page that has none of its own."""


def figure(release: Release, wanted: str, today: date) -> Finding:
    """Return a finding by its key or row. Raises :class:`utils.exports.files.UnknownView`."""
    found = figures.figure(release, wanted, today)
    if found is None:
        raise UnknownView(name=wanted)
    return found.finding
