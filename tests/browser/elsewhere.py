"""A page of another site: plain HTML from a server of its own."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def site(folder: Path, lines: Iterable[str]) -> Iterator[str]:
    """Serve one page that holds ``lines`` from ``folder``; gives its address until the block is left."""
    head = '<!doctype html><meta charset="utf-8"><title>x</title><link rel=icon href=data:,>'
    (folder / "index.html").write_text(head + "\n".join(lines), encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
