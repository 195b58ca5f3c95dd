"""The filters of the lists, as the address of their page holds them."""

from __future__ import annotations

from typing import Final

from utils.analysis import cities, diplomacy, directory, gaps, gatherings, place_search, places, record
from utils.analysis import relief as aid
from utils.analysis import timeline as told
from utils.exports.filters import any_of, phase_name
from utils.exports.views import Filter
from utils.locale import M_, Translator, formats
from utils.store import Release

BODIES: Final = {
    "UN": M_("United Nations"),
    "ASEAN": M_("ASEAN"),
    "EU": M_("European Union"),
}
"""Who acts and is no country."""


def _country(_: Translator, _release: Release, code: str) -> str:
    return formats.country(code, _.lang)


def _place(_: Translator, release: Release, code: str) -> str:
    return record.place_names(release, _.lang).get(code, code)


def _actor(_: Translator, release: Release, code: str) -> str:
    return _.msg(BODIES[code]) if code in BODIES else _country(_, release, code)


TIMELINE: Final = (
    any_of(
        "kind",
        M_("Kind of event"),
        lambda release: told.choices(release, "kind"),
        lambda _, _release, code: _.c("kind", code),
    ),
    any_of("country", M_("Country"), lambda release: told.choices(release, "country"), _country),
    any_of("phase", M_("Phase"), lambda release: told.choices(release, "phase"), phase_name),
)
VERDICT: Final = any_of(
    "verdict",
    M_("Verdict"),
    lambda _release: told.CHECKED,
    lambda _, _release, code: _.c("verdict", code),
)
CLAIM: Final = Filter(
    "claim",
    M_("Search text"),
    codes=None,
    default=lambda _release, _before: "",
    show=lambda _, _release, text: text,
)
DELIVERIES: Final = (
    any_of(
        "sector",
        M_("Sector"),
        lambda _release: aid.SECTORS,
        lambda _, _release, code: _.c("item_category", code),
    ),
    any_of("province", M_("Province"), aid.provinces, _place),
    any_of(
        "status",
        M_("Status"),
        lambda _release: aid.STATUSES,
        lambda _, _release, code: _.c("status", code),
    ),
    any_of("kind", M_("Kind"), aid.org_kinds, lambda _, _release, code: _.c("org_kind", code)),
)
ORGANISATIONS: Final = (
    any_of(
        "kind",
        M_("Kind"),
        lambda release: directory.choices(release, "kind"),
        lambda _, _release, code: _.c("kind", code),
    ),
    any_of(
        "role",
        M_("Role"),
        lambda release: directory.choices(release, "roles"),
        lambda _, _release, code: _.c("role", code),
    ),
    any_of("country", M_("Country"), lambda release: directory.choices(release, "country"), _country),
)
_CITY: Final = any_of(
    "city",
    M_("City"),
    lambda release: tuple(cities.by_id(release)),
    lambda _, release, code: _.value(cities.by_id(release)[code].called),
)
GATHERINGS: Final = (
    any_of(
        "kind",
        M_("Kind of event"),
        lambda _release: gatherings.SOLIDARITY,
        lambda _, _release, code: _.c("kind", code),
    ),
    any_of("country", M_("Country"), gatherings.countries, _country),
    _CITY,
    any_of(
        "when",
        M_("Past or announced"),
        lambda _release: ("past", "announced", "undated"),
        lambda _, _release, code: {
            "past": _("Past"),
            "announced": _("Announced"),
            "undated": _("Without a day"),
        }[code],
    ),
)
CARD: Final = any_of(
    "city",
    M_("City"),
    lambda release: tuple(one.city_id for one in cities.cities(release) if not one.part_of),
    lambda _, release, code: _.value(cities.by_id(release)[code].called),
)
ACTS: Final = (
    any_of("actor", M_("Who acts or hosts"), lambda release: diplomacy.choices(release, "actor"), _actor),
    any_of(
        "act",
        M_("Kind of act"),
        lambda release: diplomacy.choices(release, "act"),
        lambda _, _release, code: _.c("act", code),
    ),
)
CLAIMS: Final = any_of(
    "kind",
    M_("Kind"),
    lambda _release: ("debunk", "contested"),
    lambda _, _release, code: _.c("record_type", code),
)
PLACE: Final = Filter(
    "place",
    M_("Place"),
    codes=lambda release, _before: tuple(place_search.by_id(release)),
    default=lambda release, _before: places.by_pcode(release)[gaps.PROVINCES[0]].place_id,
    show=lambda _, release, code: place_search.by_id(release)[code].names.of(_.lang),
    always=True,
)
