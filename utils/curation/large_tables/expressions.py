"""What is asked of a large table, as Ibis expressions: functions from tables to tables, of no engine.

A loaded table has the columns of its contract, ``_part`` (the number of the file) and ``_line``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

import ibis

from utils.curation.disclosure.cell_suppression import COUNT_COLUMNS, ENTRY, SMALLEST_SHOWN

CELL: Final = ("as_of", "admin1", "admin2")
PLACE: Final = ("_part", "_line")
LINE: Final = (
    *("indicator", "level", "country", "admin1_pcode", "admin1"),
    *("area_basis", "counted_by", "source_id"),
)
"""Columns that make one line of figures over days."""
SERIES: Final = (*LINE, "unit", "qualifier", "figure", "as_of", "value", "rows")


def find_duplicates(rows: Any, columns: Sequence[str]) -> Any:
    """Return the rows that repeat an earlier one in ``columns``, with ``first_part`` and ``first_line``."""
    several = rows.group_by(list(columns)).aggregate(_times=rows.count())
    several = several.filter(several["_times"] > 1).rename({f"_{name}": name for name in columns})
    same = [rows[name].identical_to(several[f"_{name}"]) for name in columns]
    marked = rows.semi_join(several, same).select(*PLACE, *columns)
    window = ibis.window(group_by=list(columns), order_by=list(PLACE))
    marked = marked.mutate(
        _number=ibis.row_number().over(window),
        first_part=marked["_part"].first().over(window),
        first_line=marked["_line"].first().over(window),
    )
    return marked.filter(marked["_number"] > 0)


def find_combinations(rows: Any, columns: Sequence[str], above: float | None) -> Any:
    """Return each combination of ``columns`` once, of all rows or of those with a ``value`` above."""
    return _above(rows, above).select(*columns).distinct()


def find_rows_of(rows: Any, flawed: Any, columns: Sequence[str], above: float | None) -> Any:
    """Return the rows with a combination that is listed in ``flawed``, with its other columns."""
    rows = _above(rows, above).select(*PLACE, *columns)
    renamed = flawed.rename({f"_{name}": name for name in columns})
    return rows.inner_join(renamed, [rows[name].identical_to(renamed[f"_{name}"]) for name in columns])


def _above(rows: Any, above: float | None) -> Any:
    return rows if above is None else rows.filter(rows["value"] > above)


def list_first(problems: Any, most: int) -> Any:
    """Return the first ``most`` problems of each file and code; they have ``_order`` in a row."""
    order = ibis.window(group_by=["_part", "code"], order_by=["_line", "_order"])
    numbered = problems.mutate(_number=ibis.row_number().over(order))
    return numbered.filter(numbered["_number"] < most)


def count_problems(problems: Any) -> Any:
    """Return how many problems of each code each file has."""
    return problems.group_by(["_part", "code"]).aggregate(times=problems.count())


def _count(rows: Any) -> Any:
    """Return the number that a row states, -1 for none; see ``cell_suppression.count_of``."""
    return ibis.coalesce(*(rows[name] for name in COUNT_COLUMNS if name in rows.columns), -1.0)


def _is_count(rows: Any) -> Any:
    return rows["unit"].isin([str(unit) for unit in SMALLEST_SHOWN]) & (_count(rows) >= 0)


def _is_small(rows: Any) -> Any:
    smallest = ibis.cases(*((rows["unit"] == unit, least) for unit, least in SMALLEST_SHOWN.items()), else_=0)
    return (_count(rows) > 0) & (_count(rows) < smallest)


def count_entries(rows: Any) -> Any:
    """Return the entries of the rule of small counts; see ``cell_suppression.ENTRY``."""
    counted = rows.filter(rows["admin2"].notnull() & _is_count(rows))
    count = _count(counted)
    return counted.group_by(list(ENTRY[:-2])).aggregate(count=count.min(), least=count.nullif(0.0).min())


def find_cells_of(rows: Any, ids: Any) -> Any:
    """Return the cells of the rows whose key stands in ``ids``."""
    counted = rows.filter(rows["admin2"].notnull() & _is_count(rows))
    return counted.semi_join(ids, "observation_id").select(*CELL).distinct()


def mark_suppressed(rows: Any, cells: Any, ids: Any) -> Any:
    """Return rows with ``suppressed``: a count of a hidden cell, or listed, or a province's small figure.

    A province's own figure is hidden with its only district where both are small.
    """
    cells = cells.mutate(_cell=True)
    areas = cells.select("as_of", "admin1").distinct().mutate(_area=True)
    listed = ids.select("observation_id").distinct().mutate(_listed=True)
    marked = _with(_with(_with(rows, cells, CELL), areas, ("as_of", "admin1")), listed, ("observation_id",))
    flags = {name: marked[name].fill_null(False) for name in ("_cell", "_area", "_listed")}
    is_only = marked["admin2"].isnull() & flags["_area"] & _is_small(marked)
    hidden = _is_count(marked) & (flags["_cell"] | flags["_listed"] | is_only)
    return marked.mutate(suppressed=hidden).drop("_cell", "_area", "_listed")


def _with(rows: Any, more: Any, keys: Sequence[str]) -> Any:
    more = more.rename({f"_key_{name}": name for name in keys})
    same = [rows[name] == more[f"_key_{name}"] for name in keys]
    return rows.left_join(more, same).drop(*(f"_key_{name}" for name in keys))


def make_series(rows: Any, may_sum: Collection[str]) -> Any:
    """Return the figure of each province or country and day, from rows with ``suppressed``.

    A province's figure is the one a row gives (``printed``). Only where none does, and the indicator may be
    summed over areas, its districts are added up (``summed``), exact where all of them are. Sites are never
    added up, nor provinces: the figure of a country is a row's.
    """
    rows = rows.filter(rows["site_id"].isnull())
    texts = {name: rows[name].fill_null("") for name in (*LINE, "unit", "qualifier") if name != "level"}
    rows = rows.mutate(**texts, _hidden=rows["suppressed"].cast("int64"), _province=rows["admin1"].notnull())
    printed = rows.filter(rows["admin2"].isnull())
    printed = printed.mutate(
        level=ibis.ifelse(printed["_province"], "province", "country"),
        figure=ibis.literal("printed"),
        rows=ibis.literal(1.0),
    )
    parts = rows.filter(
        rows["admin2"].notnull() & rows["_province"] & rows["indicator"].isin(sorted(may_sum))
    )
    parts = parts.mutate(level=ibis.literal("province"))
    summed = parts.group_by([*LINE, "as_of", "unit"]).aggregate(
        value=parts["value"].sum(),
        rows=parts.count().cast("float64"),
        _hidden=parts["_hidden"].sum(),
        _exact=(parts["qualifier"] == "exact").all(),
        _line=parts["_line"].min(),
        _part=parts["_part"].min(),
    )
    summed = summed.mutate(
        qualifier=ibis.ifelse(summed["_exact"], "exact", "about"), figure=ibis.literal("summed")
    )
    kept = [*SERIES, "_hidden", *PLACE]
    both = printed.select(*kept).union(summed.select(*kept))
    best = ibis.window(group_by=[*LINE, "as_of"], order_by=["figure", *PLACE])
    both = both.mutate(_number=ibis.row_number().over(best))
    return both.filter(both["_number"] == 0).select(*SERIES, "_hidden")


def withhold_sums(series: Any) -> Any:
    """Return the figures that the public sees: none that is hidden, or that would disclose a hidden cell.

    That is a sum with a single hidden cell, since what is shown of the others is left to subtract, and a
    sum that is itself small.
    """
    hidden, is_sum = series["_hidden"], series["figure"] == "summed"
    closed = (hidden > 0) & (~is_sum | (hidden == 1) | _is_small(series))
    return series.mutate(
        value=ibis.ifelse(closed, None, series["value"]),
        figure=ibis.ifelse(closed, "withheld", series["figure"]),
    )


def sort_series(series: Any) -> Any:
    """Return the figures by line and day."""
    return series.order_by([*LINE, "as_of"]).select(*SERIES)


def find_latest(series: Any) -> Any:
    """Return the newest figure of each line, with the first day and the number of days of the line."""
    newest = ibis.window(group_by=list(LINE), order_by=ibis.desc("as_of"))
    line = ibis.window(group_by=list(LINE))
    numbered = series.mutate(
        _number=ibis.row_number().over(newest),
        first_as_of=series["as_of"].min().over(line),
        days=series["as_of"].count().over(line).cast("float64"),
    )
    latest = numbered.filter(numbered["_number"] == 0)
    return latest.order_by(list(LINE)).select(*SERIES, "first_as_of", "days")
