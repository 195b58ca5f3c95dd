"""Sheets of relief and of the chain of giving: deliveries, who does what where, needs, links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from utils.analysis import donations, facilities, giving, observations, relief
from utils.analysis.giving import Link, Node
from utils.analysis.model import SourceRef
from utils.exports.dataset import (
    Cell,
    Column,
    Sheet,
    area_spot,
    beside,
    cited,
    contract_column,
    newest_of,
    of_observations,
    of_table,
    own_column,
    whole,
)
from utils.exports.donations import BEHIND, SUM, currency
from utils.exports.views import Chosen, criteria
from utils.releases import Release
from utils.text.locale import M_, Message, translator

_PROVINCES: Final = own_column(
    "provinces", "string", M_("Provinces (codes)"), "P-codes of the provinces that the row names"
)
_SECTOR: Final = own_column("sector", "string", M_("Sector"), "Kind of goods")
_WHO: Final = (
    own_column(
        "state", "string", M_("State"), "reported; none_found: no row names one, which is not that none came"
    ),
    own_column("organisations", "integer", M_("Organisations"), "With a reported delivery"),
    own_column("org", "string", M_("Names"), "The organisations, in the words of the record"),
    own_column("row_ids", "string", M_("Row ids"), "Deliveries behind the number"),
)
_LINKS: Final = (
    own_column("step", "integer", M_("Step"), "From left, beginning with 1"),
    own_column("from", "string", M_("From"), "In English; a step of many names has the others as one"),
    own_column("to", "string", M_("To"), "In English; a step of many names has the others as one"),
    own_column("traced", "boolean", M_("Traced"), "no: announced only"),
    own_column("rows", "integer", M_("Rows"), "Number of rows in the link"),
)
_TRACES: Final = (
    own_column("trace", "string", M_("How far"), "province, delivered or announced"),
    own_column("trace_name", "string", M_("How far, in words"), "The same in English"),
    *SUM,
    *BEHIND,
)


def delivered(release: Release, chosen: Chosen) -> Sheet:
    """Return the deliveries that pass the filters; one of a single province stands in its middle."""
    shown = relief.matching(release, **criteria(chosen))
    made = beside(
        release,
        "aid_deliveries",
        "delivery_id",
        {one.delivery_id: one for one in shown},
        (_PROVINCES,),
        lambda one: (" ".join(one.provinces),),
    )
    spots = (area_spot(release, one.provinces[0]) if len(one.provinces) == 1 else None for one in shown)
    return replace(made, spots=tuple(spots))


def matrix(release: Release, _chosen: Chosen) -> Sheet:
    """Return provinces by sectors with the organisations found in each."""
    cells = relief.matrix(release)
    names = observations.place_names(release, "en")
    columns: tuple[Column, ...] = (
        contract_column(release, "aid_delivery_areas", "admin1_pcode"),
        contract_column(release, "aid_delivery_areas", "admin1"),
        _SECTOR,
        *_WHO,
    )
    return Sheet(
        columns=columns,
        rows=tuple(
            (
                province,
                names.get(province, province),
                sector,
                "reported" if cell.organisations else "none_found",
                len(cell.organisations) or None,
                "; ".join(cell.organisations),
                " ".join(one.delivery_id for one in cell.deliveries),
            )
            for (province, sector), cell in cells.items()
        ),
        sources=cited(one.source for cell in cells.values() for one in cell.deliveries),
        newest=newest_of(one.on for cell in cells.values() for one in cell.deliveries),
        spots=tuple(area_spot(release, province, outlined=True) for province, _sector in cells),
    )


def needed(release: Release, _chosen: Chosen) -> Sheet:
    """Return needs, targets and outputs by sector, as the page lists them."""
    shown = [row.observation_id for _sector, rows in relief.needs(release) for row in rows]
    return of_table(release, "needs", key="observation_id", only=shown)


def counted(release: Release, _chosen: Chosen) -> Sheet:
    """Return the counts of health facilities, as the page lists them."""
    return of_observations(release, (one.counted for one in facilities.counts(release)))


def asked(release: Release, _chosen: Chosen) -> Sheet:
    """Return what was asked for: never income."""
    return of_table(release, "appeals")


def corridors(release: Release, _chosen: Chosen) -> Sheet:
    """Return the ways of goods that the article names."""
    return of_table(release, "corridors")


def money(release: Release, chosen: Chosen) -> Sheet:
    """Return the links of the chain of money in the chosen currency."""
    unit = currency(chosen)
    links = giving.money(release, unit)
    gifts = donations.counted(release, unit)
    return _links(
        release,
        links,
        SUM,
        [(whole(link.value), unit) for link in links],
        (gift.source for gift in gifts),
        newest_of(gift.day for gift in gifts if gift.dated),
    )


def goods(release: Release, _chosen: Chosen) -> Sheet:
    """Return the links of the chain of goods, by number of rows."""
    links, rows = giving.goods(release), giving.goods_rows(release)
    return _links(
        release, links, (), [()] * len(links), (one.source for one in rows), newest_of(one.on for one in rows)
    )


def _links(
    release: Release,
    links: Sequence[Link],
    columns: Sequence[Column],
    cells: Sequence[Sequence[Cell]],
    sources: Iterable[SourceRef],
    newest: str,
) -> Sheet:
    names = observations.place_names(release, "en")

    def name(node: Node) -> str:
        return giving.named(node, _english, names)

    return Sheet(
        columns=(*_LINKS, *columns),
        rows=tuple(
            (one.source.step + 1, name(one.source), name(one.target), one.traced, one.rows, *more)
            for one, more in zip(links, cells, strict=True)
        ),
        sources=cited(sources),
        newest=newest,
    )


def _english(message: Message) -> str:
    return translator("en").msg(message)


def traced(release: Release, chosen: Chosen) -> Sheet:
    """Return documented money by how far it was traced."""
    unit = currency(chosen)
    found = giving.traces(release, unit)
    return Sheet(
        columns=_TRACES,
        rows=tuple(
            (
                one.trace,
                giving.TRACES[one.trace].msgid,
                whole(one.amount),
                unit,
                len(one.gifts),
                " ".join(gift.row_id for gift in one.gifts),
            )
            for one in found
        ),
        sources=cited(gift.source for one in found for gift in one.gifts),
        newest=newest_of(gift.day for one in found for gift in one.gifts if gift.dated),
    )
