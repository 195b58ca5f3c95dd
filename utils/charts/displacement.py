"""Curves of people displaced in Cambodia: one for the overview, one with every publisher's points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import plotly.graph_objects as go

from utils.analysis import displacement, observations
from utils.analysis.displacement import NationalSeries
from utils.analysis.model import Observation
from utils.charts import frame
from utils.charts.drawing import Drawing
from utils.charts.fighting import mark_events
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
_TALL: Final = 460
_LOW: Final = 340
_HEADROOM: Final = 1.2


@dataclass(frozen=True, slots=True)
class Mark:
    """How the points of a publisher look: hue and shape, so that neither is needed alone."""

    counter: str
    symbol: str


PUBLISHERS: Final = (Mark("ncdm", "circle"), Mark("moi", "square"), Mark("mnd", "diamond"))
OTHERS: Final = Mark("", "x-thin")


def colour_of(counter: str, theme: Theme) -> str:
    """Return the hue of a publisher's points; one hue for all but the three of the headline."""
    hues = {"ncdm": palette.DISPLACED, "moi": palette.MIXED, "mnd": palette.OTHER}
    return hues.get(counter, palette.NOT_FOUND)[theme]


def months(first: date, last: date, step: int) -> list[date]:
    """Return the first days of every ``step``-th month from ``first`` to ``last``."""
    found = []
    year, month = first.year, first.month
    while date(year, month, 1) <= last:
        if date(year, month, 1) >= first:
            found.append(date(year, month, 1))
        year, month = year + (month + step - 1) // 12, (month + step - 1) % 12 + 1
    return found


def time_axis(rows: Sequence[Observation], theme: Theme, lang: str) -> dict[str, object]:
    """Return the time axis over both rounds, with a tick every month or every second."""
    days = [row.as_of for row in rows if row.as_of]
    first, last = min(days) - _BEFORE, max(days) + _AFTER
    ticks = months(first, last, 2 if last - first > _HALF_YEAR else 1)
    clear = first + (last - first) * _CORNER
    return {
        **frame.quiet_axis(theme, grid=False),
        "type": "date",
        "range": [first.isoformat(), last.isoformat()],
        **frame.time_ticks([day for day in ticks if day > clear], lang),
    }


def number_axis(highest: float, theme: Theme, lang: str) -> dict[str, object]:
    """Return a number axis from zero with a few round ticks."""
    return {
        **frame.quiet_axis(theme, grid=True),
        "range": [0, highest * _HEADROOM],
        **frame.number_ticks(frame.nice_steps(highest), lang),
    }


def _line(figure: go.Figure, series: NationalSeries, theme: Theme) -> None:
    """Draw the headline series: one stroke a run, so that a gap or a break stays open."""
    xs: list[str | None] = []
    ys: list[float | None] = []
    for run in series.runs:
        xs += [row.as_of.isoformat() for row in run if row.as_of] + [None]
        ys += [row.value for row in run] + [None]
    figure.add_scatter(
        x=xs,
        y=ys,
        mode="lines",
        line={"color": palette.DISPLACED[theme], "width": 2.5},
        hoverinfo="skip",
        connectgaps=False,
        showlegend=False,
    )


def mark_time(figure: go.Figure, _: Translator, series: NationalSeries, theme: Theme) -> None:
    """Mark ceasefires by dotted lines and a break by a band, each with a short label on top."""
    muted = palette.MUTED[theme]
    label = {"yref": "paper", "y": 1.0, "yanchor": "bottom", "showarrow": False}
    font = {"size": frame.SMALL, "color": muted}
    for index, event in enumerate(series.ceasefires):
        figure.add_shape(
            type="line",
            xref="x",
            yref="paper",
            x0=event.on.isoformat(),
            x1=event.on.isoformat(),
            y0=0,
            y1=1,
            line={"color": muted, "width": 1, "dash": "dot"},
        )
        figure.add_annotation(
            x=event.on.isoformat(),
            text=frame.plain(_("Ceasefire")),
            xanchor="left" if index == 0 else "right",
            font=font,
            **label,
        )
    for item in series.breaks:
        figure.add_shape(
            type="rect",
            xref="x",
            yref="paper",
            x0=item.starts_on.isoformat(),
            x1=item.ends_on.isoformat(),
            y0=0,
            y1=1,
            line={"width": 0},
            fillcolor=palette.NOT_FOUND[theme],
            opacity=0.35,
            layer="below",
        )
        figure.add_annotation(
            x=item.ends_on.isoformat(),
            text=frame.plain(_("Break in the count")),
            xanchor="left",
            font=font,
            **label,
        )


def _direct_labels(
    figure: go.Figure, _: Translator, release: Release, series: NationalSeries, theme: Theme
) -> None:
    """Name both peaks and the latest figure where they stand, the latest on a short stalk."""
    last = series.headline[-1]
    for row, anchor in _named(series):
        day = formats.short_day(row.as_of, _.lang) if row.as_of else ""
        stalk = row is last
        figure.add_annotation(
            x=row.as_of.isoformat() if row.as_of else None,
            y=row.value,
            text=(
                f"<b>{frame.plain(frame.quantity(_, row))}</b><br>{frame.plain(day)}"
                f"{'<br>' if stalk else ' · '}{frame.plain(frame.who(_, release, row))}"
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
    first = [row for row in series.headline if not displacement.in_second_round(row)]
    second = [row for row in series.headline if displacement.in_second_round(row)]
    named: list[tuple[Observation, str]] = []
    if first:
        named.append((max(first, key=lambda row: row.value or 0), "left"))
    if second:
        named.append((max(second, key=lambda row: row.value or 0), "right"))
        named.append((second[-1], "right"))
    return named


def _dots(
    figure: go.Figure,
    _: Translator,
    release: Release,
    rows: Sequence[Observation],
    *,
    theme: Theme,
    mark: Mark,
    name: str,
    leading: bool,
) -> None:
    """Draw points of one publisher: filled where they lead, hollow where they stand beside."""
    if not rows:
        return
    hue = colour_of(mark.counter, theme)
    figure.add_scatter(
        x=[row.as_of.isoformat() for row in rows if row.as_of],
        y=[row.value for row in rows if row.as_of],
        mode="markers",
        name=frame.plain(name),
        marker={
            "symbol": mark.symbol if leading or mark is OTHERS else f"{mark.symbol}-open",
            "size": 8 if leading else 7,
            "color": hue,
            "line": {"color": hue, "width": 1.5},
        },
        hovertext=[frame.hover(_, release, row) for row in rows if row.as_of],
        hoverinfo="text",
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


@per_context
def overview_curve(context: DrawContext) -> Drawing:
    """Return both rounds as one curve: the headline series with its peaks and latest figure named."""
    _, release, theme = context._, context.release, context.theme
    series = displacement.national_series(release)
    figure = frame.blank(theme, height=_LOW, top=24)
    _line(figure, series, theme)
    _dots(
        figure,
        _,
        release,
        series.headline,
        theme=theme,
        mark=PUBLISHERS[0],
        name=_("Headline series"),
        leading=True,
    )
    figure.update_traces(marker={"size": 5}, selector={"mode": "markers"})
    _finish(figure, _, release, series, series.headline, theme)
    columns, rows = frame.points_table(_, release, tuple(reversed(series.headline)))
    return Drawing(
        title=_sentence(_, series),
        subtitle=_(
            "People, one publisher a day: Ministry of National Defence in July 2025, then the disaster "
            "committee (NCDM), Ministry of Interior in the gaps. Lines stop where weeks have no figure."
        ),
        alt=_alt(_, release, series),
        figure=figure,
        columns=columns,
        rows=rows,
        numeric=(1,),
        shown=series.headline,
        row_ids=frame.ids(reversed(series.headline)),
    )


def _finish(
    figure: go.Figure,
    _: Translator,
    release: Release,
    series: NationalSeries,
    rows: Sequence[Observation],
    theme: Theme,
) -> None:
    highest = max(row.value or 0 for row in rows)
    figure.update_xaxes(**time_axis(rows, theme, _.lang))
    figure.update_yaxes(**number_axis(highest, theme, _.lang))
    mark_time(figure, _, series, theme)
    _direct_labels(figure, _, release, series, theme)


@per_context
def national_chart(context: DrawContext) -> Drawing:
    """Return every publisher's figures as points, with the headline series as the line."""
    _, release, theme = context._, context.release, context.theme
    series = displacement.national_series(release)
    drawn = [row for row in series.all_points if row.as_of_precision != "month"]
    figure = frame.blank(theme, height=_TALL, top=24)
    _line(figure, series, theme)
    leading = set(series.headline)
    known = {mark.counter for mark in PUBLISHERS}
    for mark in (*PUBLISHERS, OTHERS):
        own = [row for row in drawn if (row.counted_by if row.counted_by in known else "") == mark.counter]
        for leads in (False, True):
            rows = [row for row in own if (row in leading) is leads]
            name = publisher_name(_, release, mark)
            _dots(figure, _, release, rows, theme=theme, mark=mark, name=name, leading=leads)
    _finish(figure, _, release, series, drawn, theme)
    mark_events(figure, _, release, drawn, theme)
    columns, body = frame.points_table(_, release, tuple(reversed(series.all_points)))
    return Drawing(
        title=_(
            "{count} national figures by {publishers} publishers: they differ by day and by who counts",
            count=len(drawn),
            publishers=len({row.counted_by for row in drawn if row.counted_by}),
        ),
        subtitle=_(
            "People displaced, or still displaced, in Cambodia. Filled and joined: the headline series. "
            "Hollow: other figures, also earlier counts of a day. Cumulative totals are not drawn. "
            "Ticks at the bottom: events, told when pointed at and in full on the timeline."
        ),
        alt=_alt(_, release, series),
        figure=figure,
        columns=columns,
        rows=body,
        numeric=(1,),
        shown=tuple(drawn),
        row_ids=frame.ids(reversed(series.all_points)),
    )


def publisher_name(_: Translator, release: Release, mark: Mark) -> str:
    """Return the name of a publisher as the key of the chart prints it."""
    counter = observations.counters(release).get(mark.counter)
    return counter.names.of(_.lang) if counter else _("others")
