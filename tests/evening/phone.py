"""A volunteer's phone without a browser: it speaks the API over HTTP as the page does."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field
from typing import Any

from tests.ledger.evenings import PIN, fresh_key
from tests.running import Running
from utils.evening.ledger.book import Book
from utils.evening.ledger.model import Line
from utils.evening.ledger.totals import totals


@dataclass
class Phone:
    """One phone at one table of one evening."""

    server: Running
    table: str = "Table 1"
    evening: str = "gala"
    lang: str = "en"
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, content: object = None, **headers: str) -> tuple[int, Any]:
        """Send JSON, or ask without; returns the status and the JSON of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        sent = {"Content-Type": "application/json", "Cookie": self.cookie, **self.headers}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            method = "GET" if content is None else "POST"
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            where = f"/evening/{self.evening}/{path}?lang={self.lang}"
            connection.request(method, where, body=None if content is None else body, headers=sent)
            response = connection.getresponse()
            text = response.read()
            if response.getheader("set-cookie"):
                self.cookie = str(response.getheader("set-cookie"))
            kind = response.getheader("content-type", "")
            return response.status, json.loads(text) if "json" in str(kind) else text
        finally:
            connection.close()

    def sign_in(self, pin: str = PIN) -> tuple[int, Any]:
        """Give the PIN."""
        status, told = self.ask("pin", {"pin": pin, "volunteer": self.table})
        return status, told

    def enter(self, amount: str = "50", **more: object) -> tuple[int, Any]:
        """Enter a gift in cash in euros, unless told otherwise."""
        entry = {"kind": "gift", "way": "cash", "currency": "EUR", "amount": amount, "key": long_key()}
        return self.ask("entries", entry | more)


def long_key() -> str:
    """Return a key as long as a phone's."""
    return fresh_key().rjust(24, "-")


@dataclass(frozen=True)
class Party:
    """One evening of one server, and its ledger."""

    server: Running
    book: Book
    evening: str

    def stranger(self) -> Phone:
        """Return a phone that did not give the PIN."""
        return Phone(self.server, evening=self.evening)

    def phone(self, table: str = "Table 1", lang: str = "en") -> Phone:
        """Return a phone that gave the PIN."""
        phone = Phone(self.server, table, self.evening, lang)
        assert phone.sign_in()[0] == 200
        return phone

    def lines(self) -> tuple[Line, ...]:
        """Return what the ledger holds of this evening."""
        return self.book.lines(self.evening)

    def received(self) -> dict[str, int]:
        """Return what came in, by currency."""
        return dict(totals(self.lines()).received)
