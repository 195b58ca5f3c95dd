"""The list of letters, petitions and motions."""

from __future__ import annotations

from utils.analysis import advocacy
from utils.analysis.advocacy import AdvocacyAct
from utils.components import events, words
from utils.components.tables import table
from utils.draw_context import DrawContext, per_language
from utils.text.html import Markup, el
from utils.text.locale import formats


@per_language
def advocacy_acts(context: DrawContext) -> Markup:
    """Return acts of advocacy with whom they address and what answer was found."""
    shown = advocacy.list_advocacy_acts(context.release)
    _ = context._
    return table(
        [_("Day"), _("Form"), _("Act"), _("Addressed to"), _("Answer"), _("Source")],
        [
            [
                events.day(_, act.event),
                _.pgettext("form", act.form),
                el("span", act.event.title, lang="en"),
                el("span", act.addressee, lang="en") if act.addressee else _("the public"),
                _answer(context, act),
                words.source_link(act.source),
            ]
            for act in shown
        ],
        caption=_.ngettext("{count} act of advocacy", "{count} acts of advocacy", len(shown)),
        lang=context.lang,
    )


def _answer(context: DrawContext, act: AdvocacyAct) -> str:
    answer = context._.pgettext("answer", act.answer)
    return (
        f"{answer}, {formats.format_short_day(act.answered_on, context.lang)}" if act.answered_on else answer
    )
