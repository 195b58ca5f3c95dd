"""Filters live in the address: a copied link opens the same view in any language.

Streamlit's own binding writes the translated label of an option into the address, so each filter
here writes the code of its value instead. A stale or hostile value is dropped with no word of it
on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st


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
) -> str:
    """One of several codes, as a drop-down list; returns the code."""
    default = codes[0] if default is None else default
    key = _key(parameter, lang)
    _seed(parameter, key, codes, default)
    return st.selectbox(
        label,
        list(codes),
        key=key,
        format_func=show,
        on_change=_write,
        args=(parameter, key, default),
    )


def segments(
    parameter: str,
    codes: Sequence[str],
    label: str,
    *,
    lang: str,
    show: Callable[[str], str],
    default: str | None = None,
) -> str:
    """One of a few codes, side by side as radio buttons; returns the code."""
    default = codes[0] if default is None else default
    key = _key(parameter, lang)
    _seed(parameter, key, codes, default)
    return st.radio(
        label,
        list(codes),
        key=key,
        format_func=show,
        horizontal=True,
        on_change=_write,
        args=(parameter, key, default),
    )


def stepper(
    parameter: str,
    codes: Sequence[str],
    label: str,
    *,
    lang: str,
    show: Callable[[str], str],
    default: str | None = None,
) -> str:
    """One of many ordered codes (dates) on a slider; returns the code."""
    default = codes[-1] if default is None else default
    key = _key(parameter, lang)
    _seed(parameter, key, codes, default)
    return st.select_slider(
        label,
        list(codes),
        key=key,
        format_func=show,
        on_change=_write,
        args=(parameter, key, default),
    )


def search(parameter: str, label: str, *, lang: str, placeholder: str) -> str:
    """Return free text to look for, at most 80 characters, kept in the address."""
    key = _key(parameter, lang)
    asked = st.query_params.get(parameter, "")[:80]
    if st.session_state.get(key) != asked:
        st.session_state[key] = asked
    return st.text_input(
        label,
        key=key,
        placeholder=placeholder,
        max_chars=80,
        on_change=_write,
        args=(parameter, key, ""),
    ).strip()


def page_number(parameter: str, pages: int, label: str, *, lang: str, show: Callable[[str], str]) -> int:
    """Return the chosen page of a long list, from 1; draws nothing when there is one page."""
    if pages <= 1:
        return 1
    codes = [str(number) for number in range(1, pages + 1)]
    return int(choice(parameter, codes, label, lang=lang, show=show))
