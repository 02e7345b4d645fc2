"""Blocks that are more than wrappers: what makes the items of each, by its name or by what is said of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from converter.document.model import Definition, Figure, Image, List, Quote, QuoteKind, SceneBreak
from converter.parsers.items.definitions import entries, term
from converter.parsers.items.inlines import Run, is_blank, nest, split_lines, text_of_runs, tidy
from converter.parsers.items.kinds import HeadingItem, Item
from converter.parsers.items.nested_lists import lists_nested
from converter.parsers.items.paragraphs import is_break_text
from converter.parsers.items.style_marks import State
from converter.parsers.markdown.asides import (
    aside_items,
    is_called_note,
    is_called_spoiler,
    is_framed,
    spoiler_items,
)
from converter.parsers.markdown.lined import code_items, verse_items
from converter.parsers.markdown.tables import markdown_table_items
from converter.parsers.markdown.tree import HEADINGS, Element, MarkdownNode, TreeLeaf, elements, tree_leaves
from converter.parsers.markdown.walk import MarkdownWalk, has_words, text_of
from converter.recognisers.marks.class_names import DEDICATION, EPIGRAPH, VERSE

FRAMED_PARTS = 4  # blocks or line ends in a list's only item
LISTS = ("ul", "ol")
NAMED_ELEMENTS = ("div", "section", "p")  # whose names say what they hold


class MetElement(NamedTuple):
    """A block that the walk meets, and what it inherits."""

    walk: MarkdownWalk
    node: Element
    state: State
    depth: int


MadeOfElement = Sequence[Item] | None  # None: it only wraps
ElementMaker = Callable[[MetElement], MadeOfElement]


def items_of(walk: MarkdownWalk, node: Element, state: State, depth: int) -> MadeOfElement:
    """The items of a block that is more than a wrapper, or None."""
    met = MetElement(walk, node, state, depth)
    if maker := BY_NAME.get(node.name):
        return maker(met)
    return _called(met) if node.attributes and node.name in NAMED_ELEMENTS else None


def _called(met: MetElement) -> MadeOfElement:
    """What the class of a block, or the frame around it, says that it is."""
    names = f"{met.node.attribute('class')} {met.node.attribute('id')}"
    if met.node.name != "p":
        if is_framed(met.walk, met.node):
            return aside_items(*met)
        if is_called_spoiler(names):
            return spoiler_items(*met)
        if VERSE.search(names) and (verse := verse_items(met.walk, met.node, met.state)):
            return verse
        if kind := _said_apart(names):
            blocks = met.walk.blocks(met.node.children, met.state, met.depth + 1)
            return (Quote(blocks, kind, met.walk.origin(met.node)),) if blocks else ()
    return aside_items(*met, kind="note") if is_called_note(met.node, names) else None


def _said_apart(names: str) -> QuoteKind | None:
    """What a block is that stands before the story, by its names."""
    return "epigraph" if EPIGRAPH.search(names) else "dedication" if DEDICATION.search(names) else None


# ------------------------------------------------------------------------------------------------- by its name


def _rule(met: MetElement) -> MadeOfElement:
    return (SceneBreak("", met.walk.origin(met.node)),)


def _heading(met: MetElement) -> MadeOfElement:
    walk, node, _, _ = met
    lines = _heading_lines(walk, node)
    content = tuple(nest(line) for line in lines)
    if not content:
        return ()
    words = " ".join(text_of_runs(lines[0]).split())
    objects = any(run.object is not None for line in lines for run in line)
    if len(content) == 1 and is_break_text(words) and not words.isalnum() and not objects:  # "XX" is a number
        return (SceneBreak(words, walk.origin(node)),)
    if all(isinstance(i, Image) for line in content for i in line):
        return walk.items(node.children)
    return (HeadingItem(content, HEADINGS[node.name], walk.origin(node)),)


def _heading_lines(walk: MarkdownWalk, node: Element) -> list[list[Run]]:
    """The lines of a heading, without what a heading looks like anyway; those that say something."""
    lines = [tidy(line) for line in split_lines(walk.runs(node))]
    all_italic = all(run.mark.italic for line in lines for run in line)
    key = walk.ground.keys.get(id(node), "")

    def plain(run: Run) -> Run:
        mark = run.mark
        italic = mark.italic and not all_italic
        return replace(
            run,
            mark=replace(mark, bold=False, link="", underline=False, italic=italic, anchor=mark.anchor or key),
        )

    return [[plain(run) for run in line] for line in lines if not is_blank(line)]


def _quotation(met: MetElement) -> MadeOfElement:
    walk, node, state, depth = met
    if walk.is_most(node):
        return None  # set in from the margin as a whole
    inner = replace(state, mark=walk.inherit(node, state).mark)
    blocks = walk.blocks(node.children, inner, depth + 1)
    return (Quote(blocks, origin=walk.origin(node)),) if blocks else ()


def _list(met: MetElement) -> MadeOfElement:
    walk, node, state, depth = met
    groups = _entries(node)
    if len(groups) == 1 and walk.is_most(node) and _has_parts(node):
        return walk.items(groups[0], state, depth + 1)  # a frame around the story
    items = tuple(blocks for group in groups if (blocks := walk.blocks(group, state, depth + 1)))
    if not items:
        return ()
    first = node.attribute("start").strip()
    start = int(first) if re.fullmatch(r"\d{1,6}", first) else 1
    ordered = node.name == "ol"
    return (List(items if ordered else lists_nested(items), ordered, start, walk.origin(node)),)


def _entries(node: Element) -> list[list[MarkdownNode]]:
    """The items of a list; a list between two of them belongs to the first, and other words are items of their own."""
    groups: list[list[MarkdownNode]] = []
    loose = True  # what is no item begins one
    for child in node.children:
        if isinstance(child, Element) and child.name in LISTS and groups:
            groups[-1].append(child)
        elif isinstance(child, Element) and child.name in ("li", *LISTS):
            groups.append([child])
            loose = True
        elif isinstance(child, TreeLeaf) and child.kind == "text" and child.text.isspace():
            if not loose:
                groups[-1].append(child)
        elif loose:
            groups.append([child])
            loose = False
        else:
            groups[-1].append(child)
    return groups


def _definitions(met: MetElement) -> MadeOfElement:
    """Definitions; a list that holds anything else, or most of the story, only wraps."""
    walk, node, state, depth = met
    parts: list[Element] = []
    for child in node.children:
        if isinstance(child, Element):
            parts += [c for c in child.children if isinstance(c, Element)] if child.name == "div" else [child]
        elif child.kind != "text" or not child.text.isspace():
            return None
    parts = [part for part in parts if id(part) not in walk.dropped and has_words(part)]
    found = entries([part.name for part in parts])
    if not found or walk.is_most(node):
        return None
    out = []
    for entry in found:
        terms = [parts[at] for at in entry.terms]
        meanings = (parts[at] for at in entry.meanings)
        out.append(
            Definition(
                tuple(term(walk.runs(one, walk.inherit(one, state))) for one in terms),
                tuple(walk.blocks(one.children, walk.inherit(one, state), depth + 1) for one in meanings),
                walk.origin(terms[0]),
            )
        )
    return out


def _has_parts(node: Element) -> bool:
    """Whether a list holds several paragraphs or lines."""
    blocks = sum(e.name in ("p", "div") for e in elements(node))
    return blocks + sum(leaf.kind == "break" for leaf in tree_leaves(node)) >= FRAMED_PARTS


def _code(met: MetElement) -> MadeOfElement:
    return None if any(elements(met.node)) else code_items(met.walk, met.node)


def _figure(met: MetElement) -> MadeOfElement:
    walk, node, state, depth = met
    caption = next((e for e in elements(node) if e.name == "figcaption"), None)
    pictures = sum(leaf.kind == "picture" for leaf in tree_leaves(node))
    if caption is None or pictures != 1 or any(map(str.isalnum, text_of(node, {id(caption)}))):
        return walk.items(node.children, state, depth + 1)  # more than a picture: in its order
    walk.dropped.add(id(caption))  # its words are the caption
    rest = walk.items(node.children, state, depth + 1)
    if len(rest) == 1 and isinstance(rest[0], Figure):
        return (replace(rest[0], caption=(*rest[0].caption, *walk.inline(caption))),)
    return [*rest, *walk.items(caption.children, replace(state, align="center"), depth + 1)]


BY_NAME: Mapping[str, ElementMaker] = {
    "hr": _rule,
    **dict.fromkeys(HEADINGS, _heading),
    "blockquote": _quotation,
    **dict.fromkeys(LISTS, _list),
    "dl": _definitions,
    "table": lambda met: markdown_table_items(*met),
    "figure": _figure,
    "pre": _code,
    "details": lambda met: spoiler_items(*met),
    "aside": lambda met: aside_items(*met),
}
