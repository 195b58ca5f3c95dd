"""The filters of the lists, as the address of their page holds them."""

from __future__ import annotations

from typing import Final

from utils.analysis import diplomacy, events, gaps, organisations, place_search, places, solidarity
from utils.analysis import relief as aid
from utils.analysis import timeline as told
from utils.exports.filters import any_of, coded, country, free_text, phase_name, place_name
from utils.exports.views import Filter
from utils.releases import Release
from utils.settings import clock
from utils.text.locale import M_, Translator, formats

BODIES: Final = {
    "UN": M_("United Nations"),
    "ASEAN": M_("ASEAN"),
    "EU": M_("European Union"),
}
"""Who acts and is no country."""
_WHEN: Final = {"past": M_("Past"), "announced": M_("Announced"), "undated": M_("Without a day")}


def actor_name(_: Translator, _release: Release, code: str) -> str:
    """Return the name of a country or body that acts."""
    return _.msg(BODIES[code]) if code in BODIES else formats.country(code, _.lang)


def city_name(_: Translator, release: Release, code: str) -> str:
    """Return a city with its country: cities of one name are told apart."""
    city = solidarity.by_id(release)[code]
    return f"{_.value(city.called)}, {formats.country(city.country, _.lang)}"


TIMELINE: Final = (
    coded(
        "kind",
        M_("Kind of event"),
        M_("All kinds of events"),
        lambda release: told.choices(release, "kind"),
    ),
    any_of(
        "country",
        M_("Country"),
        M_("All countries"),
        lambda release: told.choices(release, "country"),
        country,
    ),
    any_of(
        "phase", M_("Phase"), M_("All phases"), lambda release: told.choices(release, "phase"), phase_name
    ),
)
VERDICT: Final = coded("verdict", M_("Verdict"), M_("All verdicts"), lambda _release: told.CHECKED)
CLAIM: Final = free_text("claim")
DELIVERIES: Final = (
    coded("sector", M_("Sector"), M_("All sectors"), lambda _release: aid.SECTORS, "item_category"),
    any_of("province", M_("Province"), M_("All provinces"), aid.provinces, place_name),
    coded("status", M_("Status"), M_("All"), lambda _release: aid.STATUSES),
    coded("kind", M_("Kind"), M_("All kinds"), aid.org_kinds, "org_kind"),
)
ORGANISATIONS: Final = (
    coded("kind", M_("Kind"), M_("All kinds"), lambda release: organisations.choices(release, "kind")),
    coded("role", M_("Role"), M_("All roles"), lambda release: organisations.choices(release, "roles")),
    any_of(
        "country",
        M_("Country"),
        M_("All countries"),
        lambda release: organisations.choices(release, "country"),
        country,
    ),
)
GATHERINGS: Final = (
    coded("kind", M_("Kind of event"), M_("All kinds"), lambda _release: events.SOLIDARITY),
    any_of("country", M_("Country"), M_("All countries"), events.countries, country),
    any_of("city", M_("City"), M_("All cities"), lambda release: tuple(solidarity.by_id(release)), city_name),
    any_of(
        "when",
        M_("Past or announced"),
        M_("All"),
        lambda _release: tuple(_WHEN),
        lambda _, _release, code: _.msg(_WHEN[code]),
    ),
)
CARD: Final = any_of(
    "city",
    M_("City"),
    M_("All cities"),
    lambda release: [card.city.city_id for card in solidarity.cards(release, clock.today())],
    city_name,
)
ACTS: Final = (
    any_of(
        "actor",
        M_("Who acts or hosts"),
        M_("All"),
        lambda release: diplomacy.choices(release, "actor"),
        actor_name,
    ),
    coded("act", M_("Kind of act"), M_("All kinds"), lambda release: diplomacy.choices(release, "act")),
)
CLAIMS: Final = coded("kind", M_("Kind"), M_("All"), lambda _release: ("debunk", "contested"), "record_type")
PLACE: Final = Filter(
    "place",
    M_("Place"),
    codes=lambda release, _before: tuple(place_search.by_id(release)),
    default=lambda release, _before: places.by_pcode(release)[gaps.PROVINCES[0]].place_id,
    show=lambda _, release, code: place_search.by_id(release)[code].names.of(_.lang),
    always=True,
)
