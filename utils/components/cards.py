"""Figure cards: the number, what it counts, date, who counted, source, age; what differs one tap away.

The folded part says what may be printed and leads to the page of the figure, which holds the rest:
a card is on every page and stays light.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from utils.analysis import press_guidance
from utils.analysis.figures import figure_id
from utils.analysis.model import Age, Finding, Observation
from utils.components import addresses, words
from utils.components.notices import kind_of, unavailable
from utils.draw_context import DrawContext
from utils.releases import Release, TableUnavailable
from utils.text.html import Markup, el, join
from utils.text.locale import Message, Translator, formats


def folded(_: Translator, inside: Markup) -> Markup:
    """Return a part that tells of victims, closed until it is asked for."""
    summary = _("Content note: people killed or injured. Open to read.")
    return el("details", el("summary", summary), inside, class_="sk-more sk-grave")


def unavailable_card(_: Translator, name: str, missing: TableUnavailable) -> Markup:
    """Return what stands in the place of a card whose table is missing or withdrawn."""
    title, text = unavailable(_, name, missing)
    return el(
        "div",
        el("strong", title),
        el("p", text),
        class_=f"sk-card sk-notice-{kind_of(missing)}",
        role="listitem",
    )


def grid(_: Translator, drawn: Iterable[Markup], *, label: str = "") -> Markup:
    """Return cards as a list that reflows."""
    return el("div", *drawn, class_="sk-cards", role="list", aria_label=label or None, lang=_.lang)


def card(_: Translator, release: Release, finding: Finding, *, today: date, whole: bool = False) -> Markup:
    """Return one card. Its number never stands without its date and source.

    ``whole`` is the card on the page of its own figure: unfolded, and without what that page adds.
    """
    observation = finding.observation
    return el(
        "div",
        el("h3", _.translate(finding.label), class_="sk-card-label"),
        _number(_, finding),
        _facts(_, release, finding) if observation else None,
        _change(_, finding),
        *(
            el(
                "p",
                el("b", number_link(_, beside.observation)),
                " ",
                _.translate(beside.label),
                " · ",
                None if _tells_day(beside.label) else join([words.as_of(_, beside.observation), " · "]),
                short_source(_, release, beside.observation),
                class_="sk-card-beside",
            )
            for beside in finding.beside
        ),
        *(el("p", _.translate(caveat), class_="sk-card-caveat") for caveat in finding.caveats),
        _more(_, release, finding, today=today, whole=whole),
        class_="sk-card",
        role="listitem",
        data_figure=finding.key,
    )


def _tells_day(label: Message) -> bool:
    """Return whether a label already tells the day of its figure."""
    return any(name == "day" for name, _value in label.parameters)


def _number(_: Translator, finding: Finding) -> Markup:
    observation = finding.observation
    if observation is None or observation.value is None:
        words_of_absence = {
            "not_found": _("not found"),
            "not_published": _("not published"),
            "withheld": _("withheld"),
            "": _("not found"),
        }
        return el("p", words_of_absence[finding.absence], class_="sk-number sk-absent")
    prefix = words.qualifier(_, observation)
    return el(
        "p",
        el("span", prefix + " ", class_="sk-qualifier") if prefix else None,
        el("span", words.quantity(_, observation), data_value=True),
        class_="sk-number",
    )


def _facts(_: Translator, release: Release, finding: Finding) -> Markup:
    observation = finding.observation
    assert observation is not None  # noqa: S101  # narrowed by the caller
    return el(
        "div",
        el("p", words.as_of(_, observation), " ", _badge(_, finding), class_="sk-card-date"),
        el("p", words.counter(_, release, observation), class_="sk-card-who")
        if observation.counted_by
        else None,
        el(
            "p",
            _("Source: ") if observation.source else None,
            sources(_, observation),
            class_="sk-card-source",
        ),
        class_="sk-card-facts",
    )


def _badge(_: Translator, finding: Finding) -> Markup | None:
    age = finding.freshness.age
    if age is Age.FRESH:
        return None
    return el("span", words.age(_, finding.freshness), class_=f"sk-badge sk-badge-{age}")


def _change(_: Translator, finding: Finding) -> Markup | None:
    change = finding.change
    if change is None:
        return None
    return el(
        "p",
        _(
            "{difference} since {day}, same count by the same publisher",
            difference=words.signed(_, change.difference),
            day=words.as_of(_, change.since),
        ),
        class_="sk-card-change",
    )


def _more(_: Translator, release: Release, finding: Finding, *, today: date, whole: bool) -> Markup:
    parts: list[Markup | None] = []
    count = len(finding.contradicted_by)
    summary = (
        _.ngettext("{count} figure differs", "{count} figures differ", count)
        if count
        else _("About this figure")
    )
    if finding.contradicted_by and not whole:
        parts.append(differing(_, release, finding))
    if finding.context:
        parts.append(el("p", _.translate(finding.context)))
    parts.append(el("p", el("b", _("Why this figure: ")), _.translate(finding.why)))
    if finding.definition:
        parts.append(el("p", el("b", _("Definition: ")), _.pgettext("definition", finding.definition)))
    observation = finding.observation
    if observation and observation.note:
        parts.append(note(_, observation.note))
    if observation and not whole:
        parts += [*_sayings(_, release, finding, today), _whole(_, finding)]
    name = summary if not whole else _("About this figure")
    return el("details", el("summary", name), *parts, class_="sk-more", open=whole)


def _sayings(_: Translator, release: Release, finding: Finding, today: date) -> list[Markup]:
    """Return what may be printed of a figure and what may not."""
    may = press_guidance.may_say(release, finding)
    may_not = press_guidance.may_not_say(release, finding, today)
    if not may:
        return []
    return [
        el("p", el("b", _("You may say: ")), *(_.translate(sentence) for sentence in may)),
        el("p", el("b", _("You may not say: "))),
        el("ul", *(el("li", _.translate(sentence)) for sentence in may_not), class_="sk-differ"),
    ]


def _whole(_: Translator, finding: Finding) -> Markup:
    """Return the link to the page of a figure, by the id of its row where it is one."""
    identity = figure_id(finding)
    return el(
        "p",
        addresses.figure_link(_, _("History, citations, link, how to challenge it"), identity),
        " ",
        el("code", identity),
    )


def differing(_: Translator, release: Release, finding: Finding) -> Markup:
    """Return the figures that differ, each with the difference, date, who counted and source."""
    return el(
        "ul",
        *(
            el(
                "li",
                el("b", number_link(_, difference.observation)),
                ", ",
                _.translate(difference.words),
                " · ",
                words.as_of(_, difference.observation),
                " · ",
                short_source(_, release, difference.observation),
                note(_, difference.observation.note, inline=True) if difference.observation.note else None,
            )
            for difference in press_guidance.differences(finding)
        ),
        class_="sk-differ",
    )


def number_link(_: Translator, observation: Observation) -> Markup:
    """Return a number with its qualifier, as a link to all that is known of it."""
    return addresses.figure_link(_, words.qualified(_, observation), observation.observation_id)


def short_source(_: Translator, release: Release, observation: Observation) -> Markup:
    """Return who counted and who printed it, in one line."""
    who = words.counter_short(_, release, observation) if observation.counted_by else None
    return join([el("span", who, " · ") if who else None, sources(_, observation)])


def sources(_: Translator, observation: Observation) -> Markup:
    """Return the source of a figure with its grade, linked where it may be; several are counted."""
    source = observation.source
    if source is None:
        count = len(observation.sources)
        if not count:
            return el("span", _("our own count from the record"))
        return el("span", _.ngettext("{count} source", "{count} sources", count))
    published = formats.partial_date(source.published_on, _.lang) if source.published_on else ""
    return el(
        "span",
        words.source_link(source),
        f", {published}" if published else "",
        f" ({source.grade})",
        class_="sk-source",
    )


def note(_: Translator, written: str, *, inline: bool = False) -> Markup:
    """Return a note of the record in the language it was written in."""
    return el("span" if inline else "p", written, lang="en", class_="sk-note")


def source_line(context: DrawContext, observations: Iterable[Observation]) -> Markup:
    """Return the line under a chart: newest as-of date, who counted, publishers."""
    _ = context._
    rows = list(observations)
    dates = [row.as_of for row in rows if row.as_of]
    counted = {row.counted_by: row for row in rows if row.counted_by}
    counters = sorted({words.counter_short(_, context.release, row) for row in counted.values()})
    publishers = sorted({source.publisher for row in rows for source in row.sources})
    shown = publishers[:4]
    parts = [_("Newest figure: {day}", day=max(dates)) if dates else _("undated")]
    if counters:
        parts.append(_("Counted by: {names}", names=", ".join(counters)))
    more = len(publishers) - len(shown)
    listed = ", ".join(shown)
    if more > 0:
        listed = _.ngettext("{listed} and {count} more", "{listed} and {count} more", more, listed=listed)
    parts.append(_("Sources: {names}", names=listed))
    return el("p", " · ".join(parts), class_="sk-foot")
