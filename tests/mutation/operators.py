"""Which faults are planted: one change of a syntax tree at a time."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

_COMPARED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COUNTED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLED: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One planted fault: its line, what stood there and what stands there now."""

    line: int
    before: str
    after: str
    tree: ast.Module


def _swap(field: str, value: object) -> Callable[[ast.AST], None]:
    """Return the change that sets a field of a node."""
    return lambda copied: setattr(copied, field, value)


def _changes(node: ast.AST) -> Iterator[Callable[[ast.AST], None]]:
    """Yield each way to spoil a node, as a function that spoils a copy of it."""
    match node:
        case ast.Compare(ops=ops):
            for index, op in enumerate(ops):
                yield _swap("ops", [*ops[:index], _COMPARED[type(op)](), *ops[index + 1 :]])
        case ast.BoolOp(op=op):
            yield _swap("op", ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _COUNTED:
            yield _swap("op", _COUNTED[type(op)]())
        case ast.UnaryOp(op=ast.USub()):
            yield _swap("op", ast.UAdd())
        case ast.Call(func=ast.Name(id=name)) if name in _CALLED:
            yield _swap("func", ast.Name(_CALLED[name], ast.Load()))
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield _swap("test", ast.UnaryOp(ast.Not(), test))
        case ast.Constant(value=bool(value)):
            yield _swap("value", not value)
        case ast.Constant(value=int(value) | float(value)):
            yield _swap("value", value + 1)
        case ast.Constant(value=str(value)) if value:
            yield _swap("value", f"{value}~")


def _left_alone(tree: ast.Module) -> set[int]:
    """Return the ids of nodes that are no behaviour: docstrings, annotations, imports, error texts."""
    nodes: set[int] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            parts.append(node.value)
        elif isinstance(node, ast.AnnAssign | ast.arg):
            parts.append(node.annotation)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            parts += [node.returns, *node.decorator_list]
        elif (
            isinstance(node, ast.Subscript)
            and isinstance(node.value, ast.Name)
            and node.value.id == "Literal"
        ):
            parts.append(node)
        elif isinstance(node, ast.Raise):
            parts.append(node.exc)
        elif isinstance(node, ast.Assert):
            parts += [node.test, node.msg]
        elif isinstance(node, ast.ClassDef):
            parts += node.decorator_list
        nodes |= {id(inner) for part in parts if part is not None for inner in ast.walk(part)}
    return nodes


def places(tree: ast.Module) -> list[tuple[int, int]]:
    """Return where a fault may be planted: the number of the node and of the change, in order."""
    left_alone = _left_alone(tree)
    return [
        (number, change)
        for number, node in enumerate(ast.walk(tree))
        if id(node) not in left_alone
        for change, _spoil in enumerate(_changes(node))
    ]


def plant(tree: ast.Module, place: tuple[int, int]) -> Mutant:
    """Return the mutant of one place of :func:`places`."""
    copied = copy.deepcopy(tree)
    node = list(ast.walk(copied))[place[0]]
    before = ast.unparse(node)
    list(_changes(node))[place[1]](node)
    ast.fix_missing_locations(copied)
    line = getattr(node, "lineno", 1)
    return Mutant(line, " ".join(before.split())[:120], " ".join(ast.unparse(node).split())[:120], copied)
