"""Views by name as the tests ask for them: the rows, a file, a picture."""

from collections.abc import Mapping

from utils.draw_context import DrawContext
from utils.exports.dataset import Dataset
from utils.exports.files import Download
from utils.product.palette import Theme
from utils.releases import Release
from utils.settings import clock
from utils.views import files
from utils.views.catalogue import find_view


def context(release: Release, lang: str = "en", theme: Theme = "light") -> DrawContext:
    """Return what drawings depend on, today."""
    return DrawContext(release, lang, theme, clock.today())


def dataset(release: Release, name: str, **asked: str) -> Dataset:
    """Return the rows of a view under the filters asked for."""
    view = find_view(name)
    return view.rows(context(release), view.choose(release, asked))


def download(
    release: Release, name: str, form: str, asked: Mapping[str, str], *, lang: str, base: str
) -> Download:
    """Return a view as a file."""
    return files.download(context(release, lang), find_view(name), form, asked, base=base)


def image(
    release: Release,
    name: str,
    form: str,
    asked: Mapping[str, str],
    *,
    lang: str,
    base: str,
    size: tuple[int, int],
) -> Download:
    """Return a view as a picture."""
    return files.picture(context(release, lang), find_view(name), form, asked, base=base, size=size)
