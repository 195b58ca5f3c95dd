"""Free text holds nothing that points to a private person; institutions, dates and sums pass."""

from pathlib import Path

import pytest

from tests.curation.conftest import Spoil
from tests.curation.test_check import any_row, problems
from utils.curation.personal import personal


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Call +33 6 12 34 56 78", ["phone number"]),
        ("012 345 678", ["phone number"]),
        ("ទូរស័ព្ទ ០១២ ៣៤៥ ៦៧៨", ["phone number"]),
        ("write to someone@example.org", ["e-mail address"]),
        ("bring it to 12 bis rue des Lilas", ["home address"]),
        ("1420 Elm Grove Avenue", ["home address"]),
        ("ផ្ទះលេខ ១២", ["home address"]),
        ("about 2025-07-24 to 2025-08-03", []),
        ("19 December, 2,569 monks, 12,000 packs", []),
        ("don-0012 and ev033, 4889 EUR, 1.005.000", []),
        ("0.1 degree; 110 USD for 470 households", []),
        ("Place de la République, Paris", []),
        ("Number chosen for Buddhist Era 2569", []),
    ],
)
def test_what_points_to_a_person(text: str, kinds: list[str]) -> None:
    assert list(personal(text)) == kinds


def test_a_phone_number_in_a_note_is_refused_and_not_repeated(data: Path, spoil: Spoil) -> None:
    line = spoil("events", any_row, note="Ask Sok, 012 345 678")
    (found,) = problems(data)
    assert (found.file, found.row, found.column, found.code) == (
        "data/curated/events.csv",
        line,
        "note",
        "personal",
    )
    assert "012" not in f"{found.value}{found.expected}"
