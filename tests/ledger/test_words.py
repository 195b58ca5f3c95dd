"""Short texts: no personal data, a script is text, Khmer stays as typed."""

from __future__ import annotations

import pytest

from utils.evening.ledger.input_limits import TROUBLES, Unfit, clean


@pytest.mark.parametrize(
    "written",
    [
        "Pagode Vatt Khemararam",
        "សមាគមខ្មែរ",
        "<script>alert(1)</script>",
        "Table 12",
        "A & B",
        "riz, sac de 25 kg",
    ],
)
def test_text_stays_text(written: str) -> None:
    assert clean("organisation", written) == written


def test_spaces_and_forms_of_unicode_are_made_one() -> None:
    assert clean("organisation", "  Fe\u0301de\u0301ration \n  khme\u0300re ") == "Fédération khmère"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("sok@example.org", "email"),
        ("sok at example dot org", "email"),
        ("ｓｏｋ＠example", "email"),
        ("+33 6 12 34 56 78", "phone"),
        ("012-345-678", "phone"),
        ("០១២ ៣៤៥ ៦៧៨", "phone"),
        ("FR76 3000 4000 0312", "phone"),
        ("www.example.org", "address"),
        ("https://x", "address"),
        ("a\u202eb", "unseen"),
        ("a\x00b", "unseen"),
        ("x" * 81, "too_long"),
    ],
)
def test_personal_data_and_unseen_signs_are_refused(written: str, code: str) -> None:
    with pytest.raises(Unfit) as refused:
        clean("organisation", written)
    assert refused.value.code == code
    assert code in TROUBLES


def test_a_required_text_may_not_be_empty() -> None:
    with pytest.raises(Unfit, match="missing"):
        clean("volunteer", "  ", required=True)
    assert clean("place", " ") == ""
