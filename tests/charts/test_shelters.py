"""Charts of open sites: what is drawn, and the words around it."""

from datetime import date

import pytest

from tests.taking import context
from utils.charts.shelters import provinces_chart, sites_chart
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.locale import LANGUAGES


def test_the_line_leaves_out_contested_and_rounded_counts(public_release: Release) -> None:
    drawing = sites_chart(context(public_release))
    line = next(trace for trace in drawing.figure.data if trace.mode == "lines")
    assert list(line.y) == [77, 40, 25, None, 234, 196, 161, 127, 127, 102, None]
    assert not line.connectgaps
    points = [value for trace in drawing.figure.data if trace.mode == "markers" for value in trace.y]
    assert {120, 134, 150, 200} <= set(points)
    assert "234" in drawing.title
    assert "102" in drawing.title


def test_zero_is_a_count_and_drawn_as_zero(public_release: Release) -> None:
    drawing = provinces_chart(context(public_release))
    closed = next(row for row in drawing.shown if row.value == 0)
    assert closed.as_of == date(2025, 10, 29)
    assert ("Preah Vihear", "29 October 2025", "0") in [row[:3] for row in drawing.rows]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_drawing_has_its_words(public_release: Release, lang: str, theme: Theme) -> None:
    for make in (sites_chart, provinces_chart):
        drawing = make(context(public_release, lang, theme))
        assert drawing.title
        assert drawing.subtitle
        assert drawing.alt
        assert len(drawing.rows) == len(drawing.shown)
        assert {len(row) for row in drawing.rows} == {len(drawing.columns)}
        assert sum(len(trace.y) for trace in drawing.figure.data if trace.y is not None) < 600
