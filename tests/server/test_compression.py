"""Files are packed once, by content, in the encoding the browser asks for."""

import gzip
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.server.compression import Packer, accepted, pack_ahead, packable

TEXT = b"the same words again and again, " * 400


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "words.js"
    path.write_bytes(TEXT)
    return path


@pytest.mark.parametrize(
    ("header", "encodings"),
    [
        ("", ["identity"]),
        ("gzip, deflate, br, zstd", ["br", "gzip", "identity"]),
        ("gzip;q=1.0, br;q=0", ["gzip", "identity"]),
        ("BR", ["br", "identity"]),
        ("*", ["br", "gzip", "identity"]),
        ("deflate", ["identity"]),
    ],
)
def test_best_encoding_first(header: str, encodings: list[str]) -> None:
    assert accepted(header) == encodings


@given(st.text(max_size=200))
def test_any_header_has_an_answer(header: str) -> None:
    assert accepted(header)[-1] == "identity"


def test_each_encoding_gives_the_file_back(file: Path) -> None:
    packer = Packer(None)
    assert brotli.decompress(packer.pack(file, ["br"]).body) == TEXT
    assert gzip.decompress(packer.pack(file, ["gzip"]).body) == TEXT
    assert packer.pack(file, ["identity"]).body == TEXT
    tags = {packer.pack(file, [encoding]).tag for encoding in ("br", "gzip", "identity")}
    assert len(tags) == 3


def test_a_file_is_packed_once(file: Path) -> None:
    packer = Packer(None)
    assert packer.pack(file, ["gzip"]) is packer.pack(file, ["gzip"])


def test_a_changed_file_goes_out_changed(file: Path) -> None:
    packer = Packer(None)
    before = packer.pack(file, ["gzip"])
    file.write_bytes(TEXT + b"more")
    after = packer.pack(file, ["gzip"])
    assert gzip.decompress(after.body) == TEXT + b"more"
    assert after.tag != before.tag


def test_the_best_packing_is_found_again_by_the_next_start(file: Path, tmp_path: Path) -> None:
    before, after = pack_ahead(Packer(tmp_path / "kept"), [file])
    assert (before, len(list((tmp_path / "kept").iterdir()))) == (len(TEXT), 1)
    found = Packer(tmp_path / "kept").pack(file, ["br"])
    assert found.final
    assert len(found.body) == after < 200


def test_a_folder_that_cannot_be_written_is_no_obstacle(file: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert brotli.decompress(Packer(blocked / "kept").pack_best(file).body) == TEXT


def test_short_files_go_out_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "short.css"
    path.write_bytes(b"a{}")
    assert Packer(None).pack(path, ["br", "identity"]).encoding == "identity"


def test_fonts_and_pictures_are_packed_already() -> None:
    assert not packable("font/woff2")
    assert not packable("image/png")
    assert packable("image/svg+xml")
    assert packable("application/geo+json")
