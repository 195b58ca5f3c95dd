"""A large table of field observations, made from a seed: province, district and site rows of each day."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
from numpy.typing import NDArray

FIRST: Final = date(2025, 7, 24)
SECOND_ROUND: Final = date(2025, 12, 7)
INDICATORS: Final = (
    ("displaced_people", "people"),
    ("people_in_sites", "people"),
    ("people_with_hosts", "people"),
    ("children_displaced", "people"),
    ("women_displaced", "people"),
    ("pregnant_displaced", "people"),
    ("displaced_families", "families"),
    ("schools_damaged", "schools"),
)
MOST: Final = 1_900
"""No figure is larger, since none may be larger than the population of its area."""
_CHUNK: Final = 250_000
_SITES: Final = 60
"""Sites that are counted besides the areas, where the record knows any."""


@dataclass(frozen=True)
class Area:
    """One thing that is counted each day: a province, a district or a site of it."""

    admin1: str
    admin1_pcode: str
    admin2: str
    admin2_pcode: str
    site_id: str


def areas(data: Path) -> list[Area]:
    """Return the provinces and districts with a P-code, and some sites, of a record."""
    with (data / "curated" / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["pcode"]]
    provinces = {row["pcode"]: row["name"] for row in rows if row["kind"] == "province"}
    found = [Area(name, code, "", "", "") for code, name in provinces.items()]
    found += [
        Area(provinces[row["pcode"][:4]], row["pcode"][:4], row["name"], row["pcode"], "")
        for row in rows
        if row["kind"] == "district"
    ]
    sites = data / "curated" / "restricted" / "sites.csv"
    if sites.exists():
        with sites.open(encoding="utf-8", newline="") as file:
            for row in list(csv.DictReader(file))[:_SITES]:
                found.append(Area(row["admin1"], row["admin1_pcode"], "", "", row["site_id"]))
    return found


def chunks(data: Path, rows: int, *, seed: int = 20251207) -> Iterator[Any]:
    """Yield tables of text and numbers that together have ``rows`` rows; the same for the same seed."""
    counters = ("ncdm", "mnd", "moi")
    known = areas(data)
    draw = np.random.default_rng(seed)
    per_day = len(known) * len(INDICATORS) * len(counters)
    sources = _sources(data)
    for start in range(0, rows, _CHUNK):
        number = np.arange(start, min(start + _CHUNK, rows))
        day, place = np.divmod(number, per_day)
        place, rest = np.divmod(place, len(INDICATORS) * len(counters))
        what, who = np.divmod(rest, len(counters))
        days = [FIRST + timedelta(days=int(one) % 480) for one in range(int(day[0]), int(day[-1]) + 1)]
        rounds = day // 480
        values = np.minimum(np.floor(draw.lognormal(5.0, 2.0, len(number))), MOST)
        yield pa.table(
            {
                "observation_id": pa.array(np.char.add("fob-", np.char.zfill(number.astype("U9"), 9))),
                "as_of": _coded([one.isoformat() for one in days], day - day[0]),
                "country": _coded(["KHM"], np.zeros(len(number), dtype=np.int64)),
                **{
                    name: _coded([getattr(area, name) for area in known], place)
                    for name in ("admin1", "admin1_pcode", "admin2", "admin2_pcode", "site_id")
                },
                "indicator": _coded([one for one, _ in INDICATORS], what),
                "value": pa.array(values.astype(np.int64)),
                "unit": _coded([unit for _, unit in INDICATORS], what),
                "qualifier": _coded(["exact", "about"], (number % 10 == 0).astype(np.int64)),
                "crisis_phase": _coded(
                    ["2025-12" if one >= SECOND_ROUND else "2025-07" for one in days], day - day[0]
                ),
                "area_basis": _coded(["sheltering"], np.zeros(len(number), dtype=np.int64)),
                "counted_by": _coded(list(counters), who),
                "source_id": _coded(sources, rounds % len(sources)),
            }
        )


def _sources(data: Path) -> list[str]:
    with (data / "curated" / "sources.csv").open(encoding="utf-8", newline="") as file:
        return [row["source_id"] for row in csv.DictReader(file)][:40]


def _coded(values: list[str], codes: NDArray[np.int64]) -> Any:
    coded = pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(values, pa.string()))
    return coded.dictionary_decode()


def write_csv(data: Path, path: Path, rows: int) -> None:
    """Write the table as one CSV file, as a registration system exports it."""
    with path.open("wb") as file:
        for at, chunk in enumerate(chunks(data, rows)):
            options = arrow_csv.WriteOptions(include_header=at == 0, quoting_style="none")
            arrow_csv.write_csv(chunk, file, options)


def write_parquet(data: Path, folder: Path, rows: int, *, each: int = 2_500_000) -> None:
    """Write the table as parts of Parquet files, typed, an empty cell as null."""
    folder.mkdir(parents=True, exist_ok=True)
    writer: pq.ParquetWriter | None = None
    written = 0
    for chunk in chunks(data, rows):
        typed = _typed(chunk)
        if writer is None or written % each == 0:
            if writer is not None:
                writer.close()
            writer = pq.ParquetWriter(folder / f"part-{written // each:03}.parquet", typed.schema)
        writer.write_table(typed)
        written += len(typed)
    if writer is not None:
        writer.close()


def _typed(chunk: Any) -> Any:
    columns = {}
    for name in chunk.column_names:
        column = chunk[name]
        if name == "as_of":
            column = column.cast(pa.date32())
        elif name != "value":
            column = pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)
        columns[name] = column
    return pa.table(columns)
