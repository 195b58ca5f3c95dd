"""What the overview shows: the map and curve of displaced people, gaps, the last events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from utils.analysis import displacement_areas, displacement_series, gaps, observations, overview
from utils.charts.overview import overview_curve
from utils.components import lists
from utils.components.gaps import gap_grid
from utils.draw_context import DrawContext
from utils.exports.dataset import (
    CellValue,
    Dataset,
    contract_column,
    find_area_spot,
    list_observations,
    newest_day,
    own_column,
    read_table_rows,
    unique_sources,
    whole_number,
)
from utils.maps.overview import overview_map
from utils.releases import Release
from utils.text.locale import formats, lazy_gettext
from utils.views.columns import AGE, CONTESTED, STATE
from utils.views.filters import find_nearest_day
from utils.views.model import Chosen, Filter, View


def list_provinces_of_day(context: DrawContext, day: date | None) -> Dataset:
    """Return the counts of provinces of a day, by default those of the last complete list."""
    release = context.release
    counted = (
        displacement_areas.find_province_day(release, day, "sheltering")
        if day
        else displacement_areas.latest_complete_day(release)
    )
    return list_observations(release, counted.provinces if counted else (), outlined=True)


def list_headline(context: DrawContext, day: date | None) -> Dataset:
    """Return the headline series, whatever day of the map is marked on it."""
    return list_observations(context.release, displacement_series.list_headline_figures(context.release))


def list_last_events(context: DrawContext) -> Dataset:
    """Return the newest events of the record."""
    shown = [event.event_id for event in overview.list_last_events(context.release)]
    return read_table_rows(context.release, "events", key="event_id", only=shown)


_TOPIC: Final = own_column("topic", "string", lazy_gettext("Topic"), "Column of the grid")

_SERIES: Final = own_column(
    "series", "integer", lazy_gettext("Series"), "Number of different series of the topic"
)

_ROWS: Final = own_column("row_ids", "string", lazy_gettext("Row ids"), "Rows behind a count of our own")


def list_gaps(context: DrawContext) -> Dataset:
    """Return the grid of what is known, old, contested or missing, a cell a row."""
    cells = [cell for row in gaps.build_gap_grid(context.release, context.today) for cell in row]
    columns = (
        contract_column(context.release, "displacement", "country"),
        contract_column(context.release, "displacement", "admin1_pcode"),
        contract_column(context.release, "displacement", "admin1"),
        _TOPIC,
        STATE,
        *(
            contract_column(context.release, "displacement", name)
            for name in ("observation_id", "indicator", "value", "unit", "qualifier", "as_of", "source_id")
        ),
        AGE,
        _SERIES,
        CONTESTED,
        _ROWS,
    )
    return Dataset(
        columns=columns,
        rows=tuple(_cell(context.release, cell) for cell in cells),
        sources=unique_sources(
            source
            for cell in cells
            for row in (cell.observation, *cell.contested_by)
            if row
            for source in row.sources
        ),
        newest=newest_day(cell.observation.as_of for cell in cells if cell.observation),
        spots=tuple(find_area_spot(context.release, cell.area, outlined=True) for cell in cells),
    )


def _cell(release: Release, cell: gaps.GapCell) -> tuple[CellValue, ...]:
    row = cell.observation
    province = "" if cell.area == gaps.NATIONAL else cell.area
    figure: tuple[CellValue, ...] = (
        (
            row.observation_id,
            row.indicator,
            whole_number(row.value),
            row.unit,
            row.qualifier,
            row.as_of,
            row.source.source_id if row.source else "",
        )
        if row
        else ("", "", None, "", "", None, "")
    )
    return (
        gaps.NATIONAL,
        province,
        observations.load_place_names(release, "en").get(province, ""),
        cell.topic,
        cell.state,
        *figure,
        cell.freshness.days if cell.freshness else None,
        cell.series or None,
        " ".join(other.observation_id for other in cell.contested_by),
        " ".join(row.computed_from) if row else "",
    )


def _list_days(release: Release, _before: Chosen) -> Sequence[str]:
    days = displacement_areas.list_province_days(release, "sheltering")
    return sorted(day.isoformat() for day in days)


def _find_opening_day(release: Release, _before: Chosen) -> str:
    counted = displacement_areas.latest_complete_day(release)
    return counted.day.isoformat() if counted else ""


DAY: Final = Filter(
    "day",
    lazy_gettext("Day of the map"),
    codes=_list_days,
    default=_find_opening_day,
    show=lambda _, _release, code: formats.format_short_day(date.fromisoformat(code), _.lang) if code else "",
    read=lambda _release, code: date.fromisoformat(code) if code else None,
    widget="slider",
    near=find_nearest_day,
)
MAP: Final = View("overview-map", "overview", overview_map, list_provinces_of_day, (DAY,), placed=True)
CURVE: Final = View("overview-curve", "overview", overview_curve, list_headline, (DAY,))
LAST_EVENTS: Final = View(
    "last-events",
    "overview",
    lists.last_events,
    list_last_events,
    title=lazy_gettext("What happened last"),
    placed=True,
)
GAPS: Final = View(
    "gaps",
    "overview",
    gap_grid,
    list_gaps,
    title=lazy_gettext("What is not known"),
    placed=True,
)
