"""The tree without its kinds: what is taken apart can be put together, and few files have to learn a new kind."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given

from converter.document import model
from converter.document.model import Blocks, Inline, Inlines, Leaf, Note, Paragraph, Span, Text
from converter.document.traversal import (
    blocks_in,
    characters_of_leaf,
    children,
    leaves,
    map_leaves,
    with_children,
    words_of_leaf,
)
from tests.strategies import blocks, inlines

ROOT = Path(__file__).parent.parent
MAY_NAME_A_KIND = {
    "converter/document/model.py": "has the class and its union",
    "converter/document/traversal.py": "decides what a leaf is to a rule and to a reader; a span needs nothing there",
    "converter/passes/capitals.py": "makes emphasis of capitals",
    "converter/passes/ordinals.py": "raises the endings of ordinals",
    "converter/build/volumes.py": "has links to chapters lead within a volume",
}
EVERYBODY_KNOWS = (Text, Note)  # a run is text, mostly; and what stands in a note is found from where it is cited


@given(blocks)
def test_a_block_with_its_own_children_is_the_block(some: Blocks) -> None:
    for block in some:
        runs, groups = children(block)
        assert with_children(block, [run.content for run in runs], groups) == block


@given(blocks)
def test_other_children_are_all_held(some: Blocks) -> None:
    for block in some:
        runs, groups = children(block)
        new_runs: list[Inlines] = [(Text(f"run {i}"),) for i in range(len(runs))]
        new_groups: list[Blocks] = [(Paragraph((Text(f"group {i}"),)),) for i in range(len(groups))]
        made = with_children(block, new_runs, new_groups)
        assert [run.content for run in children(made).runs] == new_runs
        assert [run[1:] for run in children(made).runs] == [run[1:] for run in runs]
        assert list(children(made).groups) == new_groups
        assert blocks_in(made) == tuple(block for group in new_groups for block in group)


@given(inlines)
def test_leaves_are_mapped_where_they_stand(content: Inlines) -> None:
    assert map_leaves(content, lambda leaf: leaf) is content
    turned = map_leaves(content, lambda leaf: Text(leaf.text[::-1]) if isinstance(leaf, Text) else leaf)
    assert [words_of_leaf(leaf) for leaf in leaves(turned)] == [
        words_of_leaf(leaf)[::-1] if isinstance(leaf, Text) else words_of_leaf(leaf) for leaf in leaves(content)
    ]
    assert map_leaves(turned, lambda leaf: Text(leaf.text[::-1]) if isinstance(leaf, Text) else leaf) == content


def test_an_inline_is_a_span_a_leaf_or_a_note() -> None:
    """By these three alone the tree is passed through; flat text has one character for each leaf that is no text."""
    assert {*get_args(Span), *get_args(Leaf), Note} == set(get_args(Inline))
    for kind in get_args(Span):
        assert kind.__dataclass_fields__["content"].type == "Inlines", kind
    for kind in get_args(Leaf):
        assert "content" not in kind.__dataclass_fields__, kind
        assert not any("lines" in f.type or "Blocks" in f.type for f in kind.__dataclass_fields__.values()), kind
    assert [
        len(characters_of_leaf(leaf)) for leaf in (model.Ruby("漢", "かん"), model.Image("a.png"), model.LineBreak())
    ] == [
        1,
        1,
        1,
    ]


# ----------------------------------------------------------------------------------- who learns of a new kind


@cache
def _imports_of_the_model(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "converter.document.model"
        for alias in node.names
    }


@pytest.mark.parametrize("kind", [k for k in get_args(Inline) if k not in EVERYBODY_KNOWS], ids=lambda k: k.__name__)
def test_few_files_name_a_kind_of_inline(kind: type) -> None:
    """Besides those that make the kind (parsers, recognisers) and those that say how it looks (writers)."""
    name = kind.__name__
    rooms = [p for p in (ROOT / "converter").iterdir() if p.name not in ("parsers", "recognisers", "writers")]
    files = [f for room in rooms for f in (room.rglob("*.py") if room.is_dir() else [room]) if f.suffix == ".py"]
    naming = {f.relative_to(ROOT).as_posix() for f in files if name in _imports_of_the_model(f)}
    naming.add("converter/document/model.py")
    assert naming <= MAY_NAME_A_KIND.keys()
    assert len(naming) <= 5


NEW_KIND = '''
@dataclass(frozen=True, slots=True)
class Whispered:
    """A kind that the program has never heard of."""

    content: Inlines


Span = Whispered | '''

USES_IT = """
from converter.document.model import Book, Chapter, Metadata, Note, Paragraph, Text, Whispered
from converter.document.text_units import chapter_units
from converter.document.words import chapter_strands
from converter.passes.conventions import ENGLISH
from converter.passes.dashes import dashes
from converter.passes.rules import edit_text
from converter.proof.strands import strands

note = Note((Paragraph((Whispered((Text("a note -- inside"),)),)),))
book = Book(Metadata(), (Chapter((Paragraph((Text("He "), Whispered((Text("ran -- and"), note)), Text(" fell."))),)),))
edited = edit_text("dashes", dashes(ENGLISH))(book)
told = edited.book.chapters[0]
assert isinstance(told.blocks[0].content[1], Whispered), told
assert [u.text for u in chapter_units(told)] == ["He ran\u2014and\ufffc fell.", "a note\u2014inside"], chapter_units(told)
assert chapter_strands(told) == ("He ran\u2014and fell.", ("a note\u2014inside",)), chapter_strands(told)
assert strands(edited.book).running == "He ran\u2014and fell."
assert len(edited.changes) == 2
print("learned")
"""


@pytest.mark.slow
def test_a_new_span_is_passed_through_by_all_that_do_not_draw_it(tmp_path: Path) -> None:
    """One class, one name in one union: rules edit it, units and notes inside it are found, its words are proved."""
    shutil.copytree(ROOT / "converter", tmp_path / "converter", ignore=shutil.ignore_patterns("__pycache__"))
    file = tmp_path / "converter/document/model.py"
    text = file.read_text("utf-8")
    assert text.count("\nSpan = ") == 1
    file.write_text(text.replace("\nSpan = ", NEW_KIND), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", USES_IT],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "learned\n", done.stderr
