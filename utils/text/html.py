"""Text becomes HTML here and nowhere else, and it is escaped here.

Every string given to :func:`el` is escaped; only :class:`markupsafe.Markup` made by this
module passes unchanged. Links take ``https:`` addresses and addresses of our own pages only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup, escape

__all__ = ["Markup", "document", "drawn", "el", "join", "link", "text"]

_VOID: Final = frozenset({"br", "hr", "img", "col", "base", "input", "link", "meta"})
_DRAWING: Final = re.compile(r'<svg(?: [\w:]+="[^"<>]*")*>(?:<path(?: [\w-]+="[^"<>]*")*/>)*</svg>')

Child = Markup | str | None
Attribute = str | int | float | bool | None


def text(value: object) -> Markup:
    """Return ``value`` as escaped text."""
    return escape(str(value))


def join(children: Iterable[Child], separator: str = "") -> Markup:
    """Escape and concatenate ``children``; ``None`` is left out."""
    inside = [child if type(child) is Markup else escape(child) for child in children if child is not None]
    return Markup(str(escape(separator)).join(inside))  # noqa: S704  # each part is escaped


def el(tag: str, *children: Child, **attributes: Attribute) -> Markup:
    """Build one element with escaped children and attributes.

    A trailing underscore in an attribute name is dropped (``class_``), other underscores become
    hyphens (``data_figure``). ``None`` and ``False`` leave the attribute out, ``True`` writes it
    empty.
    """
    written = []
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        key = name.rstrip("_").replace("_", "-")
        written.append(f' {key}="{"" if value is True else escape(str(value))}"')
    opened = f"<{tag}{''.join(written)}>"
    if tag in _VOID:
        return Markup(opened)  # noqa: S704  # parts above are escaped
    inside = [child if type(child) is Markup else escape(child) for child in children if child is not None]
    return Markup(f"{opened}{''.join(inside)}</{tag}>")  # noqa: S704


def link(label: Child, address: str | None, **attributes: Attribute) -> Markup:
    """Return a link to ``address``, or the bare label where the address may not be followed.

    Only ``https:`` and ``http:`` addresses and addresses relative to our own pages are links;
    anything else (``javascript:``, ``data:``) is dropped.
    """
    if not address:
        return join([label])
    outside = address.startswith(("https://", "http://"))
    scheme = address.split("?", 1)[0].split("#", 1)[0]
    if not outside and (":" in scheme or address.startswith("//")):
        return join([label])
    rel = "noopener noreferrer" if outside else None
    return el("a", label, href=address, rel=rel, **attributes)


def document(head: Child, body: Markup, *, lang: str) -> str:
    """Return a whole page of its own around ``body`` (a ``body`` element)."""
    top = join(
        [
            el("meta", charset="utf-8"),
            el("meta", name="viewport", content="width=device-width, initial-scale=1"),
            head,
        ]
    )
    return f"<!doctype html>\n{el('html', el('head', top), body, lang=lang)}"


def drawn(svg: str) -> Markup:
    """Take a drawing over as it is: an SVG that a library of ours made, never one from elsewhere.

    Raises ``ValueError`` for anything that is not one ``svg`` element of shapes alone.
    """
    if not _DRAWING.fullmatch(svg.strip()):
        raise ValueError("not a plain drawing")
    return Markup(svg.strip())  # noqa: S704  # shapes only, checked above
