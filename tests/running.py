"""A real server of its own on a free loopback port, started from the tree as a person starts it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "utils.server")
_PATIENCE_SECONDS = 90


class NotStarted(Exception):
    """The server did not answer; ``log`` is what it said."""

    def __init__(self, *, log: str) -> None:
        super().__init__(f"the server did not start:\n{log}")
        self.log = log


@dataclass(frozen=True)
class Running:
    """A server that answers at ``url``; ``pid`` is its process."""

    url: str
    port: int
    pid: int
    log_file: Path

    @property
    def log(self) -> str:
        """What the server has said so far."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    """Return a loopback port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    *,
    tier: str = "public",
    data: Path | None = None,
    environment: Mapping[str, str] | None = None,
    command: Sequence[str] | None = None,
    core: int | None = None,
    port: int | None = None,
    rehearsed: bool = False,
) -> Iterator[Running]:
    """Run the app's server, or ``command`` (``{port}`` is replaced), until the block is left.

    A server that is not ``rehearsed`` starts at once, and its first visitors wait. ``core`` pins it to
    one processor core; ``port`` names one instead of a free one. Raises :class:`NotStarted`.
    """
    port = port or free_port()
    settings = dict(os.environ) | {"PORT": str(port), "HOST": "127.0.0.1", "TIER": tier}
    settings["SAMAKI_REHEARSE"] = "yes" if rehearsed else "no"
    if data is not None:
        settings["SAMAKI_DATA"] = str(data)
    settings |= dict(environment or {})
    words = [word.format(port=port) for word in command or COMMAND]
    with tempfile.TemporaryDirectory() as folder:
        log_file = Path(folder) / "server.log"
        with log_file.open("wb") as log:
            process = subprocess.Popen(words, cwd=ROOT, env=settings, stdout=log, stderr=subprocess.STDOUT)
        server = Running(f"http://127.0.0.1:{port}", port, process.pid, log_file)
        try:
            if core is not None:
                os.sched_setaffinity(process.pid, {core})
            _wait(process, server)
            yield server
        finally:
            if process.poll() is not None:
                print(f"the server ended by itself ({process.returncode}):\n{server.log}", file=sys.stderr)
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], server: Running) -> None:
    """Ask for the health page until it answers; the port opens early and answers once warm."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE_SECONDS)
        try:
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    raise NotStarted(log=server.log)


@contextmanager
def empty_page() -> Iterator[Running]:
    """Serve an empty Streamlit page by plain ``streamlit run``, with offline settings only."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "empty.py"
        script.write_text(
            'import streamlit as st\nst.html("<p class=sk-page-foot data-figure>·</p>")\n', encoding="utf-8"
        )
        options = {
            "server.port": "{port}",
            "server.address": "127.0.0.1",
            "server.headless": "true",
            "server.enableStaticServing": "false",
            "server.enableWebsocketCompression": "false",
            "browser.serverAddress": "localhost",
            "theme.font": "sans-serif",
        }
        words = [f"--{name}={value}" for name, value in options.items()]
        command = [sys.executable, "-m", "streamlit", "run", str(script), *words]
        with running(command=command) as server:
            yield server
