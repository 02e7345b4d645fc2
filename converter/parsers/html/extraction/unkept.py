"""What stands inside the story's element and is none of it: frames of links in which an extractor kept nothing."""

from __future__ import annotations

import re

from bs4.element import Tag

from converter.parsers.html.boilerplate.link_lists import items_tell, tells_facts
from converter.parsers.html.boilerplate.weights import Weights
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import UNSEEN, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.extraction.prose import (
    is_sentence,
    letters_below,
)

KINDS = ("div", "section", "header", "footer", "table", "ul", "form", "aside", "td")
UNKEPT_LETTERS = 200
UNKEPT_LINKS = 0.3  # of the letters of an element the reader left out
UNKEPT_WITHIN = 0.5  # the same, between parts of the story: a table there tells something about it
FRAMES = frozenset("div section article main table tbody tr td center".split())


def exclude_unkept(
    page: Page, excluded: Exclusions, root: Tag, kept: set[int], weights: Weights, own: set[int]
) -> None:
    """Excludes children of the story's element in which the extractor kept nothing, if they look like chrome too."""
    kept_letters = letters_below(page, excluded, kept)
    stack = [root]
    while stack:
        at = stack.pop()
        parts = [i for i, c in enumerate(at.contents) if isinstance(c, Tag) and kept_letters.get(id(c), 0)]
        for i, child in enumerate(at.contents):
            if not isinstance(child, Tag) or child in excluded or child.name in UNSEEN:
                continue
            letters = weights.letters.get(id(child), 0)
            if not letters or id(child) in own or tells_facts(child, weights) or items_tell(child, weights):
                continue
            if kept_letters.get(id(child), 0):
                if child.name in FRAMES and kept_letters[id(child)] < letters:
                    stack.append(child)
            elif _is_chrome(child, weights, within=bool(parts) and parts[0] < i < parts[-1]):
                excluded.add(child, "page furniture", "nothing that an extractor kept")


def _is_chrome(child: Tag, weights: Weights, *, within: bool) -> bool:
    """Whether a frame without anything of the story is links, or short and no sentence. `within`: it stands between
    parts of the story, and may tell something about it."""
    if child.name not in KINDS:
        return False
    if weights.share(child) > (UNKEPT_WITHIN if within else UNKEPT_LINKS) and not is_sentence(child, weights):
        return True
    return weights.letters.get(id(child), 0) < UNKEPT_LETTERS and not within and not _tells(child)


def _tells(element: Tag) -> bool:
    """Whether an element may be part of a story for all its shortness: a sentence, a heading, a break, a picture."""
    text = one_line(element)
    return (
        bool(re.search(r"[.!?…”\"]$", text))
        or element.find(["h1", "h2", "h3", "h4", "hr", "img", "blockquote"]) is not None
        or len(text) <= 25
    )
