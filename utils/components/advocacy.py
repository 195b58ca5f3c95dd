"""The list of letters, petitions and motions."""

from __future__ import annotations

from utils.analysis import advocacy
from utils.analysis.advocacy import AdvocacyAct
from utils.components import events, inline
from utils.components.tables import table_of
from utils.draw_context import DrawContext, per_language
from utils.text.html import Markup, el
from utils.text.locale import formats


@per_language
def advocacy_acts(context: DrawContext) -> Markup:
    """Return acts of advocacy with whom they address and what answer was found."""
    acts = advocacy.list_advocacy_acts(context.release)
    _ = context._
    return table_of(
        acts,
        [
            (_("Day"), lambda act: events.format_days(_, act.event)),
            (_("Form"), lambda act: _.pgettext("form", act.form)),
            (_("Act"), lambda act: el("span", act.event.title, lang="en")),
            (
                _("Addressed to"),
                lambda act: el("span", act.addressee, lang="en") if act.addressee else _("the public"),
            ),
            (_("Answer"), lambda act: _answer(context, act)),
            (_("Source"), lambda act: inline.link_source(act.source)),
        ],
        caption=_.ngettext("{count} act of advocacy", "{count} acts of advocacy", len(acts)),
        lang=context.lang,
    )


def _answer(context: DrawContext, act: AdvocacyAct) -> str:
    answer = context._.pgettext("answer", act.answer)
    return (
        f"{answer}, {formats.format_short_day(act.answered_on, context.lang)}" if act.answered_on else answer
    )
