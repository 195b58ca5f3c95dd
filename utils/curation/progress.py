"""How a long chore reports what it does."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, str], None]
"""Called as each step of a chore begins, with the step and a detail of it."""


def no_progress(step: str, detail: str) -> None:
    """Report to nobody."""
