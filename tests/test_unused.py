"""Nothing stands in the program that nobody asks for: every name of a module is used in it or imported elsewhere, every
method and field is named somewhere."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "converter"
OF_PYTHON = re.compile(r"__\w+__")


def _sources() -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in sorted(ROOT.rglob("*.py"))}


def _names(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=targets):
                yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name


@pytest.mark.slow
def test_every_name_is_asked_for() -> None:
    sources = _sources()
    trees = {path: ast.parse(source) for path, source in sources.items()}
    imported = {
        alias.name
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    asked = {
        name
        for source in sources.values()
        for name in re.findall(r"\.(\w+)|[\"'](\w+)[\"']", source)
        for name in name
        if name
    }
    said = {path: Counter(re.findall(r"\w+", source)) for path, source in sources.items()}
    unused = [
        f"{path.relative_to(ROOT).as_posix()}: {name}"
        for path, tree in trees.items()
        for name in _names(tree)
        if not OF_PYTHON.fullmatch(name) and said[path][name] == 1 and name not in imported and name not in asked
    ]
    assert unused == []


def _members(tree: ast.Module) -> Iterator[str]:
    """The methods and fields of all classes but those that have what a library's class asks for."""
    for kind in ast.walk(tree):
        if not isinstance(kind, ast.ClassDef) or any(isinstance(base, ast.Attribute) for base in kind.bases):
            continue
        bases = [base.value if isinstance(base, ast.Subscript) else base for base in kind.bases]
        if any(isinstance(base, ast.Name) and base.id in OF_LIBRARIES for base in bases):
            continue
        for node in kind.body:
            match node:
                case ast.AnnAssign(target=ast.Name(id=name)) | ast.FunctionDef(name=name):
                    yield name


OF_LIBRARIES = ("Convertor", "HTMLTreeBuilder", "MarkdownIt")


@pytest.mark.slow
def test_every_method_and_field_is_asked_for() -> None:
    sources = _sources()
    said = Counter(word for source in sources.values() for word in re.findall(r"\w+", source))
    unused = [
        f"{path.relative_to(ROOT).as_posix()}: {name}"
        for path, source in sources.items()
        for name in _members(ast.parse(source))
        if not OF_PYTHON.fullmatch(name) and said[name] == 1
    ]
    assert unused == []
