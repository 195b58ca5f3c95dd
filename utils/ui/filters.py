"""Filters live in the address: a copied link opens the same view in any language.

Streamlit's own binding writes the translated label of an option into the address, so each filter
here writes the code of its value instead. A stale or hostile value is dropped with no word of it
on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any, Final

import streamlit as st

from utils.exports.views import ALL, TEXT_LENGTH, Chosen, Filter
from utils.ui.visitor import Visit


def _key(parameter: str, lang: str) -> str:
    return f"filter-{parameter}-{lang}"


def _seed(parameter: str, key: str, codes: Sequence[str], default: str) -> None:
    """Give the widget the value of the address, or the default where that is not one of ours.

    The address leads: a change of the widget is written there before the page runs, so a value
    that differs came from the browser's back button or from a link.
    """
    asked = st.query_params.get(parameter, default)
    if asked not in codes:
        asked = default
        st.query_params.pop(parameter, None)
    if st.session_state.get(key) != asked:
        st.session_state[key] = asked


def _write(parameter: str, key: str, default: str) -> None:
    value = st.session_state.get(key)
    if value is None or value == default:
        st.query_params.pop(parameter, None)
    else:
        st.query_params[parameter] = value


def choice(
    parameter: str,
    codes: Sequence[str],
    label: str,
    *,
    lang: str,
    show: Callable[[str], str],
    default: str | None = None,
    draw: Callable[..., str] = st.selectbox,
) -> str:
    """One of several codes, as a drop-down list unless ``draw`` is another widget; returns the code."""
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


def segments(label: str, codes: Sequence[str], **given: Any) -> str:
    """Draw a few codes side by side, as radio buttons."""
    return str(st.radio(label, codes, horizontal=True, **given))


stepper: Final = st.select_slider
"""Many ordered codes (dates), on a slider."""


def ask(
    visit: Visit,
    one: Filter,
    before: Chosen | None = None,
    *,
    show: Callable[[str], str] | None = None,
    draw: Callable[..., str] = st.selectbox,
) -> str:
    """Draw a filter of the views and return the chosen code; it may see what those ``before`` chose."""
    _, release, known = visit._, visit.release, before or {}
    return choice(
        one.name,
        one.codes(release, known) if one.codes else (),
        _.msg(one.label),
        lang=visit.lang,
        show=show
        or (lambda code: _.msg(one.every) if one.every and code == ALL else one.show(_, release, code)),
        default=one.default(release, known),
        draw=draw,
    )


def bar(
    visit: Visit,
    asked: Sequence[Filter],
    label: str,
    placeholder: str,
    *,
    text: str = "q",
    beside: bool = False,
) -> dict[str, str]:
    """Draw filters side by side, and the search for words below or ``beside`` them.

    Returns the chosen codes by name and the words as ``text``.
    """
    places = st.columns(len(asked) + beside)
    chosen = {}
    for one, place in zip(asked, places, strict=False):
        with place:
            chosen[one.name] = ask(visit, one)
    with places[-1] if beside else nullcontext():
        return chosen | {"text": search(text, label, lang=visit.lang, placeholder=placeholder)}


def search(parameter: str, label: str, *, lang: str, placeholder: str) -> str:
    """Return free text to look for, of limited length, kept in the address."""
    key = _key(parameter, lang)
    asked = st.query_params.get(parameter, "")[:TEXT_LENGTH]
    if st.session_state.get(key) != asked:
        st.session_state[key] = asked
    return st.text_input(
        label,
        key=key,
        placeholder=placeholder,
        max_chars=TEXT_LENGTH,
        on_change=_write,
        args=(parameter, key, ""),
    ).strip()


def page_number(parameter: str, pages: int, label: str, *, lang: str, show: Callable[[str], str]) -> int:
    """Return the chosen page of a long list, from 1; draws nothing when there is one page."""
    if pages <= 1:
        return 1
    codes = [str(number) for number in range(1, pages + 1)]
    return int(choice(parameter, codes, label, lang=lang, show=show))
