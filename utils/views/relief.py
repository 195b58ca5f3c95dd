"""What the page of relief shows: who does what where, deliveries, needs, facilities, ways."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from utils.analysis import facilities, observations, relief, shelters
from utils.charts.displacement_areas import sites_and_hosts
from utils.components import relief as lists
from utils.components.facilities import list_health_facilities
from utils.components.shelters import list_pagodas_and_points
from utils.draw_context import DrawContext
from utils.exports.dataset import (
    Column,
    Dataset,
    contract_column,
    find_area_spot,
    join_columns,
    list_observations,
    newest_day,
    own_column,
    read_table_rows,
    unique_sources,
)
from utils.maps.relief import relief_map
from utils.text.locale import lazy_gettext
from utils.views.columns import list_acts_as_events
from utils.views.filters import coded_choice, format_province, free_text, optional_choice
from utils.views.model import View

_PROVINCES: Final = own_column(
    "provinces", "string", lazy_gettext("Provinces (codes)"), "P-codes of the provinces that the row names"
)

_SECTOR: Final = own_column("sector", "string", lazy_gettext("Sector"), "Kind of goods")

_WHO: Final = (
    own_column(
        "state",
        "string",
        lazy_gettext("State"),
        "reported; none_found: no row names one, which is not that none came",
    ),
    own_column("organisations", "integer", lazy_gettext("Organisations"), "With a reported delivery"),
    own_column("org", "string", lazy_gettext("Names"), "The organisations, in the words of the record"),
    own_column("row_ids", "string", lazy_gettext("Row ids"), "Deliveries behind the number"),
)

_ACCESS: Final = {"access": "", "effect": "", "closed_by": "", "note": "access_note"}
"""Columns of the tables that tell more of an event, and other names of theirs."""


def list_deliveries(context: DrawContext, **filters: str) -> Dataset:
    """Return the deliveries that pass the filters; one of a single province stands in its middle."""
    shown = relief.filter_deliveries(context.release, **filters)
    dataset = join_columns(
        context.release,
        "aid_deliveries",
        "delivery_id",
        {delivery.delivery_id: delivery for delivery in shown},
        (_PROVINCES,),
        lambda delivery: (" ".join(delivery.provinces),),
    )
    spots = (
        find_area_spot(context.release, delivery.provinces[0]) if len(delivery.provinces) == 1 else None
        for delivery in shown
    )
    return replace(dataset, spots=tuple(spots))


def list_organisations_by_sector(context: DrawContext) -> Dataset:
    """Return provinces by sectors with the organisations found in each."""
    cells = relief.build_relief_matrix(context.release)
    names = observations.load_place_names(context.release, "en")
    columns: tuple[Column, ...] = (
        contract_column(context.release, "aid_delivery_areas", "admin1_pcode"),
        contract_column(context.release, "aid_delivery_areas", "admin1"),
        _SECTOR,
        *_WHO,
    )
    return Dataset(
        columns=columns,
        rows=tuple(
            (
                province,
                names.get(province, province),
                sector,
                "reported" if cell.organisations else "none_found",
                len(cell.organisations) or None,
                "; ".join(cell.organisations),
                " ".join(delivery.delivery_id for delivery in cell.deliveries),
            )
            for (province, sector), cell in cells.items()
        ),
        sources=unique_sources(delivery.source for cell in cells.values() for delivery in cell.deliveries),
        newest=newest_day(delivery.on for cell in cells.values() for delivery in cell.deliveries),
        spots=tuple(find_area_spot(context.release, province, outlined=True) for province, _sector in cells),
    )


def list_needs(context: DrawContext) -> Dataset:
    """Return needs, targets and outputs by sector, as the page lists them."""
    shown = [row.observation_id for _sector, rows in relief.list_needs(context.release) for row in rows]
    return read_table_rows(context.release, "needs", key="observation_id", only=shown)


def list_facility_counts(context: DrawContext) -> Dataset:
    """Return the counts of health facilities, as the page lists them."""
    return list_observations(
        context.release, (count.counted for count in facilities.list_facility_counts(context.release))
    )


def list_access_events(context: DrawContext) -> Dataset:
    """Return what opened or closed ways for people and aid, as events."""
    return list_acts_as_events(
        context.release, relief.list_access_events(context.release), "access_events", _ACCESS
    )


def list_pagodas(context: DrawContext) -> Dataset:
    """Return the pagodas and collection points among the sites that may be named."""
    shown = [site.site_id for site in shelters.list_pagodas_and_points(context.release)]
    return read_table_rows(context.release, "named_sites", key="site_id", only=shown)


_DELIVERIES: Final = (
    coded_choice(
        "sector",
        lazy_gettext("Sector"),
        lazy_gettext("All sectors"),
        lambda _release: relief.SECTORS,
        "item_category",
    ),
    optional_choice(
        "province",
        lazy_gettext("Province"),
        lazy_gettext("All provinces"),
        relief.list_delivery_provinces,
        format_province,
    ),
    coded_choice("status", lazy_gettext("Status"), lazy_gettext("All"), lambda _release: relief.STATUSES),
    coded_choice(
        "kind", lazy_gettext("Kind"), lazy_gettext("All kinds"), relief.list_carrier_kinds, "org_kind"
    ),
    free_text(lazy_gettext("Search deliveries"), lazy_gettext("Organisation, goods or place")),
)

MAP: Final = View("relief-map", "relief", relief_map, list_organisations_by_sector, placed=True)
WHO_WHERE: Final = View(
    "who-where",
    "relief",
    lists.who_where,
    list_organisations_by_sector,
    title=lazy_gettext("Who does what where"),
    placed=True,
)
DELIVERIES: Final = View(
    "deliveries",
    "relief",
    lists.list_deliveries,
    list_deliveries,
    _DELIVERIES,
    lazy_gettext("List of deliveries"),
    placed=True,
)
NEEDS: Final = View(
    "needs",
    "relief",
    lists.needs,
    list_needs,
    title=lazy_gettext("Needs, targets and outputs by sector"),
    placed=True,
)
APPEALS: Final = View("appeals", "relief", lists.appeals, "appeals", title=lazy_gettext("What was asked for"))
FACILITIES: Final = View(
    "facilities",
    "relief",
    list_health_facilities,
    list_facility_counts,
    title=lazy_gettext("Health facilities"),
    placed=True,
)
HOSTS: Final = View("relief-hosts", "relief", sites_and_hosts)
PAGODAS: Final = View(
    "pagodas",
    "relief",
    list_pagodas_and_points,
    list_pagodas,
    title=lazy_gettext("Pagodas and collection points"),
    placed=True,
)
ACCESS: Final = View(
    "access", "relief", lists.access_events, list_access_events, title=lazy_gettext("Access"), placed=True
)
CORRIDORS: Final = View(
    "corridors", "relief", lists.corridors, "corridors", title=lazy_gettext("Transport corridors")
)
