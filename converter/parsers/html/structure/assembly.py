"""From the walked page to `Parsed`: chapters, what was left out and why, in one value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from converter.document.contracts import Evidence, Parsed
from converter.document.errors import NotAStory
from converter.document.model import Book, Chapter, Resource
from converter.document.traversal import pictures_in
from converter.document.words import chapter_text, text_size
from converter.parsers.html.boilerplate.left_out import left_out
from converter.parsers.html.boilerplate.omitted_prose import prose_left_out
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.page import Page
from converter.parsers.html.extraction.neighbours import INDEX_WORDS, with_neighbours
from converter.parsers.html.extraction.work_data import CHAPTER
from converter.parsers.html.flow.parts import Flow
from converter.parsers.html.structure.division import Division

if TYPE_CHECKING:
    from converter.document.findings.union import Finding


def _shown(resources: Sequence[Resource], chapters: Sequence[Chapter]) -> tuple[Resource, ...]:
    """The pictures that are in the story; a divider that became a scene break is not."""
    if not resources:
        return ()
    used = pictures_in(chapters)
    return tuple(r for r in resources if r.name in used)


def _words(book: Book) -> int:
    """The words of a book, counted no further than an index page has."""
    words = 0
    for _, chapter in book.walk():
        words += text_size(chapter_text(chapter))
        if words > INDEX_WORDS:
            break
    return words


def of_a_book(
    page: Page,
    excluded: Exclusions,
    flow: Flow,
    division: Division,
    evidence: Sequence[Evidence],
    findings: Sequence[Finding],
) -> Parsed:
    """All that was understood of a page that is a whole book: nothing beside it is looked for. Raises NotAStory where
    no chapter has anything in it."""
    if not any(c.blocks or c.children for c in division.chapters):
        raise NotAStory("there is no story in it", page.name, "choose a file with a story")
    return Parsed(
        Book(division.facts.metadata(), division.chapters, _shown(flow.images.resources, division.chapters)),
        page.texts,
        (*page.findings, *findings, *division.findings, *flow.images.report()),
        (*left_out(page, excluded, flow.shown), *flow.omissions, *division.omissions),
        (*evidence, *division.evidence),
        division.insertions,
    )


def assembled(
    page: Page,
    excluded: Exclusions,
    flow: Flow,
    division: Division,
    evidence: Sequence[Evidence],
    findings: Sequence[Finding],
) -> Parsed:
    """All that was understood of a page. Raises NotAStory when no chapter has anything in it, IndexPage when the page
    only lists chapters."""
    book = Book(division.facts.metadata(), division.chapters, _shown(flow.images.resources, division.chapters))
    omissions = (*left_out(page, excluded, flow.shown), *flow.omissions, *division.omissions)
    names = (division.facts.text("title"), division.facts.text("description"), *book.metadata.authors)
    doubts = prose_left_out(page, excluded, omissions, flow.shown, names)
    parsed = Parsed(
        book,
        page.texts,
        (*findings, *division.findings, *flow.images.report(), *doubts),
        omissions,
        (*evidence, *division.evidence),
        division.insertions,
    )
    facts = division.facts
    parsed = with_neighbours(page, excluded, parsed, facts.address, _words(book), flow.shown, facts.text(CHAPTER))
    if not any(c.blocks or c.children for c in division.chapters):
        raise NotAStory("no story was found on the page", page.name, "save the page that shows the story itself")
    return parsed
