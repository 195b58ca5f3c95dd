"""Figure cards: the number, what it counts, date, who counted, source, age; what differs one tap away.

The folded part says what may be printed and leads to the page of the figure, which holds the rest:
a card is on every page and stays light.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from utils.analysis import press_guidance
from utils.analysis.figures import identify_figure
from utils.analysis.model import Age, Beside, Finding, Observation
from utils.components import addresses, inline
from utils.components.notices import kind_of, unavailable
from utils.draw_context import DrawContext
from utils.releases import Release, TableUnavailable
from utils.text import wording
from utils.text.html import Markup, el, join
from utils.text.locale import Translator

_NAMED: Final = 2
"""Publishers that the line under a drawing names; of more it gives the number."""


def fold_grave(_: Translator, inside: Markup) -> Markup:
    """Return a part about victims, closed until it is asked for."""
    summary = _("Content note: people killed or injured. Open to read.")
    return inline.fold(summary, inside, class_="sk-more sk-grave")


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
        _facts(_, release, finding, observation) if observation else None,
        _change(_, finding),
        *(_beside(_, release, beside) for beside in finding.beside),
        *(el("p", _.translate(caveat), class_="sk-card-caveat") for caveat in finding.caveats),
        _more(_, release, finding, today=today, whole=whole),
        class_="sk-card",
        role="listitem",
        data_figure=finding.key,
    )


def _beside(_: Translator, release: Release, beside: Beside) -> Markup:
    """Return another figure that belongs to a card, with its day unless its label holds it."""
    row, label = beside.observation, beside.label
    has_day = any(name == "day" for name, _value in label.parameters)
    return el(
        "p",
        el("b", link_number(_, row)),
        f" {_.translate(label)} · ",
        None if has_day else f"{wording.format_as_of(_, row)} · ",
        short_source(_, release, row),
        class_="sk-card-beside",
    )


def _number(_: Translator, finding: Finding) -> Markup:
    observation = finding.observation
    if observation is None or observation.value is None:
        reasons = {"not_published": _("not published"), "withheld": _("withheld")}
        absence = reasons.get(finding.absence, _("not found"))
        return el("p", absence, class_="sk-number sk-absent")
    prefix = wording.format_qualifier(_, observation)
    return el(
        "p",
        el("span", prefix + " ", class_="sk-qualifier") if prefix else None,
        el("span", wording.format_value(_, observation), data_value=True),
        class_="sk-number",
    )


def _facts(_: Translator, release: Release, finding: Finding, row: Observation) -> Markup:
    counter = el("p", wording.name_counter(_, release, row), class_="sk-card-who") if row.counted_by else None
    prefix = _("Source: ") if row.source else None
    return el(
        "div",
        el("p", wording.format_as_of(_, row), " ", _badge(_, finding), class_="sk-card-date"),
        counter,
        el("p", prefix, sources(_, row), class_="sk-card-source"),
        class_="sk-card-facts",
    )


def _badge(_: Translator, finding: Finding) -> Markup | None:
    age = finding.freshness.age
    if age is Age.FRESH:
        return None
    return el("span", wording.format_age(_, finding.freshness), class_=f"sk-badge sk-badge-{age}")


def _change(_: Translator, finding: Finding) -> Markup | None:
    change = finding.change
    if change is None:
        return None
    return el(
        "p",
        _(
            "{difference} since {day}, same count by the same publisher",
            difference=wording.format_difference(_, change.difference),
            day=wording.format_as_of(_, change.since),
        ),
        class_="sk-card-change",
    )


def _more(_: Translator, release: Release, finding: Finding, *, today: date, whole: bool) -> Markup:
    count = len(finding.contradicted_by)
    row = finding.observation
    summary = _("About this figure")
    parts: list[Markup] = []
    if count and not whole:
        summary = _.ngettext("{count} figure differs", "{count} figures differ", count)
        parts.append(_differences(_, release, finding))
    if finding.context:
        parts.append(el("p", _.translate(finding.context)))
    parts.append(el("p", el("b", _("Why this figure: ")), _.translate(finding.why)))
    if finding.definition:
        parts.append(el("p", el("b", _("Definition: ")), _.pgettext("definition", finding.definition)))
    if row:
        parts.append(note(row.note))
    if row and not whole:
        parts += [*_guidance(_, release, finding, today), _link_page(_, finding)]
    return el("details", el("summary", summary), *parts, class_="sk-more", open=whole)


def _guidance(_: Translator, release: Release, finding: Finding, today: date) -> list[Markup]:
    """Return what may be printed of a figure and what may not."""
    may = press_guidance.write_safe_sentences(release, finding)
    may_not = press_guidance.list_untrue_statements(release, finding, today)
    if not may:
        return []
    return [
        el("p", el("b", _("You may say: ")), *map(_.translate, may)),
        el("p", el("b", _("You may not say: "))),
        inline.bullets(map(_.translate, may_not), class_="sk-differ"),
    ]


def _link_page(_: Translator, finding: Finding) -> Markup:
    """Return the link to the page of a figure, by the id of its row where it is one."""
    identity = identify_figure(finding)
    label = _("History, citations, link, how to challenge it")
    return el("p", addresses.figure_link(_, label, identity), " ", el("code", identity))


def _differences(_: Translator, release: Release, finding: Finding) -> Markup:
    """Return the figures that differ, each with the difference, date, who counted and source."""
    lines = (
        join(
            [
                el("b", link_number(_, difference.observation)),
                f", {_.translate(difference.words)} · ",
                wording.format_as_of(_, difference.observation),
                " · ",
                short_source(_, release, difference.observation),
                note(difference.observation.note, inline=True),
            ]
        )
        for difference in press_guidance.list_differences(finding)
    )
    return inline.bullets(lines, class_="sk-differ")


def link_number(_: Translator, observation: Observation) -> Markup:
    """Return a number with its qualifier, as a link to all that is known of it."""
    return addresses.figure_link(_, wording.format_quantity(_, observation), observation.observation_id)


def short_source(_: Translator, release: Release, observation: Observation) -> Markup:
    """Return who counted and who printed it, in one line."""
    who = wording.abbreviate_counter(_, release, observation) if observation.counted_by else None
    return join([el("span", who, " · ") if who else None, sources(_, observation)])


def sources(_: Translator, observation: Observation) -> Markup:
    """Return the source of a figure with its grade, linked where it may be; several are counted."""
    if observation.source is not None:
        return el("span", inline.link_dated_source(_, observation.source), class_="sk-source")
    count = len(observation.sources)
    if not count:
        return el("span", _("our own count from the record"))
    return el("span", _.ngettext("{count} source", "{count} sources", count))


def note(text: str, *, inline: bool = False) -> Markup:
    """Return a note of the record in the language it was written in, nothing where there is none."""
    return el("span" if inline else "p", text, lang="en", class_="sk-note") if text else Markup()


def source_line(context: DrawContext, observations: Iterable[Observation]) -> Markup:
    """Return the line under a chart: newest as-of date, who counted, who published or how many."""
    _ = context._
    rows = list(observations)
    dates = [row.as_of for row in rows if row.as_of]
    counters = {wording.abbreviate_counter(_, context.release, row) for row in rows if row.counted_by}
    publishers = {source.publisher for row in rows for source in row.sources}
    parts = [_("Newest figure: {day}", day=max(dates)) if dates else _("undated")]
    if counters:
        parts.append(_("Counted by: {names}", names=", ".join(sorted(counters))))
    if len(publishers) > _NAMED:
        parts.append(_.ngettext("{count} source", "{count} sources", len(publishers)))
    else:
        parts.append(_("Sources: {names}", names=", ".join(sorted(publishers))))
    return el("p", " · ".join(parts), class_="sk-foot")
