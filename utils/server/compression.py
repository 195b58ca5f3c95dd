"""Packs files for the browser once: Brotli and gzip, kept by content in memory and on disk.

The first visitor gets a quick packing. The best one, which takes seconds for the largest bundle, is
made afterwards in one background thread and kept in a cache folder, so a later start finds it.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import queue
import re
import sys
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import brotli

Encoding = Literal["br", "gzip", "identity"]

_QUICK: Final = 5
_BEST: Final = 11
_SMALLEST: Final = 512
_TEXTS: Final = 100
_PACKABLE: Final = re.compile(r"text/|javascript|json|svg|wasm|xml")


@dataclass(frozen=True, slots=True)
class Packed:
    """A file as it goes out: ``body`` in ``encoding``, and the entity tag of just these bytes."""

    body: bytes
    encoding: Encoding
    tag: str
    final: bool = True


def accepted(header: str) -> Sequence[Encoding]:
    """Return the encodings an ``Accept-Encoding`` header allows, ours best first, identity last."""
    allowed = set()
    for part in header.lower().split(","):
        name, _, parameters = part.partition(";")
        if not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", parameters):
            allowed.add(name.strip())
    found: list[Encoding] = []
    if "br" in allowed or "*" in allowed:
        found.append("br")
    if "gzip" in allowed or "*" in allowed:
        found.append("gzip")
    return [*found, "identity"]


def packable(media_type: str) -> bool:
    """Return whether packing makes a file of this type smaller; fonts and pictures are packed."""
    return bool(_PACKABLE.search(media_type))


class Packer:
    """Packs files by content. Safe to use from several threads."""

    def __init__(self, cache: Path | None) -> None:
        """Keep the best packings in ``cache``; ``None`` or a read-only folder: in memory only."""
        self._cache = cache if cache is not None and _writable(cache) else None
        self._digests: dict[tuple[Path, int, int], str] = {}
        self._known: dict[tuple[str, Encoding], Packed] = {}
        self._texts: OrderedDict[tuple[str, Encoding], Packed] = OrderedDict()
        self._lock = threading.Lock()
        self._wanted: queue.SimpleQueue[tuple[Path, str]] = queue.SimpleQueue()
        self._worker: threading.Thread | None = None

    def digest(self, path: Path) -> str:
        """Return the SHA-256 of the file in hexadecimal; read again only when the file changed."""
        state = path.stat()
        key = (path, state.st_mtime_ns, state.st_size)
        known = self._digests.get(key)
        if known is None:
            known = self._digests[key] = hashlib.sha256(path.read_bytes()).hexdigest()
        return known

    def pack(self, path: Path, encodings: Sequence[Encoding]) -> Packed:
        """Return the file in the first of ``encodings``. Raises ``OSError`` if it cannot be read."""
        digest = self.digest(path)
        encoding = encodings[0] if path.stat().st_size >= _SMALLEST else "identity"
        if encoding == "identity":
            return Packed(path.read_bytes(), encoding, _tag(digest, encoding))
        with self._lock:
            known = self._known.get((digest, encoding))
        if known is not None:
            return known
        kept = self._kept(digest, encoding)
        if kept is not None:
            return self._remember(digest, Packed(kept, encoding, _tag(digest, encoding)))
        raw = path.read_bytes()
        if encoding == "gzip":
            body = gzip.compress(raw, 6, mtime=0)
            return self._remember(digest, Packed(body, encoding, _tag(digest, encoding)))
        quick = Packed(brotli.compress(raw, quality=_QUICK), "br", _tag(digest, "br", "q"), final=False)
        self._ask_for_best(path, digest)
        return self._remember(digest, quick)

    def pack_text(self, raw: bytes, encodings: Sequence[Encoding]) -> Packed:
        """Return a short document that is in no file in the first of ``encodings``.

        The last hundred are kept: such documents differ by address and language.
        """
        digest, encoding = hashlib.sha256(raw).hexdigest(), encodings[0]
        with self._lock:
            known = self._texts.get((digest, encoding))
            if known is not None:
                self._texts.move_to_end((digest, encoding))
                return known
        body = raw
        if encoding == "br":
            body = brotli.compress(raw, quality=_BEST)
        elif encoding == "gzip":
            body = gzip.compress(raw, 9, mtime=0)
        packed = Packed(body, encoding, _tag(digest, encoding))
        with self._lock:
            self._texts[digest, encoding] = packed
            while len(self._texts) > _TEXTS:
                self._texts.popitem(last=False)
        return packed

    def pack_best(self, path: Path) -> Packed:
        """Return the best Brotli packing of the file and keep it."""
        digest = self.digest(path)
        kept = self._kept(digest, "br")
        if kept is None:
            kept = brotli.compress(path.read_bytes(), quality=_BEST)
            self._keep(digest, "br", kept)
        return self._remember(digest, Packed(kept, "br", _tag(digest, "br")))

    def _remember(self, digest: str, packed: Packed) -> Packed:
        with self._lock:
            known = self._known.get((digest, packed.encoding))
            if known is None or packed.final:
                self._known[digest, packed.encoding] = known = packed
            return known

    def _ask_for_best(self, path: Path, digest: str) -> None:
        with self._lock:
            if (digest, "br") in self._known:
                return
            self._wanted.put((path, digest))
            if self._worker is None:
                self._worker = threading.Thread(target=self._improve, name="packing", daemon=True)
                self._worker.start()

    def _improve(self) -> None:
        while True:
            path, digest = self._wanted.get()
            try:
                if self.digest(path) == digest:
                    self.pack_best(path)
            except OSError as error:
                print(f"{path.name} could not be packed: {error}", file=sys.stderr)

    def _kept(self, digest: str, encoding: Encoding) -> bytes | None:
        if self._cache is None:
            return None
        try:
            return (self._cache / f"{digest[:32]}.{encoding}").read_bytes()
        except OSError:
            return None

    def _keep(self, digest: str, encoding: Encoding, body: bytes) -> None:
        if self._cache is None:
            return
        handle, name = tempfile.mkstemp(dir=self._cache, prefix=".packing-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
            Path(name).replace(self._cache / f"{digest[:32]}.{encoding}")
        except OSError as error:
            Path(name).unlink(missing_ok=True)
            print(f"a packed file could not be kept: {error}", file=sys.stderr)


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _tag(digest: str, encoding: str, mark: str = "") -> str:
    return f'"{digest[:16]}-{encoding}{mark}"'


def pack_ahead(packer: Packer, paths: Iterable[Path]) -> tuple[int, int]:
    """Pack ``paths`` as well as possible; returns bytes before and after."""
    files = [path for path in paths if path.stat().st_size >= _SMALLEST]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        packed = list(pool.map(packer.pack_best, files))
    return sum(path.stat().st_size for path in files), sum(len(file.body) for file in packed)
