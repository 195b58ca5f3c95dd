"""The live record as it may stand next month: a newer figure, a gift that counts, an event and a site are added."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from utils.curation.derive import write_derived
from utils.curation.curated_tables import read_record

SOURCE: Final = "made-up-newer"
PEOPLE: Final = 41_000
EUROS: Final = 2_500
EVENT: Final = "A made-up evening for the families"
SITE: Final = "wat-made-up-zorvath"
_NUMBERED: Final = re.compile(r"(\D+)(\d+)")
_MOMENT: Final = {"crisis_phase": "2025-12", "source_id": SOURCE}


def grow(data: Path) -> date:
    """Append the rows as docs/extending.md says, one day after the newest figure; return that day.

    A record without its restricted part gets no site.
    """
    day = _newest(data / "curated" / "displacement.csv") + timedelta(days=1)
    on = day.isoformat()
    _append(data, "sources", {"source_id": SOURCE, "publisher": "Example", "title": "A made-up report",
            "url": "https://example.org/newer", "published_on": on, "kind": "ngo", "language": "en",
            "grade": "B", "is_copy": "no", "link": "yes"})  # fmt: skip
    _append(data, "source_origins", {"source_id": SOURCE, "origin": SOURCE})
    _append(data, "displacement", _MOMENT | {"as_of": on, "country": "KHM", "value": str(PEOPLE),
            "indicator": "remaining_displaced_people", "unit": "people", "qualifier": "exact",
            "as_of_precision": "day", "area_basis": "not_applicable", "headline_ok": "yes",
            "counted_by": "moi"})  # fmt: skip
    gift = _append(data, "donations", _MOMENT | {"date": on, "campaign_id": "made-up-evening",
            "donor": "A made-up society", "donor_kind": "diaspora", "donor_city": "Paris",
            "donor_country": "FRA", "recipient": "displaced families", "amount": str(EUROS),
            "currency": "EUR", "amount_qualifier": "exact", "status": "raised", "is_cumulative": "false",
            "stage": "second_truce", "purpose": "humanitarian", "count_in_total": "yes"})  # fmt: skip
    _append(data, "donation_scopes", {"row_id": gift, "country": "KHM"})
    _append(data, "events", _MOMENT | {"date": on, "kind": "fundraiser", "title": EVENT, "place": "Paris",
            "country": "FRA", "stage": "second_truce"})  # fmt: skip
    if (data / "curated" / "restricted").is_dir():
        _append(data, "restricted/sites", {"site_id": SITE, "name": "Wat Made-Up Zorvath", "name_km": "វត្តហ្សូវ៉ាត់", "kind": "pagoda",
                "admin1": "Battambang", "admin1_pcode": "KH02", "coord_precision": "none",
                "place_id": "prov-battambang", "location_basis": "named_in_source", "source_id": SOURCE,
                "first_reported": on, "last_reported": on, "last_known_status": "open",
                "public_display": "province_only"})  # fmt: skip
        write_derived(read_record(data))
    return day


def _newest(path: Path) -> date:
    with path.open(encoding="utf-8", newline="") as file:
        return max(date.fromisoformat(row["as_of"]) for row in csv.DictReader(file))


def _append(data: Path, table: str, cells: dict[str, str]) -> str:
    """Append a row; where its key is not among ``cells`` it is the next free id. Return the key."""
    path = data / "curated" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), list(reader.fieldnames or ())
    key = columns[0]
    row = cells if key in cells else {key: _following(row[key] for row in rows)} | cells
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, restval="", lineterminator="\n").writerow(row)
    return row[key]


def _following(known: Iterable[str]) -> str:
    """Return the id after the highest of those that end in a number."""
    prefix, number = max(found.groups() for name in known if (found := _NUMBERED.fullmatch(name)))
    return f"{prefix}{int(number) + 1:0{len(number)}}"
