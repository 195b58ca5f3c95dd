"""Events as quiet notes on a time axis, from the same table as the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from utils.analysis import crisis_phases, timeline
from utils.analysis.model import Observation
from utils.charts import frame
from utils.product import palette
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.locale import Translator, formats

_HEIGHT: Final = 0.015
"""Height of the ticks above the ground, as a share of the highest figure."""


def mark_events(
    figure: go.Figure, _: Translator, release: Release, rows: Sequence[Observation], theme: Theme
) -> None:
    """Note the events that explain the curve as small ticks on the ground, told when pointed at.

    An event with people killed or injured is named by its kind and place only.
    """
    days = [row.as_of for row in rows if row.as_of]
    first, last = min(days), max(days)
    events = [
        event
        for event in crisis_phases.events(release)
        if event.kind in timeline.ON_CHARTS and first <= event.on <= last
    ]
    muted = palette.MUTED[theme]
    figure.add_scatter(
        x=[event.on.isoformat() for event in events],
        y=[_HEIGHT * max(row.value or 0.0 for row in rows)] * len(events),
        mode="markers",
        name=frame.plain(_("Events")),
        marker={"symbol": "line-ns", "size": 9, "color": muted, "line": {"color": muted, "width": 1.5}},
        hovertext=[_event(_, event) for event in events],
        hoverinfo="text",
        showlegend=False,
        cliponaxis=False,
    )


def _event(_: Translator, event: crisis_phases.Event) -> str:
    what = event.place if event.grave else event.title
    lines = (
        f"{formats.day(event.on, _.lang)} · {_.pgettext('kind', event.kind)}",
        what,
        _("Source: {names}", names=event.source.publisher),
    )
    return "<br>".join(frame.plain(line) for line in lines if line)
