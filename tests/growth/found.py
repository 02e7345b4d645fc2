"""Every pattern of the program, found in its own source: `regex(...)`, `re.compile(...)`, `re.search("...", text)`."""

from __future__ import annotations

import ast
import importlib
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import converter
from tests.growth.made import EXAMPLES

ROOT = Path(converter.__file__).parent
ASKING = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")
FLAGS = {"split": 3, "sub": 4, "subn": 4}  # where the flags stand among the arguments, else third


class Found(NamedTuple):
    """A pattern, the place that makes it, and how it is asked (what is not known is asked in every way)."""

    place: str
    pattern: re.Pattern[Any]
    ways: tuple[str, ...]


Nodes = list[ast.AST]  # of one file, walked through once


def _modules() -> Iterator[tuple[str, Nodes, dict[str, Any]]]:
    for path in sorted(ROOT.rglob("*.py")):
        place = path.relative_to(ROOT).with_suffix("").as_posix()
        if path.name in ("__main__.py", "patterns.py"):
            continue
        name = ".".join(("converter", *Path(place).parts)).removesuffix(".__init__")
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        yield place, nodes, vars(importlib.import_module(name))


def _ways(nodes: Nodes) -> dict[str, set[str]]:
    """What is asked of each name in a file: `NAME.search(...)`."""
    ways: dict[str, set[str]] = defaultdict(set)
    for node in nodes:
        if isinstance(node, ast.Attribute) and node.attr in ASKING:
            of = node.value
            name = of.id if isinstance(of, ast.Name) else of.attr if isinstance(of, ast.Attribute) else ""
            ways[name].add(node.attr)
    return ways


def _looped(nodes: Nodes) -> Iterator[str]:
    """The names that stand for one of many."""
    for node in nodes:
        if isinstance(node, ast.For | ast.comprehension):
            yield from (name.id for name in ast.walk(node.target) if isinstance(name, ast.Name))


def _imported(nodes: Nodes) -> Iterator[tuple[str, str]]:
    """(module, name) of everything that a file takes from another one."""
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            yield from (((node.module or ""), a.name) for a in node.names)


def _made(call: ast.Call) -> tuple[str, ast.expr] | None:
    """("compile" or how it is asked, the expression that makes the pattern) of a call that has one."""
    made: ast.expr
    match call.func:
        case ast.Name("regex"):
            return "compile", call
        case ast.Attribute(ast.Name("re"), "compile"):
            return "compile", call
        case ast.Attribute(ast.Name("re"), way) if way in ASKING and call.args:
            at = FLAGS.get(way, 2)
            flags = [*call.args[at : at + 1], *(k.value for k in call.keywords if k.arg == "flags")]
            made = ast.Call(
                ast.Attribute(ast.Name("re", ast.Load()), "compile", ast.Load()), [call.args[0], *flags], []
            )
            return way, ast.fix_missing_locations(ast.copy_location(made, call))
        case _:
            return None


def find() -> tuple[list[Found], list[str]]:
    """The patterns that stand in the source, and the places (file and function) of those made of what only a running
    function knows and `made.py` has no example of."""
    modules = list(_modules())
    asked_of: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, nodes, names in modules:
        ways = _ways(nodes)
        for module, name in [*_imported(nodes), *((names["__name__"], n) for n in list(ways))]:
            asked_of[module, name] |= ways[name]
    found: list[Found] = []
    unknown: list[str] = []
    for place, nodes, names in modules:
        bound = {
            id(node.value): target.id
            for node in nodes
            if isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Name)
        }
        ways = _ways(nodes)
        loops = {way for name in _looped(nodes) for way in ways[name]}
        functions = [n for n in nodes if isinstance(n, ast.FunctionDef)]
        for call in (n for n in nodes if isinstance(n, ast.Call)):
            if (made := _made(call)) is None:
                continue
            way, expression = made
            inside = next((f.name for f in functions[::-1] if f.lineno <= call.lineno <= (f.end_lineno or 0)), "")
            known = EXAMPLES.get(f"{place}:{inside}", {})
            try:
                pattern = eval(compile(ast.Expression(expression), place, "eval"), {**names, "re": re, **known})
            except NameError:
                unknown.append(f"{place}:{inside}")
                continue
            if way != "compile":
                asked = {way}
            elif id(call) in bound:
                asked = asked_of[names["__name__"], bound[id(call)]]
            else:  # one of many: asked as those are that a loop goes through
                asked = loops
            found.append(Found(f"{place}:{call.lineno}", pattern, tuple(sorted(asked)) or ("search", "fullmatch")))
    return found, unknown
