"""One card a city: what people did there, who they are, what was announced, and how sure each sum is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from utils.analysis import donations, events, observations
from utils.analysis import organisations as analysis_organisations
from utils.analysis.city_names import city_of
from utils.analysis.donations import Gift
from utils.analysis.events import Gathering
from utils.analysis.model import SourceRef
from utils.analysis.organisations import Organisation
from utils.releases import Release, per_release
from utils.text.locale import Message, Names, lazy_gettext, lazy_pgettext, name_columns

Evidence = Literal["confirmed", "announced", "single_source", "none_found"]
EVIDENCE: Final[tuple[Evidence, ...]] = ("confirmed", "announced", "single_source", "none_found")
"""From the surest down: two origins; the giver's own word carried by several; one source; none found."""
EVIDENCE_NAMES: Final[Mapping[str, Message]] = {
    "confirmed": lazy_gettext("confirmed by two"),
    "announced": lazy_gettext("announced"),
    "single_source": lazy_gettext("reported by one source"),
    "none_found": lazy_gettext("none found"),
}
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class City:
    """A city of the record. ``lat`` and ``lon`` are degrees to 0.1.

    ``called`` is its name, with the ``region`` where another city shares the name.
    """

    city_id: str
    names: Names
    called: Names | Message
    region: str
    country: str
    lat: float
    lon: float
    part_of: str
    in_article: bool
    source: SourceRef
    note: str


@dataclass(frozen=True, slots=True)
class CitySum:
    """One gift or pledge of givers of a city, and how sure it is."""

    gift: Gift
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Adoption:
    """A need that a committee of the city took on."""

    organisation: str
    sector: str
    need: str
    stage: str
    source: SourceRef


@dataclass(frozen=True, slots=True)
class CityCard:
    """What is known of a city and of the towns that stand on its card.

    ``searched_until`` is the day until which sums of this city were looked for and not found; ``None``
    where nobody looked. ``next`` are gatherings still to come.
    """

    city: City
    parts: tuple[City, ...]
    past: tuple[Gathering, ...]
    next: tuple[Gathering, ...]
    organisations: tuple[Organisation, ...]
    sums: tuple[CitySum, ...]
    adopted: tuple[Adoption, ...]
    searched_until: date | None

    @property
    def evidence(self) -> Evidence:
        """Return the surest evidence of a sum of this city."""
        return min((number.evidence for number in self.sums), key=EVIDENCE.index, default="none_found")

    @property
    def is_empty(self) -> bool:
        """Return whether nothing at all is known of this city."""
        return not (self.past or self.next or self.sums or self.adopted)


@per_release
def cities(release: Release) -> tuple[City, ...]:
    """Return the cities: those the article names first, then by name."""
    known = observations.sources(release)
    rows = observations.rows(release, "cities")
    bearers = Counter(name for row in rows for name in _spellings(row))
    found = [
        City(
            city_id=row["city_id"],
            names=_names(row),
            called=_with_region(row)
            if any(bearers[spelling] > 1 for spelling in _spellings(row))
            else _names(row),
            region=row["region"],
            country=row["country"],
            lat=row["lat"],
            lon=row["lon"],
            part_of=row["part_of"],
            in_article=bool(row["in_article"]),
            source=known[row["source_id"]],
            note=row["note"],
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda city: (not city.in_article, city.names.en, city.region)))


def _names(row: Mapping[str, Any]) -> Names:
    return Names.of_row(row)


def _spellings(row: Mapping[str, Any]) -> set[str]:
    return {row[column] for column in name_columns(row)} - {""}


def _with_region(row: Mapping[str, Any]) -> Names | Message:
    if not row["region"]:
        return _names(row)
    return lazy_gettext("{city} ({region})", city=_names(row), region=lazy_pgettext("region", row["region"]))


@per_release
def by_id(release: Release) -> Mapping[str, City]:
    """Return the cities by id."""
    return {city.city_id: city for city in cities(release)}


@per_release
def cards(release: Release, today: date) -> tuple[CityCard, ...]:
    """Return a card for each city that is no part of another; those with data first, of each group."""
    found = [_card(release, city, today) for city in cities(release) if not city.part_of]
    return tuple(sorted(found, key=lambda card: (not card.city.in_article, card.is_empty)))


def _card(release: Release, city: City, today: date) -> CityCard:
    parts = tuple(item for item in cities(release) if item.part_of == city.city_id)
    ids = {city.city_id, *(part.city_id for part in parts)}
    acts = [
        event
        for event in events.gatherings(release)
        if event.kind in events.SOLIDARITY and ids & set(event.cities) and event.event_id != "seed"
    ]
    return CityCard(
        city=city,
        parts=parts,
        past=tuple(act for act in acts if not act.is_announced(today)),
        next=tuple(reversed([act for act in acts if act.is_announced(today)])),
        organisations=tuple(
            organisation
            for organisation in analysis_organisations.organisations(release)
            if city_of(release, organisation.city, organisation.country) in ids
        ),
        sums=_sums(release, ids),
        adopted=_adopted(release, ids),
        searched_until=max(
            (
                item.until
                for item in donations.looked_for(release)
                if city_of(release, item.city, item.country) in ids
                or (item.city == "" and _whole_country(item.subject, city))
            ),
            default=None,
        ),
    )


def _whole_country(subject: str, city: City) -> bool:
    """A search for all of Japan is a search for each of its cities."""
    return city.country == "JPN" and subject.endswith("in Japan")


def _sums(release: Release, ids: set[str]) -> tuple[CitySum, ...]:
    gifts = [
        gift
        for gift in donations.gifts(release, "USD")
        if city_of(release, gift.donor_city, gift.donor_country) in ids
        and gift.converted is not None
        and (gift.counted or gift.exclude_reason == "pledge")
    ]
    ordered = sorted(gifts, key=lambda gift: -(gift.converted.amount if gift.converted else 0))
    return tuple(CitySum(gift, evidence_of(release, gift)) for gift in ordered)


def evidence_of(release: Release, gift: Gift) -> Evidence:
    """Return how sure a sum is.

    ``confirmed``: two independent origins, carried by two publishers; ``announced``: the giver's word or
    a promise, carried by several; ``single_source``: one publisher alone.
    """
    pot = [
        other
        for other in donations.gifts(release, "USD")
        if other.row_id == gift.row_id or (gift.campaign_id and other.campaign_id == gift.campaign_id)
    ]
    if len({other.source.publisher for other in pot}) < _TWO:
        return "single_source"
    promised = gift.exclude_reason == "pledge"
    two = donations.independent_origins(release, gift, "USD") >= _TWO
    return "confirmed" if two and not promised else "announced"


def _adopted(release: Release, ids: set[str]) -> tuple[Adoption, ...]:
    known = observations.sources(release)
    return tuple(
        Adoption(row["organisation"], row["sector"], row["need"], row["stage"], known[row["source_id"]])
        for row in observations.rows(release, "adopted_needs")
        if row["city_id"] in ids
    )
