"""Which release is shown: a banner for an older one and its reason, and a look for something newer."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

import streamlit as st

from utils import releases
from utils.components.notices import withdrawn
from utils.text.html import join, link
from utils.text.locale import Translator, formats
from utils.text.locale.digits import parameters
from utils.ui.error_boundary import notice
from utils.ui.visitor import Visitor, is_outdated

WATCH_SECONDS: Final = 30
"""How often an open page asks whether it still shows what it should."""


def banners(visitor: Visitor) -> None:
    """Say what the reader must know of the release: asked for and refused, older, or not up to date."""
    if visitor.refusal is not None:
        _refused(visitor, visitor.refusal)
    if visitor.is_addressed:
        _addressed(visitor)
    elif visitor.state.is_older:
        _older(visitor)
    if visitor.state.withdrawals:
        _unsure(visitor)


def _refused(visitor: Visitor, refusal: releases.NotKept | releases.ReleaseWithdrawn) -> None:
    _ = visitor._
    if isinstance(refusal, releases.ReleaseWithdrawn):
        title = _("The release you asked for was withdrawn by the curator.")
        text = withdrawn(_, refusal.since, refusal.reason) + " " + _("The current release is shown.")
    else:
        title = _("The release you asked for is not kept here.")
        text = _("The current release is shown.")
    notice(title, text, kind="warning")


def _addressed(visitor: Visitor) -> None:
    _ = visitor._
    notice(
        dated(
            _,
            visitor.release,
            _("You are looking at an older release, of {day}."),
            _("You are looking at an older release, with figures up to {day}."),
            _("You are looking at an older release."),
        ),
        join(
            [
                _("It is kept so that a quoted figure can be found again; newer figures may differ."),
                link(_("Show the current release"), f"?{urlencode(parameters(visitor.lang))}"),
            ],
            " ",
        ),
        kind="warning",
    )


def dated(_: Translator, release: releases.Release, published: str, newest: str, undated: str) -> str:
    """Return one of three translated texts, with the day of publishing, else of the newest figure."""
    if release.published:
        return published.format(day=formats.day(release.published, _.lang))
    if release.newest_as_of:
        return newest.format(day=formats.day(release.newest_as_of, _.lang))
    return undated


def _older(visitor: Visitor) -> None:
    _, state = visitor._, visitor.state
    since = formats.moment(state.since, visitor.lang) if state.since else "—"
    why = {
        "unreachable": _(
            "The place where releases are kept has not answered since {moment}. What is shown is what "
            "could be read last.",
            moment=since,
        ),
        "pointer": _("Since {moment} it cannot be read which release is the newest.", moment=since),
    }.get(
        state.reason,
        _(
            "Since {moment} a newer one is announced that is missing files or damaged. It will be shown "
            "once it is whole.",
            moment=since,
        ),
    )
    notice(
        dated(
            _,
            visitor.release,
            _("Showing an older release, of {day}."),
            _("Showing an older release, with figures up to {day}."),
            _("Showing an older release."),
        )
        if state.reason != "unreachable"
        else dated(
            _,
            visitor.release,
            _("Showing the release of {day}, which may not be the newest."),
            _("Showing a release with figures up to {day}, which may not be the newest."),
            _("Showing a release that may not be the newest."),
        ),
        why,
        kind="warning",
    )


def _unsure(visitor: Visitor) -> None:
    _ = visitor._
    text = {
        "kept": _("What was withdrawn when it was last read stays withdrawn."),
        "unknown": _("Until it can be read, nothing is shown of single sites."),
    }[visitor.state.withdrawals or "unknown"]
    notice(_("The list of what the curator withdrew cannot be read."), text, kind="warning")


def watch(visitor: Visitor) -> None:
    """Run the page again by itself when something newer is there, or something was withdrawn."""
    state = visitor.state

    @st.fragment(run_every=WATCH_SECONDS)
    def look_again() -> None:
        now = visitor.state
        banner = (now.is_older, now.reason, now.withdrawals)
        if is_outdated(visitor) or banner != (state.is_older, state.reason, state.withdrawals):
            st.rerun()

    look_again()
