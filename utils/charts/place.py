"""One province over time: how many people were counted there where they sheltered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from utils.analysis import displacement_areas
from utils.analysis.model import Observation
from utils.analysis.place_card import find_province
from utils.charts import frame
from utils.charts.displacement import number_axis, time_axis
from utils.charts.drawing import Drawing
from utils.draw_context import DrawContext, per_context
from utils.product import palette

_HEIGHT: Final = 440


@per_context
def place_curve(context: DrawContext, place: str) -> Drawing | None:
    """Return the counts of the province a place lies in, ``None`` where there are none."""
    _, release, lang, theme = context.parts
    province = find_province(release, place)
    if province is None:
        return None
    rows = displacement_areas.list_province_series(release, "sheltering").get(province.pcode, ())
    if not rows:
        return None
    figure = frame.make_figure(theme, height=_HEIGHT, top=24)
    hue = palette.DISPLACED[theme]
    frame.add_points(figure, context, rows, name=_("People"), hue=hue, symbol="circle", size=8)
    peak = max(rows, key=lambda row: row.value or 0)
    for row in dict.fromkeys((peak, rows[-1])):
        figure.add_annotation(
            x=row.as_of.isoformat() if row.as_of else None,
            y=row.value,
            text=f"<b>{frame.escape_markup(frame.quantity(_, row))}</b>",
            showarrow=False,
            xanchor="left" if _is_early(row, rows) else "right",
            yanchor="bottom",
            yshift=6,
            font={"size": 14, "color": palette.INK[theme]},
        )
    figure.update_xaxes(**time_axis(rows, theme, lang))
    figure.update_yaxes(**number_axis(max(row.value or 0 for row in rows), theme, lang))
    last = rows[-1]
    return frame.draw_points(
        context,
        figure,
        reversed(rows),
        title=_("People counted in {province}", province=province.names),
        subtitle=_("Where they sheltered; a point is one count, and no line joins days without one"),
        alt=_(
            "{count} counts of people sheltering in {province}, the last {last}.",
            count=len(rows),
            province=province.names,
            last=last.value or 0,
        ),
        shown=rows,
    )


def _is_early(row: Observation, rows: Sequence[Observation]) -> bool:
    """Return whether a count lies in the first half of the time shown, so its label runs right."""
    first, day, last = rows[0].as_of, row.as_of, rows[-1].as_of
    return first is not None and day is not None and last is not None and day - first <= last - day
