"""Sheets of an organisation's own field observations: figures with how each was made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from utils.analysis import field_observations
from utils.analysis.field_observations import FieldFigure
from utils.exports.dataset import Sheet, of_observations, own_column, widened
from utils.exports.views import Chosen
from utils.releases import Release
from utils.text.locale import M_

_MADE: Final = (
    own_column(
        "figure",
        "string",
        M_("How the figure was made"),
        "printed: as its source gives it; summed: our sum of districts; withheld: a sum that is not told",
    ),
    own_column("rows", "integer", M_("Rows"), "Number of rows behind the figure"),
)


def newest(release: Release, chosen: Chosen) -> Sheet:
    """Return the newest figure of each province of a line."""
    return _sheet(
        release, field_observations.newest(release, field_observations.line_of(release, chosen["field"]))
    )


def over_days(release: Release, chosen: Chosen) -> Sheet:
    """Return the figures of one province of a line by day, all of them."""
    line = field_observations.line_of(release, chosen["field"])
    return _sheet(release, field_observations.over_days(release, line, chosen["field-province"]))


def _sheet(release: Release, found: Sequence[FieldFigure]) -> Sheet:
    made = of_observations(release, (one.observation for one in found))
    return widened(made, found, _MADE, lambda one: (one.figure, one.rows))
