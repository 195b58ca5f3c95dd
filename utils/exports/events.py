"""Sheets of what happened and what was said: events in each of their lists, claims, first actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Final

from utils.analysis import advocacy, diplomacy, events, information, place_card, relief, timeline
from utils.analysis.diplomacy import Act
from utils.analysis.events import Figure
from utils.analysis.figures import Claim
from utils.analysis.model import SourceRef
from utils.analysis.relief import Access
from utils.exports.dataset import (
    Cell,
    Sheet,
    also_cited,
    beside,
    cited,
    contract_column,
    newest_of,
    of_table,
    own_column,
    whole,
)
from utils.exports.views import Chosen, criteria
from utils.exports.writing import plain
from utils.releases import Release
from utils.settings import clock
from utils.text.locale import M_

_SAID: Final = own_column(
    "said",
    "string",
    M_("What was said in figures"),
    "Metric, value, unit and claimant of each figure of the event, with the id of its row",
)
_CITIES: Final = own_column("cities", "string", M_("Cities"), "Ids of the cities that the event belongs to")
_CONFIRMED: Final = own_column(
    "confirmed", "boolean", M_("Confirmed"), "no: the record says that one source alone tells of it"
)
_FIRST: Final = (
    own_column("what", "string", M_("First of what"), "Act, delivery or gift, in English"),
    own_column("actor", "string", M_("Kind (code)"), "Kind of event, organisation or donor"),
    own_column("action", "string", M_("First action found"), "Title, organisation or donor"),
    own_column("place", "string", M_("Place"), "Where, as far as the record tells"),
    own_column("days", "integer", M_("Days after 24 July"), "Days after 24 July 2025", "days"),
    own_column("hours_least", "integer", M_("Hours, at least"), "No source tells the hour", "hours"),
    own_column("hours_most", "integer", M_("Hours, at most"), "No source tells the hour", "hours"),
    own_column("date", "date", M_("Day"), "Day of the action"),
    own_column("row_id", "string", M_("Row ids"), "Event, delivery or gift"),
    own_column("source_id", "string", M_("Source (code)"), "Source of the row"),
)
_BESIDE: Final = (
    own_column("claim", "string", M_("The article says"), "The claim, in English"),
    own_column("part", "string", M_("Whose figure"), "own: the article; others; event; none_found"),
    own_column("row_id", "string", M_("Row ids"), "Figure of an event, or event"),
    own_column("what", "string", M_("What was counted"), "Metric, or title of the event"),
    own_column("claimed_by", "string", M_("Who claims"), "Who said the figure"),
    own_column("qualifier", "string", M_("Exact or about"), "As printed"),
    own_column("value", "number", M_("Figure"), "As printed"),
    own_column("unit", "string", M_("Unit"), "Unit of the figure"),
    own_column("date", "date", M_("Day"), "Day of the event"),
    own_column("source_id", "string", M_("Source (code)"), "Source of the row"),
    own_column("verdict", "string", M_("How it is shown"), "In English"),
)
_ACT: Final = {"actor": "", "act": "", "commitment": "", "note": "act_note"}
_ACCESS: Final = {"access": "", "effect": "", "closed_by": "", "note": "access_note"}
"""Columns of the tables that tell more of an event, and other names of theirs."""


def _said(claims: Iterable[Claim | Figure]) -> str:
    return "; ".join(
        f"{row.indicator}: {'' if row.qualifier == 'exact' else row.qualifier + ' '}"
        f"{plain(whole(row.value))} {row.unit} ({one.claimed_by}) [{row.observation_id}]"
        for one in claims
        for row in (one.observation,)
    )


def _sources(claims: Iterable[Iterable[Claim | Figure]]) -> Iterable[SourceRef]:
    return (source for found in claims for one in found for source in one.observation.sources)


def told(release: Release, chosen: Chosen) -> Sheet:
    """Return the events of the timeline that pass its filters, with what was said of each in figures."""
    shown = timeline.matching(release, **criteria(chosen))
    claims = {moment.event.event_id: (*moment.claims, *moment.victims) for moment in shown}
    made = beside(release, "events", "event_id", claims, (_SAID,), lambda found: (_said(found),))
    return also_cited(made, _sources(claims.values()))


def checked(release: Release, chosen: Chosen) -> Sheet:
    """Return the checked claims of the timeline that pass its filters."""
    shown = timeline.checked_matching(release, **criteria(chosen, "claim"))
    return _items(release, [one.row_id for one in shown])


def _items(release: Release, only: Sequence[str]) -> Sheet:
    return of_table(release, "verified_information", key="observation_id", only=only)


def of_article(release: Release, _chosen: Chosen) -> Sheet:
    """Return the figures of the article that are checked one by one."""
    shown = [claim.observation.observation_id for claim in timeline.of_seed(release)]
    return of_table(release, "event_figures", key="observation_id", only=shown)


def claims(release: Release, chosen: Chosen) -> Sheet:
    """Return the claims of the page of verified information that pass its filters."""
    return _items(release, [one.item_id for one in information.claims(release, **criteria(chosen))])


def channels(release: Release, _chosen: Chosen) -> Sheet:
    """Return the channels, independent ones first."""
    return _items(release, [one.item_id for one in information.channels(release)])


def gathered(release: Release, chosen: Chosen) -> Sheet:
    """Return the acts of solidarity that pass the filters of their page."""
    shown = events.matching(release, clock.today(), **criteria(chosen))
    made = beside(
        release,
        "events",
        "event_id",
        {one.event_id: one for one in shown},
        (_SAID, _CITIES, _CONFIRMED),
        lambda one: (_said(one.figures), " ".join(one.cities), one.confirmed),
    )
    return also_cited(made, _sources(one.figures for one in shown))


def firsts(release: Release, _chosen: Chosen) -> Sheet:
    """Return the first dated action of each kind, in days since the fighting began."""
    shown = events.speed(release)
    return Sheet(
        columns=_FIRST,
        rows=tuple(
            (
                one.what.msgid,
                one.actor.msgid,
                one.action,
                one.place,
                one.days,
                *one.hours,
                one.observation.as_of,
                one.observation.observation_id,
                one.observation.sources[0].source_id,
            )
            for one in shown
        ),
        sources=cited(source for one in shown for source in one.observation.sources),
        newest=newest_of(one.observation.as_of for one in shown),
    )


def advocated(release: Release, _chosen: Chosen) -> Sheet:
    """Return letters, petitions and motions with the event of each."""
    shown = advocacy.acts(release)
    made = beside(
        release,
        "advocacy_acts",
        "act_id",
        {one.act_id: one for one in shown},
        [contract_column(release, "events", name) for name in ("date", "title", "country")],
        lambda one: (one.event.on, one.event.title, one.event.country),
    )
    dated = replace(made, newest=newest_of(one.event.on for one in shown))
    return also_cited(dated, (one.event.source for one in shown))


def acts(release: Release, chosen: Chosen) -> Sheet:
    """Return the diplomatic acts that pass the filters of their page, as events."""
    return _acted(release, diplomacy.matching(release, **criteria(chosen)), "diplomatic_acts", _ACT)


def france(release: Release, _chosen: Chosen) -> Sheet:
    """Return what France said, offered or was asked, oldest first."""
    return _acted(release, diplomacy.france(release), "diplomatic_acts", _ACT)


def access(release: Release, _chosen: Chosen) -> Sheet:
    """Return what opened or closed ways for people and aid, as events."""
    return _acted(release, relief.access(release), "access_events", _ACCESS)


def _acted(release: Release, shown: Sequence[Act | Access], table: str, columns: Mapping[str, str]) -> Sheet:
    """Return events with columns of a table that tells more of them."""
    return beside(
        release,
        "events",
        "event_id",
        {one.event.event_id: one for one in shown},
        [contract_column(release, table, name, called) for name, called in columns.items()],
        attrgetter(*columns),
    )


def claims_beside(release: Release, _chosen: Chosen) -> Sheet:
    """Return the article's claims with the figures and events beside each, one a row."""
    rows: list[tuple[Cell, ...]] = []
    sources, days = [], []
    for claim in diplomacy.claims(release):
        said, verdict = claim.said.msgid, claim.verdict.msgid
        parts = [("own", one) for one in claim.own] + [("others", one) for one in claim.figures]
        for part, one in parts:
            row = one.observation
            rows.append(
                (
                    said,
                    part,
                    row.observation_id,
                    row.indicator,
                    one.claimed_by,
                    row.qualifier,
                    whole(row.value),
                    row.unit,
                    row.as_of,
                    row.sources[0].source_id,
                    verdict,
                )
            )
        for act in claim.events:
            rows.append(
                (
                    said,
                    "event",
                    act.event_id,
                    act.title,
                    "",
                    "",
                    None,
                    "",
                    act.on,
                    act.source.source_id,
                    verdict,
                )
            )
        if not parts and not claim.events:
            rows.append((said, "none_found", "", "", "", "", None, "", None, "", verdict))
        sources += [source for _part, one in parts for source in one.observation.sources]
        sources += [act.source for act in claim.events]
        days += [one.observation.as_of for _part, one in parts] + [act.on for act in claim.events]
    return Sheet(columns=_BESIDE, rows=tuple(rows), sources=cited(sources), newest=newest_of(days))


def of_place(release: Release, chosen: Chosen) -> Sheet:
    """Return the newest events of the area of a place, as its card lists them."""
    card = place_card.place_card(release, chosen["place"], clock.today())
    shown = [event.event_id for event in card.quiet] if card else []
    return of_table(release, "events", key="event_id", only=shown)
