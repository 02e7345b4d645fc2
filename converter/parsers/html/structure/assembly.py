"""From the walked page to `Parsed`: chapters, what was left out and why, in one value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4.element import Tag

from converter.document.contracts import Evidence, Insertion, Omission, Parsed
from converter.document.errors import NotAStory
from converter.document.model import Book, Chapter, Resource
from converter.document.walk import chapter_text
from converter.parsers.html.boilerplate.left_out import left_out
from converter.parsers.html.boilerplate.omitted_prose import prose_left_out
from converter.parsers.html.dom.page import Page
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.html.extraction.neighbours import INDEX_WORDS, neighbours, with_neighbours
from converter.parsers.html.flow.images import Images
from converter.parsers.html.style.cascade import page_stylesheet
from converter.parsers.html.style.computed import PLAIN, Look


def page_looks(page: Page) -> dict[int, Look]:
    """The look of every element that CSS says something about, by id(element)."""
    sheet = page_stylesheet(page.index.by_name.get("style", ()))
    looks: dict[int, Look] = {}
    for element in page.elements:
        look = sheet.look(element)
        if look is not PLAIN and look != PLAIN:
            looks[id(element)] = look
    return looks


def _shown(resources: Sequence[Resource], chapters: Sequence[Chapter]) -> tuple[Resource, ...]:
    """The pictures that are in the story; a divider that became a scene break is not."""
    if not resources:
        return ()
    used = set(re.findall(r"resource='([^']+)'", repr(chapters)))
    return tuple(r for r in resources if r.name in used)


def _words(book: Book) -> int:
    """The words of a book, counted no further than an index page has."""
    words = 0
    for _, chapter in book.walk():
        words += len(chapter_text(chapter).split())
        if words > INDEX_WORDS:
            break
    return words


def finish(
    page: Page,
    facts: Facts,
    chapters: Sequence[Chapter],
    images: Images,
    roots: Sequence[Tag],
    omissions: Sequence[Omission],
    evidence: Sequence[Evidence],
    insertions: Sequence[Insertion] = (),
) -> Parsed:
    """All that was understood. `insertions` are words of headings that no text of the page has at their place.
    Raises NotAStory when no chapter has anything in it."""
    book = Book(facts.metadata(), tuple(chapters), _shown(images.resources, chapters))
    listed = [*left_out(page, roots), *page.omissions, *omissions]
    parsed = Parsed(
        book,
        page.texts,
        (*page.diagnostics, *images.report(), *prose_left_out(page, listed)),
        tuple(listed),
        tuple(evidence),
        tuple(insertions),
    )
    parsed = with_neighbours(page, parsed, _words(book), neighbours(page), roots)
    if not any(c.blocks or c.children for c in chapters):
        raise NotAStory("no story was found on the page", page.name, "save the page that shows the story itself")
    return parsed
