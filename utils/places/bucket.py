"""A prefix of an object store that speaks S3, read and written with short waits.

Credentials and the address of the store come from the environment (``AWS_ACCESS_KEY_ID``,
``AWS_ENDPOINT_URL`` and their kin); the name of a place never holds them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pyarrow.fs as arrow
import s3fs
from aiohttp import ClientError as HttpError
from botocore.exceptions import BotoCoreError, ClientError
from fsspec.asyn import sync

from utils.places.place import PIECE, BadPlace, TooLarge, Unreachable, checked, is_key

WAIT_SECONDS: Final = 2.0
"""To connect, and between two pieces of an answer."""
TRIES: Final = 2
LONGEST_SECONDS: Final = 60.0
"""For one file altogether: a store that drips is a store that does not answer."""
SMALL_SECONDS: Final = 4.5
"""For a file of at most :data:`SMALL` bytes."""
SMALL: Final = 1_000_000
_NAME: Final = re.compile(
    r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?P<prefix>(/[0-9A-Za-z_.-]+)*)/?"
)
_MD5: Final = re.compile(r'"?([0-9a-f]{32})"?')
_DIGEST: Final = "sha256"


class Bucket:
    """The files below ``s3://bucket/prefix``."""

    def __init__(self, name: str) -> None:
        match = _NAME.fullmatch(name)
        if match is None or ".." in name:
            raise BadPlace(expected="s3://bucket/prefix, without user, password or query")
        self._root = f"{match['bucket']}{match['prefix']}"
        self._store = s3fs.S3FileSystem(
            config_kwargs={
                "connect_timeout": WAIT_SECONDS,
                "read_timeout": WAIT_SECONDS,
                "retries": {"total_max_attempts": 1},
            },
            use_listings_cache=False,
            skip_instance_cache=True,
        )
        self._store.retries = TRIES
        self._store.connect()  # reads the client's own files, which takes longer than an answer may

    @property
    def name(self) -> str:
        """The address of the prefix."""
        return f"s3://{self._root}/"

    def _path(self, key: str) -> str:
        return f"{self._root}/{checked(key)}"

    def _ask(self, function: Any, key: str, *arguments: Any, seconds: float = SMALL_SECONDS) -> Any:
        """Call a coroutine of the store's client. Raises ``FileNotFoundError`` or ``Unreachable``."""
        with told(key):
            return sync(self._store.loop, function, *arguments, timeout=seconds)

    async def _call(self, method: str, key: str, **arguments: Any) -> dict[str, Any]:
        bucket, name, _version = self._store.split_path(self._path(key))
        found: dict[str, Any] = await self._store._call_s3(method, Bucket=bucket, Key=name, **arguments)
        return found

    def _head(self, key: str) -> dict[str, Any]:
        found: dict[str, Any] = self._ask(self._call, key, "head_object", key)
        return found

    async def _body(self, key: str, most: int, span: str) -> bytes:
        """Return the body of one answer, read to its end; a second try where it broke off."""
        for tries_left in reversed(range(TRIES)):
            answer = await self._call("get_object", key, **({"Range": span} if span else {}))
            async with answer["Body"] as body:
                if int(answer["ContentLength"]) > most:
                    raise TooLarge(key=key)
                try:
                    content: bytes = await body.read()
                    return content
                except (BotoCoreError, HttpError):
                    if not tries_left:
                        raise
        raise Unreachable(key=key, reason="it breaks off")

    def read(self, key: str, *, most: int) -> bytes:
        """Return a file of at most ``most`` bytes."""
        seconds = SMALL_SECONDS if most <= SMALL else LONGEST_SECONDS
        content: bytes = self._ask(self._body, key, key, most, "", seconds=seconds)
        return content

    def stamp(self, key: str) -> str:
        """Return what changes when a file does: its tag and size."""
        found = self._head(key)
        return f"{found.get('ETag', '')}-{found['ContentLength']}"

    def size(self, key: str) -> int:
        """Return the size of a file in bytes."""
        return int(self._head(key)["ContentLength"])

    def digest(self, key: str) -> str:
        """Return the SHA-256 of a file, read in pieces."""
        digest = hashlib.sha256()
        size = self.size(key)
        for start in range(0, size, PIECE):
            span = f"bytes={start}-{min(start + PIECE, size) - 1}"
            digest.update(self._ask(self._body, key, key, PIECE, span, seconds=LONGEST_SECONDS))
        return digest.hexdigest()

    def arrow(self, key: str) -> tuple[arrow.FileSystem, str]:
        """Return where Arrow finds a file."""
        return arrow.PyFileSystem(arrow.FSSpecHandler(self._store)), self._path(key)

    def keys(self, prefix: str) -> frozenset[str]:
        """Return the keys of all files below a prefix."""
        found = self._ask(self._store._find, prefix, self._path(prefix), seconds=LONGEST_SECONDS)
        return frozenset(filter(is_key, (path.removeprefix(f"{self._root}/") for path in found)))

    def holds(self, key: str, source: Path) -> bool:
        """Return whether a file is there with the size and content of ``source``."""
        try:
            found = self._head(key)
        except FileNotFoundError:
            return False
        if int(found["ContentLength"]) != source.stat().st_size:
            return False
        simple = _MD5.fullmatch(str(found.get("ETag", "")))
        if simple:
            with source.open("rb") as file:
                md5 = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
            return md5 == simple[1]
        return bool(found.get("Metadata", {}).get(_DIGEST) == _sha256(source))

    def put(self, key: str, source: Path) -> None:
        """Copy a local file to a key; it appears whole."""
        marked = {"Metadata": {_DIGEST: _sha256(source)}}
        with told(key):
            sync(self._store.loop, self._store._put_file, str(source), self._path(key), **marked)

    def write(self, key: str, content: bytes) -> None:
        """Replace a small file in one step."""
        self._ask(self._store._pipe_file, key, self._path(key), content)

    def remove(self, key: str) -> None:
        """Remove a file; nothing happens when there is none."""
        self._ask(self._store._rm_file, key, self._path(key))


def _sha256(source: Path) -> str:
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def told(key: str) -> Iterator[None]:
    """Turn what a store's client raises into an ``OSError`` that quotes no address and no secret."""
    try:
        yield
    except (TooLarge, Unreachable):
        raise
    except FileNotFoundError as error:
        raise FileNotFoundError(2, "no such file", key) from error
    except PermissionError as error:
        raise Unreachable(key=key, reason="access is refused", answers=True) from error
    except TimeoutError as error:
        raise Unreachable(key=key, reason="no answer in time") from error
    except (BotoCoreError, ClientError, HttpError, OSError) as error:
        raise Unreachable(key=key, reason=type(error).__name__) from error
