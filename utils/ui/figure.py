"""The pieces of the page of one figure: facts, guidance, history, citations, how to challenge it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from utils import releases
from utils.analysis import changes_since, figures, press_guidance, sources
from utils.analysis.changelog import Announcement, load_titles
from utils.analysis.figures import Figure
from utils.components import addresses, cards, inline
from utils.components.lists import message_list
from utils.components.tables import Cell, table_of
from utils.exports import citations as cite
from utils.exports.figures import FIGURE
from utils.releases.change_text import describe_change
from utils.releases.changes import Change
from utils.text import wording
from utils.text.html import el, join
from utils.text.locale import formats
from utils.ui import downloads
from utils.ui.error_boundary import notice
from utils.ui.style import heading
from utils.ui.visitor import Visitor, absolute_address

_LONGEST_ID = 64


def read_figure_id() -> str:
    """Return the id the address asks for."""
    return st.query_params.get(addresses.FIGURE_PARAMETER, "")[:_LONGEST_ID]


def show_not_found(visitor: Visitor, figure_id: str) -> None:
    """Print kindly that there is no such figure, or what became of it."""
    _ = visitor._
    gone = figures.find_withdrawn_row(visitor.release, figure_id)
    if gone is None:
        text = _("No figure of this release has this id.") if figure_id else _("No figure was asked for.")
        notice(text, _("Each number on the other pages is a link to its own address."))
        return
    parts = [el("strong", _("This row is no longer shown."))]
    if gone.reason:
        parts.append(el("p", _("Reason: {reason}", reason=gone.reason)))
    if gone.replaced_by:
        replacement = addresses.figure_link(_, gone.replaced_by, gone.replaced_by)
        parts.append(el("p", _("It was replaced by: "), replacement))
    st.html(el("div", *parts, class_="sk-notice sk-notice-warning", role="status"))


def title_figure(visitor: Visitor, figure: Figure) -> str:
    """Return what the figure counts and where."""
    title = visitor._.translate(figures.build_title(visitor.release, figure))
    return title[:1].upper() + title[1:]


def show_card(visitor: Visitor, figure: Figure) -> None:
    """Draw the figure as the card the other pages show, unfolded."""
    _ = visitor._
    if figure.newer is not None:
        day = wording.format_as_of(_, figure.newer)
        notice(_("The same counter has a newer figure, of {day}.", day=day), kind="warning")
    card = cards.card(_, visitor.release, figure.finding, today=visitor.today, whole=True)
    st.html(el("div", card, class_="sk-cards sk-cards-one", role="list", lang=visitor.lang))


def show_guidance(visitor: Visitor, figure: Figure) -> None:
    """Print what may be written of the figure and what not; the first is ready to copy."""
    _ = visitor._
    may, may_not = press_guidance.write_guidance(figure, visitor.release, visitor.today)
    heading(_("You may say"), level=2)
    st.code(" ".join(map(_.translate, may)), language=None, wrap_lines=True)
    heading(_("You may not say"), level=2)
    st.html(message_list(_, may_not))


def show_differences(visitor: Visitor, figure: Figure) -> None:
    """Print the figures that differ, side by side with the difference in words."""
    _ = visitor._
    others = press_guidance.list_differences(figure.finding)
    heading(_("Figures that differ"), level=2)
    if not others:
        st.html(el("p", _("The record holds no other figure for this question and day."), class_="sk-empty"))
        return
    quantity, day = _quantity_and_day(visitor, figure)
    st.html(
        table_of(
            others,
            [
                (_("Figure"), lambda other: cards.link_number(_, other.observation)),
                (_("Difference"), lambda other: _.translate(other.words)),
                (_("As of"), lambda other: wording.format_as_of(_, other.observation)),
                (
                    _("Counted by"),
                    lambda other: cards.short_source(_, visitor.release, other.observation),
                ),
                (_("Note"), lambda other: cards.note(other.observation.note, inline=True)),
            ],
            caption=_("Beside {figure}, {day}", figure=quantity, day=day),
            numeric=(0,),
            lang=visitor.lang,
        )
    )


def _quantity_and_day(visitor: Visitor, figure: Figure) -> tuple[str, str]:
    row = figure.observation
    return wording.format_quantity(visitor._, row), wording.format_as_of(visitor._, row)


def show_facts(visitor: Visitor, figure: Figure) -> None:
    """Print what was counted, where, when, by whom, who printed it, under which licence."""
    _ = visitor._
    row, source = figure.observation, figure.observation.source
    several = _("several sources, each with its own")
    heading(_("Facts"), level=2)
    facts: list[tuple[str, Cell]] = [
        (_("What was counted"), title_figure(visitor, figure)),
        (_("Kind of figure"), _kind(visitor, figure)),
        (_("Where"), _.format(figures.name_area(visitor.release, row))),
        (_("As of"), wording.format_as_of(_, row)),
        (
            _("Published"),
            inline.published_on(_, source) or _("no date given") if source else several,
        ),
        (_("Retrieved"), _("not kept in the record")),
        (_("Counted by"), _counted_by(visitor, figure)),
        (_("Source"), cards.sources(_, row)),
        (_("Grade of the source"), _.pgettext("grade", source.grade) if source else several),
        (_("Title of the source"), inline.link_title(source) if source else several),
        (_("Licence"), _licence(visitor, figure)),
        (_("Row"), el("code", figure.figure_id)),
        (_("Release"), el("code", visitor.release.release_id)),
    ]
    st.html(inline.fact_list(facts, visitor.lang))
    if row.computed_from:
        _show_parts(visitor, row.computed_from)


def _show_parts(visitor: Visitor, parts: tuple[str, ...]) -> None:
    """Print the rows a sum was made of."""
    _ = visitor._
    linked = [
        addresses.figure_link(_, part, part) if part.startswith("don-") else el("span", part)
        for part in parts
    ]
    summary = _.ngettext("computed from {count} row", "computed from {count} rows", len(parts))
    st.html(inline.fold(summary, el("p", join(linked, ", ")), lang=visitor.lang))


def _kind(visitor: Visitor, figure: Figure) -> str:
    _ = visitor._
    kinds = {
        "sum": _("a sum or count of our own, from rows of the record"),
        "gift": _("one gift or running total of gifts"),
        "claim": _("what somebody said of an event"),
    }
    return kinds.get(figure.kind) or _.pgettext("indicator_kind", figure.kind)


def _counted_by(visitor: Visitor, figure: Figure) -> str:
    _ = visitor._
    if figure.kind == "sum":
        return _("Samaki, from rows of the record")
    return figure.claimed_by or wording.name_counter(_, visitor.release, figure.observation)


def _licence(visitor: Visitor, figure: Figure) -> str:
    tables = {table.name: table.licence for table in sources.list_public_tables(visitor.release)}
    licence = tables.get(figure.table) or "CC-BY-4.0"
    return visitor._("{licence} for the compiled fact; the source keeps its rights", licence=licence)


def show_history(visitor: Visitor, figure: Figure) -> None:
    """Print the earlier and later values of the same count, and what was corrected of this row."""
    _ = visitor._
    heading(
        _("History of this figure"),
        _("The same count by the same counter, newest first. Other counters stand above."),
        level=2,
    )
    rows = figure.history
    if len(rows) > 1:
        st.html(
            table_of(
                rows,
                [
                    (_("As of"), lambda row: wording.format_as_of(_, row)),
                    (
                        _("Figure"),
                        lambda row: (
                            el("strong", wording.format_quantity(_, row))
                            if row.observation_id == figure.figure_id
                            else cards.link_number(_, row)
                        ),
                    ),
                    (_("Source"), lambda row: cards.sources(_, row)),
                ],
                caption=_.ngettext("{count} figure", "{count} figures", len(rows)),
                numeric=(1,),
                lang=visitor.lang,
            )
        )
    else:
        st.html(el("p", _("No other figure of this count is in the record."), class_="sk-empty"))
    history = changes_since.list_announcements(visitor.tier)
    _show_corrections(visitor, changes_since.list_row_changes(figure.figure_id, history))


def _show_corrections(visitor: Visitor, changes: Iterable[tuple[Announcement, Change]]) -> None:
    _ = visitor._
    names = load_titles(visitor.release, visitor.lang)
    lines = [
        join(
            [
                wording.add_colon(_, formats.format_day(entry.at.date(), visitor.lang)),
                describe_change(_, change, names),
            ]
        )
        for entry, change in changes
    ]
    if lines:
        st.html(inline.bullets(lines, visitor.lang))
    else:
        st.html(el("p", _("This row was never corrected in the releases kept here."), class_="sk-foot"))


def show_citations(visitor: Visitor, figure: Figure) -> None:
    """Print the citations, each ready to copy, and the address that opens the same view.

    A figure that is not public has none, and a sentence says so of its embed as well.
    """
    _ = visitor._
    if not _is_public(visitor, figure):
        heading(_("Cite this figure"), level=2)
        text = _("Only the NGO view holds this figure: it has no public address to cite, link to or embed.")
        st.html(el("p", text, class_="sk-empty", lang=visitor.lang))
        return
    heading(
        _("Cite this figure"),
        _("Each names the row, the release and today's date. The address opens the same view."),
        level=2,
    )
    address = _address(visitor, figure)
    names = {"apa": "APA", "chicago": "Chicago", "bibtex": "BibTeX"} | {
        style: _("Press, {language}", language=formats.name_language(lang, visitor.lang))
        for style, lang in cite.PRESS.items()
    }
    texts = [(_("Address"), address)]
    for style in cite.STYLES:
        text = cite.cite_figure(style, visitor.release, figure, accessed=visitor.today, address=address)
        texts.append((names[style], text))
    for name, text in texts:
        st.html(el("h3", name, class_="sk-citation"))
        st.code(text, language=None, wrap_lines=True)


def show_embed(visitor: Visitor, figure: Figure) -> None:
    """Print the line that shows the figure in another page.

    Nothing where our own address is not known, or the figure is not public: its citations say so.
    """
    _ = visitor._
    line = downloads.embed_line(visitor, f"{FIGURE}{figure.figure_id}", title_figure(visitor, figure))
    if not line or not _is_public(visitor, figure):
        return
    heading(
        _("Embed this figure"),
        _("Copy this line into another page; it runs no script. The card there tells date and source."),
        level=2,
    )
    st.code(line, language=None, wrap_lines=True)
    if visitor.tier == "ngo":
        st.html(el("p", _("Files hold the public figures only."), class_="sk-foot"))


def _is_public(visitor: Visitor, figure: Figure) -> bool:
    """Return whether readers of the public tier can open the figure."""
    public = downloads.public_release(visitor)
    return public is not None and figures.find_figure(public, figure.figure_id, visitor.today) is not None


def _address(visitor: Visitor, figure: Figure) -> str:
    """Return the address that opens this figure in this release."""
    release_id = visitor.release.release_id
    return absolute_address(addresses.figure_address(visitor.lang, figure.figure_id, release=release_id))


def show_challenge(visitor: Visitor, figure: Figure) -> None:
    """Print a message to copy for whoever thinks the figure is wrong. Nothing is sent or kept here."""
    _ = visitor._
    heading(
        _("Challenge this figure"),
        _("Copy this text, fill it in and send it to the publisher of this copy. Nothing is kept here."),
        level=2,
    )
    quantity, day = _quantity_and_day(visitor, figure)
    what = title_figure(visitor, figure)
    lines = [
        _("I question a figure of Samaki."),
        _("Row: {row}. Release: {release}.", row=figure.figure_id, release=visitor.release.release_id),
        _("Figure: {figure}, {what}, {day}.", figure=quantity, what=what, day=day),
        _("Address: {address}", address=_address(visitor, figure)),
        _("What I think is wrong: …"),
        _("My source, with its date and link: …"),
        _("Please name no private person and no place where people shelter."),
    ]
    st.code("\n".join(lines), language=None, wrap_lines=True)


def show_changes_since(visitor: Visitor) -> None:
    """Take a pasted citation and print what changed since its release, in sentences."""
    _ = visitor._
    heading(
        _("What changed since the release I quoted"),
        _("Paste a citation, an address or the id of a release."),
        level=2,
    )
    with st.form("quoted", border=False):
        text = st.text_area(
            _("Citation or release"),
            value=visitor.release.release_id if visitor.is_addressed else "",
            max_chars=changes_since.MOST,
            key=f"quoted-{visitor.lang}",
        )
        st.form_submit_button(_("Show what changed"))
    newest = releases.current(visitor.tier).release_id
    _show_answer(
        visitor,
        changes_since.find_changes_since(text, changes_since.list_announcements(visitor.tier), newest),
    )


def _show_answer(visitor: Visitor, quoted: changes_since.QuotedChanges) -> None:
    _ = visitor._
    if quoted.answer == "nothing_pasted":
        return
    answer = {
        "unknown": _("No release kept here has an id that stands in this text."),
        "current": _("You quoted the newest release. Nothing changed since."),
        "unchanged": _("Releases came after it, but no figure changed."),
    }.get(quoted.answer)
    if answer:
        notice(answer)
        return
    names = load_titles(visitor.release, visitor.lang)
    for title, changes in (
        (_("The rows you quoted"), quoted.of_rows),
        (_("All other rows"), quoted.others),
    ):
        if changes or quoted.rows:
            nothing = el("p", _("Nothing changed."), class_="sk-foot")
            listed = (
                inline.bullets(describe_change(_, change, names) for change in changes)
                if changes
                else nothing
            )
            st.html(el("section", el("h3", title), listed, lang=visitor.lang))
