"""A finished file, and that there is none by a name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Download:
    """A finished file."""

    name: str
    media_type: str
    content: bytes


class UnknownView(Exception):
    """No view, figure or card has this name, or there is nothing to show under these filters."""

    def __init__(self, *, name: str) -> None:
        super().__init__(f"no view {name[:40]!r}")
        self.name = name
