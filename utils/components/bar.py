"""The bar at the top of every page: name, pages, language, and the menu with everything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from utils.product import sitemap
from utils.product.sitemap import Page
from utils.text.html import Markup, el, link
from utils.text.locale import Translator, digits, language_of, languages, translator


@dataclass(frozen=True, slots=True)
class Place:
    """Where a visitor is: the name of the page, and what its address asks for beside language and release."""

    page: str
    asked: Mapping[str, str]


def bar(lang: str, place: Place, query: str) -> Markup:
    """Return the bar. ``query`` is what a link to another page carries along."""
    _ = translator(lang)
    return el(
        "header",
        link(el("b", "Samaki"), f"./?{query}", class_="sk-bar-name", aria_label=_("Samaki: to the overview")),
        el("nav", _pages(_, sitemap.BAR, place.page, query), class_="sk-bar-pages", aria_label=_("Pages")),
        _languages(_, place),
        _menu(_, place, query),
        class_="sk-bar",
        lang=lang,
    )


def _pages(_: Translator, pages: tuple[Page, ...], current: str, query: str) -> Markup:
    return el(
        "ul",
        *(
            el(
                "li",
                link(
                    _.translate(page.label),
                    f"./{page.path}?{query}",
                    aria_current="page" if page.name == current else None,
                ),
            )
            for page in pages
        ),
    )


def _languages(_: Translator, place: Place) -> Markup:
    """Return the languages as links to this very view."""
    chosen = digits.strip_digits(_.lang)
    return el(
        "div",
        *(
            link(
                el("span", name, lang=lang),
                _same_view(place, digits.find_digit_parameters(lang)),
                class_="sk-language",
                hreflang=lang,
                data_language=lang,
                aria_current="true" if lang == chosen else None,
            )
            for lang, name in reversed(_short_names().items())
        ),
        class_="sk-languages",
        role="group",
        aria_label=_("Language"),
    )


def _short_names() -> dict[str, str]:
    """Return the languages by code as the bar writes them: Latin ones by their code."""
    return {
        language.code: language.code.upper() if language.is_latin else language.name
        for language in languages.ALL
    }


def _same_view(place: Place, parameters: Mapping[str, str]) -> str:
    kept = {name: value for name, value in place.asked.items() if name not in ("lang", digits.PARAMETER)}
    page = sitemap.find_page(place.page)
    return f"./{page.path}?{urlencode({**kept, **parameters})}"


def _menu(_: Translator, place: Place, query: str) -> Markup:
    groups = [
        el(
            "div", el("h2", _("Pages")), _pages(_, sitemap.BAR, place.page, query), class_="sk-menu-bar-pages"
        ),
        *(
            el(
                "div",
                el("h2", _.translate(section)),
                _pages(
                    _, tuple(page for page in sitemap.PAGES if page.section == section), place.page, query
                ),
            )
            for section in sitemap.SECTIONS
        ),
        el("div", el("h2", _("This screen")), _settings(_, place)),
        el(
            "div",
            el("h2", _("About")),
            _pages(_, tuple(map(sitemap.find_page, ("privacy", "accessibility"))), place.page, query),
        ),
    ]
    return el(
        "details",
        el("summary", _("Menu")),
        el("div", el("div", *groups, class_="sk-menu-inside"), class_="sk-menu-sheet"),
        class_="sk-menu",
    )


def _settings(_: Translator, place: Place) -> Markup:
    """Return search, theme, print, and Khmer digits where the language has digits of its own."""
    themes = {"light": _("Light"), "dark": _("Dark"), "system": _("As the device")}
    return el(
        "ul",
        el(
            "li",
            link(
                _("Search places and spellings"),
                f"./places?{urlencode({'lang': digits.strip_digits(_.lang)})}",
            ),
        ),
        *(
            el("li", el("button", name, type="button", data_theme=theme, aria_pressed="false"))
            for theme, name in themes.items()
        ),
        el("li", el("button", _("Print this page"), type="button", data_print=True)),
        _digits(_, place),
    )


def _digits(_: Translator, place: Place) -> Markup | None:
    """Return the choice between ASCII digits and those of the language, where it has its own."""
    language = language_of(_.lang)
    if language.digits is None:
        return None
    plain, own = (language.code, language.name), (language.digits_code, language.digits.label)
    code, label = plain if _.lang == language.digits_code else own
    shown = el("span", label, lang=language.code)
    return el("li", link(shown, _same_view(place, digits.find_digit_parameters(code)), data_language=code))
