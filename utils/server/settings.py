"""Where the app answers and which tier it reads: the settings that the server takes from the environment."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address
from typing import Final

from utils.settings import clock

TIERS: Final = ("public", "ngo")
LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class BadSetting(Exception):
    """A setting from the environment cannot be used."""

    def __init__(self, *, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name}={value!r}: expected {expected}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the app answers, which tier it reads, and whether it visits every page before visitors do."""

    host: str
    port: int
    tier: str
    rehearse: bool = True

    @property
    def url(self) -> str:
        """The address a person on this machine opens."""
        shown = {"0.0.0.0": "localhost", "::": "localhost"}.get(self.host, self.host)  # noqa: S104
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}/"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings. Raises :class:`BadSetting` with what was expected."""
    host = (environment.get("HOST") or "127.0.0.1").strip("[]")
    tier = environment.get("TIER") or "public"
    written = environment.get("PORT") or "8501"
    if not (written.isascii() and written.isdigit() and 0 < int(written) < 65536):
        raise BadSetting(name="PORT", value=written, expected="a number from 1 to 65535")
    if tier not in TIERS:
        raise BadSetting(name="TIER", value=tier, expected=" or ".join(TIERS))
    if tier == "ngo" and not is_loopback(host):
        raise BadSetting(
            name="HOST",
            value=host,
            expected="a loopback address such as 127.0.0.1: the NGO tier names sites where people "
            "shelter and has no sign-in yet",
        )
    rehearse = environment.get("SAMAKI_REHEARSE") or "yes"
    if rehearse not in ("yes", "no"):
        raise BadSetting(name="SAMAKI_REHEARSE", value=rehearse, expected="yes or no")
    return Settings(host=host, port=int(written), tier=tier, rehearse=rehearse == "yes")


def check_day(read_day: Callable[[], date] = clock.today) -> None:
    """Raise :class:`BadSetting` where the day from which ages are computed cannot be right."""
    fixed = os.environ.get("SAMAKI_TODAY")
    name = "SAMAKI_TODAY" if fixed else "the date of this machine"
    try:
        day = read_day()
    except ValueError:
        raise BadSetting(name=name, value=fixed or "", expected="a day such as 2026-11-24") from None
    if day < clock.FIRST_DAY:
        raise BadSetting(
            name=name, value=day.isoformat(), expected=f"{clock.FIRST_DAY} or later: set the clock"
        )


def is_loopback(host: str) -> bool:
    """Return whether ``host`` can only be reached from this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def open_port(settings: Settings) -> socket.socket:
    """Open the port. Raises :class:`BadSetting` when it is taken, not allowed, or no such address."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )[0]
    except OSError as error:
        raise BadSetting(name="HOST", value=settings.host, expected="an address of this machine") from error
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(2048)
    except OSError as error:
        opened.close()
        expected = {
            errno.EADDRINUSE: ("PORT", str(settings.port), "a free port: another program answers there"),
            errno.EACCES: ("PORT", str(settings.port), "a port this user may open, 1024 or higher"),
        }.get(error.errno or 0, ("HOST", settings.host, "an address of this machine"))
        raise BadSetting(name=expected[0], value=expected[1], expected=expected[2]) from error
    opened.set_inheritable(True)
    return opened
