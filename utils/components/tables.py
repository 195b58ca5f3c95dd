"""Tables as HTML: readable by a screen reader, printable, in any script; each chart's twin is one.

All rows stand in the HTML; ``static/js/tables.js`` sorts them, looks words up and folds long tables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final, Generic, TypeVar, overload

from utils.text.html import Markup, el
from utils.text.locale import Translator, formats, translator

Cell = Markup | str
T = TypeVar("T")
Columns = Sequence[tuple[str, Callable[[T], Cell]]]
SHOWN_ROWS: Final = 25
"""How many rows of a long table the script shows at a time."""
_SORTED_FROM: Final = 3
"""The least number of rows that are worth sorting."""


class _Rows(Sequence[Sequence[Cell]], Generic[T]):
    """Rows of a long list that are written only when they are shown."""

    def __init__(self, items: Sequence[T], write: Callable[[T], Sequence[Cell]]) -> None:
        self._items, self._write = items, write

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Sequence[Cell]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sequence[Cell]]: ...
    def __getitem__(self, index: int | slice) -> Sequence[Cell] | Sequence[Sequence[Cell]]:
        if isinstance(index, slice):
            return [self._write(item) for item in self._items[index]]
        return self._write(self._items[index])


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that is shown some rows at a time.

    ``parameter`` holds the number of the page in the address; without one all rows stand on one page.
    ``empty`` is printed where there is no row; ``lead`` stands before the list, ``foot`` below it.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    caption: str
    parameter: str = ""
    numeric: Sequence[int] = ()
    empty: str = ""
    lead: Markup | None = None
    foot: Markup | None = None


def listing(
    items: Sequence[T],
    columns: Columns[T],
    *,
    caption: str,
    parameter: str = "",
    numeric: Sequence[int] = (),
    empty: str = "",
    lead: Markup | None = None,
    foot: Markup | None = None,
) -> Listing:
    """Return the list of ``items``; each column is its heading and the cell of an item."""
    rows = _Rows(items, lambda item: [cell(item) for _heading, cell in columns])
    headings = [heading for heading, _cell in columns]
    return Listing(headings, rows, caption, parameter, numeric, empty, lead, foot)


def table_of(
    items: Sequence[T], columns: Columns[T], *, caption: str, numeric: Sequence[int] = (), lang: str
) -> Markup:
    """Return the table of ``items``; each column is its heading and the cell of an item."""
    shown = listing(items, columns, caption=caption)
    return table(shown.columns, shown.rows, caption=caption, numeric=numeric, lang=lang)


def table(
    columns: Sequence[str],
    body: Sequence[Sequence[Cell]],
    *,
    caption: str,
    numeric: Sequence[int] = (),
    lang: str,
) -> Markup:
    """Return a table; ``numeric`` names the columns (from 0) that hold numbers."""
    figures = set(numeric)
    return el(
        "div",
        el(
            "table",
            el("caption", caption),
            el("thead", el("tr", *(_head(name, index in figures) for index, name in enumerate(columns)))),
            el("tbody", *(_row(row, figures) for row in body)),
            lang=lang,
        ),
        class_="sk-table",
        tabindex="0",
        role="region",
        aria_label=caption,
        **(_script_words(lang) if len(body) >= _SORTED_FROM else {}),
    )


@cache
def _script_words(lang: str) -> dict[str, str]:
    """Return what ``static/js/tables.js`` says and reads in a language, as attributes of the table."""
    _ = translator(lang)
    months = (date(2024, month, 1) for month in range(1, 13))
    return {
        "data_search": _("Search in this table"),
        "data_more": _("Show {count} more", count=formats.format_number(SHOWN_ROWS, lang)),
        "data_none": _("Nothing matches."),
        "data_decimal": formats.format_number(1.5, lang)[1],
        "data_months": "|".join(
            formats.format_month_name(month, lang).rstrip(".").lower() for month in months
        ),
    }


def _head(name: str, numeric: bool) -> Markup:
    return el("th", name, scope="col", class_="sk-num" if numeric else None)


def _row(row: Sequence[Cell], figures: set[int]) -> Markup:
    return el("tr", *(_cell(cell, index in figures) for index, cell in enumerate(row)))


def _cell(cell: Cell, numeric: bool) -> Markup:
    return _plain(cell, numeric) if type(cell) is str else _written(cell, numeric)


def _written(cell: Cell, numeric: bool) -> Markup:
    return el("td", cell, class_="sk-num" if numeric else None)


_plain = lru_cache(maxsize=16_384)(_written)
"""The same for text only, which is equal to HTML of the same signs: most cells come again and again."""


def twin_of(
    _: Translator,
    columns: Sequence[str],
    body: Sequence[Sequence[Cell]],
    *,
    caption: str,
    numeric: Sequence[int] = (),
    label: str = "",
    first: bool = False,
) -> Markup:
    """Return a table twin as HTML; with ``first`` it stands before its drawing, and a phone shows it open."""
    return el(
        "details",
        el("summary", label or _("The same as a table")),
        table(columns, body, caption=caption, numeric=numeric, lang=_.lang),
        class_="sk-twin sk-twin-first" if first else "sk-twin",
    )
