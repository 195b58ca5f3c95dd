"""Every chart and map as a picture: all marks drawn, all words set, source and disclaimer on it."""

import io
import re
from datetime import date
from xml.etree import ElementTree as Xml

import plotly.graph_objects as go
import pytest
from PIL import Image

from tests.exports.glyphs import missing_characters
from tests.taking import context, dataset, image
from utils.analysis.overview import list_key_figures
from utils.exports.files import UnknownView
from utils.exports.image import plotly_svg, text_shaping
from utils.exports.image.axes import NotDrawable
from utils.exports.image.poster import SIZES, describe_limits, draw_bare
from utils.exports.image.svg import Pen, picture, plain_lines, rect
from utils.exports.pictures import convert_to_png, describe_sources, draw_figure_image
from utils.product.palette import MAP
from utils.releases import Release
from utils.text.html import Markup
from utils.text.locale import LANGUAGES, translator
from utils.views.catalogue import VIEWS

BASE = "https://example.org/"
DRAWN = [name for name, view in VIEWS.items() if view.is_picture and view.held is None]
TODAY = date(2026, 11, 25)


def words_of(markup: str) -> list[str]:
    root = Xml.fromstring(markup)  # made a moment ago
    return [span.text or "" for span in root.iter() if span.tag.endswith("tspan")]


@pytest.mark.parametrize("lang", list(LANGUAGES))
@pytest.mark.parametrize("name", DRAWN)
def test_every_chart_and_map_is_drawn_and_every_letter_is_in_our_fonts(
    public_release: Release, name: str, lang: str
) -> None:
    view = VIEWS[name]
    drawn = view.picture(context(public_release, lang, "dark"), view.choose(public_release, {}))
    said = "".join(words_of(str(draw_bare(drawn, 600, "dark", lang, scope=""))))
    assert said
    assert missing_characters(said + drawn.title + drawn.subtitle) == ""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["national", "overview-map"])
def test_a_picture_has_the_size_it_says(public_release: Release, name: str, size: tuple[int, int]) -> None:
    made = image(public_release, name, "png", {}, lang="km", base=BASE, size=size)
    assert Image.open(io.BytesIO(made.content)).size == size
    assert made.name.endswith(f"-{size[0]}x{size[1]}.png")


def test_a_picture_says_title_source_day_address_and_disclaimer(public_release: Release) -> None:
    made = image(public_release, "displacement-map", "svg", {"day": "2025-07-30"}, lang="en", base=BASE,
                 size=SIZES[0])  # fmt: skip
    root = Xml.fromstring(made.content)
    assert root.findtext("{*}title") == "Where displaced people sheltered, 30 July 2025"
    paths = {path.get("d") for path in root.iter() if path.tag.endswith("path")}
    address = "Samaki · សាមគ្គី · https://example.org/displacement?lang=en&day=2025-07-30"
    assert text_shaping.outline_text(address, 12.5, text_shaping.BOLD) in paths
    start = text_shaping.outline_text("Newest figure: 30 Jul 2025", 12.5)
    assert any(path and path.startswith(start) for path in paths)
    assert b"<text" not in made.content, "outlines need no font where the picture is opened"
    assert b"script" not in made.content


def test_the_foot_says_day_counters_publishers_and_release(public_release: Release) -> None:
    assert describe_sources(translator("en"), dataset(public_release, "migrants"), public_release) == (
        "Newest figure: 31 Dec 2025 · Counted by: NCCT, MLVT, Thai MoL, WHO · Sources: The Nation Thailand, "
        "World Health Organization, Advance in Cambodia, DanChurchAid and 5 more · "
        f"Data release {public_release.release_id}"
    )
    money = describe_sources(
        translator("en"), dataset(public_release, "giving-money", currency="USD"), public_release
    )
    assert "Counted by" not in money, "gifts are announced, not counted"


def test_the_curve_stands_where_its_figures_are(public_release: Release) -> None:
    view = VIEWS["overview-curve"]
    drawn = view.picture(context(public_release), view.choose(public_release, {}))
    root = Xml.fromstring(str(draw_bare(drawn, 600, "light", "en", scope="")))
    dots = [(float(c.get("cx", 0)), float(c.get("cy", 0))) for c in root.iter() if c.tag.endswith("circle")]
    assert len(dots) == 48
    assert min(dots, key=lambda dot: dot[1])[0] > 200, "the peak is of December"
    labels = words_of(str(draw_bare(drawn, 600, "light", "en", scope="")))
    assert {"649,163", "172,094", "45,559", "Fighting"} <= set(labels)


def test_bars_are_as_long_as_their_figures(public_release: Release) -> None:
    view = VIEWS["provinces"]
    drawn = view.picture(context(public_release), view.choose(public_release, {}))
    root = Xml.fromstring(str(draw_bare(drawn, 600, "light", "en", scope="")))
    lengths = sorted(float(r.get("width", 0)) for r in root.iter() if r.tag.endswith("rect"))
    assert len(lengths) == 11
    assert lengths[-1] / lengths[-2] == pytest.approx(182_820 / 129_620, rel=0.01)


def test_the_world_has_coasts_no_border_no_scale_and_its_own_disclaimer(public_release: Release) -> None:
    view = VIEWS["world-map"]
    drawn = view.picture(context(public_release), {})
    root = Xml.fromstring(str(draw_bare(drawn, 950, "light", "en", scope="")))
    (land,) = [path for path in root.iter() if path.tag.endswith("path") and len(path.get("d", "")) > 1000]
    assert land.get("fill") == MAP["light"]["land"]
    marks = [circle for circle in root.iter() if circle.tag.endswith("circle")]
    assert len(marks) == len(drawn.rows)
    assert all(float(c.get("cx", 0)) > float(c.get("r", 0)) for c in marks), "no mark is cut off"
    words = words_of(str(draw_bare(drawn, 950, "light", "en", scope="")))
    assert {"11", "Phnom Penh", "Paris"} <= set(words)
    assert not [word for word in words if word.endswith(" km")]
    assert describe_limits(translator("fr"), drawn) == (
        "Les côtes servent seulement à s’orienter. Aucune frontière n’est tracée. "
        "Natural Earth · GeoNames (CC BY 4.0)"
    )


def test_ribbons_are_as_thick_as_what_flows() -> None:
    figure = go.Figure(
        go.Sankey(
            node={
                "label": ["a", "b", "c", "d"],
                "customdata": ["a", "b", "c", "R &amp; D"],
                "color": ["#111111"] * 4,
                "pad": 20,
                "thickness": 10,
            },
            link={
                "source": [0, 1, 2],
                "target": [2, 2, 3],
                "value": [30, 10, 40],
                "color": ["#22222280", "#33333333", "#44444480"],
            },
            textfont={"size": 11},
        )
    )
    svg = plotly_svg.draw_figure(figure, 400, 120, pen=Pen("text"), ink="#000000")
    drawn = picture(400, 120, svg, title="", description="", lang="en")
    root = Xml.fromstring(str(drawn))
    bars = [(float(r.get("x", 0)), float(r.get("height", 0))) for r in root.iter() if r.tag.endswith("rect")]
    assert [high for _x, high in bars] == [60, 20, 80, 80], "40 of 40 fill the box less the gaps"
    assert len({x for x, _high in bars}) == 3
    ribbons = {path.get("fill"): path for path in root.iter() if path.tag.endswith("path")}
    tops = {fill: ends(path.get("d", "")) for fill, path in ribbons.items()}
    assert tops == {"#222222": 60, "#333333": 20, "#444444": 80}
    assert (ribbons["#222222"].get("fill-opacity"), ribbons["#333333"].get("fill-opacity")) == (
        "0.50",
        "0.20",
    )
    assert words_of(str(drawn)) == ["a", "b", "c", "R & D"]


def ends(path: str) -> float:
    """Return how thick a ribbon is where it begins."""
    numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", path)]
    return numbers[-1] - numbers[1]


@pytest.mark.parametrize(
    "figure",
    [
        go.Figure(go.Pie(values=[1, 2])),
        go.Figure(go.Scatter(x=[1, 2], y=[1, 2], mode="lines", line={"shape": "spline", "color": "#000"})),
        go.Figure(go.Scatter(x=[1], y=[2], mode="markers", marker={"symbol": "star", "color": "#000"})),
    ],
)
def test_a_mark_that_cannot_be_drawn_is_told_and_not_left_out(figure: go.Figure) -> None:
    figure.update_layout(xaxis={"range": [0, 3]}, yaxis={"range": [0, 3]})
    with pytest.raises(NotDrawable):
        plotly_svg.draw_figure(figure, 300, 200, pen=Pen("outline"), ink="#000000")


def test_tables_forms_and_sizes_that_are_no_picture_are_refused(public_release: Release) -> None:
    for name, form, size in (
        ("gifts", "png", SIZES[0]),
        ("national", "gif", SIZES[0]),
        ("national", "png", (9999, 9999)),
    ):
        with pytest.raises(UnknownView):
            image(public_release, name, form, {}, lang="en", base="", size=size)


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_every_figure_has_a_picture_for_shared_links(public_release: Release, lang: str) -> None:
    for key in (finding.key for finding in list_key_figures(public_release, TODAY)):
        made = draw_figure_image(public_release, key, "png", TODAY, lang=lang, base=BASE, size=(1200, 630))
        assert Image.open(io.BytesIO(made.content)).size == (1200, 630)


def test_khmer_breaks_between_words_and_never_inside_a_cluster() -> None:
    text = "នៅថ្ងៃទី១៧ ធ្នូ អ្នកភៀសខ្លួន ត្រូវបានរាប់នៅកន្លែងស្នាក់នៅ"
    lines = text_shaping.wrap_text(text, 20, 180)
    assert len(lines) > 2
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_shaping.text_width(line, 20) <= 180 for line in lines)
    assert not [line for line in lines if re.match(r"[\u17b4-\u17d3]", line)]


def test_khmer_is_one_cluster_and_not_a_row_of_letters() -> None:
    whole = text_shaping.text_width("ស្ត្រី", 100)
    assert whole < 0.6 * sum(text_shaping.text_width(sign, 100) for sign in "សតរី") + 60
    glyphs, _wide = text_shaping.shape_text("ស្ត្រី", text_shaping.REGULAR)
    names = [glyph.face.font.glyph_to_string(glyph.glyph_id) for glyph in glyphs]
    assert not any("coeng" in name.lower() and len(name) == 5 for name in names), names
    assert len(glyphs) < 6, "six characters of the word became fewer glyphs"


def test_a_vowel_that_stands_left_is_drawn_left() -> None:
    glyphs, _wide = text_shaping.shape_text("កេ", text_shaping.REGULAR)
    alone, _wide = text_shaping.shape_text("ក", text_shaping.REGULAR)
    assert glyphs[-1].glyph_id == alone[0].glyph_id, "the consonant comes after its vowel sign"
    assert glyphs[0].x < glyphs[-1].x


def test_a_picture_that_the_painter_cannot_read_is_told() -> None:
    with pytest.raises(NotDrawable, match="the finished page"):
        convert_to_png(Markup("<svg"))


def test_an_outline_is_ink_on_paper() -> None:
    ink = Pen("outline").block(4, 4, plain_lines(["ខ្មែរ"]), size=60, fill="#000")
    made = convert_to_png(
        picture(200, 100, rect(0, 0, 200, 100, fill="#fff"), ink, title="", description="", lang="km")
    )
    dark = sum(Image.open(io.BytesIO(made)).convert("L").histogram()[:128])
    assert 600 < dark < 6000
