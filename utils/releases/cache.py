"""Keeps the releases of one tier in memory: what is current, the one before, a few asked for by address.

A look at the place is taken by one thread while all others go on with what they have, so that a slow or
dead store never holds up a page.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, Literal

from utils.releases.changelog import Changelog, read_changelog
from utils.releases.errors import NoRelease, NotKept, ReleaseWithdrawn, TableUnavailable
from utils.releases.layout import Tier, is_release_id
from utils.releases.loading import Code, Loaded, Unusable, describe_error, load
from utils.releases.release import Release
from utils.releases.withdrawal_filter import WithdrawalFilter, read_filter
from utils.releases.withdrawals import WithdrawalsDamaged
from utils.storage import Storage, Unreachable

STALE_LOOKS: Final = 3
"""After so many intervals without a look, a visitor waits for one instead of being shown old things."""
PATIENCE_SECONDS: Final = 4.0
"""How long a visitor waits at most for a look."""
FIRST_SECONDS: Final = 60.0
"""How long the first visitor waits at most for the first release."""
AGAIN_SECONDS: Final = 2.0
"""Where there is no release, nobody looks again sooner."""
ADDRESSED: Final = 3
FETCHERS: Final = 2
"""How many releases are read at once because they were asked for by address."""
UNKNOWN: Final = 256
"""How many addresses without a release are remembered."""
_POINTER_MOST: Final = 200

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServedState:
    """What is served, and what stands in the way of something newer.

    ``release`` is the id that is served and ``pointer`` the one that should be ("" when unknown).
    ``reason`` is "" when all is well, else why the pointer's release is not served whole, ``since`` when
    that was first seen. ``damaged`` names the files that the served release lacks. ``withdrawals``
    says how the list of withdrawals is known: "" as it is now, "kept" as it was, "unknown" not at all.
    """

    tier: Tier
    release: str = ""
    pointer: str = ""
    reason: Code | Literal[""] = ""
    detail: str = ""
    since: datetime | None = None
    damaged: tuple[str, ...] = ()
    withdrawals: Literal["", "kept", "unknown"] = ""

    @property
    def is_older(self) -> bool:
        """Return whether a newer release cannot be shown, or cannot be asked for."""
        kept = self.reason == "unreachable" or self.pointer != self.release
        return bool(self.release and self.reason) and kept


class ReleaseCache:
    """The releases of one tier in one place. ``seconds`` is the longest time between two looks."""

    def __init__(self, place: Storage, tier: Tier, *, seconds: float) -> None:
        self.place = place
        self.tier = tier
        self.seconds = seconds
        self._served: Release | None = None
        self._previous: Loaded | None = None
        self._addressed: OrderedDict[str, Release] = OrderedDict()
        self._unknown: OrderedDict[str, float] = OrderedDict()
        self._fetching: dict[str, threading.Thread] = {}
        self._away = float("-inf")
        self._hidden: WithdrawalFilter | None = None
        self._changelog = Changelog()
        self._state = ServedState(tier)
        self._looked = float("-inf")
        self._look: threading.Thread | None = None
        self._lock = threading.Lock()
        self._alone = threading.Lock()

    def current(self) -> Release:
        """Return the release to show now, looking for a newer one in the background when it is time.

        Raises :class:`NoRelease` when there is none.
        """
        self._look_if_due()
        served = self._served
        if served is None:
            raise NoRelease(tier=self.tier, where=self.place.name, reason=self._state.detail)
        return served

    def _look_if_due(self) -> None:
        with self._lock:
            age = time.monotonic() - self._looked
            if age < (self.seconds if self._served else min(self.seconds, AGAIN_SECONDS)):
                return
            if self._look is None or not self._look.is_alive():
                self._look = threading.Thread(target=self._look_safely, name="samaki-look", daemon=True)
                self._look.start()
            look, first = self._look, self._served is None
        if first or age > STALE_LOOKS * self.seconds:
            look.join(FIRST_SECONDS if first else PATIENCE_SECONDS)

    def _look_safely(self) -> None:
        try:
            self.look()
        except Exception:
            log.exception("a look at the releases failed")

    def state(self) -> ServedState:
        """Return what is served and why it is not newer; never waits."""
        return self._state

    def served(self) -> Release | None:
        """Return the release that is served, without a look; never waits."""
        return self._served

    def known_changelog(self) -> Changelog:
        """Return the changelog as it was last read; the first caller waits for a look."""
        self._look_if_due()
        return self._changelog

    def look(self) -> ServedState:
        """Look at pointer, withdrawals and releases now, and switch when a whole release is there."""
        with self._alone:
            try:
                self._look_alone()
            finally:
                self._looked = time.monotonic()
            return self._state

    def _look_alone(self) -> None:
        """Read what is withdrawn before the pointer: what is shown again waits for the newer release."""
        pointer, target = "", None
        trouble: Unusable | None = None
        try:
            self._read_hidden()
            pointer = self._pointer()
            self._read_changelog()
            target = self._load(pointer)
        except Unusable as error:
            trouble = error
        self._serve(pointer, target, trouble)

    def _pointer(self) -> str:
        try:
            written = self.place.read("CURRENT", most=_POINTER_MOST).decode("ascii").strip()
        except FileNotFoundError as error:
            raise Unusable(code="pointer", detail="nothing has been published") from error
        except UnicodeDecodeError as error:
            raise Unusable(code="pointer", detail="the pointer names no valid release") from error
        except Unreachable as error:
            raise Unusable(
                code="unreachable", detail=f"the pointer cannot be read: {describe_error(error)}"
            ) from error
        except OSError as error:
            raise Unusable(
                code="pointer", detail=f"the pointer cannot be read: {describe_error(error)}"
            ) from error
        if not is_release_id(written):
            raise Unusable(code="pointer", detail="the pointer names no valid release")
        return written

    def _load(self, release_id: str) -> Loaded:
        known = self._known(release_id)
        if known and known.is_whole:
            return known
        loaded = load(self.place, self.tier, release_id, known)
        if known and known.damaged == loaded.damaged:
            return known
        return loaded

    def _known(self, release_id: str) -> Loaded | None:
        held = [self._served.loaded if self._served else None, self._previous]
        held += [release.loaded for release in self._addressed.values()]
        return next((loaded for loaded in held if loaded and loaded.release_id == release_id), None)

    def _serve(self, pointer: str, target: Loaded | None, trouble: Unusable | None) -> None:
        """Take the pointer's release when it is whole, else the last good one, else what is whole of it."""
        served = self._served.loaded if self._served else None
        chosen = target
        if target is None or not target.is_whole:
            whole = [loaded for loaded in (served, self._previous) if loaded and loaded.is_whole]
            good = (
                loaded
                for loaded in whole
                if loaded.release_id == pointer or not self._withdrawn(loaded.release_id)
            )
            chosen = next(good, target)
            if chosen is None and served and not self._withdrawn(served.release_id):
                chosen = served
        if target is not None and not target.is_whole:
            names = ", ".join(f"{name} ({why})" for name, why in sorted(target.damaged.items()))
            trouble = Unusable(code="damaged", detail=f"missing or damaged: {names}")
        if served is not None and chosen is not served:
            self._previous = served
        with self._lock:
            self._served = self._view(chosen, self._served) if chosen else None
            self._addressed = OrderedDict(
                (name, self._view(release.loaded, release)) for name, release in self._addressed.items()
            )
            self._set_state(pointer, chosen, trouble)

    def _withdrawn(self, release_id: str) -> bool:
        return self._hidden is not None and self._hidden.find("release", release_id) is not None

    def _view(self, loaded: Loaded, shown: Release | None = None) -> Release:
        """Return a release less what is withdrawn; the one ``shown`` when nothing changed."""
        lists = self._hidden or WithdrawalFilter(unknown=True)
        if shown is not None and shown.loaded is loaded and shown.hidden == lists:
            return shown
        return Release(loaded, lists, self._changelog.publication_day(loaded.release_id))

    def _set_state(self, pointer: str, chosen: Loaded | None, trouble: Unusable | None) -> None:
        before = self._state
        after = replace(
            before,
            release=chosen.release_id if chosen else "",
            pointer=pointer or ("" if trouble is None or trouble.code == "pointer" else before.pointer),
            reason=trouble.code if trouble else "",
            detail=trouble.detail if trouble else "",
            damaged=tuple(sorted(chosen.damaged)) if chosen else (),
        )
        if trouble is None:
            after = replace(after, since=None)
        elif (before.reason, before.pointer) != (after.reason, after.pointer):
            after = replace(after, since=datetime.now(UTC))
        if (before.reason, before.detail, before.release) != (after.reason, after.detail, after.release):
            say = log.warning if trouble else log.info
            say("%s tier serves %s: %s", self.tier, after.release or "nothing", after.detail or "all is well")
        self._state = after

    def _read_hidden(self) -> None:
        try:
            self._hidden = read_filter(self.place, self.tier)
            known: Literal["", "kept", "unknown"] = ""
        except (WithdrawalsDamaged, OSError) as error:
            if isinstance(error, Unreachable) and not error.answers:
                raise Unusable(code="unreachable", detail=describe_error(error)) from error
            known = "unknown" if self._hidden is None or self._hidden.unknown else "kept"
            if known != self._state.withdrawals:
                log.warning("%s tier: the list of withdrawals cannot be read: %s", self.tier, error)
            if known == "unknown":
                self._hidden = WithdrawalFilter(unknown=True)
        self._state = replace(self._state, withdrawals=known)

    def _read_changelog(self) -> None:
        try:
            self._changelog = read_changelog(self.place, self.tier, self._changelog)
        except OSError as error:
            self._changelog = replace(self._changelog, stamp="", trouble=describe_error(error))

    def released(self, release_id: str) -> Release:
        """Return a kept release by its id, with what is withdrawn left out of it as well.

        Raises :class:`NotKept` or :class:`ReleaseWithdrawn`.
        """
        served = self.current()
        if not is_release_id(release_id):
            raise NotKept(tier=self.tier, reason="not the id of a release")
        if release_id == served.release_id:
            return served
        gone = served.hidden.find("release", release_id)
        if gone is not None:
            raise ReleaseWithdrawn(release=release_id, tier=self.tier, since=gone.since, reason=gone.reason)
        with self._lock:
            if release_id in self._addressed:
                self._addressed.move_to_end(release_id)
                return self._addressed[release_id]
            if time.monotonic() - self._unknown.get(release_id, float("-inf")) < self.seconds:
                raise NotKept(tier=self.tier, reason="it is not kept")
            fetch = self._start_fetch(release_id)
        fetch.join(PATIENCE_SECONDS)
        with self._lock:
            if release_id in self._addressed:
                return self._addressed[release_id]
        raise NotKept(tier=self.tier, reason="it is not kept, or cannot be read now")

    def _start_fetch(self, release_id: str) -> threading.Thread:
        """Return the thread that reads a release, the same for all who ask for it; call it with the lock.

        Raises :class:`NotKept` while the store is out of reach, or enough others are being read.
        """
        away = self._state.reason == "unreachable" or time.monotonic() - self._away < self.seconds
        fetch = self._fetching.get(release_id)
        full = fetch is None and len(self._fetching) >= FETCHERS
        if full or (away and self._known(release_id) is None):
            raise NotKept(tier=self.tier, reason="it cannot be read now")
        if fetch is None:
            fetch = threading.Thread(target=self._fetch, args=(release_id,), name="samaki-fetch", daemon=True)
            self._fetching[release_id] = fetch
            fetch.start()
        return fetch

    def _fetch(self, release_id: str) -> None:
        try:
            self._load_addressed(release_id)
        finally:
            with self._lock:
                del self._fetching[release_id]

    def _load_addressed(self, release_id: str) -> None:
        """Load a release that was asked for by its address; one at a time."""
        with self._alone:
            try:
                loaded = self._load(release_id)
            except Unusable as error:
                log.info("release %s was asked for: %s", release_id, error)
                with self._lock:
                    if error.code == "unreachable":
                        self._away = time.monotonic()
                    self._unknown[release_id] = time.monotonic()
                    while len(self._unknown) > UNKNOWN:
                        self._unknown.popitem(last=False)
                return
            with self._lock:
                self._addressed[release_id] = self._view(loaded)
                while len(self._addressed) > ADDRESSED:
                    self._addressed.popitem(last=False)

    def changelog(self) -> tuple[Mapping[str, Any], ...]:
        """Return the entries of the changelog, oldest first. Raises :class:`TableUnavailable`."""
        known = self.known_changelog()
        if known.trouble and not known.entries:
            raise TableUnavailable(table=f"changes/{self.tier}", tier=self.tier, reason=known.trouble)
        return known.entries

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look by itself, again and again, until the block is left: what is withdrawn goes unasked."""
        over = threading.Event()

        def watch() -> None:
            while not over.wait(self.seconds):
                self._look_safely()

        thread = threading.Thread(target=watch, name="samaki-watch", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
