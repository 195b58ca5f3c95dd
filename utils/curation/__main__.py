"""The curator's chores with all that they need handed in: ``python -m utils.curation CHORE``."""

from __future__ import annotations

import sys

from utils.curation import cli
from utils.release_inspection import inspect_release


def main(arguments: list[str] | None = None) -> int:
    """Run one chore with the inspection of all pages; return its exit code."""
    return cli.main(arguments, inspection=inspect_release)


if __name__ == "__main__":
    sys.exit(main())
