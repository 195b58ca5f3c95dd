"""What changed between two releases of one tier, as a changelog keeps it, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

Kind = Literal["added", "corrected", "reworded", "withdrawn"]
Cell = str | float | int | bool | None
SMALL_COUNT: Final = "a count of fewer than five people, or one that would tell it, is hidden"


@dataclass(frozen=True, slots=True)
class Change:
    """One row that differs. ``cells`` holds ``column: (old, new)``; ``about`` what the row is about."""

    kind: Kind
    table: str
    key: str
    cells: Mapping[str, tuple[Cell, Cell]] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the change for machines."""
        return asdict(self)


def change_from_dict(plain: Mapping[str, Any]) -> Change:
    """Return the change that was kept as a plain object. Raises ``KeyError`` when it is none."""
    return Change(
        kind=plain["kind"],
        table=plain["table"],
        key=plain["key"],
        cells={column: (pair[0], pair[1]) for column, pair in plain["cells"].items()},
        about=plain["about"],
        reason=plain["reason"],
    )


def count_kinds(changes: Sequence[Change]) -> dict[str, int]:
    """Return how many changes there are of each kind."""
    kinds: tuple[Kind, ...] = ("added", "corrected", "withdrawn", "reworded")
    return {kind: sum(change.kind == kind for change in changes) for kind in kinds}
