"""The figures a newsroom asks for first, in the order of a story."""

from __future__ import annotations

from datetime import date

from utils.analysis import displacement, donations, shelters
from utils.analysis.casualties import findings
from utils.analysis.model import Finding
from utils.releases import Release


def key_figures(release: Release, today: date) -> tuple[Finding, ...]:
    """Return the findings of the press page; those without a figure are left out."""
    found = (
        displacement.latest(release, today),
        displacement.peak(release, "2025-12", today),
        displacement.peak(release, "2025-07", today),
        displacement.returned(release, today),
        displacement.sites_open(release, today),
        shelters.sites_known(release, today),
        donations.documented(release, "USD", today),
        *findings(release, today),
    )
    return tuple(
        finding for finding in found if finding.observation and finding.observation.value is not None
    )
