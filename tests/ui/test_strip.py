"""The strip of key figures: label, number, day and age, nothing else; each leads to its figure."""

import re
from datetime import date

from utils.analysis import overview
from utils.analysis.model import Finding
from utils.components.strip import strip
from utils.draw_context import DrawContext
from utils.releases import Release, TableUnavailable
from utils.text.locale import lazy_gettext

TODAY = date(2026, 12, 1)


def drawn(release: Release, lang: str = "en") -> str:
    figures = overview.prepare_strip(release, TODAY)
    markup, missing = strip(DrawContext(release, lang, "light", TODAY), figures, label="Key figures")
    assert missing == []
    return str(markup)


def words(markup: str) -> list[str]:
    """Return the text of each column, without its tags."""
    columns = re.split(r'<div[^>]*role="listitem"[^>]*>', markup)[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", column).split()) for column in columns]


def test_a_column_holds_label_number_day_and_age(public_release: Release) -> None:
    """From 10 March to 1 December 2026 are 266 days."""
    assert words(drawn(public_release))[:2] == [
        "Still displaced 45,559 10 March 2026 · 266 days old",
        "Highest count 649,163 27 December 2025",
    ]


def test_the_age_of_an_old_figure_stands_apart_from_its_day(public_release: Release) -> None:
    assert drawn(public_release).count('class="sk-strip-age"') == drawn(public_release).count("sk-strip-dot")


def test_each_figure_leads_to_its_page(public_release: Release) -> None:
    for lang in ("en", "fr", "km"):
        assert drawn(public_release, lang).count("figure?") == 5


def test_a_missing_table_takes_down_its_figure_only(public_release: Release) -> None:
    def fail() -> Finding:
        raise TableUnavailable(table="donations", tier="public", reason="missing")

    figures = {**overview.prepare_strip(public_release, TODAY), lazy_gettext("Documented gifts"): fail}
    context = DrawContext(public_release, "en", "light", TODAY)
    markup, missing = strip(context, figures, label="Key figures")
    assert [name.msgid for name, _reason in missing] == ["Documented gifts"]
    assert [column for column in words(str(markup)) if column.endswith("not available")] == [
        "Documented gifts not available"
    ]
    assert len(words(str(markup))) == 5
