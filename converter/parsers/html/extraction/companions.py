"""What stands beside the story's element and belongs to it: a lead, a last word, the template's next piece."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import Tag

from converter.parsers.html.boilerplate.link_lists import exclude_link_lists
from converter.parsers.html.boilerplate.weights import Weights
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import UNSEEN, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.dom.tree import place
from converter.parsers.html.extraction.posts import HEAD_WORDS, opening_words, post_writer
from converter.parsers.html.extraction.prose import (
    COMPANION_LEVELS,
    ENDS_SENTENCE,
    LOOSE_LETTERS,
    PIECE_LINKS,
    is_sentence,
    letters_below,
)

COMPANION_LETTERS = 40
LEAD_WORDS = 10
COMPANION_KEPT = 0.7  # of its letters kept by the reader
COMPANION_LINKS = 0.3
PART_LETTERS = 80  # of a piece of the story beside its longest
SECTION_LETTERS = 200  # in paragraphs of a section beside the story's: more than an invitation to a newsletter has


def with_companions(page: Page, excluded: Exclusions, root: Tag, kept: set[int], weights: Weights) -> list[Tag]:
    """The story's element with those beside it, or beside what holds it, that the reader kept too: a lead, a
    last word."""
    letters = letters_below(page, excluded, kept)
    start = place(root)
    title = max((place(h) for h in page.index.select("h1") if place(h) < start), default=len(page.everything))
    roots = [root]
    at = root
    for _ in range(COMPANION_LEVELS):
        if at.parent is None or at is page.body:
            break
        for sibling in at.parent.contents:
            if sibling is at or not isinstance(sibling, Tag) or sibling in excluded or sibling.name in UNSEEN:
                continue
            lead = title < place(sibling) < start
            if _is_companion(sibling, root, weights, letters.get(id(sibling), 0), beside=at is root, lead=lead):
                roots.append(sibling)
            else:
                roots.extend(_pieces_in(sibling, excluded, root, weights))
        at = at.parent
    exclude_link_lists(page, excluded, weights, roots[1:], kept)
    return sorted(roots, key=place)


def _is_companion(sibling: Tag, root: Tag, weights: Weights, kept: int, *, beside: bool, lead: bool) -> bool:
    """Whether an element beside the story's belongs to it. `kept`: how many of its letters an extractor kept; `beside`:
    both have one parent; `lead`: it stands between the title and the story."""
    letters = weights.letters.get(id(sibling), 0)
    if letters and beside and _is_variant(sibling, root) and weights.share(sibling) <= PIECE_LINKS:
        return True
    if letters < COMPANION_LETTERS or weights.share(sibling) >= COMPANION_LINKS:
        return False
    if _is_piece(sibling, root, weights) or (beside and _is_loose(sibling, root, weights)):
        return True
    return (lead and _is_lead(sibling)) or kept >= COMPANION_KEPT * letters


def _is_variant(sibling: Tag, root: Tag) -> bool:
    """An element of the same kind whose further class names are made of the story's own: `text text--preface`."""
    own, others = attribute(root, "class").split(), attribute(sibling, "class").split()
    further = [name for name in others if name not in own]
    return (
        sibling.name == root.name
        and bool(own)
        and bool(further)
        and all(name in others for name in own)
        and all(any(name.startswith(mine) for mine in own) for name in further)
    )


def _is_piece(sibling: Tag, root: Tag, weights: Weights) -> bool:
    """A template's next piece of the same text: an element of the very same kind that is all prose."""
    return (
        sibling.parent is root.parent
        and sibling.name == root.name
        and bool(attribute(root, "class"))
        and attribute(sibling, "class") == attribute(root, "class")
        and weights.letters.get(id(sibling), 0) >= PART_LETTERS
        and weights.share(sibling) <= PIECE_LINKS
        and opening_words(sibling) > HEAD_WORDS
        and not post_writer(sibling)[0]
    )


def _numbered_kind(element: Tag) -> str:
    """The kind of an element that a template numbers: `text` of `text text-2`."""
    first, *others = attribute(element, "class").split() or [""]
    numbered = any(name.rstrip("0123456789") in (f"{first}-", f"{first}_", first) for name in others)
    return first if numbered else ""


def _pieces_in(element: Tag, excluded: Exclusions, root: Tag, weights: Weights) -> Iterator[Tag]:
    """The elements of the story's kind inside a frame near it: a template sets a text in pieces among other things.

    What has a title of its own, or is an article, is another text.
    """
    kind = _numbered_kind(root)
    if not kind or element.find("h1") is not None:
        return
    stack = [element] if element.name != "article" else []
    while stack:
        for child in stack.pop().contents:
            if not isinstance(child, Tag) or child.name == "article" or child in excluded:
                continue
            if weights.letters.get(id(child), 0) < PART_LETTERS:
                continue
            if child.name == root.name and _numbered_kind(child) == kind:
                if weights.share(child) <= PIECE_LINKS and not post_writer(child)[0]:
                    yield child
            else:
                stack.append(child)


def _is_loose(sibling: Tag, root: Tag, weights: Weights) -> bool:
    """A paragraph that stands beside the story's element, not in it; or the next section of its text."""
    if weights.share(sibling) >= COMPANION_LINKS:
        return False
    if sibling.name in ("p", "blockquote"):
        return bool(ENDS_SENTENCE.search(one_line(sibling)))
    if sibling.name == "div":
        return weights.letters.get(id(sibling), 0) >= LOOSE_LETTERS and is_sentence(sibling, weights)
    if sibling.name != "section" or root.name != "section" or weights.share(sibling) > PIECE_LINKS:
        return False
    own = [c for c in sibling.contents if isinstance(c, Tag) and c.name == "p" and ENDS_SENTENCE.search(one_line(c))]
    return sum(weights.letters.get(id(c), 0) for c in own) >= SECTION_LETTERS


def _is_lead(element: Tag) -> bool:
    """A sentence or two between the title and the story."""
    text = one_line(element)
    return len(text.split()) >= LEAD_WORDS and bool(re.search(r"[.!?…][\"”’)]*$", text))
