"""A change of the record as a sentence that a reader understands, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from utils.releases.changes import SMALL_COUNT, Change, change_from_dict
from utils.text.locale import Names, Translator, formats, read_titles

_CHOICES: Final = frozenset(
    {"qualifier", "amount_qualifier", "status", "kind", "verdict", "donor_kind", "level", "grade", "purpose"}
)
_MONEY: Final = frozenset({"amount", "target_amount"})


def describe_change(_: Translator, change: Change | Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """Return one sentence about a change. ``titles`` names tables and ``table.column`` in the language."""
    row = change if isinstance(change, Change) else change_from_dict(change)
    what = subject(_, row, titles)
    table = titles.get(row.table, row.table)
    if row.kind == "added":
        return _("Added to “{table}”: {what}.", table=table, what=with_figure(_, row, what))
    if row.kind == "withdrawn":
        return _withdrawn(_, row, table, what)
    cells = ", ".join(_cell(_, row, column, pair, titles) for column, pair in row.cells.items())
    if row.kind == "reworded":
        names = ", ".join(titles.get(f"{row.table}.{column}", column) for column in row.cells)
        return _("Reworded in “{table}”: {what} ({columns}).", table=table, what=what, columns=names)
    text = _("Corrected in “{table}”: {what}: {cells}.", table=table, what=what, cells=cells)
    return _with_reason(_, text, row.reason)


def _withdrawn(_: Translator, row: Change, table: str, what: str) -> str:
    text = _("Withdrawn from “{table}”: {what}.", table=table, what=with_figure(_, row, what))
    if row.reason == SMALL_COUNT:
        return f"{text} " + _(
            "A count of fewer than five people, or one that would tell it, is no longer shown."
        )
    return _with_reason(_, text, row.reason)


def _with_reason(_: Translator, text: str, reason: str) -> str:
    return text + (" " + _("Reason: {reason}", reason=reason) if reason else "")


def subject(_: Translator, change: Change, titles: Mapping[str, str]) -> str:
    """Return what a row is about: what was counted, where, when, by whom; or its own title or name."""
    about = change.about
    parts: list[str] = []
    if about.get("indicator_name"):
        parts.append(_.pgettext("indicator", str(about["indicator_name"])))
    elif about.get("label"):
        parts.append(f"“{about['label']}”")
    elif change.key:
        parts.append(change.key)
    else:
        parts.append(titles.get(change.table, change.table))
    place = about.get("place")
    if place:
        parts.append(Names(place).of(_.lang))
    elif about.get("admin2") or about.get("admin1"):
        parts.append(str(about.get("admin2") or about["admin1"]))
    elif about.get("country"):
        parts.append(formats.country(str(about["country"]), _.lang))
    day = about.get("as_of") or about.get("date") or about.get("date_from") or about.get("published_on")
    if day:
        parts.append(formats.partial_date(str(day), _.lang))
    by = about.get("counter_name") or about.get("claimed_by") or about.get("publisher")
    if by:
        parts.append(str(by))
    return ", ".join(parts)


def with_figure(_: Translator, change: Change, what: str) -> str:
    """Return the subject followed by its figure, where it has row."""
    about = change.about
    if about.get("amount") is not None:
        return f"{what}: {formats.money(float(about['amount']), str(about.get('currency') or ''), _.lang)}"
    for column in ("value", "low", "high", "quantity", "sites"):
        if about.get(column) is not None:
            return f"{what}: {formats.number(float(about[column]), _.lang)}"
    return what


def _cell(
    _: Translator, change: Change, column: str, pair: tuple[Any, Any], titles: Mapping[str, str]
) -> str:
    old, new = (_value(_, change, column, value) for value in pair)
    name = titles.get(f"{change.table}.{column}", column)
    if column == "value":
        return _("{old} became {new}", old=old, new=new)
    return _("{column}: {old} became {new}", column=name, old=old, new=new)


def _value(_: Translator, change: Change, column: str, value: Any) -> str:
    if value is None or value == "":
        return _("empty")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float | int):
        currency = change.about.get("currency")
        if column in _MONEY and currency:
            return formats.money(float(value), str(currency), _.lang)
        return formats.number(float(value), _.lang)
    if column in _CHOICES:
        return _.pgettext(column, str(value))
    return formats.partial_date(value, _.lang) if _is_day(value) else f"“{value}”"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


def titles_of(resources: Iterable[Mapping[str, Any]], lang: str) -> dict[str, str]:
    """Return the titles of tables and of their columns (``table.column``) from a contract."""
    titles: dict[str, str] = {}
    for resource in resources:
        name = resource["name"]
        titles[name] = read_titles(resource).of(lang)
        for entry in resource["schema"]["fields"]:
            titles[f"{name}.{entry['name']}"] = read_titles(entry).of(lang)
    return titles
