"""One figure as a picture for shared links: the number, what it counts, its day, who counted, source."""

from __future__ import annotations

from typing import Final

from utils.analysis.model import Finding, Observation
from utils.charts import frame
from utils.exports import lettering
from utils.exports.svg import Mode, Pen, block_size, picture, plain_lines, rect
from utils.product import palette
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.html import Markup
from utils.text.locale import Translator

SIZE: Final = (1200, 630)
_EDGE: Final = 70.0
_NUMBER: Final = 132.0
_SMALLEST: Final = 40.0


def number_of(_: Translator, row: Observation | None) -> str:
    """Return a figure with its qualifier as a card prints it; words where there is none."""
    if row is None or row.value is None:
        return _("not found")
    return frame.quantity(_, row)


def facts(_: Translator, release: Release, row: Observation | None) -> tuple[str, ...]:
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
        lines.append(_.n("{count} source", "{count} sources", len(publishers)))
    return tuple(lines)


def card_picture(
    _: Translator, release: Release, finding: Finding, address: str, theme: Theme, *, mode: Mode = "outline"
) -> Markup:
    """Return the picture as SVG, 1200 by 630 pixels."""
    wide, high = float(SIZE[0]), float(SIZE[1])
    pen, room = Pen(mode), wide - 2 * _EDGE
    ink, muted = palette.INK[theme], palette.MUTED[theme]
    number = number_of(_, finding.observation)
    natural = lettering.width(number, 1.0, weight=lettering.BOLD)
    size = max(min(_NUMBER, room / natural), _SMALLEST)
    label = plain_lines(lettering.wrap(_.msg(finding.label), 38, room))[:2]
    told = plain_lines(lettering.wrap(" · ".join(facts(_, release, finding.observation)), 25, room)[:2])
    brand = plain_lines(["Samaki · សាមគ្គី"], bold=True)
    named = plain_lines([_("Cambodia–Thailand border crisis: situation dashboard")])
    foot = plain_lines(
        lettering.wrap(" · ".join(filter(None, (_("Latest figure found, never “now”."), address))), 21, room)[
            :2
        ]
    )
    top = 200.0
    below = top + block_size(plain_lines([number]), size)[1]
    next_line = below + block_size(label, 38)[1] + 14
    return picture(
        wide,
        high,
        rect(0, 0, wide, high, fill=palette.PAPER[theme]),
        rect(0, 0, 16, high, fill=palette.DISPLACED[theme]),
        pen.block(_EDGE, 52, brand, size=32, fill=ink),
        pen.block(_EDGE, 104, named, size=23, fill=muted),
        pen.block(_EDGE, top, plain_lines([number], bold=True), size=size, fill=ink),
        pen.block(_EDGE, below, label, size=38, fill=ink),
        pen.block(_EDGE, next_line, told, size=25, fill=muted),
        pen.block(_EDGE, high - 40 - block_size(foot, 21)[1], foot, size=21, fill=muted),
        title=number,
        description=_.msg(finding.label),
        lang=_.lang,
    )
