"""Where prose stands in a page: sentences, and the letters that an extractor kept."""

from __future__ import annotations

import re

from bs4.element import NavigableString, Tag

from converter.parsers.html.boilerplate.weights import Weights
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import NOT_TEXT, one_line
from converter.parsers.html.dom.page import Page

ENDS_SENTENCE = re.compile(r"\w{2}[.!?…]+[\"'”’»)]*(?:\s|$)|[。！？]")
SENTENCE_LETTERS = 20  # of a paragraph outside its links
SPLITS = [
    "p",
    "div",
    "ul",
    "ol",
    "dl",
    "li",
    "table",
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "form",
    "blockquote",
]
LOOSE_LETTERS = 80  # of text that stands in no element of its own
PIECE_LINKS = 0.1
COMPANION_LEVELS = 3  # parents around the story in which a lead may stand


def is_sentence(element: Tag, weights: Weights) -> bool:
    """Whether an element is one paragraph, for all its links."""
    letters = weights.letters.get(id(element), 0) - weights.linked.get(id(element), 0)
    return (
        letters >= SENTENCE_LETTERS and element.find(SPLITS) is None and bool(ENDS_SENTENCE.search(one_line(element)))
    )


def letters_below(page: Page, excluded: Exclusions, kept: set[int]) -> dict[int, int]:
    """How many letters an extractor kept in each element and below it, by the element's id."""
    letters: dict[int, int] = {}
    for element in reversed(page.elements):
        key = id(element)
        own = 0
        if key in kept and key not in excluded.ids:
            own = sum(
                len(c)
                for c in element.contents
                if isinstance(c, NavigableString) and not isinstance(c, NOT_TEXT) and not c.isspace()
            )
        here = letters.get(key, 0) + own
        letters[key] = here
        if element.parent is not None and here:
            letters[id(element.parent)] = letters.get(id(element.parent), 0) + here
    return letters
