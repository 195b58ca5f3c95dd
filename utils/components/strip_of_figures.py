"""The strip of a page's figures: each its label, number, date and age, in one card of columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from utils.analysis.freshness import assess_settled
from utils.analysis.model import Observation
from utils.text import wording
from utils.text.html import Markup, el, join, link
from utils.text.locale import Translator


@dataclass(frozen=True, slots=True)
class StripFigure:
    """One figure of a strip, all in the visitor's language; ``address`` opens what is known of it."""

    label: str
    number: str
    dated: str
    address: str = ""


def write_strip(figures: Sequence[StripFigure], *, label: str, lang: str) -> Markup:
    """Return the figures side by side, two in a row on a phone."""
    return el(
        "ul",
        *(
            el(
                "li",
                el("span", figure.label, class_="sk-part-label"),
                el("b", link(figure.number, figure.address) if figure.address else figure.number),
                el("span", figure.dated, class_="sk-part-date"),
            )
            for figure in figures
        ),
        class_="sk-part-strip",
        aria_label=label,
        lang=lang,
    )


def write_opening(sentence: str, strip: Markup) -> Markup:
    """Return the first sentence of a page with the strip of its figures."""
    return join([el("p", sentence, class_="sk-part-opening"), strip])


def join_date_and_age(_: Translator, row: Observation, today: date) -> str:
    """Return the day of a figure with its age, or that it has none."""
    if row.as_of is None:
        return _("undated")
    age = wording.format_age(_, assess_settled(row.as_of, today))
    return " · ".join(filter(None, (wording.format_as_of(_, row, short=True), age)))
