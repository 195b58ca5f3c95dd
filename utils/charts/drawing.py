"""A drawn figure and the words around it."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from utils.analysis.model import Observation
from utils.text.html import Markup


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure with its words, all in the visitor's language.

    ``title`` says what the chart shows as a sentence computed from data; ``subtitle`` says unit,
    who counted and as of; ``alt`` describes it for those who cannot see it. ``columns`` and
    ``rows`` are the same numbers as a table (``numeric``: which columns hold numbers); ``shown``
    are the observations drawn, from which the source line is printed. ``row_ids`` are the ids of the
    observations that ``rows`` are, one a row, whose figure stands in the first numeric column; empty
    where a row is more than one. A ``wide`` one keeps its width on a phone and is pushed sideways.
    ``inline`` is the same drawing as HTML that folds on a phone: a page shows it
    in place of the figure.
    """

    title: str
    subtitle: str
    alt: str
    figure: go.Figure
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...]
    shown: tuple[Observation, ...]
    row_ids: tuple[str, ...] = ()
    wide: bool = False
    inline: Markup | None = None
