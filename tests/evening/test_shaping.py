"""Khmer on the evening's sheet: the ink on the paper is the ink of HarfBuzz's glyphs, where it puts them."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
import pytest
from fpdf import FPDF
from PIL import Image

from utils.evening.sheet.reconciliation import Sheet
from utils.evening.sheet.sheet_pdf import render_pdf
from utils.exports.image import text_shaping
from utils.exports.pictures import convert_to_png
from utils.text.html import Markup

TITLE_SIZE = 15
"""The size of the sheet's title in points; it is printed bold."""
SCALE = 12
WORDS = ("ស្ត្រី", "ក្រុងកំពង់ចាម", "ខ្មែរ", "កន្លែងស្នាក់នៅ", "អ្នកភៀសខ្លួន")
"""Signs below, before, above and around a consonant: unshaped, each of them stands elsewhere."""

Ink = npt.NDArray[np.bool_]


def cropped(grey: npt.NDArray[Any]) -> Ink:
    """Return where there is ink, without the paper around it."""
    ink = grey < 128
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def on_paper(word: str) -> Ink:
    sheet = Sheet(title=word, facts=(), sections=(), signatures=("", ""), lang="km")
    page = pypdfium2.PdfDocument(render_pdf(sheet))[0]
    grey = page.render(scale=SCALE, grayscale=True, crop=(0, page.get_height() - 70, 0, 0)).to_numpy()
    return cropped(grey.reshape(grey.shape[:2]))


def by_harfbuzz(word: str) -> Ink:
    size = TITLE_SIZE * SCALE
    path = text_shaping.outline_text(word, size, text_shaping.BOLD)
    width, height = round(text_shaping.text_width(word, size, weight=text_shaping.BOLD)) + 2 * size, 4 * size
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
        f'<path transform="translate({size} {2 * size})" d="{path}"/></svg>'
    )
    return cropped(np.asarray(Image.open(io.BytesIO(convert_to_png(Markup(svg)))).convert("L")))


def likeness(one: Ink, other: Ink) -> float:
    """Return the share of all ink that both have, corner on corner."""
    height, width = (max(a, b) for a, b in zip(one.shape, other.shape, strict=True))
    left, right = (
        np.pad(ink, ((0, height - ink.shape[0]), (0, width - ink.shape[1]))) for ink in (one, other)
    )
    return float((left & right).sum() / (left | right).sum())


@pytest.mark.parametrize("word", WORDS)
def test_the_paper_holds_the_glyphs_of_harfbuzz(word: str) -> None:
    assert likeness(on_paper(word), by_harfbuzz(word)) > 0.92


@pytest.mark.parametrize("word", WORDS)
def test_words_that_are_not_shaped_look_otherwise(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FPDF, "set_text_shaping", lambda *_given, **_named: None)
    assert likeness(on_paper(word), by_harfbuzz(word)) < 0.8
