"""Provinces on one day and over time, and people in sites against people with host families."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import plotly.graph_objects as go

from utils.analysis import displacement, displacement_areas, displacement_series, observations
from utils.analysis.displacement_areas import Basis, ProvinceDay
from utils.analysis.model import Observation
from utils.charts import frame
from utils.charts.displacement import month_starts
from utils.charts.drawing import Drawing
from utils.charts.silence import add_silence
from utils.draw_context import DrawContext, per_context
from utils.product import palette
from utils.releases import Release
from utils.text.html import Markup, el
from utils.text.locale import Translator, formats

_ROW: Final = 28
_PANELS: Final = 12
_LEAST: Final = 2
_COLUMNS: Final = 4
_COUNTED: Final = 0.82
"""Share of a small chart's width that the counted days take; the rest is the time since."""
_THIN: Final = 0.014
"""Width of a bar of a small chart, as a share of its width."""
_SHARES: Final = 320
_QUARTERS: Final = 120
"""Days from which every second month has a tick."""
_BAR: Final = 3 * 86_400_000
"""Width of a bar in milliseconds: three days, to be seen on a phone."""


def basis_label(_: Translator, basis: Basis) -> str:
    """Return what a province figure of this basis means."""
    return _("counted where people shelter") if basis == "sheltering" else _("displaced from")


def basis_option(_: Translator, basis: Basis) -> str:
    """Return the words of the switch between both bases."""
    return _("Where they shelter") if basis == "sheltering" else _("Where they fled from")


@per_context
def province_bars(context: DrawContext, day: date, basis: Basis) -> Drawing:
    """Return the provinces of one day as bars, longest first. Raises ``KeyError`` for a day without."""
    _, release, lang, theme = context.parts
    province_day = displacement_areas.find_province_day(release, day, basis)
    names = observations.load_place_names(release, lang)
    rows = tuple(reversed(province_day.provinces))
    labels = [_bar_name(_, names.get(row.admin1_pcode, row.admin1), row) for row in rows]
    figure = frame.make_figure(theme, height=60 + _ROW * len(rows), top=6, right=6)
    frame.add_bars(
        figure,
        context,
        rows,
        [names.get(row.admin1_pcode, row.admin1) for row in rows],
        y=labels,
        width=0.68,
        marker={
            "color": [
                palette.DISPLACED[theme] if row.indicator != "people_in_sites" else palette.PAPER[theme]
                for row in rows
            ],
            "line": {"color": palette.DISPLACED[theme], "width": 1.5},
        },
    )
    frame.bar_axes(figure, theme, frame.room_for_labels(_, rows))
    columns, body = _province_table(_, release, province_day)
    title = _bars_title(_, province_day, names)
    return Drawing(
        title=title,
        subtitle=_bars_subtitle(_, release, province_day),
        alt=_(
            "Bars of {count} provinces, {basis}. {what}.",
            count=len(rows),
            basis=basis_label(_, basis),
            what=title,
        ),
        figure=figure,
        columns=columns,
        rows=body,
        numeric=(1,),
        shown=province_day.provinces,
        row_ids=frame.list_ids(province_day.provinces),
    )


def _bar_name(_: Translator, name: str, row: Observation) -> str:
    if row.indicator == "people_in_sites":
        return frame.escape_markup(name) + "<br>" + frame.escape_markup(_("in sites only"))
    return frame.escape_markup(name)


def _bars_title(_: Translator, province_day: ProvinceDay, names: Mapping[str, str]) -> str:
    first = province_day.provinces[0]
    name = names.get(first.admin1_pcode, first.admin1)
    if province_day.total is not None:
        return _(
            "{province}: {people} of the {total} people counted on {day}",
            province=name,
            people=first.value or 0,
            total=province_day.total.value or 0,
            day=province_day.day,
        )
    return _.ngettext(
        "{count} province was counted on {day}: this is no list of all provinces",
        "{count} provinces were counted on {day}: this is no list of all provinces",
        len(province_day.provinces),
        day=province_day.day,
    )


def _bars_subtitle(_: Translator, release: Release, province_day: ProvinceDay) -> str:
    basis = (
        _("People, counted in the province where they shelter.")
        if province_day.basis == "sheltering"
        else _("People, counted by the province they were displaced from.")
    )
    counters = sorted({frame.who(_, release, row) for row in province_day.provinces if row.counted_by})
    parts = [basis]
    if counters:
        parts.append(_("Counted by: {names}", names=", ".join(counters)) + ".")
    if province_day.total is not None:
        parts.append(_("The list adds to the national total of the same publisher."))
    if province_day.in_sites_only:
        parts.append(_("Hollow bars: people in sites only, not all displaced; never add them."))
    return " ".join(parts)


def _province_table(
    _: Translator, release: Release, province_day: ProvinceDay
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    names = observations.load_place_names(release, _.lang)
    indicators = observations.load_indicators(release)
    columns = (_("Province"), _("Figure"), _("What"), _("Day"), _("Counted by"), _("Source"), _("Note"))
    body = tuple(
        (
            names.get(row.admin1_pcode, row.admin1),
            frame.quantity(_, row),
            _.translate(indicators[row.indicator].name),
            frame.when(_, row),
            frame.who(_, release, row),
            frame.format_publishers(row),
            frame.written_note(row.note),
        )
        for row in province_day.provinces
    )
    return columns, body


@dataclass(frozen=True, slots=True)
class _Scale:
    """The time axis of the curve as shares of a width: two rounds, then the time since the last count."""

    rounds: tuple[tuple[date, date], ...]

    @property
    def days(self) -> int:
        """Return how many days both rounds take."""
        return sum((last - first).days for first, last in self.rounds)

    def place(self, day: date) -> float:
        """Return where a day stands between 0 and the end of the counted days."""
        before = 0
        for first, last in self.rounds:
            if day <= last:
                break
            before += (last - first).days
        else:
            return _COUNTED
        return _COUNTED * (before + max((day - first).days, 0)) / max(self.days, 1)


def _build_scale(release: Release, rows: Sequence[Observation]) -> _Scale:
    """Return a scale over both rounds of the headline series and of ``rows``, the empty autumn left out."""
    days = sorted(
        {row.as_of for row in (*displacement_series.list_headline_figures(release), *rows) if row.as_of}
    )
    halves = (
        [day for day in days if day < displacement_series.SECOND_ROUND],
        [day for day in days if day >= displacement_series.SECOND_ROUND],
    )
    return _Scale(
        tuple((half[0] - timedelta(days=3), half[-1] + timedelta(days=3)) for half in halves if half)
    )


@dataclass(frozen=True, slots=True)
class _Province:
    """What one small chart shows: a province's counts, none of people in sites only."""

    name: str
    rows: tuple[Observation, ...]

    @property
    def last(self) -> Observation:
        """Return the newest count."""
        return self.rows[-1]


def _list_panels(context: DrawContext, basis: Basis) -> list[_Province]:
    """Return the provinces with the highest counts, highest first."""
    names = observations.load_place_names(context.release, context.lang)
    panels = []
    for code, rows in displacement_areas.list_province_series(context.release, basis).items():
        own = tuple(row for row in rows if row.indicator != "people_in_sites" and row.as_of)
        if own:
            panels.append(_Province(names.get(code, code), own))
    return sorted(panels, key=lambda panel: -max(row.value or 0 for row in panel.rows))[:_PANELS]


@per_context
def province_multiples(context: DrawContext, day: date, basis: Basis) -> Drawing | None:
    """Return one small chart a province, ``day`` marked; ``None`` for fewer than two provinces."""
    _, release, _lang, _theme = context.parts
    panels = _list_panels(context, basis)
    if len(panels) < _LEAST:
        return None
    shown = [row for panel in panels for row in panel.rows]
    scale = _build_scale(release, shown)
    most = max(panels[0].rows, key=lambda row: row.value or 0)
    return Drawing(
        title=_(
            "{province} had the highest count of one province: {people} on {day}",
            province=panels[0].name,
            people=most.value or 0,
            day=most.as_of or day,
        ),
        subtitle=_(
            "People, {basis}, on one scale; the number is the last count. Line: the chosen day. Hatched: no "
            "count found since.",
            basis=basis_label(_, basis),
        ),
        alt=_(
            "Small charts of {count} provinces: {names}.",
            count=len(panels),
            names=", ".join(panel.name for panel in panels),
        ),
        figure=_draw_figure(context, panels, scale, day),
        inline=_draw_inline(context, panels, scale, day),
        columns=(_("Province"), _("Day"), _("Figure"), _("Counted by"), _("Source")),
        rows=tuple(
            (
                panel.name,
                frame.when(_, row),
                frame.quantity(_, row),
                frame.who(_, release, row),
                frame.format_publishers(row),
            )
            for panel in panels
            for row in panel.rows
        ),
        numeric=(2,),
        shown=tuple(shown),
        row_ids=frame.list_ids(shown),
    )


def _say_last(_: Translator, row: Observation) -> str:
    return f"{frame.quantity(_, row)} · {formats.format_short_day(row.as_of or date.min, _.lang)}"


def _draw_inline(context: DrawContext, panels: Sequence[_Province], scale: _Scale, day: date) -> Markup:
    """Return the small charts as HTML: four beside each other, two on a phone."""
    _ = context._
    highest = max(row.value or 0 for panel in panels for row in panel.rows)
    drawn = []
    for panel in panels:
        since = scale.place(panel.last.as_of or date.min) + _THIN
        bars = [
            el(
                "b",
                style=f"left:{100 * (scale.place(row.as_of or date.min) - _THIN / 2):.2f}%;"
                f"height:{100 * (row.value or 0) / highest:.2f}%",
            )
            for row in panel.rows
        ]
        drawn.append(
            el(
                "li",
                el("strong", panel.name),
                el("span", _say_last(_, panel.last)),
                el(
                    "div",
                    el("i", style=f"left:{100 * since:.2f}%"),
                    *bars,
                    el("u", style=f"left:{100 * scale.place(day):.2f}%"),
                    class_="sk-province-plot",
                    style=f"--bar:{palette.DISPLACED[context.theme]};--wide:{100 * _THIN:.2f}%",
                    aria_hidden="true",
                ),
            )
        )
    return el("ul", *drawn, class_="sk-provinces", lang=context.lang)


def _draw_figure(context: DrawContext, panels: Sequence[_Province], scale: _Scale, day: date) -> go.Figure:
    """Return the small charts as one figure, for pictures and embeds; scale and names as on the page."""
    _, theme = context._, context.theme
    lines = -(-len(panels) // _COLUMNS)
    figure = frame.make_figure(theme, height=20 + 124 * lines, top=4)
    highest = max(row.value or 0 for panel in panels for row in panel.rows)
    quiet = {**frame.axis_look(theme, grid=False), "showticklabels": False, "showline": True}
    axes: dict[str, Any] = {}
    for index, panel in enumerate(panels):
        axis = "" if index == 0 else str(index + 1)
        line, column = divmod(index, _COLUMNS)
        left, share = column / _COLUMNS, 1 / lines
        figure.add_bar(
            x=[scale.place(row.as_of or date.min) for row in panel.rows],
            y=[row.value for row in panel.rows],
            width=_THIN,
            marker={"color": palette.DISPLACED[theme]},
            hovertext=[frame.hover_text(context, row, what=panel.name) for row in panel.rows],
            hoverinfo="text",
            xaxis=f"x{axis}",
            yaxis=f"y{axis}",
        )
        axes[f"xaxis{axis}"] = {
            **quiet,
            "domain": [left, left + 1 / _COLUMNS - 0.03],
            "anchor": f"y{axis}",
            "range": [0, 1],
            "linecolor": palette.GRID[theme],
        }
        axes[f"yaxis{axis}"] = {
            **quiet,
            "showline": False,
            "domain": [1 - (line + 0.94) * share, 1 - (line + 0.34) * share],
            "anchor": f"x{axis}",
            "range": [0, highest],
        }
        since = scale.place(panel.last.as_of or date.min) + _THIN
        refs = {"xref": f"x{axis}", "yref": f"y{axis} domain", "y0": 0, "y1": 1}
        figure.add_shape(
            type="rect", x0=since, x1=1, fillcolor=palette.GRID[theme], opacity=0.4, line={"width": 0}, **refs
        )
        ink = {"color": palette.INK[theme], "width": 1}
        figure.add_shape(type="line", x0=scale.place(day), x1=scale.place(day), line=ink, **refs)
        figure.add_annotation(
            xref=f"x{axis} domain",
            yref=f"y{axis} domain",
            x=0,
            y=1.02,
            xanchor="left",
            yanchor="bottom",
            align="left",
            showarrow=False,
            text=f"<b>{frame.escape_markup(panel.name)}</b><br>"
            + frame.escape_markup(_say_last(_, panel.last)),
            font={"size": 12, "color": palette.INK[theme]},
        )
    figure.update_layout(axes)
    return figure


@per_context
def sites_and_hosts(context: DrawContext) -> Drawing:
    """Return the shares in sites and with host families, on the days one publisher counted both."""
    _, release, lang, theme = context.parts
    pairs = displacement.list_sites_and_hosts(release)
    days = [pair.in_sites.as_of or date.min for pair in pairs]
    figure = frame.make_figure(theme, height=_SHARES, top=40)
    for name, pick, hue in ((_("in sites"), 0, palette.INK), (_("with host families"), 1, palette.NOT_FOUND)):
        rows = [(pair.in_sites, pair.with_hosts)[pick] for pair in pairs]
        figure.add_bar(
            x=[day.isoformat() for day in days],
            y=[
                (row.value or 0) / ((pair.in_sites.value or 0) + (pair.with_hosts.value or 0) or 1)
                for row, pair in zip(rows, pairs, strict=True)
            ],
            width=_BAR,
            name=frame.escape_markup(name),
            marker={"color": hue[theme]},
            hovertext=[frame.hover_text(context, row, what=name) for row in rows],
            hoverinfo="text",
        )
    ends = (days[0] - timedelta(days=8), days[-1] + timedelta(days=8))
    steps = (0, 0.25, 0.5, 0.75, 1)
    figure.update_layout(barmode="stack")
    figure.update_xaxes(
        **frame.axis_look(theme, grid=False),
        type="date",
        range=[end.isoformat() for end in ends],
        **frame.time_ticks(month_starts(*ends, 1 if (ends[1] - ends[0]).days < _QUARTERS else 2), lang),
    )
    figure.update_yaxes(
        **frame.axis_look(theme, grid=True),
        range=[0, 1],
        tickvals=steps,
        ticktext=[formats.format_share(step, lang) for step in steps],
    )
    frame.legend_above(figure)
    add_silence(figure, context, days[-1])
    counted = [row for pair in pairs for row in (pair.in_sites, pair.with_hosts)]
    last = pairs[-1]
    share = (last.in_sites.value or 0) / ((last.in_sites.value or 0) + (last.with_hosts.value or 0) or 1)
    columns = (_("Day"), _("in sites"), _("with host families"), _("Counted by"), _("Source"))
    title = _(
        "{sites} in sites, {hosts} with host families: last count of both, {day}",
        sites=formats.format_share(share, lang),
        hosts=formats.format_share(1 - share, lang),
        day=days[-1],
    )
    return Drawing(
        title=title,
        subtitle=_("Shares of the people counted, on days for which one publisher counted both."),
        alt=_(
            "Bars of people in sites and with host families on {count} days. {what}.",
            count=len(pairs),
            what=title,
        ),
        figure=figure,
        columns=columns,
        rows=tuple(
            (
                frame.when(_, pair.in_sites),
                frame.quantity(_, pair.in_sites),
                frame.quantity(_, pair.with_hosts),
                frame.who(_, release, pair.in_sites),
                frame.format_publishers(pair.in_sites),
            )
            for pair in reversed(pairs)
        ),
        numeric=(1, 2),
        shown=tuple(counted),
    )
