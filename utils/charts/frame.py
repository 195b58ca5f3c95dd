"""What all charts share: an empty figure in our look, axes in the visitor's language, short phrases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

import plotly.graph_objects as go

from utils.analysis.model import Observation
from utils.product import palette
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.html import Markup, el, join
from utils.text.locale import Translator, formats
from utils.text.wording import figures

FONT: Final = "Noto Sans, Noto Sans Khmer, sans-serif"
SMALL: Final = 11
SIZE: Final = 13
quantity, when, who = figures.quantity, figures.when, figures.who


class Settled(go.Figure):  # type: ignore[misc]  # the library has no types
    """A figure whose dictionary is made once, when it is first drawn: each run of a page asks for it.

    Nothing may change the figure after that.
    """

    def to_dict(self) -> dict[str, Any]:
        """Return what is sent to the browser; it is read only."""
        if "_settled" not in self.__dict__:
            self._settled: dict[str, Any] = super().to_dict()
        return self._settled


def blank(theme: Theme, *, height: int, top: int = 20, right: int = 12) -> go.Figure:
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
        head, _, year = formats.short_day(day, lang).rpartition(" ")
        labels.append(f"{head}<br>{year}")
    return {"tickvals": [day.isoformat() for day in months], "ticktext": labels}


def number_ticks(values: Sequence[float], lang: str) -> dict[str, list[float] | list[str]]:
    """Return tick values and short labels (``200K``) of a number axis."""
    return {"tickvals": list(values), "ticktext": [formats.compact(value, lang) for value in values]}


def nice_steps(highest: float, count: int = 4) -> list[float]:
    """Return at most ``count`` + 1 round values from 0 that reach about ``highest``."""
    if highest <= 0:
        return [0.0]
    rough = highest / count
    power = 10 ** (len(str(int(max(rough, 1)))) - 1)
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough)
    return [step * index for index in range(int(highest / step) + 1)]


def quiet_axis(theme: Theme, *, grid: bool) -> dict[str, object]:
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
    _: Translator,
    theme: Theme,
    rows: Sequence[Observation | None],
    hovers: Sequence[str],
    *,
    size: int = SIZE,
    **given: Any,
) -> None:
    """Add level bars of figures, each with its number at its end; ``None`` is a line without a bar."""
    figure.add_bar(
        x=[row.value if row else None for row in rows],
        orientation="h",
        text=[plain(quantity(_, row)) if row else "" for row in rows],
        textposition="outside",
        cliponaxis=False,
        textfont={"color": palette.INK[theme], "size": size},
        hovertext=list(hovers),
        hoverinfo="text",
        **given,
    )


def bar_axes(figure: go.Figure, theme: Theme, room: float, **names: Any) -> None:
    """Leave the numbers of level bars off their axis, which is ``room`` long; ``names`` is the other axis."""
    quiet = quiet_axis(theme, grid=False)
    figure.update_xaxes(**{**quiet, "range": [0, room], "showticklabels": False})
    font = {"size": SIZE, "color": palette.INK[theme]}
    figure.update_yaxes(**{**quiet, "tickfont": font, "ticksuffix": " ", **names})


def plain(text: str) -> str:
    """Return text that Plotly will not read as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def publishers(row: Observation) -> str:
    """Return who printed a figure."""
    return ", ".join(source.publisher for source in row.sources)


def hover(_: Translator, release: Release, row: Observation, *, what: str = "") -> str:
    """Return the hover text of a point: figure, what, date, who counted, who printed it."""
    lines = [
        f"<b>{plain(quantity(_, row))}</b>" + (f" {plain(what)}" if what else ""),
        plain(when(_, row)),
        plain(_("Counted by: {names}", names=who(_, release, row))),
        plain(_("Source: {names}", names=publishers(row))),
    ]
    return "<br>".join(lines)


def ids(rows: Iterable[Observation]) -> tuple[str, ...]:
    """Return the ids of observations that are the rows of a table twin, one each."""
    return tuple(row.observation_id for row in rows)


def written_note(note: str) -> Markup:
    """Return a note of the record, for a table, in the language it was written in."""
    return el("span", note, lang="en")


def points_table(
    _: Translator, release: Release, rows: Iterable[Observation]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return columns and rows of the table twin of points: day, figure, who counted, source, note."""
    columns = (_("Day"), _("Figure"), _("Counted by"), _("Source"), _("Note"))
    body = tuple(
        (
            when(_, row),
            quantity(_, row),
            who(_, release, row),
            publishers(row),
            written_note(row.note)
            if row.headline_ok
            else join([_("{label}:", label=_("set aside")), " ", written_note(row.note)]),
        )
        for row in rows
    )
    return columns, body
