"""The scenes on the record: public tier only, each from a finding or observations with date and source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from utils.analysis import (
    displacement,
    displacement_areas,
    displacement_series,
    donations,
    goods,
    observations,
    overview,
    shelters,
)
from utils.analysis.casualties import list_casualty_findings
from utils.analysis.freshness import assess_freshness, assess_settled
from utils.analysis.model import Finding
from utils.charts.overview import overview_curve
from utils.draw_context import DrawContext
from utils.evening.wall.record_drawings import draw_curve, draw_province_map
from utils.evening.wall.scene import (
    Dated,
    Scene,
    SceneContext,
    date_line,
    keep_together,
    paragraphs,
    publishers_line,
    source_line,
    translated,
)
from utils.maps.overview import overview_map
from utils.text import wording
from utils.text.html import Markup, el
from utils.text.locale import formats

_ROWS: Final = 6
_CURRENCY: Final = "EUR"


def _figure(context: SceneContext, finding: Finding) -> str:
    """Return the figure of a finding, or the word for its absence."""
    _ = context._
    if finding.observation is not None and finding.observation.value is not None:
        return wording.format_quantity(_, finding.observation)
    return _("not published") if finding.absence == "not_published" else _("not found")


def _class(name: str, finding: Finding) -> str:
    """Return the class of a figure; a word for its absence is longer than a number, and smaller."""
    return name if finding.observation is not None else f"{name} absent"


def sentence(context: SceneContext) -> Scene:
    """The crisis in one sentence: the latest figure found, and the highest beside it."""
    _ = context._
    finding = displacement.latest_displaced(context.release, context.today)
    sentences = [
        _.translate(message) for message in overview.summarise_crisis(context.release, context.today)
    ]
    rows = [row for row in (finding.observation,) if row]
    frequency = (
        observations.load_indicators(context.release)[rows[0].indicator].expected_frequency if rows else ""
    )
    return Scene(
        name="sentence",
        title=_("Cambodia–Thailand border crisis"),
        body=el(
            "div",
            el("p", _figure(context, finding), class_=_class("number", finding), data_value=True),
            el("p", _.translate(finding.label), class_="label"),
            paragraphs([sentences[0], *sentences[2:3]], "say"),
            class_="sentence",
        ),
        dated=date_line(_, rows[0], finding.freshness, frequency) if rows else Dated(_("not found")),
        source=source_line(_, context.release, rows),
        address=context.address(""),
        extra=" ".join(_.translate(caveat) for caveat in finding.caveats),
    )


def curve(context: SceneContext) -> Scene:
    """People displaced over time: gaps as gaps, ceasefires as quiet marks."""
    _ = context._
    series = displacement_series.build_national_series(context.release)
    last = series.headline[-1]
    frequency = observations.load_indicators(context.release)[last.indicator].expected_frequency
    return Scene(
        name="curve",
        title=overview_curve(DrawContext(context.release, context.lang, "dark", context.today)).title,
        body=draw_curve(context, series),
        dated=date_line(_, last, assess_freshness(last.as_of, frequency, context.today), frequency),
        source=source_line(_, context.release, series.headline),
        address=context.address("displacement"),
        extra=_("A gap in the line: no count was found."),
    )


def province_map(context: SceneContext) -> Scene:
    """Where people sheltered on the last complete list of provinces."""
    _ = context._
    counted = displacement_areas.latest_complete_day(context.release)
    rows = list(counted.provinces) if counted else []
    total = [counted.total] if counted and counted.total else []
    return Scene(
        name="map",
        title=overview_map(DrawContext(context.release, context.lang, "dark", context.today)).title,
        body=draw_province_map(context, rows),
        dated=date_line(_, total[0], assess_settled(total[0].as_of, context.today))
        if total
        else Dated(_("not found")),
        source=source_line(_, context.release, rows),
        address=context.address("displacement", **({"day": counted.day.isoformat()} if counted else {})),
        extra=_("Borders are approximate and state no view. Dashed: not agreed everywhere."),
    )


def sheltering(context: SceneContext) -> Scene:
    """Sites last known open, counted by district or province: never one by one."""
    _ = context._
    finding = shelters.count_known_sites(context.release, context.today)
    areas = sorted(shelters.count_sites_by_area(context.release), key=lambda area: -area.count)
    names = observations.load_place_names(context.release, context.lang)

    def name(area: shelters.AreaCount) -> str:
        province = names.get(area.admin1_pcode, area.admin1)
        if not area.admin2:
            return _("{province}, elsewhere", province=province) if _districts(areas, area) else province
        return f"{names.get(area.admin2_pcode, area.admin2)}, {province}"

    bars = [
        (name(area), formats.format_number(area.count, context.lang), float(area.count), "sites")
        for area in areas[:_ROWS]
    ]
    rows = [finding.observation] if finding.observation else []
    frequency = observations.load_indicators(context.release)["sites_open"].expected_frequency
    left = sum(area.count for area in areas[_ROWS:])
    beside = [
        _(
            "{label}: {figure}",
            label=translated(_, item.label),
            figure=wording.format_quantity(_, item.observation),
        )
        for item in finding.beside
    ]
    title = _(
        "{count} sites last known open in our record, counted by district and province",
        count=wording.format_value(_, rows[0]) if rows else _("not found"),
    )
    return Scene(
        name="shelters",
        title=title,
        body=el(
            "div",
            bar_list(bars),
            el(
                "p",
                _.ngettext("{count} more site elsewhere", "{count} more sites elsewhere", left),
                class_="say",
            )
            if left
            else None,
        ),
        dated=date_line(_, rows[0], finding.freshness, frequency) if rows else Dated(_("not found")),
        source=source_line(_, context.release, rows),
        address=context.address("shelters"),
        extra=" · ".join(beside),
    )


def _districts(areas: Sequence[shelters.AreaCount], area: shelters.AreaCount) -> bool:
    return any(other.admin1_pcode == area.admin1_pcode and other.admin2 for other in areas)


def bar_list(bars: Sequence[tuple[str, str, float, str]], *, stacked: bool = False) -> Markup:
    """Return bars as a list: name, figure, length, class; ``stacked`` under names where texts are long."""
    longest = max((length for _name, _figure, length, _class in bars), default=1.0) or 1.0
    return el(
        "ul",
        *(
            el(
                "li",
                el("span", name, class_="name"),
                el(
                    "span",
                    el("span", class_=f"bar {class_}", style=f"width:{length / longest * 100:.1f}%"),
                    class_="track",
                ),
                el("b", figure),
            )
            for name, figure, length, class_ in bars
        ),
        class_="bars stacked" if stacked else "bars",
    )


def documented(context: SceneContext) -> Scene:
    """Documented donations in slices that stay apart; promises below, outside the total."""
    _ = context._
    finding = donations.documented_total(context.release, _CURRENCY, context.today)
    shown = [
        (translated(_, part.name), part.total, part.key)
        for part in donations.sum_by_slice(context.release, _CURRENCY)
    ]
    promised = [gift for gift in donations.list_pledges(context.release, _CURRENCY) if gift.converted]
    pledged = donations.sum_gifts("pledged", promised, _CURRENCY)
    shown.append((translated(_, donations.SLICE_NAMES["pledged"]), pledged, "pledged"))
    rows = [finding.observation] if finding.observation else []
    return Scene(
        name="donations",
        title=_(
            "Documented so far: {amount}. A floor, never the total raised",
            amount=keep_together(wording.format_quantity(_, rows[0])) if rows else _("not found"),
        ),
        body=bar_list(
            [
                (name, wording.format_quantity(_, total), total.value or 0.0, key)
                for name, total, key in shown
            ],
            stacked=True,
        ),
        dated=Dated(_("Newest dated gift: {day}", day=wording.format_as_of(_, rows[0])))
        if rows
        else Dated(_("not found")),
        source=source_line(_, context.release, rows),
        address=context.address("donations", currency=_CURRENCY),
        extra=_("Each gift at the European Central Bank's rate of its day."),
    )


def gift_to_place(context: SceneContext) -> Scene:
    """From gift to place: the provinces that documented gifts of goods name."""
    _ = context._
    named = goods.count_goods_by_province(context.release)
    names = observations.load_place_names(context.release, context.lang)
    gifts = {line.gift.row_id: line.gift for line in goods.list_goods(context.release) if line.province}
    days = [gift.day for gift in gifts.values() if gift.day and gift.dated]
    publishers = sorted({gift.source.publisher for gift in gifts.values()})
    return Scene(
        name="places",
        title=_("From gift to place: where documented goods went, by number of gifts"),
        body=bar_list(
            [
                (
                    names.get(code, code),
                    _.ngettext("{count} gift", "{count} gifts", count),
                    float(count),
                    "relief",
                )
                for code, count in named[:_ROWS]
            ]
        ),
        dated=Dated(_("Newest dated gift: {day}", day=max(days))) if days else Dated(_("undated")),
        source=publishers_line(_, publishers),
        address=context.address("donations"),
        extra=_("A gift that names several provinces stands under each. Not found is not zero."),
    )


def casualties(context: SceneContext) -> Scene:
    """Killed and injured, each with who counted. Shown only where a committee switched it on."""
    _ = context._
    findings = list_casualty_findings(context.release, context.today)
    rows = [finding.observation for finding in findings if finding.observation]
    return Scene(
        name="casualties",
        title=_("Killed and injured, as each side's authorities counted"),
        body=el(
            "ul",
            *(
                el(
                    "li",
                    el("b", _figure(context, finding), class_=_class("figure", finding)),
                    el("span", _.translate(finding.label)),
                )
                for finding in findings
            ),
            class_="facts-list",
        ),
        dated=Dated(_("Date: {day}", day=max(row.as_of or date.min for row in rows)))
        if rows
        else Dated(_("not found")),
        source=source_line(_, context.release, rows),
        address=context.address(""),
    )
