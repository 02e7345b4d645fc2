"""EPUBs as other programs made them: one book in, one `Parsed` out.

In come the bytes of an EPUB; out comes its story with its own chapters, notes, pictures, cover and metadata, and by
name and place all that is none (contents lists, the page of its cover, what its style hides). `epub_parser` is the way
in: `package.py` opens the archive and refuses what is locked, `said.py` reads what it says of itself, `contents.py` its
contents list; `book_page.py` makes one page of its documents, so that the stages of web pages read them (their styles,
their notes, their scene breaks), `sites.py` asks the table of the site that gave the book away, `own_pages.py` and
`facts_page.py` name what is no story, `worth.py` asks whether the contents list says anything, `starts.py` finds where
chapters begin, and `chapters.py` divides there; without such a list `unlisted.py` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bs4.element import Tag

from converter.document.contracts import Evidence, Hidden, Omission, Packed, Parsed, Parser, Source, SourceText
from converter.document.errors import NotAStory
from converter.document.findings.pictures import ImageUnusable
from converter.document.model import Book, Metadata, Origin, Resource
from converter.parsers.decoding import decode
from converter.parsers.epub.adverts import with_adverts_apart
from converter.parsers.epub.book_page import BookPage, Document, joined
from converter.parsers.epub.chapters import Divider, Stretch
from converter.parsers.epub.contents import entries_of
from converter.parsers.epub.facts_page import take_facts_pages
from converter.parsers.epub.front import Known
from converter.parsers.epub.own_pages import exclude_own_pages
from converter.parsers.epub.package import Package, open_package
from converter.parsers.epub.said import OF_FILE, cover_name, package_facts
from converter.parsers.epub.sites import ReadBySite, read_by_site
from converter.parsers.epub.starts import Start, find_starts, letters, parts_of
from converter.parsers.epub.type_look import without_type
from converter.parsers.epub.unlisted import unlisted
from converter.parsers.epub.worth import followed
from converter.parsers.html.boilerplate.hidden import exclude_hidden
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.page import Page, declared_encoding, require_words
from converter.parsers.html.extraction.extracted import Extracted, Part
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.html.flow.parts import Flow, flow
from converter.parsers.html.stages import without_controls
from converter.parsers.html.structure.assembly import of_a_book
from converter.parsers.html.structure.division import Division, divided
from converter.parsers.items.normalisation import blocks_of
from converter.parsers.pictures import COVER_SIDE, fit_image
from converter.parsers.plainly import page_plainly, title_in
from converter.parsers.switches import CONTENTS, HIDDEN, KNOWN_SITE, PLAINLY, TITLE_PAGE
from converter.recognisers.headings.words import lexicon
from converter.recognisers.language.detection import detect_language

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

LANGUAGE_LETTERS = 4_000  # enough to tell the language of a story


def epub_parser(*, hidden: Hidden = "drop", without: frozenset[str] = frozenset()) -> Parser:
    """A parser for `.epub`. `hidden`: what is done with text that the book's style hides; it is listed either way.
    `without`: what is left alone (`parsers/switches.py`). Raises NotAStory for a book that is locked, damaged, has
    fixed pages or no text, TooLarge for one that would unpack to too much."""

    def parse(source: Source) -> Parsed:
        package = open_package(source)
        documents, findings, evidence = _documents(package)
        if not documents:
            why = next((f": {fault.message}" for fault in package.faults.values()), "")
            raise NotAStory(f"the EPUB has no text{why}", source.name, "download it again")
        if PLAINLY in without:
            parsed = _plainly(package, documents)
        else:
            keep = hidden == "keep" or HIDDEN in without
            parsed = _understood(package, documents, keep, without)
        parsed = _with_cover(parsed, package)
        first = replace(parsed.texts[0], packed=Packed("epub", source.name, source.data))
        return replace(
            parsed,
            texts=(first, *parsed.texts[1:]),
            findings=(*findings, *parsed.findings, *package.faults.values()),
            evidence=(*evidence, *parsed.evidence),
        )

    return parse


def _documents(package: Package) -> tuple[list[Document], list[Finding], list[Evidence]]:
    """The spine as decoded text; what is to be said of that."""
    documents: list[Document] = []
    findings: list[Finding] = []
    evidence: list[Evidence] = []
    for place in package.spine:
        name = place.item.name
        data = package.read(name)
        if data is None or not data.strip():
            continue
        decoded = decode(data, declared_encoding(data), f"{package.source}/{name}")
        documents.append(Document(name, decoded.text, place.linear))
        findings.extend(decoded.findings)
        if not any(e.found == decoded.encoding for e in evidence):
            origin = Origin(f"{package.source}/{name}", 1)
            evidence.append(Evidence("encoding", decoded.encoding, decoded.why, decoded.confidence, origin))
    return documents, findings, evidence


def _understood(package: Package, documents: list[Document], keep: bool, without: frozenset[str]) -> Parsed:
    book = joined(package, documents)
    vertical = _in_columns(book)  # before anything is taken out
    parsed = _in_chapters(package, documents, book, keep, without)
    if not vertical:
        return parsed
    why = "the book's style sheets: its lines run from top to bottom"
    told = Evidence("writing", "columns from right to left", why, 0.9, Origin(package.source, 1))
    return replace(parsed, book=replace(parsed.book, vertical=True), evidence=(*parsed.evidence, told))


def _in_columns(book: BookPage) -> bool:
    """Whether more than half of a book's text is set in columns."""
    if not book.in_columns:
        return False
    said = [sum(map(letters, bodies)) for bodies in book.bodies]
    return 2 * sum(said[number] for number in book.in_columns) > sum(said)


def _in_chapters(
    package: Package, documents: list[Document], book: BookPage, keep: bool, without: frozenset[str]
) -> Parsed:
    facts = package_facts(package)
    excluded = Exclusions()
    page = book.finished()
    site = None if KNOWN_SITE in without else read_by_site(page, documents, excluded, facts)
    if site is not None and site.content is not None:
        return _by_table(page, excluded, book, site, keep, without)
    if TITLE_PAGE not in without:
        _take_own_pages(package, book, excluded, facts)
    entries = () if CONTENTS in without else entries_of(package)
    listed = followed(book, entries, excluded, facts.text("title"))
    starts = find_starts(book, listed.entries, excluded)
    page = book.finished()
    require_words(page)
    for row in without_controls(page):
        excluded.add(row.element, row.rule, row.owner)
    hidden = exclude_hidden(page, excluded, book.styles, keep)
    parts = parts_of(book, starts, excluded) if starts else [([], Part((body,))) for body in _bodies(book, excluded)]
    if not any(part.bodies for _, part in parts):
        raise NotAStory("the EPUB has no story in it", package.source, "choose a book with text")
    content = Extracted(tuple(part for _, part in parts), facts, by="site")
    made = flow(page, excluded, book.styles, content, without)
    if starts:
        division = _with_uncited(_by_entries(page, book, parts, made, facts, without), made)
        why = f"{sum(s.entry is not None for s in starts)} entries of the contents list"
    else:
        division, why = unlisted(page, content, made, without)
    if listed.doubt is not None:
        division = replace(division, findings=(*division.findings, listed.doubt))
    told = (*((site.evidence,) if site else ()), _counted_chapters(division, why, package.source))
    division = replace(division, chapters=with_adverts_apart(tuple(map(without_type, division.chapters))))
    return of_a_book(page, excluded, made, division, told, hidden)


def _take_own_pages(package: Package, book: BookPage, excluded: Exclusions, facts: Facts) -> None:
    """Excludes what is no story, and takes what it says of the book."""
    shown = exclude_own_pages(book, excluded, facts.metadata(), cover_name(package))
    if shown and facts.sources.get("title") == OF_FILE:
        facts.values["title"], facts.sources["title"] = shown, "EPUB, title page"
    take_facts_pages(book, excluded, facts)


def _by_entries(
    page: Page,
    book: BookPage,
    parts: Sequence[tuple[list[Start], Part]],
    made: Flow,
    facts: Facts,
    without: frozenset[str],
) -> Division:
    """The chapters by the entries of the contents list; what the title page says goes to the facts."""
    language = facts.text("language") or _language(book)
    known = Known(facts.text("title"), facts.metadata().authors, language, book.package.source)
    divider = Divider(known, lexicon(language or "en"))
    stretches = [
        Stretch(begun, made_of.items, page.origin(part.bodies[0]), sum(map(letters, part.bodies)))
        for (begun, part), made_of in zip(parts, made.parts, strict=True)
    ]
    divider.take(stretches, titled=TITLE_PAGE not in without)
    chapters = tuple(divider.chapters())
    for name, value in divider.said.values.items():
        facts.add(name, value, divider.said.sources[name])
    return Division(chapters, facts, tuple(divider.omissions), (), tuple(divider.insertions))


def _by_table(
    page: Page, excluded: Exclusions, book: BookPage, site: ReadBySite, keep: bool, without: frozenset[str]
) -> Parsed:
    """A book whose chapters and notes a known site's table finds."""
    content = site.content or Extracted((), Facts())
    require_words(page)
    hidden = exclude_hidden(page, excluded, book.styles, keep)
    made = flow(page, excluded, book.styles, content, without)
    division = divided(page, content, made, without)
    evidence = (*content.evidence, _counted_chapters(division, "the site's table", page.name))
    return of_a_book(page, excluded, made, division, evidence, (*hidden, *content.findings))


def _counted_chapters(division: Division, why: str, source: str) -> Evidence:
    return Evidence("chapters", f"{len(division.chapters)} chapters", why, 0.9, Origin(source, 1))


def _bodies(book: BookPage, excluded: Exclusions) -> tuple[Tag, ...]:
    return tuple(body for bodies in book.bodies for body in bodies if body not in excluded)


def _language(book: BookPage) -> str:
    middle = book.bodies[len(book.bodies) // 2][0]
    return detect_language(one_line(middle)[:LANGUAGE_LETTERS])[0]


def _with_uncited(division: Division, made: Flow) -> Division:
    """The division with the notes whose marks nobody met, at the end of the last chapter."""
    if not made.uncited or not division.chapters:
        return division
    last = division.chapters[-1]
    last = replace(last, blocks=(*last.blocks, *blocks_of(made.uncited, inner=True)))
    return replace(division, chapters=(*division.chapters[:-1], last))


def _plainly(package: Package, documents: list[Document]) -> Parsed:
    """Every paragraph of every document as it stands."""
    parts: list[Parsed] = []
    for document in documents:
        name = f"{package.source}/{document.name}"
        try:
            parts.append(page_plainly(name, document.text))
        except NotAStory:  # a picture's page
            head = title_in(document.text)
            omissions = (Omission("the page's head", head, Origin(name, 1)),) if head else ()
            text = SourceText(name, document.text, "html")
            parts.append(Parsed(Book(Metadata(), ()), (text,), omissions=omissions))
    chapters = tuple(c for p in parts for c in p.book.chapters)
    if not chapters:
        raise NotAStory("the EPUB has no text", package.source, "download it again")
    return Parsed(
        Book(package_facts(package).metadata(), chapters),
        tuple(t for p in parts for t in p.texts),
        omissions=tuple(o for p in parts for o in p.omissions),
        evidence=tuple(e for p in parts for e in p.evidence[:1])[:1],
    )


def _with_cover(parsed: Parsed, package: Package) -> Parsed:
    name = cover_name(package)
    data = package.read(name) if name else None
    if not data:
        return parsed
    made = fit_image(data, COVER_SIDE)
    if isinstance(made, tuple):
        cover = Resource(f"cover.{made[1]}", made[0], made[2])
        return replace(parsed, book=replace(parsed.book, cover=cover))
    finding = ImageUnusable("", made, cover=True, origin=Origin(package.source, 1))
    return replace(parsed, findings=(*parsed.findings, finding))
