"""A Sankey as SVG: names in columns, what flows between them as ribbons whose thickness is its amount."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from utils.exports.image import text_shaping
from utils.exports.image.svg import Pen, block_size, format_number, plain_lines, rect
from utils.text.html import Markup, el, join

_GAP: Final = 5.0
_THINNEST: Final = 0.8
_LAST: Final = 0.2
"""The most of the width that the names of the last column may take."""
_ROUNDS: Final = 2
"""How often the order of a column follows its neighbours, from left and then from right."""


@dataclass(slots=True)
class _Link:
    """What flows from one node to another; ``start`` and ``end`` are the tops of its two ends."""

    source: _Node
    target: _Node
    value: float
    colour: str
    start: float = 0.0
    end: float = 0.0


@dataclass(slots=True, eq=False)
class _Node:
    """A name in a column; ``y`` is the top of its bar and ``thick`` the height."""

    label: str
    colour: str
    column: int = 0
    y: float = 0.0
    thick: float = 0.0
    coming: list[_Link] = field(default_factory=list)
    going: list[_Link] = field(default_factory=list)

    @property
    def value(self) -> float:
        """Return what flows through."""
        return max(sum(link.value for link in self.coming), sum(link.value for link in self.going))

    @property
    def middle(self) -> float:
        """Return where the bar has its middle."""
        return self.y + self.thick / 2


def draw_sankey(
    trace: Mapping[str, Any], width: float, height: float, *, pen: Pen, ink: str, halo: str
) -> Markup:
    """Return nodes, ribbons and names in a box whose corner is 0, 0; ``halo`` is the colour around names."""
    columns = _columns(trace)
    if not columns:
        return join([])
    bar, pad = float(trace["node"]["thickness"]), float(trace["node"]["pad"])
    size = float(trace["textfont"]["size"])
    _lay_out(columns, height, pad)
    widest = max(text_shaping.text_width(node.label, size) for node in columns[-1])
    last = bar + 2 * _GAP + min(widest, _LAST * width)
    step = (width - last) / max(len(columns) - 1, 1)
    nodes = [node for column in columns for node in column]
    rooms = [step - bar - 3 * _GAP] * (len(columns) - 1) + [last - bar - _GAP]
    return join(
        [
            *(_ribbon(link, step, bar) for node in nodes for link in node.going),
            *(
                rect(node.column * step, node.y, bar, max(node.thick, 1.0), fill=node.colour)
                for node in nodes
            ),
            *(
                _name(node, node.column * step + bar + _GAP, rooms[node.column], size, pen, ink, halo)
                for node in nodes
            ),
        ]
    )


def _columns(trace: Mapping[str, Any]) -> list[list[_Node]]:
    """Return the nodes that anything flows through, by the number of steps before them."""
    named = trace["node"]
    nodes = [
        _Node(html.unescape(label), colour)
        for label, colour in zip(named["customdata"], named["color"], strict=True)
    ]  # fmt: skip
    links = trace["link"]
    for source, target, value, colour in zip(
        links["source"], links["target"], links["value"], links["color"], strict=True
    ):
        link = _Link(nodes[source], nodes[target], float(value), colour)
        link.source.going.append(link)
        link.target.coming.append(link)
    shown = [node for node in nodes if node.value > 0]
    for _round in shown:
        for node in shown:
            node.column = max((link.source.column + 1 for link in node.coming), default=0)
    count = max((node.column + 1 for node in shown), default=0)
    return [[node for node in shown if node.column == column] for column in range(count)]


def _lay_out(columns: Sequence[list[_Node]], height: float, pad: float) -> None:
    """Set the place of each bar and of both ends of each ribbon: one scale for all, few crossings."""
    scale = min(
        (height - pad * len(column)) / sum(node.value for node in column) for column in columns
    )  # fmt: skip
    for column in columns:
        column.sort(key=lambda node: -node.value)
        for node in column:
            node.thick = node.value * scale
        _stack(column, height, pad)
    for pull, ordered in ((_pull_from_left, columns), (_pull_from_right, columns[::-1])) * _ROUNDS:
        for column in ordered:
            column.sort(key=pull)
            _stack(column, height, pad)
    for node in (node for column in columns for node in column):
        top = node.y
        for link in sorted(node.going, key=lambda ribbon: ribbon.target.y):
            link.start, top = top, top + link.value * scale
        top = node.y
        for link in sorted(node.coming, key=lambda ribbon: ribbon.source.y):
            link.end, top = top, top + link.value * scale


def _pull_from_left(node: _Node) -> float:
    return _middle_of(node, [(link.source, link.value) for link in node.coming])


def _pull_from_right(node: _Node) -> float:
    return _middle_of(node, [(link.target, link.value) for link in node.going])


def _middle_of(node: _Node, others: Sequence[tuple[_Node, float]]) -> float:
    """Return where the neighbours of a node on one side have their middle, each by its share."""
    whole = sum(value for _other, value in others)
    return sum(other.middle * value for other, value in others) / whole if whole else node.middle


def _stack(column: Sequence[_Node], height: float, pad: float) -> None:
    """Set the nodes of a column below each other, in the middle of the box."""
    y = (height - sum(node.thick for node in column) - pad * (len(column) - 1)) / 2
    for node in column:
        node.y = y
        y += node.thick + pad


def _ribbon(link: _Link, step: float, bar: float) -> Markup:
    left, right = link.source.column * step + bar, link.target.column * step
    turn = (left + right) / 2
    thick = max(link.source.thick * link.value / link.source.value, _THINNEST)
    edges = _curve(left, link.start, right, link.end, turn), _curve(
        right, link.end + thick, left, link.start + thick, turn
    )  # fmt: skip
    return el(
        "path",
        d=f"M{edges[0]}L{edges[1]}Z",
        fill=link.colour[:7],
        fill_opacity=f"{int(link.colour[7:] or 'ff', 16) / 255:.2f}",
    )


def _curve(x0: float, y0: float, x1: float, y1: float, turn: float) -> str:
    corners = ((x0, y0), (turn, y0), (turn, y1), (x1, y1))
    start, *others = [f"{format_number(x)} {format_number(y)}" for x, y in corners]
    return f"{start}C{' '.join(others)}"


def _name(node: _Node, x: float, room: float, size: float, pen: Pen, ink: str, halo: str) -> Markup:
    """Return the name of a node on one line to the right of its bar."""
    lines = plain_lines(text_shaping.clip_lines(text_shaping.wrap_text(node.label, size, room), 1))
    top = node.middle - block_size(lines, size)[1] / 2
    return pen.block(x, top, lines, size=size, fill=ink, halo=halo)
