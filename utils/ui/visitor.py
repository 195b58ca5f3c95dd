"""One visitor's run: language, tier, theme, release and day, made once by the app's script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast
from urllib.parse import urlencode, urljoin

import streamlit as st

from utils import releases
from utils.components.addresses import CARRIED
from utils.draw_context import DrawContext
from utils.product.palette import Theme
from utils.settings import clock
from utils.settings import tier as settings_tier
from utils.text.locale import LANGUAGES, Translator, digits, language_of, resolve, translator

LANGUAGE_PARAMETER = "lang"
RELEASE_PARAMETER = "release"
_STATE = "samaki-visit"
_ASKED = "samaki-release"


@dataclass(frozen=True, slots=True)
class Visitor:
    """What every page needs to know about the one who is looking.

    ``lang`` is a code of :mod:`utils.text.locale.languages`, with or without digits of its own.
    ``release`` is the one that is shown: the current one, or an older one that the address asks for
    (``is_addressed``). ``refusal`` says why what the address asks for is not shown.
    """

    lang: str
    theme: Theme
    today: date
    release: releases.Release
    is_addressed: bool = False
    refusal: releases.NotKept | releases.ReleaseWithdrawn | None = None

    @property
    def _(self) -> Translator:
        """Return the translator of the visitor's language."""
        return translator(self.lang)

    @property
    def tier(self) -> releases.Tier:
        """Return the tier of the release that is shown."""
        return self.release.tier

    @property
    def state(self) -> releases.ServedState:
        """Return what the process serves, and whether it is older than it should be."""
        return releases.state(self.tier)

    @property
    def query(self) -> str:
        """Return what a link to another page carries along: language and digits, and an older release."""
        kept = {RELEASE_PARAMETER: self.release.release_id} if self.is_addressed else {}
        return urlencode({**digits.parameters(self.lang), **kept})

    @property
    def context(self) -> DrawContext:
        """Return what drawings depend on."""
        return DrawContext(self.release, self.lang, self.theme, self.today)

    def carry_along(self) -> None:
        """Let the links that are printed in this run carry along what :attr:`query` says."""
        CARRIED.set(self.query)


def begin_run() -> Visitor:
    """Find out who is looking, keep language and release in the address, and remember it for the run.

    Raises :class:`utils.releases.NoRelease` when there is nothing to show.
    """
    lang = _language()
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    newest = releases.current(settings_tier.tier())
    release, refusal = _asked_for(newest)
    visitor = Visitor(
        lang=lang,
        theme=theme,
        today=clock.today(),
        release=release,
        is_addressed=release.release_id != newest.release_id,
        refusal=refusal,
    )
    st.session_state[_STATE] = visitor
    visitor.carry_along()
    return visitor


def choose_language(lang: str) -> None:
    """Keep a language code, with its digits, in the session and in the address."""
    parameters = digits.parameters(lang)
    st.session_state[LANGUAGE_PARAMETER] = parameters[LANGUAGE_PARAMETER]
    if language_of(lang).digits:
        st.session_state[digits.PARAMETER] = parameters.get(digits.PARAMETER, "")
    for name in (LANGUAGE_PARAMETER, digits.PARAMETER):
        if st.query_params.get(name) == parameters.get(name):
            continue
        if name in parameters:
            st.query_params[name] = parameters[name]
        else:
            del st.query_params[name]


def _language() -> str:
    """Return the language code that the address asks for, else the session, else the browser."""
    asked = st.query_params.get(LANGUAGE_PARAMETER)
    lang = resolve(
        asked if asked in LANGUAGES else None,
        st.session_state.get(LANGUAGE_PARAMETER),
        st.context.locale,
    )
    wish = st.query_params.get(digits.PARAMETER)
    if digits.with_digits(lang, wish) == lang:
        wish = st.session_state.get(digits.PARAMETER)
    code = digits.with_digits(lang, wish)
    choose_language(code)
    return code


def _asked_for(
    newest: releases.Release,
) -> tuple[releases.Release, releases.NotKept | releases.ReleaseWithdrawn | None]:
    """Return the release that the address asks for, and keep it while the visitor goes from page to page.

    What cannot be shown gives the newest release and the reason.
    """
    asked = st.query_params.get(RELEASE_PARAMETER, st.session_state.get(_ASKED, ""))
    if not asked:
        return newest, None
    try:
        found = releases.released(newest.tier, asked)
    except (releases.NotKept, releases.ReleaseWithdrawn) as refusal:
        st.session_state.pop(_ASKED, None)
        return newest, refusal
    st.session_state[_ASKED] = asked
    if RELEASE_PARAMETER not in st.query_params:
        st.query_params[RELEASE_PARAMETER] = asked
    return found, None


def absolute(relative: str) -> str:
    """Return an address that can be copied; relative where the visitor's own address is not known."""
    return urljoin(st.context.url or "", relative)


def is_outdated(visitor: Visitor) -> bool:
    """Return whether the visitor would now be shown something else: a switch, or something withdrawn."""
    try:
        newest = releases.current(visitor.tier)
        shown = (
            releases.released(visitor.tier, visitor.release.release_id) if visitor.is_addressed else newest
        )
    except releases.StoreError:
        return True
    return shown != visitor.release or (shown == newest and visitor.is_addressed)


def current_visitor() -> Visitor:
    """Return the visitor of this run.

    Where a page was opened before the app's script ever ran (Streamlit then takes ``pages/`` for its
    older kind of app), the visitor goes through the script first and comes to the overview.
    """
    if _STATE not in st.session_state:
        st.switch_page("dashboard.py")
    return cast(Visitor, st.session_state[_STATE])
