"""The scenes on the record: public tier only, each from a finding or observations with date and source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from utils.analysis import (
    displacement,
    displacement_areas,
    donations,
    goods,
    observations,
    overview,
    places,
    shelters,
)
from utils.analysis.displacement import NationalSeries
from utils.analysis.freshness import freshness, settled
from utils.analysis.model import Finding, Observation
from utils.charts.displacement import overview_curve
from utils.components import words
from utils.draw_context import DrawContext
from utils.evening import drawing
from utils.evening.drawing import Box
from utils.evening.scene import Dated, Scene, Stage, dated, lines, said, source_text, unbroken
from utils.maps.overview import overview_map
from utils.text.html import Markup, el
from utils.text.locale import formats

_HEIGHT: Final = 46.0
_BOUNDS: Final = ((10.3, 102.2), (15.25, 107.75))
_SIDES: Final = {places.OSMACH: "end", places.PREAH_VIHEAR: "start"}
"""Where the name of a landmark goes, so that the two do not meet."""
_ROWS: Final = 6
_MARGIN: Final = 5.0
"""Room to the left of the map for a name."""
_PLACES: Final = {"above": (-0.5, 2.2, "start"), "beside": (1.5, 0.0, "start"), "last": (0.0, 3.2, "end")}
"""Where the number of a point goes: to the right, upwards, and its anchor."""
_CURRENCY: Final = "EUR"
_STEPS: Final = 6


def _figure(stage: Stage, finding: Finding) -> str:
    """Return the figure of a finding, or the word for its absence."""
    _ = stage._
    if finding.observation is not None and finding.observation.value is not None:
        return words.qualified(_, finding.observation)
    return _("not published") if finding.absence == "not_published" else _("not found")


def _class(name: str, finding: Finding) -> str:
    """Return the class of a figure; a word for its absence is longer than a number, and smaller."""
    return name if finding.observation is not None else f"{name} absent"


def sentence(stage: Stage) -> Scene:
    """The crisis in one sentence: the latest figure found, and the highest beside it."""
    _ = stage._
    finding = displacement.latest(stage.release, stage.today)
    said_all = [_.msg(message) for message in overview.sentences(stage.release, stage.today)]
    rows = [row for row in (finding.observation,) if row]
    frequency = observations.indicators(stage.release)[rows[0].indicator].expected_frequency if rows else ""
    return Scene(
        name="sentence",
        title=_("Cambodia–Thailand border crisis"),
        body=el(
            "div",
            el("p", _figure(stage, finding), class_=_class("number", finding), data_value=True),
            el("p", _.msg(finding.label), class_="label"),
            lines([said_all[0], *said_all[2:3]], "say"),
            class_="sentence",
        ),
        dated=dated(_, rows[0], finding.freshness, frequency) if rows else Dated(_("not found")),
        source=source_text(_, stage.release, rows),
        address=stage.address(""),
        extra=" ".join(_.msg(caveat) for caveat in finding.caveats),
    )


def curve(stage: Stage) -> Scene:
    """People displaced over time: gaps as gaps, ceasefires as quiet marks."""
    _ = stage._
    series = displacement.national_series(stage.release)
    last = series.headline[-1]
    frequency = observations.indicators(stage.release)[last.indicator].expected_frequency
    return Scene(
        name="curve",
        title=overview_curve(DrawContext(stage.release, stage.lang, "dark", stage.today)).title,
        body=_curve(stage, series),
        dated=dated(_, last, freshness(last.as_of, frequency, stage.today), frequency),
        source=source_text(_, stage.release, series.headline),
        address=stage.address("displacement"),
        extra=_("A gap in the line: no count was found."),
    )


def _curve(stage: Stage, series: NationalSeries) -> Markup:
    box, top, foot = Box(stage.width, _HEIGHT), 8.0, 6.0
    days = [row.as_of for row in series.headline if row.as_of]
    first, last = min(days), max(days)
    span = max((last - first).days, 1)
    highest = max(row.value or 0 for row in series.headline)
    ceiling = highest * 1.08

    def at(row: Observation) -> tuple[float, float]:
        day = row.as_of or first
        x = 2 + (day - first).days / span * (box.width - 8)
        return x, top + (1 - (row.value or 0) / ceiling) * (box.height - top - foot)

    base = box.height - foot
    shapes = [drawing.line([(0, base), (box.width, base)], "axis")]
    for event in series.ceasefires:
        x = 2 + (event.on - first).days / span * (box.width - 8)
        shapes.append(drawing.line([(x, top - 6), (x, base)], "ceasefire"))
        early = x < box.width / 2
        label = stage._("Ceasefire")
        shapes.append(
            drawing.text(
                label, x + (1 if early else -1), top - 3, at="start" if early else "end", class_="quiet"
            )
        )
    for run in series.runs:
        points = [at(row) for row in run]
        shapes += [drawing.line(points, "curve")] if len(points) > 1 else []
        shapes += [drawing.dot(x, y, 0.7, "curve-dot") for x, y in points]
    for row, anchor in _named(series):
        x, y = at(row)
        label = formats.number(row.value or 0, stage.lang)
        shapes.append(drawing.dot(x, y, 1.1, "curve-dot"))
        shift, rise, side = _PLACES[anchor]
        shapes.append(drawing.text(label, x + shift, y - rise, at=side, class_="strong", size=5))
    for day in (first, last):
        edge = 0.0 if day == first else box.width
        side = "start" if day == first else "end"
        shapes.append(
            drawing.text(formats.short_day(day, stage.lang), edge, box.height - 1.2, at=side, class_="quiet")
        )
    return box.svg(*shapes, label=stage._("People displaced in Cambodia"))


def _named(series: NationalSeries) -> list[tuple[Observation, str]]:
    """Return the highest figure of each round and the last one, with the place of their labels."""
    july = [row for row in series.headline if not displacement.in_second_round(row)]
    december = [row for row in series.headline if displacement.in_second_round(row)]
    peaks = [
        (max(part, key=lambda row: row.value or 0), anchor)
        for part, anchor in ((july, "above"), (december, "beside"))
        if part
    ]
    return [*peaks, (series.headline[-1], "last")]


def province_map(stage: Stage) -> Scene:
    """Where people sheltered on the last complete list of provinces."""
    _ = stage._
    counted = displacement_areas.last_complete(stage.release)
    rows = list(counted.provinces) if counted else []
    total = [counted.total] if counted and counted.total else []
    return Scene(
        name="map",
        title=overview_map(DrawContext(stage.release, stage.lang, "dark", stage.today)).title,
        body=_map(stage, rows),
        dated=dated(_, total[0], settled(total[0].as_of, stage.today)) if total else Dated(_("not found")),
        source=source_text(_, stage.release, rows),
        address=stage.address("displacement", **({"day": counted.day.isoformat()} if counted else {})),
        extra=_("Borders are approximate and state no view. Dashed: not agreed everywhere."),
    )


def _map(stage: Stage, rows: Sequence[Observation]) -> Markup:
    box = Box(stage.width, _HEIGHT)
    where = drawing.ground(box, _BOUNDS, left=_MARGIN)
    highest = max((row.value or 0 for row in rows), default=1)
    shade = {
        row.admin1_pcode: f"step-{min(_STEPS - 1, int((row.value or 0) / highest * _STEPS))}" for row in rows
    }
    shapes = [*drawing.provinces(where, shade), *drawing.lakes(where), *drawing.frontiers(where)]
    for place in places.landmarks(stage.release):
        if place.always and place.lat is not None and place.lon is not None:
            x, y = where.place(place.lon, place.lat)
            shapes.append(drawing.dot(x, y, 0.8, "landmark"))
            side = _SIDES[place.place_id]
            edge = x + (1.2 if side == "start" else 1.0)
            shapes.append(drawing.text(place.names.of(stage.lang), edge, y - 2.0, at=side, class_="halo"))
    points = {
        place.pcode: where.place(place.lon, place.lat)
        for place in places.provinces(stage.release)
        if place.lat is not None and place.lon is not None
    }
    names = observations.place_names(stage.release, stage.lang)
    left = where.place(_BOUNDS[1][1], _BOUNDS[1][0])[0] + 3
    for number, row in enumerate(rows[:_ROWS], 1):
        if row.admin1_pcode in points:
            x, y = points[row.admin1_pcode]
            shapes.append(
                drawing.text(
                    formats.number(number, stage.lang), x, y + 1.4, at="middle", class_="halo strong"
                )
            )
        y = 13.0 + (number - 1) * (box.height - 13) / _ROWS
        name = f"{formats.number(number, stage.lang)}  {names.get(row.admin1_pcode, row.admin1)}"
        shapes.append(drawing.text(name, left, y, class_="plain"))
        figure = formats.number(row.value or 0, stage.lang)
        shapes.append(drawing.text(figure, box.width, y, at="end", class_="strong"))
    return box.svg(*shapes, label=stage._("Map of displaced people by province where they sheltered"))


def sheltering(stage: Stage) -> Scene:
    """Sites last known open, counted by district or province: never one by one."""
    _ = stage._
    finding = shelters.sites_known(stage.release, stage.today)
    areas = sorted(shelters.area_counts(stage.release), key=lambda area: -area.count)
    names = observations.place_names(stage.release, stage.lang)

    def name(area: shelters.AreaCount) -> str:
        province = names.get(area.admin1_pcode, area.admin1)
        if not area.admin2:
            return _("{province}, elsewhere", province=province) if _districts(areas, area) else province
        return f"{names.get(area.admin2_pcode, area.admin2)}, {province}"

    bars = [
        (name(area), formats.number(area.count, stage.lang), float(area.count), "sites")
        for area in areas[:_ROWS]
    ]
    rows = [finding.observation] if finding.observation else []
    frequency = observations.indicators(stage.release)["sites_open"].expected_frequency
    left = sum(area.count for area in areas[_ROWS:])
    beside = [
        _("{label}: {figure}", label=said(_, item.label), figure=words.qualified(_, item.observation))
        for item in finding.beside
    ]
    title = _(
        "{count} sites last known open in our record, counted by district and province",
        count=words.quantity(_, rows[0]) if rows else _("not found"),
    )
    return Scene(
        name="shelters",
        title=title,
        body=el(
            "div",
            bar_list(bars),
            el("p", _.n("{count} more site elsewhere", "{count} more sites elsewhere", left), class_="say")
            if left
            else None,
        ),
        dated=dated(_, rows[0], finding.freshness, frequency) if rows else Dated(_("not found")),
        source=source_text(_, stage.release, rows),
        address=stage.address("shelters"),
        extra=" · ".join(beside),
    )


def _districts(areas: Sequence[shelters.AreaCount], area: shelters.AreaCount) -> bool:
    return any(one.admin1_pcode == area.admin1_pcode and one.admin2 for one in areas)


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


def documented(stage: Stage) -> Scene:
    """Documented donations in slices that stay apart; promises below, outside the total."""
    _ = stage._
    finding = donations.documented(stage.release, _CURRENCY, stage.today)
    shown = [
        (said(_, part.name), part.total, part.key) for part in donations.slices(stage.release, _CURRENCY)
    ]
    promised = [gift for gift in donations.pledges(stage.release, _CURRENCY) if gift.converted]
    pledged = donations.total("pledged", promised, _CURRENCY)
    shown.append((said(_, donations.SLICE_NAMES["pledged"]), pledged, "pledged"))
    rows = [finding.observation] if finding.observation else []
    return Scene(
        name="donations",
        title=_(
            "Documented so far: {amount}. A floor, never the total raised",
            amount=unbroken(words.qualified(_, rows[0])) if rows else _("not found"),
        ),
        body=bar_list(
            [(name, words.qualified(_, total), total.value or 0.0, key) for name, total, key in shown],
            stacked=True,
        ),
        dated=Dated(_("Newest dated gift: {day}", day=words.as_of(_, rows[0])))
        if rows
        else Dated(_("not found")),
        source=source_text(_, stage.release, rows),
        address=stage.address("donations", currency=_CURRENCY),
        extra=_("Each gift at the European Central Bank's rate of its day."),
    )


def gift_to_place(stage: Stage) -> Scene:
    """From gift to place: the provinces that documented gifts of goods name."""
    _ = stage._
    named = goods.provinces_with_goods(stage.release)
    names = observations.place_names(stage.release, stage.lang)
    gifts = {line.gift.row_id: line.gift for line in goods.lines(stage.release) if line.province}
    days = [gift.day for gift in gifts.values() if gift.day and gift.dated]
    publishers = sorted({gift.source.publisher for gift in gifts.values()})
    listed = ", ".join(publishers[:3])
    more = len(publishers) - 3
    return Scene(
        name="places",
        title=_("From gift to place: where documented goods went, by number of gifts"),
        body=bar_list(
            [
                (names.get(code, code), _.n("{count} gift", "{count} gifts", count), float(count), "relief")
                for code, count in named[:_ROWS]
            ]
        ),
        dated=Dated(_("Newest dated gift: {day}", day=max(days))) if days else Dated(_("undated")),
        source=_(
            "Sources: {names}",
            names=_.n("{listed} and {count} more", "{listed} and {count} more", more, listed=listed)
            if more > 0
            else listed,
        ),
        address=stage.address("donations"),
        extra=_("A gift that names several provinces stands under each. Not found is not zero."),
    )


def casualties(stage: Stage) -> Scene:
    """Killed and injured, each with who counted. Shown only where a committee switched it on."""
    _ = stage._
    findings = overview.casualties(stage.release, stage.today)
    rows = [finding.observation for finding in findings if finding.observation]
    return Scene(
        name="casualties",
        title=_("Killed and injured, as each side's authorities counted"),
        body=el(
            "ul",
            *(
                el(
                    "li",
                    el("b", _figure(stage, finding), class_=_class("figure", finding)),
                    el("span", _.msg(finding.label)),
                )
                for finding in findings
            ),
            class_="facts-list",
        ),
        dated=Dated(_("Date: {day}", day=max(row.as_of or date.min for row in rows)))
        if rows
        else Dated(_("not found")),
        source=source_text(_, stage.release, rows),
        address=stage.address(""),
    )
