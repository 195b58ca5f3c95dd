"""A real PostgreSQL of its own, from Debian's package, on a free loopback port in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.running import free_port

_PATIENCE_SECONDS = 30
OWNER = "postgres"
"""PostgreSQL refuses to run as root; Debian's package brings this user."""


def binaries() -> Path | None:
    """Return the folder of ``initdb`` and ``pg_ctl``, the newest that is installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def postgres() -> Iterator[str]:
    """Run a server until the block is left; gives the address of its database for SQLAlchemy."""
    programs = binaries()
    assert programs is not None, "no PostgreSQL found"
    folder = Path(tempfile.mkdtemp(prefix="samaki-postgres-"))
    user = OWNER if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    port = free_port()

    user_words: dict[str, Any] = {
        "user": user,
        "cwd": folder,
        "env": _quiet(folder),
        "stdout": subprocess.DEVNULL,
    }
    data = str(folder / "data")
    setup = (str(programs / "initdb"), "-D", data, "-U", "samaki", "-A", "trust", "-E", "UTF8", "--no-sync")
    settings = (
        f"port={port}",
        "listen_addresses=127.0.0.1",
        f"unix_socket_directories={folder}",
        "fsync=off",
    )
    server = (str(programs / "postgres"), "-D", data, *(word for one in settings for word in ("-c", one)))
    try:
        subprocess.run(setup, check=True, **user_words)
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(server, stderr=log, **user_words)
        try:
            _wait(process, port, folder / "log")
            yield f"postgresql://samaki@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=15)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="samaki", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise AssertionError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def _quiet(folder: Path) -> dict[str, str]:
    home = pwd.getpwnam(OWNER).pw_dir if os.geteuid() == 0 else str(folder)
    return {"PATH": os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8"}
