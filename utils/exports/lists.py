"""The lists and tables of the pages that can be taken away, by page."""

from __future__ import annotations

from typing import Final

from utils.analysis import observations, shelters
from utils.exports import events, places, relief
from utils.exports import list_filters as by
from utils.exports.dataset import Sheet, of_table
from utils.exports.filters import CURRENCY, TEXT
from utils.exports.views import Chosen, View, table
from utils.releases import Release
from utils.text.locale import M_


def _contacts(release: Release, _chosen: Chosen) -> Sheet:
    return of_table(release, "emergency_contacts")


def _pagodas(release: Release, _chosen: Chosen) -> Sheet:
    shown = [site.site_id for site in shelters.pagodas_and_points(release)]
    return of_table(release, "named_sites", key="site_id", only=shown)


def _missing_in_france(release: Release, _chosen: Chosen) -> Sheet:
    rows = observations.rows(release, "looked_for")
    shown = [row["search_id"] for row in rows if (row["topic"], row["country"]) == ("donations", "FRA")]
    return of_table(release, "looked_for", key="search_id", only=shown)


LISTS: Final[tuple[View, ...]] = (
    table("gaps", "overview", M_("What is not known"), places.known, placed=True),
    table("timeline", "timeline", M_("Events"), events.told, *by.TIMELINE, TEXT, placed=True),
    table("claims-checked", "timeline", M_("Claims checked"), events.checked, by.VERDICT, by.CLAIM),
    table("article-figures", "timeline", M_("One article, checked figure by figure"), events.of_article),
    table("place-figures", "places", M_("Figures"), places.of_place, by.PLACE, placed=True),
    table("place-events", "places", M_("What happened in this area"), events.of_place, by.PLACE, placed=True),
    table("who-where", "relief", M_("Who does what where"), relief.matrix, placed=True),
    table(
        "deliveries", "relief", M_("List of deliveries"), relief.delivered, *by.DELIVERIES, TEXT, placed=True
    ),
    table("needs", "relief", M_("Needs, targets and outputs by sector"), relief.needed, placed=True),
    table("facilities", "relief", M_("Health facilities"), relief.counted, placed=True),
    table("appeals", "relief", M_("What was asked for"), relief.asked),
    table("pagodas", "relief", M_("Pagodas and collection points"), _pagodas, placed=True),
    table("access", "relief", M_("Access"), events.access, placed=True),
    table("corridors", "relief", M_("Transport corridors"), relief.corridors),
    table("traces", "giving", M_("Documented money by how far it was traced"), relief.traced, CURRENCY),
    table(
        "organisations",
        "organisations",
        M_("Organisations"),
        places.organisations,
        *by.ORGANISATIONS,
        TEXT,
        placed=True,
    ),
    table("gatherings", "events", M_("Events"), events.gathered, *by.GATHERINGS, TEXT, placed=True),
    table("first-actions", "events", M_("How quickly people acted"), events.firsts),
    table("advocacy", "events", M_("Letters, petitions, motions"), events.advocated),
    table("cities", "solidarity", M_("Cities"), places.solidarity, by.CARD, placed=True),
    table("diplomatic-acts", "diplomacy", M_("Diplomatic acts"), events.acts, *by.ACTS, TEXT, placed=True),
    table("france", "diplomacy", M_("France"), events.france, placed=True),
    table("not-found-france", "diplomacy", M_("Looked for and not found"), _missing_in_france),
    table(
        "article-claims",
        "diplomacy",
        M_("The article's claims beside what others say"),
        events.claims_beside,
    ),
    table("claims", "information", M_("Claims checked"), events.claims, by.CLAIMS, TEXT),
    table("channels", "information", M_("Channels"), events.channels),
    table("contacts", "information", M_("Contacts of institutions"), _contacts),
)
