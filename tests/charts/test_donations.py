"""Donations drawn: one stacked bar, promises as an outline apart, bars from zero over the whole width."""

import pytest

from tests.taking import context
from utils.analysis import donations
from utils.charts.donations import dimension_chart, list_slices, slices_chart, time_chart
from utils.charts.giving import traces_chart
from utils.releases import Release


def test_the_stacked_bar_is_the_total_and_promises_are_an_outline(public_release: Release) -> None:
    drawn = slices_chart(context(public_release), "USD")
    stacked = [shape for shape in drawn.figure.layout.shapes if (shape.y0, shape.y1) == (0.86, 1.0)]
    slices = list_slices(public_release, "USD")[:-1]
    assert [shape.x1 - shape.x0 for shape in stacked] == pytest.approx([one.total.value for one in slices])
    values = [one.total.value or 0 for one in slices]
    assert values == sorted(values, reverse=True)
    assert [shape.x0 for shape in stacked[1:]] == pytest.approx([shape.x1 for shape in stacked[:-1]])
    outline = next(shape for shape in drawn.figure.layout.shapes if shape.line.dash == "dash")
    assert (outline.x0, outline.x1, outline.fillcolor) == (0, 25_500_000, "rgba(0,0,0,0)")


def test_one_figure_is_written_one_way(public_release: Release) -> None:
    """13,666,099 is 13.67 million in every title; the diaspora's 143,000 stands on a line of its own."""
    shown = context(public_release)
    drawn = slices_chart(shown, "USD")
    assert drawn.title == "Documented: about USD\u00a013.67 million in 20 gifts; promises stay apart"
    assert traces_chart(shown, "USD").title.startswith(
        "Announced USD\u00a013.67 million, handed over USD\u00a0"
    )
    texts = [annotation.text for annotation in drawn.figure.layout.annotations]
    assert any("USD\u00a0143,000" in text and "the diaspora" in text for text in texts)
    assert ("of which collections of the diaspora", "USD\u00a0143,000", "4") in drawn.rows


def test_the_steps_name_the_three_largest_gifts(public_release: Release) -> None:
    drawn = time_chart(context(public_release), "USD")
    texts = " ".join(annotation.text for annotation in drawn.figure.layout.annotations)
    assert len(drawn.figure.layout.annotations) == 3
    for gift in donations.list_largest(public_release, "USD"):
        assert gift.donor.split(" with ")[0] in texts.replace("<br>", " ")


@pytest.mark.parametrize("dimension", donations.DIMENSIONS)
def test_bars_start_at_zero_sorted_and_use_the_whole_width(public_release: Release, dimension: str) -> None:
    drawn = dimension_chart(context(public_release), "USD", dimension)
    lengths = list(drawn.figure.data[0].x)
    assert lengths == sorted(lengths, reverse=True)
    assert tuple(drawn.figure.layout.xaxis.range) == (0, lengths[0])
    assert len(drawn.figure.layout.annotations) == len(lengths)
