"""One figure as a picture for shared links: the number, what it counts, its day, who counted, source."""

from __future__ import annotations

from typing import Final

from utils.analysis.model import Finding, Observation
from utils.charts import frame
from utils.exports.image import text_shaping
from utils.exports.image.page import Page
from utils.exports.image.svg import Mode, plain_lines
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.html import Markup
from utils.text.locale import Translator

SIZE: Final = (1200, 630)
_EDGE: Final = 70.0
_NUMBER: Final = 132.0
_SMALLEST: Final = 40.0


def format_figure(_: Translator, row: Observation | None) -> str:
    """Return a figure with its qualifier as a card prints it; words where there is none."""
    if row is None or row.value is None:
        return _("not found")
    return frame.quantity(_, row)


def describe_figure(_: Translator, release: Release, row: Observation | None) -> tuple[str, ...]:
    """Return day, counter and sources of a figure, each a line."""
    if row is None:
        return ()
    publishers = sorted({source.publisher for source in row.sources})
    lines = [frame.when(_, row)]
    if row.counted_by:
        lines.append(_("Counted by: {names}", names=frame.who(_, release, row)))
    if len(publishers) == 1:
        lines.append(_("Source: {names}", names=publishers[0]))
    else:
        lines.append(_.ngettext("{count} source", "{count} sources", len(publishers)))
    return tuple(lines)


def draw_figure_card(
    _: Translator, release: Release, finding: Finding, address: str, theme: Theme, *, mode: Mode = "outline"
) -> Markup:
    """Return the picture as SVG, 1200 by 630 pixels."""
    page = Page(SIZE, theme, _EDGE, 52.0, SIZE[1] - 40.0, mode, accent=True)
    number = format_figure(_, finding.observation)
    natural = text_shaping.width(number, 1.0, weight=text_shaping.BOLD)
    size = max(min(_NUMBER, page.room / natural), _SMALLEST)
    foot = " · ".join(filter(None, (_("Latest figure found, never “now”."), address)))
    page.add_bottom(page.wrap(foot, 21, 2), 21, fill=page.muted)
    page.add_top(plain_lines(["Samaki · សាមគ្គី"], bold=True), 32)
    page.top = 104.0
    page.add_top(
        page.wrap(_("Cambodia–Thailand border crisis: situation dashboard"), 23, 1), 23, fill=page.muted
    )
    page.top = 200.0
    page.add_top(plain_lines([number], bold=True), size)
    page.add_top(page.wrap(_.translate(finding.label), 38, 2), 38, gap=14)
    page.add_top(
        page.wrap(" · ".join(describe_figure(_, release, finding.observation)), 25, 2), 25, fill=page.muted
    )
    return page.as_svg(title=number, description=_.translate(finding.label), lang=_.lang)
