"""What stands in the margins of a printed sheet cannot leave its string."""

from utils.ui.style import quote


def test_no_sign_ends_the_string_or_the_style() -> None:
    assert quote("Samaki 2") == '"Samaki\\20 2"'
    assert quote('"}</style>') == '"\\22 \\7d \\3c \\2f style\\3e "'
    assert quote("ខ") == '"\\1781 "'
    assert quote("") == '""'
