"""An object store on loopback (moto) behind a door that can hang, refuse, break off, or be shut."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import urlsplit

from moto.server import ThreadedMotoServer

Mode = Literal["open", "hang", "refuse", "break off"]
BUCKET = "samaki"


@dataclass
class Store:
    """A store at ``url``; set ``mode`` to trouble those who ask, ``only`` to trouble these keys alone."""

    url: str = ""
    mode: Mode = "open"
    only: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    hanging: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def environment(self) -> Mapping[str, str]:
        """What a process needs to reach the store."""
        return {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": self.url,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    @property
    def place(self) -> str:
        """The name of a prefix in the store."""
        return f"s3://{BUCKET}/copy"

    def keys(self, method: str) -> list[str]:
        """Return the keys below the prefix that were asked for with a method, in order."""
        start = f"/{BUCKET}/copy/"
        found = [path for one, path in self.asked if one == method and path.startswith(start)]
        return [path.removeprefix(start) for path in found]


@contextmanager
def object_store() -> Iterator[Store]:
    """Run a store with one empty bucket until the block is left."""
    behind = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    behind.start()
    host, port = behind.get_host_and_port()
    store = Store()
    door = ThreadingHTTPServer(("127.0.0.1", 0), _handler(store, host, port))
    door.daemon_threads = True
    threading.Thread(target=door.serve_forever, daemon=True).start()
    store.url = f"http://127.0.0.1:{door.server_address[1]}"
    try:
        connection = http.client.HTTPConnection(host, port, timeout=10)
        connection.request("POST", "/moto-api/reset")
        connection.getresponse().read()
        connection.request("PUT", f"/{BUCKET}")
        assert connection.getresponse().status == http.HTTPStatus.OK
        connection.close()
        yield store
    finally:
        store.released.set()
        door.shutdown()
        door.server_close()
        behind.stop()


def _handler(store: Store, host: str, port: int) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            path = urlsplit(self.path).path
            store.asked.append((self.command, path))
            mode = store.mode if store.only in path else "open"
            if mode == "hang":
                store.hanging.set()
                store.released.wait(30)
                self.close_connection = True
                return
            if mode == "refuse":
                self._answer(403, {}, b"<Error><Code>AccessDenied</Code></Error>")
                return
            connection = http.client.HTTPConnection(host, port, timeout=30)
            connection.request(self.command, self.path, body, dict(self.headers.items()))
            answer = connection.getresponse()
            content = answer.read()
            headers = {name: value for name, value in answer.getheaders() if name not in _OURS}
            if self.command == "HEAD":
                headers["Content-Length"] = answer.getheader("Content-Length") or "0"
            connection.close()
            self._answer(answer.status, headers, content, half=mode == "break off")

        def _answer(
            self, status: int, headers: Mapping[str, str], content: bytes, half: bool = False
        ) -> None:
            self.send_response_only(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command == "HEAD":
                return
            self.close_connection = half
            with suppress(BrokenPipeError, ConnectionResetError):
                self.wfile.write(content[: len(content) // 2] if half else content)

        do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = handle_one  # noqa: N815  # the names it looks for

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    return Door


_OURS = frozenset({"Content-Length", "Connection", "Transfer-Encoding", "Server", "Date"})
