"""The figures a newsroom asks for first, in the order of a story."""

from __future__ import annotations

from datetime import date

from utils.analysis import displacement, donations, shelters
from utils.analysis.casualties import list_casualty_findings
from utils.analysis.model import Finding
from utils.store import Release


def list_key_figures(release: Release, today: date) -> tuple[Finding, ...]:
    """Return the findings of the press page; those without a figure are left out."""
    found = (
        displacement.latest_displaced(release, today),
        displacement.peak_displaced(release, "2025-12", today),
        displacement.peak_displaced(release, "2025-07", today),
        displacement.latest_returned(release, today),
        displacement.latest_open_sites(release, today),
        shelters.count_known_sites(release, today),
        donations.documented_total(release, "USD", today),
        *list_casualty_findings(release, today),
    )
    return tuple(
        finding for finding in found if finding.observation and finding.observation.value is not None
    )
