"""Many sessions at once on one server: ``python -m tests.benchmarks.load PORT SESSIONS SECONDS``.

Runs in a process of its own, so that it can be kept off the server's processor core. Each session
acts every five seconds: nine changes of a filter to one change of page. Prints one line of JSON.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from dataclasses import dataclass, field

from tests.benchmarks.visitor import Answer, Visitor

THINK_SECONDS = 5.0
_PAGES = ("", "displacement", "shelters", "donations", "sources")


@dataclass
class Tally:
    """What all sessions saw together; times in seconds."""

    filters: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def note(self, times: list[float], answer: Answer) -> None:
        """Keep one answer."""
        times.append(answer.seconds)
        if answer.errors:
            self.failures.append("an exception was shown")


async def _session(port: int, number: int, until: float, tally: Tally) -> None:
    chance = random.Random(number)  # noqa: S311  # a plan to repeat, not a secret
    loop = asyncio.get_running_loop()
    await asyncio.sleep(THINK_SECONDS * chance.random())
    try:
        visitor = await Visitor.enter(port, _PAGES[number % len(_PAGES)])
        await visitor.open()
        due = loop.time() + THINK_SECONDS * chance.random()
        while due < until:
            await asyncio.sleep(max(0.0, due - loop.time()))
            await _act(visitor, chance, tally)
            due = max(due + THINK_SECONDS, loop.time())
        await visitor.leave()
    except Exception as error:
        tally.failures.append(f"{type(error).__name__}: {error}")


async def _act(visitor: Visitor, chance: random.Random, tally: Tally) -> None:
    filters = [one for name, one in visitor.filters.items() if not name.endswith("-language")]
    if chance.random() < 0.1:
        other = chance.choice([page for page in _PAGES if page != visitor.page])
        tally.note(tally.pages, await visitor.go(other))
    elif filters:
        tally.note(tally.filters, await visitor.change(chance.choice(filters)))
    else:
        tally.note(tally.filters, await visitor.rerun())


async def run(port: int, sessions: int, seconds: float) -> Tally:
    """Let ``sessions`` visitors act for ``seconds`` and return what they saw."""
    tally = Tally()
    until = asyncio.get_running_loop().time() + seconds
    await asyncio.gather(*(_session(port, number, until, tally) for number in range(sessions)))
    return tally


def main(arguments: list[str]) -> int:
    """Run the load and print the tally."""
    port, sessions, seconds = int(arguments[0]), int(arguments[1]), float(arguments[2])
    tally = asyncio.run(run(port, sessions, seconds))
    print(json.dumps({"filters": tally.filters, "pages": tally.pages, "failures": tally.failures}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
