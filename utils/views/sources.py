"""What the page of sources shows: sources, conflicts, breaks, ages, definitions, whole tables."""

from __future__ import annotations

from datetime import date
from typing import Final

from utils.analysis import sources
from utils.components import sources as lists
from utils.components.sources import table_title
from utils.draw_context import DrawContext
from utils.exports.dataset import Dataset, of_observations, of_table
from utils.releases import Release
from utils.text.locale import lazy_gettext
from utils.views.filters import coded, free_text
from utils.views.model import Filter, View


def matching_sources(context: DrawContext, **filters: str) -> Dataset:
    """Return the sources that pass the filters."""
    uses = sources.matching(context.release, **filters)
    return of_table(context.release, "sources", key="source_id", only=[use.source.source_id for use in uses])


def conflicts(context: DrawContext) -> Dataset:
    """Return the figures of the days on which publishers differ."""
    found = sources.conflicts(context.release)
    return of_observations(context.release, (row for conflict in found for row in conflict.figures))


def newest_of_series(context: DrawContext) -> Dataset:
    """Return the newest figure of each series."""
    found = sources.series(context.release, date.max)
    return of_observations(context.release, (series.newest for series in found))


def whole_table(context: DrawContext, table: str) -> Dataset:
    """Return a whole table of the release."""
    return of_table(context.release, table)


def tables_to_take(release: Release) -> tuple[str, ...]:
    """Return the names of the tables of a release that may be taken away whole: not the very long ones."""
    return tuple(table.name for table in sources.dictionary(release) if not table.streamed)


_SOURCES: Final = (
    coded("grade", lazy_gettext("Grade"), lazy_gettext("All grades"), lambda _release: sources.GRADES),
    coded("kind", lazy_gettext("Kind of publisher"), lazy_gettext("All kinds"), sources.kinds),
    free_text(lazy_gettext("Search sources"), lazy_gettext("Publisher or title"), beside=True),
)
_TABLE: Final = Filter(
    "table",
    lazy_gettext("Table"),
    codes=lambda release, _before: tables_to_take(release),
    default=lambda _release, _before: "displacement",
    show=table_title,
)

SOURCES: Final = View(
    "sources", "sources", lists.source_list, matching_sources, _SOURCES, lazy_gettext("Sources")
)
CONFLICTS: Final = View(
    "conflicts", "sources", lists.conflicts, conflicts, title=lazy_gettext("Where counts differ")
)
BREAKS: Final = View(
    "breaks", "sources", lists.series_breaks, "series_breaks", title=lazy_gettext("Known breaks")
)
SERIES: Final = View(
    "series",
    "sources",
    lists.series,
    newest_of_series,
    title=lazy_gettext("How old each series is"),
    placed=True,
)
DEFINITIONS: Final = View(
    "definitions", "sources", lists.definitions, "indicators", title=lazy_gettext("Definitions")
)
TABLE: Final = View(
    "table",
    "sources",
    dataset=whole_table,
    filters=(_TABLE,),
    title=lambda context, table: table_title(context._, context.release, table),
    placed=True,
)
