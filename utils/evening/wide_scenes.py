"""Beyond the record of the border: who acted for whom around the world, and how to give tonight."""

from __future__ import annotations

from typing import Final

from utils.analysis import events
from utils.evening import codes, say
from utils.evening.codes import GiftCode
from utils.evening.scene import Dated, Scene, Stage, code
from utils.evening.scenes import bar_list
from utils.text.html import Markup, el
from utils.text.locale import Translator, formats

_ROWS: Final = 6
_PUBLISHERS: Final = 3


def around_the_world(stage: Stage) -> Scene:
    """Acts of solidarity by country: marches, collections, deliveries, petitions that are documented."""
    _ = stage._
    found = events.by_country(stage.release, stage.today)
    acts = [act for _country, listed in found for act in listed]
    publishers = sorted({act.source.publisher for act in acts})
    listed = ", ".join(publishers[:_PUBLISHERS])
    more = len(publishers) - _PUBLISHERS
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
                        formats.country(country, stage.lang),
                        formats.number(len(rows), stage.lang),
                        float(len(rows)),
                        "relief",
                    )
                    for country, rows in found[:_ROWS]
                ]
            ),
            el("p", _.n("{count} more country", "{count} more countries", left), class_="say")
            if left > 0
            else None,
        ),
        dated=Dated(_("Newest dated act: {day}", day=max(act.on for act in acts if act.on)))
        if acts
        else Dated(_("not found")),
        source=_(
            "Sources: {names}",
            names=_.n("{listed} and {count} more", "{listed} and {count} more", more, listed=listed)
            if more > 0
            else listed,
        ),
        address=stage.address("solidarity"),
        extra=_("Marches, collections, deliveries and petitions. What nobody reported is not here."),
    )


def how_to_give(stage: Stage) -> Scene:
    """Donation codes that a person checked; of every other one, why it is not shown."""
    _ = stage._
    found = codes.readable()
    good = [one for one in found or () if one.state(stage.today) == "good"]
    hidden = [say.why_hidden(_, one, stage.today) for one in found or () if one not in good]
    if found is None:
        hidden = [_.msg(codes.UNREAD_CODES)]
    elif not found:
        hidden = [_("No donation code was checked yet. Ask at the tables how to give.")]
    return Scene(
        name="give",
        title=_("How to give tonight"),
        body=el(
            "div",
            el("div", *(_drawn(_, one) for one in good), class_=f"gift-codes gift-codes-{len(found or ())}")
            if good
            else None,
            *(el("p", line, class_="say") for line in hidden),
        ),
        dated=Dated(
            _("Oldest check of a code: {day}", day=min(one.checked_on or stage.today for one in good))
        )
        if good
        else Dated(_("not checked")),
        source=_("Samaki takes no money: each code leads to the organisation."),
        address=stage.address("donations"),
        extra=_("The small code opens documented donations, not a gift."),
    )


def _drawn(_: Translator, one: GiftCode) -> Markup:
    until = one.valid_until
    return el(
        "figure",
        el("div", code(one.address), class_="square"),
        el(
            "figcaption",
            el("b", one.institution),
            el("span", say.checked(_, one)),
        ),
        class_="gift-code",
        data_address=one.address,
        data_until=until.isoformat() if until else None,
        data_expired=say.expired(_, one),
    )
