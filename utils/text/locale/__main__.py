"""``python -m utils.text.locale update | check``: bring the catalogues up to date, or list what they lack."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from utils.text.locale import LANGUAGES
from utils.text.locale.extract import list_lacking, update_catalogues

_ROOT = Path(__file__).parents[3]


def main(arguments: list[str] | None = None) -> int:
    """Run one chore; ``check`` exits with 1 when a text is missing in a language."""
    parser = argparse.ArgumentParser(prog="python -m utils.text.locale")
    parser.add_argument("chore", choices=("update", "check"))
    chore = parser.parse_args(arguments).chore
    if chore == "update":
        for lang, count in update_catalogues(_ROOT).items():
            print(f"{lang}: {count} texts without a translation")
        return 0
    complete = True
    for lang in LANGUAGES:
        for context, text in list_lacking(_ROOT, lang):
            complete = False
            print(f"{lang}: [{context}] {text}" if context else f"{lang}: {text}")
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
