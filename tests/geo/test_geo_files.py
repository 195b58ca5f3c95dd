"""The committed geography, checked by what the files say."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).parents[2]
GEO = ROOT / "data" / "geo"
STATIC = ROOT / "static"
MANIFEST: dict[str, Any] = json.loads((STATIC / "geo" / "manifest.json").read_text("utf-8"))
BOX = shapely.box(101.9, 9.9, 107.8, 15.4)
WIDE = shapely.box(98.0, 7.0, 112.0, 18.0)
"""What a wide screen sees around the box: sea and frontiers of the base map only."""
WORLD = shapely.box(-180.0, -58.0, 180.0, 78.0)
LAYERS = ("adm0", "adm1_khm", "adm1_tha", "frontiers", "lakes", "places", "rivers", "sea")
SHARE_ALIKE = ("adm0", "adm1_khm", "adm1_tha", "frontiers", "sea")
ALL_GEOJSON = [
    *(GEO / f"{name}.geojson" for name in LAYERS),
    *(STATIC / "geo" / MANIFEST[name] for name in ("base", "places", "world")),
]


def collection(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def features(layer: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = collection(GEO / f"{layer}.geojson")["features"]
    return found


def shapes(layer: str, key: str) -> dict[str, BaseGeometry]:
    return {f["properties"][key]: shape(f["geometry"]) for f in features(layer)}


def base(kind: str) -> list[dict[str, Any]]:
    found = collection(STATIC / "geo" / MANIFEST["base"])["features"]
    return [f for f in found if f["properties"]["layer"] == kind]


def numbers(coordinates: Any) -> Iterator[float]:
    if isinstance(coordinates, int | float):
        yield coordinates
    else:
        for item in coordinates:
            yield from numbers(item)


def town(name: str) -> BaseGeometry:
    [found] = [f for f in features("places") if f["properties"]["name_en"] == name]
    return shape(found["geometry"])


def where(point: BaseGeometry, areas: dict[str, BaseGeometry]) -> list[str]:
    return [key for key, area in areas.items() if area.covers(point)]


TEMPLE = shapely.Point(104.6803, 14.3906)

PLACES_IN_PROVINCES = [
    ("KH22", "Anlong Veng"),
    ("KH22", "Trapeang Prasat"),
    ("KH22", "Samraong"),
    ("KH22", "O'Smach"),
    ("KH13", "Tbeng Meanchey"),
    ("KH01", "Poipet"),
    ("KH17", "Siem Reap"),
    ("KH25", "Suong"),
    ("KH24", "Pailin"),
]


# Provinces


def test_cambodia_has_its_25_provinces_each_with_its_own_pcode() -> None:
    codes = [f["properties"]["pcode"] for f in features("adm1_khm")]
    assert codes == [f"KH{number:02}" for number in range(1, 26)]


def test_provinces_are_named_in_three_languages() -> None:
    by_code = {f["properties"]["pcode"]: f["properties"] for f in features("adm1_khm")}
    assert all(p["name_en"] and p["name_fr"] and p["name_km"] for p in by_code.values())
    assert by_code["KH22"] == {
        "pcode": "KH22",
        "iso_3166_2": "KH-22",
        "name_en": "Oddar Meanchey",
        "name_fr": "Oddar Meanchey",
        "name_km": "ឧត្ដរមានជ័យ",
    }
    assert by_code["KH21"]["name_fr"] == "Takéo"
    assert by_code["KH12"]["name_km"] == "ភ្នំពេញ"
    assert by_code["KH25"]["name_en"] == "Tboung Khmum"


def test_provinces_agree_with_the_join_keys() -> None:
    with (GEO / "khm_adm1_join_keys.csv").open(encoding="utf-8", newline="") as file:
        keys = {row["adm1_pcode"]: row["name_en"] for row in csv.DictReader(file)}
    found = {f["properties"]["pcode"]: f["properties"]["name_en"] for f in features("adm1_khm")}
    assert found == keys


def test_thailand_has_its_7_border_provinces() -> None:
    found = {f["properties"]["pcode"]: f["properties"]["name_en"] for f in features("adm1_tha")}
    assert found == {
        "TH22": "Chanthaburi",
        "TH23": "Trat",
        "TH27": "Sa Kaeo",
        "TH31": "Buri Ram",
        "TH32": "Surin",
        "TH33": "Sisaket",
        "TH34": "Ubon Ratchathani",
    }


@pytest.mark.parametrize(("pcode", "name"), PLACES_IN_PROVINCES)
def test_towns_lie_in_their_province(pcode: str, name: str) -> None:
    assert where(town(name), shapes("adm1_khm", "pcode")) == [pcode]


@pytest.mark.parametrize(("pcode", "name"), PLACES_IN_PROVINCES)
def test_towns_lie_in_their_province_on_the_simpler_base_map(pcode: str, name: str) -> None:
    drawn = {f["properties"]["pcode"]: shape(f["geometry"]) for f in base("province")}
    assert where(town(name), drawn) == [pcode]


def test_the_temple_lies_in_preah_vihear_province_where_every_source_has_it() -> None:
    assert where(TEMPLE, shapes("adm1_khm", "pcode")) == ["KH13"]


def test_provinces_and_countries_form_gapless_coverages() -> None:
    provinces = list(shapes("adm1_khm", "pcode").values())
    assert shapely.coverage_is_valid(provinces)
    assert shapely.coverage_is_valid([*provinces, *shapes("adm1_tha", "pcode").values()])
    countries = shapes("adm0", "iso")
    assert shapely.coverage_is_valid([*countries.values(), *shapes("sea", "kind").values()])
    assert shapely.coverage_union_all(provinces).equals(countries["KHM"])


def test_every_area_is_valid() -> None:
    for layer in ("adm0", "adm1_khm", "adm1_tha", "sea", "lakes"):
        assert all(shape(f["geometry"]).is_valid for f in features(layer))
    assert all(shape(f["geometry"]).is_valid for f in base("province") + base("sea"))


# Frontiers


def frontier(a: str, b: str) -> dict[str, Any]:
    [found] = [f for f in features("frontiers") if f["properties"]["a"] == a if f["properties"]["b"] == b]
    return found


PAIRS = [("KHM", "LAO"), ("KHM", "THA"), ("KHM", "VNM"), ("LAO", "THA"), ("LAO", "VNM")]


def pair(feature: dict[str, Any]) -> tuple[str, str]:
    return feature["properties"]["a"], feature["properties"]["b"]


def base_frontiers_in_the_box() -> list[dict[str, Any]]:
    inner = BOX.buffer(-0.001)
    return [f for f in base("frontier") if shape(f["geometry"]).intersects(inner)]


def test_only_the_cambodia_thailand_frontier_is_marked_to_be_dashed() -> None:
    for found in (features("frontiers"), base_frontiers_in_the_box()):
        assert [pair(f) for f in found] == PAIRS
        assert [pair(f) for f in found if f["properties"]["disputed"]] == [("KHM", "THA")]


def test_around_the_box_the_base_map_draws_only_frontiers_that_exist() -> None:
    """Thailand and Viet Nam do not touch, though they share a time zone in part."""
    assert {pair(f) for f in base("frontier")} == {*PAIRS, ("MMR", "THA")}
    outside = [f for f in base("frontier") if f not in base_frontiers_in_the_box()]
    assert not any(f["properties"]["disputed"] for f in outside)


def test_frontiers_run_unbroken() -> None:
    for feature in features("frontiers") + base_frontiers_in_the_box():
        assert len(feature["geometry"]["coordinates"]) == 1


def test_no_frontier_runs_at_sea() -> None:
    """Lines end at the coast: the southernmost point of the western one is near Hat Lek."""
    open_sea = shapely.union_all(list(shapes("sea", "kind").values())).buffer(-0.02)
    for feature in features("frontiers") + base_frontiers_in_the_box():
        assert not shape(feature["geometry"]).intersects(open_sea)
    west = shape(frontier("KHM", "THA")["geometry"]).bounds
    assert 11.6 < west[1] < 11.7


def test_countries_end_at_the_coast() -> None:
    """20 km off Koh Kong, in territorial waters, is nobody's land."""
    off_koh_kong = shapely.Point(102.75, 11.2)
    assert where(off_koh_kong, shapes("adm0", "iso")) == []
    assert where(off_koh_kong, shapes("sea", "kind")) == ["sea"]


def test_frontier_is_the_edge_of_the_provinces() -> None:
    """The line dashed on the map is exactly where the painted areas end."""
    provinces = shapely.coverage_union_all([shape(f["geometry"]) for f in base("province")])
    khmer = [f for f in base("province") if f["properties"]["pcode"].startswith("KH")]
    outline = shapely.coverage_union_all([shape(f["geometry"]) for f in khmer]).boundary
    [line] = [f for f in base("frontier") if f["properties"]["disputed"]]
    assert shape(line["geometry"]).within(outline)
    assert provinces.is_valid


def test_no_solid_line_lies_under_the_dashed_one() -> None:
    [lines] = base("province_line")
    [dashed] = [f for f in base("frontier") if f["properties"]["disputed"]]
    crossing = shape(lines["geometry"]).intersection(shape(dashed["geometry"]))
    assert crossing.length == pytest.approx(0)


@pytest.mark.parametrize(
    ("longitude", "latitude"), [(103.69, 14.4399), (104.6803, 14.3998), (104.64, 14.4223)]
)
def test_frontier_passes_where_openstreetmap_has_it(longitude: float, latitude: float) -> None:
    """At O'Smach, north of the temple and west of it; 0.002 degrees are 220 m."""
    line = shape(frontier("KHM", "THA")["geometry"])
    assert line.distance(shapely.Point(longitude, latitude)) < 0.002


# Waters and towns


def test_waters_are_the_ones_we_know() -> None:
    [lake] = features("lakes")
    assert lake["properties"]["name_km"] == "ទន្លេសាប"
    assert shape(lake["geometry"]).contains(shapely.Point(104.05, 12.9))
    rivers = features("rivers")
    assert len(rivers) == 11
    assert [r["properties"]["name_fr"] for r in rivers if r["properties"]["rank"] == 2] == ["Mékong"]


def test_towns_are_ranked_and_show_no_population() -> None:
    for feature in features("places"):
        assert set(feature["properties"]) == {
            "geonameid",
            "country",
            "adm1_pcode",
            "rank",
            "name_en",
            "name_fr",
            "name_km",
        }
        assert feature["properties"]["rank"] in (1, 2, 3)
    first = {f["properties"]["name_en"] for f in features("places") if f["properties"]["rank"] == 1}
    assert {"O'Smach", "Poipet", "Samraong", "Phnom Penh"} <= first


def test_cambodian_towns_have_a_khmer_name_and_a_province() -> None:
    codes = {f["properties"]["pcode"] for f in features("adm1_khm")}
    khmer = [f["properties"] for f in features("places") if f["properties"]["country"] == "KHM"]
    assert len(khmer) > 40
    for town_ in khmer:
        assert town_["adm1_pcode"] in codes
        assert all("ក" <= letter <= "៿" for letter in town_["name_km"])


def test_towns_lie_in_their_country() -> None:
    countries = shapes("adm0", "iso")
    for feature in features("places"):
        iso = feature["properties"]["country"]
        assert where(shape(feature["geometry"]), countries) == [iso], feature["properties"]


# Form, size, licences


@pytest.mark.parametrize("path", ALL_GEOJSON, ids=lambda path: path.name)
def test_coordinates_are_inside_the_box_and_have_four_decimals(path: Path) -> None:
    for feature in collection(path)["features"]:
        wide = feature["properties"].get("layer") in ("sea", "frontier")
        extent = WORLD if path.name.startswith("world") else WIDE if wide else BOX
        assert extent.covers(shape(feature["geometry"]))
        for number in numbers(feature["geometry"]["coordinates"]):
            assert number == round(number, 4)


@pytest.mark.parametrize("path", ALL_GEOJSON, ids=lambda path: path.name)
def test_each_file_says_its_terms(path: Path) -> None:
    found = collection(path)
    expected = "CC-BY-4.0" if "places" in path.name else "ODbL-1.0"
    if path.stem in ("lakes", "rivers") or path.name.startswith("world"):
        expected = "Public domain"
    assert found["licence"].startswith(expected)
    assert found["attribution"]


def test_share_alike_layers_credit_openstreetmap_and_hold_no_geonames() -> None:
    for layer in SHARE_ALIKE:
        found = collection(GEO / f"{layer}.geojson")
        assert "OpenStreetMap" in found["attribution"]
        assert not any("geonameid" in f["properties"] for f in found["features"])
    assert "GeoNames" not in collection(STATIC / "geo" / MANIFEST["base"])["attribution"]


def test_the_folder_stays_small() -> None:
    assert sum(path.stat().st_size for path in GEO.iterdir()) < 700_000


def test_every_geographic_file_is_named_in_the_licences() -> None:
    listed = (GEO / "LICENSES.md").read_text("utf-8")
    assert {path.name for path in GEO.iterdir() if f"`{path.name}`" not in listed} == {"LICENSES.md"}
    for phrase in ("OpenStreetMap", "Open Database License", "Natural Earth", "GeoNames"):
        assert phrase in listed


def test_the_attribution_line_names_every_origin() -> None:
    line = json.loads((GEO / "attribution.json").read_text("utf-8"))["attribution"]
    assert line == "© OpenStreetMap contributors (ODbL) · Natural Earth · GeoNames (CC BY 4.0)"
    assert MANIFEST["attribution"] == line


# What the browser loads


def test_manifest_gives_the_corners_of_the_map() -> None:
    assert MANIFEST["bounds"] == [[9.9, 101.9], [15.4, 107.8]]
    assert MANIFEST["max_bounds"] == [[7.0, 98.0], [18.0, 112.0]]


def test_base_map_and_towns_are_small_on_the_wire() -> None:
    """80 kB of the 130 kB that a map may load; Leaflet takes 46."""
    names = (MANIFEST["base"], MANIFEST["places"])
    packed = [gzip.compress((STATIC / "geo" / name).read_bytes(), 9) for name in names]
    assert sum(map(len, packed)) < 82_000


@pytest.mark.parametrize("name", ["base", "places", "world"])
def test_base_map_files_are_named_for_their_content(name: str) -> None:
    path = STATIC / "geo" / MANIFEST[name]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.name == f"{name}-{digest[:8]}.geojson"
    assert [p.name for p in path.parent.glob(f"{name}-*.geojson")] == [path.name]


def test_the_world_is_light_and_knows_land_from_sea_and_no_border() -> None:
    content = (STATIC / "geo" / MANIFEST["world"]).read_bytes()
    assert len(gzip.compress(content, 9)) < 25_000
    (ground,) = json.loads(content)["features"]
    assert ground["properties"] == {"layer": "land"}
    land = shape(ground["geometry"])
    on_land = [(2.35, 48.85), (104.92, 11.56), (-121.9, 37.5), (-73.6, 45.9), (144.9, -37.0)]
    assert all(land.covers(Point(*where)) for where in on_land)
    assert not any(land.covers(Point(*where)) for where in [(-30.0, 30.0), (160.0, 0.0), (80.0, -30.0)])
    assert MANIFEST["world_bounds"] == [[-58.0, -180.0], [78.0, 180.0]]


def test_base_map_holds_every_area_that_can_be_painted() -> None:
    painted = {f["properties"]["pcode"] for f in base("province")}
    assert painted == {f["properties"]["pcode"] for f in features("adm1_khm") + features("adm1_tha")}


def test_vendored_files_are_the_ones_listed() -> None:
    listed = (STATIC / "LICENSES.md").read_text("utf-8")
    rows = [line.split("`") for line in listed.splitlines() if line.startswith("| `")]
    assert len(rows) > 10
    for _, name, _, digest, _ in rows:
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest, name
    fonts = {path.relative_to(STATIC).as_posix() for path in (STATIC / "fonts").iterdir()}
    assert fonts <= {row[1] for row in rows}


def test_each_vendored_thing_has_its_licence_beside_it() -> None:
    for folder in (STATIC / "vendor").iterdir():
        assert (folder / "LICENSE").read_text("utf-8").strip()
    for font in ("noto-sans", "noto-sans-khmer"):
        assert "SIL Open Font License" in (STATIC / "fonts" / f"OFL-{font}.txt").read_text("utf-8")


def test_font_style_sheet_names_only_files_beside_it() -> None:
    css = (STATIC / "fonts" / "map-fonts.css").read_text("utf-8")
    addresses = [part.split('"')[0] for part in css.split('url("')[1:]]
    assert len(addresses) == 3
    assert all((STATIC / "fonts" / address).is_file() for address in addresses)
    assert "U+1780-17FF" in css
