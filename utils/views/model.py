"""A view: one chart, map or list of a page, with its filters, its drawing and its rows.

A file, a picture and an embed are what was on screen: filters have the names, codes and defaults that
the page keeps in the address. A stale or hostile value falls back to the default, as it does on the page.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from utils.charts.drawing import Drawing
from utils.components.tables import Listing
from utils.draw_context import DrawContext
from utils.exports.dataset import Dataset, list_observations, read_table_rows
from utils.exports.files import UnknownView
from utils.maps.model import DrawnMap
from utils.releases import Release
from utils.text.html import Markup
from utils.text.locale import Message, Translator

Chosen = Mapping[str, str]
"""The code or text of each filter, by the name of the filter."""
Draw = Callable[..., Drawing | DrawnMap | Listing | Markup | None]
"""Takes the context, then the values of the filters by the name of their argument."""
Widget = Literal["list", "buttons", "slider", "search"]
TEXT_LENGTH: Final = 80
ALL: Final = "all"
"""The code of a filter that lets everything through."""


@dataclass(frozen=True, slots=True, eq=False)
class Filter:
    """A filter of a page: its parameter in the address, codes, default and words.

    ``codes`` and ``default`` see what the filters before it chose; ``codes`` is ``None`` for free text.
    ``show`` names a code in the description of a file, ``option`` on the page where it differs there.
    ``read`` turns a code into the value that drawings and rows take as ``argument``; by default it stays
    the code, and the argument has the name of the filter. ``always``: the page has no default of its own,
    so that the address and the file name hold every value. ``widget`` is how the page asks for it;
    a ``search`` field has a ``prompt`` and a ``placeholder``, and stands ``beside`` the other filters or
    below them. ``near`` gives the code nearest to one that does not exist, ``None`` where nothing is near.
    """

    name: str
    label: Message
    codes: Callable[[Release, Chosen], Sequence[str]] | None
    default: Callable[[Release, Chosen], str]
    show: Callable[[Translator, Release, str], str]
    option: Callable[[Translator, Release, str], str] | None = None
    argument: str = ""
    read: Callable[[Release, str], object] | None = None
    always: bool = False
    widget: Widget = "list"
    prompt: Message | None = None
    placeholder: Message | None = None
    beside: bool = False
    near: Callable[[Sequence[str], str], str | None] | None = None

    def choose(self, release: Release, asked: str | None, before: Chosen) -> str:
        """Return the value asked for where it is one of ours, else the default."""
        if asked is not None:
            if self.codes is None:
                return " ".join(asked.split())[:TEXT_LENGTH]
            if asked in self.codes(release, before):
                return asked
            if (found := self.find_near(release, asked, before)) is not None:
                return found
        return self.default(release, before)

    def find_near(self, release: Release, asked: str, before: Chosen) -> str | None:
        """Return the nearest code to one that does not exist, ``None`` where nothing is near."""
        return self.near(self.codes(release, before), asked) if self.near and self.codes else None


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One chart, map or list. ``page`` is the name of its page.

    ``draw(context, **arguments)`` gives what the page shows, ``None`` where there is nothing; a view
    without it is drawn by a piece of its page, which prints the menu of its files. ``dataset`` takes the
    same and gives the rows of its files, or is the name of a table, whole; a chart needs none where they
    are the figures it draws.
    ``title`` is that of a list; charts and maps have a title of their own, can be pictures and be
    embedded. ``placed``: its rows may be places, so that it can be written as GeoJSON. ``held`` says
    whether a release has what a view of an organisation's own tables needs; ``None`` where each has.

    Raises ``ValueError`` where ``draw`` or ``dataset`` does not take what the filters choose.
    """

    name: str
    page: str
    draw: Draw | None = None
    dataset: Callable[..., Dataset] | str | None = None
    filters: tuple[Filter, ...] = ()
    title: Message | Callable[..., str] | None = None
    placed: bool = False
    held: Callable[[Release], bool] | None = None

    def __post_init__(self) -> None:
        """Refuse a declaration that would fail when it is first shown."""
        if self.draw is None and self.dataset is None:
            raise ValueError(f"view {self.name!r} has neither a drawing nor rows")
        values = {_argument(choice): None for choice in self.filters}
        for function in (self.draw, self.dataset):
            if function is None or isinstance(function, str):
                continue
            try:
                inspect.signature(function).bind(None, **values)
            except TypeError as error:
                raise ValueError(f"view {self.name!r}: {error} in {function.__name__}") from error

    @property
    def is_picture(self) -> bool:
        """Return whether it is a chart or map."""
        return self.title is None

    def is_in(self, release: Release) -> bool:
        """Return whether a release has this view."""
        return self.held is None or self.held(release)

    def choose(self, release: Release, asked: Chosen) -> dict[str, str]:
        """Return a value for every filter, from what is asked and the defaults.

        Raises :class:`utils.exports.files.UnknownView` where the release lacks this view.
        """
        if not self.is_in(release):
            raise UnknownView(name=self.name)
        chosen: dict[str, str] = {}
        for choice in self.filters:
            chosen[choice.name] = choice.choose(release, asked.get(choice.name), chosen)
        return chosen

    def changed(self, release: Release, chosen: Chosen) -> dict[str, str]:
        """Return the filters that differ from their defaults, as the address holds them."""
        return {
            choice.name: chosen[choice.name]
            for choice in self.filters
            if choice.always or chosen[choice.name] != choice.default(release, chosen)
        }

    def describe_filters(
        self, _: Translator, release: Release, chosen: Chosen
    ) -> tuple[tuple[str, str], ...]:
        """Return the filters in words: label and value."""
        return tuple(
            (_.translate(choice.label), choice.show(_, release, chosen[choice.name]))
            for choice in self.filters
            if chosen[choice.name]
        )

    def arguments(self, release: Release, chosen: Chosen) -> dict[str, Any]:
        """Return what drawing and rows are asked for, by the names of their arguments."""
        return {
            _argument(choice): choice.read(release, chosen[choice.name])
            if choice.read
            else chosen[choice.name]
            for choice in self.filters
        }

    def drawn(self, context: DrawContext, chosen: Chosen) -> Drawing | DrawnMap | Listing | Markup | None:
        """Return what the page shows under its filters, ``None`` where there is nothing."""
        return self.draw(context, **self.arguments(context.release, chosen)) if self.draw else None

    def picture(self, context: DrawContext, chosen: Chosen) -> Drawing | DrawnMap:
        """Return the chart or map.

        Raises :class:`utils.exports.files.UnknownView` for a list, or where nothing is drawn.
        """
        drawn = self.drawn(context, chosen) if self.is_picture else None
        if not isinstance(drawn, Drawing | DrawnMap):
            raise UnknownView(name=self.name)
        return drawn

    def rows(self, context: DrawContext, chosen: Chosen) -> Dataset:
        """Return the rows under the filters. Raises :class:`utils.releases.TableUnavailable`."""
        if isinstance(self.dataset, str):
            return read_table_rows(context.release, self.dataset)
        if self.dataset is not None:
            return self.dataset(context, **self.arguments(context.release, chosen))
        drawn = self.picture(context, chosen)
        if not isinstance(drawn, Drawing):
            raise UnknownView(name=self.name)
        return list_observations(context.release, drawn.shown)

    def heading(self, context: DrawContext, chosen: Chosen) -> tuple[str, str]:
        """Return title and subtitle; both are empty where a chart has nothing to draw."""
        if isinstance(self.title, Message):
            return context._.translate(self.title), ""
        if self.title is not None:
            return self.title(context, **self.arguments(context.release, chosen)), ""
        drawn = self.drawn(context, chosen)
        return (drawn.title, drawn.subtitle) if isinstance(drawn, Drawing | DrawnMap) else ("", "")


def _argument(choice: Filter) -> str:
    return choice.argument or choice.name
