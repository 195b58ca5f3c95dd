"""What the page of sources shows: sources, conflicts, breaks, ages, definitions, whole tables."""

from __future__ import annotations

from datetime import date
from typing import Final

from utils.analysis import sources
from utils.components import sources as lists
from utils.components.sources import table_title
from utils.draw_context import DrawContext
from utils.exports.dataset import Dataset, list_observations, read_table_rows
from utils.releases import Release
from utils.text.locale import lazy_gettext
from utils.views.filters import coded_choice, free_text
from utils.views.model import Filter, View


def list_sources(context: DrawContext, **filters: str) -> Dataset:
    """Return the sources that pass the filters."""
    uses = sources.filter_sources(context.release, **filters)
    return read_table_rows(
        context.release, "sources", key="source_id", only=[use.source.source_id for use in uses]
    )


def list_conflicts(context: DrawContext) -> Dataset:
    """Return the figures of the days on which publishers differ."""
    conflicts = sources.list_conflicts(context.release)
    return list_observations(context.release, (row for conflict in conflicts for row in conflict.figures))


def list_series(context: DrawContext) -> Dataset:
    """Return the newest figure of each series."""
    series = sources.list_series_ages(context.release, date.max)
    return list_observations(context.release, (line.newest for line in series))


def whole_table(context: DrawContext, table: str) -> Dataset:
    """Return a whole table of the release."""
    return read_table_rows(context.release, table)


def list_tables_on_offer(release: Release) -> tuple[str, ...]:
    """Return the names of the tables of a release that may be taken away whole: not the very long ones."""
    return tuple(table.name for table in sources.list_public_tables(release) if not table.streamed)


_SOURCES: Final = (
    coded_choice("grade", lazy_gettext("Grade"), lazy_gettext("All grades"), lambda _release: sources.GRADES),
    coded_choice(
        "kind", lazy_gettext("Kind of publisher"), lazy_gettext("All kinds"), sources.list_publisher_kinds
    ),
    free_text(lazy_gettext("Search sources"), lazy_gettext("Publisher or title"), beside=True),
)
_TABLE: Final = Filter(
    "table",
    lazy_gettext("Table"),
    codes=lambda release, _before: list_tables_on_offer(release),
    default=lambda _release, _before: "displacement",
    show=table_title,
)

SOURCES: Final = View(
    "sources", "sources", lists.list_sources, list_sources, _SOURCES, lazy_gettext("Sources")
)
CONFLICTS: Final = View(
    "conflicts", "sources", lists.list_conflicts, list_conflicts, title=lazy_gettext("Where counts differ")
)
BREAKS: Final = View(
    "breaks", "sources", lists.series_breaks, "series_breaks", title=lazy_gettext("Known breaks")
)
SERIES: Final = View(
    "series",
    "sources",
    lists.list_series,
    list_series,
    title=lazy_gettext("How old each series is"),
    placed=True,
)
DEFINITIONS: Final = View(
    "definitions", "sources", lists.list_definitions, "indicators", title=lazy_gettext("Definitions")
)
TABLE: Final = View(
    "table",
    "sources",
    dataset=whole_table,
    filters=(_TABLE,),
    title=lambda context, table: table_title(context._, context.release, table),
    placed=True,
)
