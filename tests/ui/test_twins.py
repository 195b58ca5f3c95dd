"""A row of a table twin that is one figure leads to the page of that very figure."""

from dataclasses import replace

import pytest

from tests.taking import context
from utils.analysis import figures
from utils.charts.drawing import Drawing
from utils.charts.frame import quantity
from utils.releases import Release
from utils.settings.clock import today
from utils.text.html import el
from utils.text.locale import translator
from utils.ui.charts import _twin_of, linked
from utils.ui.visitor import Visitor
from utils.views.catalogue import VIEWS

LED = (
    "overview-curve", "national", "provinces", "province-multiples", "returns", "thailand", "groups",
    "migrants", "sites-open", "sites-provinces",
)  # fmt: skip


def drawing(release: Release, name: str) -> Drawing:
    made = VIEWS[name].picture(context(release), VIEWS[name].choose(release, {}))
    assert isinstance(made, Drawing)
    return made


@pytest.mark.parametrize("name", LED)
def test_each_number_is_that_of_the_row_it_leads_to(public_release: Release, name: str) -> None:
    made = drawing(public_release, name)
    known = figures.rows(public_release)
    assert len(made.row_ids) == len(made.rows) > 0
    for row, figure in zip(made.rows, made.row_ids, strict=True):
        assert row[made.numeric[0]] == quantity(translator("en"), known[figure][1])
    assert figures.figure(public_release, made.row_ids[0], today()) is not None


def test_the_number_is_a_link_and_the_other_cells_stay_text(public_release: Release) -> None:
    made = drawing(public_release, "overview-curve")
    shown = linked(translator("fr"), made.rows, made.row_ids, made.numeric[0])
    for row, plain in zip(shown, made.rows, strict=True):
        assert (row[0], *row[2:]) == (plain[0], *plain[2:])
    assert shown[0][1] == '<a href="figure?lang=fr&amp;figure=dsp-0626" class="sk-figure-link">45,559</a>'


@pytest.mark.parametrize("name", ["sites-hosts", "slices", "over-time"])
def test_rows_of_several_figures_or_of_converted_money_are_no_single_figure(
    public_release: Release, name: str
) -> None:
    assert drawing(public_release, name).row_ids == ()


@pytest.mark.parametrize("place", ["columns", "rows", "title"])
def test_a_text_of_the_signs_of_html_stays_text_beside_that_html(public_release: Release, place: str) -> None:
    visitor = Visitor("en", "light", today(), public_release)
    plain = drawing(public_release, "slices")

    def twin(told: str) -> str:
        said = {name: told if name == place else "plain" for name in ("columns", "rows", "title")}
        made = replace(plain, columns=(said["columns"],), rows=((said["rows"],),), title=said["title"])
        return _twin_of(visitor, replace(made, numeric=()))

    html = el("b", "not a text")
    assert "<b>not a text</b>" in twin(html)
    assert "<b>" not in twin(str(html))
    assert "&lt;b&gt;not a text&lt;/b&gt;" in twin(str(html))
