"""The list of organisations: who, where, in which role, what they gave or did, who says so."""

from __future__ import annotations

from functools import partial

from utils.analysis import organisations as analysis_organisations
from utils.analysis.city_names import name_city
from utils.analysis.organisations import Organisation
from utils.components import words
from utils.components.addresses import language_address
from utils.components.donations import original
from utils.components.tables import Listing, Rows
from utils.draw_context import DrawContext
from utils.text.html import Markup, el, join, link
from utils.text.locale import formats

_FEW = 3


def organisations(context: DrawContext, **filters: str) -> Listing:
    """Return organisations."""
    shown = analysis_organisations.filter_organisations(context.release, **filters)
    _ = context._
    return Listing(
        [
            _("Organisation"),
            _("Kind and roles"),
            _("Place"),
            _("Gave, carried or did"),
            _("Sources"),
            _("Note"),
        ],
        Rows(shown, partial(_row, context)),
        caption=_.ngettext("{count} organisation", "{count} organisations", len(shown)),
        parameter="page",
        empty=_("No organisation matches. Clear a filter to see more."),
    )


def _row(context: DrawContext, organisation: Organisation) -> list[Markup | str]:
    _ = context._
    local = (
        f" · {organisation.name_local}"
        if organisation.name_local and organisation.name_local != organisation.name
        else None
    )
    roles = ", ".join(_.pgettext("role", role) for role in organisation.roles)
    city = name_city(context.release, organisation.city, organisation.country, context.lang)
    country = formats.name_country(organisation.country, context.lang) if organisation.country else ""
    place = ", ".join(filter(None, (city, country)))
    badge = (
        join([el("br"), el("span", _("named by the article alone"), class_="sk-badge sk-badge-overdue")])
        if organisation.only_article
        else None
    )
    return [
        join([el("b", organisation.name), el("span", local, class_="sk-muted") if local else None, badge]),
        join([_.pgettext("kind", organisation.kind), el("br"), el("span", roles, class_="sk-muted")]),
        join(
            [
                place or "—",
                join([el("br"), link(_("website"), organisation.website)]) if organisation.website else None,
            ]
        ),
        _deeds(context, organisation),
        _sources(context, organisation),
        el("span", organisation.note, lang="en"),
    ]


def _deeds(context: DrawContext, organisation: Organisation) -> Markup | str:
    """Return what the record holds of an organisation: gifts, deliveries, events; or that none was found."""
    _ = context._
    if not organisation.has_traces:
        return el("span", _("none found"), class_="sk-absent-word")
    parts: list[Markup] = [
        el("li", _("gave: "), original(context, gift)) for gift in organisation.gave[:_FEW]
    ]
    parts += [
        el("li", _("received: "), original(context, gift), f" ({gift.donor})")
        for gift in organisation.received[:_FEW]
    ]
    more = len(organisation.gave[_FEW:]) + len(organisation.received[_FEW:])
    if more:
        parts.append(
            el(
                "li",
                link(
                    _.ngettext("{count} more row of gifts", "{count} more rows of gifts", more),
                    language_address(context.lang, "donations", {"q": organisation.name}),
                ),
            )
        )
    if organisation.delivered:
        parts.append(
            el(
                "li",
                link(
                    _.ngettext("{count} delivery", "{count} deliveries", len(organisation.delivered)),
                    language_address(context.lang, "relief", {"q": organisation.name}),
                ),
            )
        )
    parts += [el("li", el("span", act.title, lang="en")) for act in organisation.acted[:_FEW]]
    return el("ul", *parts, class_="sk-differ")


def _sources(context: DrawContext, organisation: Organisation) -> Markup:
    _ = context._
    shown, more = organisation.sources[:_FEW], len(organisation.sources) - _FEW
    return join(
        [
            join((join([words.source_link(source), f" ({source.grade})"]) for source in shown), ", "),
            " " + _.ngettext("and {count} more", "and {count} more", more) if more > 0 else None,
        ]
    )
