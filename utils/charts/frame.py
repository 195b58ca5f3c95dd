"""What all charts share: an empty figure in our look, axes in the visitor's language, short phrases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import plotly.graph_objects as go

from utils.analysis.model import Observation
from utils.charts.drawing import Drawing
from utils.draw_context import DrawContext
from utils.product import palette
from utils.product.palette import Theme
from utils.text import wording
from utils.text.html import Markup, el, join
from utils.text.locale import Translator, formats

FONT: Final = "Noto Sans, Noto Sans Khmer, sans-serif"
SMALL: Final = 11
SIZE: Final = 13
_LETTER: Final = 0.04
"""Room for one letter of a label beside a bar, as a share of the longest bar on a phone."""
quantity, when, who = wording.format_quantity, wording.format_as_of, wording.abbreviate_counter


class Settled(go.Figure):  # type: ignore[misc]  # the library has no types
    """A figure whose dictionary is made once, when it is first drawn: each run of a page asks for it.

    Nothing may change the figure after that.
    """

    def to_dict(self) -> dict[str, Any]:
        """Return what is sent to the browser; it is read only."""
        if "_settled" not in self.__dict__:
            self._settled: dict[str, Any] = super().to_dict()
        return self._settled


def make_figure(theme: Theme, *, height: int, top: int = 20, right: int = 12) -> go.Figure:
    """Return an empty figure: transparent, no template, margins that grow with the labels."""
    return Settled(
        layout={
            "template": "none",
            "height": height,
            "margin": {"l": 8, "r": right, "t": top, "b": 8},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "size": SIZE, "color": palette.INK[theme]},
            "hoverlabel": {
                "bgcolor": palette.PAPER[theme],
                "bordercolor": palette.GRID[theme],
                "align": "left",
                "font": {"family": FONT, "size": SIZE, "color": palette.INK[theme]},
            },
            "hovermode": "closest",
            "dragmode": False,
            "showlegend": False,
            "separators": ".,",
        }
    )


def legend_above(figure: go.Figure) -> None:
    """Show the legend in one line above the plot; a line that is full wraps."""
    figure.update_layout(
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "xanchor": "left",
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )


def time_ticks(months: Sequence[date], lang: str) -> dict[str, list[str]]:
    """Return tick values and two-line labels (``1 Sep`` over ``2025``) of a time axis."""
    labels = []
    for day in months:
        head, _, year = formats.format_short_day(day, lang).rpartition(" ")
        labels.append(f"{head}<br>{year}")
    return {"tickvals": [day.isoformat() for day in months], "ticktext": labels}


def number_ticks(values: Sequence[float], lang: str) -> dict[str, list[float] | list[str]]:
    """Return tick values and short labels (``200K``) of a number axis."""
    return {"tickvals": list(values), "ticktext": [formats.format_compact(value, lang) for value in values]}


def nice_steps(highest: float, count: int = 4) -> list[float]:
    """Return at most ``count`` + 1 round values from 0 that reach about ``highest``."""
    if highest <= 0:
        return [0.0]
    rough = highest / count
    power = 10 ** (len(str(int(max(rough, 1)))) - 1)
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough)
    return [step * index for index in range(int(highest / step) + 1)]


def axis_look(theme: Theme, *, grid: bool) -> dict[str, object]:
    """Return the look of an axis: thin, muted, gridlines only where asked."""
    return {
        "showgrid": grid,
        "gridcolor": palette.GRID[theme],
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickfont": {"size": SMALL, "color": palette.MUTED[theme]},
        "automargin": True,
        "fixedrange": True,
    }


def add_bars(
    figure: go.Figure,
    context: DrawContext,
    rows: Sequence[Observation | None],
    names: Sequence[str],
    *,
    size: int = SIZE,
    **settings: Any,
) -> None:
    """Add level bars of figures, each with its number at its end; ``None`` is a line without a bar.

    ``names`` say what each figure counts when it is pointed at.
    """
    figure.add_bar(
        x=[row.value if row else None for row in rows],
        orientation="h",
        text=[escape_markup(quantity(context._, row)) if row else "" for row in rows],
        textposition="outside",
        cliponaxis=False,
        textfont={"color": palette.INK[context.theme], "size": size},
        hovertext=[
            hover_text(context, row, what=name) if row else "" for row, name in zip(rows, names, strict=True)
        ],
        hoverinfo="text",
        **settings,
    )


def room_for_labels(_: Translator, rows: Iterable[Observation]) -> float:
    """Return the end of the number axis that leaves room for every label beside its bar."""
    lengths = [(row.value or 0.0, len(quantity(_, row))) for row in rows]
    highest = max((value for value, _letters in lengths), default=0.0)
    return max((value + _LETTER * highest * letters for value, letters in lengths), default=1.0)


def bar_axes(figure: go.Figure, theme: Theme, room: float, **names: Any) -> None:
    """Leave the numbers of level bars off their axis, which is ``room`` long; ``names`` is the other axis."""
    quiet = axis_look(theme, grid=False)
    figure.update_xaxes(**{**quiet, "range": [0, room], "showticklabels": False})
    font = {"size": SIZE, "color": palette.INK[theme]}
    figure.update_yaxes(**{**quiet, "tickfont": font, "ticksuffix": " ", **names})


def escape_markup(text: str) -> str:
    """Return text that Plotly will not read as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def format_publishers(row: Observation) -> str:
    """Return who printed a figure."""
    return ", ".join(source.publisher for source in row.sources)


def hover_text(context: DrawContext, row: Observation, *, what: str = "") -> str:
    """Return the hover text of a point: figure, what, date, who counted, who printed it."""
    _ = context._
    lines = [
        f"<b>{escape_markup(quantity(_, row))}</b>" + (f" {escape_markup(what)}" if what else ""),
        escape_markup(when(_, row)),
        escape_markup(_("Counted by: {names}", names=who(_, context.release, row))),
        escape_markup(_("Source: {names}", names=format_publishers(row))),
    ]
    return "<br>".join(lines)


def iso_days(rows: Iterable[Observation]) -> list[str]:
    """Return the days of figures as a time axis takes them; figures without a day are left out."""
    return [row.as_of.isoformat() for row in rows if row.as_of]


def add_points(
    figure: go.Figure,
    context: DrawContext,
    rows: Sequence[Observation],
    *,
    name: str,
    hue: str,
    symbol: str,
    size: int,
    what: str = "",
    **settings: Any,
) -> None:
    """Add figures as points without a line; those without a day are left out."""
    dated = [row for row in rows if row.as_of]
    figure.add_scatter(
        x=iso_days(dated),
        y=[row.value for row in dated],
        mode="markers",
        name=escape_markup(name),
        marker={"symbol": symbol, "size": size, "color": hue, "line": {"color": hue, "width": 1.5}},
        hovertext=[hover_text(context, row, what=what) for row in dated],
        hoverinfo="text",
        **settings,
    )


def add_runs(figure: go.Figure, runs: Iterable[Sequence[Observation]], hue: str) -> None:
    """Add a line with one stroke a run, so that a gap or a break stays open."""
    xs: list[str | None] = []
    ys: list[float | None] = []
    for run in runs:
        xs += [*iso_days(run), None]
        ys += [*(row.value for row in run), None]
    figure.add_scatter(
        x=xs,
        y=ys,
        mode="lines",
        line={"color": hue, "width": 2.5},
        hoverinfo="skip",
        connectgaps=False,
        showlegend=False,
    )


def mark_period(
    figure: go.Figure,
    first: date,
    last: date,
    label: str,
    theme: Theme,
    *,
    shape: Mapping[str, Any],
    **place: Any,
) -> None:
    """Mark a day or a period over the whole height by a Plotly ``shape``, with a short label on top.

    ``place`` is how the label stands to the top of the last day.
    """
    ends = {"x0": first.isoformat(), "x1": last.isoformat(), "y0": 0, "y1": 1}
    figure.add_shape(xref="x", yref="paper", **ends, **shape)
    figure.add_annotation(
        x=last.isoformat(),
        yref="paper",
        y=1.0,
        text=escape_markup(label),
        showarrow=False,
        font={"size": SMALL, "color": palette.MUTED[theme]},
        **place,
    )


def mark_ceasefire(figure: go.Figure, context: DrawContext, day: date, **place: Any) -> None:
    """Mark a ceasefire by a dotted line with a short label on top."""
    line = {"color": palette.MUTED[context.theme], "width": 1, "dash": "dot"}
    shape = {"type": "line", "line": line}
    mark_period(figure, day, day, context._("Ceasefire"), context.theme, shape=shape, **place)


def list_ids(rows: Iterable[Observation]) -> tuple[str, ...]:
    """Return the ids of observations that are the rows of a table twin, one each."""
    return tuple(row.observation_id for row in rows)


def written_note(note: str) -> Markup:
    """Return a note of the record, for a table, in the language it was written in."""
    return el("span", note, lang="en")


def draw_points(
    context: DrawContext,
    figure: go.Figure,
    rows: Iterable[Observation],
    *,
    title: str,
    subtitle: str,
    alt: str,
    shown: Sequence[Observation],
) -> Drawing:
    """Return a chart of points whose table twin lists ``rows``: day, figure, who counted, source, note."""
    _, release, _lang, _theme = context.parts
    listed = tuple(rows)
    body = tuple(
        (
            when(_, row),
            quantity(_, row),
            who(_, release, row),
            format_publishers(row),
            written_note(row.note)
            if row.headline_ok
            else join([_("{label}:", label=_("set aside")), " ", written_note(row.note)]),
        )
        for row in listed
    )
    return Drawing(
        title=title,
        subtitle=subtitle,
        alt=alt,
        figure=figure,
        columns=(_("Day"), _("Figure"), _("Counted by"), _("Source"), _("Note")),
        rows=body,
        numeric=(1,),
        shown=tuple(shown),
        row_ids=list_ids(listed),
    )
