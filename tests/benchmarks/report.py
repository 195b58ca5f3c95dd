"""Lines of the benchmark: what was measured beside its target, and what misses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """One measurement. Without a ``target`` it is for information; ``note`` says how to read it."""

    part: str
    what: str
    value: float
    unit: str
    target: float | None = None
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether the value is above its target."""
        return self.target is not None and self.value > self.target


def written(value: float, unit: str) -> str:
    """Return a number as a person reads it in a table."""
    if unit in ("", "failures"):
        return f"{value:.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a table for people."""
    rows = [("", "measured", "target", "", "")]
    part = None
    for line in lines:
        if line.part != part:
            part = line.part
            rows += [("", "", "", "", ""), (part, "", "", "", "")]
        target = "" if line.target is None else f"<= {written(line.target, line.unit)}"
        verdict = "" if line.target is None else "MISS" if line.missed else "ok"
        measured = f"{written(line.value, line.unit)} {line.unit}".rstrip()
        rows.append((f"  {line.what}", measured, target, verdict, line.note))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  "
        f"{row[3]:<{widths[3]}}  {row[4]}".rstrip()
        for row in rows
    )


def save(lines: Sequence[Line], path: Path) -> None:
    """Write the lines as JSON."""
    document = [asdict(line) | {"missed": line.missed} for line in lines]
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]
