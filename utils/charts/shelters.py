"""Open sites over time: national counts by publisher, and the counts printed for single provinces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import plotly.graph_objects as go

from utils.analysis import crisis_phases, observations, shelters
from utils.analysis.model import Observation
from utils.charts import frame
from utils.charts.displacement import number_axis, time_axis
from utils.charts.drawing import Drawing
from utils.draw_context import DrawContext, per_context
from utils.product import palette
from utils.product.palette import Theme
from utils.text.locale import Translator, formats

_HEIGHT: Final = 380
_BAR_ROOM: Final = 1.15
_ROW: Final = 26
_EDGES: Final = 16


@per_context
def sites_chart(context: DrawContext) -> Drawing:
    """Return national counts of open sites: every count a point, one publisher's joined by a line."""
    _, release, lang, theme = context.parts
    rows = shelters.list_open_counts(release)
    runs = shelters.list_open_runs(release)
    own = [row for row in rows if row.counted_by == shelters.LINE]
    others = [row for row in rows if row not in own]
    first = rows[0].as_of or date.min
    figure = frame.make_figure(theme, height=_HEIGHT, top=34, right=16)
    frame.add_runs(figure, runs, palette.SITES[theme])
    frame.add_points(
        figure,
        context,
        own,
        name=observations.load_counters(release)[shelters.LINE].short_name,
        hue=palette.SITES[theme],
        symbol="circle",
        size=8,
        what=_("sites open"),
    )
    frame.add_points(
        figure,
        context,
        others,
        name=_("others, or not stated who"),
        hue=palette.OTHER[theme],
        symbol="diamond-open",
        size=9,
        what=_("sites open"),
    )
    figure.update_layout(
        xaxis=time_axis(rows, theme, lang),
        yaxis=number_axis(max(row.value or 0 for row in rows), theme, lang),
    )
    for event in crisis_phases.list_ceasefires(release):
        if event.on >= first:
            frame.mark_ceasefire(figure, context, event.on, yanchor="top", xanchor="right", xshift=-3)
    _name_ends(figure, _, runs, theme)
    frame.legend_above(figure)
    title = _title(_, runs)
    return frame.draw_points(
        context,
        figure,
        reversed(rows),
        title=title,
        subtitle=_(
            "Sites open in Cambodia on a day. Line: {who}. Counts of others differ in what they cover; "
            "where several stand on one day, the line takes none of them.",
            who=observations.name_counter(release, shelters.LINE),
        ),
        alt=_(
            "{what}. {count} counts are drawn; the first is of {first}.",
            what=title,
            count=len(rows),
            first=first,
        ),
        shown=rows,
    )


def _title(_: Translator, runs: Sequence[Sequence[Observation]]) -> str:
    joined = [row for run in runs for row in run]
    if not joined:
        return _("Open sites in Cambodia, as different publishers counted them")
    peak = max(joined, key=lambda row: row.value or 0)
    last = joined[-1]
    return _(
        "{peak} sites were open on {peak_day} at the highest count, {last} on {last_day} at the last "
        "national count found",
        peak=peak.value or 0,
        peak_day=peak.as_of or date.min,
        last=last.value or 0,
        last_day=last.as_of or date.min,
    )


def _name_ends(figure: go.Figure, _: Translator, runs: Sequence[Sequence[Observation]], theme: Theme) -> None:
    """Print the number above the first and right of the last count of each stretch of the line."""
    for run in runs:
        for row, last in ((run[0], False), (run[-1], True)):
            figure.add_annotation(
                x=row.as_of.isoformat() if row.as_of else None,
                y=row.value,
                text=f"<b>{frame.escape_markup(frame.quantity(_, row))}</b>",
                showarrow=False,
                xanchor="left" if last else "center",
                xshift=8 if last else 0,
                yshift=0 if last else 14,
                font={"size": frame.SIZE, "color": palette.INK[theme]},
            )


@per_context
def provinces_chart(context: DrawContext) -> Drawing:
    """Return the counts of open sites printed for provinces, a bar for each day; nothing between."""
    _, release, lang, theme = context.parts
    names = observations.load_place_names(release, lang)
    series = shelters.list_open_by_province(release)
    bars: list[Observation | None] = []
    ticks, provinces = [], []
    for code, counts in series.items():
        name = names.get(code, counts[0].admin1)
        bars += [None, *counts]
        ticks += [f"<b>{frame.escape_markup(name)}</b>"]
        ticks += [frame.escape_markup(frame.when(_, row, short=True)) for row in counts]
        provinces += [name] * len(counts)
    shown = tuple(row for row in bars if row)
    places = list(range(len(bars)))
    figure = frame.make_figure(theme, height=_EDGES + _ROW * len(bars), top=4, right=6)
    frame.add_bars(
        figure,
        context,
        bars,
        [_("sites open")] * len(bars),
        y=places,
        width=0.7,
        marker={"color": palette.SITES[theme]},
    )
    frame.bar_axes(
        figure,
        theme,
        max((row.value or 0 for row in shown), default=1.0) * _BAR_ROOM,
        range=[len(bars) - 0.4, -0.6],
        tickvals=places,
        ticktext=ticks,
    )
    title = _latest(_, series, names)
    points = frame.draw_points(
        context,
        figure,
        shown,
        title=title,
        subtitle=_(
            "Sites open in a province, only for days on which a source printed a count. Two bars of about "
            "one day are two sources. Zero means that all sites of the province had closed."
        ),
        alt=_("Bars of counts of open sites by province and day. {what}.", what=title),
        shown=shown,
    )
    return replace(
        points,
        columns=(_("Province"), *points.columns),
        rows=tuple((province, *cells) for province, cells in zip(provinces, points.rows, strict=True)),
        numeric=(2,),
    )


def _latest(_: Translator, series: Mapping[str, Sequence[Observation]], names: Mapping[str, str]) -> str:
    """Say the last count printed for each province in one sentence."""
    sentences = [
        _(
            "{province} {count} ({day})",
            province=names.get(code, rows[-1].admin1),
            count=rows[-1].value or 0,
            day=formats.format_short_day(rows[-1].as_of, _.lang) if rows[-1].as_of else "—",
        )
        for code, rows in series.items()
    ]
    if not sentences:
        return _("No count of open sites was printed for a province")
    return _("Last counts of open sites printed for a province: {list}", list=", ".join(sentences))
