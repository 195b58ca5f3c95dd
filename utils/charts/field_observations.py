"""Field observations: the newest figure of each province as bars, one province over days as a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from utils.analysis import field_observations, observations
from utils.analysis.field_observations import FieldFigure, Line
from utils.charts import frame
from utils.charts.displacement import number_axis, time_axis
from utils.charts.drawing import Drawing
from utils.draw_context import DrawContext, per_context
from utils.product import palette
from utils.releases import Release
from utils.text.locale import Translator

_ROW: Final = 30
_LETTER: Final = 0.04
_GAP: Final = timedelta(days=7)
"""A longer time without a figure is drawn as a gap."""
_LISTED: Final = 60


def line_label(_: Translator, release: Release, line: Line) -> str:
    """Return what a line counts, on which basis, who counted and who printed it."""
    counter = observations.counters(release).get(line.counted_by)
    return " · ".join(
        (
            _.translate(observations.indicators(release)[line.indicator].name),
            _.pgettext("area_basis", line.area_basis),
            counter.short_name if counter else _("not stated"),
            observations.sources(release)[line.source_id].publisher,
        )
    )


@per_context
def newest_bars(context: DrawContext, line: Line) -> Drawing:
    """Return the newest figure of each province of a line as bars, the largest first."""
    _, release, lang, theme = context.parts
    names = observations.place_names(release, lang)
    found = field_observations.newest(release, line)
    rows = [field_figure.observation for field_figure in found if field_figure.observation.value is not None]
    figure = frame.blank(theme, height=60 + _ROW * len(rows), top=6, right=6)
    bars = rows[::-1]
    provinces = [names.get(row.admin1_pcode, row.admin1) for row in bars]
    frame.add_bars(
        figure,
        _,
        theme,
        bars,
        [frame.hover(_, release, row, what=name) for row, name in zip(bars, provinces, strict=True)],
        y=[frame.plain(name) for name in provinces],
        width=0.68,
        marker={"color": palette.DISPLACED[theme]},
    )
    highest = max((row.value or 0.0 for row in rows), default=0.0)
    room = max(
        ((row.value or 0.0) + _LETTER * highest * len(frame.quantity(_, row)) for row in rows), default=1.0
    )
    frame.bar_axes(figure, theme, room)
    title = _.ngettext(
        "{indicator}: newest figure of {count} province, to {day}",
        "{indicator}: newest figures of {count} provinces, to {day}",
        len(found),
        indicator=observations.indicators(release)[line.indicator].name,
        day=line.newest,
    )
    return Drawing(
        title=title,
        subtitle=_subtitle(_, line, found),
        alt=_("Bars of {count} provinces. {what}.", count=len(rows), what=title),
        figure=figure,
        columns=(_("Province"), _("Figure"), _("Day"), _("How the figure was made"), _("Source")),
        rows=tuple(
            (
                names.get(field_figure.observation.admin1_pcode, field_figure.observation.admin1),
                _figure(_, field_figure),
                frame.when(_, field_figure.observation),
                made(_, field_figure),
                frame.publishers(field_figure.observation),
            )
            for field_figure in found
        ),
        numeric=(1,),
        shown=tuple(field_figure.observation for field_figure in found),
    )


@per_context
def province_days(context: DrawContext, line: Line, province: str) -> Drawing:
    """Return one province of a line over days. Raises :class:`utils.releases.TableUnavailable`."""
    _, release, lang, theme = context.parts
    found = field_observations.over_days(release, line, province)
    rows = [day.observation for day in found if day.observation.value is not None]
    figure = frame.blank(theme, height=320, top=6)
    xs: list[str | None] = []
    ys: list[float | None] = []
    before: date | None = None
    for row in rows:
        on = row.as_of or date.min
        if before is not None and on - before > _GAP:
            xs.append(None)
            ys.append(None)
        xs.append(on.isoformat())
        ys.append(row.value)
        before = on
    figure.add_scatter(
        x=xs,
        y=ys,
        mode="lines+markers",
        line={"color": palette.DISPLACED[theme], "width": 2},
        marker={"size": 4, "color": palette.DISPLACED[theme]},
        connectgaps=False,
        hovertemplate="%{x|%Y-%m-%d}<br><b>%{y:,}</b><extra></extra>",
    )
    if rows:
        figure.update_xaxes(**time_axis(rows, theme, lang))
        figure.update_yaxes(**number_axis(max(row.value or 0.0 for row in rows) or 1.0, theme, lang))
    names = observations.place_names(release, lang)
    title = _.ngettext(
        "{province}: {indicator}, {count} day with a figure",
        "{province}: {indicator}, {count} days with a figure",
        len(rows),
        province=names.get(province, province),
        indicator=observations.indicators(release)[line.indicator].name,
    )
    return Drawing(
        title=title,
        subtitle=" ".join(
            filter(
                None,
                (
                    _subtitle(_, line, found),
                    _("The table lists the newest {count} days.", count=_LISTED)
                    if len(found) > _LISTED
                    else "",
                ),
            )
        ),
        alt=_("A line over days. {what}.", what=title),
        figure=figure,
        columns=(_("Day"), _("Figure"), _("How the figure was made")),
        rows=tuple(
            (frame.when(_, day.observation), _figure(_, day), made(_, day))
            for day in found[: -_LISTED - 1 : -1]
        ),
        numeric=(1,),
        shown=tuple(day.observation for day in found),
    )


def _figure(_: Translator, field_figure: FieldFigure) -> str:
    return _("withheld") if field_figure.figure == "withheld" else frame.quantity(_, field_figure.observation)


def made(_: Translator, field_figure: FieldFigure) -> str:
    """Say whether a figure stands in the table or is our sum."""
    if field_figure.figure == "printed":
        return _("as its source gives it")
    if field_figure.figure == "withheld":
        return _("our sum, withheld: it would tell a count of fewer than five people")
    return _.ngettext("our sum of {count} district", "our sum of {count} districts", field_figure.rows)


def _subtitle(_: Translator, line: Line, found: Sequence[FieldFigure]) -> str:
    unit = _.pgettext("unit", found[0].observation.unit) if found else "—"
    text = _("Unit: {unit}; {basis}.", unit=unit, basis=_.pgettext("area_basis", line.area_basis))
    if any(field_figure.figure != "printed" for field_figure in found):
        text += " " + _("Where no figure of the province is given, its districts are added up.")
    return text
