"""The sheet as a PDF with real shaping, so that Khmer is written as it is read."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import Final

from fpdf import FPDF
from fpdf.fonts import FontFace

from utils.evening.sheet.fonts import WEIGHTS, instance_font
from utils.evening.sheet.reconciliation import Money, Section, Sheet, format_cell
from utils.exports.image.text_shaping import FONTS, can_print
from utils.text.locale import language_of, lazy_gettext, translator

_LINE: Final = 6.0
_TALL_LINE: Final = 7.5
_TEXT: Final = 9.0
_GREY: Final = (232, 236, 240)
ELSEWHERE: Final = lazy_gettext(
    "This paper has no letters for some scripts: it names the script and how many letters. "
    "The words stand in the sheet to calculate (XLSX)."
)


def render_pdf(made: Sheet) -> bytes:
    """Return the sheet as a PDF (A4), its two signature lines on the last page.

    What our fonts have no letters for is named by its script; the sheet then says where it stands.
    """
    page = blank_document(made.title, made.lang)
    line = _TALL_LINE if language_of(made.lang).is_tall else _LINE
    words = [format_cell(cell, made.lang) for part in made.sections for row in part.rows for cell in row]
    lost = any(name_unprintable(word) != word for word in words)
    for fact in (*made.facts, *([translator(made.lang).translate(ELSEWHERE)] if lost else [])):
        write_paragraph(page, fact, 11, line + 1)
    for section in made.sections:
        _table(page, section, made.lang, line)
    if page.will_page_break(45):
        page.add_page()
    for label in made.signatures:
        page.ln(16)
        page.set_x(page.l_margin)
        page.line(page.l_margin, page.get_y(), page.l_margin + 120, page.get_y())
        write_paragraph(page, label, 10, line)
    return bytes(page.output())


def name_unprintable(words: str) -> str:
    """Return a text in which what no font of ours can print is named by its script: ``[Thai, 9]``.

    The number is that of its signs. A white box would read as nothing.
    """
    found = []
    for known, signs in groupby(words, lambda sign: sign.isspace() or can_print(sign)):
        run = "".join(signs)
        found.append(run if known else f"[{unicodedata.name(run[0], '?').split()[0].title()}, {len(run)}]")
    return "".join(found)


def blank_document(title: str, lang: str) -> FPDF:
    """Return a document of A4 pages that writes every script of the product, its title on top."""
    page = FPDF(format="A4")
    page.set_title(title)
    page.set_lang(lang)
    for name in FONTS:
        for style, weight in WEIGHTS.items():
            page.add_font(name, style, instance_font(name, weight))
    page.set_text_shaping(use_shaping_engine=True)
    page.set_fallback_fonts(["latin-ext", "khmer"], exact_match=False)
    page.set_auto_page_break(auto=True, margin=15)
    page.add_page()
    write_paragraph(page, title, 15, 10, bold=True)
    return page


def write_paragraph(page: FPDF, words: str, size: float, height: float, *, bold: bool = False) -> None:
    """Write a paragraph; ``size`` in points, ``height`` of a line in millimetres."""
    page.set_font("latin", "B" if bold else "", size)
    page.multi_cell(0, height, name_unprintable(words), new_x="LMARGIN", new_y="NEXT", align="L")


def _table(page: FPDF, section: Section, lang: str, line: float) -> None:
    page.ln(4)
    if page.will_page_break(30):
        page.add_page()
    write_paragraph(page, section.title, 12, line + 1.5, bold=True)
    page.set_font("latin", "", _TEXT)
    amounts = {i for row in section.rows for i, cell in enumerate(row) if isinstance(cell, Money | int)}
    align = tuple("RIGHT" if index in amounts else "LEFT" for index in range(len(section.columns)))
    heads = FontFace(emphasis="BOLD", fill_color=_GREY)
    with page.table(text_align=align, line_height=line, headings_style=heads, width=page.epw) as table:
        table.row(section.columns)
        for row in section.rows:
            table.row([name_unprintable(format_cell(cell, lang)) for cell in row])
