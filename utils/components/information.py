"""Checked claims with a card to share in three languages, channels, contacts of institutions."""

from __future__ import annotations

from functools import partial

from utils.analysis import information
from utils.analysis.information import VerifiedItem
from utils.components import words
from utils.components.addresses import language_address
from utils.components.tables import Listing, Rows, table
from utils.draw_context import DrawContext, per_language
from utils.text.html import Markup, el, join, link
from utils.text.locale import Translator, formats


def claims(context: DrawContext, **filters: str) -> Listing:
    """Return claims with verdict, who checked and source."""
    shown = information.filter_claims(context.release, **filters)
    _ = context._
    return Listing(
        [
            _("Day"),
            _("Claim"),
            _("Verdict"),
            _("Checked by"),
            _("Platform"),
            _("Source"),
            _("Note"),
            _("Share"),
        ],
        Rows(shown, partial(_row, context)),
        caption=_.ngettext("{count} claim", "{count} claims", len(shown)),
        parameter="page",
        empty=_("No claim matches. Clear a filter to see more."),
    )


def _row(context: DrawContext, claim: VerifiedItem) -> list[Markup | str]:
    _ = context._
    return [
        _day(_, claim),
        el("span", claim.claim, lang="en"),
        el("b", _.pgettext("verdict", claim.verdict)),
        join([claim.checker, _party(_, claim)]),
        claim.platform or "—",
        join([words.source_link(claim.source), f" ({claim.source.grade})"]),
        el("span", claim.note, lang="en"),
        link(_("card to share"), language_address(context.lang, "information", {"item": claim.item_id})),
    ]


def _day(_: Translator, claim: VerifiedItem) -> str:
    return formats.format_short_day(claim.on, _.lang) if claim.on else _("no date given")


def _party(_: Translator, claim: VerifiedItem) -> Markup | None:
    if not claim.by_a_party:
        return None
    return join([el("br"), el("span", _("a government checks"), class_="sk-badge sk-badge-overdue")])


def share_card(_: Translator, claim: VerifiedItem) -> Markup:
    """Return one claim as a card: claim, verdict, who checked, when, source."""
    return el(
        "article",
        el("p", _("Claim"), class_="sk-muted"),
        el("p", "“", el("span", claim.claim, lang="en"), "”", class_="sk-claim"),
        el("p", el("b", _("Verdict: {verdict}", verdict=_.pgettext("verdict", claim.verdict)))),
        el(
            "p", _("Checked by {checker}, {day}", checker=claim.checker, day=_day(_, claim)), _party(_, claim)
        ),
        el("p", claim.note, lang="en", class_="sk-note") if claim.note else None,
        el("p", _("Source: "), words.source_link(claim.source)),
        class_="sk-share",
        lang=_.lang,
        data_item=claim.item_id,
    )


def share_text(_: Translator, claim: VerifiedItem) -> str:
    """Return one claim as plain text to copy, with its source and date."""
    lines = [
        f"“{claim.claim}”",
        _("Verdict: {verdict}", verdict=_.pgettext("verdict", claim.verdict)),
        _("Checked by {checker}, {day}", checker=claim.checker, day=_day(_, claim)),
        _("Source: ") + " ".join(filter(None, (claim.source.publisher, claim.source.url))),
    ]
    if claim.by_a_party:
        lines.insert(3, _("a government checks"))
    return "\n".join(lines)


@per_language
def channels(context: DrawContext) -> Markup:
    """Return channels, independent ones first."""
    shown = information.list_channels(context.release)
    _ = context._
    return table(
        [_("Channel"), _("By"), _("Kind"), _("Seen on"), _("Source"), _("Note")],
        [
            [
                el("span", channel.claim, lang="en"),
                join([channel.checker, _party_channel(_, channel)]),
                _.pgettext("checker_kind", channel.checker_kind),
                _day(_, channel),
                words.source_link(channel.source),
                el("span", channel.note, lang="en"),
            ]
            for channel in shown
        ],
        caption=_.ngettext("{count} channel", "{count} channels", len(shown)),
        lang=context.lang,
    )


def _party_channel(_: Translator, channel: VerifiedItem) -> Markup | None:
    if not channel.by_a_party:
        return None
    return join([el("br"), el("span", _("official"), class_="sk-badge")])


@per_language
def contacts(context: DrawContext) -> Markup:
    """Return contacts of institutions: to be confirmed before they are published further."""
    shown = information.list_contacts(context.release)
    _ = context._
    return table(
        [_("Institution"), _("Service"), _("Telephone"), _("Website"), _("Country"), _("Note")],
        [
            [
                join(
                    [
                        contact.institution,
                        el("br"),
                        el("span", _.pgettext("kind", contact.kind), class_="sk-muted"),
                    ]
                ),
                el("span", contact.service, lang="en"),
                contact.phone or _("not found"),
                link(_("website"), contact.url) if contact.url else "—",
                formats.name_country(contact.country, context.lang),
                el("span", contact.note, lang="en"),
            ]
            for contact in shown
        ],
        caption=_.ngettext("{count} institution", "{count} institutions", len(shown)),
        lang=context.lang,
    )
