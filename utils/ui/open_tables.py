"""Tables to fill in: what stands in one, the template, and how a row is added, in five lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from utils.analysis import open_tables
from utils.components.addresses import language_address
from utils.components.inline import bullets
from utils.components.notices import ADD_PARAMETER, none_found
from utils.components.tables import Listing
from utils.exports.templates import write_template
from utils.text.html import el, join, link
from utils.text.locale import formats, read_titles
from utils.ui import filters
from utils.ui.listings import show_listing
from utils.ui.visitor import Visitor


def _title(visitor: Visitor, name: str) -> str:
    return open_tables.find_open_table(visitor.release, name).titles.of(visitor.lang)


def show_empty(visitor: Visitor, name: str) -> None:
    """Print that a table is empty, and the way to add to it."""
    title = el("b", _title(visitor, name))
    st.html(el("div", title, none_found(visitor._, name), class_="sk-empty", lang=visitor.lang))


def show_how_to_add(visitor: Visitor, *tables: str) -> None:
    """Print for the tables of a page where the template and the five lines of how to add a row are."""
    lead = visitor._("Know more? The template and how to add a row, in five lines:")
    links = [
        link(_title(visitor, name), language_address(visitor.lang, "information", {ADD_PARAMETER: name}))
        for name in tables
    ]
    st.html(el("div", el("p", lead), bullets(links, class_=None), class_="sk-away", lang=visitor.lang))


def show_template(visitor: Visitor) -> None:
    """Draw the choice of a table, its rows, how to add one, and its template."""
    _ = visitor._
    name = filters.choose_code(
        ADD_PARAMETER,
        open_tables.TABLES,
        _("Table"),
        lang=visitor.lang,
        show=lambda code: _title(visitor, code),
        default=open_tables.STARTED_EMPTY[0],
    )
    table = open_tables.find_open_table(visitor.release, name)
    steps = (el("li", _.translate(step)) for step in open_tables.list_steps(table))
    st.html(el("ol", *steps, class_="sk-list", lang=visitor.lang))
    st.download_button(
        _("Template (CSV)"),
        partial(write_template, visitor.release, name),
        file_name=f"samaki-{name}-template.csv",
        mime="text/csv",
        key=f"template-{name}",
        on_click="ignore",
    )
    if name in open_tables.STARTED_EMPTY:
        show_rows(visitor, name)


def show_rows(visitor: Visitor, name: str) -> None:
    """Print the rows of a table that started empty, or that none was found."""
    table = open_tables.find_open_table(visitor.release, name)
    if not table.rows:
        show_empty(visitor, name)
        return
    show_listing(
        visitor,
        Listing(
            [read_titles(field).of(visitor.lang) for field in table.fields],
            [[_cell(visitor, field, row[field["name"]]) for field in table.fields] for row in table.rows],
            caption=table.titles.of(visitor.lang),
            parameter=f"rows-{name}",
        ),
    )


def _cell(visitor: Visitor, field: Mapping[str, Any], value: object) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, date):
        return formats.format_short_day(value, visitor.lang)
    if isinstance(value, float):
        return formats.format_number(value, visitor.lang)
    if field.get("constraints", {}).get("enum"):
        return visitor._.pgettext(field["name"], str(value))
    return str(value)


def show_tasks(visitor: Visitor) -> None:
    """Print what a committee can take on, and who has."""
    _ = visitor._
    tasks = (
        join([el("b", _.pgettext("task", code)), el("br"), _.translate(task)])
        for code, task in open_tables.TASKS
    )
    st.html(bullets(tasks, visitor.lang))
    show_rows(visitor, "adopted_tasks")
