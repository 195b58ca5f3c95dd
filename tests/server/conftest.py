"""One server of each tier for the tests of what goes out."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.running import Running, running


@dataclass(frozen=True)
class Answer:
    """An answer to one request; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


Ask = Callable[..., Answer]


def ask(server: Running, path: str, *, method: str = "GET", **headers: str) -> Answer:
    """Send one request; ``accept_encoding`` stands for the header ``Accept-Encoding``."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=sent)
        response = connection.getresponse()
        named = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, named, response.read())
    finally:
        connection.close()


@pytest.fixture(scope="session")
def app_server(data_folder: Path) -> Iterator[Running]:
    """The public tier of a fresh release."""
    with running(data=data_folder) as server:
        yield server


@pytest.fixture(scope="module")
def ngo_server(data_folder: Path) -> Iterator[Running]:
    """The NGO tier of that release."""
    with running(data=data_folder, tier="ngo") as server:
        yield server
