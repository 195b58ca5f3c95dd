"""Hashtags of the Humanitarian Exchange Language (HXL 1.1) for the columns of a download."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from utils.analysis import observations
from utils.releases import Release, per_release

TAGS: Final[Mapping[str, str]] = {
    "observation_id": "#meta+id",
    "row_id": "#meta+id",
    "event_id": "#meta+id",
    "as_of": "#date+occurred",
    "as_of_precision": "#meta+precision",
    "date": "#date+occurred",
    "date_from": "#date+start",
    "date_to": "#date+end",
    "end_date": "#date+end",
    "starts_on": "#date+start",
    "ends_on": "#date+end",
    "first_reported": "#date+start",
    "last_reported": "#date+end",
    "country": "#country+code+v_iso3",
    "admin1": "#adm1+name",
    "admin1_pcode": "#adm1+code+v_pcode",
    "admin2": "#adm2+name",
    "admin2_pcode": "#adm2+code+v_pcode",
    "place": "#loc+name",
    "lat": "#geo+lat",
    "lon": "#geo+lon",
    "area_basis": "#meta+basis",
    "indicator": "#indicator+code",
    "indicator_name": "#indicator+name",
    "value": "#indicator+value+num",
    "low": "#indicator+min+num",
    "high": "#indicator+max+num",
    "unit": "#meta+unit",
    "qualifier": "#meta+qualifier",
    "counted_by": "#org+code+counted",
    "counted_by_name": "#org+name+counted",
    "headline_ok": "#meta+headline",
    "source_id": "#meta+source+id",
    "publisher": "#meta+source+name",
    "published_on": "#meta+source+published",
    "grade": "#meta+source+grade",
    "url": "#meta+source+url",
    "note": "#meta+note",
    "donor": "#org+name+donor",
    "donor_kind": "#org+type+donor",
    "donor_country": "#country+code+donor",
    "recipient": "#org+name+recipient",
    "amount": "#value+original",
    "currency": "#currency+original",
    "converted": "#value+converted",
    "converted_currency": "#currency+converted",
    "status": "#status",
    "sector": "#sector",
    "in_kind_item": "#item+name",
    "in_kind_quantity": "#item+num",
    "in_kind_unit": "#item+unit",
    "sites": "#loc+sites+num",
    "group": "#group+code",
    "group_name": "#group+name",
    "org": "#org+name",
    "name": "#loc+name",
    "delivery_id": "#meta+id",
    "corridor_id": "#meta+id",
    "appeal_id": "#meta+id",
    "act_id": "#meta+id",
    "org_id": "#meta+id",
    "city_id": "#meta+id",
    "org_kind": "#org+type",
    "item_category": "#sector",
    "quantity": "#item+num",
    "beneficiaries_families": "#reached+families+num",
    "beneficiaries_people": "#reached+people+num",
    "place_or_site": "#loc+name",
    "from_city": "#loc+name+origin",
    "origin": "#loc+name+origin",
    "origin_country": "#country+code+origin",
    "provinces": "#adm1+code+list",
    "since": "#date+start",
    "organisation": "#org+name",
    "target_amount": "#value+requested",
    "claimed_by": "#org+name+claim",
    "row_ids": "#meta+rows+id",
    "rows": "#meta+rows+num",
    "from": "#meta+link+from",
    "to": "#meta+link+to",
    "trace": "#status+trace",
    "events.kind": "#event+type",
    "events.title": "#event+name",
    "organisations.name": "#org+name",
    "organisations.kind": "#org+type",
    "emergency_contacts.institution": "#org+name",
    "emergency_contacts.phone": "#contact+phone",
    "emergency_contacts.url": "#contact+url",
}
"""Column name, alone or under its table, -> hashtag. A column that is not here has none, which HXL allows."""


def tag(name: str, table: str = "") -> str:
    """Return the hashtag of a column, that of its own table before that of its name; ``""`` for none."""
    return TAGS.get(f"{table}.{name}") or TAGS.get(name, "")


@per_release
def _own(release: Release) -> Mapping[str, str]:
    return {row["indicator"]: row.get("hxl_tag") or "" for row in observations.rows(release, "indicators")}


def indicator_tag(release: Release, indicator: str) -> str:
    """Return the tag that the record gives an indicator, ``""`` where it has none."""
    return _own(release).get(indicator, "")
