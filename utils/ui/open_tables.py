"""Tables to fill in: what stands in one, the template, and how a row is added, in five lines."""

from __future__ import annotations

from functools import partial

import streamlit as st

from utils.analysis import open_tables
from utils.analysis.open_tables import OpenTable
from utils.components.addresses import language_address
from utils.components.notices import ADD_PARAMETER, none_found
from utils.components.tables import Listing
from utils.exports.templates import template
from utils.text.html import el, link
from utils.text.locale import formats, read_titles
from utils.ui import filters
from utils.ui.listings import show_listing
from utils.ui.visitor import Visitor


def empty_notice(visitor: Visitor, table: str) -> None:
    """Print that a table is empty, and the way to add to it."""
    title = open_tables.find_open_table(visitor.release, table).titles.of(visitor.lang)
    st.html(el("div", el("b", title), none_found(visitor._, table), class_="sk-empty", lang=visitor.lang))


def how_to_add(visitor: Visitor, *tables: str) -> None:
    """Print for the tables of a page where the template and the five lines of how to add a row are."""
    shown = [
        link(
            open_tables.find_open_table(visitor.release, name).titles.of(visitor.lang),
            language_address(visitor.lang, "information", {ADD_PARAMETER: name}),
        )
        for name in tables
    ]
    st.html(
        el(
            "div",
            el("p", visitor._("Know more? The template and how to add a row, in five lines:")),
            el("ul", *(el("li", address) for address in shown)),
            class_="sk-away",
            lang=visitor.lang,
        )
    )


def add_panel(visitor: Visitor) -> None:
    """Draw the choice of a table, its rows, how to add one, and its template."""
    _ = visitor._
    titles = {
        name: open_tables.find_open_table(visitor.release, name).titles.of(visitor.lang)
        for name in open_tables.TABLES
    }
    name = filters.choice(
        ADD_PARAMETER,
        open_tables.TABLES,
        _("Table"),
        lang=visitor.lang,
        show=titles.__getitem__,
        default=open_tables.STARTED_EMPTY[0],
    )
    table = open_tables.find_open_table(visitor.release, name)
    st.html(
        el(
            "ol",
            *(el("li", _.translate(step)) for step in open_tables.list_steps(table)),
            class_="sk-list",
            lang=visitor.lang,
        )
    )
    st.download_button(
        _("Template (CSV)"),
        partial(template, visitor.release, name),
        file_name=f"samaki-{name}-template.csv",
        mime="text/csv",
        key=f"template-{name}",
        on_click="ignore",
    )
    if name in open_tables.STARTED_EMPTY:
        rows(visitor, table)


def rows(visitor: Visitor, table: OpenTable) -> None:
    """Print the rows of a table that started empty, or that none was found."""
    _ = visitor._
    if not table.rows:
        empty_notice(visitor, table.name)
        return
    show_listing(
        visitor,
        Listing(
            [read_titles(field).of(visitor.lang) for field in table.fields],
            [[_cell(visitor, field, row[field["name"]]) for field in table.fields] for row in table.rows],
            caption=table.titles.of(visitor.lang),
            parameter=f"rows-{table.name}",
        ),
    )


def _cell(visitor: Visitor, field: object, value: object) -> str:
    assert isinstance(field, dict)  # noqa: S101  # the contract's own form
    if value is None or value == "":
        return "—"
    if hasattr(value, "isoformat"):
        return formats.format_short_day(value, visitor.lang)
    if isinstance(value, float):
        return formats.format_number(value, visitor.lang)
    if field.get("constraints", {}).get("enum"):
        return visitor._.pgettext(field["name"], str(value))
    return str(value)


def tasks(visitor: Visitor) -> None:
    """Print what a committee can take on, and who has."""
    _ = visitor._
    st.html(
        el(
            "ul",
            *(
                el("li", el("b", _.pgettext("task", code)), el("br"), _.translate(what))
                for code, what in open_tables.TASKS
            ),
            class_="sk-list",
            lang=visitor.lang,
        )
    )
    rows(visitor, open_tables.find_open_table(visitor.release, "adopted_tasks"))
