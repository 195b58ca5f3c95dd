"""Open sites over time: national counts as points, one publisher's as a line; provinces as small panels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import plotly.graph_objects as go

from utils import palette
from utils.analysis import record, shelters
from utils.analysis.model import Observation
from utils.charts import frame
from utils.charts.displacement import number_axis, time_axis
from utils.charts.drawing import Drawing
from utils.locale import formats, translator
from utils.palette import Theme
from utils.store import Release

_HEIGHT: Final = 380
_LINE: Final = "ncdm"
_SECOND_ROUND: Final = date(2025, 12, 7)


def sites_chart(release: Release, lang: str, theme: Theme) -> Drawing:
    """Return national counts of open sites: every count a point, the disaster committee's joined."""
    return release.remember(("sites_chart", lang, theme), lambda: _sites(release, lang, theme))


def _sites(release: Release, lang: str, theme: Theme) -> Drawing:
    _ = translator(lang)
    rows = shelters.open_over_time(release)
    line = [row for row in rows if row.counted_by == _LINE]
    figure = frame.blank(theme, height=_HEIGHT, right=48)
    for run in _rounds(line):
        figure.add_trace(_trace(run, theme, lines=True, release=release, lang=lang))
    others = [row for row in rows if row.counted_by != _LINE]
    figure.add_trace(_trace(others, theme, lines=False, release=release, lang=lang))
    peak = max(line, key=lambda row: row.value or 0)
    for row in (peak, line[-1]):
        figure.add_annotation(
            x=row.as_of.isoformat() if row.as_of else "",
            y=row.value,
            text=frame.plain(frame.quantity(_, row)),
            showarrow=False,
            yshift=14,
            font={"size": frame.SIZE, "color": palette.INK[theme]},
        )
    figure.update_layout(
        xaxis=time_axis(rows, theme, lang),
        yaxis=number_axis(max(row.value or 0 for row in rows), theme, lang),
    )
    columns, body = frame.points_table(_, release, rows)
    title = _(
        "Open sites were {peak} on {peak_day} and {last} at the last national count, {last_day}",
        peak=peak.value or 0,
        peak_day=peak.as_of or date.min,
        last=line[-1].value or 0,
        last_day=line[-1].as_of or date.min,
    )
    counter = record.counters(release)[_LINE].names.of(lang)
    return Drawing(
        title=title,
        subtitle=_(
            "Sites open in Cambodia. Line: {who}. Diamonds: counts of others, which differ in coverage.",
            who=counter,
        ),
        alt=title + ". " + _.n("{count} count drawn.", "{count} counts drawn.", len(rows)),
        figure=figure,
        columns=columns,
        rows=body,
        numeric=(1,),
        shown=rows,
    )


def _rounds(rows: Sequence[Observation]) -> list[list[Observation]]:
    first = [row for row in rows if row.as_of and row.as_of < _SECOND_ROUND]
    second = [row for row in rows if row.as_of and row.as_of >= _SECOND_ROUND]
    return [run for run in (first, second) if run]


def _trace(
    rows: Sequence[Observation], theme: Theme, *, lines: bool, release: Release, lang: str
) -> go.Scatter:
    _ = translator(lang)
    colour = palette.HOSTS[theme] if lines else palette.NOT_FOUND[theme]
    return go.Scatter(
        x=[row.as_of.isoformat() if row.as_of else None for row in rows],
        y=[row.value for row in rows],
        mode="lines+markers" if lines else "markers",
        line={"color": colour, "width": 2},
        marker={"color": colour, "size": 8, "symbol": "circle" if lines else "diamond-open"},
        hovertext=[frame.hover(_, release, row, what=_("sites open")) for row in rows],
        hoverinfo="text",
    )


def provinces_chart(release: Release, lang: str, theme: Theme) -> Drawing:
    """Return published counts of open sites by province, as bars by day; nothing between is drawn."""
    return release.remember(("provinces_chart", lang, theme), lambda: _provinces(release, lang, theme))


def _provinces(release: Release, lang: str, theme: Theme) -> Drawing:
    _ = translator(lang)
    names = record.place_names(release, lang)
    series = shelters.open_by_province(release)
    figure = frame.blank(theme, height=60 + 30 * sum(len(_days(rows)) for rows in series.values()))
    labels, values, hovers = [], [], []
    shown: list[Observation] = []
    for code, rows in series.items():
        for row in _days(rows):
            day = formats.short_day(row.as_of, lang) if row.as_of else ""
            labels.append(f"{names.get(code, row.admin1)} · {day}")
            values.append(row.value)
            hovers.append(frame.hover(_, release, row, what=_("sites open")))
            shown.append(row)
    figure.add_trace(
        go.Bar(
            x=values,
            y=labels,
            orientation="h",
            marker={"color": palette.HOSTS[theme]},
            text=[formats.number(value or 0, lang) for value in values],
            textposition="outside",
            cliponaxis=False,
            hovertext=hovers,
            hoverinfo="text",
        )
    )
    figure.update_layout(
        yaxis={**frame.quiet_axis(theme, grid=False), "autorange": "reversed"},
        xaxis={**frame.quiet_axis(theme, grid=False), "showticklabels": False},
        margin={"l": 8, "r": 48, "t": 8, "b": 8},
    )
    columns, body = frame.points_table(_, release, shown)
    most = max(shown, key=lambda row: row.value or 0)
    title = _(
        "{province} had {count} open sites about {day}, the most published for one province",
        province=names.get(most.admin1_pcode, most.admin1),
        count=most.value or 0,
        day=most.as_of or date.min,
    )
    return Drawing(
        title=title,
        subtitle=_(
            "Sites open by province, only on days for which a source printed a count. Zero means none."
        ),
        alt=title + ".",
        figure=figure,
        columns=(_("Province"), *columns),
        rows=tuple(
            (names.get(row.admin1_pcode, row.admin1), *cells) for row, cells in zip(shown, body, strict=True)
        ),
        numeric=(2,),
        shown=tuple(shown),
    )


def _days(rows: Sequence[Observation]) -> list[Observation]:
    """Return one count a day: the same count printed twice is shown once."""
    seen: dict[tuple[date | None, float | None], Observation] = {}
    for row in rows:
        seen.setdefault((row.as_of, row.value), row)
    return list(seen.values())
