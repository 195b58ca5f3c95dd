"""The filters of the pages, as the address holds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from utils.analysis import displacement_areas, donations, field, record, sources
from utils.analysis.money import CURRENCIES
from utils.charts.displacement_areas import basis_label
from utils.charts.field import line_label
from utils.exports.views import Chosen, Filter
from utils.locale import M_, Message, Translator, formats
from utils.locale.digits import spoken
from utils.store import Release

ALL: Final = "all"


def _all_or(show: Callable[[Translator, Release, str], str]) -> Callable[[Translator, Release, str], str]:
    return lambda _, release, code: _("all") if code == ALL else show(_, release, code)


def any_of(
    name: str,
    label: Message,
    codes: Callable[[Release], Sequence[str]],
    show: Callable[[Translator, Release, str], str],
) -> Filter:
    """Return a filter that lets everything through until a code is chosen."""
    return Filter(
        name,
        label,
        codes=lambda release, _before: (ALL, *codes(release)),
        default=lambda _release, _before: ALL,
        show=_all_or(show),
    )


def phase_name(_: Translator, release: Release, code: str) -> str:
    for row in record.rows(release, "phases"):
        if row["phase_id"] == code:
            return _.c("phase", row["name"])
    return code


def _first_day(release: Release, before: Chosen) -> str:
    return displacement_areas.first_shown(release, displacement_areas.basis_of(before["basis"])).isoformat()


def _days(release: Release, before: Chosen) -> Sequence[str]:
    basis = displacement_areas.basis_of(before["basis"])
    return [day.isoformat() for day in displacement_areas.province_days(release, basis)]


BASIS: Final = Filter(
    "basis",
    M_("Count"),
    codes=lambda _release, _before: displacement_areas.BASES,
    default=lambda _release, _before: displacement_areas.BASES[0],
    show=lambda _, _release, code: basis_label(_, displacement_areas.basis_of(code)),
)
DAY: Final = Filter(
    "day",
    M_("Day of the count"),
    codes=_days,
    default=_first_day,
    show=lambda _, _release, code: formats.short_day(date.fromisoformat(code), _.lang),
)
FIELD: Final = Filter(
    "field",
    M_("What is counted, on which basis, by whom, in which source"),
    codes=lambda release, _before: [line.code for line in field.lines(release)],
    default=lambda release, _before: field.lines(release)[0].code,
    show=lambda _, release, code: line_label(_, release, field.line_of(release, code)),
)
FIELD_PROVINCE: Final = Filter(
    "field-province",
    M_("Province"),
    codes=lambda release, before: field.provinces(release, field.line_of(release, before["field"])),
    default=lambda release, before: field.provinces(release, field.line_of(release, before["field"]))[0],
    show=lambda _, release, code: record.place_names(release, _.lang).get(code, code),
)
CURRENCY: Final = Filter(
    "currency",
    M_("Currency"),
    codes=lambda _release, _before: CURRENCIES,
    default=lambda _release, _before: CURRENCIES[0],
    show=lambda _, _release, code: code,
)
GROUPED: Final = Filter(
    "by",
    M_("Grouped by"),
    codes=lambda _release, _before: donations.DIMENSIONS,
    default=lambda _release, _before: donations.DIMENSIONS[0],
    show=lambda _, _release, code: {
        "donor_kind": _("Kind of donor"),
        "donor_country": _("Country of the donor"),
        "recipient": _("Recipient"),
    }[code],
)
SLICE: Final = any_of(
    "slice",
    M_("Slice"),
    lambda _release: (*donations.SLICES, "pledged"),
    lambda _, _release, code: _.msg(donations.SLICE_NAMES[code]),
)
DONOR: Final = any_of(
    "donor",
    M_("Kind of donor"),
    lambda release: donations.choices(release, "donor_kind"),
    lambda _, _release, code: _.c("donor_kind", code),
)
COUNTRY: Final = any_of(
    "country",
    M_("Country of the donor"),
    lambda release: donations.choices(release, "donor_country"),
    lambda _, _release, code: formats.country(code, _.lang),
)
PHASE: Final = any_of("phase", M_("Phase"), lambda release: donations.choices(release, "phase"), phase_name)
GRADE: Final = any_of(
    "grade",
    M_("Grade"),
    lambda _release: sources.GRADES,
    lambda _, _release, code: _.c("grade", code),
)
KIND: Final = any_of(
    "kind", M_("Kind of publisher"), sources.kinds, lambda _, _release, code: _.c("kind", code)
)
TEXT: Final = Filter(
    "q",
    M_("Search text"),
    codes=None,
    default=lambda _release, _before: "",
    show=lambda _, _release, text: text,
)


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
