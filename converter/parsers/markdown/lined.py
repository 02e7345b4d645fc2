"""Blocks whose line ends count: code and drawings, poems, prose that only looks like code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Line, Origin, Preformatted, SceneBreak, Verse
from converter.parsers.items.chats import are_messages
from converter.parsers.items.frames import STANZA_GAP, VERSE_WIDTH
from converter.parsers.items.inlines import Run, is_blank, split_lines, text_of_runs
from converter.parsers.items.kinds import Item
from converter.parsers.items.paragraphs import is_break_text, is_verse_text, paragraphs, verse_line
from converter.parsers.items.style_marks import State
from converter.parsers.markdown.tree import Element, TreeLeaf, elements, tree_leaves
from converter.parsers.markdown.walk import MarkdownWalk, text_of
from converter.recognisers.lines.line_ends import LineUse
from converter.recognisers.marks.class_names import VERSE

PROSE_WORDS = 200  # code with more words is checked for being prose
WORDS_IN_LINE = 6  # of such prose, on the average
WRAPPED_WIDTH = 100  # characters; longer lines are paragraphs
NO_VERSE = frozenset("table ul ol h1 h2 h3".split())


def code_items(walk: MarkdownWalk, node: Element) -> Sequence[Item]:
    """The items of code between fences, or of a `<pre>` that holds no blocks."""
    origin = walk.origin(node)
    lines = _lines(node)
    first = " ".join(lines[0].split()) if lines else ""
    if not lines:
        return ()
    if is_break_text(first) and not any(c.isalnum() for line in lines for c in line):
        return (SceneBreak(first, origin),)
    row = [child for child in node.children if isinstance(child, TreeLeaf)]
    words = sum(len(line.split()) for line in lines)
    if words > max(PROSE_WORDS, WORDS_IN_LINE * len(lines)):
        use: LineUse = "wrapped" if max(map(len, lines)) <= WRAPPED_WIDTH else "paragraphs"
        return _as_written(walk, [_without_code(leaf) for leaf in row], origin, use)
    if not node.attribute("class") and are_messages(lines):
        return _as_written(walk, [_without_code(leaf) for leaf in row], origin, "paragraphs")
    if is_verse_text(lines) and not any(e.name == "code" for leaf in row for e in leaf.around):
        return _as_written(walk, row, origin, "keep")
    return (Preformatted("\n".join(lines), origin),)


def _lines(node: Element) -> list[str]:
    """The lines of code, without empty ones above and below."""
    lines = [line.rstrip() for line in text_of(node).expandtabs(4).replace("\u00a0", " ").split("\n")]
    filled = [number for number, line in enumerate(lines) if line]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _without_code(leaf: TreeLeaf) -> TreeLeaf:
    return replace(leaf, around=tuple(e for e in leaf.around if e.name != "code"))


def _as_written(walk: MarkdownWalk, row: Sequence[TreeLeaf], origin: Origin, use: LineUse) -> Sequence[Item]:
    """The paragraphs, or the verse, of leaves in which each line end is written as it is meant."""
    habit = replace(walk.ground.habit, line_use=use, blank=1)
    return paragraphs(walk.runs_of(row, State(pre=True)), "", origin, habit)


def verse_items(walk: MarkdownWalk, node: Element, state: State) -> Sequence[Item]:
    """A block that calls itself a poem: its blocks and line ends are lines, blank lines part stanzas. Nothing where it
    holds what no poem does."""
    if any(e.name in NO_VERSE for e in elements(node)) or any(leaf.kind == "picture" for leaf in tree_leaves(node)):
        return ()
    origin = walk.origin(node)
    stanzas: list[list[Line]] = []
    for part in _stanza_blocks(node) or [node]:
        lines = split_lines(walk.runs(part, State(state.mark)))
        if any(len(text_of_runs(line)) > VERSE_WIDTH for line in lines):
            return ()
        stanzas.extend([verse_line(line, origin) for line in stanza] for stanza in _parted(lines))
    return (Verse(tuple(map(tuple, stanzas)), origin),) if sum(map(len, stanzas)) > 1 else ()


def _stanza_blocks(node: Element) -> list[Element]:
    """The blocks of a poem of which each calls itself a stanza; none where they don't."""
    named = [
        child
        for child in node.children
        if isinstance(child, Element) and child.name == "div" and VERSE.search(child.attribute("class"))
    ]
    return named if len(named) > 1 and all("stanza" in child.attribute("class") for child in named) else []


def _parted(lines: Sequence[list[Run]]) -> list[list[list[Run]]]:
    """Lines in stanzas."""
    stanzas: list[list[list[Run]]] = []
    blank = STANZA_GAP
    for line in lines:
        if is_blank(line):
            blank += 1
            continue
        if blank >= STANZA_GAP:
            stanzas.append([])
        stanzas[-1].append(line)
        blank = 0
    return stanzas
