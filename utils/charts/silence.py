"""The time since the last count, up to today: a quiet hatched band beside the drawing, with its days."""

from __future__ import annotations

from datetime import date
from typing import Final

import plotly.graph_objects as go

from utils.charts import frame
from utils.draw_context import DrawContext
from utils.product import palette

DRAWN: Final = (0.0, 0.85)
"""Share of the width that the series takes where a band follows it."""
_BAND: Final = (0.87, 1.0)
_AXIS: Final = "9"
_SHORTEST: Final = 2
"""Days since the last count from which the band is drawn."""


def add_silence(figure: go.Figure, context: DrawContext, last: date) -> None:
    """Narrow the time axis of ``figure`` and add a band for the days since ``last``, not to scale.

    The band has axes of its own, so that the number axes stay as they are. Nothing is added where the last
    count is of yesterday or today.
    """
    days = (context.today - last).days
    if days < _SHORTEST:
        return
    _, theme = context._, context.theme
    hidden = {**frame.axis_look(theme, grid=False), "range": [0, 1], "showticklabels": False, "tickvals": []}
    figure.update_layout(
        {
            "xaxis": {"domain": list(DRAWN)},
            f"xaxis{_AXIS}": {**hidden, "domain": list(_BAND), "anchor": f"y{_AXIS}"},
            f"yaxis{_AXIS}": {**hidden, "domain": [0, 1], "anchor": f"x{_AXIS}"},
        }
    )
    paper = palette.PAPER[theme]
    figure.add_bar(
        x=[0.5],
        y=[1],
        width=[1],
        xaxis=f"x{_AXIS}",
        yaxis=f"y{_AXIS}",
        marker={
            "color": paper,
            "line": {"width": 0},
            "pattern": {"shape": "/", "fgcolor": palette.GRID[theme], "bgcolor": paper, "size": 8},
        },
        hoverinfo="skip",
        showlegend=False,
    )
    count = _.ngettext("{count} day", "{count} days", days)
    words = "<br>".join(map(frame.escape_markup, _("no count found").split(" ")))
    figure.add_annotation(
        x=sum(_BAND) / 2,
        xref="paper",
        y=0.5,
        yref="paper",
        text=f"<b>{frame.escape_markup(count)}</b><br>{words}",
        showarrow=False,
        xanchor="center",
        font={"size": 12, "color": palette.OLD[theme]},
    )
