"""Elements that are more than wrappers: headings, lists, figures, preformatted text, poems, spoilers, boxes, notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from bs4.element import Tag

from converter.document.model import (
    Aside,
    Quote,
    SceneBreak,
)
from converter.parsers.computed_style import ComputedStyle
from converter.parsers.html.boilerplate.chrome import stands_in_sentence
from converter.parsers.html.dom.nodes import child_nodes, element_text
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.flow.element_lists import definition_items, list_items
from converter.parsers.html.flow.figures import captioned, captioned_below, figure
from converter.parsers.html.flow.headings import HEADINGS, heading
from converter.parsers.html.flow.inline_style import holds_blocks
from converter.parsers.html.flow.listed import Listed
from converter.parsers.html.flow.messages import chat
from converter.parsers.html.flow.preformatted import preformatted
from converter.parsers.html.flow.spoilers import spoiler
from converter.parsers.html.flow.tables import table_items
from converter.parsers.html.flow.typed_lists import listed_item, parted_list
from converter.parsers.html.flow.verse import verse
from converter.parsers.html.flow.walk import PageWalk
from converter.parsers.items.frames import BOX_WORDS, NOTE_WORDS
from converter.parsers.items.kinds import Item
from converter.parsers.items.style_marks import State
from converter.recognisers.marks import class_names


class MetTag(NamedTuple):
    """An element that the walk meets, and what it inherits."""

    walk: PageWalk
    node: Tag
    style: ComputedStyle
    state: State
    depth: int

    @property
    def names(self) -> str:
        """Its class names and its id."""
        return f"{attribute(self.node, 'class')} {attribute(self.node, 'id')}"


MadeOfTag = Sequence[Item | Listed] | bool
TagMaker = Callable[[MetTag], MadeOfTag]


def special_items(walk: PageWalk, node: Tag, style: ComputedStyle, state: State, depth: int) -> MadeOfTag:
    """The items of an element that is more than a wrapper, or False."""
    caption = walk.story.captions.get(id(node))
    if caption is not None and (made_of_both := captioned(walk, node, caption, state, depth)) is not None:
        return made_of_both
    makers = BY_NAME.get(node.name, ())
    if not makers and not node.attrs and id(node) not in walk.asides:
        return False  # nearly all elements
    element = MetTag(walk, node, style, state, depth)
    for make in (*makers, *BY_LOOK):
        made = make(element)
        if made is not False:
            return False if made is WRAPPER else made
    return False


# ------------------------------------------------------------------------------------------------- by its name


def _rule(element: MetTag) -> MadeOfTag:
    return (SceneBreak("", element.walk.page.origin(element.node)),)


def _named_heading(element: MetTag) -> MadeOfTag:
    return heading(element.walk, element.node)


def _group_of_headings(element: MetTag) -> MadeOfTag:
    """A heading and what belongs to it, line by line."""
    first = element.node.find(list(HEADINGS))
    return heading(element.walk, element.node, first.name) if first is not None else False


def _quotation(element: MetTag) -> MadeOfTag:
    walk, node, style, state, depth = element
    called = f"{attribute(node, 'epub:type')} {attribute(node, 'class')}"
    if class_names.VERSE.search(called) and (poem := verse(walk, node, state)):
        return poem
    if walk.is_most(node):
        return WRAPPER  # set in from the margin as a whole
    inner = walk.blocks(child_nodes(node), replace(state, mark=walk.inherit(node, style, state).mark), depth + 1)
    return (Quote(inner, origin=walk.page.origin(node)),) if inner else ()


def _named_list(element: MetTag) -> MadeOfTag:
    walk, node, _, state, depth = element
    if id(node) in walk.joined:
        return ()
    parted = parted_list(walk, node, state, depth)
    return list_items(walk, node, state, depth) if parted is None else parted


def _definitions(element: MetTag) -> MadeOfTag:
    walk, node, _, state, depth = element
    return definition_items(walk, node, state, depth) or False


def _table(element: MetTag) -> MadeOfTag:
    return table_items(element.walk, element.node, element.state, element.depth)


def _named_figure(element: MetTag) -> MadeOfTag:
    return figure(element.walk, element.node, element.state, element.depth)


def _preformatted(element: MetTag) -> MadeOfTag:
    made = preformatted(element.walk, element.node)
    return WRAPPER if made is False else made


def _details(element: MetTag) -> MadeOfTag:
    return spoiler(element.walk, element.node, element.state, element.depth)


def _beside(element: MetTag) -> MadeOfTag:
    return _aside(element.walk, element.node, "box", element.state, element.depth)


def _picture(element: MetTag) -> MadeOfTag:
    made = captioned_below(element.walk, element.node, element.style, element.state, element.depth)
    return False if made is None else made


def _typed_item(element: MetTag) -> MadeOfTag:
    walk, node, style, state, depth = element
    return listed_item(walk, node, style, state, depth) or False


# ------------------------------------------------------------------------------------ by what a page says of it


def _aside_of_a_site(element: MetTag) -> MadeOfTag:
    walk, node, _, state, depth = element
    return _aside(walk, node, walk.asides[id(node)], state, depth) if id(node) in walk.asides else False


def _framed(element: MetTag) -> MadeOfTag:
    """A box that the author drew."""
    walk, node, _, state, depth = element
    if node.name not in ("div", "section") or not class_names.FRAME.search(attribute(node, "style")):
        return False
    if len(walk.text_of(node).split()) > BOX_WORDS or walk.is_most(node):
        return False
    return _aside(walk, node, "box", state, depth)


def _called_spoiler(element: MetTag) -> MadeOfTag:
    walk, node, _, state, depth = element
    if node.name not in ("div", "section", "span", "fieldset"):
        return False
    if not class_names.SPOILER.search(element.names) or class_names.SPOILER_PART.search(element.names):
        return False
    within = node.name == "span" and not holds_blocks(node) and stands_in_sentence(node)
    return False if within else spoiler(walk, node, state, depth)


def _called_verse(element: MetTag) -> MadeOfTag:
    walk, node, _, state, _ = element
    if node.name not in ("div", "section") or not class_names.VERSE.search(element.names):
        return False
    return verse(walk, node, state) or False


def _called_chat(element: MetTag) -> MadeOfTag:
    walk, node, _, state, depth = element
    if node.name not in ("div", "section", "ul", "ol") or not class_names.CHAT.search(element.names):
        return False
    return False if walk.is_most(node) else chat(walk, node, state, depth) or False


def _called_note(element: MetTag) -> MadeOfTag:
    walk, node, _, state, depth = element
    if node.name not in ("div", "section", "p", "fieldset") or not class_names.NOTE.search(element.names):
        return False
    return _aside(walk, node, "note", state, depth) if len(element_text(node).split()) > NOTE_WORDS else False


WRAPPER = True  # the element holds the story like any other, whatever else may be said of it
BY_NAME: Mapping[str, tuple[TagMaker, ...]] = {
    "hr": (_rule,),
    **dict.fromkeys(HEADINGS, (_named_heading,)),
    "hgroup": (_group_of_headings,),
    "blockquote": (_quotation,),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), (_named_list,)),
    "dl": (_definitions,),
    "table": (_table,),
    "figure": (_named_figure,),
    **dict.fromkeys(("pre", "xmp", "listing", "plaintext"), (_preformatted,)),
    "details": (_details,),
    "aside": (_beside,),
    "p": (_typed_item, _picture),
    **dict.fromkeys(("center", "div"), (_picture,)),
}
BY_LOOK: tuple[TagMaker, ...] = (_aside_of_a_site, _framed, _called_spoiler, _called_verse, _called_chat, _called_note)


# ------------------------------------------------------------------------------------------------------- makers


def _aside(walk: PageWalk, node: Tag, kind: str, state: State, depth: int) -> Sequence[Item]:
    inner = walk.blocks(child_nodes(node), state, depth + 1)
    if not inner:
        return ()
    return (Aside(inner, "note" if kind == "note" else "box", (), walk.page.origin(node)),)
