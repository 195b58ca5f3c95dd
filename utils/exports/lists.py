"""The lists and tables of the pages that can be taken away, by page."""

from __future__ import annotations

from typing import Final

from utils.analysis import record, shelters
from utils.exports import aid, areas, happened
from utils.exports import list_filters as by
from utils.exports.filters import CURRENCY, TEXT
from utils.exports.sheet import Sheet, of_table
from utils.exports.views import Chosen, View, table
from utils.locale import M_
from utils.store import Release


def _contacts(release: Release, _chosen: Chosen) -> Sheet:
    return of_table(release, "emergency_contacts")


def _pagodas(release: Release, _chosen: Chosen) -> Sheet:
    shown = [site.site_id for site in shelters.pagodas_and_points(release)]
    return of_table(release, "named_sites", key="site_id", only=shown)


def _missing_in_france(release: Release, _chosen: Chosen) -> Sheet:
    rows = record.rows(release, "looked_for")
    shown = [row["search_id"] for row in rows if (row["topic"], row["country"]) == ("donations", "FRA")]
    return of_table(release, "looked_for", key="search_id", only=shown)


LISTS: Final[tuple[View, ...]] = (
    table("gaps", "overview", M_("What is not known"), areas.known, placed=True),
    table("timeline", "timeline", M_("Events"), happened.told, *by.TIMELINE, TEXT, placed=True),
    table("claims-checked", "timeline", M_("Claims checked"), happened.checked, by.VERDICT, by.CLAIM),
    table("article-figures", "timeline", M_("One article, checked figure by figure"), happened.of_article),
    table("place-figures", "places", M_("Figures"), areas.of_place, by.PLACE, placed=True),
    table(
        "place-events", "places", M_("What happened in this area"), happened.of_place, by.PLACE, placed=True
    ),
    table("who-where", "relief", M_("Who does what where"), aid.matrix, placed=True),
    table("deliveries", "relief", M_("List of deliveries"), aid.delivered, *by.DELIVERIES, TEXT, placed=True),
    table("needs", "relief", M_("Needs, targets and outputs by sector"), aid.needed, placed=True),
    table("facilities", "relief", M_("Health facilities"), aid.counted, placed=True),
    table("appeals", "relief", M_("What was asked for"), aid.asked),
    table("pagodas", "relief", M_("Pagodas and collection points"), _pagodas, placed=True),
    table("access", "relief", M_("Access"), happened.access, placed=True),
    table("corridors", "relief", M_("Transport corridors"), aid.corridors),
    table("traces", "giving", M_("Documented money by how far it was traced"), aid.traced, CURRENCY),
    table(
        "organisations",
        "organisations",
        M_("Organisations"),
        areas.organisations,
        *by.ORGANISATIONS,
        TEXT,
        placed=True,
    ),
    table("gatherings", "events", M_("Events"), happened.gathered, *by.GATHERINGS, TEXT, placed=True),
    table("first-actions", "events", M_("How quickly people acted"), happened.firsts),
    table("advocacy", "events", M_("Letters, petitions, motions"), happened.advocated),
    table("cities", "solidarity", M_("Cities"), areas.solidarity, by.CARD, placed=True),
    table("diplomatic-acts", "diplomacy", M_("Diplomatic acts"), happened.acts, *by.ACTS, TEXT, placed=True),
    table("france", "diplomacy", M_("France"), happened.france, placed=True),
    table("not-found-france", "diplomacy", M_("Looked for and not found"), _missing_in_france),
    table(
        "article-claims",
        "diplomacy",
        M_("The article's claims beside what others say"),
        happened.claims_beside,
    ),
    table("claims", "information", M_("Claims checked"), happened.claims, by.CLAIMS, TEXT),
    table("channels", "information", M_("Channels"), happened.channels),
    table("contacts", "information", M_("Contacts of institutions"), _contacts),
)
