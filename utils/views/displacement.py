"""What the page of displacement shows: counts by province and day, charts, field observations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from utils.analysis import displacement_areas, displacement_series, field_observations
from utils.analysis.displacement_areas import Basis
from utils.analysis.field_observations import FieldFigure, FieldLine
from utils.charts import displacement as curves
from utils.charts import displacement_areas as areas
from utils.charts import displacement_groups as groups
from utils.charts import field_observations as reports
from utils.charts.displacement_areas import basis_label, basis_option
from utils.charts.drawing import Drawing
from utils.charts.field_observations import line_label
from utils.charts.overview import overview_curve
from utils.components import displacement as pieces
from utils.draw_context import DrawContext
from utils.exports.dataset import Dataset, add_columns, list_observations, own_column
from utils.maps.displacement import province_map
from utils.releases import Release
from utils.text.locale import formats, lazy_gettext
from utils.views.filters import find_nearest_day, format_province, required_choice
from utils.views.model import Chosen, Filter, View


def _first_day(release: Release, before: Chosen) -> str:
    return displacement_areas.choose_opening_day(
        release, displacement_areas.parse_basis(before["basis"])
    ).isoformat()


def _days(release: Release, before: Chosen) -> Sequence[str]:
    basis = displacement_areas.parse_basis(before["basis"])
    return [day.isoformat() for day in displacement_areas.list_province_days(release, basis)]


def list_provinces_on(context: DrawContext, basis: Basis, day: date) -> Dataset:
    """Return the provinces counted on a day."""
    figures = displacement_areas.find_province_day(context.release, day, basis)
    return list_observations(context.release, figures.provinces, outlined=True)


def list_set_aside(context: DrawContext) -> Dataset:
    """Return province figures that lead nothing."""
    return list_observations(context.release, displacement_areas.list_set_aside(context.release))


_MADE: Final = (
    own_column(
        "figure",
        "string",
        lazy_gettext("How the figure was made"),
        "printed: as its source gives it; summed: our sum of districts; withheld: a sum that is not told",
    ),
    own_column("rows", "integer", lazy_gettext("Rows"), "Number of rows behind the figure"),
)


def list_newest_figures(context: DrawContext, line: FieldLine) -> Dataset:
    """Return the newest figure of each province of a line."""
    return _figures(context.release, field_observations.list_newest_figures(context.release, line))


def list_figures_over_days(context: DrawContext, line: FieldLine, province: str) -> Dataset:
    """Return the figures of one province of a line by day, all of them."""
    return _figures(context.release, field_observations.list_daily_figures(context.release, line, province))


def _figures(release: Release, figures: Sequence[FieldFigure]) -> Dataset:
    dataset = list_observations(release, (figure.observation for figure in figures))
    return add_columns(dataset, figures, _MADE, lambda figure: (figure.figure, figure.rows))


BASIS: Final = required_choice(
    "basis",
    lazy_gettext("Count"),
    lambda _release, _before: displacement_areas.BASES,
    show=lambda _, _release, code: basis_label(_, displacement_areas.parse_basis(code)),
    option=lambda _, _release, code: basis_option(_, displacement_areas.parse_basis(code)),
    read=lambda _release, code: displacement_areas.parse_basis(code),
    widget="buttons",
)
DAY: Final = Filter(
    "day",
    lazy_gettext("Day of the count"),
    codes=_days,
    default=_first_day,
    show=lambda _, _release, code: formats.format_short_day(date.fromisoformat(code), _.lang),
    read=lambda _release, code: date.fromisoformat(code),
    widget="slider",
    near=find_nearest_day,
)
FIELD: Final = required_choice(
    "field",
    lazy_gettext("What is counted, on which basis, by whom, in which source"),
    lambda release, _before: [line.code for line in field_observations.list_field_lines(release)],
    show=lambda _, release, code: line_label(_, release, field_observations.find_field_line(release, code)),
    argument="line",
    read=field_observations.find_field_line,
)
FIELD_PROVINCE: Final = required_choice(
    "field-province",
    lazy_gettext("Province"),
    lambda release, before: field_observations.list_line_provinces(
        release, field_observations.find_field_line(release, before["field"])
    ),
    show=format_province,
    argument="province",
)
_ON_A_DAY: Final = (BASIS, DAY)


def _draw_curve(context: DrawContext, basis: Basis, day: date) -> Drawing:
    """Return the headline series with the day of the map marked; the basis changes the map only."""
    return overview_curve(context, day)


def _list_headline(context: DrawContext, basis: Basis, day: date) -> Dataset:
    return list_observations(context.release, displacement_series.list_headline_figures(context.release))


CURVE: Final = View("displacement-curve", "displacement", _draw_curve, _list_headline, _ON_A_DAY)
MAP: Final = View("displacement-map", "displacement", province_map, list_provinces_on, _ON_A_DAY, placed=True)
PROVINCES: Final = View("provinces", "displacement", areas.province_bars, filters=_ON_A_DAY, placed=True)
PROVINCE_MULTIPLES: Final = View(
    "province-multiples", "displacement", areas.province_multiples, filters=_ON_A_DAY, placed=True
)
SET_ASIDE: Final = View(
    "set-aside",
    "displacement",
    pieces.set_aside,
    list_set_aside,
    title=lazy_gettext("Province figures set aside"),
    placed=True,
)
NATIONAL: Final = View("national", "displacement", curves.national_chart)
SITES_HOSTS: Final = View("sites-hosts", "displacement", areas.sites_and_hosts)
RETURNS: Final = View("returns", "displacement", groups.returns_chart)
THAILAND: Final = View("thailand", "displacement", groups.thailand_chart)
GROUPS: Final = View("groups", "displacement", groups.groups_chart)
MIGRANTS: Final = View("migrants", "displacement", groups.migrants_chart)
_SERIES_NAMES: Final = {
    SITES_HOSTS.name: lazy_gettext("Sites and hosts"),
    GROUPS.name: lazy_gettext("Women and children"),
    NATIONAL.name: lazy_gettext("All national figures"),
}
SERIES: Final = required_choice(
    "series",
    lazy_gettext("More series"),
    lambda _release, _before: tuple(_SERIES_NAMES),
    show=lambda _, _release, code: _.translate(_SERIES_NAMES[code]),
    widget="buttons",
)
FIELD_NEWEST: Final = View(
    "field-newest",
    "displacement",
    reports.newest_figures_chart,
    list_newest_figures,
    (FIELD,),
    placed=True,
    held=field_observations.has_field_figures,
)
FIELD_DAYS: Final = View(
    "field-days",
    "displacement",
    reports.province_days_chart,
    list_figures_over_days,
    (FIELD, FIELD_PROVINCE),
    placed=True,
    held=field_observations.has_field_figures,
)
