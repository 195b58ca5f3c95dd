"""A dataset: the rows of one chart, map or table, typed and described, before any file format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, TypeVar

from utils.analysis import observations as analysis_observations
from utils.analysis import places
from utils.analysis.model import Observation, SourceRef
from utils.exports import hxl
from utils.releases import Release, per_release
from utils.text.locale import LANGUAGES, Message, Names, read_titles, translator

Kind = Literal["string", "number", "integer", "date", "boolean"]
Cell = str | float | int | date | bool | None
T = TypeVar("T")

_KINDS: Final[Mapping[str, Kind]] = {
    "number": "number",
    "integer": "integer",
    "date": "date",
    "boolean": "boolean",
}
_LICENCE: Final = "CC-BY-4.0"
_DAYS: Final = ("as_of", "date", "last_reported", "last_reported_month", "searched_until")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: machine ``name``, type, unit, titles by language, meaning in English, HXL tag."""

    name: str
    kind: Kind
    titles: Names
    description: str = ""
    unit: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a row is: degrees, and how well the point is known (``coord_precision`` of places).

    ``pcode`` names the province whose outline may stand for the point, ``""`` where none may.
    """

    lat: float
    lon: float
    precision: str
    pcode: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Rows with everything a reader needs to quote them.

    ``rows`` hold typed values in the order of ``columns``; ``None`` is "not published". ``spots``
    holds one place a row, or nothing where rows have none. ``newest`` is the newest day described, as
    an ISO day or month, ``""`` where no row has a date.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sources: tuple[SourceRef, ...]
    newest: str
    spots: tuple[Spot | None, ...] = ()
    licence: str = _LICENCE

    @property
    def placed(self) -> bool:
        """Return whether at least one row is a place on a map."""
        return any(self.spots)


_OBSERVED: Final = (
    ("observation_id", "displacement", "observation_id"),
    ("as_of", "displacement", "as_of"),
    ("as_of_precision", "displacement", "as_of_precision"),
    ("country", "displacement", "country"),
    ("admin1", "displacement", "admin1"),
    ("admin1_pcode", "displacement", "admin1_pcode"),
    ("admin2", "displacement", "admin2"),
    ("admin2_pcode", "displacement", "admin2_pcode"),
    ("area_basis", "displacement", "area_basis"),
    ("indicator", "displacement", "indicator"),
    ("indicator_name", "indicators", "name"),
    ("value", "displacement", "value"),
    ("low", "displacement", "low"),
    ("high", "displacement", "high"),
    ("unit", "displacement", "unit"),
    ("qualifier", "displacement", "qualifier"),
    ("counted_by", "displacement", "counted_by"),
    ("counted_by_name", "counters", "name"),
    ("headline_ok", "displacement", "headline_ok"),
    ("source_id", "displacement", "source_id"),
    ("publisher", "sources", "publisher"),
    ("published_on", "sources", "published_on"),
    ("grade", "sources", "grade"),
    ("url", "sources", "url"),
    ("note", "displacement", "note"),
)
"""Column of an observation's dataset, and the column of the contract that describes it."""


def own_column(name: str, kind: Kind, title: Message, description: str, unit: str = "") -> Column:
    """Return a column that no table of the record has, such as a sum or a converted amount."""
    written = Names({lang: translator(lang).translate(title) for lang in LANGUAGES})
    return Column(name, kind, written, description, unit, hxl.tag(name))


def contract_column(release: Release, table: str, field_name: str, name: str = "") -> Column:
    """Return the description of a column by the contract, under another ``name`` where given.

    Raises ``KeyError`` for a column that the contract does not have.
    """
    found = _fields(release)[(table, field_name)]
    shown = name or field_name
    return Column(
        name=shown,
        kind=_KINDS.get(found["type"], "string"),
        titles=read_titles(found, field_name),
        description=found.get("description", ""),
        unit=found.get("unit", ""),
        tag=hxl.tag(shown, table),
    )


@per_release
def _fields(release: Release) -> Mapping[tuple[str, str], Mapping[str, Any]]:
    return {
        (resource["name"], item["name"]): item
        for resource in release.contract()["resources"]
        for item in resource["schema"]["fields"]
    }


def of_observations(
    release: Release, observations: Iterable[Observation], *, outlined: bool = False
) -> Dataset:
    """Return observations one a row with their indicator, counter and source written out.

    Where the record gives all rows the same HXL tag, it stands over the values. ``outlined`` rows are
    the area of their province on a map, others the point in its middle.
    """
    shown = tuple(dict.fromkeys(observations))
    columns = [contract_column(release, table, name, called) for called, table, name in _OBSERVED]
    tags = {hxl.indicator_tag(release, row.indicator) for row in shown}
    own = tags.pop() if len(tags) == 1 else ""
    if own:
        columns = [_tagged(column, own) if column.name == "value" else column for column in columns]
    return Dataset(
        columns=tuple(columns),
        rows=tuple(_observed(release, row) for row in shown),
        sources=cited(source for row in shown for source in row.sources),
        newest=newest_of(row.as_of for row in shown),
        spots=tuple(
            area_spot(release, row.admin2_pcode or row.admin1_pcode, outlined=outlined) for row in shown
        ),
    )


def _tagged(column: Column, tag: str) -> Column:
    return Column(column.name, column.kind, column.titles, column.description, column.unit, tag)


def _observed(release: Release, row: Observation) -> tuple[Cell, ...]:
    source = row.source
    counter = analysis_observations.counters(release).get(row.counted_by)
    return (
        row.observation_id,
        row.as_of,
        row.as_of_precision,
        row.country,
        row.admin1,
        row.admin1_pcode,
        row.admin2,
        row.admin2_pcode,
        row.area_basis,
        row.indicator,
        analysis_observations.indicators(release)[row.indicator].name.msgid,
        whole(row.value),
        whole(row.low),
        whole(row.high),
        row.unit,
        row.qualifier,
        row.counted_by,
        counter.names.en if counter else "",
        row.headline_ok,
        source.source_id if source else "",
        source.publisher if source else "",
        source.published_on if source else "",
        source.grade if source else "",
        (source.url or "") if source else "",
        row.note,
    )


def area_spot(release: Release, pcode: str, *, outlined: bool = False) -> Spot | None:
    """Return the middle of a province or district, ``None`` where the record has none of this P-code."""
    place = places.by_pcode(release).get(pcode)
    if place is None or place.lat is None or place.lon is None:
        return None
    return Spot(place.lat, place.lon, place.kind, pcode if outlined else "")


def of_table(
    release: Release,
    table: str,
    *,
    key: str = "",
    only: Sequence[str] | None = None,
) -> Dataset:
    """Return a table of the release, with ``only`` the rows whose ``key`` is named, in that order.

    Raises :class:`utils.releases.TableUnavailable`.
    """
    rows = analysis_observations.rows(release, table)
    if only is not None:
        by_key = {str(row[key]): row for row in rows}
        rows = [by_key[name] for name in only if name in by_key]
    names = list(release.table(table).columns)
    known = analysis_observations.sources(release)
    return Dataset(
        columns=tuple(contract_column(release, table, name) for name in names),
        rows=tuple(tuple(whole(row[name]) for name in names) for row in rows),
        sources=cited(
            known[row[name]]
            for row in rows
            for name in ("source_id", "coord_source_id", "pcode_source_id")
            if row.get(name) in known
        ),
        newest=newest_of(row.get(name) for row in rows for name in _DAYS),
        spots=tuple(_table_spot(release, row) for row in rows),
        licence=_licence(release, table),
    )


def _table_spot(release: Release, row: Mapping[str, Any]) -> Spot | None:
    """Return the published point of a row, else the middle of its district or province."""
    if row.get("lat") is not None and row.get("lon") is not None:
        return Spot(row["lat"], row["lon"], row.get("coord_precision") or row.get("place_basis") or "town")
    return area_spot(release, row.get("admin2_pcode") or row.get("admin1_pcode") or "")


def _licence(release: Release, table: str) -> str:
    for resource in release.contract()["resources"]:
        if resource["name"] == table:
            names = [str(item.get("name", "")) for item in resource.get("licenses", [])]
            return ", ".join(name for name in names if name) or _LICENCE
    return _LICENCE


def widened(
    dataset: Dataset, shown: Iterable[T], columns: Sequence[Column], cells: Callable[[T], tuple[Cell, ...]]
) -> Dataset:
    """Return a dataset with further columns: ``cells`` gives theirs for what each row tells of.

    Raises ``ValueError`` where ``shown`` is not one a row.
    """
    return replace(
        dataset,
        columns=(*dataset.columns, *columns),
        rows=tuple((*row, *cells(item)) for row, item in zip(dataset.rows, shown, strict=True)),
    )


def beside(
    release: Release,
    table: str,
    key: str,
    shown: Mapping[str, T],
    columns: Sequence[Column],
    cells: Callable[[T], tuple[Cell, ...]],
) -> Dataset:
    """Return the rows of a table whose ``key`` is in ``shown``, in its order, with further columns.

    Raises :class:`utils.releases.TableUnavailable`.
    """
    made = of_table(release, table, key=key, only=tuple(shown))
    at = [column.name for column in made.columns].index(key)
    return widened(made, (shown[str(row[at])] for row in made.rows), columns, cells)


def also_cited(dataset: Dataset, more: Iterable[SourceRef]) -> Dataset:
    """Return a dataset that names further sources, of what its own columns tell beside the table."""
    return replace(dataset, sources=cited((*dataset.sources, *more)))


def newest_of(days: Iterable[date | str | None]) -> str:
    """Return the latest day or month as ISO text, ``""`` where there is none."""
    return max((str(day) for day in days if day), default="")


def cited(found: Iterable[SourceRef]) -> tuple[SourceRef, ...]:
    """Return each source once, by its id."""
    known = {source.source_id: source for source in found}
    return tuple(known[name] for name in sorted(known))


def whole(value: Any) -> Any:
    """Return a number that is whole as an integer; everything else unchanged."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
