"""A view is declared once: a wrong declaration and an unknown name fail before a page is shown."""

import ast
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from tests.taking import context
from utils.draw_context import DrawContext, per_context, per_language
from utils.exports.files import UnknownView
from utils.product import sitemap
from utils.releases import Release
from utils.text.html import Markup
from utils.text.locale import lazy_gettext
from utils.views import catalogue, displacement, donations, relief
from utils.views.filters import CURRENCY, free_text
from utils.views.model import View

PAGES = Path(__file__).parents[2] / "pages"
SHOWN_BY = {"show_view", "ask_filters", "draw_fragment", "draw_linked_day"}


def draw_nothing(_context: DrawContext, currency: str) -> None:
    """Take the one filter of a currency."""


def imported_views(page: Path) -> dict[str, View]:
    """Return the views that a page imports by name. Raises ``AttributeError`` for an unknown one."""
    return {
        alias.asname or alias.name: getattr(import_module(node.module), alias.name)
        for node in ast.walk(ast.parse(page.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("utils.views.")
        for alias in node.names
        if alias.name.isupper()
    }


@pytest.mark.parametrize("page", [page.name for page in sitemap.PAGES])
def test_a_page_names_its_views_in_its_imports(page: str) -> None:
    path = PAGES / f"{page}.py"
    views = imported_views(path)
    assert all(isinstance(view, View) for view in views.values())
    names = {
        argument.id
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHOWN_BY
        for argument in node.args
        if isinstance(argument, ast.Name) and argument.id.isupper()
    }
    assert names == set(views)


def test_an_unknown_view_stops_a_page_at_its_imports(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    page.write_text("from utils.views.relief import DELIVERYS\nraise AssertionError('too late')\n", "utf-8")
    with pytest.raises(ImportError, match="DELIVERYS"):
        exec(compile(page.read_text("utf-8"), page, "exec"), {})  # noqa: S102  # as a page is run


def test_a_drawing_that_does_not_take_its_filters_is_refused() -> None:
    assert View("money", "giving", draw_nothing, filters=(CURRENCY,)).name == "money"
    with pytest.raises(ValueError, match=r"view 'money': missing a required argument: 'currency'"):
        View("money", "giving", draw_nothing)
    with pytest.raises(ValueError, match=r"view 'money': got an unexpected keyword argument 'text'"):
        View(
            "money",
            "giving",
            draw_nothing,
            filters=(CURRENCY, free_text(lazy_gettext("Search"), lazy_gettext("Name"))),
        )
    with pytest.raises(ValueError, match=r"view 'money' has neither a drawing nor rows"):
        View("money", "giving")


def test_a_name_is_given_once_and_a_view_stands_with_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="the same name"):
        catalogue.index_views((relief.NEEDS, relief.NEEDS))
    monkeypatch.setattr(relief, "STRAY", View("stray", "giving", dataset="donations"), raising=False)
    with pytest.raises(ValueError, match=r"view 'stray' of utils.views.relief names the page 'giving'"):
        list(catalogue.read_declared_views())
    with pytest.raises(UnknownView, match="stray"):
        catalogue.find_view("stray")


def test_filters_reach_drawings_and_rows_as_typed_values(public_release: Release) -> None:
    asked = {"basis": "origin", "day": "2025-12-17", "q": "not a filter of it"}
    chosen = displacement.MAP.choose(public_release, asked)
    assert chosen["basis"] == "origin"
    assert displacement.MAP.arguments(public_release, {"basis": "sheltering", "day": "2025-12-17"}) == {
        "basis": "sheltering",
        "day": date(2025, 12, 17),
    }
    asked = {"currency": "EUR", "slice": "relief", "donor": "state", "q": "rice"}
    chosen = donations.GIFTS.choose(public_release, asked)
    assert donations.GIFTS.arguments(public_release, chosen) == {
        "currency": "EUR",
        "part": "relief",
        "donor_kind": chosen["donor"],
        "country": "all",
        "phase": "all",
        "text": "rice",
    }


def test_a_drawing_is_made_once_for_what_it_depends_on(public_release: Release) -> None:
    made: list[tuple[str, str]] = []

    @per_context
    def chart(context: DrawContext, day: date) -> Markup:
        made.append((context.theme, f"{day:%d}"))
        return Markup(context.theme)

    @per_language
    def text(context: DrawContext) -> Markup:
        made.append((context.theme, context.lang))
        return Markup(context.lang)

    light, dark = context(public_release), context(public_release, theme="dark")
    for drawn_in in (light, dark, light):
        assert chart(drawn_in, date(2025, 12, 8)) == drawn_in.theme
        assert chart(drawn_in, day=date(2025, 12, 9)) == drawn_in.theme
        assert text(drawn_in) == "en"
    assert made == [("light", "08"), ("light", "09"), ("light", "en"), ("dark", "08"), ("dark", "09")]
