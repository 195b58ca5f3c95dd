"""The list of all views, by name: what the pages show and the routes hand out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from utils.analysis import displacement_areas, field_observations, observations, overview, sources
from utils.analysis.displacement_areas import Basis
from utils.charts import displacement as curves
from utils.charts import displacement_areas as areas
from utils.charts import displacement_groups as groups
from utils.charts import donations as money
from utils.charts import field_observations as reports
from utils.charts import giving as chains
from utils.charts import shelters as sites
from utils.charts.drawing import Drawing
from utils.exports import donations, filters, relief
from utils.exports import field_observations as observed
from utils.exports import places as lists_of_areas
from utils.exports.dataset import Sheet, of_observations, of_table
from utils.exports.lists import LISTS
from utils.exports.views import Chosen, Draw, Filter, UnknownView, View, by_name, criteria, table
from utils.maps import displacement as province_maps
from utils.maps import overview as overview_maps
from utils.maps import relief as relief_maps
from utils.maps import shelters as site_maps
from utils.maps import solidarity as world_maps
from utils.maps.model import DrawnMap
from utils.product.palette import Theme
from utils.releases import Release
from utils.settings import clock
from utils.text.locale import M_, Translator

_Simple = Callable[[Release, str, Theme], Drawing | DrawnMap]
_Rows = Callable[[Release, Chosen], Sheet]


def _chart(
    name: str,
    page: str,
    draw: Draw,
    *,
    own: tuple[Filter, ...] = (),
    sheet: _Rows | None = None,
    placed: bool = False,
    held: Callable[[Release], bool] | None = None,
) -> View:
    """Return the view of a chart or map: its sheet is what it draws, unless another is given."""

    def words(_: Translator, release: Release, chosen: Chosen) -> tuple[str, str]:
        made = draw(release, _.lang, "light", chosen)
        return (made.title, made.subtitle) if made else ("", "")

    def shown(release: Release, chosen: Chosen) -> Sheet:
        made = draw(release, "en", "light", chosen)
        if not isinstance(made, Drawing):
            raise UnknownView(name=name)
        return of_observations(release, made.shown)

    return View(name, page, sheet or shown, words, own, draw, placed, held)


def _simple(function: _Simple) -> Draw:
    return lambda release, lang, theme, _chosen: function(release, lang, theme)


def _day(chosen: Chosen) -> tuple[date, Basis]:
    return date.fromisoformat(chosen["day"]), displacement_areas.basis_of(chosen["basis"])


def _counted(release: Release, chosen: Chosen) -> Sheet:
    found = displacement_areas.provinces_on(release, *_day(chosen))
    return of_observations(release, found.provinces, outlined=True)


def _last_complete(release: Release, _chosen: Chosen) -> Sheet:
    found = displacement_areas.last_complete(release)
    return of_observations(release, found.provinces if found else (), outlined=True)


def _whole(named: str) -> _Rows:
    return lambda release, _chosen: of_table(release, named)


def _sources(release: Release, chosen: Chosen) -> Sheet:
    found = sources.matching(release, **criteria(chosen))
    return of_table(release, "sources", key="source_id", only=[use.source.source_id for use in found])


def _events(release: Release, _chosen: Chosen) -> Sheet:
    shown = [event.event_id for event in overview.last_events(release)]
    return of_table(release, "events", key="event_id", only=shown)


def _aside(release: Release, _chosen: Chosen) -> Sheet:
    return of_observations(release, displacement_areas.set_aside(release))


def _conflicts(release: Release, _chosen: Chosen) -> Sheet:
    return of_observations(
        release, (row for conflict in sources.conflicts(release) for row in conflict.figures)
    )


def _series(release: Release, _chosen: Chosen) -> Sheet:
    return of_observations(release, (one.newest for one in sources.series(release, date.max)))


def _missing(release: Release, _chosen: Chosen) -> Sheet:
    rows = [row for row in observations.rows(release, "looked_for") if row["topic"] == "donations"]
    return of_table(release, "looked_for", key="search_id", only=[row["search_id"] for row in rows])


def _areas(release: Release, _chosen: Chosen) -> Sheet:
    return of_table(release, "site_counts")


_ON_A_DAY: Final = (filters.BASIS, filters.DAY)
_MONEY: Final = (filters.CURRENCY,)

VIEWS: Final[Mapping[str, View]] = by_name(
    (
        _chart(
            "overview-map",
            "overview",
            _simple(overview_maps.overview_map),
            sheet=_last_complete,
            placed=True,
        ),
        _chart("overview-curve", "overview", _simple(curves.overview_curve)),
        table("last-events", "overview", M_("What happened last"), _events, placed=True),
        _chart(
            "displacement-map",
            "displacement",
            lambda release, lang, theme, chosen: province_maps.province_map(
                release, lang, theme, *_day(chosen)
            ),
            own=_ON_A_DAY,
            sheet=_counted,
            placed=True,
        ),
        _chart(
            "provinces",
            "displacement",
            lambda release, lang, theme, chosen: areas.province_bars(release, lang, theme, *_day(chosen)),
            own=_ON_A_DAY,
            placed=True,
        ),
        _chart(
            "province-multiples",
            "displacement",
            lambda release, lang, theme, chosen: areas.province_multiples(
                release, lang, theme, *_day(chosen)
            ),
            own=_ON_A_DAY,
            placed=True,
        ),
        table("set-aside", "displacement", M_("Province figures set aside"), _aside, placed=True),
        _chart("national", "displacement", _simple(curves.national_chart)),
        _chart("sites-hosts", "displacement", _simple(areas.sites_and_hosts)),
        _chart("relief-hosts", "relief", _simple(areas.sites_and_hosts)),
        _chart("giving-hosts", "giving", _simple(areas.sites_and_hosts)),
        _chart("returns", "displacement", _simple(groups.returns_chart)),
        _chart("thailand", "displacement", _simple(groups.thailand_chart)),
        _chart("groups", "displacement", _simple(groups.groups_chart)),
        _chart("migrants", "displacement", _simple(groups.migrants_chart)),
        _chart(
            "field-newest",
            "displacement",
            lambda release, lang, theme, chosen: reports.newest_bars(
                release, lang, theme, field_observations.line_of(release, chosen["field"])
            ),
            own=(filters.FIELD,),
            sheet=observed.newest,
            placed=True,
            held=field_observations.is_there,
        ),
        _chart(
            "field-days",
            "displacement",
            lambda release, lang, theme, chosen: reports.province_days(
                release,
                lang,
                theme,
                field_observations.line_of(release, chosen["field"]),
                chosen["field-province"],
            ),
            own=(filters.FIELD, filters.FIELD_PROVINCE),
            sheet=observed.over_days,
            placed=True,
            held=field_observations.is_there,
        ),
        _chart(
            "shelters-map",
            "shelters",
            _simple(site_maps.counts_map),
            sheet=_areas,
            placed=True,
        ),
        table("areas", "shelters", M_("Sites and people by area"), _areas, placed=True),
        _chart("sites-open", "shelters", _simple(sites.sites_chart)),
        _chart("sites-provinces", "shelters", _simple(sites.provinces_chart), placed=True),
        table(
            "named-sites",
            "shelters",
            M_("Closed sites and goods hand-over points"),
            _whole("named_sites"),
            placed=True,
        ),
        _chart(
            "slices",
            "donations",
            lambda release, lang, theme, chosen: money.slices_chart(
                release, donations.currency(chosen), lang, theme
            ),
            own=_MONEY,
            sheet=donations.slices,
        ),
        _chart(
            "dimension",
            "donations",
            lambda release, lang, theme, chosen: money.dimension_chart(
                release, donations.currency(chosen), chosen["by"], "all", lang, theme
            ),
            own=(*_MONEY, filters.GROUPED),
            sheet=donations.grouped,
        ),
        _chart(
            "over-time",
            "donations",
            lambda release, lang, theme, chosen: money.time_chart(
                release, donations.currency(chosen), lang, theme
            ),
            own=_MONEY,
            sheet=donations.dated,
        ),
        table(
            "gifts",
            "donations",
            M_("All gifts"),
            donations.listed,
            *_MONEY,
            *filters.GIFTS,
            filters.TEXT,
        ),
        table("goods", "donations", M_("Goods"), donations.in_kind),
        table("not-found", "donations", M_("Looked for and not found"), _missing),
        table("sources", "sources", M_("Sources"), _sources, *filters.SOURCES, filters.TEXT),
        table("conflicts", "sources", M_("Where counts differ"), _conflicts),
        table("breaks", "sources", M_("Known breaks"), _whole("series_breaks")),
        table("series", "sources", M_("How old each series is"), _series, placed=True),
        table("definitions", "sources", M_("Definitions"), _whole("indicators")),
        View(
            "table",
            "sources",
            lambda release, chosen: of_table(release, chosen["table"]),
            lambda _, release, chosen: (filters.table_title(_, release, chosen["table"]), ""),
            (filters.TABLE,),
            placed=True,
        ),
        _chart("relief-map", "relief", _simple(relief_maps.relief_map), sheet=relief.matrix, placed=True),
        _chart(
            "giving-money",
            "giving",
            lambda release, lang, theme, chosen: chains.money_chart(
                release, donations.currency(chosen), lang, theme
            ),
            own=_MONEY,
            sheet=relief.money,
        ),
        _chart("giving-goods", "giving", _simple(chains.goods_chart), sheet=relief.goods),
        _chart(
            "world-map",
            "solidarity",
            lambda release, lang, theme, _chosen: world_maps.world_map(release, clock.today(), lang, theme),
            sheet=lists_of_areas.everywhere,
            placed=True,
        ),
        *LISTS,
    )
)


def view(name: str) -> View:
    """Return a view by name. Raises :class:`utils.exports.views.UnknownView`."""
    try:
        return VIEWS[name]
    except KeyError as error:
        raise UnknownView(name=name) from error
