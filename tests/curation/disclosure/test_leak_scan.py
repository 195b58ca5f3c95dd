"""The leak gate, proved by canaries: invented sites planted in every channel, one at a time."""

from __future__ import annotations

import base64
import io
import json
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.frozen import frozen_record
from tests.publishing import publish
from utils.curation.curated_tables import read_record
from utils.curation.disclosure.leak_scan import bytes_disclose, drop_disclosures, scan_folder, text_discloses
from utils.curation.disclosure.name_filter import Hidden, NameGate
from utils.curation.disclosure.protected_values import (
    ProtectedValues,
    collect_protected_values,
    from_plain,
    to_plain,
)

LATIN, KHMER, THAI = "Wat Zorvath Kandir", "វត្តហ្សូវ៉ាត់កណ្ឌិរ", "วัดโซรวัตคันดีร์"
SITE_ID, ROW_ID = "wat-zorvath-kandir", "srp-9901"
LAT, LON = 14.12345, 103.65432
TOWN = (14.13, 103.66)
HIDDEN = Hidden(SITE_ID, "Riverside district")
SECRET = ProtectedValues(
    names=NameGate(dict.fromkeys((LATIN, KHMER, THAI, SITE_ID, "Zorva"), HIDDEN)),
    points=((LAT, LON),),
    ids=frozenset({ROW_ID}),
    open_points=frozenset({TOWN}),
    codes=frozenset({"990102", "99010203", "090102"}),
)

TELLING = {
    "a name": f"Families reached {LATIN} in July",
    "another case": LATIN.upper(),
    "hyphens": "the wat-zorvath-kandir site",
    "no spaces": "WatZorvathKandir",
    "more spaces": "Wat  Zorvath\u00a0Kandir",
    "an accent": "Wat Zorvâth Kandír",
    "decomposed": unicodedata.normalize("NFD", "Wat Zorvâth Kandír"),
    "composed": unicodedata.normalize("NFC", "Wat Zorvâth Kandír"),
    "zero-width characters": "Wat Zor\u200bvath\u2060 Kan\u00addir",
    "full-width letters": "Ｗａｔ Ｚｏｒｖａｔｈ Ｋａｎｄｉｒ",
    "Khmer": f"នៅ{KHMER}ថ្ងៃនេះ",
    "Khmer with spaces": f"នៅ {KHMER[:4]}\u200b {KHMER[4:]} ថ្ងៃនេះ",
    "Khmer decomposed": unicodedata.normalize("NFD", KHMER),
    "Thai": f"ที่{THAI}วันนี้",
    "Thai decomposed": unicodedata.normalize("NFKD", THAI),
    "a short name as a word": "seen at Zorva, July",
    "the id of a site": f"see {SITE_ID}.",
    "the id of a row": f"as in {ROW_ID.upper()}, corrected",
    "an address": "https://a.example/news/wat-zorvath-kandir-camp?x=1",
    "an encoded address": f"https://a.example/{quote(KHMER)}",
    "an address encoded twice": f"https://a.example/{quote(quote(KHMER))}",
    "entities": "".join(f"&#x{ord(char):x};" for char in KHMER),
    "tags inside": "<p>Wat <b>Zor</b>vath <i>Kandir</i></p>",
    "an attribute": f'<a title="{LATIN}">here</a>',
    "escapes of JSON": json.dumps({"name": THAI}),
    "decimals": f"at {LAT}, {LON}",
    "decimals with signs": f"lat: {LAT}° N / longitude (E): {LON}°",
    "longitude first": f"[{LON}, {LAT}]",
    "two decimals": "14.12 103.65",
    "decimal commas": "14,1234 ; 103,6543",
    "Khmer digits": "១៤.១២៣៤៥, ១០៣.៦៥៤៣២",
    "Thai digits": "๑๔.๑๒๓๔๕ ๑๐๓.๖๕๔๓๒",
    "degrees, minutes, seconds": "14°07'24.4\"N 103°39'15.5\"E",
    "primes": "14° 7′ 24″ N, 103° 39′ 16″ E",
    "longitude first in degrees": "E103°39'15\" N14°07'24\"",
    "degrees and minutes": "N 14° 07.407' E 103° 39.259'",
    "degrees in words": "14 deg 7 min 24 sec, 103 deg 39 min 15 sec",
    "degrees without signs": "14 07 24 N 103 39 15 E",
    "a line of CSV": f"a,Riverside,{LAT},{LON},x",
    "an address of a map": f"https://map.example/@{LAT},{LON},15z",
    "Cyrillic letters": "W\u0430t Z\u043erv\u0430th K\u0430ndir",
    "Greek letters": "Wat Z\u03bfrvath Kandir",
    "Cyrillic capitals": "W\u0410T Z\u041eRV\u0410T\u041d K\u0410NDIR",
    "small capitals": "Wat Zorvath \u1d0b\u1d00\u0274\u1d05\u026a\u0280",
    "letters with a stroke": "Wat Z\u00f8rvath Kan\u0111ir",
    "turned by a sign": f"\u202e{LATIN[::-1]}\u202c",
    "turned by a tag": f'<bdo dir="rtl">{LATIN[::-1]}</bdo>',
    "the P-code of a commune": "in KH990102, July",
    "the P-code of a village in Khmer digits": "KH\u17e9\u17e9\u17e0\u17e1\u17e0\u17e2\u17e0\u17e3",
    "a P-code with signs": "kh-99-01-02",
    "the code of a village": "see 99010203.",
    "the code of a commune beside a word": "commune code 990102",
    "the code of a commune alone": "990102",
    "a commune of a province below ten": "see 090102.",
    "a village of a hidden commune": "KH99010299",
    "MGRS": "48PUA5474561795",
    "MGRS with spaces": "48P UA 54745 61795",
    "MGRS to a hundred metres": "48p ua 547 617",
    "UTM": "UTM 48P 354745 1561795",
    "UTM with separators": "zone 48N, E 354,745, N 1,561,795",
    "UTM with metres": "354745mE 1561795mN",
    "a Plus code": "7P654MF3+9P",
    "a Plus code in an address": "https://plus.example/7P654MF3%2B9P",
    "a short Plus code": "4MF3+9P Riverside",
    "a geohash": "at w698qeng",
    "millionths": "14123450,103654320",
    "aviation": "140724N1033915E",
    "a non-breaking hyphen in an id": "srp\u20119901",
}
QUIET = {
    "another name": "Families reached Wat Sovan in July",
    "a short name inside a word": "the Zorvaland estate",
    "one decimal": "14.1, 103.7",
    "far away": "13.36200, 103.86000",
    "a public town": f"{TOWN[0]}, {TOWN[1]}",
    "a price and a share": "14.12 USD a family, 103 families",
    "numbers far apart": f"{LAT} is a rate. {'Much later another number stands. ' * 3}{LON}",
    "thousands": "14,123 people and 103,654 people",
    "the id of a public row": "as in dsp-0001",
    "a time": "from 14:07:24 to 18:39:15",
    "a number that is a code elsewhere": "990102 people were counted",
    "the code of another commune": "KH990103",
    "a square far away": "48PWA5474561795",
    "metres without a word for them": "354745 of 1561795 people",
    "a Plus code far away": "7P644MF3+9P",
    "a geohash far away": "w1x0eng0",
    "a word of Cyrillic": "\u043f\u0440\u0438\u0432\u0435\u0442",
}


@pytest.mark.parametrize("text", TELLING.values(), ids=TELLING)
def test_what_tells_is_found(text: str) -> None:
    assert SECRET.is_in(text)
    assert SECRET.disclosing(["a plain text", text, "another"]) == (text,)


@pytest.mark.parametrize("text", QUIET.values(), ids=QUIET)
def test_what_does_not_tell_is_left_alone(text: str) -> None:
    assert not SECRET.is_in(text)
    assert SECRET.disclosing([text]) == ()


@pytest.mark.parametrize("text", TELLING.values(), ids=TELLING)
def test_what_tells_is_found_in_the_midst_of_much_else(text: str) -> None:
    much = "12.5 sites, 103 families, 101.25 USD, 9.75 of 108.5; " * 40
    assert not SECRET.is_in(much)
    assert SECRET.is_in(f"{much}\n{text}\n{much}")


def test_a_secret_passes_through_a_pipe_unchanged() -> None:
    again = from_plain(json.loads(json.dumps(to_plain(SECRET))))
    assert (again.points, again.ids, again.open_points) == (SECRET.points, SECRET.ids, SECRET.open_points)
    assert again.codes == SECRET.codes
    assert dict(again.names.names) == dict(SECRET.names.names)
    assert all(again.is_in(text) for text in TELLING.values())


def test_nothing_hidden_tells_nothing() -> None:
    nothing = ProtectedValues(names=NameGate({}), points=())
    assert not nothing
    assert not any(nothing.is_in(text) for text in TELLING.values())


PACKED = [base64.b64encode(struct.pack("<2d", value, 1.0)).decode() for value in (LAT, LON)]
DOCUMENTS = {
    "a point": {"lat": LAT, "lon": LON},
    "a point by other names": {"y": LAT, "x": LON, "n": 3},
    "a pair": {"features": [{"coordinates": [LON, LAT]}]},
    "columns": {"lat": [11.5, LAT], "lon": [104.9, LON]},
    "packed columns of a chart": {
        "lat": {"dtype": "f8", "bdata": PACKED[0]},
        "lon": {"dtype": "f8", "bdata": PACKED[1]},
    },
    "custom data of a chart": {"data": [{"customdata": [["Riverside", [KHMER]]]}]},
    "a document inside a text": {"args": json.dumps({"popup": THAI})},
    "a key": {SITE_ID: 3},
}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_is_read_to_its_depth(document: object) -> None:
    assert text_discloses(SECRET, json.dumps(document))


def test_a_document_that_tells_nothing_is_left_alone() -> None:
    assert not text_discloses(SECRET, json.dumps({"lat": [11.5], "lon": [104.9], "names": ["Riverside"]}))
    assert not text_discloses(SECRET, "{not a document")


def parquet(table: pa.Table, *, statistics: bool = False) -> bytes:
    """Return a table as a file; without statistics, so that a value is found where it stands."""
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd", write_statistics=statistics)
    return out.getvalue()


def plain_table() -> pa.Table:
    return pa.table({"note": ["quiet"], "value": [3.0]})


FILES: dict[str, Callable[[], bytes]] = {
    "a value": lambda: parquet(pa.table({"note": ["quiet", KHMER]})),
    "a value of a dictionary": lambda: parquet(pa.table({"note": pa.array([LATIN]).dictionary_encode()})),
    "a value of a list": lambda: parquet(pa.table({"notes": [[LATIN]]})),
    "a long text": lambda: parquet(pa.table({"note": pa.array([LATIN], pa.large_string())})),
    "bytes": lambda: parquet(pa.table({"note": [LATIN.encode()]})),
    "columns of a point": lambda: parquet(pa.table({"lat": [1.0, LAT], "lon": [2.0, LON]})),
    "columns of a point by other names": lambda: parquet(pa.table({"a": [LON], "b": [LAT]})),
    "columns of a short float": lambda: parquet(
        pa.table({"lat": pa.array([LAT], pa.float32()), "lon": pa.array([LON], pa.float32())})
    ),
    "a record in a list": lambda: parquet(pa.table({"notes": [[{"text": LATIN}]]})),
    "statistics": lambda: parquet(pa.table({"note": ["a", LATIN]}), statistics=True),
    "metadata": lambda: parquet(plain_table().replace_schema_metadata({"made for": THAI})),
    "metadata of a column": lambda: parquet(
        plain_table().cast(
            pa.schema([pa.field("note", pa.string(), metadata={"about": LATIN}), ("value", pa.float64())])
        )
    ),
    "a column's name": lambda: parquet(pa.table({SITE_ID: [1.0]})),
    "an archive": lambda: zipped("a.csv", f"note\n{LATIN}\n".encode()),
    "a name in an archive": lambda: zipped(f"{SITE_ID}.csv", b"note\n"),
    "Parquet in an archive": lambda: zipped("a.parquet", parquet(pa.table({"note": [THAI]}))),
    "an archive in an archive": lambda: zipped("a.zip", zipped("a.csv", LATIN.encode())),
    "a dictionary beside a table": lambda: zipped(
        "events.dictionary.json", json.dumps({"description": KHMER}).encode()
    ),
    "a stream of Arrow": lambda: arrow(pa.table({"note": [KHMER]})),
    "text": lambda: f"plain {LAT} {LON}".encode(),
    "text in UTF-16": lambda: LATIN.encode("utf-16"),
}


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def arrow(table: pa.Table) -> bytes:
    out = io.BytesIO()
    with pa.ipc.new_stream(out, table.schema) as stream:
        stream.write_table(table)
    return out.getvalue()


@pytest.mark.parametrize("make", FILES.values(), ids=FILES)
def test_a_file_of_any_kind_is_read(make: Callable[[], bytes]) -> None:
    assert bytes_disclose(SECRET, make())


@pytest.mark.parametrize(
    "content",
    [
        parquet(plain_table()),
        zipped("a.csv", b"note\nquiet\n"),
        zipped("places.parquet", parquet(pa.table({"lat": [LAT + 0.01], "lon": [LON]}))),
        arrow(plain_table()),
        b"quiet",
        b"",
    ],
)
def test_a_file_that_tells_nothing_is_left_alone(content: bytes) -> None:
    assert not bytes_disclose(SECRET, content)


def test_problems_name_the_place_and_never_what_is_hidden(tmp_path: Path) -> None:
    (tmp_path / "events.parquet").write_bytes(
        parquet(pa.table({"title": ["quiet", LATIN], "note": ["", ""]}))
    )
    (tmp_path / "aid.parquet").write_bytes(parquet(pa.table({"lat": [LAT], "lon": [LON]})))
    (tmp_path / "manifest.json").write_text(json.dumps({"tier": THAI}), encoding="utf-8")
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "samaki"}), encoding="utf-8")
    found = scan_folder(SECRET, tmp_path)
    assert [(one.file, one.row, one.column) for one in found if one.column != "metadata"] == [
        ("public/aid.parquet", 1, "lat"),
        ("public/events.parquet", 2, "title"),
        ("public/manifest.json", 0, ""),
    ]
    assert not any(SECRET.is_in(str(problem)) for problem in found)


def test_a_file_that_is_no_parquet_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "events.parquet").write_bytes(b"PAR1 not quite PAR1")
    (problem,) = scan_folder(SECRET, tmp_path)
    assert (problem.file, problem.column) == ("public/events.parquet", "")


def change(**more: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "kind": "reworded",
        "table": "events",
        "key": "ev001",
        "cells": {"title": (f"Families at {LATIN}", "Families at a site"), "note": ("a", "b")},
        "about": {"label": "Families at a site", "place": {"en": "Riverside", "km": KHMER}},
        "reason": "",
    }
    return plain | more


def test_a_change_is_told_without_the_old_words_that_are_hidden_now() -> None:
    (safe,) = drop_disclosures(SECRET, [change(reason=f"was {THAI}")])
    assert safe["cells"] == {"note": ("a", "b")}
    assert safe["about"] == {"label": "Families at a site"}
    assert safe["reason"] == ""


def test_a_change_of_which_nothing_is_left_is_not_told() -> None:
    title_only = {"title": (LATIN, "A site")}
    assert drop_disclosures(SECRET, [change(cells=title_only), change(key=SITE_ID)]) == []
    added = change(kind="added", cells={}, about={"label": "quiet"})
    assert drop_disclosures(SECRET, [added]) == [added]


def test_a_record_is_published_without_a_false_alarm(data: Path) -> None:
    folder = data / "releases" / publish(data)
    secret = collect_protected_values(read_record(frozen_record()))
    assert len(secret.names) > 100
    assert len(secret.points) >= 14
    assert len(secret.ids) > 100
    assert scan_folder(secret, folder / "public") == ()
    assert len(scan_folder(secret, folder / "ngo")) > 50
