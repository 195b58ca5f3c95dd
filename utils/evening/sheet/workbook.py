"""The sheet as an XLSX workbook: a front page to sign, one page for each list, amounts as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from utils.evening.ledger.currencies import DECIMALS, decimal
from utils.evening.sheet.reconciliation import Money, Section, Sheet

_WIDTH: Final = 20
_WIDE: Final = 90
_BETWEEN_SIGNATURES: Final = 4


@dataclass(frozen=True, slots=True)
class _Formats:
    bold: Any
    money: Mapping[int, Any]


def render_workbook(made: Sheet) -> bytes:
    """Return the workbook. A text that looks like a formula or an address stays text."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        formats = _Formats(
            book.add_format({"bold": True}),
            {
                places: book.add_format({"num_format": "#,##0" + ("." + "0" * places if places else "")})
                for places in set(DECIMALS.values())
            },
        )
        front = book.add_worksheet("sheet")
        front.set_column(0, 0, _WIDE)
        front.write_string(0, 0, made.title, formats.bold)
        for row, text in enumerate(made.facts, 1):
            front.write_string(row, 0, text)
        for number, text in enumerate(made.signatures):
            row = len(made.facts) + 3 + number * _BETWEEN_SIGNATURES
            front.write_string(row, 0, f"{text} {'_' * 40}")
        for section in made.sections:
            _page(book.add_worksheet(section.key), section, formats)
    return out.getvalue()


def _page(page: Any, section: Section, formats: _Formats) -> None:
    """Write a section; an amount takes two columns, the number and its currency."""
    page.write_string(0, 0, section.title, formats.bold)
    column = 0
    for index, head in enumerate(section.columns):
        cells = [row[index] for row in section.rows]
        amounts = any(isinstance(cell, Money) for cell in cells)
        page.write_string(2, column, head, formats.bold)
        for row, cell in enumerate(cells, 3):
            if isinstance(cell, Money):
                number = float(decimal(cell.minor, cell.currency))
                page.write_number(row, column, number, formats.money[DECIMALS[cell.currency]])
                page.write_string(row, column + 1, cell.currency)
            elif isinstance(cell, int):
                page.write_number(row, column, cell)
            else:
                page.write_string(row, column, cell)
        column += 2 if amounts else 1
    page.set_column(0, column, _WIDTH)
    page.freeze_panes(3, 0)
