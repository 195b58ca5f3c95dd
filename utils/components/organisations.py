"""The list of organisations: who, where, in which role, what they gave or did, who says so."""

from __future__ import annotations

from utils.analysis import organisations
from utils.analysis.city_names import name_city
from utils.analysis.organisations import STATES, Organisation
from utils.components import inline
from utils.components.addresses import language_address
from utils.components.donations import format_gift
from utils.components.inline import SHORT_LIST
from utils.components.tables import Listing, listing
from utils.draw_context import DrawContext
from utils.text.html import Child, Markup, el, join, link
from utils.text.locale import Translator, formats


def list_organisations(context: DrawContext, **filters: str) -> Listing:
    """Return organisations."""
    shown = organisations.filter_organisations(context.release, **filters)
    _ = context._
    return listing(
        shown,
        [
            (_("Organisation"), lambda organisation: _name(_, organisation)),
            (_("Status"), lambda organisation: _status(_, organisation)),
            (_("Kind and roles"), lambda organisation: _kind_and_roles(_, organisation)),
            (_("Place"), lambda organisation: _place(context, organisation)),
            (_("Gave, carried or did"), lambda organisation: _deeds(context, organisation)),
            (_("Sources"), lambda organisation: _sources(_, organisation)),
            (_("Note"), lambda organisation: el("span", organisation.note, lang="en")),
        ],
        caption=_.ngettext("{count} organisation", "{count} organisations", len(shown)),
        parameter="page",
        empty=_("No organisation matches. Clear a filter to see more."),
    )


def _name(_: Translator, organisation: Organisation) -> Markup:
    parts: list[Markup] = [el("b", organisation.name)]
    if organisation.name_local and organisation.name_local != organisation.name:
        parts.append(el("span", f" · {organisation.name_local}", class_="sk-muted"))
    if organisation.only_article:
        parts += [el("br"), inline.warning_badge(_("named by the article alone"))]
    return join(parts)


def _status(_: Translator, organisation: Organisation) -> Markup:
    """Return what it is known to have done with gifts and goods, or that nothing was found."""
    if not organisation.states:
        return inline.absent(_("none found"))
    words = (
        inline.warning_badge(_.translate(STATES[state]))
        if state == "promised"
        else el("span", _.translate(STATES[state]))
        for state in organisation.states
    )
    return join(words, el("br"))


def _kind_and_roles(_: Translator, organisation: Organisation) -> Markup:
    roles = ", ".join(_.pgettext("role", role) for role in organisation.roles)
    return inline.stack_lines(_.pgettext("kind", organisation.kind), roles)


def _place(context: DrawContext, organisation: Organisation) -> Markup:
    city = name_city(context.release, organisation.city, organisation.country, context.lang)
    country = formats.name_country(organisation.country, context.lang) if organisation.country else ""
    place = ", ".join(filter(None, (city, country))) or "—"
    website = link(context._("website"), organisation.website)
    return join([place, *([el("br"), website] if organisation.website else [])])


def _deeds(context: DrawContext, organisation: Organisation) -> Markup:
    """Return what the record holds of an organisation: gifts, deliveries, events; or that none was found."""
    _ = context._
    if not organisation.has_traces:
        return inline.absent(_("none found"))
    query = {"q": organisation.name}
    parts: list[Child] = [
        join([_("gave: "), format_gift(context, gift)]) for gift in organisation.gave[:SHORT_LIST]
    ]
    parts += [
        join([_("promised: "), format_gift(context, gift)]) for gift in organisation.promised[:SHORT_LIST]
    ]
    parts += [
        join([_("received: "), format_gift(context, gift), f" ({gift.donor})"])
        for gift in organisation.received[:SHORT_LIST]
    ]
    listed = (organisation.gave, organisation.promised, organisation.received)
    more = sum(len(gifts[SHORT_LIST:]) for gifts in listed)
    if more:
        label = _.ngettext("{count} more gift", "{count} more gifts", more)
        parts.append(link(label, language_address(context.lang, "donations", query)))
    if organisation.delivered:
        label = _.ngettext("{count} delivery", "{count} deliveries", len(organisation.delivered))
        parts.append(link(label, language_address(context.lang, "relief", query)))
    if organisation.planned:
        label = _.ngettext(
            "{count} promised delivery", "{count} promised deliveries", len(organisation.planned)
        )
        parts.append(link(label, language_address(context.lang, "relief", query)))
    parts += [el("span", act.title, lang="en") for act in organisation.acted[:SHORT_LIST]]
    return inline.bullets(parts, class_="sk-differ")


def _sources(_: Translator, organisation: Organisation) -> Markup:
    shown, more = organisation.sources[:SHORT_LIST], len(organisation.sources) - SHORT_LIST
    return join(
        [
            join((inline.link_graded_source(source) for source in shown), ", "),
            " " + _.ngettext("and {count} more", "and {count} more", more) if more > 0 else None,
        ]
    )
