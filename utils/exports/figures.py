"""Every figure that can be embedded or shown on a shared link, by its key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from utils.analysis import displacement, overview
from utils.analysis.model import Finding
from utils.exports.views import UnknownView
from utils.store import Release, per_release


@per_release
def all_figures(release: Release, today: date) -> Mapping[str, Finding]:
    """Return the findings of the pages by key; their ages are those of ``today``."""
    found = [make() for make in overview.figures(release, today).values()]
    found += overview.casualties(release, today)
    found.append(displacement.ever_displaced(release, today))
    return {finding.key: finding for finding in found}


def figure(release: Release, key: str, today: date) -> Finding:
    """Return a finding by its key. Raises :class:`utils.exports.views.UnknownView`."""
    try:
        return all_figures(release, today)[key]
    except KeyError as error:
        raise UnknownView(name=key) from error
