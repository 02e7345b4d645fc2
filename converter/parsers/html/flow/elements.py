"""Elements that are more than wrappers: headings, lists, figures, preformatted text, poems, spoilers, boxes, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from bs4.element import NavigableString, Tag

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
    Strong,
    Verse,
)
from converter.parsers.computed_style import PLAIN, Look
from converter.parsers.html.boilerplate.chrome import stands_in_sentence
from converter.parsers.html.dom.nodes import NOT_TEXT, UNSEEN, children, element_text
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.flow.inline_style import State, holds_blocks, text_runs
from converter.parsers.html.flow.listed import Listed
from converter.parsers.html.flow.tables import table_items
from converter.parsers.html.flow.typed_lists import listed_item, parted_list
from converter.parsers.html.flow.walk import Walk
from converter.parsers.items.inlines import BREAK, Run, flat, is_blank, joined, nest, split_lines, tidy
from converter.parsers.items.kinds import Head, Item
from converter.parsers.items.paragraphs import is_break_text, is_verse_text, paragraphs, verse_line
from converter.recognisers import class_names

SPOILER_HEAD_WORDS = 15
SPOILER_PARTS = 12  # elements in a spoiler that are looked through for its title
NOTE_WORDS = 3  # a note of fewer is the name of one
VERSE_WIDTH = 130  # characters; a longer "line" is a paragraph, whatever its element is called
FRAMED_PARTS = 4  # blocks or line ends in a list's only item
STANZA_GAP = 3  # line ends in a row: a line's own, and those of the blocks around it
BOX_WORDS = 400  # a framed part with more words is how the page looks, not a box in the story
WRAPPED_PRE_WORDS = 200  # a `<pre>` with more words is checked for being prose
HEADINGS = {f"h{n}": n for n in range(1, 7)}


class Element(NamedTuple):
    """An element that the walk meets, and what it inherits."""

    walk: Walk
    node: Tag
    look: Look
    held: State
    depth: int

    @property
    def names(self) -> str:
        """Its class names and its id."""
        return f"{attribute(self.node, 'class')} {attribute(self.node, 'id')}"


Made = Sequence[Item | Listed] | bool
Maker = Callable[[Element], Made]


def special_items(walk: Walk, node: Tag, look: Look, held: State, depth: int) -> Made:
    """The items of an element that is more than a wrapper, or False."""
    makers = BY_NAME.get(node.name, ())
    if not makers and not node.attrs and id(node) not in walk.asides:
        return False  # nearly all elements
    element = Element(walk, node, look, held, depth)
    for make in (*makers, *BY_LOOK):
        made = make(element)
        if made is not False:
            return False if made is WRAPPER else made
    return False


# ------------------------------------------------------------------------------------------------- by its name


def _rule(element: Element) -> Made:
    return (SceneBreak("", element.walk.page.origin(element.node)),)


def _named_heading(element: Element) -> Made:
    return _heading(element.walk, element.node)


def _group_of_headings(element: Element) -> Made:
    """A heading and what belongs to it, line by line."""
    first = element.node.find(list(HEADINGS))
    return _heading(element.walk, element.node, first.name) if first is not None else False


def _quotation(element: Element) -> Made:
    walk, node, look, held, depth = element
    if class_names.VERSE.search(attribute(node, "epub:type")) and (verse := _verse(walk, node, held)):
        return verse
    if walk.is_most(node):
        return WRAPPER  # set in from the margin as a whole
    inner = walk.blocks(children(node), replace(held, mark=walk.inherit(node, look, held).mark), depth + 1)
    return (Quote(inner, origin=walk.page.origin(node)),) if inner else ()


def _named_list(element: Element) -> Made:
    walk, node, _, held, depth = element
    if id(node) in walk.taken:
        return ()
    parted = parted_list(walk, node, held, depth)
    return _list(walk, node, held, depth) if parted is None else parted


def _table(element: Element) -> Made:
    return table_items(element.walk, element.node, element.held, element.depth)


def _named_figure(element: Element) -> Made:
    return _figure(element.walk, element.node, element.held, element.depth)


def _preformatted(element: Element) -> Made:
    made = _pre(element.walk, element.node)
    return WRAPPER if made is False else made


def _details(element: Element) -> Made:
    return _spoiler(element.walk, element.node, element.held, element.depth)


def _beside(element: Element) -> Made:
    return _aside(element.walk, element.node, "box", element.held, element.depth)


def _typed_item(element: Element) -> Made:
    walk, node, look, held, depth = element
    return listed_item(walk, node, look, held, depth) or False


# ------------------------------------------------------------------------------------ by what a page says of it


def _aside_of_a_site(element: Element) -> Made:
    walk, node, _, held, depth = element
    return _aside(walk, node, walk.asides[id(node)], held, depth) if id(node) in walk.asides else False


def _framed(element: Element) -> Made:
    """A box that the author drew."""
    walk, node, _, held, depth = element
    if node.name not in ("div", "section") or not class_names.FRAME.search(attribute(node, "style")):
        return False
    if len(walk.text_of(node).split()) > BOX_WORDS or walk.is_most(node):
        return False
    return _aside(walk, node, "box", held, depth)


def _called_spoiler(element: Element) -> Made:
    walk, node, _, held, depth = element
    if node.name not in ("div", "section", "span", "fieldset"):
        return False
    if not class_names.SPOILER.search(element.names) or class_names.SPOILER_PART.search(element.names):
        return False
    within = node.name == "span" and not holds_blocks(node) and stands_in_sentence(node)
    return False if within else _spoiler(walk, node, held, depth)


def _called_verse(element: Element) -> Made:
    walk, node, _, held, _ = element
    if node.name not in ("div", "section") or not class_names.VERSE.search(element.names):
        return False
    return _verse(walk, node, held) or False


def _called_note(element: Element) -> Made:
    walk, node, _, held, depth = element
    if node.name not in ("div", "section", "p", "fieldset") or not class_names.NOTE.search(element.names):
        return False
    return _aside(walk, node, "note", held, depth) if len(element_text(node).split()) > NOTE_WORDS else False


WRAPPER = True  # the element holds the story like any other, whatever else may be said of it
BY_NAME: Mapping[str, tuple[Maker, ...]] = {
    "hr": (_rule,),
    **dict.fromkeys(HEADINGS, (_named_heading,)),
    "hgroup": (_group_of_headings,),
    "blockquote": (_quotation,),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), (_named_list,)),
    "table": (_table,),
    "figure": (_named_figure,),
    **dict.fromkeys(("pre", "xmp", "listing", "plaintext"), (_preformatted,)),
    "details": (_details,),
    "aside": (_beside,),
    "p": (_typed_item,),
}
BY_LOOK: tuple[Maker, ...] = (_aside_of_a_site, _framed, _called_spoiler, _called_verse, _called_note)


# ------------------------------------------------------------------------------------------------------- makers


def _heading(walk: Walk, node: Tag, name: str = "") -> Sequence[Item]:
    origin = walk.page.origin(node)
    lines = [line for line in _heading_lines(walk, node) if not is_blank(line)]
    content = tuple(nest(line) for line in lines)
    if not content:
        return ()
    if id(node) in walk.story.plain_headings:
        return (Paragraph((Strong(joined(content)),), "", "", origin),)
    words = " ".join(flat(lines[0]).split())
    if len(content) == 1 and is_break_text(words) and not words.isalnum():  # "XX" is a number
        return (SceneBreak(words, origin),)
    if all(isinstance(i, Image) for line in content for i in line):
        return walk.items(children(node))
    return (Head(content, HEADINGS[name or node.name], origin),)


def _heading_lines(walk: Walk, node: Tag) -> list[list[Run]]:
    """A heading's lines without what all headings have, bold, links and underlines, and italic over all of it."""
    lines = [tidy(line) for line in split_lines(walk.runs(node))]
    plain = [[replace(r, mark=replace(r.mark, bold=False, link="", underline=False)) for r in line] for line in lines]
    if key := walk.keys.get(id(node)):
        plain = [[replace(r, mark=replace(r.mark, anchor=r.mark.anchor or key)) for r in line] for line in plain]
    if all(r.mark.italic for line in plain for r in line):
        plain = [[replace(r, mark=replace(r.mark, italic=False)) for r in line] for line in plain]
    return plain


def _list(walk: Walk, node: Tag, held: State, depth: int) -> Sequence[Item]:
    groups: list[list[Tag | NavigableString]] = []
    loose = True
    for child in children(node):
        if isinstance(child, Tag):
            if child.name == "li" or (child.name in ("ul", "ol") and not groups):
                groups.append([child])
                loose = False
                continue
            if child.name in ("ul", "ol"):  # a list between items belongs to the item before it
                groups[-1].append(child)
                continue
        elif isinstance(child, NOT_TEXT):
            continue
        elif not str(child).strip():
            if groups and getattr(groups[-1][-1], "name", "") not in ("li", "ul", "ol"):
                groups[-1].append(child)
            continue
        if loose:
            groups.append([])
        groups[-1].append(child)
        loose = False
    parts = node.find_all(["p", "div", "br"], limit=FRAMED_PARTS) if len(groups) == 1 else []
    if len(parts) == FRAMED_PARTS and walk.is_most(node):
        return walk.items(groups[0], held, depth + 1)  # a frame of the page's around the story
    items = tuple(b for g in groups if (b := walk.blocks(g, held, depth + 1)))
    if not items:
        return ()
    first = attribute(node, "start").strip()
    start = int(first) if re.fullmatch(r"\d{1,6}", first) else 1
    return (List(items, node.name == "ol", start, walk.page.origin(node)),)


def _figure(walk: Walk, node: Tag, held: State, depth: int) -> Sequence[Item]:
    caption = node.find("figcaption")
    pictures = [i for i in node.find_all("img") if isinstance(i, Tag)]
    if not isinstance(caption, Tag) or len(pictures) != 1 or _is_left_out(walk, caption, node):
        return walk.items(children(node), held, depth + 1)
    if any(map(str.isalnum, element_text(node, {*walk.excluded.ids, id(caption)}))):
        return walk.items(children(node), held, depth + 1)  # more than a picture: in its order
    walk.excluded.move(caption, "caption")
    rest = walk.items(children(node), held, depth + 1)
    if len(rest) == 1 and isinstance(rest[0], Figure):
        return (replace(rest[0], caption=(*rest[0].caption, *walk.inline(caption))),)
    return [*rest, *walk.items(children(caption), replace(held, align="center"), depth + 1)]


def _is_left_out(walk: Walk, element: Tag, within: Tag) -> bool:
    """Whether an element stands in something that is left out, or that no browser shows."""
    if any(p in walk.excluded for p in element.parents):
        return True
    return any(p.name in UNSEEN for p in takewhile(lambda e: e is not within, element.parents))


def _pre(walk: Walk, node: Tag) -> Sequence[Item] | bool:
    if holds_blocks(node):
        return False
    text = walk.text_of(node).expandtabs(4).replace("\u00a0", " ")
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        return ()
    first = " ".join(lines[0].split())
    if is_break_text(first) and not any(c.isalnum() for line in lines for c in line):
        return (SceneBreak(first, walk.page.origin(node)),)
    words = sum(len(line.split()) for line in lines)
    if words > WRAPPED_PRE_WORDS and words > 6 * len(
        lines
    ):  # prose, not a drawing: its lines are wrapped or paragraphs
        habit = replace(walk.habit, line_use="wrapped" if max(map(len, lines)) <= 100 else "paragraphs", blank=1)
        return paragraphs(_runs_of_pre(walk, node), "", walk.page.origin(node), habit)
    if is_verse_text(lines) and node.find("code") is None:
        return paragraphs(
            _runs_of_pre(walk, node), "", walk.page.origin(node), replace(walk.habit, line_use="keep", blank=1)
        )
    return (Preformatted("\n".join(lines), walk.page.origin(node)),)


def _runs_of_pre(walk: Walk, node: Tag) -> list[Run]:
    """The runs of an element whose line ends count."""
    runs: list[Run] = []
    stack: list[tuple[Tag | NavigableString, State]] = [(c, State(pre=True)) for c in reversed(children(node))]
    while stack:
        child, held = stack.pop()
        if isinstance(child, NavigableString):
            if not isinstance(child, NOT_TEXT):
                runs.extend(text_runs(walk.shown(child), held))
        elif child.name == "br":
            runs.append(Run(BREAK))
        elif not walk.passes_over(child) and child.name not in UNSEEN:
            inner = walk.inherit(child, walk.looks.get(id(child), PLAIN), held)
            stack.extend((c, replace(inner, pre=True)) for c in reversed(children(child)))
    return runs


def _spoiler(walk: Walk, node: Tag, held: State, depth: int) -> Sequence[Item]:
    head = _spoiler_head(walk, node)
    title: Inlines = ()
    if head is not None:
        title = walk.inline(head)
        walk.excluded.move(head, "title of a spoiler")
    inner = walk.blocks(children(node), held, depth + 1)
    if not inner:
        return (Paragraph(title, "", "", walk.page.origin(node)),) if title else ()
    if len(inner) == 1 and isinstance(inner[0], Aside) and inner[0].kind == "spoiler" and not inner[0].title:
        inner = inner[0].blocks  # two elements around one spoiler
    return (Aside(inner, "spoiler", title, walk.page.origin(node)),)


def _spoiler_head(walk: Walk, node: Tag) -> Tag | None:
    """The part of a spoiler that is its title: it is called so, or is the first of several and short; nothing may stand
    before it."""

    def is_short(element: Tag) -> bool:
        return len(element_text(element).split()) <= SPOILER_HEAD_WORDS

    named = (c for c in node.find_all(True, limit=SPOILER_PARTS) if _is_spoiler_head(c) and is_short(c))
    head = next(named, None)
    if head is None:
        parts = [c for c in children(node) if isinstance(c, Tag) and element_text(c).strip()]
        head = parts[0] if len(parts) > 1 and is_short(parts[0]) else None
    if head is None or head.name in UNSEEN or _is_dropped(walk, head, node) or _says_before(node, head):
        return None
    return head


def _is_spoiler_head(element: Tag) -> bool:
    return bool(class_names.SPOILER_HEAD.search(f"{element.name} {attribute(element, 'class')}"))


def _is_dropped(walk: Walk, element: Tag, within: Tag) -> bool:
    """Whether an element, or one around it below `within`, is left out; a button may be what a spoiler is called."""
    around = takewhile(lambda e: e is not within, (element, *element.parents))
    return any(e in walk.excluded and walk.excluded.rule(e) != "button" for e in around)


def _says_before(node: Tag, head: Tag) -> bool:
    """Whether an element has words before the part of it that may be its title."""
    for inner in node.descendants:
        if inner is head:
            return False
        if isinstance(inner, NavigableString) and not isinstance(inner, NOT_TEXT) and any(map(str.isalnum, inner)):
            return True
    return False


def _verse(walk: Walk, node: Tag, held: State) -> Sequence[Item]:
    """An element that calls itself a poem: its blocks and `<br>` are lines, blank lines part stanzas."""
    if node.find(["table", "ul", "ol", "h1", "h2", "h3", "img"]) is not None:
        return ()
    stanzas: list[list[Line]] = [[]]
    origin = walk.page.origin(node)
    inner = [
        c
        for c in children(node)
        if isinstance(c, Tag) and class_names.VERSE.search(attribute(c, "class")) and c.name == "div"
    ]
    parts = inner if len(inner) > 1 and all("stanza" in attribute(c, "class") for c in inner) else [node]
    for part in parts:
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
        if stanzas[-1]:
            stanzas.append([])
    made = tuple(tuple(s) for s in stanzas if s)
    return (Verse(made, origin),) if sum(map(len, made)) > 1 else ()


def _aside(walk: Walk, node: Tag, kind: str, held: State, depth: int) -> Sequence[Item]:
    inner = walk.blocks(children(node), held, depth + 1)
    if not inner:
        return ()
    return (Aside(inner, "note" if kind == "note" else "box", (), walk.page.origin(node)),)
