"""Checked claims with a card to share in three languages, channels, contacts of institutions."""

from __future__ import annotations

from utils.analysis import information
from utils.analysis.information import VerifiedItem
from utils.components import inline
from utils.components.addresses import language_address
from utils.components.tables import Listing, listing, table_of
from utils.draw_context import DrawContext, per_language
from utils.text import wording
from utils.text.html import Markup, el, join, link
from utils.text.locale import Translator, formats


def list_claims(context: DrawContext, **filters: str) -> Listing:
    """Return claims with verdict, who checked and source."""
    claims = information.filter_claims(context.release, **filters)
    _, lang = context._, context.lang
    return listing(
        claims,
        [
            (_("Day"), lambda claim: wording.format_day(_, claim.on)),
            (_("Claim"), lambda claim: el("span", claim.claim, lang="en")),
            (_("Verdict"), lambda claim: el("b", _.pgettext("verdict", claim.verdict))),
            (_("Checked by"), lambda claim: join([claim.checker, _party_badge(_, claim)])),
            (_("Platform"), lambda claim: claim.platform or "—"),
            (_("Source"), lambda claim: inline.link_graded_source(claim.source)),
            (_("Note"), lambda claim: el("span", claim.note, lang="en")),
            (
                _("Share"),
                lambda claim: link(
                    _("card to share"), language_address(lang, "information", {"item": claim.item_id})
                ),
            ),
        ],
        caption=_.ngettext("{count} claim", "{count} claims", len(claims)),
        parameter="page",
        empty=_("No claim matches. Clear a filter to see more."),
    )


def _party_badge(_: Translator, claim: VerifiedItem) -> Markup | None:
    if not claim.by_a_party:
        return None
    return join([el("br"), inline.warning_badge(_("a government checks"))])


def share_card(_: Translator, claim: VerifiedItem) -> Markup:
    """Return one claim as a card: claim, verdict, who checked, when, source."""
    return el(
        "article",
        el("p", _("Claim"), class_="sk-muted"),
        el("p", "“", el("span", claim.claim, lang="en"), "”", class_="sk-claim"),
        el("p", el("b", _format_verdict(_, claim))),
        el("p", _format_check(_, claim), _party_badge(_, claim)),
        el("p", claim.note, lang="en", class_="sk-note") if claim.note else None,
        el("p", _("Source: "), inline.link_source(claim.source)),
        class_="sk-share",
        lang=_.lang,
        data_item=claim.item_id,
    )


def _format_verdict(_: Translator, claim: VerifiedItem) -> str:
    return _("Verdict: {verdict}", verdict=_.pgettext("verdict", claim.verdict))


def _format_check(_: Translator, claim: VerifiedItem) -> str:
    return _("Checked by {checker}, {day}", checker=claim.checker, day=wording.format_day(_, claim.on))


def share_text(_: Translator, claim: VerifiedItem) -> str:
    """Return one claim as plain text to copy, with its source and date."""
    source = " ".join(filter(None, (claim.source.publisher, claim.source.url)))
    party = [_("a government checks")] if claim.by_a_party else []
    return "\n".join(
        [
            f"“{claim.claim}”",
            _format_verdict(_, claim),
            _format_check(_, claim),
            *party,
            _("Source: ") + source,
        ]
    )


@per_language
def channels(context: DrawContext) -> Markup:
    """Return channels, independent ones first."""
    listed = information.list_channels(context.release)
    _ = context._
    return table_of(
        listed,
        [
            (_("Channel"), lambda channel: el("span", channel.claim, lang="en")),
            (_("By"), lambda channel: _publisher(_, channel)),
            (_("Kind"), lambda channel: _.pgettext("checker_kind", channel.checker_kind)),
            (_("Seen on"), lambda channel: wording.format_day(_, channel.on)),
            (_("Source"), lambda channel: inline.link_source(channel.source)),
            (_("Note"), lambda channel: el("span", channel.note, lang="en")),
        ],
        caption=_.ngettext("{count} channel", "{count} channels", len(listed)),
        lang=context.lang,
    )


def _publisher(_: Translator, channel: VerifiedItem) -> Markup:
    badge = [el("br"), el("span", _("official"), class_="sk-badge")] if channel.by_a_party else []
    return join([channel.checker, *badge])


@per_language
def contacts(context: DrawContext) -> Markup:
    """Return contacts of institutions: to be confirmed before they are published further."""
    listed = information.list_contacts(context.release)
    _ = context._
    return table_of(
        listed,
        [
            (
                _("Institution"),
                lambda contact: inline.stack_lines(contact.institution, _.pgettext("kind", contact.kind)),
            ),
            (_("Service"), lambda contact: el("span", contact.service, lang="en")),
            (_("Telephone"), lambda contact: contact.phone or _("not found")),
            (_("Website"), lambda contact: link(_("website"), contact.url) if contact.url else "—"),
            (_("Country"), lambda contact: formats.name_country(contact.country, context.lang)),
            (_("Note"), lambda contact: el("span", contact.note, lang="en")),
        ],
        caption=_.ngettext("{count} institution", "{count} institutions", len(listed)),
        lang=context.lang,
    )
