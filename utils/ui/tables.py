"""Whole tables: the choice of one, its files, its dictionary."""

from __future__ import annotations

import streamlit as st

from utils.analysis import sources
from utils.components.sources import table_title
from utils.components.tables import twin_of
from utils.text.html import el
from utils.ui import downloads, filters
from utils.ui.visitor import Visitor
from utils.views.sources import TABLE


def show_tables(visitor: Visitor) -> None:
    """Draw the choice of a table, offer it as a file in every format, and print its dictionary."""
    _, release = visitor._, visitor.release
    tables = {table.name: table for table in sources.list_public_tables(release)}
    name = filters.choose_code(
        "table",
        list(tables),
        _("Table"),
        lang=visitor.lang,
        show=lambda code: table_title(_, release, code),
        default="displacement",
    )
    table = tables[name]
    if table.streamed:
        file = el("code", f"releases/{release.release_id}/{release.tier}/{name}.parquet")
        reason = _("This table is too long to be sent from here. Its file in the data folder: ")
        st.html(el("p", reason, file, class_="sk-note", lang=visitor.lang))
    rows = _.ngettext("{count} row", "{count} rows", table.rows)
    licence = _("Licence: {licence}", licence=table.licence or "CC-BY-4.0")
    st.html(el("p", rows, " · ", licence, class_="sk-foot"))
    if not table.streamed:
        downloads.show_menu(visitor, TABLE, {"table": name})
    dictionary = [
        [
            el("code", column.name),
            column.titles.of(visitor.lang),
            _.pgettext("column_type", column.kind),
            _.pgettext("unit", column.unit),
            el("span", column.description, lang="en"),
        ]
        for column in table.columns
    ]
    st.html(
        twin_of(
            _,
            [_("Column"), _("Title"), _("Type"), _("Unit"), _("Description")],
            dictionary,
            caption=_("Dictionary of “{table}”", table=table_title(_, release, name)),
            label=_("Dictionary of this table"),
        )
    )
