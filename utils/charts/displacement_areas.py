"""Provinces on one day and over time, and people in sites against people with host families."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import plotly.graph_objects as go

from utils.analysis import displacement, displacement_areas, observations
from utils.analysis.displacement_areas import Basis, ProvinceDay
from utils.analysis.model import Observation
from utils.charts import frame
from utils.charts.displacement import months
from utils.charts.drawing import Drawing
from utils.draw_context import DrawContext, per_context
from utils.product import palette
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.locale import Translator, formats

_ROW: Final = 32
_PANELS: Final = 6
_LEAST_DAYS: Final = 2
_COLUMNS: Final = 2
_BAR: Final = 3 * 86_400_000
"""Width of a bar in milliseconds: three days, to be seen on a phone."""
_LETTER: Final = 0.04
"""Room for one letter of a label beside a bar, as a share of the longest bar on a phone."""


def basis_label(_: Translator, basis: Basis) -> str:
    """Return what a province figure of this basis means."""
    return _("counted where people shelter") if basis == "sheltering" else _("displaced from")


@per_context
def province_bars(context: DrawContext, day: date, basis: Basis) -> Drawing:
    """Return the provinces of one day as bars, longest first. Raises ``KeyError`` for a day without."""
    _, release, lang, theme = context.parts
    found = displacement_areas.provinces_on(release, day, basis)
    names = observations.place_names(release, lang)
    rows = tuple(reversed(found.provinces))
    labels = [_bar_name(_, names.get(row.admin1_pcode, row.admin1), row) for row in rows]
    figure = frame.blank(theme, height=60 + _ROW * len(rows), top=6, right=6)
    hovers = [frame.hover(_, release, row, what=names.get(row.admin1_pcode, row.admin1)) for row in rows]
    frame.add_bars(
        figure,
        _,
        theme,
        rows,
        hovers,
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
    frame.bar_axes(figure, theme, _room(_, rows))
    columns, body = _province_table(_, release, found)
    title = _bars_title(_, found, names)
    return Drawing(
        title=title,
        subtitle=_bars_subtitle(_, release, found),
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
        shown=found.provinces,
        row_ids=frame.ids(found.provinces),
    )


def _room(_: Translator, rows: Sequence[Observation]) -> float:
    """Return the end of the number axis that leaves room for every label beside its bar."""
    highest = max(row.value or 0.0 for row in rows)
    return max((row.value or 0.0) + _LETTER * highest * len(frame.quantity(_, row)) for row in rows)


def _bar_name(_: Translator, name: str, row: Observation) -> str:
    if row.indicator == "people_in_sites":
        return frame.plain(name) + "<br>" + frame.plain(_("in sites only"))
    return frame.plain(name)


def _bars_title(_: Translator, found: ProvinceDay, names: Mapping[str, str]) -> str:
    first = found.provinces[0]
    name = names.get(first.admin1_pcode, first.admin1)
    if found.total is not None:
        return _(
            "{province}: {people} of the {total} people counted on {day}",
            province=name,
            people=first.value or 0,
            total=found.total.value or 0,
            day=found.day,
        )
    return _.ngettext(
        "{count} province was counted on {day}: this is no list of all provinces",
        "{count} provinces were counted on {day}: this is no list of all provinces",
        len(found.provinces),
        day=found.day,
    )


def _bars_subtitle(_: Translator, release: Release, found: ProvinceDay) -> str:
    basis = (
        _("People, counted in the province where they shelter.")
        if found.basis == "sheltering"
        else _("People, counted by the province they were displaced from.")
    )
    counters = sorted({frame.who(_, release, row) for row in found.provinces if row.counted_by})
    parts = [basis]
    if counters:
        parts.append(_("Counted by: {names}", names=", ".join(counters)) + ".")
    if found.total is not None:
        parts.append(_("The list adds to the national total of the same publisher."))
    if found.in_sites_only:
        parts.append(_("Hollow bars: people in sites only, not all displaced; never add them."))
    return " ".join(parts)


def _province_table(
    _: Translator, release: Release, found: ProvinceDay
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    names = observations.place_names(release, _.lang)
    indicators = observations.indicators(release)
    columns = (_("Province"), _("Figure"), _("What"), _("Day"), _("Counted by"), _("Source"), _("Note"))
    body = tuple(
        (
            names.get(row.admin1_pcode, row.admin1),
            frame.quantity(_, row),
            _.translate(indicators[row.indicator].name),
            frame.when(_, row),
            frame.who(_, release, row),
            frame.publishers(row),
            frame.written_note(row.note),
        )
        for row in found.provinces
    )
    return columns, body


@per_context
def province_multiples(context: DrawContext, day: date, basis: Basis) -> Drawing | None:
    """Return one small chart a province, ``day`` marked; ``None`` for fewer than two provinces."""
    _, release, lang, theme = context.parts
    series = {
        code: [row for row in rows if row.indicator != "people_in_sites"]
        for code, rows in displacement_areas.by_province(release, basis).items()
    }
    kept = {code: rows for code, rows in series.items() if len(rows) >= _LEAST_DAYS}
    order = sorted(kept, key=lambda code: -max(row.value or 0 for row in kept[code]))[:_PANELS]
    if len(order) < _COLUMNS:
        return None
    names = observations.place_names(release, lang)
    lines = -(-len(order) // _COLUMNS)
    figure = frame.blank(theme, height=40 + 130 * lines, top=4)
    shown = [row for code in order for row in kept[code]]
    highest = max(row.value or 0 for row in shown)
    days = [row.as_of for row in shown if row.as_of]
    span = (min(days) - timedelta(days=12), max(days) + timedelta(days=12))
    cells = [
        _cell(_, release, kept[code], _Cell(index, lines, names.get(code, code), span, highest, day, theme))
        for index, code in enumerate(order)
    ]
    figure.add_traces([bar for bar, _axes, _name in cells])
    figure.update_layout(
        {key: axis for _bar, axes, _name in cells for key, axis in axes.items()},
        annotations=[name for _bar, _axes, name in cells],
    )
    columns = (_("Province"), _("Day"), _("Figure"), _("Counted by"), _("Source"))
    top = kept[order[0]]
    most = max(top, key=lambda row: row.value or 0)
    return Drawing(
        title=_(
            "{province} had the highest count of one province: {people} on {day}",
            province=names.get(order[0], most.admin1),
            people=most.value or 0,
            day=most.as_of or day,
        ),
        subtitle=_(
            "People displaced by province, {basis}; one scale for all. The chosen day is coloured; days "
            "without a bar were not counted or not found.",
            basis=basis_label(_, basis),
        ),
        alt=_(
            "Small charts of {count} provinces: {names}.",
            count=len(order),
            names=", ".join(names.get(code, code) for code in order),
        ),
        figure=figure,
        columns=columns,
        rows=tuple(
            (
                names.get(row.admin1_pcode, row.admin1),
                frame.when(_, row),
                frame.quantity(_, row),
                frame.who(_, release, row),
                frame.publishers(row),
            )
            for row in shown
        ),
        numeric=(2,),
        shown=tuple(shown),
        row_ids=frame.ids(shown),
    )


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where one province stands in the grid of small charts, and what all cells share."""

    place: int
    lines: int
    name: str
    span: tuple[date, date]
    highest: float
    day: date
    theme: Theme

    @property
    def axis(self) -> str:
        """Return the number of the cell's axes, empty for the first."""
        return "" if self.place == 0 else str(self.place + 1)


def _axes(_: Translator, cell: _Cell) -> dict[str, dict[str, Any]]:
    """Return both axes of a cell: one scale for all, labels at the left and at the foot only."""
    column, line = cell.place % _COLUMNS, cell.place // _COLUMNS
    left, share = column / _COLUMNS, 1 / cell.lines
    return {
        f"xaxis{cell.axis}": {
            **frame.quiet_axis(cell.theme, grid=False),
            "domain": [left, left + 1 / _COLUMNS - 0.04],
            "anchor": f"y{cell.axis}",
            "type": "date",
            "range": [end.isoformat() for end in cell.span],
            **frame.time_ticks(months(*cell.span, 3), _.lang),
            "showticklabels": line == cell.lines - 1,
        },
        f"yaxis{cell.axis}": {
            **frame.quiet_axis(cell.theme, grid=True),
            "domain": [1 - (line + 0.9) * share, 1 - (line + 0.26) * share],
            "anchor": f"x{cell.axis}",
            "range": [0, cell.highest * 1.25],
            **frame.number_ticks(frame.nice_steps(cell.highest, 2), _.lang),
            "showticklabels": column == 0,
        },
    }


def _cell(
    _: Translator, release: Release, counted: Sequence[Observation], cell: _Cell
) -> tuple[go.Bar, dict[str, dict[str, Any]], dict[str, Any]]:
    """Return bars, axes and name of one province: no line, since days between are unknown.

    The bar of the chosen day comes last, so that a neighbouring day does not cover it.
    """
    rows = sorted(counted, key=lambda row: row.as_of == cell.day)
    on_day = [frame.quantity(_, row) for row in rows if row.as_of == cell.day]
    hues = {True: palette.DISPLACED[cell.theme], False: palette.NOT_FOUND[cell.theme]}
    bar = go.Bar(
        x=[row.as_of.isoformat() for row in rows if row.as_of],
        y=[row.value for row in rows if row.as_of],
        width=_BAR,
        marker={"color": [hues[row.as_of == cell.day] for row in rows]},
        hovertext=[frame.hover(_, release, row, what=cell.name) for row in rows],
        hoverinfo="text",
        xaxis=f"x{cell.axis}",
        yaxis=f"y{cell.axis}",
    )
    name = {
        "xref": f"x{cell.axis} domain",
        "yref": f"y{cell.axis} domain",
        "x": 0,
        "y": 1.02,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "text": f"<b>{frame.plain(cell.name)}</b><br>" + frame.plain(on_day[0] if on_day else "—"),
        "font": {"size": frame.SIZE - 1, "color": palette.INK[cell.theme]},
    }
    return bar, _axes(_, cell), name


@per_context
def sites_and_hosts(context: DrawContext) -> Drawing:
    """Return people in sites against people with host families, on the days both were counted."""
    _, release, lang, theme = context.parts
    pairs = displacement.in_sites_and_hosts(release)
    figure = frame.blank(theme, height=64 + 44 * len(pairs), top=34, right=6)
    days = [formats.short_day(pair.in_sites.as_of or date.min, lang) for pair in pairs][::-1]
    for name, pick, hue in ((_("with host families"), 1, palette.HOSTS), (_("in sites"), 0, palette.SITES)):
        rows = [(pair.in_sites, pair.with_hosts)[pick] for pair in reversed(pairs)]
        hovers = [frame.hover(_, release, row, what=name) for row in rows]
        look = {"name": frame.plain(name), "marker": {"color": hue[theme]}}
        frame.add_bars(figure, _, theme, rows, hovers, y=days, size=frame.SMALL + 1, **look)
    figure.update_layout(barmode="group", bargap=0.25, bargroupgap=0.05)
    frame.legend_above(figure)
    figure.update_layout(legend_traceorder="reversed")
    counted = [row for pair in pairs for row in (pair.in_sites, pair.with_hosts)]
    small = frame.quiet_axis(theme, grid=False)["tickfont"]
    frame.bar_axes(figure, theme, _room(_, counted), type="category", tickfont=small)
    last = pairs[-1]
    columns = (_("Day"), _("in sites"), _("with host families"), _("Counted by"), _("Source"))
    title = _(
        "On {day}, {sites} people were in sites and {hosts} with host families",
        day=last.in_sites.as_of or date.min,
        sites=last.in_sites.value or 0,
        hosts=last.with_hosts.value or 0,
    )
    return Drawing(
        title=title,
        subtitle=_(
            "People, on days for which one publisher counted both. Lists of sites describe only part "
            "of the displaced."
        ),
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
                frame.publishers(pair.in_sites),
            )
            for pair in reversed(pairs)
        ),
        numeric=(1, 2),
        shown=tuple(counted),
    )
