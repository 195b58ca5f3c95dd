"""A prefix of an object store that speaks S3, read and written with short waits.

Credentials and the address of the store come from the environment (``AWS_ACCESS_KEY_ID``,
``AWS_ENDPOINT_URL`` and their kin); the name of a bucket never holds them.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import obstore
import pyarrow as pa
from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    PermissionDeniedError,
    PreconditionError,
    UnauthenticatedError,
)
from obstore.store import S3Store

from utils.storage.storage import (
    PIECE,
    BadStorageName,
    Changed,
    TooLarge,
    Unreachable,
    is_key,
    require_key,
)

if TYPE_CHECKING:
    from obstore import GetResult

WAIT_SECONDS: Final = 2.0
"""To connect, and between two pieces of an answer; for a small file altogether."""
TRIES: Final = 2
LONGEST_SECONDS: Final = 60.0
"""For one answer altogether: a store that drips is a store that does not answer."""
SMALL_SECONDS: Final = 4.5
"""For a file of at most :data:`SMALL` bytes, both tries together."""
SMALL: Final = 1_000_000
_PAUSE: Final = timedelta(milliseconds=100)
_NAME: Final = re.compile(
    r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?P<prefix>(/[0-9A-Za-z_.-]+)*)/?"
)
_MD5: Final = re.compile(r'"?([0-9a-f]{32})"?')
_DIGEST: Final = "sha256"
_CREDENTIALS: Final = (
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)
_TROUBLE: Final = re.compile(r"kind: (Timeout|Connect|Interrupted)\b")
_REASONS: Final = {
    "Timeout": "no answer in time",
    "Connect": "no connection",
    "Interrupted": "it breaks off",
}


class Bucket:
    """The files below ``s3://bucket/prefix``."""

    def __init__(self, name: str) -> None:
        match = _NAME.fullmatch(name)
        if match is None or ".." in name:
            raise BadStorageName(expected="s3://bucket/prefix, without user, password or query")
        self._root = f"{match['bucket']}{match['prefix']}"
        bucket, prefix = match["bucket"], match["prefix"].strip("/")
        with translate_errors(""):
            self._small = _connect(bucket, prefix, WAIT_SECONDS)
            self._large = _connect(bucket, prefix, LONGEST_SECONDS)

    @property
    def name(self) -> str:
        """The address of the prefix."""
        return f"s3://{self._root}/"

    def _head(self, key: str) -> GetResult:
        with translate_errors(key):
            return obstore.get(self._small, require_key(key), options={"head": True})

    def _range(self, key: str, start: int, end: int) -> bytes:
        with translate_errors(key):
            return bytes(obstore.get_range(self._large, require_key(key), start=start, end=end))

    def read(self, key: str, *, most: int) -> bytes:
        """Return a file of at most ``most`` bytes."""
        with translate_errors(key):
            found = obstore.get(self._small if most <= SMALL else self._large, require_key(key))
            if found.meta["size"] > most:
                raise TooLarge(key=key)
            return bytes(found.bytes())

    def stamp(self, key: str) -> str:
        """Return what changes when a file does: its entity tag."""
        meta = self._head(key).meta
        return meta["e_tag"] or meta["last_modified"].isoformat()

    def size(self, key: str) -> int:
        """Return the size of a file in bytes."""
        return self._head(key).meta["size"]

    def digest(self, key: str) -> str:
        """Return the SHA-256 of a file, read in pieces."""
        digest = hashlib.sha256()
        size = self.size(key)
        for start in range(0, size, PIECE):
            digest.update(self._range(key, start, min(start + PIECE, size)))
        return digest.hexdigest()

    def open(self, key: str) -> pa.NativeFile:
        """Return a file of which Arrow reads the parts that it needs."""
        return pa.PythonFile(_Ranges(self, key), mode="r")

    def keys(self, prefix: str) -> frozenset[str]:
        """Return the keys of all files below a prefix."""
        with translate_errors(prefix):
            listed = obstore.list(self._large, require_key(prefix))
            return frozenset(filter(is_key, (meta["path"] for chunk in listed for meta in chunk)))

    def holds(self, key: str, source: Path) -> bool:
        """Return whether a file is there with the size and content of ``source``."""
        try:
            found = self._head(key)
        except FileNotFoundError:
            return False
        if found.meta["size"] != source.stat().st_size:
            return False
        simple = _MD5.fullmatch(found.meta["e_tag"] or "")
        if simple:
            with source.open("rb") as file:
                md5 = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
            return md5 == simple[1]
        return found.attributes.get(_DIGEST) == _sha256(source)

    def put(self, key: str, source: Path) -> None:
        """Copy a local file to a key; it appears whole."""
        with translate_errors(key):
            obstore.put(self._large, require_key(key), source, attributes={_DIGEST: _sha256(source)})

    def write(self, key: str, content: bytes, *, replaces: str | None = None) -> None:
        """Replace a small file in one step; see :meth:`utils.storage.Storage.write`."""
        mode: Any = "overwrite" if replaces is None else {"e_tag": replaces} if replaces else "create"
        with translate_errors(key):
            obstore.put(self._small, require_key(key), content, mode=mode)

    def remove(self, key: str) -> None:
        """Remove a file; nothing happens when there is none."""
        with translate_errors(key):
            obstore.delete(self._small, require_key(key))


class _Ranges(io.RawIOBase):
    """A file of a bucket as a Python file that asks for ranges of bytes."""

    def __init__(self, bucket: Bucket, key: str) -> None:
        self._bucket, self._key = bucket, key
        self._size, self._at = bucket.size(key), 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def read(self, size: int = -1) -> bytes:
        end = self._size if size < 0 else min(self._at + size, self._size)
        if end <= self._at:
            return b""
        content = self._bucket._range(self._key, self._at, end)
        self._at += len(content)
        return content


def _connect(bucket: str, prefix: str, seconds: float) -> S3Store:
    """Return a client that gives each answer ``seconds`` and tries twice."""
    return S3Store(
        bucket,
        prefix=prefix or None,
        client_options={
            "allow_http": True,
            "connect_timeout": timedelta(seconds=WAIT_SECONDS),
            "read_timeout": timedelta(seconds=WAIT_SECONDS),
            "timeout": timedelta(seconds=seconds),
        },
        retry_config={
            "max_retries": TRIES - 1,
            "retry_timeout": timedelta(seconds=seconds * TRIES),
            "backoff": {"init_backoff": _PAUSE, "max_backoff": _PAUSE * 2},
        },
        disable_bulk_delete=True,
        skip_signature=_is_anonymous(),
    )


def _is_anonymous() -> bool:
    """Return whether nothing is signed: asked for, or no credentials named and the machine's own off."""
    if os.environ.get("AWS_SKIP_SIGNATURE", "").lower() in ("true", "1"):
        return True
    own_are_off = os.environ.get("AWS_EC2_METADATA_DISABLED", "").lower() == "true"
    return own_are_off and not any(map(os.environ.get, _CREDENTIALS))


def _sha256(source: Path) -> str:
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def translate_errors(key: str) -> Iterator[None]:
    """Turn what the client raises into an ``OSError`` that quotes no address and no secret.

    The client's own error is not chained: it holds the address of the store.
    """
    try:
        yield
    except (TooLarge, Unreachable):
        raise
    except FileNotFoundError:
        raise FileNotFoundError(2, "no such file", key) from None
    except (PreconditionError, AlreadyExistsError):
        raise Changed(key=key) from None
    except (PermissionDeniedError, UnauthenticatedError):
        raise Unreachable(key=key, reason="access is refused", answers=True) from None
    except (BaseError, OSError) as error:
        if "403 Forbidden" in str(error):  # the client's word for a list that is refused
            raise Unreachable(key=key, reason="access is refused", answers=True) from None
        kind = _TROUBLE.search(str(error))
        reason = _REASONS[kind[1]] if kind else type(error).__name__
        raise Unreachable(key=key, reason=reason) from None
