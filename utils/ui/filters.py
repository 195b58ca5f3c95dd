"""Filters live in the address: a copied link opens the same view in any language.

Streamlit's own binding writes the translated label of an option into the address, so each filter
here writes the code of its value instead. A stale or hostile value is dropped with no word of it
on the page; a day without a count gives way to the nearest that has one, which the page names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any, Final

import streamlit as st

from utils.text.html import el
from utils.ui.visitor import Visitor
from utils.views.model import TEXT_LENGTH, Chosen, Filter, Widget


def _key(parameter: str, lang: str) -> str:
    return f"filter-{parameter}-{lang}"


def _seed(parameter: str, key: str, codes: Sequence[str], default: str) -> None:
    """Give the widget the value of the address, or the default where that is not one of ours.

    The address leads: a change of the widget is written there before the page runs, so a value
    that differs came from the browser's back button or from a link.
    """
    value = st.query_params.get(parameter, default)
    if value not in codes:
        value = default
        st.query_params.pop(parameter, None)
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _write(parameter: str, key: str, default: str) -> None:
    value = st.session_state.get(key)
    if value is None or value == default:
        st.query_params.pop(parameter, None)
    else:
        st.query_params[parameter] = value


def choose_code(
    parameter: str,
    codes: Sequence[str],
    label: str,
    *,
    lang: str,
    show: Callable[[str], str],
    default: str | None = None,
    draw: Callable[..., str] = st.selectbox,
) -> str:
    """Draw the choice of one of several codes, as a drop-down list unless ``draw`` is another widget.

    Return the chosen code.
    """
    default = codes[0] if default is None else default
    key = _key(parameter, lang)
    _seed(parameter, key, codes, default)
    return draw(
        label,
        list(codes),
        key=key,
        format_func=show,
        on_change=_write,
        args=(parameter, key, default),
    )


def _buttons(label: str, codes: Sequence[str], **options: Any) -> str:
    """Draw a few codes side by side."""
    return str(st.radio(label, codes, horizontal=True, **options))


_WIDGETS: Final[Mapping[Widget, Callable[..., str]]] = {
    "list": st.selectbox,
    "buttons": _buttons,
    "slider": st.select_slider,
}


def ask_filters(visitor: Visitor, *offered: Filter, before: Chosen | None = None) -> dict[str, str]:
    """Draw filters of a view and return what is chosen by their names, and what was chosen ``before``.

    Codes with wide widgets are asked for first, each on a line of its own, then lists side by side; the
    words to look for below them or beside them.
    """
    codes = [field for field in offered if field.codes is not None]
    searches = [field for field in offered if field.codes is None]
    chosen = dict(before or {})
    beside = any(field.beside for field in searches)
    wide = [field for field in codes if field.widget != "list"]
    lists = [field for field in codes if field.widget == "list"]
    for field in wide:
        chosen[field.name] = _ask_code(visitor, field, chosen)
    in_columns = len(lists) + beside > 1 or beside
    places = st.columns(len(lists) + beside) if in_columns else []
    for index, field in enumerate(lists):
        with places[index] if in_columns else nullcontext():
            chosen[field.name] = _ask_code(visitor, field, chosen)
    for field in searches:
        with places[-1] if field.beside else nullcontext():
            chosen[field.name] = _ask_words(visitor, field)
    return chosen


def _ask_code(visitor: Visitor, field: Filter, before: Chosen) -> str:
    _, release = visitor._, visitor.release
    option = field.option or field.show
    _use_nearest(visitor, field, before)
    return choose_code(
        field.name,
        field.codes(release, before) if field.codes else (),
        _.translate(field.label),
        lang=visitor.lang,
        show=lambda code: option(_, release, code),
        default=field.default(release, before),
        draw=_WIDGETS[field.widget],
    )


def _use_nearest(visitor: Visitor, field: Filter, before: Chosen) -> None:
    """Put the nearest code in the place of one that does not exist, and say so; other values are dropped."""
    asked = st.query_params.get(field.name)
    codes = field.codes(visitor.release, before) if field.codes else ()
    if asked is None or asked in codes:
        return
    found = field.find_near(visitor.release, asked, before)
    if found is None:
        return
    st.query_params[field.name] = found
    shown = field.show(visitor._, visitor.release, found)
    words = visitor._("No count was found for the day asked for: the nearest, {day}, is shown.", day=shown)
    st.html(el("p", words, class_="sk-foot", role="status", lang=visitor.lang))


def _ask_words(visitor: Visitor, field: Filter) -> str:
    _ = visitor._
    return ask_text(
        field.name,
        _.translate(field.prompt or field.label),
        lang=visitor.lang,
        placeholder=_.translate(field.placeholder) if field.placeholder else "",
    )


def ask_text(parameter: str, label: str, *, lang: str, placeholder: str) -> str:
    """Return free text to look for, of limited length, kept in the address."""
    key = _key(parameter, lang)
    value = st.query_params.get(parameter, "")[:TEXT_LENGTH]
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    return st.text_input(
        label,
        key=key,
        placeholder=placeholder,
        max_chars=TEXT_LENGTH,
        on_change=_write,
        args=(parameter, key, ""),
    ).strip()
