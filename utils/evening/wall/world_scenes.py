"""Beyond the record of the border: who acted for whom around the world, and how to give tonight."""

from __future__ import annotations

from typing import Final

from utils.analysis import events
from utils.evening import amounts, codes
from utils.evening.codes import GiftCode
from utils.evening.wall.record_scenes import bar_list
from utils.evening.wall.scene import Dated, Scene, SceneContext, publishers_line, qr_code
from utils.text.html import Markup, el
from utils.text.locale import Translator, formats

_ROWS: Final = 6


def around_the_world(context: SceneContext) -> Scene:
    """Acts of solidarity by country: marches, collections, deliveries, petitions that are documented."""
    _ = context._
    found = events.group_by_country(context.release, context.today)
    acts = [act for _country, listed in found for act in listed]
    publishers = sorted({act.source.publisher for act in acts})
    left = len(found) - _ROWS
    return Scene(
        name="world",
        title=_(
            "Solidarity around the world: {acts} documented acts in {countries} countries",
            acts=len(acts),
            countries=len(found),
        ),
        body=el(
            "div",
            bar_list(
                [
                    (
                        formats.name_country(country, context.lang),
                        formats.format_number(len(rows), context.lang),
                        float(len(rows)),
                        "relief",
                    )
                    for country, rows in found[:_ROWS]
                ]
            ),
            el("p", _.ngettext("{count} more country", "{count} more countries", left), class_="say")
            if left > 0
            else None,
        ),
        dated=Dated(_("Newest dated act: {day}", day=max(act.on for act in acts if act.on)))
        if acts
        else Dated(_("not found")),
        source=publishers_line(_, publishers),
        address=context.address("solidarity"),
        extra=_("Marches, collections, deliveries and petitions. What nobody reported is not here."),
    )


def how_to_give(context: SceneContext) -> Scene:
    """Donation codes that a person checked; of every other one, why it is not shown."""
    _ = context._
    found = codes.load_or_none()
    good = [code for code in found or () if code.state(context.today) == "good"]
    hidden = [amounts.explain_hidden_code(_, code, context.today) for code in found or () if code not in good]
    if found is None:
        hidden = [_.translate(codes.UNREAD_CODES)]
    elif not found:
        hidden = [_("No donation code was checked yet. Ask at the tables how to give.")]
    return Scene(
        name="give",
        title=_("How to give tonight"),
        body=el(
            "div",
            el("div", *(_drawn(_, code) for code in good), class_=f"gift-codes gift-codes-{len(found or ())}")
            if good
            else None,
            *(el("p", line, class_="say") for line in hidden),
        ),
        dated=Dated(
            _("Oldest check of a code: {day}", day=min(code.checked_on or context.today for code in good))
        )
        if good
        else Dated(_("not checked")),
        source=_("Samaki takes no money: each code leads to the organisation."),
        address=context.address("donations"),
        extra=_("The small code opens documented donations, not a gift."),
    )


def _drawn(_: Translator, gift_code: GiftCode) -> Markup:
    until = gift_code.valid_until
    return el(
        "figure",
        el("div", qr_code(gift_code.address), class_="square"),
        el(
            "figcaption",
            el("b", gift_code.institution),
            el("span", amounts.describe_check(_, gift_code)),
        ),
        class_="gift-code",
        data_address=gift_code.address,
        data_until=until.isoformat() if until else None,
        data_expired=amounts.describe_expiry(_, gift_code),
    )
