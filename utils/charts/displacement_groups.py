"""Thailand beside Cambodia, women and children, returns, migrant workers: each on its own chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import plotly.graph_objects as go

from utils.analysis import displacement, displacement_groups, observations
from utils.analysis.model import Observation
from utils.charts import frame
from utils.charts.displacement import number_axis, time_axis
from utils.charts.drawing import Drawing
from utils.draw_context import DrawContext, per_context
from utils.product import palette
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.locale import Translator, formats

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


def _points(figure: go.Figure, _: Translator, release: Release, strip: _Strip, *, axis: str = "") -> None:
    """Draw points without a line: they come from several counters."""
    figure.add_scatter(
        x=[row.as_of.isoformat() for row in strip.rows if row.as_of],
        y=[row.value for row in strip.rows if row.as_of],
        mode="markers",
        name=frame.plain(strip.name),
        marker={
            "symbol": strip.symbol,
            "size": 7,
            "color": strip.hue,
            "line": {"color": strip.hue, "width": 1.5},
        },
        hovertext=[frame.hover(_, release, row, what=strip.name) for row in strip.rows if row.as_of],
        hoverinfo="text",
        cliponaxis=False,
        yaxis=f"y{axis}",
    )


def _strips(
    strips: Sequence[_Strip], _: Translator, release: Release, theme: Theme, *, height: int
) -> go.Figure:
    """Return strips under each other on one time axis and one scale, each named on its own line."""
    figure = frame.blank(theme, height=height, top=6)
    rows = [row for strip in strips for row in strip.rows]
    highest = max(row.value or 0 for row in rows)
    share = 1 / len(strips)
    figure.update_xaxes(**time_axis(rows, theme, _.lang))
    for index, strip in enumerate(strips):
        axis = "" if index == 0 else str(index + 1)
        top = 1 - index * share
        figure.update_layout(
            {
                f"yaxis{axis}": {
                    **number_axis(highest, theme, _.lang),
                    "domain": [top - share + _FOOT / height, top - _HEAD / height],
                    "anchor": "x",
                    **frame.number_ticks(frame.nice_steps(highest, 2), _.lang),
                }
            }
        )
        _points(figure, _, release, strip, axis=axis)
        _name_strip(figure, _, strip, top=top, theme=theme)
    figure.update_layout(xaxis={"anchor": f"y{len(strips)}" if len(strips) > 1 else "y"})
    return figure


def _name_strip(figure: go.Figure, _: Translator, strip: _Strip, *, top: float, theme: Theme) -> None:
    figure.add_annotation(
        xref="paper",
        yref="paper",
        x=0,
        y=top,
        xanchor="left",
        yanchor="top",
        align="left",
        showarrow=False,
        text=f"<b>{frame.plain(strip.name)}</b><br>" + frame.plain(_named(_, strip)),
        font={"size": frame.SIZE - 1, "color": palette.INK[theme]},
    )


def _named(_: Translator, strip: _Strip) -> str:
    """Say which figure a strip names; an exact count may stand below rounded ones."""
    figure, day = frame.quantity(_, strip.named), _short(_, strip.named)
    if any((row.value or 0) > (strip.named.value or 0) for row in strip.rows):
        return _("highest exact count {figure}, {day}", figure=figure, day=day)
    return _("highest {figure}, {day}", figure=figure, day=day)


def _short(_: Translator, row: Observation) -> str:
    return formats.short_day(row.as_of, _.lang) if row.as_of else ""


@per_context
def thailand_chart(context: DrawContext) -> Drawing:
    """Return Thailand beside Cambodia on one scale: evacuated and in shelters apart, never summed."""
    _, release, theme = context._, context.release, context.theme
    thai = displacement_groups.thailand(release)
    everyone = (*displacement.headline(release), *thai["displaced_people"], *thai["people_in_sites"])
    strips = (
        _Strip(
            _("Cambodia: displaced"),
            displacement.headline(release),
            palette.DISPLACED[theme],
            "circle",
            _highest(displacement.headline(release)),
        ),
        _Strip(
            _("Thailand: evacuated"),
            _dated(thai["displaced_people"]),
            palette.OTHER[theme],
            "diamond-open",
            _highest(_dated(thai["displaced_people"])),
        ),
        _Strip(
            _("Thailand: in shelters"),
            _dated(thai["people_in_sites"]),
            palette.MIXED[theme],
            "square",
            _highest(thai["people_in_sites"], exact=True),
        ),
    )
    exact = [row for row in thai["people_in_sites"] if row.qualifier == "exact"]
    most, last = max(exact, key=lambda row: row.value or 0), exact[-1]
    title = _(
        "Thailand: {most} people in shelters on {most_day} is the highest exact count; "
        "the last count with a day is {last} on {last_day}",
        most=most.value or 0,
        most_day=most.as_of or date.min,
        last=last.value or 0,
        last_day=last.as_of or date.min,
    )
    columns, body = _with_what(_, release, sorted(everyone, key=_newest_first))
    return Drawing(
        title=title,
        subtitle=_(
            "People, one scale. Evacuated means told or helped to leave; in shelters means counted in one. "
            "They describe the same weeks, and the two countries count differently: never add them."
        ),
        alt=_("Three strips of points over time. {what}.", what=title),
        figure=_strips(strips, _, release, theme, height=540),
        columns=columns,
        rows=body,
        numeric=(3,),
        shown=everyone,
        row_ids=frame.ids(sorted(everyone, key=_newest_first)),
    )


def _newest_first(row: Observation) -> tuple[int, str]:
    return (-(row.as_of.toordinal() if row.as_of else 0), row.observation_id)


def _with_what(
    _: Translator, release: Release, rows: Sequence[Observation]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return a table twin that says for each figure which country and what is counted."""
    indicators = observations.indicators(release)
    countries = {"KHM": _("Cambodia"), "THA": _("Thailand")}
    columns, body = frame.points_table(_, release, rows)
    what = [
        (countries.get(row.country, row.country), _.translate(indicators[row.indicator].name)) for row in rows
    ]
    return (
        (columns[0], _("Country"), _("What"), *columns[1:]),
        tuple((line[0], *extra, *line[1:]) for line, extra in zip(body, what, strict=True)),
    )


@per_context
def groups_chart(context: DrawContext) -> Drawing:
    """Return women and children among the displaced, two strips that overlap and are never added."""
    _, release, theme = context._, context.release, context.theme
    counted = displacement_groups.groups(release)
    women, children = counted["women_displaced"], counted["children_displaced"]
    strips = (
        _Strip(_("Women and girls"), _dated(women), palette.OTHER[theme], "circle", _highest(women)),
        _Strip(_("Children"), _dated(children), palette.MIXED[theme], "square", _highest(children)),
    )
    shown = (*women, *children, *displacement_groups.others(release))
    columns, body = _with_what(_, release, sorted(shown, key=_newest_first))
    title = _(
        "Latest figures found: {women} women and {children} children, {day}",
        women=women[-1].value or 0,
        children=children[-1].value or 0,
        day=women[-1].as_of or date.min,
    )
    return Drawing(
        title=title,
        subtitle=_(
            "People among the displaced in Cambodia; after 28 December 2025 among those remaining. "
            "Girls can be in both: never add them. Jumps in mid-December come from counting."
        ),
        alt=_("Two strips of points over time. {what}.", what=title),
        figure=_strips(strips, _, release, theme, height=400),
        columns=columns,
        rows=body,
        numeric=(3,),
        shown=shown,
        row_ids=frame.ids(sorted(shown, key=_newest_first)),
    )


@per_context
def returns_chart(context: DrawContext) -> Drawing:
    """Return people who went home: the growing total as points, the flow of each period apart."""
    _, release, lang, theme = context.parts
    went = displacement.returns(release)
    figure = frame.blank(theme, height=420, top=6)
    total = _Strip(
        _("Returned since the ceasefire"),
        went.cumulative,
        palette.RETURNED[theme],
        "circle",
        went.cumulative[-1],
    )
    flow = went.in_period
    rows = (*went.cumulative, *flow)
    figure.update_xaxes(**time_axis(rows, theme, lang))
    for axis, part, domain in (("", went.cumulative, (0.5, 0.88)), ("2", flow, (0.0, 0.3))):
        highest = max(row.value or 0 for row in part)
        figure.update_layout(
            {
                f"yaxis{axis}": {
                    **number_axis(highest, theme, lang),
                    **frame.number_ticks(frame.nice_steps(highest, 3), lang),
                    "domain": list(domain),
                    "anchor": "x",
                }
            }
        )
    _points(figure, _, release, total)
    figure.add_bar(
        x=[row.as_of.isoformat() for row in flow if row.as_of],
        y=[row.value for row in flow if row.as_of],
        width=86_400_000 * 0.8,
        marker={"color": palette.RETURNED[theme], "opacity": 0.6},
        hovertext=[frame.hover(_, release, row, what=_("in one reporting period")) for row in flow],
        hoverinfo="text",
        yaxis="y2",
    )
    figure.update_layout(xaxis={"anchor": "y2"})
    _name_strip(figure, _, total, top=1.0, theme=theme)
    period = _Strip(
        _("Returned in one reporting period"), flow, palette.RETURNED[theme], "square", _highest(flow)
    )
    _name_strip(figure, _, period, top=0.42, theme=theme)
    last = went.cumulative[-1]
    columns, body = _with_what(_, release, sorted(rows, key=_newest_first))
    title = _(
        "Returned home by {day}: {people} people, the latest figure found",
        people=frame.quantity(_, last),
        day=last.as_of or date.min,
    )
    return Drawing(
        title=title,
        subtitle=_(
            "People. The total only grows and publishers differ; a period is mostly one day. Returned "
            "does not mean no longer in need, and some went back to the sites."
        ),
        alt=_("Points of the total above bars of single periods. {what}.", what=title),
        figure=figure,
        columns=columns,
        rows=body,
        numeric=(3,),
        shown=rows,
        row_ids=frame.ids(sorted(rows, key=_newest_first)),
    )


@per_context
def migrants_chart(context: DrawContext) -> Drawing:
    """Return the counts of migrants back from Thailand: points only, since publishers differ."""
    _, release, lang, theme = context.parts
    counted = displacement_groups.migrant_returnees(release)
    drawn = _dated(counted)
    strip = _Strip(_("Returned from Thailand"), drawn, palette.OTHER[theme], "circle", drawn[-1])
    figure = frame.blank(theme, height=280, top=14)
    figure.update_xaxes(**time_axis(drawn, theme, lang))
    figure.update_yaxes(**number_axis(max(row.value or 0 for row in drawn), theme, lang))
    _points(figure, _, release, strip)
    last = counted[-1]
    figure.add_annotation(
        x=last.as_of.isoformat() if last.as_of else None,
        y=last.value,
        text=f"<b>{frame.plain(frame.quantity(_, last))}</b><br>{frame.plain(_short(_, last))} · "
        + frame.plain(frame.who(_, release, last)),
        xanchor="right",
        yanchor="top",
        yshift=-8,
        xshift=8,
        align="right",
        showarrow=False,
        font={"size": frame.SIZE, "color": palette.INK[theme]},
    )
    columns, body = frame.points_table(_, release, sorted(counted, key=_newest_first))
    title = _(
        "Migrants back in Cambodia: {figure} by {day}, counted apart from the displaced",
        figure=frame.quantity(_, last),
        day=last.as_of or date.min,
    )
    return Drawing(
        title=title,
        subtitle=_(
            "People, cumulative since June 2025. Cambodian offices differ; Thailand's labour ministry "
            "confirmed about 20,000 registered workers only. They are not displaced people: never add."
        ),
        alt=_("Points over time. {what}.", what=title),
        figure=figure,
        columns=columns,
        rows=body,
        numeric=(1,),
        shown=counted,
        row_ids=frame.ids(sorted(counted, key=_newest_first)),
    )
