"""Layers as one document that can do no harm in a script, and clicks read back without trust."""

import json
from dataclasses import replace

import folium
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from streamlit_folium import _get_feature_group_string, _get_map_string

from utils.maps.engine import base_map, data_group
from utils.maps.model import Areas, AreaValue, Circles, Click, Labels, MapView, Place, Point, Points
from utils.maps.payload import parse_click, safe_json, write_payload

VIEW = MapView("test", "en", "light", ((13.0, 102.0), (14.7, 106.0)), 300, "Map", "in", "out")


HOSTILE = ("{{ 7 * 7 }}", "{{'map_div'}}", "{# a note #}", "{{{{", "{{%", "{{#", "a {{ b", "{% raw %}", "#}")


@given(st.text(alphabet="{}%#a") | st.text())
@example("{{ 7 * 7 }}")
@example("{# a note #}")
def test_no_text_can_leave_the_script(text: str) -> None:
    written = safe_json({"text": text})
    assert json.loads(written) == {"text": text}
    for unsafe in ("<", ">", "`", "${", "\u2028", "\u2029", "{%", "{{", "{#"):
        assert unsafe not in written


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_like_a_template_reaches_the_map_as_it_is(name: str) -> None:
    """The whole way: the folium group and map as streamlit-folium sends them to its frame."""
    view = replace(VIEW, title=name)
    points = Points([Point(13.5, 103.0, 9.0, "site_count", name, (), "p1", "2")])
    document = write_payload((points,), view)
    drawn = base_map(view)
    assert isinstance(drawn, folium.Map)
    drawn.get_root().render()
    sent = _get_feature_group_string(data_group(document), drawn)
    assert document in sent
    assert json.loads(document)["points"][0][4] == name
    assert safe_json({"title": name})[1:-1] in _get_map_string(drawn)


def test_every_layer_is_in_the_document() -> None:
    layers = (
        Areas(
            "displaced",
            (AreaValue("KH01", 2, "value", "A", ("1",)), AreaValue("KH02", 0, "not_found", "B", ())),
        ),
        Points([Point(13.5, 103.0, 9.0, "site_count", "P", ("two",), "p1", "2")]),
        Circles([Point(13.6, 103.1, 4000.0, "site", "C", (), "c1")]),
        Labels((Place(14.4, 103.7, "O'Smach", "crossing", 0),)),
    )
    document = json.loads(write_payload(layers, VIEW))
    assert [area[0] for area in document["areas"]] == ["KH01", "KH02"]
    assert document["areas"][1][1] == "hatch"
    assert document["points"] == [[13.5, 103.0, 9.0, "site_count", "P", ["two"], "p1", "2"]]
    assert document["circles"][0][2] == 4000.0
    assert document["labels"] == [[14.4, 103.7, "O'Smach", "crossing", 0, "", "", 0.0, False, "", ""]]


def test_five_thousand_points_are_one_array() -> None:
    points = [Point(13 + i / 5000, 103, 4, "site", f"s{i}", (), f"s{i}") for i in range(5000)]
    written = write_payload((Points(points),), VIEW)
    assert len(json.loads(written)["points"]) == 5000
    assert len(written) < 400_000


@pytest.mark.parametrize(
    ("returned", "click"),
    [
        ({"last_object_clicked_popup": "areas:KH22#3"}, Click("areas", "KH22", 3)),
        ({"last_object_clicked_popup": "circles:some-site#1"}, Click("circles", "some-site", 1)),
        ({"last_object_clicked_popup": None}, None),
        ({"last_object_clicked_popup": "<img src=x>"}, None),
        ({"last_object_clicked_popup": "areas:../../etc"}, None),
        ({"last_object_clicked_popup": 7}, None),
        (None, None),
        ("areas:KH01", None),
    ],
)
def test_clicks_are_read_without_trust(returned: object, click: Click | None) -> None:
    assert parse_click(returned) == click


def test_the_base_map_asks_no_other_host() -> None:
    drawn = base_map(VIEW)
    links = [address for _name, address in (*type(drawn).default_js, *type(drawn).default_css)]
    assert links
    assert all(address.startswith("../../app/static/") for address in links)
    assert "http" not in drawn.get_root().render().split("<script", 1)[1]


def test_the_same_view_gives_the_same_map() -> None:
    one, other = base_map(VIEW), base_map(VIEW)
    children = [list(drawn._children.values()) for drawn in (one, other)]
    assert [child.document for child in children[0] if hasattr(child, "document")] == [
        child.document for child in children[1] if hasattr(child, "document")
    ]


def test_the_data_empties_the_list_of_old_groups() -> None:
    drawn = base_map(VIEW)
    drawn.add_child(data_group("{}"))
    assert "window.feature_group = []" in drawn.get_root().render()
