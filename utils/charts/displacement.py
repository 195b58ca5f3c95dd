"""Curves of people displaced in Cambodia: one for the overview, one with every publisher's points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import plotly.graph_objects as go

from utils.analysis import displacement_series, observations
from utils.analysis.displacement_series import NationalSeries
from utils.analysis.model import Observation
from utils.charts import frame
from utils.charts.drawing import Drawing
from utils.charts.fighting import mark_events
from utils.charts.silence import add_silence
from utils.draw_context import DrawContext, per_context
from utils.product import palette
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.locale import Translator, formats

_BEFORE: Final = timedelta(days=6)
_AFTER: Final = timedelta(days=10)
_CORNER: Final = 0.04
"""Share of the time axis at its start without a tick, whose label would meet the zero of the other axis."""
_HALF_YEAR: Final = timedelta(days=180)
_TALL: Final = 320
_HEADROOM: Final = 1.2


@dataclass(frozen=True, slots=True)
class Mark:
    """How the points of a publisher look: hue and shape, so that neither is needed alone."""

    counter: str
    symbol: str


PUBLISHERS: Final = (Mark("ncdm", "circle"), Mark("moi", "square"), Mark("mnd", "diamond"))
OTHERS: Final = Mark("", "x-thin")


def publisher_colour(counter: str, theme: Theme) -> str:
    """Return the ink of a publisher's points: shape says who counted; grey but for the headline's."""
    hues = {"ncdm": palette.INK, "moi": palette.MUTED, "mnd": palette.INK}
    return hues.get(counter, palette.NOT_FOUND)[theme]


def month_starts(first: date, last: date, step: int) -> list[date]:
    """Return the first days of every ``step``-th month from ``first`` to ``last``."""
    every = range(first.year * 12 + first.month - 1, last.year * 12 + last.month, step)
    starts = [date(count // 12, count % 12 + 1, 1) for count in every]
    return [day for day in starts if day >= first]


def time_axis(rows: Sequence[Observation], theme: Theme, lang: str) -> dict[str, object]:
    """Return the time axis over both rounds, with a tick every month or every second."""
    days = [row.as_of for row in rows if row.as_of]
    first, last = min(days) - _BEFORE, max(days) + _AFTER
    ticks = month_starts(first, last, 2 if last - first > _HALF_YEAR else 1)
    clear = first + (last - first) * _CORNER
    return {
        **frame.axis_look(theme, grid=False),
        "type": "date",
        "range": [first.isoformat(), last.isoformat()],
        **frame.time_ticks([day for day in ticks if day > clear], lang),
    }


def number_axis(highest: float, theme: Theme, lang: str) -> dict[str, object]:
    """Return a number axis from zero with a few round ticks."""
    return {
        **frame.axis_look(theme, grid=True),
        "range": [0, highest * _HEADROOM],
        **frame.number_ticks(frame.nice_steps(highest), lang),
    }


def mark_time(figure: go.Figure, context: DrawContext, series: NationalSeries) -> None:
    """Mark ceasefires by dotted lines and a break by a band, each with a short label on top."""
    for index, event in enumerate(series.ceasefires):
        side = "left" if index == 0 else "right"
        frame.mark_ceasefire(figure, context, event.on, xanchor=side, yanchor="bottom")
    band = {
        "type": "rect",
        "line": {"width": 0},
        "fillcolor": palette.NOT_FOUND[context.theme],
        "opacity": 0.35,
        "layer": "below",
    }
    for gap in series.breaks:
        frame.mark_period(
            figure,
            gap.starts_on,
            gap.ends_on,
            context._("Break in the count"),
            context.theme,
            shape=band,
            xanchor="left",
            yanchor="bottom",
        )


def _label_figures(figure: go.Figure, context: DrawContext, series: NationalSeries) -> None:
    """Name both peaks and the latest figure where they stand, the latest on a short stalk."""
    _, release, lang, theme = context.parts
    last = series.headline[-1]
    for row, anchor in _named(series):
        day = formats.format_short_day(row.as_of, lang) if row.as_of else ""
        stalk = row is last
        figure.add_annotation(
            x=row.as_of.isoformat() if row.as_of else None,
            y=row.value,
            text=(
                f"<b>{frame.escape_markup(frame.quantity(_, row))}</b><br>{frame.escape_markup(day)}"
                f"{'<br>' if stalk else ' · '}{frame.escape_markup(frame.who(_, release, row))}"
            ),
            xanchor=anchor,
            yanchor="bottom",
            yshift=0 if stalk else 5,
            xshift=6 if anchor == "left" else 0 if stalk else -4,
            align=anchor,
            showarrow=stalk,
            ax=6,
            ay=-70,
            arrowhead=0,
            arrowwidth=1,
            standoff=5,
            arrowcolor=palette.MUTED[theme],
            font={"size": frame.SIZE, "color": palette.INK[theme]},
        )


def _named(series: NationalSeries) -> list[tuple[Observation, str]]:
    """Return the figures with a label of their own: both peaks and the latest."""
    first = [row for row in series.headline if not displacement_series.is_in_second_round(row)]
    second = [row for row in series.headline if displacement_series.is_in_second_round(row)]
    named: list[tuple[Observation, str]] = []
    if first:
        named.append((max(first, key=lambda row: row.value or 0), "left"))
    if second:
        named.append((max(second, key=lambda row: row.value or 0), "right"))
        named.append((second[-1], "right"))
    return named


def _add_publisher(
    figure: go.Figure,
    context: DrawContext,
    rows: Sequence[Observation],
    mark: Mark,
    *,
    leading: bool,
    name: str = "",
    size: int = 7,
) -> None:
    """Add points of one publisher: filled where they lead, hollow where they stand beside."""
    if rows:
        frame.add_points(
            figure,
            context,
            rows,
            name=name or publisher_name(context._, context.release, mark),
            hue=publisher_colour(mark.counter, context.theme),
            symbol=mark.symbol if leading or mark is OTHERS else f"{mark.symbol}-open",
            size=size,
            legendgroup=mark.counter,
            showlegend=False,
        )


def _sentence(_: Translator, series: NationalSeries) -> str:
    """Say in one sentence what the curve shows, computed from its figures."""
    peak = max(series.headline, key=lambda row: row.value or 0)
    last = series.headline[-1]
    if peak.as_of is None or last.as_of is None:
        return _("People displaced in Cambodia")
    return _(
        "People displaced in Cambodia: {peak} on {peak_day} at the highest, "
        "{last} on {last_day} in the latest figure found",
        peak=peak.value or 0,
        peak_day=peak.as_of,
        last=last.value or 0,
        last_day=last.as_of,
    )


def _alt(_: Translator, release: Release, series: NationalSeries) -> str:
    """Describe the curve for those who cannot see it."""
    first = _named(series)[0][0]
    second = _named(series)[1][0]
    last = series.headline[-1]
    return _(
        "Curve of people displaced in Cambodia over two rounds. July round: highest {july} on {july_day} "
        "({july_who}), then a fall until October 2025. December round: highest {december} on "
        "{december_day} ({december_who}), then a fall to {last} on {last_day} ({last_who}).",
        july=first.value or 0,
        july_day=first.as_of or date.min,
        july_who=frame.who(_, release, first),
        december=second.value or 0,
        december_day=second.as_of or date.min,
        december_who=frame.who(_, release, second),
        last=last.value or 0,
        last_day=last.as_of or date.min,
        last_who=frame.who(_, release, last),
    )


def _finish(
    figure: go.Figure, context: DrawContext, series: NationalSeries, rows: Sequence[Observation]
) -> None:
    highest = max(row.value or 0 for row in rows)
    figure.update_xaxes(**time_axis(rows, context.theme, context.lang))
    figure.update_yaxes(**number_axis(highest, context.theme, context.lang))
    add_silence(figure, context, max(row.as_of for row in rows if row.as_of))
    mark_time(figure, context, series)
    _label_figures(figure, context, series)


@per_context
def national_chart(context: DrawContext) -> Drawing:
    """Return every publisher's figures as points, with the headline series as the line."""
    _, release = context._, context.release
    series = displacement_series.build_national_series(release)
    drawn = [row for row in series.all_points if row.as_of_precision != "month"]
    figure = frame.make_figure(context.theme, height=_TALL, top=24)
    frame.add_runs(figure, series.runs, palette.DISPLACED[context.theme])
    leading = set(series.headline)
    counters = {mark.counter for mark in PUBLISHERS}
    for mark in (*PUBLISHERS, OTHERS):
        own = [row for row in drawn if (row.counted_by if row.counted_by in counters else "") == mark.counter]
        for leads in (False, True):
            rows = [row for row in own if (row in leading) is leads]
            _add_publisher(figure, context, rows, mark, leading=leads, size=8 if leads else 7)
    _finish(figure, context, series, drawn)
    mark_events(figure, context, drawn)
    return frame.draw_points(
        context,
        figure,
        reversed(series.all_points),
        title=_(
            "{count} national figures by {publishers} publishers: they differ by day and by who counts",
            count=len(drawn),
            publishers=len({row.counted_by for row in drawn if row.counted_by}),
        ),
        subtitle=_(
            "Filled and joined: the headline series. Hollow: other figures. Ticks at the foot: events. "
            "Cumulative totals are not drawn."
        ),
        alt=_alt(_, release, series),
        shown=drawn,
    )


def publisher_name(_: Translator, release: Release, mark: Mark) -> str:
    """Return the name of a publisher as the key of the chart prints it."""
    counter = observations.load_counters(release).get(mark.counter)
    return counter.names.of(_.lang) if counter else _("others")
