"""Thailand beside Cambodia, women and children, returns, migrant workers: each on its own chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import plotly.graph_objects as go

from utils.analysis import displacement, displacement_groups, displacement_series, observations
from utils.analysis.model import Observation
from utils.charts import frame
from utils.charts.displacement import number_axis, time_axis
from utils.charts.drawing import Drawing
from utils.charts.silence import add_silence
from utils.draw_context import DrawContext, per_context
from utils.product import palette
from utils.text.locale import Translator, formats

_PANEL: Final = 320
"""Height of a drawing that stands beside another."""
_HEAD: Final = 38
_FOOT: Final = 12
"""Pixels above and below the plot of a strip, for its name and its lowest points."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """One of several strips under each other that share the time axis; ``named`` is the figure it names."""

    name: str
    rows: tuple[Observation, ...]
    hue: str
    symbol: str
    named: Observation


def _highest(rows: Sequence[Observation], *, exact: bool = False) -> Observation:
    """Return the highest figure; of exact counts only where ``exact`` is set and there are any."""
    counted = [row for row in rows if row.qualifier == "exact"] if exact else []
    return max(counted or rows, key=lambda row: row.value or 0)


def _dated(rows: Sequence[Observation]) -> tuple[Observation, ...]:
    """Return the rows that have a day of their own: a whole round is not put on one day."""
    return tuple(row for row in rows if row.as_of and row.as_of_precision != "month")


def _add_strip(figure: go.Figure, context: DrawContext, strip: _Strip, *, axis: str = "") -> None:
    """Draw points without a line: they come from several counters."""
    frame.add_points(
        figure,
        context,
        strip.rows,
        name=strip.name,
        hue=strip.hue,
        symbol=strip.symbol,
        size=7,
        what=strip.name,
        cliponaxis=False,
        yaxis=f"y{axis}",
    )


def _strip_axis(
    context: DrawContext, rows: Sequence[Observation], steps: int, domain: Sequence[float]
) -> dict[str, object]:
    """Return the number axis of a strip that takes a share of the height."""
    highest = max(row.value or 0 for row in rows)
    return {
        **number_axis(highest, context.theme, context.lang),
        **frame.number_ticks(frame.nice_steps(highest, steps), context.lang),
        "domain": list(domain),
        "anchor": "x",
    }


def _draw_strips(context: DrawContext, strips: Sequence[_Strip], *, height: int) -> go.Figure:
    """Return strips under each other on one time axis and one scale, each named on its own line."""
    figure = frame.make_figure(context.theme, height=height, top=6)
    rows = [row for strip in strips for row in strip.rows]
    share = 1 / len(strips)
    figure.update_xaxes(**time_axis(rows, context.theme, context.lang))
    for index, strip in enumerate(strips):
        axis = "" if index == 0 else str(index + 1)
        top = 1 - index * share
        domain = (top - share + _FOOT / height, top - _HEAD / height)
        figure.update_layout({f"yaxis{axis}": _strip_axis(context, rows, 2, domain)})
        _add_strip(figure, context, strip, axis=axis)
        _name_strip(figure, context, strip, top=top)
    figure.update_layout(xaxis={"anchor": f"y{len(strips)}"})
    add_silence(figure, context, max(row.as_of for row in rows if row.as_of))
    return figure


def _name_strip(figure: go.Figure, context: DrawContext, strip: _Strip, *, top: float) -> None:
    figure.add_annotation(
        xref="paper",
        yref="paper",
        x=0,
        y=top,
        xanchor="left",
        yanchor="top",
        align="left",
        showarrow=False,
        text=f"<b>{frame.escape_markup(strip.name)}</b><br>" + frame.escape_markup(_named(context._, strip)),
        font={"size": frame.SIZE - 1, "color": palette.INK[context.theme]},
    )


def _named(_: Translator, strip: _Strip) -> str:
    """Say which figure a strip names; an exact count may stand below rounded ones."""
    figure, day = frame.quantity(_, strip.named), _short(_, strip.named)
    if any((row.value or 0) > (strip.named.value or 0) for row in strip.rows):
        return _("highest exact count {figure}, {day}", figure=figure, day=day)
    return _("highest {figure}, {day}", figure=figure, day=day)


def _short(_: Translator, row: Observation) -> str:
    return formats.format_short_day(row.as_of, _.lang) if row.as_of else ""


@per_context
def thailand_chart(context: DrawContext) -> Drawing:
    """Return Thailand beside Cambodia on one scale: evacuated and in shelters apart, never summed."""
    _, release = context._, context.release
    thai = displacement_groups.list_thai_figures(release)
    everyone = (
        *displacement_series.list_headline_figures(release),
        *thai["displaced_people"],
        *thai["people_in_sites"],
    )
    exact = [row for row in thai["people_in_sites"] if row.qualifier == "exact"]
    most = max(exact or everyone, key=lambda row: row.value or 0)
    title = (
        _(
            "Thailand counted {most} people in shelters on {day}, its highest exact count",
            most=most.value or 0,
            day=most.as_of or date.min,
        )
        if exact
        else _("No exact count of people in shelters in Thailand was found")
    )
    return _draw_groups(
        context,
        _draw_side_by_side(context, thai),
        everyone,
        title=title,
        subtitle=_(
            "People, one scale. Evacuated: told or helped to leave. The two countries count "
            "differently: never add them."
        ),
        alt=_("A curve of Cambodia and points of Thailand over time. {what}.", what=title),
    )


def _draw_side_by_side(context: DrawContext, thai: Mapping[str, Sequence[Observation]]) -> go.Figure:
    """Return Cambodia as a line with Thailand as points on the same axes: Thai counters differ."""
    _, theme = context._, context.theme
    home = displacement_series.list_headline_figures(context.release)
    figure = frame.make_figure(theme, height=_PANEL, top=40)
    away = (
        (_("Thailand: evacuated"), _dated(thai["displaced_people"]), palette.MUTED, "diamond-open"),
        (_("Thailand: in shelters"), _dated(thai["people_in_sites"]), palette.INK, "square"),
    )
    everyone = [*home, *away[0][1], *away[1][1]]
    figure.update_xaxes(**time_axis(everyone, theme, context.lang))
    figure.update_yaxes(**number_axis(max(row.value or 0 for row in everyone), theme, context.lang))
    frame.add_runs(
        figure, displacement_series.build_national_series(context.release).runs, palette.DISPLACED[theme]
    )
    name = _("Cambodia: displaced")
    frame.add_points(
        figure, context, home, name=name, hue=palette.DISPLACED[theme], symbol="circle", size=4, what=name
    )
    for name, rows, hue, symbol in away:
        frame.add_points(figure, context, rows, name=name, hue=hue[theme], symbol=symbol, size=8, what=name)
    frame.legend_above(figure)
    add_silence(figure, context, max(row.as_of for row in everyone if row.as_of))
    return figure


def _newest_first(row: Observation) -> tuple[int, str]:
    return (-(row.as_of.toordinal() if row.as_of else 0), row.observation_id)


def _draw_groups(
    context: DrawContext,
    figure: go.Figure,
    shown: Sequence[Observation],
    *,
    title: str,
    subtitle: str,
    alt: str,
) -> Drawing:
    """Return a chart of several groups; its table twin says for each figure which country and what."""
    _ = context._
    indicators = observations.load_indicators(context.release)
    countries = {"KHM": _("Cambodia"), "THA": _("Thailand")}
    rows = sorted(shown, key=_newest_first)
    points = frame.draw_points(context, figure, rows, title=title, subtitle=subtitle, alt=alt, shown=shown)
    day, *columns = points.columns
    groups = [
        (countries.get(row.country, row.country), _.translate(indicators[row.indicator].name)) for row in rows
    ]
    return replace(
        points,
        columns=(day, _("Country"), _("What"), *columns),
        rows=tuple((line[0], *group, *line[1:]) for line, group in zip(points.rows, groups, strict=True)),
        numeric=(3,),
    )


@per_context
def groups_chart(context: DrawContext) -> Drawing:
    """Return women and children among the displaced, two strips that overlap and are never added."""
    _, release, theme = context._, context.release, context.theme
    counted = displacement_groups.list_group_figures(release)
    women, children = counted["women_displaced"], counted["children_displaced"]
    strips = (
        _Strip(_("Women and girls"), _dated(women), palette.DISPLACED[theme], "circle", _highest(women)),
        _Strip(_("Children"), _dated(children), palette.DISPLACED[theme], "square", _highest(children)),
    )
    shown = (*women, *children, *displacement_groups.list_older_and_pregnant(release))
    title = _(
        "Latest figures found: {women} women and {children} children, {day}",
        women=women[-1].value or 0,
        children=children[-1].value or 0,
        day=women[-1].as_of or date.min,
    )
    return _draw_groups(
        context,
        _draw_strips(context, strips, height=_PANEL),
        shown,
        title=title,
        subtitle=_(
            "People among the displaced in Cambodia; girls can be in both: never add them. Jumps in "
            "mid-December come from counting."
        ),
        alt=_("Two strips of points over time. {what}.", what=title),
    )


@per_context
def returns_chart(context: DrawContext) -> Drawing:
    """Return people who went home: the growing total as points, the flow of each period apart."""
    _, theme = context._, context.theme
    returns = displacement.list_returns(context.release)
    total, flow = returns.cumulative, returns.in_period
    last, hue = total[-1], palette.RETURNED[theme]
    figure = frame.make_figure(theme, height=_PANEL, top=6)
    figure.update_xaxes(**time_axis((*total, *flow), theme, context.lang))
    figure.update_layout(
        yaxis=_strip_axis(context, total, 2, (0.48, 0.88)),
        yaxis2=_strip_axis(context, flow, 2, (0.0, 0.22)),
    )
    growing = _Strip(_("Returned since the ceasefire"), total, hue, "circle", last)
    grown = displacement_groups.keep_growing(total)
    figure.add_scatter(
        x=frame.iso_days(grown),
        y=[row.value for row in grown],
        mode="lines",
        line={"color": hue, "width": 2.5, "shape": "hv"},
        hoverinfo="skip",
    )
    _add_strip(figure, context, growing)
    figure.add_bar(
        x=frame.iso_days(flow),
        y=[row.value for row in flow if row.as_of],
        width=86_400_000 * 0.8,
        marker={"color": hue, "opacity": 0.6},
        hovertext=[frame.hover_text(context, row, what=_("in one reporting period")) for row in flow],
        hoverinfo="text",
        yaxis="y2",
    )
    figure.update_layout(xaxis={"anchor": "y2"})
    add_silence(figure, context, max(row.as_of for row in (*total, *flow) if row.as_of))
    _name_strip(figure, context, growing, top=1.0)
    period = _Strip(_("Returned in one reporting period"), flow, hue, "square", _highest(flow))
    _name_strip(figure, context, period, top=0.4)
    title = _(
        "Returned home by {day}: {people} people, the latest figure found",
        people=frame.quantity(_, last),
        day=last.as_of or date.min,
    )
    return _draw_groups(
        context,
        figure,
        (*total, *flow),
        title=title,
        subtitle=_(
            "People; steps follow the highest total printed so far. Returned does not mean no longer in "
            "need, and some went back."
        ),
        alt=_("Steps of the total above bars of single periods. {what}.", what=title),
    )


@per_context
def migrants_chart(context: DrawContext) -> Drawing:
    """Return the counts of migrants back from Thailand: points only, since publishers differ."""
    _, release, lang, theme = context.parts
    counted = displacement_groups.list_migrant_returnees(release)
    drawn, last = _dated(counted), counted[-1]
    figure = frame.make_figure(theme, height=280, top=14)
    figure.update_xaxes(**time_axis(drawn, theme, lang))
    figure.update_yaxes(**number_axis(max(row.value or 0 for row in drawn), theme, lang))
    add_silence(figure, context, max(row.as_of for row in drawn if row.as_of))
    strip = _Strip(_("Returned from Thailand"), drawn, palette.MUTED[theme], "circle", drawn[-1])
    _add_strip(figure, context, strip)
    figure.add_annotation(
        x=last.as_of.isoformat() if last.as_of else None,
        y=last.value,
        text=f"<b>{frame.escape_markup(frame.quantity(_, last))}</b><br>"
        + frame.escape_markup(f"{_short(_, last)} · {frame.who(_, release, last)}"),
        xanchor="right",
        yanchor="top",
        yshift=-8,
        xshift=8,
        align="right",
        showarrow=False,
        font={"size": frame.SIZE, "color": palette.INK[theme]},
    )
    title = _(
        "Migrants back in Cambodia: {figure} by {day}, counted apart from the displaced",
        figure=frame.quantity(_, last),
        day=last.as_of or date.min,
    )
    return frame.draw_points(
        context,
        figure,
        sorted(counted, key=_newest_first),
        title=title,
        subtitle=_(
            "People, cumulative since June 2025, as several offices printed it. They are not displaced "
            "people: never add."
        ),
        alt=_("Points over time. {what}.", what=title),
        shown=counted,
    )
