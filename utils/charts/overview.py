"""Both rounds of displacement on one scale, and how long no count has been found since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import plotly.graph_objects as go

from utils.analysis import crisis_phases, displacement, displacement_series
from utils.analysis.model import Observation
from utils.charts import frame
from utils.charts.displacement import month_starts, number_axis
from utils.charts.drawing import Drawing
from utils.draw_context import DrawContext, per_context
from utils.product import palette
from utils.text.locale import formats

_HEIGHT: Final = 460
_FIRST: Final = (0.0, 0.2)
_SECOND: Final = (0.24, 0.79)
_SINCE: Final = (0.81, 1.0)
"""Shares of the width: the first round, the second, and the time since the last count, not to scale."""
_ROOM: Final = timedelta(days=3)
_HEADROOM: Final = 1.12
_SHORTEST: Final = 2
"""Days since the last count from which the band is drawn."""


@per_context
def overview_curve(context: DrawContext, day: date | None = None) -> Drawing:
    """Return the headline series in two panels of one scale, with the ``day`` of the map as a line.

    The empty autumn between the rounds is left out. The hatched band says for how many days up to today no
    count was found; it is not drawn to scale.
    """
    _, release, _lang, theme = context.parts
    series = displacement_series.build_national_series(release)
    rows = series.headline
    first = [row for row in rows if not displacement_series.is_in_second_round(row)]
    second = [row for row in rows if displacement_series.is_in_second_round(row)]
    highest = max((row.value or 0 for row in rows), default=1.0)
    figure = frame.make_figure(theme, height=_HEIGHT, top=24, right=4)
    for panel, (own, axis) in enumerate(((first, "x"), (second, "x2"))):
        for run in series.runs:
            if run[0] in own:
                _add_run(figure, context, run, axis)
        _name_figures(figure, context, own, axis, ends=panel == 1)
    _shade_fighting(figure, context, {"x": first, "x2": second})
    _set_axes(figure, context, first, second, highest)
    _add_band(figure, context, rows, highest)
    _mark_day(figure, context, day, {"x": first, "x2": second})
    return frame.draw_points(
        context,
        figure,
        reversed(rows),
        title=_title(context, rows),
        subtitle=_("People displaced in Cambodia; the line marks the day of the map")
        if day
        else _("People displaced in Cambodia, one count a day"),
        alt=_alt(context, rows),
        shown=rows,
    )


def _mark_day(
    figure: go.Figure, context: DrawContext, day: date | None, panels: dict[str, list[Observation]]
) -> None:
    """Draw the day of the map as a line in the panel whose days hold it, if one does."""
    for axis, rows in panels.items():
        days = [row.as_of for row in rows if row.as_of]
        if day is None or not days or not min(days) <= day <= max(days):
            continue
        figure.add_shape(
            type="line",
            xref=axis,
            yref="paper",
            x0=day.isoformat(),
            x1=day.isoformat(),
            y0=0,
            y1=1,
            line={"color": palette.INK[context.theme], "width": 1.5},
        )


def count_silent_days(context: DrawContext, rows: Sequence[Observation]) -> int:
    """Return for how many days up to today no count was found that was read at its source."""
    last = rows[-1].as_of if rows else None
    return (context.today - last).days if last else 0


def _title(context: DrawContext, rows: Sequence[Observation]) -> str:
    _ = context._
    if not rows:
        return _("No count of people displaced in Cambodia was found")
    if count_silent_days(context, rows) > _SHORTEST:
        return _("Two rounds of flight, then silence")
    return _("Two rounds of flight")


def _add_run(figure: go.Figure, context: DrawContext, run: Sequence[Observation], axis: str) -> None:
    hue = palette.DISPLACED[context.theme]
    figure.add_scatter(
        x=frame.iso_days(run),
        y=[row.value for row in run],
        mode="lines+markers",
        line={"color": hue, "width": 2.5},
        marker={"symbol": "circle", "size": 5, "color": hue},
        hovertext=[frame.hover_text(context, row) for row in run if row.as_of],
        hoverinfo="text",
        xaxis=axis,
    )


def _name_figures(
    figure: go.Figure, context: DrawContext, rows: Sequence[Observation], axis: str, *, ends: bool
) -> None:
    """Print the peak of a round where it stands, and where ``ends`` the last figure too."""
    if not rows:
        return
    peak = max(rows, key=lambda row: row.value or 0)
    named = [(peak, "left", 0)] + ([(rows[-1], "right", 14)] if ends and rows[-1] is not peak else [])
    for row, anchor, up in named:
        figure.add_annotation(
            x=row.as_of.isoformat() if row.as_of else None,
            xref=axis,
            y=row.value,
            yref="y",
            text=f"<b>{frame.escape_markup(frame.quantity(context._, row))}</b>",
            showarrow=False,
            xanchor=anchor,
            yanchor="bottom",
            xshift=6 if anchor == "left" else 0,
            yshift=up,
            font={"size": 14, "color": palette.INK[context.theme]},
        )


def _shade_fighting(figure: go.Figure, context: DrawContext, panels: dict[str, list[Observation]]) -> None:
    hue = palette.FIGHTING[context.theme]
    for stage in crisis_phases.list_stages(context.release):
        if not (stage.stage_id.endswith("_war") and stage.starts_on and stage.ends_on):
            continue
        axis = "x2" if stage.starts_on >= displacement_series.SECOND_ROUND else "x"
        if not panels[axis]:
            continue
        figure.add_shape(
            type="rect",
            xref=axis,
            yref="paper",
            x0=stage.starts_on.isoformat(),
            x1=stage.ends_on.isoformat(),
            y0=0,
            y1=1,
            line={"width": 0},
            fillcolor=hue,
            opacity=0.12,
            layer="below",
        )
        figure.add_annotation(
            x=stage.starts_on.isoformat(),
            xref=axis,
            y=1.0,
            yref="paper",
            text=frame.escape_markup(context._("Fighting")),
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            font={"size": 12, "color": hue},
        )


def _set_axes(
    figure: go.Figure,
    context: DrawContext,
    first: Sequence[Observation],
    second: Sequence[Observation],
    highest: float,
) -> None:
    theme, lang = context.theme, context.lang
    look = {**frame.axis_look(theme, grid=False), "type": "date", "anchor": "y"}
    axes = {}
    for name, rows, domain, step in (("xaxis", first, _FIRST, 1), ("xaxis2", second, _SECOND, 1)):
        days = [row.as_of for row in rows if row.as_of] or [context.today]
        start, end = min(days) - _ROOM, max(days) + _ROOM
        ticks = month_starts(start, end, step)
        axes[name] = {
            **look,
            "domain": list(domain),
            "range": [start.isoformat(), end.isoformat()],
            "tickvals": [tick.isoformat() for tick in ticks],
            "ticktext": [formats.format_month_name(tick, lang) for tick in ticks],
        }
    axes["xaxis3"] = {
        **frame.axis_look(theme, grid=False),
        "domain": list(_SINCE),
        "range": [0, 1],
        "anchor": "y",
        "showticklabels": False,
        "tickvals": [],
    }
    number = {**number_axis(highest, theme, lang), "range": [0, highest * _HEADROOM]}
    figure.update_layout(**axes, yaxis=number)


def _add_band(figure: go.Figure, context: DrawContext, rows: Sequence[Observation], highest: float) -> None:
    """Draw the time since the last count: a hatched band, and a hollow mark for a second-hand figure."""
    _, theme = context._, context.theme
    days = count_silent_days(context, rows)
    if days < _SHORTEST:
        return
    quiet = palette.GRID[theme]
    figure.add_bar(
        x=[0.5],
        y=[highest * _HEADROOM],
        width=1,
        xaxis="x3",
        marker={
            "color": palette.PAPER[theme],
            "line": {"width": 0},
            "pattern": {"shape": "/", "fgcolor": quiet, "bgcolor": palette.PAPER[theme], "size": 8},
        },
        hoverinfo="skip",
    )
    later = displacement.find_later_figure(context.release)
    count = _.ngettext("{count} day", "{count} days", days)
    what = _("no count read at its source") if later else _("no count found")
    figure.add_annotation(
        x=(_SINCE[0] + _SINCE[1]) / 2,
        xref="paper",
        y=0.62,
        yref="paper",
        text=f"<b>{frame.escape_markup(count)}</b><br>{_wrap(what)}",
        showarrow=False,
        align="center",
        xanchor="center",
        font={"size": 12, "color": palette.OLD[theme]},
    )
    if later is not None:
        hue = palette.DISPLACED[theme]
        figure.add_scatter(
            x=[0.5],
            y=[later.value],
            mode="markers",
            xaxis="x3",
            marker={"symbol": "circle-open", "size": 10, "color": hue, "line": {"color": hue, "width": 2}},
            hovertext=[frame.hover_text(context, later)],
            hoverinfo="text",
        )


def _wrap(text: str) -> str:
    """Return a short text in lines of about two words: the band is narrow."""
    words, lines = text.split(" "), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) >= 12:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(frame.escape_markup(line) for line in lines)


def _alt(context: DrawContext, rows: Sequence[Observation]) -> str:
    _ = context._
    if not rows:
        return _("No count of people displaced in Cambodia was found")
    peak, last = max(rows, key=lambda row: row.value or 0), rows[-1]
    return _(
        "Curve of people displaced in Cambodia over two rounds: highest {peak} on {peak_day}, last {last} on "
        "{last_day}. No count for {days} days since.",
        peak=peak.value or 0,
        peak_day=peak.as_of or date.min,
        last=last.value or 0,
        last_day=last.as_of or date.min,
        days=count_silent_days(context, rows),
    )
