"""Blocks that are more than wrappers: rules, headings, quotes, lists, code, figures, spoilers, boxes, poems, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from converter.document.model import (
    Aside,
    Figure,
    Image,
    Inlines,
    Line,
    List,
    Paragraph,
    Preformatted,
    Quote,
    SceneBreak,
    Verse,
)
from converter.parsers.html.inlines import flat, is_blank, nest, split_lines, tidy
from converter.parsers.html.items import Head, Item
from converter.parsers.html.paragraphs import is_break_text, is_verse_text, paragraphs, verse_line
from converter.parsers.markdown.marks import State
from converter.parsers.markdown.tables import table_items
from converter.parsers.markdown.tree import HEADINGS, Element, Leaf, Node, elements, leaves
from converter.parsers.markdown.walk import Walk, one_line, text_of
from converter.recognisers.class_names import FRAME, NOTE, SPOILER, SPOILER_HEAD, SPOILER_PART, VERSE
from converter.recognisers.line_ends import LineUse

NOTE_WORDS = 3  # a note of fewer is the name of one
SPOILER_HEAD_WORDS = 15
HEAD_WITHIN = 12  # elements of a spoiler, the first of which may be its title
VERSE_WIDTH = 130  # characters; a longer "line" is a paragraph, whatever its element is called
STANZA_GAP = 3  # line ends in a row: a line's own, and those of the blocks around it
BOX_WORDS = 400  # a framed part with more words is how the file looks, not a box in the story
FRAMED_PARTS = 4  # blocks or line ends in a list's only item
WRAPPED_PRE_WORDS = 200  # code with more words is checked for being prose
WRAPPED_WORDS = 6  # in a line of such prose, at least
WRAPPED_WIDTH = 100  # characters; longer lines are paragraphs
LISTS = ("ul", "ol")


class Met(NamedTuple):
    """A block that the walk meets, and what it inherits."""

    walk: Walk
    node: Element
    held: State
    depth: int

    @property
    def names(self) -> str:
        """Its class names and its id."""
        return f"{self.node.attribute('class')} {self.node.attribute('id')}"

    @property
    def inner(self) -> State:
        """What it hands down."""
        return self.walk.inherit(self.node, self.held)


Made = Sequence[Item] | None  # None: it only wraps
Maker = Callable[[Met], Made]


def items_of(walk: Walk, node: Element, held: State, depth: int) -> Made:
    """The items of a block that is more than a wrapper, or None."""
    met = Met(walk, node, held, depth)
    if maker := BY_NAME.get(node.name):
        return maker(met)
    if node.attributes and node.name in ("div", "section", "p"):
        return next((made for make in BY_LOOK if (made := make(met)) is not None), None)
    return None


# ------------------------------------------------------------------------------------------------- by its name


def _rule(met: Met) -> Made:
    return (SceneBreak("", met.walk.origin(met.node)),)


def _heading(met: Met) -> Made:
    walk, node, _, _ = met
    lines = [tidy(line) for line in split_lines(walk.runs(node))]
    plain = [[replace(r, mark=replace(r.mark, bold=False, link="", underline=False)) for r in line] for line in lines]
    if key := walk.ground.keys.get(id(node)):
        plain = [[replace(r, mark=replace(r.mark, anchor=r.mark.anchor or key)) for r in line] for line in plain]
    if all(r.mark.italic for line in plain for r in line):
        plain = [[replace(r, mark=replace(r.mark, italic=False)) for r in line] for line in plain]
    content = tuple(nest(line) for line in plain if not is_blank(line))
    if not content:
        return ()
    said = " ".join(flat(next(line for line in plain if not is_blank(line))).split())
    objects = any(r.object is not None for line in plain for r in line)
    if len(content) == 1 and is_break_text(said) and not said.isalnum() and not objects:  # "XX" is a number
        return (SceneBreak(said, walk.origin(node)),)
    if all(isinstance(i, Image) for line in content for i in line):
        return walk.items(node.children)
    return (Head(content, HEADINGS[node.name], walk.origin(node)),)


def _quotation(met: Met) -> Made:
    walk, node, held, depth = met
    if walk.is_most(node):
        return None  # set in from the margin as a whole
    blocks = walk.blocks(node.children, replace(held, mark=met.inner.mark), depth + 1)
    return (Quote(blocks, origin=walk.origin(node)),) if blocks else ()


def _list(met: Met) -> Made:
    walk, node, held, depth = met
    groups = _entries(node)
    if len(groups) == 1 and walk.is_most(node) and _has_parts(node):
        return walk.items(groups[0], held, depth + 1)  # a frame around the story
    items = tuple(blocks for group in groups if (blocks := walk.blocks(group, held, depth + 1)))
    if not items:
        return ()
    first = node.attribute("start").strip()
    start = int(first) if re.fullmatch(r"\d{1,6}", first) else 1
    return (List(items, node.name == "ol", start, walk.origin(node)),)


def _entries(node: Element) -> list[list[Node]]:
    """The items of a list; a list between two of them belongs to the first, and other words are items of their own."""
    groups: list[list[Node]] = []
    loose = True  # what is no item begins one
    for child in node.children:
        if isinstance(child, Element) and child.name in LISTS and groups:
            groups[-1].append(child)
        elif isinstance(child, Element) and child.name in ("li", *LISTS):
            groups.append([child])
            loose = True
        elif isinstance(child, Leaf) and child.kind == "text" and child.text.isspace():
            if groups and not loose:
                groups[-1].append(child)
        elif loose:
            groups.append([child])
            loose = False
        else:
            groups[-1].append(child)
    return groups


def _has_parts(node: Element) -> bool:
    """Whether a list holds several paragraphs or lines."""
    blocks = sum(e.name in ("p", "div") for e in elements(node))
    return blocks + sum(leaf.kind == "break" for leaf in leaves(node)) >= FRAMED_PARTS


def _code(met: Met) -> Made:
    walk, node, _, _ = met
    if next(elements(node), None) is not None:
        return None
    text = text_of(node).expandtabs(4).replace("\u00a0", " ")
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        return ()
    origin = walk.origin(node)
    first = " ".join(lines[0].split())
    if is_break_text(first) and not any(c.isalnum() for line in lines for c in line):
        return (SceneBreak(first, origin),)
    words = sum(len(line.split()) for line in lines)
    leaves_of = [child for child in node.children if isinstance(child, Leaf)]
    habit = walk.ground.habit
    if words > max(WRAPPED_PRE_WORDS, WRAPPED_WORDS * len(lines)):  # prose, not a drawing
        use: LineUse = "wrapped" if max(map(len, lines)) <= WRAPPED_WIDTH else "paragraphs"
        prose = [replace(leaf, around=tuple(e for e in leaf.around if e.name != "code")) for leaf in leaves_of]
        return paragraphs(walk.runs_of(prose, State(pre=True)), "", origin, replace(habit, line_use=use, blank=1))
    if is_verse_text(lines) and not any(e.name == "code" for leaf in leaves_of for e in leaf.around):
        habit = replace(habit, line_use="keep", blank=1)
        return paragraphs(walk.runs_of(leaves_of, State(pre=True)), "", origin, habit)
    return (Preformatted("\n".join(lines), origin),)


def _figure(met: Met) -> Made:
    walk, node, held, depth = met
    caption = next((e for e in elements(node) if e.name == "figcaption"), None)
    pictures = sum(leaf.kind == "picture" for leaf in leaves(node))
    if caption is None or pictures != 1 or any(map(str.isalnum, text_of(node, {id(caption)}))):
        return walk.items(node.children, held, depth + 1)  # more than a picture: in its order
    walk.dropped.add(id(caption))  # its words are the caption
    rest = walk.items(node.children, held, depth + 1)
    if len(rest) == 1 and isinstance(rest[0], Figure):
        return (replace(rest[0], caption=(*rest[0].caption, *walk.inline(caption))),)
    return [*rest, *walk.items(caption.children, replace(held, align="center"), depth + 1)]


def _spoiler(met: Met) -> Made:
    walk, node, held, depth = met
    head = _spoiler_head(node)
    title: Inlines = ()
    if head is not None and not any(map(str.isalnum, _said_before(node, head))):
        title = walk.inline(head)
        walk.dropped.add(id(head))  # its words are the title
    blocks = walk.blocks(node.children, held, depth + 1)
    if not blocks:
        return (Paragraph(title, "", "", walk.origin(node)),) if title else ()
    if len(blocks) == 1 and isinstance(blocks[0], Aside) and blocks[0].kind == "spoiler" and not blocks[0].title:
        blocks = blocks[0].blocks  # two elements around one spoiler
    return (Aside(blocks, "spoiler", title, walk.origin(node)),)


def _spoiler_head(node: Element) -> Element | None:
    """What a spoiler is called: the element that says so, or a short first one."""
    within = [e for e, _ in zip(elements(node), range(HEAD_WITHIN), strict=False)]
    for child in within:
        if SPOILER_HEAD.search(f"{child.name} {child.attribute('class')}") and _is_short(child):
            return child
    first = [c for c in node.children if isinstance(c, Element) and text_of(c).strip()]
    return first[0] if len(first) > 1 and _is_short(first[0]) else None


def _is_short(node: Element) -> bool:
    return len(text_of(node).split()) <= SPOILER_HEAD_WORDS


def _said_before(node: Element, head: Element) -> str:
    """The words of a block before a block in it."""
    parts: list[str] = []
    stack: list[Node] = list(reversed(node.children))
    while stack and (at := stack.pop()) is not head:
        if isinstance(at, Leaf):
            parts.append(at.text)
        else:
            stack.extend(reversed(at.children))
    return "".join(parts)


def _beside(met: Met) -> Made:
    walk, node, held, depth = met
    blocks = walk.blocks(node.children, held, depth + 1)
    return (Aside(blocks, "box", (), walk.origin(node)),) if blocks else ()


def _table(met: Met) -> Made:
    return table_items(met.walk, met.node, met.held, met.depth)


# ------------------------------------------------------------------------------------ by what is said of a block


def _framed(met: Met) -> Made:
    """A box that the author drew."""
    if met.node.name == "p" or not FRAME.search(met.node.attribute("style")):
        return None
    if len(text_of(met.node, met.walk.dropped).split()) > BOX_WORDS or met.walk.is_most(met.node):
        return None
    return _beside(met)


def _called_spoiler(met: Met) -> Made:
    if met.node.name == "p" or not SPOILER.search(met.names) or SPOILER_PART.search(met.names):
        return None
    return _spoiler(met)


def _called_verse(met: Met) -> Made:
    if met.node.name == "p" or not VERSE.search(met.names):
        return None
    return _verse(met.walk, met.node, met.held) or None


def _called_note(met: Met) -> Made:
    walk, node, held, depth = met
    if not NOTE.search(met.names) or len(one_line(node).split()) <= NOTE_WORDS:
        return None
    blocks = walk.blocks(node.children, held, depth + 1)
    return (Aside(blocks, "note", (), walk.origin(node)),) if blocks else ()


def _verse(walk: Walk, node: Element, held: State) -> Sequence[Item]:
    """An element that calls itself a poem: its blocks and line ends are lines, blank lines part stanzas."""
    if any(e.name in ("table", *LISTS, "h1", "h2", "h3") for e in elements(node)):
        return ()
    if any(leaf.kind == "picture" for leaf in leaves(node)):
        return ()
    stanzas: list[list[Line]] = []
    origin = walk.origin(node)
    named = [
        c for c in node.children
        if isinstance(c, Element) and c.name == "div" and VERSE.search(c.attribute("class"))
    ]  # fmt: skip
    parts = named if len(named) > 1 and all("stanza" in c.attribute("class") for c in named) else [node]
    for part in parts:
        stanzas.append([])
        blank = 0
        for line in split_lines(walk.runs(part, State(held.mark))):
            if is_blank(line):
                blank += 1
                continue
            if len(flat(line)) > VERSE_WIDTH:
                return ()
            if blank >= STANZA_GAP and stanzas[-1]:
                stanzas.append([])
            blank = 0
            stanzas[-1].append(verse_line(line, origin))
    made = tuple(tuple(s) for s in stanzas if s)
    return (Verse(made, origin),) if sum(map(len, made)) > 1 else ()


BY_NAME: Mapping[str, Maker] = {
    "hr": _rule,
    **dict.fromkeys(HEADINGS, _heading),
    "blockquote": _quotation,
    **dict.fromkeys(LISTS, _list),
    "table": _table,
    "figure": _figure,
    "pre": _code,
    "details": _spoiler,
    "aside": _beside,
}
BY_LOOK: tuple[Maker, ...] = (_framed, _called_spoiler, _called_verse, _called_note)
