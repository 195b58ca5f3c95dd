"""Texts that tell who or where a person is are refused; what only looks like it is not."""

import pytest

from tests.curation.altered import changed, only, row_of, told
from utils.curation.checks.text import personal
from utils.curation.curated_tables import Record


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to someone.else+aid@example.org today", "e-mail address"),
        ("អ៊ីមែល somchai@example.co.th", "e-mail address"),
        ("call +855 12 345 678", "phone number"),
        ("call +85512345678.", "phone number"),
        ("0033 6 12 34 56 78", "phone number"),
        ("(+33) 6.12.34.56.78", "phone number"),
        ("tél. 06 12 34 56 78", "phone number"),
        ("012 345 678", "phone number"),
        ("ទូរស័ព្ទ ០១២ ៣៤៥ ៦៧៨", "phone number"),
        ("โทร ๐๘๑-๒๓๔-๕๖๗๘", "phone number"),
        ("IBAN FR76 3000 6000 0112 3456 7890 189 thanks", "bank account number"),
        ("GB82WEST12345698765432", "bank account number"),
        ("Thai id 1-1037-02071-81-1", "identity number or phone number"),
        ("id 010203040", "phone number"),
        ("passport N01234567", "identity number"),
        ("Passeport n° 12AB34567", "identity number"),
        ("លិខិតឆ្លងដែន N0123456", "identity number"),
        ("account 000123456789", "identity number or phone number"),
    ],
)
def test_what_is_refused(text: str, kind: str) -> None:
    assert personal(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        *("649,023 less 603,000", "1 234 567 people", "20 million yuan", "26967609 USD", "KH0102"),
        *("7-27 December 2025", "2025-07-24 to 2025-08-05", "20251208", "from 07:00 to 18:00"),
        *("GeoNames id 1831898", "13.10271, 103.19822", "moi-2025-12-17-starofcambodia", "@cambodia"),
        *("https://example.org/2025/12/08/1234567890123", "32,952,442,044 riel", "BM-21", "PHL-03"),
        *("Convention of 1904, map of 1907, 1:200000", "24 to 28 July 2025, 720105 contributors", "e@mail"),
        *("3.52 of 4.18 and 5.005 of 6", "100 000 000 riel", "12 345 678 riel"),
    ],
)
def test_what_is_no_personal_data(text: str) -> None:
    assert personal(text) == ""


@pytest.mark.parametrize(
    ("table", "where", "column"),
    [
        ("impact", row_of("imp-0002"), "note"),
        ("sources", row_of("aa-2025-12-15", "source_id"), "title"),
        ("donations", row_of("don-0004", "row_id"), "donor"),
        ("organisations", lambda row: True, "name"),
        ("emergency_contacts", row_of("emc-0003"), "note"),
        ("accepted_warnings", row_of("acc-0001", "acceptance_id"), "reason"),
    ],
)
def test_every_text_column_is_looked_at_and_what_is_found_is_not_repeated(
    real: Record, table: str, where: object, column: str
) -> None:
    assert callable(where)
    found = only(changed(real, table, where, **{column: "call +855 12 345 678"}), "personal-data")
    assert (found.column, found.value, found.severity) == (column, "withheld", "error")
    assert found.expected == "no phone number: this record holds none"
    assert "345" not in str(found)


def test_an_institutions_number_and_an_address_of_a_page_may_stand(real: Record) -> None:
    contacts = [str(row["phone"]) for row in real.rows("emergency_contacts") if row["phone"]]
    assert any(personal(phone) == "phone number" for phone in contacts)
    assert told(real, "personal-data") == []


def test_no_other_than_an_institutions_number_stands_in_the_column_for_them(real: Record) -> None:
    record = changed(real, "emergency_contacts", row_of("emc-0003"), phone="someone@example.org")
    assert only(record, "personal-data").expected == "no e-mail address: this record holds none"
