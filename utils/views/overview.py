"""What the overview shows: the map and curve of displaced people, gaps, the last events."""

from __future__ import annotations

from typing import Final

from utils.analysis import displacement_areas, gaps, observations, overview
from utils.charts.displacement import overview_curve
from utils.components import gaps as gap_grid
from utils.components import lists
from utils.draw_context import DrawContext
from utils.exports.dataset import (
    Cell,
    Dataset,
    area_spot,
    cited,
    contract_column,
    newest_of,
    of_observations,
    of_table,
    own_column,
    whole,
)
from utils.maps.overview import overview_map
from utils.releases import Release
from utils.text.locale import lazy_gettext
from utils.views.columns import AGE, CONTESTED, STATE
from utils.views.model import View


def last_complete(context: DrawContext) -> Dataset:
    """Return the last complete list of provinces."""
    counted = displacement_areas.last_complete(context.release)
    return of_observations(context.release, counted.provinces if counted else (), outlined=True)


def last_events(context: DrawContext) -> Dataset:
    """Return the newest events of the record."""
    shown = [event.event_id for event in overview.last_events(context.release)]
    return of_table(context.release, "events", key="event_id", only=shown)


_TOPIC: Final = own_column("topic", "string", lazy_gettext("Topic"), "Column of the grid")

_SERIES: Final = own_column(
    "series", "integer", lazy_gettext("Series"), "Number of different series of the topic"
)

_ROWS: Final = own_column("row_ids", "string", lazy_gettext("Row ids"), "Rows behind a count of our own")


def known(context: DrawContext) -> Dataset:
    """Return the grid of what is known, old, contested or missing, a cell a row."""
    cells = [cell for row in gaps.grid(context.release, context.today) for cell in row]
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
        sources=cited(
            source
            for cell in cells
            for row in (cell.observation, *cell.contested_by)
            if row
            for source in row.sources
        ),
        newest=newest_of(cell.observation.as_of for cell in cells if cell.observation),
        spots=tuple(area_spot(context.release, cell.area, outlined=True) for cell in cells),
    )


def _cell(release: Release, cell: gaps.Cell) -> tuple[Cell, ...]:
    row = cell.observation
    province = "" if cell.area == gaps.NATIONAL else cell.area
    figure: tuple[Cell, ...] = (
        (
            row.observation_id,
            row.indicator,
            whole(row.value),
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
        observations.place_names(release, "en").get(province, ""),
        cell.topic,
        cell.state,
        *figure,
        cell.freshness.days if cell.freshness else None,
        cell.series or None,
        " ".join(other.observation_id for other in cell.contested_by),
        " ".join(row.computed_from) if row else "",
    )


MAP: Final = View("overview-map", "overview", overview_map, last_complete, placed=True)
CURVE: Final = View("overview-curve", "overview", overview_curve)
LAST_EVENTS: Final = View(
    "last-events",
    "overview",
    lists.last_events,
    last_events,
    title=lazy_gettext("What happened last"),
    placed=True,
)
GAPS: Final = View(
    "gaps", "overview", gap_grid.grid, known, title=lazy_gettext("What is not known"), placed=True
)
