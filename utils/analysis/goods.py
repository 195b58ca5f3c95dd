"""Goods in their own units, by province. They have no price here, and are never added to money."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from utils.analysis.donations import Gift, list_gifts
from utils.releases import Release, per_release


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """Goods of one unit given for one province, with the rows behind. Quantities of rows that name
    several provinces are not divided: they stand under each, marked ``shared``."""

    province: str
    item: str
    unit: str
    quantity: float | None
    shared: bool
    gift: Gift


@per_release
def list_goods(release: Release) -> tuple[GoodsLine, ...]:
    """Return goods by province P-code (``""`` where none is named), then unit and item."""
    goods = [
        GoodsLine(
            province=province,
            item=gift.goods,
            unit=gift.goods_unit,
            quantity=gift.goods_quantity,
            shared=len(gift.provinces) > 1,
            gift=gift,
        )
        for gift in list_gifts(release, "USD")
        if gift.goods and gift.exclude_reason in {"no_amount", ""}
        for province in (gift.provinces or ("",))
    ]
    return tuple(sorted(goods, key=lambda line: (line.province or "~", line.unit, line.item)))


@per_release
def count_goods_by_province(release: Release) -> tuple[tuple[str, int], ...]:
    """Return provinces with the number of gifts of goods that name them, most first; no promise."""
    rows: dict[str, set[str]] = defaultdict(set)
    for line in list_goods(release):
        if line.province and not line.gift.promised:
            rows[line.province].add(line.gift.row_id)
    return tuple(sorted(((code, len(ids)) for code, ids in rows.items()), key=lambda item: -item[1]))
