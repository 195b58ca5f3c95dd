"""Every chart, map and table that can be taken away, under the filters of its page.

A view is found by its name; its filters have the names, codes and defaults that the page keeps in the
address, so that a file, an image and an embed are what was on screen. A stale or hostile value falls
back to the default, as it does on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from utils.charts.drawing import Drawing
from utils.exports.dataset import Sheet
from utils.maps.model import DrawnMap
from utils.product.palette import Theme
from utils.releases import Release
from utils.text.locale import Message, Translator

Chosen = Mapping[str, str]
Draw = Callable[[Release, str, Theme, Chosen], Drawing | DrawnMap | None]
TEXT_LENGTH: Final = 80
ALL: Final = "all"
"""The code of a filter that lets everything through."""


class UnknownView(Exception):
    """No chart, map or table has this name, or there is nothing to show under these filters."""

    def __init__(self, *, name: str) -> None:
        super().__init__(f"no view {name[:40]!r}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of a page: its parameter in the address, codes, default and words.

    ``codes`` and ``default`` see what the filters before it chose; ``codes`` is ``None`` for free text.
    ``always``: the page has no default of its own, so that the address and the file name tell every value.
    ``every`` is what the page calls the code :data:`ALL`, where that is one of the codes.
    """

    name: str
    label: Message
    codes: Callable[[Release, Chosen], Sequence[str]] | None
    default: Callable[[Release, Chosen], str]
    show: Callable[[Translator, Release, str], str]
    always: bool = False
    every: Message | None = None

    def choose(self, release: Release, asked: str | None, before: Chosen) -> str:
        """Return the value asked for where it is one of ours, else the default."""
        if asked is not None:
            if self.codes is None:
                return " ".join(asked.split())[:TEXT_LENGTH]
            if asked in self.codes(release, before):
                return asked
        return self.default(release, before)


@dataclass(frozen=True, slots=True)
class View:
    """A chart, map or table. ``draw`` is ``None`` for a table; ``words`` are its title and subtitle.

    ``placed``: its rows may be places, so that it can be written as GeoJSON. ``held`` tells whether a
    release has what a view of an organisation's own tables needs; ``None`` where each has.
    """

    name: str
    page: str
    sheet: Callable[[Release, Chosen], Sheet]
    words: Callable[[Translator, Release, Chosen], tuple[str, str]]
    filters: tuple[Filter, ...] = ()
    draw: Draw | None = None
    placed: bool = False
    held: Callable[[Release], bool] | None = None

    def is_in(self, release: Release) -> bool:
        """Return whether a release has this view."""
        return self.held is None or self.held(release)

    def choose(self, release: Release, asked: Mapping[str, str]) -> dict[str, str]:
        """Return a value for every filter, from what is asked and the defaults.

        Raises :class:`UnknownView` where the release lacks this view.
        """
        if not self.is_in(release):
            raise UnknownView(name=self.name)
        chosen: dict[str, str] = {}
        for one in self.filters:
            chosen[one.name] = one.choose(release, asked.get(one.name), chosen)
        return chosen

    def changed(self, release: Release, chosen: Chosen) -> dict[str, str]:
        """Return the filters that differ from their defaults, as the address holds them."""
        return {
            one.name: chosen[one.name]
            for one in self.filters
            if one.always or chosen[one.name] != one.default(release, chosen)
        }

    def told(self, _: Translator, release: Release, chosen: Chosen) -> tuple[tuple[str, str], ...]:
        """Return the filters in words: label and value."""
        return tuple(
            (_.msg(one.label), one.show(_, release, chosen[one.name]))
            for one in self.filters
            if chosen[one.name]
        )

    def drawn(self, release: Release, lang: str, theme: Theme, chosen: Chosen) -> Drawing | DrawnMap:
        """Return the chart or map. Raises :class:`UnknownView` for a table, or where nothing is drawn."""
        made = self.draw(release, lang, theme, chosen) if self.draw else None
        if made is None:
            raise UnknownView(name=self.name)
        return made


def criteria(chosen: Chosen, text: str = "q") -> dict[str, str]:
    """Return what a list is asked for: filters by name, and the words of one of them as ``text``."""
    return {"text" if name == text else name: value for name, value in chosen.items()}


def table(
    name: str,
    page: str,
    title: Message,
    sheet: Callable[[Release, Chosen], Sheet],
    *own: Filter,
    placed: bool = False,
) -> View:
    """Return the view of a table or list."""
    return View(
        name,
        page,
        sheet,
        lambda _, _release, _chosen: (_.msg(title), ""),
        own,
        placed=placed,
    )


def by_name(views: Iterable[View]) -> Mapping[str, View]:
    """Return views by name. Raises ``ValueError`` where two have the same name."""
    listed = tuple(views)
    found = {view.name: view for view in listed}
    if len(found) != len(listed):
        raise ValueError("two views have the same name")
    return found
