"""The timeline as lanes of events under the curve of displaced people, on one true time axis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import plotly.graph_objects as go

from utils.analysis import crisis_phases, displacement_series, timeline
from utils.analysis.timeline import Moment
from utils.charts import frame
from utils.charts.displacement import month_starts, number_axis
from utils.charts.drawing import Drawing
from utils.charts.fighting import describe_event
from utils.draw_context import DrawContext, per_context
from utils.product import palette
from utils.text.locale import formats

_HEIGHT: Final = 460
_CURVE: Final = (0.76, 1.0)
_LANES: Final = (0.0, 0.7)
_DOT: Final = 8
_NEAR: Final = timedelta(days=4)
"""Events of a lane this near to each other are drawn one above the other."""
_STEP: Final = 0.17
_MOST: Final = 5
"""Rows of dots in a lane; a sixth event of the same days covers the first."""
_MARGIN: Final = timedelta(days=8)


@per_context
def timeline_lanes(context: DrawContext, lane: str, month: str) -> Drawing | None:
    """Return the events as dots in five lanes, those of a ``lane`` and a ``month`` dark.


    Above them stands the headline series of displaced people. Shaded: the two rounds of fighting. ``None``
    where there is no event.
    """
    _, release, lang, theme = context.parts
    moments = timeline.list_moments(release)
    extent = timeline.measure_extent(moments)
    if extent is None:
        return None
    chosen = set(timeline.filter_moments(release, lane=lane, month=month))
    figure = frame.make_figure(theme, height=_HEIGHT, top=24)
    headline = displacement_series.build_national_series(release)
    for run in headline.runs:
        figure.add_scatter(
            x=frame.iso_days(run),
            y=[row.value for row in run],
            mode="lines",
            line={"color": palette.NOT_FOUND[theme], "width": 2},
            hoverinfo="skip",
            yaxis="y2",
        )
    _add_dots(figure, context, [moment for moment in moments if moment not in chosen], palette.GRID[theme])
    _add_dots(figure, context, [moment for moment in moments if moment in chosen], palette.INK[theme])
    first, last = extent.first - _MARGIN, extent.last + _MARGIN
    _shade_fighting(figure, context)
    _set_axes(figure, context, first, last, max((row.value or 0 for row in headline.headline), default=1.0))
    return Drawing(
        title=_(
            "{count} events from {first} to {last}; the busiest month is {month}: {most}",
            count=extent.count,
            first=extent.first,
            last=extent.last,
            month=formats.format_month(extent.busiest, lang),
            most=extent.most,
        ),
        subtitle=_(
            "A dot is one event, in the lane of its kind. Above: people displaced in Cambodia. "
            "Shaded: the two rounds of fighting."
        ),
        alt=_alt(context, extent),
        figure=figure,
        columns=(_("Month"), *(_.translate(name) for name in timeline.LANE_NAMES.values())),
        rows=_rows(context),
        numeric=tuple(range(1, len(timeline.LANES) + 1)),
        shown=headline.headline,
    )


def place_dots(days: Sequence[date]) -> list[int]:
    """Return the row of each dot of a lane, 0 in the middle: dots of near days stand beside each other.

    ``days`` are in order of time. Rows go 0, 1, -1, 2, -2 and then begin anew.
    """
    rows: list[int] = []
    order = [0, 1, -1, 2, -2]
    newest: dict[int, date] = {}
    for index, day in enumerate(days):
        free = next((row for row in order if row not in newest or day - newest[row] >= _NEAR), None)
        row = order[index % _MOST] if free is None else free
        newest[row] = day
        rows.append(row)
    return rows


def _add_dots(figure: go.Figure, context: DrawContext, moments: Sequence[Moment], hue: str) -> None:
    if not moments:
        return
    heights = _heights(context)
    figure.add_scatter(
        x=[moment.event.on.isoformat() for moment in moments],
        y=[heights[moment.event.event_id] for moment in moments],
        mode="markers",
        marker={"symbol": "circle", "size": _DOT, "color": hue, "line": {"color": hue, "width": 1}},
        hovertext=[describe_event(context._, moment.event) for moment in moments],
        hoverinfo="text",
    )


def _heights(context: DrawContext) -> dict[str, float]:
    """Return the height of each event: its lane, counted from below, and its row in the lane."""
    lanes: dict[str, list[Moment]] = defaultdict(list)
    for moment in reversed(timeline.list_moments(context.release)):
        lanes[timeline.find_lane(moment.event.kind)].append(moment)
    return {
        moment.event.event_id: len(timeline.LANES) - 1 - index + _STEP * row
        for index, name in enumerate(timeline.LANES)
        for moment, row in zip(
            lanes[name], place_dots([moment.event.on for moment in lanes[name]]), strict=True
        )
    }


def _shade_fighting(figure: go.Figure, context: DrawContext) -> None:
    shape = {
        "type": "rect",
        "line": {"width": 0},
        "fillcolor": palette.NOT_FOUND[context.theme],
        "opacity": 0.25,
        "layer": "below",
    }
    for stage in crisis_phases.list_stages(context.release):
        if stage.stage_id.endswith("_war") and stage.starts_on and stage.ends_on:
            frame.mark_period(
                figure,
                stage.starts_on,
                stage.ends_on,
                context._("Fighting"),
                context.theme,
                shape=shape,
                xanchor="left",
                yanchor="bottom",
            )


def _set_axes(figure: go.Figure, context: DrawContext, first: date, last: date, highest: float) -> None:
    _, theme, lang = context._, context.theme, context.lang
    figure.update_xaxes(
        **{
            **frame.axis_look(theme, grid=False),
            "type": "date",
            "range": [first.isoformat(), last.isoformat()],
            **frame.time_ticks(month_starts(first, last, 2), lang),
        }
    )
    names = [_.translate(name) for name in reversed(tuple(timeline.LANE_NAMES.values()))]
    figure.update_layout(
        yaxis={
            **frame.axis_look(theme, grid=True),
            "domain": list(_LANES),
            "range": [-0.55, len(names) - 0.45],
            "tickvals": list(range(len(names))),
            "ticktext": [frame.escape_markup(name) for name in names],
            "tickfont": {"size": frame.SIZE, "color": palette.INK[theme]},
        },
        yaxis2={**number_axis(highest, theme, lang), "domain": list(_CURVE), "anchor": "x"},
    )
    steps = frame.nice_steps(highest, 2)
    figure.update_layout(yaxis2=frame.number_ticks(steps, lang))


def _alt(context: DrawContext, extent: timeline.Extent) -> str:
    _ = context._
    counts = timeline.count_lanes(context.release)
    listed = "; ".join(
        f"{_.translate(timeline.LANE_NAMES[lane])}: {formats.format_number(count, _.lang)}"
        for lane, count in counts.items()
    )
    return _(
        "Events in five lanes from {first} to {last}. {lanes}.",
        first=extent.first,
        last=extent.last,
        lanes=listed,
    )


def _rows(context: DrawContext) -> tuple[tuple[str, ...], ...]:
    """Return the twin: how many events of each lane a month has, newest first."""
    return tuple(
        (
            formats.format_month(date.fromisoformat(f"{month.code}-01"), context.lang),
            *(formats.format_number(month.counts[lane], context.lang) for lane in timeline.LANES),
        )
        for month in timeline.count_months(context.release)
    )
