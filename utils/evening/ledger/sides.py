"""On which side of the cut-off an entry stands, and what stood when the cut-off was named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from utils.evening.ledger.model import Cut, Line


def with_sides(lines: Sequence[Line], cut_off: datetime | None) -> tuple[Line, ...]:
    """Return the lines of an evening, in order, with those marked that stand after the cut-off.

    A correction stands where the entry stands that it corrects: it sets a sum right, it is no gift of
    its own. The payment of a promise is one, and stands where it was made.
    """
    if cut_off is None:
        return tuple(lines)
    corrected = {line.replaced_by: line.entry_id for line in lines if line.countered not in (None, "paid")}
    late: dict[str, bool] = {}
    for line in lines:
        wrong = corrected.get(line.entry_id)
        late[line.entry_id] = late[wrong] if wrong else line.typed_at > cut_off
    return tuple(replace(line, late=late[line.entry_id]) for line in lines)


def as_named(lines: Sequence[Line], cut: Cut) -> tuple[Line, ...]:
    """Return what a cut-off closed, as it stood when it was named: the lines that were signed for."""
    return tuple(_as_of(line, cut.named_at) for line in _known(with_sides(lines, cut.cut_off), cut.named_at))


def _known(lines: Iterable[Line], moment: datetime) -> Iterable[Line]:
    return (line for line in lines if not line.late and line.created_at <= moment)


def _as_of(line: Line, moment: datetime) -> Line:
    if line.countered_at is not None and line.countered_at > moment:
        line = replace(line, countered=None, countered_by="", countered_at=None, replaced_by="")
    if line.confirmed_at is not None and line.confirmed_at > moment:
        line = replace(line, confirmed_by="", confirmed_at=None)
    return line
