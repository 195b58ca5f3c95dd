"""Names explain themselves: words with many meanings stand in no name of the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
VAGUE = frozenset({"told", "tell", "tells", "said", "one"})
IN_PROSE = re.compile(r"\b(told|tells?|said)\b", re.IGNORECASE)
FILES = [
    ROOT / "dashboard.py",
    *sorted((ROOT / "pages").rglob("*.py")),
    *sorted((ROOT / "utils").rglob("*.py")),
]


def _words(name: str) -> set[str]:
    """Return the words of a name in snake or camel case, in small letters."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def _names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.alias(name=name, asname=asname):
            yield from name.split(".")
            yield asname or ""
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name


def test_no_name_is_vague() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)} {name}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in _names(node)
        if _words(name) & VAGUE
    ]
    found += [
        str(path.relative_to(ROOT))
        for path in FILES
        if _words("_".join(path.relative_to(ROOT).parts)) & VAGUE
    ]
    assert found == []


def test_no_docstring_is_a_riddle() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)} {text.splitlines()[0]}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if (text := ast.get_docstring(node)) and IN_PROSE.search(text)
    ]
    assert found == []


def test_the_words_of_a_name_are_found_in_both_cases() -> None:
    assert _words("tell_switch") & VAGUE
    assert _words("OneDay") & VAGUE
    assert _words("_SAID") & VAGUE
    assert not _words("untold_phones") & {"one"}
    assert not _words("telling") & VAGUE
