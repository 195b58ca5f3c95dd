"""The filters of the pages, as the address holds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from utils.analysis import displacement_areas, donations, field_observations, observations, sources, timeline
from utils.analysis.exchange_rates import CURRENCIES
from utils.charts.displacement_areas import basis_label
from utils.charts.field_observations import line_label
from utils.exports.views import ALL, Chosen, Filter
from utils.releases import Release
from utils.text.locale import M_, Message, Translator, formats
from utils.text.locale.digits import spoken

_GROUPS: Final = {
    "donor_kind": M_("Kind of donor"),
    "donor_country": M_("Country of the donor"),
    "recipient": M_("Recipient"),
}
_Codes = Callable[[Release], Sequence[str]]
_Show = Callable[[Translator, Release, str], str]


def any_of(name: str, label: Message, every: Message, codes: _Codes, show: _Show) -> Filter:
    """Return a filter that lets everything through until a code is chosen."""
    return Filter(
        name,
        label,
        codes=lambda release, _before: (ALL, *codes(release)),
        default=lambda _release, _before: ALL,
        show=lambda _, release, code: _("all") if code == ALL else show(_, release, code),
        every=every,
    )


def coded(name: str, label: Message, every: Message, codes: _Codes, column: str = "") -> Filter:
    """Return such a filter by a column of closed values, which is named as the filter unless told."""
    return any_of(name, label, every, codes, lambda _, _release, code: _.c(column or name, code))


def one_of(
    name: str, label: Message, codes: Callable[[Release, Chosen], Sequence[str]], show: _Show
) -> Filter:
    """Return a filter of which one code is always chosen, at first the first."""
    return Filter(name, label, codes, lambda release, before: codes(release, before)[0], show)


def free_text(name: str) -> Filter:
    """Return a filter of words that are looked for."""
    return Filter(name, M_("Search text"), None, lambda _release, _before: "", lambda _, _release, text: text)


def phase_name(_: Translator, release: Release, code: str) -> str:
    """Return the name of a phase."""
    name = timeline.phases(release).get(code)
    return _.msg(name) if name else code


def country(_: Translator, _release: Release, code: str) -> str:
    """Return the name of a country."""
    return formats.country(code, _.lang)


def place_name(_: Translator, release: Release, code: str) -> str:
    """Return the name of a province."""
    return observations.place_names(release, _.lang).get(code, code)


def _first_day(release: Release, before: Chosen) -> str:
    return displacement_areas.first_shown(release, displacement_areas.basis_of(before["basis"])).isoformat()


def _days(release: Release, before: Chosen) -> Sequence[str]:
    basis = displacement_areas.basis_of(before["basis"])
    return [day.isoformat() for day in displacement_areas.province_days(release, basis)]


BASIS: Final = one_of(
    "basis",
    M_("Count"),
    lambda _release, _before: displacement_areas.BASES,
    lambda _, _release, code: basis_label(_, displacement_areas.basis_of(code)),
)
DAY: Final = Filter(
    "day",
    M_("Day of the count"),
    codes=_days,
    default=_first_day,
    show=lambda _, _release, code: formats.short_day(date.fromisoformat(code), _.lang),
)
FIELD: Final = one_of(
    "field",
    M_("What is counted, on which basis, by whom, in which source"),
    lambda release, _before: [line.code for line in field_observations.lines(release)],
    lambda _, release, code: line_label(_, release, field_observations.line_of(release, code)),
)
FIELD_PROVINCE: Final = one_of(
    "field-province",
    M_("Province"),
    lambda release, before: field_observations.provinces(
        release, field_observations.line_of(release, before["field"])
    ),
    place_name,
)
CURRENCY: Final = one_of(
    "currency", M_("Currency"), lambda _release, _before: CURRENCIES, lambda _, _release, code: code
)
GROUPED: Final = one_of(
    "by",
    M_("Grouped by"),
    lambda _release, _before: donations.DIMENSIONS,
    lambda _, _release, code: _.msg(_GROUPS[code]),
)
SLICE: Final = any_of(
    "slice",
    M_("Slice"),
    M_("All slices"),
    lambda _release: (*donations.SLICES, "pledged"),
    lambda _, _release, code: _.msg(donations.SLICE_NAMES[code]),
)
DONOR: Final = coded(
    "donor",
    M_("Kind of donor"),
    M_("All kinds"),
    lambda release: donations.choices(release, "donor_kind"),
    "donor_kind",
)
COUNTRY: Final = any_of(
    "country",
    M_("Country of the donor"),
    M_("All countries"),
    lambda release: donations.choices(release, "donor_country"),
    country,
)
PHASE: Final = any_of(
    "phase", M_("Phase"), M_("All phases"), lambda release: donations.choices(release, "phase"), phase_name
)
GIFTS: Final = (SLICE, DONOR, COUNTRY, PHASE)
SOURCES: Final = (
    coded("grade", M_("Grade"), M_("All grades"), lambda _release: sources.GRADES),
    coded("kind", M_("Kind of publisher"), M_("All kinds"), sources.kinds),
)
TEXT: Final = free_text("q")


def whole_table(release: Release) -> tuple[str, ...]:
    """Return the names of the tables of a release that may be taken away whole: not the very long ones."""
    return tuple(one.name for one in sources.dictionary(release) if not one.streamed)


TABLE: Final = Filter(
    "table",
    M_("Table"),
    codes=lambda release, _before: whole_table(release),
    default=lambda _release, _before: "displacement",
    show=lambda _, release, code: table_title(_, release, code),
)


def table_title(_: Translator, release: Release, name: str) -> str:
    """Return the title of a table in the reader's language, from the contract."""
    for one in sources.dictionary(release):
        if one.name == name:
            return one.titles.get(spoken(_.lang)) or one.titles["en"]
    return name
