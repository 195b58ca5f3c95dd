"""Tables to fill in: what stands in one, the template, and how a row is added, in five lines."""

from __future__ import annotations

from functools import partial

import streamlit as st

from utils.analysis import open_tables
from utils.analysis.open_tables import Table
from utils.exports.templates import template
from utils.text.html import Markup, el, link
from utils.text.locale import formats, read_titles
from utils.ui import filters
from utils.ui.tables import paged
from utils.ui.visitor import Visit, address

_PARAMETER = "add"


def none_found(visit: Visit, table: str, *, word: str = "") -> Markup:
    """Return "none found · add yours": an empty field is never read as zero."""
    _ = visit._
    return el(
        "p",
        el("span", word or _("none found"), class_="sk-absent-word"),
        " · ",
        link(_("add yours"), address(visit.lang, "information", {_PARAMETER: table})),
    )


def empty_notice(visit: Visit, table: str) -> None:
    """Print that a table is empty, and the way to add to it."""
    title = open_tables.table(visit.release, table).titles.of(visit.lang)
    st.html(el("div", el("b", title), none_found(visit, table), class_="sk-empty", lang=visit.lang))


def how_to_add(visit: Visit, *tables: str) -> None:
    """Print for the tables of a page where the template and the five lines of how to add a row are."""
    shown = [
        link(
            open_tables.table(visit.release, name).titles.of(visit.lang),
            address(visit.lang, "information", {_PARAMETER: name}),
        )
        for name in tables
    ]
    st.html(
        el(
            "div",
            el("p", visit._("Know more? The template and how to add a row, in five lines:")),
            el("ul", *(el("li", one) for one in shown)),
            class_="sk-away",
            lang=visit.lang,
        )
    )


def add_panel(visit: Visit) -> None:
    """Draw the choice of a table, its rows, how to add one, and its template."""
    _ = visit._
    titles = {
        name: open_tables.table(visit.release, name).titles.of(visit.lang) for name in open_tables.TABLES
    }
    name = filters.choice(
        _PARAMETER,
        open_tables.TABLES,
        _("Table"),
        lang=visit.lang,
        show=titles.__getitem__,
        default=open_tables.STARTED_EMPTY[0],
    )
    one = open_tables.table(visit.release, name)
    st.html(
        el(
            "ol",
            *(el("li", _.msg(step)) for step in open_tables.steps(one)),
            class_="sk-list",
            lang=visit.lang,
        )
    )
    st.download_button(
        _("Template (CSV)"),
        partial(template, visit.release, name),
        file_name=f"samaki-{name}-template.csv",
        mime="text/csv",
        key=f"template-{name}",
        on_click="ignore",
    )
    if name in open_tables.STARTED_EMPTY:
        rows(visit, one)


def rows(visit: Visit, one: Table) -> None:
    """Print the rows of a table that started empty, or that none was found."""
    _ = visit._
    if not one.rows:
        empty_notice(visit, one.name)
        return
    paged(
        visit,
        [read_titles(field).of(visit.lang) for field in one.fields],
        [[_cell(visit, field, row[field["name"]]) for field in one.fields] for row in one.rows],
        caption=one.titles.of(visit.lang),
        parameter=f"rows-{one.name}",
    )


def _cell(visit: Visit, field: object, value: object) -> str:
    assert isinstance(field, dict)  # noqa: S101  # the contract's own form
    if value is None or value == "":
        return "—"
    if hasattr(value, "isoformat"):
        return formats.short_day(value, visit.lang)
    if isinstance(value, float):
        return formats.number(value, visit.lang)
    if field.get("constraints", {}).get("enum"):
        return visit._.c(field["name"], str(value))
    return str(value)


def tasks(visit: Visit) -> None:
    """Print what a committee can take on, and who has."""
    _ = visit._
    st.html(
        el(
            "ul",
            *(
                el("li", el("b", _.c("task", code)), el("br"), _.msg(what))
                for code, what in open_tables.TASKS
            ),
            class_="sk-list",
            lang=visit.lang,
        )
    )
    rows(visit, open_tables.table(visit.release, "adopted_tasks"))
