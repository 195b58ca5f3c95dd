"""What the public tier holds: allow-listed columns and rows, free text through the name gate.

The table of docs/design.md §5, and the only one of its kind. What is not named here does not go out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from utils.curation.contract import ContractError, Field, Table
from utils.curation.curated_tables import Record
from utils.curation.disclosure.cell_suppression import SMALL as SMALL
from utils.curation.disclosure.cell_suppression import Cell, Withheld, cell_of, cells_of_ids, suppress_small
from utils.curation.disclosure.name_filter import OPENLY_NAMED, NameGate
from utils.curation.read import Problem, Row, Value

SUPPRESSED: Final = Field(
    name="suppressed",
    kind="boolean",
    titles={"en": "Suppressed", "fr": "Masqué", "km": "បានលាក់"},
    unit="",
    required=True,
    allowed=frozenset(),
    pattern=None,
    minimum=None,
    maximum=None,
    true_value="yes",
    false_value="no",
    tier="public",
    sensitivity="low",
)
"""The column that a release adds to displacement: yes where a count under five is hidden."""
Shape = tuple[tuple[str, ...], tuple[Row, ...]]
_NEAR: Final = frozenset({"KHM", "THA"})


@dataclass(frozen=True, slots=True)
class Rule:
    """How one table goes public: its columns, its free text, the rows that may go, what is blurred."""

    columns: str
    free_text: str = ""
    rows: Callable[[Row], bool] = lambda row: True
    blur: Callable[[Row], Row] | None = None


def _no_place_below_district(row: Row) -> bool:
    return not row["site_id"] and not row["place"]


def _no_village(row: Row) -> bool:
    return row["kind"] not in {"village", "commune"}


def _blur_event(row: Row) -> Row:
    """Events in Cambodia and Thailand lose their point; elsewhere it is a city's, to 0.1 degree."""
    if row["country"] in _NEAR:
        return row | {"lat": None, "lon": None}
    return row | {column: _rounded(row[column], 1) for column in ("lat", "lon")}


def _blur_place(row: Row) -> Row:
    """The mean of a commune's villages is no finer than about a kilometre, and may be a site's point."""
    if row["coord_kind"] != "mean_of_villages":
        return row
    return row | {column: _rounded(row[column], 2) for column in ("lat", "lon")}


def _blur_delivery(row: Row) -> Row:
    """A delivery at a named place to a handful of people or families does not say how few."""
    if not row["place_or_site"]:
        return row
    few = [c for c in ("beneficiaries_families", "beneficiaries_people") if _is_few(row[c])]
    return row | dict.fromkeys((*few, "note") if few else (), None)


def _is_few(value: Value) -> bool:
    return isinstance(value, float | int) and 0 < value < SMALL


def _rounded(value: Value, digits: int) -> Value:
    return round(value, digits) if isinstance(value, float) else None


def _of_public_table(row: Row) -> bool:
    """Return whether an acceptance concerns a table that readers see: never a restricted one."""
    return row["table_name"] in RULES


RULES: Final[Mapping[str, Rule]] = {
    "displacement": Rule(
        "observation_id as_of country admin1 admin1_pcode admin2 admin2_pcode indicator value unit low "
        "high qualifier crisis_phase source_id note as_of_precision area_basis headline_ok counted_by "
        "supersedes",
        "note",
        _no_place_below_district,
    ),
    "impact": Rule(
        "observation_id as_of country admin1 admin1_pcode indicator value unit low high qualifier "
        "crisis_phase source_id note as_of_precision headline_ok counted_by supersedes",
        "note",
    ),
    "needs": Rule(
        "observation_id as_of country sector admin1 admin1_pcode indicator value unit qualifier "
        "crisis_phase source_id note as_of_precision supersedes",
        "note",
    ),
    "site_counts": Rule(
        "admin1 admin1_pcode admin2 admin2_pcode level sites first_reported_month last_reported_month"
    ),
    "named_sites": Rule(
        "site_id name kind admin1 admin1_pcode admin2 admin2_pcode last_known_status first_reported "
        "last_reported source_id"
    ),
    "named_site_reports": Rule(
        "observation_id as_of as_of_precision site_id indicator value unit qualifier source_id "
        "headline_ok note",
        "note",
    ),
    "donations": Rule(
        "row_id date date_from date_to campaign_id donor donor_kind donor_city donor_country recipient "
        "channel amount currency amount_qualifier status is_cumulative in_kind_item in_kind_quantity "
        "in_kind_unit crisis_phase source_id note stage purpose count_in_total exclude_reason",
        "donor recipient channel in_kind_item note",
    ),
    "donation_destinations": Rule("row_id admin1 admin1_pcode"),
    "donation_scopes": Rule("row_id country"),
    "appeals": Rule(
        "appeal_id date organisation target_amount currency amount_qualifier purpose source_id note",
        "purpose note",
    ),
    "aid_deliveries": Rule(
        "delivery_id date org org_kind item_category quantity unit beneficiaries_families "
        "beneficiaries_people place_or_site from_city origin_country status source_id note",
        "org place_or_site unit note",
        blur=_blur_delivery,
    ),
    "aid_delivery_areas": Rule("delivery_id admin1 admin1_pcode"),
    "organisations": Rule(
        "org_id name name_local kind city country lat lon website source_id note",
        "name name_local note",
    ),
    "organisation_roles": Rule("org_id role"),
    "events": Rule(
        "event_id date end_date kind title place admin1 admin1_pcode country lat lon crisis_phase "
        "stage place_basis source_id note",
        "title place note",
        blur=_blur_event,
    ),
    "event_figures": Rule(
        "observation_id event_id metric value unit qualifier claimed_by source_id note supersedes",
        "note",
    ),
    "cities": Rule(
        "city_id name name_fr name_km region country lat lon part_of in_article source_id note",
        "name name_fr name_km region note",
    ),
    "event_cities": Rule("event_id city_id"),
    "advocacy_acts": Rule(
        "act_id event_id form addressee answer answered_on source_id note", "addressee note"
    ),
    "diplomatic_acts": Rule("event_id actor act commitment note", "note"),
    "access_events": Rule("event_id access effect closed_by note", "note"),
    "corridors": Rule(
        "corridor_id origin origin_country mode corridor_status since source_id note", "origin note"
    ),
    "adopted_needs": Rule(
        "adoption_id city_id organisation sector need quantity unit adopted_on stage source_id note",
        "organisation need unit note",
    ),
    "collections": Rule(
        "collection_id city_id organisation collected_at item_category item wanted collected sent received "
        "unit opens_on closes_on source_id note",
        "organisation collected_at item unit note",
    ),
    "shipments": Rule(
        "shipment_id corridor_id organisation cargo quantity unit shipment_stage reported_on arrived_on "
        "admin1 admin1_pcode source_id note",
        "organisation cargo unit note",
    ),
    "hosting_counts": Rule(
        "hosting_id as_of admin1 admin1_pcode households people organisation source_id note",
        "organisation note",
    ),
    "hashtags": Rule(
        "hashtag_id hashtag platform as_of posts views qualifier used_by source_id note",
        "hashtag platform note",
    ),
    "streams": Rule(
        "stream_id title organisation platform city_id date amount currency viewers source_id note",
        "title organisation platform note",
    ),
    "adopted_tasks": Rule(
        "adoption_id city_id organisation task from_date to_date source_id note", "organisation note"
    ),
    "verified_information": Rule(
        "observation_id record_type date claim_or_channel verdict checker checker_kind claim_language "
        "platform source_id note",
        "claim_or_channel note",
    ),
    "emergency_contacts": Rule(
        "observation_id institution kind service phone url country source_id note", "note"
    ),
    "contact_languages": Rule("observation_id language"),
    "looked_for": Rule("search_id topic subject country city searched_until note", "subject note"),
    "series_breaks": Rule("break_id indicator country counted_by starts_on ends_on source_id note", "note"),
    "sources": Rule(
        "source_id publisher title url published_on kind language grade is_copy link note", "note"
    ),
    "source_origins": Rule("source_id origin"),
    "counters": Rule("counter_id name name_fr name_km short_name country kind note"),
    "indicators": Rule(
        "indicator name unit kind expected_frequency counted_by definition may_sum_over_areas note hxl_tag"
    ),
    "phases": Rule("phase_id name starts_on ends_on note"),
    "stages": Rule("stage_id phase_id name starts_on ends_on note"),
    "places": Rule(
        "place_id name name_km name_fr kind pcode ncdd_code parent_id lat lon coord_source_id "
        "coord_kind coord_precision country iso3166_2 source_id pcode_status code_source_id population "
        "population_year population_vintage population_source_id pcode_source_id",
        "",
        _no_village,
        _blur_place,
    ),
    "place_aliases": Rule("place_id alias"),
    "fx_rates": Rule("date base quote rate source_id"),
    "withdrawn_ids": Rule("observation_id table_name withdrawn_on reason replaced_by"),
    "accepted_warnings": Rule(
        "acceptance_id code table_name row_key column reason accepted_by accepted_on expires_on",
        "row_key reason accepted_by",
        _of_public_table,
    ),
}


@dataclass(frozen=True, slots=True)
class StreamedRule:
    """How a large table goes public: its columns, and those that must be empty in a row that may go.

    It has no free text: each text column is a closed list, a key of another table, or the name of a place.
    """

    columns: str
    empty: str = ""


STREAMED: Final[Mapping[str, StreamedRule]] = {
    "field_observations": StreamedRule(
        "observation_id as_of country admin1 admin1_pcode admin2 admin2_pcode indicator value unit "
        "qualifier crisis_phase area_basis counted_by source_id",
        empty="site_id",
    ),
}


def public_tables(record: Record) -> dict[str, Shape]:
    """Return ``{table: (columns, rows)}`` of the public tier.

    Raises :class:`ContractError` when a rule names a table or column that the contract does not have.
    """
    gate = record.gate()
    tables = {name: _apply(record, name, rule, gate) for name, rule in RULES.items()}
    tables = {name: shape for name, shape in tables.items() if _may_go(record.contract.tables[name])}
    if "place_aliases" in tables:
        known = {row["place_id"] for row in tables.get("places", ((), ()))[1]}
        columns, aliases = tables["place_aliases"]
        tables["place_aliases"] = (columns, tuple(row for row in aliases if row["place_id"] in known))
    return tables


def public_displacement(record: Record, also: frozenset[Cell] = frozenset()) -> tuple[Row, ...]:
    """Return the rows of displacement as the public tier shows them, small cells and ``also`` hidden."""
    known = withheld(record)
    both = Withheld(known.ids, known.cells | also)
    return tuple(suppress_small(allowed_displacement(record), both, kinds_of(record)))


def allowed_displacement(record: Record) -> tuple[Row, ...]:
    """Return the rows of displacement that may go out, before small cells are hidden."""
    return _allowed(record, "displacement", RULES["displacement"], record.gate())[1]


def _apply(record: Record, name: str, rule: Rule, gate: NameGate) -> Shape:
    columns, rows = _allowed(record, name, rule, gate)
    if name == "displacement":
        hidden = suppress_small(rows, withheld(record), kinds_of(record))
        return (*columns, SUPPRESSED.name), tuple(hidden)
    return columns, rows


def _allowed(record: Record, name: str, rule: Rule, gate: NameGate) -> Shape:
    table = record.contract.tables.get(name)
    unknown = set(rule.columns.split()) - set(table.columns) if table else {name}
    if table is None or unknown:
        reason = f"the public tier of {name} needs {', '.join(sorted(unknown))}"
        raise ContractError(path=record.data / "datapackage.json", reason=reason)
    allowed = {field.name for field in table.fields if _may_go(field) and _may_go(table)}
    columns = tuple(column for column in rule.columns.split() if column in allowed)
    rows: list[Row] = [
        {column: row[column] for column in columns} for row in record.rows(name) if rule.rows(row)
    ]
    for row in rows:
        for column in rule.free_text.split():
            text = row.get(column)
            if isinstance(text, str) and gate.hits(text):
                row[column] = gate.replace(text)
    if rule.blur:
        rows = [rule.blur(row) for row in rows]
    if name == "sources":
        rows = [_neutral(row, gate) for row in rows]
    return columns, tuple(rows)


def _may_go(described: Field | Table) -> bool:
    """Return whether the contract lets a table or a column out; what it does not say is kept in."""
    return described.tier == "public" and described.sensitivity in {"low", "moderate"}


def _neutral(row: Row, gate: NameGate) -> Row:
    """Return a source without its title and link where either names a hidden site."""
    hits = gate.hits(str(row["title"] or "")) or gate.hits(str(row["url"] or ""))
    if not hits:
        return row
    title = f"Report on displaced people in {hits[0].area} (neutral title)"
    return row | {"title": title, "url": None, "link": False}


def leaks(record: Record, tables: Mapping[str, Shape]) -> tuple[Problem, ...]:
    """Return where public tables still name a hidden site or hold its point: the last gate.

    Names are not repeated in the problems, since those are printed and logged.
    """
    gate = record.gate()
    points = {
        (row["lat"], row["lon"])
        for row in record.rows("restricted_sites")
        if row["public_display"] != OPENLY_NAMED and row["coord_precision"] in {"village", "commune"}
    }
    verdict: dict[str, bool] = {}
    found = []
    for name, (columns, rows) in tables.items():
        for line, row in enumerate(rows, 1):
            for column in columns:
                text = row[column]
                if not isinstance(text, str):
                    continue
                if text not in verdict:
                    verdict[text] = bool(gate.hits(text))
                if verdict[text]:
                    found.append(_leak(name, line, column, "no name of a site that is not closed"))
            if row.get("lat") is not None and (row["lat"], row.get("lon")) in points:
                found.append(_leak(name, line, "lat", "no point of a site that is not closed"))
    return tuple(found)


def _leak(table: str, line: int, column: str, wanted: str) -> Problem:
    return Problem(f"public/{table}.parquet", line, column, "withheld", wanted, "restricted")


def withheld_cells(record: Record) -> frozenset[str]:
    """Return the ids of the cells that an earlier release hid: they stay hidden in every later one."""
    return frozenset(str(row["observation_id"]) for row in record.rows("withheld_cells"))


def withheld(record: Record) -> Withheld:
    """Return what an earlier release hid, by id and by district and day."""
    rows = record.rows("withheld_cells")
    return Withheld(withheld_cells(record), frozenset(cell_of(row) for row in rows if row["admin2"]))


def withheld_now(record: Record, rows: Sequence[Row]) -> frozenset[Cell]:
    """Return the withheld cells, with those of the withheld ids among ``rows``."""
    listed = withheld(record)
    return listed.cells | cells_of_ids(rows, listed.ids)


def kinds_of(record: Record) -> dict[str, str]:
    """Return of each indicator whether it is a stock, a flow or cumulative."""
    return {str(row["indicator"]): str(row["kind"]) for row in record.rows("indicators")}
