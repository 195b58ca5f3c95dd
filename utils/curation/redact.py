"""What the public tier holds: allow-listed columns and rows, free text through the name gate.

The table of docs/design.md §5, and the only one of its kind. What is not named here does not go out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from utils.curation.names import NameGate
from utils.curation.read import Row
from utils.curation.record import Record

SMALL: Final = 5
_PEOPLE: Final = frozenset(
    {"displaced_people", "remaining_displaced_people", "people_in_sites", "people_with_hosts",
     "children_displaced", "women_displaced", "older_displaced", "pregnant_displaced"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """How one table goes public: its columns, its free text, the rows that may go."""

    columns: str
    free_text: str = ""
    rows: Callable[[Row], bool] = lambda row: True


def _no_place_below_district(row: Row) -> bool:
    return not row["site_id"] and not row["place"]


def _no_village(row: Row) -> bool:
    return row["kind"] not in {"village", "commune"}


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
    ),
    "aid_delivery_areas": Rule("delivery_id admin1 admin1_pcode"),
    "organisations": Rule(
        "org_id name name_local kind city country lat lon website source_id note role",
        "name name_local note",
    ),
    "organisation_roles": Rule("org_id role"),
    "events": Rule(
        "event_id date end_date kind title place admin1 admin1_pcode country crisis_phase stage "
        "place_basis source_id note",
        "title place note",
    ),
    "event_figures": Rule(
        "observation_id event_id metric value unit qualifier claimed_by source_id note supersedes",
        "note",
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
    ),
    "place_aliases": Rule("place_id alias"),
    "fx_rates": Rule("date base quote rate source_id"),
    "withdrawn_ids": Rule("observation_id table_name withdrawn_on reason replaced_by"),
}


def public_tables(record: Record) -> dict[str, tuple[tuple[str, ...], tuple[Row, ...]]]:
    """Return ``{table: (columns, rows)}`` of the public tier.

    Raises ``KeyError`` when a rule names a column that the contract does not have.
    """
    gate = record.gate()
    tables = {}
    for name, rule in RULES.items():
        columns = tuple(rule.columns.split())
        allowed = {field.name for field in record.contract.tables[name].fields if field.tier == "public"}
        columns = tuple(column for column in columns if column in allowed)
        rows: list[Row] = [
            {column: row[column] for column in columns} for row in record.rows(name) if rule.rows(row)
        ]
        for column in rule.free_text.split():
            for row in rows:
                text = row[column]
                if isinstance(text, str) and gate.hits(text):
                    row[column] = gate.replace(text) or None
        if name == "sources":
            rows = [_neutral(row, gate) for row in rows]
        if name == "displacement":
            rows = suppress_small(rows)
            columns = (*columns, "suppressed")
        tables[name] = (columns, tuple(rows))
    known_places = {row["place_id"] for row in tables["places"][1]}
    tables["place_aliases"] = (
        tables["place_aliases"][0],
        tuple(row for row in tables["place_aliases"][1] if row["place_id"] in known_places),
    )
    return tables


def _neutral(row: Row, gate: NameGate) -> Row:
    """Return a source without its title and link where either names a hidden site."""
    hits = gate.hits(str(row["title"] or "")) or gate.hits(str(row["url"] or ""))
    if not hits:
        return row
    title = f"Report on displaced people in {hits[0].area} (neutral title)"
    return row | {"title": title, "url": None, "link": False}


def suppress_small(rows: Sequence[Row]) -> list[Row]:
    """Hide counts of people under five below province level, and a second cell that would tell them.

    Within one source, day, indicator and province a single hidden district could be found by
    subtraction from the province's total, so the next smallest is hidden with it. A hidden cell has
    no value, no bounds and ``suppressed`` true.
    """
    marked = [dict(row, suppressed=False) for row in rows]
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in marked:
        if row["admin2"] and row["indicator"] in _PEOPLE and isinstance(row["value"], float):
            key = (
                row["indicator"],
                row["as_of"],
                row["source_id"],
                row["admin1"],
                row["area_basis"],
            )
            groups[key].append(row)
    for cells in groups.values():
        ordered = sorted(cells, key=lambda row: float(str(row["value"])))
        small = [row for row in ordered if 0 < float(str(row["value"])) < SMALL]
        hidden = ordered[: max(len(small), 2)] if len(small) == 1 else small
        for row in hidden:
            row.update(value=None, low=None, high=None, suppressed=True)
    return marked
