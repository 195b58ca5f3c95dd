"""What can go wrong when a release is read. Each error names what was asked for, never where it lies."""

from __future__ import annotations


class StoreError(Exception):
    """A release cannot be read."""


class NoRelease(StoreError):
    """There is no release of the asked tier that can be shown."""

    def __init__(self, *, tier: str, where: str, reason: str) -> None:
        super().__init__(f"no release of tier {tier!r} in {where}: {reason}")
        self.tier = tier
        self.reason = reason


class NotKept(StoreError):
    """No release that is kept has this address, or it cannot be read now. What was asked is not repeated."""

    def __init__(self, *, tier: str, reason: str) -> None:
        super().__init__(f"no such release of tier {tier!r}: {reason}")
        self.tier = tier
        self.reason = reason


class ReleaseWithdrawn(StoreError):
    """The curator withdrew this release: ``since`` (UTC, ISO 8601) and ``reason`` are shown to readers."""

    def __init__(self, *, release: str, tier: str, since: str, reason: str) -> None:
        super().__init__(f"release {release} of tier {tier!r} was withdrawn on {since}")
        self.release = release
        self.tier = tier
        self.since = since
        self.reason = reason


class TableUnavailable(StoreError):
    """One table is missing, damaged or not part of this tier; everything else still works."""

    def __init__(self, *, table: str, tier: str, reason: str) -> None:
        super().__init__(f"table {table!r} ({tier}): {reason}")
        self.table = table
        self.tier = tier
        self.reason = reason


class TableWithdrawn(TableUnavailable):
    """The curator withdrew a table from every running app.

    ``since`` is UTC in ISO 8601, ``reason`` the curator's own words. Both are empty when the list of
    withdrawals cannot be read and the table could name what it hides.
    """

    def __init__(self, *, table: str, tier: str, since: str, reason: str) -> None:
        super().__init__(table=table, tier=tier, reason=reason or "withdrawn by the curator")
        self.since = since
        self.reason = reason
