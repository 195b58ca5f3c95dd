"""What the page of displacement shows: counts by province and day, charts, field observations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from utils.analysis import displacement_areas, field_observations
from utils.analysis.displacement_areas import Basis
from utils.analysis.field_observations import FieldFigure, Line
from utils.charts import displacement as curves
from utils.charts import displacement_areas as areas
from utils.charts import displacement_groups as groups
from utils.charts import field_observations as reports
from utils.charts.displacement_areas import basis_label
from utils.charts.field_observations import line_label
from utils.components import displacement as pieces
from utils.draw_context import DrawContext
from utils.exports.dataset import Dataset, of_observations, own_column, widened
from utils.maps.displacement import province_map
from utils.releases import Release
from utils.text.locale import formats, lazy_gettext
from utils.views.filters import one_of, province_name
from utils.views.model import Chosen, Filter, View


def _first_day(release: Release, before: Chosen) -> str:
    return displacement_areas.first_shown(release, displacement_areas.basis_of(before["basis"])).isoformat()


def _days(release: Release, before: Chosen) -> Sequence[str]:
    basis = displacement_areas.basis_of(before["basis"])
    return [day.isoformat() for day in displacement_areas.province_days(release, basis)]


def counted(context: DrawContext, basis: Basis, day: date) -> Dataset:
    """Return the provinces counted on a day."""
    found = displacement_areas.provinces_on(context.release, day, basis)
    return of_observations(context.release, found.provinces, outlined=True)


def aside(context: DrawContext) -> Dataset:
    """Return province figures that lead nothing."""
    return of_observations(context.release, displacement_areas.set_aside(context.release))


_MADE: Final = (
    own_column(
        "figure",
        "string",
        lazy_gettext("How the figure was made"),
        "printed: as its source gives it; summed: our sum of districts; withheld: a sum that is not told",
    ),
    own_column("rows", "integer", lazy_gettext("Rows"), "Number of rows behind the figure"),
)


def newest(context: DrawContext, line: Line) -> Dataset:
    """Return the newest figure of each province of a line."""
    return _figures(context.release, field_observations.newest(context.release, line))


def over_days(context: DrawContext, line: Line, province: str) -> Dataset:
    """Return the figures of one province of a line by day, all of them."""
    return _figures(context.release, field_observations.over_days(context.release, line, province))


def _figures(release: Release, found: Sequence[FieldFigure]) -> Dataset:
    made = of_observations(release, (figure.observation for figure in found))
    return widened(made, found, _MADE, lambda figure: (figure.figure, figure.rows))


BASIS: Final = one_of(
    "basis",
    lazy_gettext("Count"),
    lambda _release, _before: displacement_areas.BASES,
    show=lambda _, _release, code: basis_label(_, displacement_areas.basis_of(code)),
    read=lambda _release, code: displacement_areas.basis_of(code),
    widget="buttons",
)
DAY: Final = Filter(
    "day",
    lazy_gettext("Day of the count"),
    codes=_days,
    default=_first_day,
    show=lambda _, _release, code: formats.short_day(date.fromisoformat(code), _.lang),
    read=lambda _release, code: date.fromisoformat(code),
    widget="slider",
)
FIELD: Final = one_of(
    "field",
    lazy_gettext("What is counted, on which basis, by whom, in which source"),
    lambda release, _before: [line.code for line in field_observations.lines(release)],
    show=lambda _, release, code: line_label(_, release, field_observations.line_of(release, code)),
    argument="line",
    read=field_observations.line_of,
)
FIELD_PROVINCE: Final = one_of(
    "field-province",
    lazy_gettext("Province"),
    lambda release, before: field_observations.provinces(
        release, field_observations.line_of(release, before["field"])
    ),
    show=province_name,
    argument="province",
)
_ON_A_DAY: Final = (BASIS, DAY)

MAP: Final = View("displacement-map", "displacement", province_map, counted, _ON_A_DAY, placed=True)
PROVINCES: Final = View("provinces", "displacement", areas.province_bars, filters=_ON_A_DAY, placed=True)
PROVINCE_MULTIPLES: Final = View(
    "province-multiples", "displacement", areas.province_multiples, filters=_ON_A_DAY, placed=True
)
SET_ASIDE: Final = View(
    "set-aside",
    "displacement",
    pieces.set_aside,
    aside,
    title=lazy_gettext("Province figures set aside"),
    placed=True,
)
NATIONAL: Final = View("national", "displacement", curves.national_chart)
SITES_HOSTS: Final = View("sites-hosts", "displacement", areas.sites_and_hosts)
RETURNS: Final = View("returns", "displacement", groups.returns_chart)
THAILAND: Final = View("thailand", "displacement", groups.thailand_chart)
GROUPS: Final = View("groups", "displacement", groups.groups_chart)
MIGRANTS: Final = View("migrants", "displacement", groups.migrants_chart)
FIELD_NEWEST: Final = View(
    "field-newest",
    "displacement",
    reports.newest_bars,
    newest,
    (FIELD,),
    placed=True,
    held=field_observations.is_there,
)
FIELD_DAYS: Final = View(
    "field-days",
    "displacement",
    reports.province_days,
    over_days,
    (FIELD, FIELD_PROVINCE),
    placed=True,
    held=field_observations.is_there,
)
