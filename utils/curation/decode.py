"""Bytes of a text file: UTF-8 without control signs, or what they are instead and at which byte."""

from __future__ import annotations

import re
from typing import Final

from utils.curation.problems import Code, Fault

_PACKED: Final = (
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive or a workbook"),
    (b"PK\x05\x06", "a zip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\xd0\xcf\x11\xe0", "an old workbook"),
    (b"PAR1", "a Parquet file"),
)
_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_BARE_RETURN: Final = re.compile(r"\r(?!\n)")
_LOOKED_AT: Final = 4096


class NotText(Exception):
    """The bytes are not the text that was asked for. ``line`` counts from 1, 0 where none is meant."""

    def __init__(self, *, line: int, value: str, expected: str, code: Code) -> None:
        super().__init__(expected)
        self.line = line
        self.value = value
        self.fault = Fault(expected, code)


def decode(content: bytes) -> str:
    """Return the text of a CSV file without its byte order mark. Raises :class:`NotText`."""
    for sign, what in _PACKED:
        if content.startswith(sign):
            raise NotText(line=0, value="", expected=f"plain CSV text (this is {what})", code="file")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            raise _encoding(content, 0, f"this is {encoding}: byte 0 is 0x{content[0]:02X}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + (3 if content.startswith(b"\xef\xbb\xbf") else 0)
        raise _encoding(content, at, f"byte {at} is 0x{content[at]:02X}, {_guess(content, at)}") from error
    if "\x00" in text:
        at = content.index(b"\x00")
        sixteen = _sixteen(content)
        wanted = f"UTF-8 text ({sixteen})" if sixteen else f"text without NUL bytes (byte {at} is one)"
        raise NotText(line=_line(content, at), value="NUL", expected=wanted, code="encoding")
    bare = _BARE_RETURN.search(text)
    if bare:
        line = text.count("\n", 0, bare.start()) + 1
        wanted = "lines that end in LF or CRLF (a CR stands alone)"
        raise NotText(line=line, value="", expected=wanted, code="csv")
    return text


def _encoding(content: bytes, at: int, reason: str) -> NotText:
    return NotText(line=_line(content, at), value="", expected=f"UTF-8 text ({reason})", code="encoding")


def _line(content: bytes, at: int) -> int:
    return content[:at].count(b"\n") + 1


def _guess(content: bytes, at: int) -> str:
    """Name the encoding that such bytes usually come from."""
    if sixteen := _sixteen(content):
        return sixteen
    mixed = any(byte >= 0x80 for byte in content[:at])
    try:
        content[at : at + 1].decode("cp1252")
    except UnicodeDecodeError:
        return "as in no text"
    return "as in Windows-1252, while text before it is UTF-8" if mixed else "as in Windows-1252"


def _sixteen(content: bytes) -> str:
    """Recognise UTF-16 without a mark by its NULs: every second byte of Latin text."""
    start = content[:_LOOKED_AT]
    for encoding, first in (("UTF-16LE", 1), ("UTF-16BE", 0)):
        every_second = start[first::2]
        if len(start) >= 4 and every_second.count(0) > 0.4 * len(every_second):
            return f"this is {encoding}"
    return ""
