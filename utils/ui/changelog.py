"""The public changelog: what was corrected or withdrawn, when and why, with old and new value."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from utils import releases
from utils.analysis import changelog
from utils.analysis.changelog import Announcement, load_titles
from utils.components.inline import bullets
from utils.components.tables import Columns, listing
from utils.exports.changelog import write_changelog
from utils.releases.change_text import describe_change
from utils.text.html import Markup, el, link
from utils.text.locale import formats
from utils.text.locale.digits import find_digit_parameters
from utils.ui.listings import show_listing
from utils.ui.visitor import Visitor


def show_changelog(visitor: Visitor) -> None:
    """Print the releases newest first, each with its corrections in sentences, and offer the file."""
    _ = visitor._
    entries = changelog.parse_announcements(releases.changelog(visitor.tier))
    if not any(entry.changes or entry.event != "publish" for entry in entries):
        nothing = _("No figure was corrected or withdrawn since the first release here.")
        st.html(el("p", nothing, class_="sk-empty"))
        return
    columns: Columns[Announcement] = [
        (_("When"), lambda entry: _moment(visitor, entry)),
        (_("Release"), lambda entry: _link_release(visitor, entry)),
        (_("What changed"), lambda entry: _changes(visitor, entry)),
    ]
    caption = _.ngettext("{count} entry", "{count} entries", len(entries))
    show_listing(visitor, listing(entries, columns, caption=caption, parameter="changes"))
    st.download_button(
        _("Download the changelog (CSV)"),
        lambda: write_changelog(_, entries, load_titles(visitor.release, visitor.lang)),
        file_name=f"samaki-changelog-{visitor.release.release_id}.csv",
        mime="text/csv",
        key="download-changelog",
        on_click="ignore",
    )


def _moment(visitor: Visitor, entry: Announcement) -> Markup:
    return el(
        "time",
        formats.format_day(entry.at.date(), visitor.lang),
        el("br"),
        formats.format_clock_time(entry.at, visitor.lang),
        " UTC",
        datetime=entry.at.isoformat(),
    )


def _link_release(visitor: Visitor, entry: Announcement) -> Markup:
    """Return the release as a link to itself: each kept release keeps an address."""
    query = urlencode({**find_digit_parameters(visitor.lang), "release": entry.release})
    return link(entry.release, f"./?{query}")


def _changes(visitor: Visitor, entry: Announcement) -> Markup:
    _ = visitor._
    names = load_titles(visitor.release, visitor.lang)
    reason = {
        "rollback": _("Back to an older release."),
        "hide": _("Withdrawn from view: {what}.", what=entry.subject),
        "show": _("Shown again: {what}.", what=entry.subject),
    }.get(entry.event, "")
    added, reworded = entry.count("added"), entry.count("reworded")
    counted = [_.ngettext("{count} row added", "{count} rows added", added)] if added else []
    if reworded:
        counted.append(_.ngettext("{count} row reworded", "{count} rows reworded", reworded))
    if not entry.corrections and not counted and entry.event == "publish":
        reason = _("No figure changed.") if entry.before else _("The first release here.")
    lines = [describe_change(_, change, names) for change in entry.corrections]
    return el(
        "div",
        el("p", reason) if reason else None,
        el("p", _("Reason: {reason}", reason=entry.why)) if entry.why else None,
        bullets(lines, class_="sk-differ") if lines else None,
        el("p", ", ".join(counted), ".", class_="sk-foot") if counted else None,
    )
