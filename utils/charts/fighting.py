"""Events as quiet notes on a time axis, from the same table as the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from utils.analysis import crisis_phases, timeline
from utils.analysis.model import Observation
from utils.charts import frame
from utils.draw_context import DrawContext
from utils.product import palette
from utils.text.locale import Translator, formats

_HEIGHT: Final = 0.015
"""Height of the ticks above the ground, as a share of the highest figure."""


def mark_events(figure: go.Figure, context: DrawContext, rows: Sequence[Observation]) -> None:
    """Mark the events that explain the curve by small ticks on the ground, named when pointed at.

    An event with people killed or injured is named by its kind and place only.
    """
    days = [row.as_of for row in rows if row.as_of]
    first, last = min(days), max(days)
    events = [
        event
        for event in crisis_phases.list_dated_events(context.release)
        if event.kind in timeline.ON_CHARTS and first <= event.on <= last
    ]
    _, muted = context._, palette.MUTED[context.theme]
    figure.add_scatter(
        x=[event.on.isoformat() for event in events],
        y=[_HEIGHT * max(row.value or 0.0 for row in rows)] * len(events),
        mode="markers",
        name=frame.escape_markup(_("Events")),
        marker={"symbol": "line-ns", "size": 9, "color": muted, "line": {"color": muted, "width": 1.5}},
        hovertext=[describe_event(_, event) for event in events],
        hoverinfo="text",
        showlegend=False,
        cliponaxis=False,
    )


def describe_event(_: Translator, event: crisis_phases.DatedEvent) -> str:
    """Return the hover text of an event: day, kind, title and source; a grave one by its place only."""
    what = event.place if event.grave else event.title
    lines = (
        f"{formats.format_day(event.on, _.lang)} · {_.pgettext('kind', event.kind)}",
        what,
        _("Source: {names}", names=event.source.publisher),
    )
    return "<br>".join(frame.escape_markup(line) for line in lines if line)
