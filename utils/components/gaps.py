"""The grid of what is known, old, contested or missing: words and pattern, not colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from utils.analysis import gaps, observations, places
from utils.analysis.gaps import Cell
from utils.analysis.model import Freshness
from utils.analysis.series_status import State
from utils.components import addresses, words
from utils.draw_context import DrawContext
from utils.releases import Release, per_release
from utils.text.html import Markup, el, join, link
from utils.text.locale import Translator, translator


def state_name(_: Translator, state: State) -> str:
    """Return the name of a state."""
    return {"known": _("known"), "old": _("old"), "contested": _("contested"), "missing": _("not found")}[
        state
    ]


_SIGNS: dict[State, str] = {"known": "●", "old": "◐", "contested": "≠", "missing": "○"}


def badge(_: Translator, state: State, age: Freshness | None, differing: int = 0) -> Markup:
    """Return a state in words with its sign, its age, and how many figures differ."""
    parts = [state_name(_, state)]
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


def grid(context: DrawContext) -> Markup:
    """Return the grid as a table; each figure leads to its page, each area to its card."""
    return _drawn(context.release, context.lang, context.today, addresses.carried(context.lang))


@per_release
def _drawn(release: Release, lang: str, today: date, _carried: str) -> Markup:
    """Return the grid as HTML, written once for each language, day, and what its links carry along."""
    _ = translator(lang)
    rows = gaps.grid(release, today)
    caption = _("Known, old, contested or not found, by area and topic")
    return el(
        "section",
        el("p", _.translate(gaps.sentence(rows)), class_="sk-lead"),
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
        data_figure="gaps",
    )


def _head(name: str) -> Markup:
    return el("th", name, scope="col")


def _row(_: Translator, release: Release, row: Sequence[Cell]) -> Markup:
    return el(
        "tr",
        el("th", _area(_, release, row[0].area), scope="row"),
        *(_cell(_, release, cell) for cell in row),
    )


def _area(_: Translator, release: Release, code: str) -> Markup:
    """Return the name of an area as a link to its card."""
    if code == gaps.NATIONAL:
        return link(words.country(_, code), addresses.place_address(_.lang, "khm"))
    place = places.by_pcode(release)[code]
    return link(place.names.of(_.lang), addresses.place_address(_.lang, place.place_id))


def _cell(_: Translator, release: Release, cell: Cell) -> Markup:
    state = badge(_, cell.state, cell.freshness, len(cell.contested_by))
    row = cell.observation
    if row is None:
        return el("td", state, class_=f"sk-gap-{cell.state}")
    if row.unit == "rows":
        number = el(
            "span", _.ngettext("{count} gift or delivery", "{count} gifts or deliveries", int(row.value or 0))
        )
    else:
        number = addresses.figure_link(_, words.qualified(_, row), row.observation_id)
    more = _several(_, release, cell)
    return el("td", el("b", number), more, el("br"), state, class_=f"sk-gap-{cell.state}")


def _several(_: Translator, release: Release, cell: Cell) -> Markup | None:
    """Return what the figure of a topic of several series counts, and how many series there are."""
    if cell.topic not in gaps.MIXED or cell.observation is None:
        return None
    parts = [_.translate(observations.indicators(release)[cell.observation.indicator].name)]
    if cell.series > 1:
        parts.append(_.ngettext("of {count} series", "of {count} series", cell.series))
    return join([el("br"), el("span", ", ".join(parts), class_="sk-muted")])
