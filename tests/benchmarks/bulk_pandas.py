"""The same work on a large table with plain pandas, in a process of its own: prints seconds and memory.

``python -m tests.benchmarks.bulk_pandas DATA OUT`` reads the whole table, checks it, hides small counts
with a second cell, computes the figures by province, and writes both tiers.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd

from utils.curation.curated_tables import Record, read_record

AREA = ["indicator", "as_of", "source_id", "admin1"]
LINE = ["indicator", "country", "admin1", "area_basis", "counted_by", "source_id", "as_of"]


def read(data: Path) -> pd.DataFrame:
    """Read the CSV file as text, or the Parquet parts."""
    parts = sorted((data / "curated" / "field_observations").glob("*.parquet"))
    if parts:
        frame = pd.concat([pd.read_parquet(path) for path in parts], ignore_index=True)
    else:
        path = data / "curated" / "field_observations.csv"
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        frame = frame.mask(frame == "")
        number = frame["value"].str.fullmatch(r"-?[0-9]+(\.[0-9]+)?")
        assert number.all()
    frame["value"] = pd.to_numeric(frame["value"])
    frame["as_of"] = pd.to_datetime(frame["as_of"], format="%Y-%m-%d")
    return frame


def check(frame: pd.DataFrame, record: Record) -> int:
    """Return how many rows break a rule: types, keys, links, units, areas, phases, duplicates."""
    table = record.contract.tables["field_observations"]
    wrong = pd.Series(False, index=frame.index)
    for field in table.fields:
        column = frame[field.name]
        if field.required:
            wrong |= column.isna()
        if field.pattern:
            wrong |= ~column.dropna().str.fullmatch(field.pattern).reindex(frame.index, fill_value=True)
        if field.allowed:
            wrong |= column.notna() & ~column.isin(field.allowed)
    wrong |= frame["value"] < 0
    for link in table.foreign_keys:
        known = {row[link.target] for row in record.rows(link.table)}
        wrong |= frame[link.column].notna() & ~frame[link.column].isin(known)
    units = {row["indicator"]: row["unit"] for row in record.rows("indicators")}
    wrong |= frame["indicator"].map(units) != frame["unit"]
    places = {row["pcode"]: row["name"] for row in record.rows("places") if row["pcode"]}
    for level in ("admin1", "admin2"):
        named = frame[f"{level}_pcode"].map(places)
        wrong |= named.notna() & (named != frame[level])
    begins = frame["crisis_phase"].map({row["phase_id"]: row["starts_on"] for row in record.rows("phases")})
    wrong |= pd.to_datetime(begins) > frame["as_of"]
    wrong |= frame.duplicated("observation_id")
    wrong |= frame.duplicated([*table.unique[0]])
    return int(wrong.sum())


def hide(frame: pd.DataFrame) -> pd.Series[bool]:
    """Return the small counts of people by district, each with a second cell of its area."""
    cells = frame[(frame["unit"] == "people") & frame["admin2"].notna() & frame["site_id"].isna()]
    small = (cells["value"] > 0) & (cells["value"] < 5)
    count = small.groupby([cells[name] for name in AREA]).transform("sum")
    size = small.groupby([cells[name] for name in AREA]).transform("size")
    lonely = cells[(count == 1) & (size > 1) & ~small]
    second = lonely["value"].groupby([lonely[name] for name in AREA]).idxmin()
    hidden = pd.Series(False, index=frame.index)
    hidden[small.index[small]] = True
    hidden[second] = True
    return hidden


def main(arguments: list[str]) -> int:
    """Do the work and print what it took."""
    data, out = Path(arguments[0]), Path(arguments[1])
    record = read_record(data)
    began = time.perf_counter()
    frame = read(data)
    assert check(frame, record) == 0
    hidden = hide(frame)
    frame.assign(suppressed=False).to_parquet(out / "pandas-ngo.parquet", compression="zstd")
    public = frame[frame["site_id"].isna()].drop(columns="site_id")
    public = public.assign(suppressed=hidden, value=public["value"].mask(hidden))
    public.to_parquet(out / "pandas-public.parquet", compression="zstd")
    provinces = frame[frame["admin2"].isna() & frame["site_id"].isna()].sort_values(LINE)
    provinces.groupby(LINE[:-1]).tail(1).to_parquet(out / "pandas-latest.parquet", compression="zstd")
    provinces.to_parquet(out / "pandas-series.parquet", compression="zstd")
    used = resource.getrusage(resource.RUSAGE_SELF)
    told: dict[str, Any] = {
        "wall": time.perf_counter() - began,
        "cpu": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss / 1024,
    }
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
