"""The state of the crisis in at most 150 words, ready to send on: plain text, dated, with its address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from utils.analysis import overview
from utils.analysis.changelog import Announcement
from utils.draw_context import DrawContext
from utils.text.locale.digits import find_digit_parameters

MOST_WORDS: Final = 150
WEEK: Final = timedelta(days=7)


def write_digest(context: DrawContext, announcements: Sequence[Announcement], base: str) -> str:
    """Return the digest of the week before ``context.today``, in paragraphs; ``base`` is our address."""
    _, today = context._, context.today
    recent = [entry for entry in announcements if today - WEEK < entry.at.date() <= today]
    added, corrected = (sum(entry.count(kind) for entry in recent) for kind in ("added", "corrected"))
    withdrawn = sum(entry.count("withdrawn") for entry in recent)
    week = (
        _(
            "In the last seven days: {added} rows added, {corrected} corrected, {withdrawn} withdrawn.",
            added=added,
            corrected=corrected,
            withdrawn=withdrawn,
        )
        if added or corrected or withdrawn
        else _("In the last seven days nothing was added, corrected or withdrawn.")
    )
    paragraphs = (
        _("Cambodia–Thailand border crisis, {day}", day=today),
        " ".join(_.translate(sentence) for sentence in overview.summarise_crisis(context.release, today)),
        week,
        _("Every figure is the latest found, never “now”: it carries its date and source."),
        _("Data release {release}.", release=context.release.release_id),
        f"{base}?{urlencode(find_digit_parameters(_.lang))}",
    )
    return "\n\n".join(paragraphs) + "\n"
