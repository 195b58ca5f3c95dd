"""Citations: whole, dated, escaped, in the words of their style and language."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.analysis import figures
from utils.exports.citations import STYLES, Cited, bibtex, citation, escaped
from utils.releases import Release

TODAY = date(2026, 11, 24)
ADDRESS = "https://samaki.example/figure?figure=dsp-0626&release=abc"
KNOWN = Cited(
    author="Ministry",
    title="People",
    figure="5",
    figure_id="dsp-0001",
    as_of=date(2026, 3, 10),
    day="March 10",
    reported="Paper, 11 Mar 2026",
    release="abcdefabcdef",
    accessed=TODAY,
    address=ADDRESS,
)
UNESCAPES = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\{": "{",
    r"\}": "}",
    r"\$": "$",
    r"\&": "&",
    r"\#": "#",
    r"\%": "%",
    r"\_": "_",
}
SPECIAL = re.compile("|".join(map(re.escape, UNESCAPES)))


def fields(entry: str) -> dict[str, str]:
    """Return the fields of a BibTeX entry as a reader of the format finds them: by matching braces."""
    found, position = {}, entry.index(",") + 1
    while match := re.compile(r"\s*(\w+) = (\{|\w+,?)").match(entry, position):
        if match[2] != "{":
            found[match[1]] = match[2].rstrip(",")
            position = match.end()
            continue
        depth, end = 1, match.end()
        while depth:
            if entry[end] == "\\" and entry[end + 1] in "{}":
                end += 2
                continue
            depth += {"{": 1, "}": -1}.get(entry[end], 0)
            end += 1
        found[match[1]] = entry[match.end() : end - 1]
        position = end + (entry[end : end + 1] == ",")
    assert entry[position:].strip() == "}"
    return found


@given(st.text(), st.text())
def test_any_text_survives_bibtex(author: str, title: str) -> None:
    read = fields(bibtex(replace(KNOWN, author=f"A{author}", title=f"T{title}")))
    back = {name: SPECIAL.sub(lambda one: UNESCAPES[one[0]], text) for name, text in read.items()}
    assert back["author"] == "{" + " ".join(f"A{author}".split()) + "}"
    assert back["title"].startswith("{" + " ".join(f"T{title}:".split()))
    assert read["urldate"] == "2026-11-24"
    assert (read["year"], read["month"]) == ("2026", "mar")


@given(st.text())
def test_escaped_text_holds_no_bare_special_letter(text: str) -> None:
    assert re.search(r"[$&#%_~^{}\\]", SPECIAL.sub("", escaped(text))) is None


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_no_address_opens_a_brace(path: str) -> None:
    assert set("{}\\ ").isdisjoint(fields(bibtex(replace(KNOWN, address=ADDRESS + path)))["url"])


@pytest.mark.parametrize("wanted", ["displaced-latest", "donations-documented", "don-0001", "evf-0075"])
@pytest.mark.parametrize("style", STYLES)
def test_a_citation_is_whole(public_release: Release, wanted: str, style: str) -> None:
    found = figures.figure(public_release, wanted, TODAY)
    assert found is not None
    (one,) = (known for known in STYLES if known == style)
    text = citation(one, public_release, found, accessed=TODAY, address=ADDRESS)
    assert public_release.release_id in text
    assert found.figure_id in text
    assert ADDRESS in text
    assert re.search(r"\{\}|= ,|\(\)|: \.|, ,|None", text.replace("\\textbackslash{}", "")) is None
    if style == "bibtex":
        assert all(fields(text).values())


@pytest.mark.parametrize(
    ("style", "parts"),
    [
        ("press_en", ("On 10 March 2026, 45,559 people", "consulted on 24 November 2026")),
        ("press_fr", ("Le 10 mars 2026, 45\u202f559 personnes", "consulté le 24 novembre 2026")),
        ("press_km", ("នៅថ្ងៃទី 10 មីនា 2026", "45,559", "24 វិច្ឆិកា 2026")),
        ("apa", ("Ministry of Interior of Cambodia. (2026, March 10).", "Retrieved November 24, 2026, from")),
        ("chicago", ("as of March 10, 2026", "Accessed November 24, 2026")),
        ("bibtex", ("year = {2026}", "month = mar", "urldate = {2026-11-24}")),
    ],
)
def test_dates_are_right_in_each_style(public_release: Release, style: str, parts: tuple[str, ...]) -> None:
    found = figures.figure(public_release, "dsp-0626", TODAY)
    assert found is not None
    (one,) = (known for known in STYLES if known == style)
    text = citation(one, public_release, found, accessed=TODAY, address=ADDRESS)
    assert [part for part in parts if part not in text] == []


def test_a_citation_does_not_call_its_figure_the_latest(public_release: Release) -> None:
    found = figures.figure(public_release, "displaced-latest", TODAY)
    assert found is not None
    texts = [citation(style, public_release, found, accessed=TODAY, address=ADDRESS) for style in STYLES]
    assert not any("latest" in text for text in texts)
