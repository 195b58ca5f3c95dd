"""The grid of what is known, old, contested or missing: words and pattern, not colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from utils.analysis import gaps, observations, places
from utils.analysis.gaps import GapCell
from utils.analysis.model import Freshness
from utils.analysis.series_status import SeriesState
from utils.components import addresses, inline
from utils.draw_context import DrawContext
from utils.releases import Release, per_release
from utils.text import wording
from utils.text.html import Markup, el, join, link
from utils.text.locale import Translator, translator

_SIGNS: dict[SeriesState, str] = {"known": "●", "old": "◐", "contested": "≠", "missing": "○"}
_TONES: Final = (30, 90, 180)
"""Days of age up to which a cell has each tone; an older one has the strongest."""


def state_badge(_: Translator, state: SeriesState, age: Freshness | None, differing: int = 0) -> Markup:
    """Return a state in words with its sign, its age, and how many figures differ."""
    parts = [
        {"known": _("known"), "old": _("old"), "contested": _("contested"), "missing": _("not found")}[state]
    ]
    if state == "old" and age is not None and age.days is not None:
        parts = [_.ngettext("old: {count} day", "old: {count} days", age.days)]
    elif age is not None and age.days is not None:
        parts.append(_.ngettext("{count} day old", "{count} days old", age.days))
    elif age is not None:
        parts.append(_("undated"))
    if differing:
        parts.append(_.ngettext("{count} figure differs", "{count} figures differ", differing))
    return el(
        "span",
        el("span", _SIGNS[state], aria_hidden="true"),
        " ",
        ", ".join(parts),
        class_=f"sk-state-{state}",
    )


def gaps_link(context: DrawContext) -> Markup:
    """Return in one line how many questions have no answer or an old one, leading to the grid."""
    _ = context._
    count = gaps.count_states(gaps.build_gap_grid(context.release, context.today))
    text = _(
        "What is not known: {old} of {all} questions have an old figure, {missing} have none",
        old=count["old"],
        missing=count["missing"],
        all=sum(count.values()),
    )
    return el("p", link(join([text, " →"]), "#gaps"), class_="sk-forward", lang=context.lang)


def gap_grid(context: DrawContext) -> Markup:
    """Return the grid as a table; each figure leads to its page, each area to its card."""
    return _grid(context.release, context.lang, context.today, addresses.carried(context.lang))


@per_release
def _grid(release: Release, lang: str, today: date, _carried: str) -> Markup:
    """Return the grid as HTML, written once for each language, day, and what its links carry along."""
    _ = translator(lang)
    rows = gaps.build_gap_grid(release, today)
    caption = _("Known, old, contested or not found, by area and topic")
    return el(
        "section",
        el("p", _.translate(gaps.summarise_gaps(rows)), class_="sk-lead"),
        el(
            "div",
            el(
                "table",
                el("caption", caption),
                el("thead", el("tr", _head(_("Area")), *map(_head, map(_.translate, gaps.TOPICS.values())))),
                el("tbody", *(_row(_, release, row) for row in rows)),
                lang=lang,
            ),
            class_="sk-table sk-gaps",
            tabindex="0",
            role="region",
            aria_label=caption,
        ),
        lang=lang,
        id="gaps",
        data_figure="gaps",
    )


def _head(name: str) -> Markup:
    return el("th", name, scope="col")


def _row(_: Translator, release: Release, row: Sequence[GapCell]) -> Markup:
    return el(
        "tr",
        el("th", _area(_, release, row[0].area), scope="row"),
        *(_cell(_, release, cell) for cell in row),
    )


def _area(_: Translator, release: Release, code: str) -> Markup:
    """Return the name of an area as a link to its card."""
    if code == gaps.NATIONAL:
        return link(wording.name_country(_, code), addresses.place_address(_.lang, "khm"))
    place = places.index_by_pcode(release)[code]
    return link(place.names.of(_.lang), addresses.place_address(_.lang, place.place_id))


def _cell(_: Translator, release: Release, cell: GapCell) -> Markup:
    state = state_badge(_, cell.state, cell.freshness, len(cell.contested_by))
    row = cell.observation
    if row is None:
        return el("td", state, class_=f"sk-gap-{cell.state}")
    if row.unit == "rows":
        number = el(
            "span", _.ngettext("{count} gift or delivery", "{count} gifts or deliveries", int(row.value or 0))
        )
    else:
        number = addresses.figure_link(_, wording.format_quantity(_, row), row.observation_id)
    more = _several(_, release, cell)
    tone = f" sk-gap-tone-{find_tone(cell.freshness.days)}" if cell.freshness and cell.freshness.days else ""
    return el("td", el("b", number), more, el("br"), state, class_=f"sk-gap-{cell.state}{tone}")


def find_tone(days: int) -> int:
    """Return the tone of an age, from 1 for a month to 4 for more than half a year."""
    return 1 + sum(days > most for most in _TONES)


def _several(_: Translator, release: Release, cell: GapCell) -> Markup | None:
    """Return what the figure of a topic of several series counts, and how many series there are."""
    if cell.topic not in gaps.MIXED or cell.observation is None:
        return None
    parts = [_.translate(observations.load_indicators(release)[cell.observation.indicator].name)]
    if cell.series > 1:
        parts.append(_.ngettext("of {count} series", "of {count} series", cell.series))
    return inline.stack_lines(None, ", ".join(parts))
