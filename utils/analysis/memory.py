"""What the record says of memory and meaning: few sentences, each attributed to its speaker."""

from __future__ import annotations

from dataclasses import dataclass

from utils.analysis import crisis_phases, events, observations, organisations
from utils.analysis.model import SourceRef
from utils.releases import Release, per_release
from utils.text.locale import Message, lazy_gettext


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences and the sources they come from."""

    text: Message
    sources: tuple[SourceRef, ...]


@per_release
def paragraphs(release: Release) -> tuple[Paragraph, ...]:
    """Return the paragraphs of the page."""
    known = observations.sources(release)
    article = (known[organisations.ARTICLE],)
    peace = events.remembrance(release)
    truces = crisis_phases.ceasefires(release)
    return (
        Paragraph(
            lazy_gettext(
                "The article this record started from reads the mobilisation as an act of memory: of exile, "
                "and of the genocide of the 1970s that scattered families over the world. That is its "
                "reading; the record holds no figure of it."
            ),
            article,
        ),
        Paragraph(
            lazy_gettext(
                "It calls the mobilisation apolitical and speaks of resilience, pride and hope for peace. "
                "This page keeps to what was said and by whom, and shows the losses of both sides."
            ),
            article,
        ),
        Paragraph(
            lazy_gettext(
                "Two truces ended a round of fighting: on {first} and on {second}.",
                first=truces[0].on,
                second=truces[-1].on,
            ),
            tuple(truce.source for truce in truces),
        ),
        Paragraph(
            lazy_gettext(
                "{count} walks, prayers and rallies in the record name peace or the dead.",
                count=len(peace),
            ),
            tuple({event.source.source_id: event.source for event in peace}.values()),
        ),
    )
