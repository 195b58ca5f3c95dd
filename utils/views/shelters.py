"""What the page of shelters shows: counts by area, open sites over time, sites that may be named."""

from __future__ import annotations

from typing import Final

from utils.charts import shelters as charts
from utils.components import shelters as lists
from utils.maps.shelters import counts_map
from utils.text.locale import lazy_gettext
from utils.views.model import View

MAP: Final = View("shelters-map", "shelters", counts_map, "site_counts", placed=True)
AREAS: Final = View(
    "areas",
    "shelters",
    lists.areas,
    "site_counts",
    title=lazy_gettext("Sites and people by area"),
    placed=True,
)
SITES_OPEN: Final = View("sites-open", "shelters", charts.sites_chart)
SITES_PROVINCES: Final = View("sites-provinces", "shelters", charts.provinces_chart, placed=True)
NAMED_SITES: Final = View(
    "named-sites",
    "shelters",
    lists.list_named_sites,
    "named_sites",
    title=lazy_gettext("Closed sites and goods hand-over points"),
    placed=True,
)
