"""Sheets of areas and of those who act: what is known where, a place, the cities, the organisations."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from utils.analysis import (
    gaps,
    observations,
    place_card,
)
from utils.analysis import (
    organisations as analysis_organisations,
)
from utils.analysis import (
    solidarity as analysis_solidarity,
)
from utils.analysis.organisations import Organisation
from utils.analysis.solidarity import CityCard
from utils.exports.dataset import (
    Cell,
    Sheet,
    also_cited,
    area_spot,
    beside,
    cited,
    contract_column,
    newest_of,
    of_observations,
    own_column,
    whole,
    widened,
)
from utils.exports.views import Chosen, criteria
from utils.releases import Release
from utils.settings import clock
from utils.text.locale import M_

_STATE: Final = own_column(
    "state", "string", M_("State"), "known, old, contested or missing, on the day the file was made"
)
_AGE: Final = own_column("age", "integer", M_("Age"), "Days between the figure and the file", "days")
_CONTESTED: Final = own_column(
    "contested_by", "string", M_("Figures that differ"), "Ids of other figures of those days"
)
_FIGURES: Final = own_column("figures", "integer", M_("Figures"), "Number of figures in the series")
_TOPIC: Final = own_column("topic", "string", M_("Topic"), "Column of the grid")
_SERIES: Final = own_column("series", "integer", M_("Series"), "Number of different series of the topic")
_ROWS: Final = own_column("row_ids", "string", M_("Row ids"), "Rows behind a count of our own")

_CITY: Final = (
    own_column("parts", "string", M_("Towns on its card"), "Ids of cities"),
    own_column("past", "string", M_("What happened"), "Ids of events"),
    own_column("next", "string", M_("Next gathering"), "Ids of events"),
    own_column("gifts", "string", M_("Sums announced"), "Ids of rows of donations"),
    own_column(
        "evidence", "string", M_("Surest evidence"), "confirmed, announced, single_source or none_found"
    ),
    own_column("organisations", "string", M_("Organisations"), "Ids of organisations"),
    own_column("needs_adopted", "string", M_("Needs adopted"), "In the words of the committee"),
    own_column("searched_until", "date", M_("Searched until"), "Sums were looked for until this day"),
)
_DID: Final = (
    own_column("roles", "string", M_("Roles"), "Codes of roles"),
    own_column("gave", "string", M_("Gave"), "Ids of rows of donations that name it as donor"),
    own_column("received", "string", M_("Received"), "Ids of rows of donations that name it as recipient"),
    own_column("delivered", "string", M_("Delivered"), "Ids of deliveries"),
    own_column("acted", "string", M_("Took part in"), "Ids of events"),
    own_column("only_article", "boolean", M_("Named by the article alone"), "yes: no other source"),
)


def _city(card: CityCard) -> tuple[Cell, ...]:
    return (
        " ".join(one.city_id for one in card.parts),
        " ".join(one.event_id for one in card.past),
        " ".join(one.event_id for one in card.next),
        " ".join(one.gift.row_id for one in card.sums),
        card.evidence,
        " ".join(one.org_id for one in card.organisations),
        "; ".join(one.need for one in card.adopted),
        card.searched_until,
    )


def _did(one: Organisation) -> tuple[Cell, ...]:
    return (
        " ".join(one.roles),
        " ".join(gift.row_id for gift in one.gave),
        " ".join(gift.row_id for gift in one.received),
        " ".join(one.delivered),
        " ".join(act.event_id for act in one.acted),
        one.only_article,
    )


def solidarity(release: Release, chosen: Chosen) -> Sheet:
    """Return the cities that have a card, all or one, with the ids of what stands on it."""
    shown = [
        card
        for card in analysis_solidarity.cards(release, clock.today())
        if chosen["city"] in ("all", card.city.city_id)
    ]
    made = beside(release, "cities", "city_id", {card.city.city_id: card for card in shown}, _CITY, _city)
    more = [one.gift.source for card in shown for one in card.sums]
    more += [act.source for card in shown for act in (*card.past, *card.next)]
    more += [one.source for card in shown for one in card.organisations]
    more += [one.source for card in shown for one in card.adopted]
    days = [act.on for card in shown for act in card.past]
    days += [one.gift.day for card in shown for one in card.sums if one.gift.dated]
    return also_cited(replace(made, newest=newest_of(days)), more)


def everywhere(release: Release, _chosen: Chosen) -> Sheet:
    """Return all cities that have a card, as the map of the world shows them."""
    return solidarity(release, {"city": "all"})


def organisations(release: Release, chosen: Chosen) -> Sheet:
    """Return the organisations that pass the filters, with the ids of what they gave and did."""
    shown = analysis_organisations.matching(release, **criteria(chosen))
    made = beside(release, "organisations", "org_id", {one.org_id: one for one in shown}, _DID, _did)
    return also_cited(made, (source for one in shown for source in one.sources))


def of_place(release: Release, chosen: Chosen) -> Sheet:
    """Return the newest figure of each series of a place and of the areas it lies in."""
    card = place_card.place_card(release, chosen["place"], clock.today())
    series = [one for area in card.areas for one in area.series] if card else []
    return widened(
        of_observations(release, (one.standing.observation for one in series)),
        series,
        (_STATE, _AGE, _CONTESTED, _FIGURES),
        lambda one: (
            one.standing.state,
            one.standing.freshness.days,
            " ".join(row.observation_id for row in one.standing.contested_by),
            one.count,
        ),
    )


def known(release: Release, _chosen: Chosen) -> Sheet:
    """Return the grid of what is known, old, contested or missing, a cell a row."""
    cells = [cell for row in gaps.grid(release, clock.today()) for cell in row]
    columns = (
        contract_column(release, "displacement", "country"),
        contract_column(release, "displacement", "admin1_pcode"),
        contract_column(release, "displacement", "admin1"),
        _TOPIC,
        _STATE,
        *(
            contract_column(release, "displacement", name)
            for name in ("observation_id", "indicator", "value", "unit", "qualifier", "as_of", "source_id")
        ),
        _AGE,
        _SERIES,
        _CONTESTED,
        _ROWS,
    )
    return Sheet(
        columns=columns,
        rows=tuple(_cell(release, cell) for cell in cells),
        sources=cited(
            source
            for cell in cells
            for row in (cell.observation, *cell.contested_by)
            if row
            for source in row.sources
        ),
        newest=newest_of(cell.observation.as_of for cell in cells if cell.observation),
        spots=tuple(area_spot(release, cell.area, outlined=True) for cell in cells),
    )


def _cell(release: Release, cell: gaps.Cell) -> tuple[Cell, ...]:
    row = cell.observation
    province = "" if cell.area == gaps.NATIONAL else cell.area
    figure: tuple[Cell, ...] = (
        (
            row.observation_id,
            row.indicator,
            whole(row.value),
            row.unit,
            row.qualifier,
            row.as_of,
            row.source.source_id if row.source else "",
        )
        if row
        else ("", "", None, "", "", None, "")
    )
    return (
        gaps.NATIONAL,
        province,
        observations.place_names(release, "en").get(province, ""),
        cell.topic,
        cell.state,
        *figure,
        cell.freshness.days if cell.freshness else None,
        cell.series or None,
        " ".join(one.observation_id for one in cell.contested_by),
        " ".join(row.computed_from) if row else "",
    )
