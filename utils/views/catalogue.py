"""All views, by name: each module of this room that is named as a page declares those of its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module, util
from typing import Final

from utils.exports.files import UnknownView
from utils.product import sitemap
from utils.views.model import View


def index_views(views: Iterable[View]) -> Mapping[str, View]:
    """Return views by name. Raises ``ValueError`` where two have the same name."""
    listed = tuple(views)
    named = {view.name: view for view in listed}
    if len(named) != len(listed):
        raise ValueError("two views have the same name")
    return named


def read_declared_views() -> Iterable[View]:
    """Yield the views of each page. Raises ``ValueError`` where one names another page as its own."""
    for page in sitemap.PAGES:
        module = f"utils.views.{page.name}"
        if util.find_spec(module) is None:
            continue
        for value in vars(import_module(module)).values():
            if isinstance(value, View):
                if value.page != page.name:
                    raise ValueError(f"view {value.name!r} of {module} names the page {value.page!r}")
                yield value


VIEWS: Final[Mapping[str, View]] = index_views(read_declared_views())


def find_view(name: str) -> View:
    """Return a view by name. Raises :class:`utils.exports.files.UnknownView`."""
    try:
        return VIEWS[name]
    except KeyError as error:
        raise UnknownView(name=name) from error
