"""The server with a gate before its painter: each PNG waits for a word in the pipe that it is started with.

``go`` lets it be painted, any other word makes it fail. The file beside the pipe gets a line a PNG.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.running import Running, running
from utils.exports import pictures
from utils.exports.image.axes import NotDrawable
from utils.server import app
from utils.text.html import Markup


@dataclass(frozen=True)
class Gate:
    """A running server and the pipe of its gate."""

    server: Running
    pipe: Path

    def let(self, word: str) -> None:
        """Let the next PNG through with a word, when it comes to the gate."""
        self.pipe.write_text(word, encoding="ascii")

    @property
    def painted(self) -> int:
        """How many PNGs came to the gate."""
        return len(_count(self.pipe).read_text(encoding="ascii").splitlines())


@contextmanager
def gated(folder: Path, data: Path) -> Iterator[Gate]:
    """Run the public tier behind a gate until the block is left; nothing may wait at the gate then."""
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    _count(pipe).touch()
    command = [sys.executable, "-m", "tests.gated", str(pipe)]
    with running(data=data, command=command) as started:
        yield Gate(started, pipe)


def _count(pipe: Path) -> Path:
    return pipe.with_suffix(".count")


def main() -> int:
    """Start the server with the gate."""
    pipe, paint = Path(sys.argv[1]), pictures.convert_to_png

    def png(svg: Markup) -> bytes:
        with _count(pipe).open("a", encoding="ascii") as count:
            count.write("png\n")
        if pipe.read_text(encoding="ascii") != "go":
            raise NotDrawable(what="what the test forbids")
        return paint(svg)

    pictures.convert_to_png = png
    return app.main()


if __name__ == "__main__":
    sys.exit(main())
