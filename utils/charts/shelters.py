"""Open sites over time: national counts by publisher, and the counts printed for single provinces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from utils.releases import Release
from utils.text.locale import Translator, formats

_HEIGHT: Final = 380
_BAR_ROOM: Final = 1.15
_ROW: Final = 26
_EDGES: Final = 16


@per_context
def sites_chart(context: DrawContext) -> Drawing:
    """Return national counts of open sites: every count a point, one publisher's joined by a line."""
    _, release, lang, theme = context.parts
    rows = shelters.open_over_time(release)
    runs = shelters.open_runs(release)
    own = [row for row in rows if row.counted_by == shelters.LINE]
    figure = frame.blank(theme, height=_HEIGHT, top=34, right=16)
    _join(figure, runs, theme)
    _points(figure, _, release, own, theme, leading=True)
    _points(figure, _, release, [row for row in rows if row not in own], theme, leading=False)
    figure.update_layout(
        xaxis=time_axis(rows, theme, lang),
        yaxis=number_axis(max(row.value or 0 for row in rows), theme, lang),
    )
    _mark_ceasefires(figure, _, release, rows[0].as_of or date.min, theme)
    _name_ends(figure, _, runs, theme)
    frame.legend_above(figure)
    columns, body = frame.points_table(_, release, tuple(reversed(rows)))
    title = _title(_, runs)
    return Drawing(
        title=title,
        subtitle=_(
            "Sites open in Cambodia on a day. Line: {who}. Counts of others differ in what they cover; "
            "where several stand on one day, the line takes none of them.",
            who=observations.counter_names(release, shelters.LINE),
        ),
        alt=_(
            "{what}. {count} counts are drawn; the first is of {first}.",
            what=title,
            count=len(rows),
            first=rows[0].as_of or date.min,
        ),
        figure=figure,
        columns=columns,
        rows=body,
        numeric=(1,),
        shown=rows,
        row_ids=frame.ids(reversed(rows)),
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


def _join(figure: go.Figure, runs: Sequence[Sequence[Observation]], theme: Theme) -> None:
    xs: list[str | None] = []
    ys: list[float | None] = []
    for run in runs:
        xs += [row.as_of.isoformat() for row in run if row.as_of] + [None]
        ys += [row.value for row in run] + [None]
    figure.add_scatter(
        x=xs,
        y=ys,
        mode="lines",
        line={"color": palette.SITES[theme], "width": 2.5},
        hoverinfo="skip",
        connectgaps=False,
        showlegend=False,
    )


def _points(
    figure: go.Figure,
    _: Translator,
    release: Release,
    rows: Sequence[Observation],
    theme: Theme,
    *,
    leading: bool,
) -> None:
    hue = palette.SITES[theme] if leading else palette.OTHER[theme]
    name = frame.who(_, release, rows[0]) if leading and rows else _("others, or not stated who")
    figure.add_scatter(
        x=[row.as_of.isoformat() for row in rows if row.as_of],
        y=[row.value for row in rows if row.as_of],
        mode="markers",
        name=frame.plain(name),
        marker={
            "symbol": "circle" if leading else "diamond-open",
            "size": 8 if leading else 9,
            "color": hue,
            "line": {"color": hue, "width": 1.5},
        },
        hovertext=[frame.hover(_, release, row, what=_("sites open")) for row in rows if row.as_of],
        hoverinfo="text",
    )


def _mark_ceasefires(figure: go.Figure, _: Translator, release: Release, first: date, theme: Theme) -> None:
    """Mark the ceasefires since the first count by dotted lines with a short label."""
    muted = palette.MUTED[theme]
    for event in crisis_phases.ceasefires(release):
        if event.on < first:
            continue
        day = event.on.isoformat()
        figure.add_shape(
            type="line",
            xref="x",
            yref="paper",
            x0=day,
            x1=day,
            y0=0,
            y1=1,
            line={"color": muted, "width": 1, "dash": "dot"},
        )
        figure.add_annotation(
            x=day,
            yref="paper",
            y=1.0,
            yanchor="top",
            xanchor="right",
            xshift=-3,
            text=frame.plain(_("Ceasefire")),
            showarrow=False,
            font={"size": frame.SMALL, "color": muted},
        )


def _name_ends(figure: go.Figure, _: Translator, runs: Sequence[Sequence[Observation]], theme: Theme) -> None:
    """Print the number above the first and right of the last count of each stretch of the line."""
    for run in runs:
        for row, last in ((run[0], False), (run[-1], True)):
            figure.add_annotation(
                x=row.as_of.isoformat() if row.as_of else None,
                y=row.value,
                text=f"<b>{frame.plain(frame.quantity(_, row))}</b>",
                showarrow=False,
                xanchor="left" if last else "center",
                xshift=8 if last else 0,
                yshift=0 if last else 14,
                font={"size": frame.SIZE, "color": palette.INK[theme]},
            )


@dataclass(frozen=True, slots=True)
class _Bar:
    """One row of the chart of provinces: the name of a province, or one of its days."""

    province: str
    row: Observation | None


@per_context
def provinces_chart(context: DrawContext) -> Drawing:
    """Return the counts of open sites printed for provinces, a bar for each day; nothing between."""
    _, release, lang, theme = context.parts
    names = observations.place_names(release, lang)
    series = shelters.open_by_province(release)
    bars = list(_bars(series, names))
    shown = tuple(bar.row for bar in bars if bar.row)
    figure = frame.blank(theme, height=_EDGES + _ROW * len(bars), top=4, right=6)
    frame.add_bars(
        figure,
        _,
        theme,
        [bar.row for bar in bars],
        [frame.hover(_, release, bar.row, what=_("sites open")) if bar.row else "" for bar in bars],
        y=list(range(len(bars))),
        width=0.7,
        marker={"color": palette.SITES[theme]},
    )
    highest = max((row.value or 0 for row in shown), default=1.0)
    frame.bar_axes(
        figure,
        theme,
        highest * _BAR_ROOM,
        range=[len(bars) - 0.4, -0.6],
        tickvals=list(range(len(bars))),
        ticktext=[_tick(_, bar) for bar in bars],
    )
    columns, body = frame.points_table(_, release, shown)
    title = _latest(_, series, names)
    provinces = [bar.province for bar in bars if bar.row]
    return Drawing(
        title=title,
        subtitle=_(
            "Sites open in a province, only for days on which a source printed a count. Two bars of about "
            "one day are two sources. Zero means that all sites of the province had closed."
        ),
        alt=_("Bars of counts of open sites by province and day. {what}.", what=title),
        figure=figure,
        columns=(_("Province"), *columns),
        rows=tuple((province, *cells) for province, cells in zip(provinces, body, strict=True)),
        numeric=(2,),
        shown=shown,
        row_ids=frame.ids(shown),
    )


def _bars(series: Mapping[str, Sequence[Observation]], names: Mapping[str, str]) -> Iterator[_Bar]:
    for code, rows in series.items():
        province = names.get(code, rows[0].admin1)
        yield _Bar(province, None)
        yield from (_Bar(province, row) for row in rows)


def _tick(_: Translator, bar: _Bar) -> str:
    if bar.row is None:
        return f"<b>{frame.plain(bar.province)}</b>"
    return frame.plain(frame.when(_, bar.row, short=True))


def _latest(_: Translator, series: Mapping[str, Sequence[Observation]], names: Mapping[str, str]) -> str:
    """Say the last count printed for each province in one sentence."""
    sentences = [
        _(
            "{province} {count} ({day})",
            province=names.get(code, rows[-1].admin1),
            count=rows[-1].value or 0,
            day=formats.short_day(rows[-1].as_of, _.lang) if rows[-1].as_of else "—",
        )
        for code, rows in series.items()
    ]
    if not sentences:
        return _("No count of open sites was printed for a province")
    return _("Last counts of open sites printed for a province: {list}", list=", ".join(sentences))
