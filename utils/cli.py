"""The console command ``samaki``: one name for all chores; each is handed to the module that does it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Final

UNKNOWN: Final = 2
Run = Callable[[list[str]], int]


@dataclass(frozen=True, slots=True)
class Command:
    """A chore: what it does in a line, and what runs it with the words that follow its name."""

    help: str
    run: Run


def _curation(chore: str, words: list[str]) -> int:
    from utils.curation.cli import main
    from utils.release_inspection import inspect_release

    return main([chore, *words], inspection=inspect_release)


def _messages(words: list[str]) -> int:
    from utils.text.locale.__main__ import main

    return main(words or ["update"])


def _geo(words: list[str]) -> int:
    from utils.geo import build, typeset

    code = build.main(words)
    return code if code or words else typeset.main()


def _evening(words: list[str]) -> int:
    from utils.evening.__main__ import main

    return main(words)


def _run(words: list[str]) -> int:
    """Open the app as ``make run`` does: release the record if it changed, then serve."""
    parser = argparse.ArgumentParser(prog="samaki run", description="open the app")
    for name, usual in (("host", "127.0.0.1"), ("port", "8501"), ("tier", "public")):
        parser.add_argument(f"--{name}", help=f"({usual}, or {name.upper()} of the environment)")
    for name, value in vars(parser.parse_args(words)).items():
        if value is not None:
            os.environ[name.upper()] = value
    code = _curation("ensure", [])
    if code:
        return code
    from utils.server.app import main

    return main()


COMMANDS: Final[dict[str, Command]] = {
    "run": Command("open the app in a browser (--host, --port, --tier public|ngo)", _run),
    **{
        chore: Command(text, partial(_curation, chore))
        for chore, text in {
            "check": "list every problem of the curated tables",
            "diff": "say what publishing now would change",
            "publish": "check, redact and release the record",
            "rollback": "make an older release current again",
            "hide": "withdraw a site, a table, or the NGO map from every running app",
            "push": "copy what apps read to a bucket or to another folder",
            "status": "what is current, what waits, what is hidden, who is at work",
            "list": "the releases that are kept",
            "prune": "remove the oldest releases",
            "schema": "compile data/schema to the contract and the public rules",
            "derive": "rewrite the tables that follow from others",
            "ensure": "publish if anything changed",
            "public-tree": "copy the product without the restricted folder",
        }.items()
    },
    "messages": Command("bring the catalogues up to date (messages check: what lacks)", _messages),
    "geo": Command("build data/geo, static/geo and data/fonts (--check: compare)", _geo),
    "evening": Command("an evening in a hall: open, close, sheet, kit and more", _evening),
}


def overview() -> str:
    """Return the help of the whole command."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.help}" for name, command in COMMANDS.items()]
    return "\n".join(["usage: samaki COMMAND ...", "", *lines, "", "samaki COMMAND --help says more."])


def main(words: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 2 for a command that is not known."""
    name, *rest = list(sys.argv[1:] if words is None else words) or ["help"]
    if name in ("help", "-h", "--help"):
        print(overview())
        return 0
    command = COMMANDS.get(name)
    if command is None:
        close = get_close_matches(name, COMMANDS, n=1)
        hint = f"Did you mean {close[0]!r}?" if close else "samaki --help lists the commands."
        print(f"samaki: {name!r} is not a command. {hint}", file=sys.stderr)
        return UNKNOWN
    return command.run(rest)


if __name__ == "__main__":
    sys.exit(main())
