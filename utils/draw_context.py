"""What every drawing depends on beside its data: release, language, theme and day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from utils.product.palette import Theme
from utils.releases import Release
from utils.text.locale import Translator, translator

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class DrawContext:
    """The first argument of every function that draws a chart, a map or a list, or gives its rows.

    ``lang`` is one of the languages, or :data:`utils.text.locale.digits.KHMER_DIGITS`. ``today`` is the day
    from which ages are computed.
    """

    release: Release
    lang: str
    theme: Theme
    today: date

    @property
    def _(self) -> Translator:
        """Return the translator of the language."""
        return translator(self.lang)

    @property
    def parts(self) -> tuple[Translator, Release, str, Theme]:
        """Return translator, release, language and theme."""
        return self._, self.release, self.lang, self.theme


def per_context(
    function: Callable[Concatenate[DrawContext, P], R],
) -> Callable[Concatenate[DrawContext, P], R]:
    """Compute ``function(context, *args)`` once for each release, tier, context and arguments."""
    return _remembered(function, lambda context: (context.lang, context.theme, context.today))


def per_language(
    function: Callable[Concatenate[DrawContext, P], R],
) -> Callable[Concatenate[DrawContext, P], R]:
    """Compute once for each release, tier, language and arguments what no theme and no day changes."""
    return _remembered(function, lambda context: (context.lang,))


def _remembered(
    function: Callable[Concatenate[DrawContext, P], R],
    depends_on: Callable[[DrawContext], tuple[object, ...]],
) -> Callable[Concatenate[DrawContext, P], R]:
    @wraps(function)
    def remembered(context: DrawContext, /, *args: P.args, **kwargs: P.kwargs) -> R:
        arguments = (args, tuple(sorted(kwargs.items())))
        key = (function.__module__, function.__qualname__, *depends_on(context), *arguments)
        return context.release.remember(key, lambda: function(context, *args, **kwargs))

    return cast(Callable[Concatenate[DrawContext, P], R], remembered)
