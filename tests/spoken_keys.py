"""Finds, by reading the source, the keys of sentences that the code may ask for."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent


def sources(*folders: str) -> Iterator[ast.Module]:
    """Yield the modules below folders, parsed."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield ast.parse(path.read_text(encoding="utf-8"))


def arguments(modules: Iterable[ast.Module], names: Iterable[str], place: int = 0) -> set[str]:
    """Return the patterns of the texts given at a place of calls of functions or methods by their names."""
    wanted, found = set(names), set[str]()
    for module in modules:
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and _name(node.func) in wanted and len(node.args) > place:
                found |= set(texts(node.args[place]))
    return found


def assigned(modules: Iterable[ast.Module], names: Iterable[str]) -> set[str]:
    """Return the patterns of the texts given to keywords and variables by their names."""
    wanted, found = set(names), set[str]()
    for module in modules:
        for node in ast.walk(module):
            if isinstance(node, ast.keyword) and node.arg in wanted:
                found |= set(texts(node.value))
            if isinstance(node, ast.Assign) and any(_name(target) in wanted for target in node.targets):
                found |= set(texts(node.value))
    return found


def texts(node: ast.expr) -> Iterator[str]:
    """Yield the patterns of the texts an expression may be: a blank of an f-string is any word."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)
    elif isinstance(node, ast.Tuple):
        for each in node.elts:
            yield from texts(each.value if isinstance(each, ast.Starred) else each)


def unsaid(patterns: Iterable[str], keys: Iterable[str]) -> list[str]:
    """Return the patterns no key fits."""
    known = list(keys)
    return sorted(one for one in patterns if not any(re.fullmatch(one, key) for key in known))


def unused(keys: Iterable[str], patterns: Iterable[str]) -> list[str]:
    """Return the keys no pattern fits."""
    known = list(patterns)
    return sorted(key for key in keys if not any(re.fullmatch(one, key) for one in known))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
