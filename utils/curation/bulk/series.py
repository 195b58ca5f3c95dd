"""What pages show of a large table of observations: the figure of each province and day, and the newest.

A province's figure is the one a row gives. Only where none does, and the indicator may be summed over
areas, its districts are added up, and the row says so. Sites are never added up, nor provinces: the
figure of a country is a row's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from utils.curation.bulk.stage import Staged
from utils.curation.curated_tables import Record

TABLE: Final = "field_observations"
SERIES, LATEST = "field_series", "field_latest"
_OF_A_LINE: Final = ("indicator", "level", "country", "admin1_pcode", "admin1")
_LINE: Final = (*_OF_A_LINE, "area_basis", "counted_by", "source_id")
"""Columns that tell one line of figures over days."""
_KEPT: Final = ("indicator", "country", "admin1", "admin1_pcode", "area_basis", "as_of", "unit")
_READ: Final = (*_KEPT, "qualifier", "counted_by", "source_id", "value", "admin2", "site_id")
_TEXTS: Final = (*_LINE, "unit", "qualifier", "figure")
_NUMBERS: Final = {"as_of": pa.date32(), "value": pa.float64(), "rows": pa.float64(), "hidden": pa.int32()}
_BY: Final = (*_LINE, "as_of", "unit")


class Series:
    """Figures by indicator, sorted by line and day."""

    def __init__(self, by_indicator: Mapping[str, Any]) -> None:
        self._by_indicator = by_indicator

    def __bool__(self) -> bool:
        """Return whether there is any figure of a province or country."""
        return bool(self._by_indicator)

    def tables(self, *, public: bool) -> Iterator[Any]:
        """Yield the figures of each indicator; in public no sum that would tell a hidden cell."""
        for name in sorted(self._by_indicator):
            table = self._by_indicator[name]
            if public:
                table = _withheld(table)
            yield table.drop_columns(["hidden"])

    def latest(self, *, public: bool) -> Any:
        """Return the newest figure of each line, with the first day and the number of days of the line."""
        newest = [_newest(table) for table in self.tables(public=public) if len(table)]
        return pa.concat_tables(newest)


def series_of(record: Record, staged: Staged, hidden: NDArray[np.bool_]) -> Series:
    """Compute the figures. ``hidden`` tells the rows whose count the public may not see."""
    may_sum = [str(row["indicator"]) for row in record.rows("indicators") if row["may_sum_over_areas"]]
    printed: list[Any] = []
    sums: list[Any] = []
    before = 0
    for group in staged.groups(_READ):
        count = len(group["value"])
        rows = pa.table({**group, "hidden": pa.array(hidden[before : before + count].astype(np.int32))})
        before += count
        rows = rows.filter(rows["site_id"].is_null())
        printed.append(_printed(rows.filter(rows["admin2"].is_null())))
        sums.append(_summed(rows.filter(_all(rows["admin2"].is_valid(), rows["admin1"].is_valid())), may_sum))
    return Series(dict(_joined(printed, [_again(sums)] if sums else [])))


def _all(*flags: Any) -> Any:
    total = flags[0]
    for more in flags[1:]:
        total = pc.and_(total, more)
    return total


def _printed(rows: Any) -> Any:
    level = pc.if_else(rows["admin1"].is_valid(), "province", "country")
    shaped = _shaped(rows, level=level, figure="printed")
    coded = {
        name: shaped[name].dictionary_encode() if name in _TEXTS else shaped[name]
        for name in shaped.schema.names
    }
    return pa.table(coded)


def _summed(rows: Any, may_sum: list[str]) -> Any:
    rows = rows.filter(pc.is_in(_plain(rows["indicator"]), value_set=pa.array(may_sum, pa.string())))
    return _again([_shaped(rows, level="province", figure="summed")])


def _shaped(rows: Any, *, level: Any, figure: str) -> Any:
    """Return rows in the columns of the series, text empty where there is none."""
    columns = {name: _plain(rows[name]) for name in ("indicator", "country", "admin1", "admin1_pcode")}
    columns |= {name: _plain(rows[name]) for name in ("area_basis", "counted_by", "source_id", "unit")}
    columns |= {
        "level": _repeated(level, len(rows)),
        "qualifier": _plain(rows["qualifier"]),
        "figure": _repeated(figure, len(rows)),
        "as_of": rows["as_of"],
        "value": rows["value"],
        "rows": pa.array(np.ones(len(rows))),
        "hidden": rows["hidden"],
    }
    return pa.table({name: columns[name] for name in (*_TEXTS, *_NUMBERS)})


def _repeated(value: Any, count: int) -> Any:
    return pa.array([value] * count, pa.string()) if isinstance(value, str) else value


def _plain(column: Any) -> Any:
    text = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
    return text.fill_null("")


def _again(parts: list[Any]) -> Any:
    """Add up what belongs to one line and day; a sum is exact where all its figures are."""
    rows = pa.concat_tables(parts)
    is_exact = pc.equal(rows["qualifier"], "exact").cast(pa.int32())
    rows = rows.append_column("exact", is_exact)
    added = rows.group_by(list(_BY), use_threads=False).aggregate(
        [("value", "sum"), ("rows", "sum"), ("hidden", "sum"), ("exact", "min")]
    )
    columns = {name: added[name] for name in _BY}
    columns |= {
        "qualifier": pc.if_else(pc.equal(added["exact_min"], 1), "exact", "about"),
        "figure": _repeated("summed", len(added)),
        "value": added["value_sum"],
        "rows": added["rows_sum"],
        "hidden": added["hidden_sum"].cast(pa.int32()),
    }
    return pa.table({name: columns[name] for name in (*_TEXTS, *_NUMBERS)})


def _joined(printed: list[Any], sums: list[Any]) -> Iterator[tuple[str, Any]]:
    """Yield each indicator's figures, sorted; a sum only where no row gives the figure."""
    every = [part for part in (*printed, *sums) if len(part)]
    names = sorted({name for part in every for name in pc.unique(_plain(part["indicator"])).to_pylist()})
    for name in names:
        own = [part.filter(pc.equal(_plain(part["indicator"]), name)) for part in every]
        rows = pa.concat_tables([_decoded(part) for part in own])
        order = pc.sort_indices(
            rows, sort_keys=[(column, "ascending") for column in (*_LINE, "as_of", "figure")]
        )
        rows = rows.take(order).combine_chunks()
        yield name, rows.filter(pa.array(_differs(rows, (*_LINE, "as_of"))))


def _decoded(rows: Any) -> Any:
    return pa.table(
        {name: _plain(rows[name]) if name in _TEXTS else rows[name] for name in rows.schema.names}
    )


def _differs(rows: Any, columns: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return whether each row differs in some column from the one before it."""
    differs = np.zeros(len(rows), dtype=np.bool_)
    differs[:1] = True
    for name in columns:
        column = rows[name]
        other = pc.not_equal(column.slice(1), column.slice(0, max(len(rows) - 1, 0)))
        differs[1:] |= other.to_numpy(zero_copy_only=False) if len(rows) > 1 else False
    return differs


def _withheld(rows: Any) -> Any:
    """Take out a sum with a single hidden cell: what is shown of the others would tell it."""
    tells = _all(pc.equal(rows["figure"], "summed"), pc.equal(rows["hidden"], 1))
    value = pc.if_else(tells, pa.scalar(None, pa.float64()), rows["value"])
    figure = pc.if_else(tells, "withheld", rows["figure"])
    rows = rows.set_column(rows.column_names.index("value"), "value", value)
    return rows.set_column(rows.column_names.index("figure"), "figure", figure)


def _newest(rows: Any) -> Any:
    first = np.flatnonzero(_differs(rows, _LINE))
    last = np.append(first[1:], len(rows)) - 1
    newest = rows.take(pa.array(last))
    newest = newest.append_column("first_as_of", rows["as_of"].take(pa.array(first)))
    return newest.append_column("days", pa.array((last - first + 1).astype(np.float64)))
