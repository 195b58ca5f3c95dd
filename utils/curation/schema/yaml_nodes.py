"""YAML read as nodes that know their lines; what is not as expected becomes a problem of that line.

Values are read by what is expected of them, never by what YAML guesses: ``[yes, no]`` is a list of two
texts where a list of texts is expected.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from utils.curation.problems import Problem

_NULL: Final = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class Located:
    """A node of a file, and where it stands: ``path`` is its keys joined by dots, ``line`` counts from 1."""

    file: SchemaFile
    node: yaml.Node
    path: str
    line: int

    @property
    def is_null(self) -> bool:
        """Return whether the value is written as ``null``, ``~`` or left empty."""
        return self.node.tag == _NULL

    @property
    def is_scalar(self) -> bool:
        """Return whether it is a single value: no list, no keys."""
        return isinstance(self.node, yaml.ScalarNode)

    def refuse(self, expected: str, value: str | None = None) -> None:
        """Record that this node is not what was expected; ``value`` is what it is, in words."""
        self.file.refuse(self.line, self.path, _brief(self.node) if value is None else value, expected)

    def has(self, key: str) -> bool:
        """Return whether a key stands below it."""
        return isinstance(self.node, yaml.MappingNode) and any(
            name.value == key for name, _ in self.node.value
        )

    def entries(self, known: Collection[str] | None = None) -> Entries:
        """Return the entries of a mapping by key. Unknown and repeated keys are refused and left out."""
        found = Entries()
        if not isinstance(self.node, yaml.MappingNode):
            self.refuse("keys with their values indented below it, as `key: value`")
            return found
        for key, value in self.node.value:
            name = str(key.value)
            line = _line(key)
            path = f"{self.path}.{name}" if self.path else name
            if not isinstance(key, yaml.ScalarNode):
                self.file.refuse(line, self.path, _brief(key), "a key that is one word")
            elif name in found:
                self.file.refuse(line, path, name, f"each key once; it stands in line {found[name].line} too")
            elif known is not None and name not in known:
                self.file.refuse(line, path, name, f"one of {', '.join(known)}{suggestion(name, known)}")
            else:
                found[name] = Located(self.file, value, path, line)
        return found

    def items(self) -> list[Located]:
        """Return the items of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.refuse("a list, as `[first, second]` or as lines that begin with `- `")
            return []
        return [Located(self.file, item, self.path, _line(item)) for item in self.node.value]

    def text(self) -> str:
        """Return a text; an empty one is refused."""
        if not isinstance(self.node, yaml.ScalarNode) or self.is_null or not self.node.value.strip():
            self.refuse("a text")
            return ""
        return str(self.node.value)

    def texts(self) -> list[str]:
        """Return a list of texts; one that stands twice is refused."""
        found: list[str] = []
        for item in self.items():
            text = item.text()
            if text in found:
                item.refuse("each once")
            elif text:
                found.append(text)
        return found

    def choice(self, allowed: Sequence[str]) -> str:
        """Return a text that is one of ``allowed``; the first of them where it is not."""
        text = self.text()
        if text in allowed:
            return text
        if text:
            self.refuse(f"one of {', '.join(allowed)}{suggestion(text, allowed)}")
        return allowed[0]

    def flag(self) -> bool:
        """Return ``true`` or ``false``."""
        return self.choice(("false", "true")) == "true"

    def number(self) -> int | float:
        """Return a number, whole where it is written so."""
        text = self.node.value if isinstance(self.node, yaml.ScalarNode) else ""
        if re.fullmatch(r"-?\d+", text):
            return int(text)
        if re.fullmatch(r"-?\d+\.\d+", text):
            return float(text)
        self.refuse("a number")
        return 0

    def pattern(self) -> str:
        """Return a regular expression."""
        text = self.text()
        try:
            re.compile(text)
        except re.error as error:
            self.refuse(f"a regular expression ({error})")
        return text


class Entries(dict[str, Located]):
    """The entries of a mapping by key, in the order of the file; each is read with a default."""

    def text(self, key: str, default: str = "") -> str:
        """Return a text."""
        return self[key].text() if key in self else default

    def texts(self, key: str) -> list[str]:
        """Return a list of texts."""
        return self[key].texts() if key in self else []

    def choice(self, key: str, allowed: Sequence[str], default: str) -> str:
        """Return a text that is one of ``allowed``."""
        return self[key].choice(allowed) if key in self else default

    def flag(self, key: str) -> bool:
        """Return ``true`` or ``false``; without the key ``false``."""
        return key in self and self[key].flag()

    def below(self, key: str, known: Collection[str] | None = None) -> Entries:
        """Return the entries below a key."""
        return self[key].entries(known) if key in self else Entries()


class SchemaFile:
    """One file of the schema and the problems found in it."""

    __slots__ = ("name", "problems")

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def refuse(self, line: int, path: str, value: str, expected: str) -> None:
        """Record a problem of a line (0: of the file)."""
        self.problems.append(Problem(self.name, line, path, value, expected, "contract"))

    def parse(self, path: Path) -> Located | None:
        """Return the top of a YAML file; ``None`` with a problem where it cannot be read."""
        try:
            content = path.read_bytes()
            node = yaml.compose(content.decode("utf-8"), Loader=yaml.SafeLoader)
        except OSError as error:
            self.refuse(0, "", "", f"a file that can be read ({error.strerror})")
        except UnicodeDecodeError as error:
            self.refuse(content[: error.start].count(b"\n") + 1, "", "", "UTF-8")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = int(mark.line) + 1 if mark else 0
            self.refuse(line, "", "", f"YAML ({error.problem or error.context})")
        except yaml.reader.ReaderError as error:
            line = content.decode("utf-8")[: error.position].count("\n") + 1
            self.refuse(line, "", f"U+{ord(str(error.character)):04X}", "YAML without control characters")
        else:
            if isinstance(node, yaml.MappingNode):
                return Located(self, node, "", 1)
            self.refuse(1, "", "", "keys with their values, as `title: …`")
        return None


def suggestion(text: str, known: Collection[str]) -> str:
    """Return which known word was probably meant, in brackets; empty where none is like it."""
    like = difflib.get_close_matches(text, list(known), n=1, cutoff=0.7)
    return f" (is it “{like[0]}”?)" if like else ""


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _brief(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    return "a list" if isinstance(node, yaml.SequenceNode) else "keys and values"
