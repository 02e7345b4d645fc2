"""The story as XHTML elements, for both the EPUB and the PDF: chapters, title page, contents page, and the serialiser.

Elements carry no namespace of their own (WeasyPrint takes the tree as it is); `document` puts XHTML's on the root.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from converter.document.contracts import Theme
from converter.document.edit_script import flat_text
from converter.document.model import Blocks, Book, Chapter, ChapterKind, Inlines, Metadata, PersonRole
from converter.document.record import dataclass
from converter.document.words import block_text, chapter_keys, chapter_name
from converter.writers.blocks import BlockWriter
from converter.writers.inlines import EPUB_TYPE, XML_LANG, ChapterNotes, Medium, NotePlace, Opening, Rendering, fill
from converter.writers.labels import labels_for
from converter.writers.languages import UNDETERMINED, direction, well_formed_tag
from converter.writers.portions import portions_of

__all__ = [
    "ChapterElements",
    "Entry",
    "Rendering",
    "chapter_sections",
    "contents",
    "contents_page",
    "cover_page",
    "document",
    "rendering_for",
    "serialise",
    "title_page",
]

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
DAY = re.compile(r"\d{4}(?:-\d\d){0,2}(?=T|\s|$)")
NAME_WORDS = 6  # a chapter without a heading is listed by its first words, as poems are
MANY_FACTS = 5  # on a title page: its title moves up, so that all stand on one page of an e-reader

# EPUB 3 Structural Semantics Vocabulary and the DPUB-ARIA role that says the same.
_MEANING: Mapping[ChapterKind, tuple[str, str]] = {
    "chapter": ("chapter", "doc-chapter"),
    "scene": ("chapter", "doc-chapter"),
    "interlude": ("chapter", "doc-chapter"),
    "part": ("part", "doc-part"),
    "volume": ("volume", ""),
    "act": ("part", "doc-part"),
    "prologue": ("prologue", "doc-prologue"),
    "epilogue": ("epilogue", "doc-epilogue"),
    "preface": ("preface", "doc-preface"),
    "foreword": ("foreword", "doc-foreword"),
    "introduction": ("introduction", "doc-introduction"),
    "afterword": ("afterword", "doc-afterword"),
    "dedication": ("dedication", "doc-dedication"),
    "epigraph": ("epigraph", "doc-epigraph"),
    "acknowledgments": ("acknowledgments", "doc-acknowledgments"),
    "appendix": ("appendix", "doc-appendix"),
    "front": ("", ""),
    "back": ("", ""),
}
_UNNAMED: frozenset[ChapterKind] = frozenset(["dedication", "epigraph", "front", "back"])


@dataclass(frozen=True, slots=True)
class ChapterElements:
    """One chapter as elements. `pieces` are one `section` each: more than one only where a limit split the chapter."""

    key: str
    name: str
    depth: int
    chapter: Chapter
    pieces: tuple[etree._Element, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: never empty, in reading order."""

    name: str
    address: str
    children: tuple[Entry, ...] = ()


def rendering_for(
    book: Book,
    theme: Theme,
    medium: Medium,
    *,
    notes: NotePlace = "chapter",
    images: Mapping[str, str] | None = None,
    chapters: Mapping[str, str] | None = None,
) -> Rendering:
    """What the elements of this book depend on.

    Addresses not given: images are `images/NAME`, chapters are `#KEY` (all in one document).
    """
    language = well_formed_tag(book.metadata.language) or UNDETERMINED
    opening: Opening = "plain"
    match theme.settings.get("opening", ""):
        case "lead-in":
            opening = "lead-in"
        case "drop-cap":
            opening = "drop-cap"
    return Rendering(
        medium,
        language,
        opening,
        notes,
        {r.name: f"images/{r.name}" for r in book.resources} if images is None else images,
        {k: f"#{k}" for k in shown_keys(book)} if chapters is None else chapters,
        labels_for(language),
    )


# ------------------------------------------------------------------------------------------------- chapters


def shown_keys(book: Book) -> Iterator[str]:
    """The keys of the chapters that a book shows: those with a heading or text."""
    return (key for key, *_ in _listed(book))


def chapter_sections(book: Book, rendering: Rendering, limit: int = 0) -> Iterator[ChapterElements]:
    """All chapters in reading order, each a `section.chapter` with the chapter's key as its id.

    A chapter with neither heading nor text is left out: there is nothing to read. With a `limit` (bytes of markup) a
    longer chapter comes in several pieces, cut between its top-level blocks.
    """
    for key, depth, chapter, name, heading in _listed(book):
        yield ChapterElements(key, name, depth, chapter, tuple(_pieces(chapter, key, heading, rendering, limit)))


def _listed(book: Book) -> Iterator[tuple[str, int, Chapter, str, str]]:
    """Key, depth, chapter, name in the contents, and the heading to invent (only for the sole chapter of a story)."""
    walked = list(book.walk())
    lifted: list[int] = []  # depths at which an empty chapter stood above those that follow
    for key, (depth, chapter) in zip(chapter_keys(book), walked, strict=True):
        while lifted and lifted[-1] >= depth:
            lifted.pop()
        name = chapter_name(chapter)
        if not chapter.blocks and not _if_shown(chapter.label) and not _if_shown(chapter.title):
            lifted.append(depth)
            continue
        sole = len(walked) == 1 and not name
        heading = " ".join(book.metadata.title.split()) if sole else ""
        yield key, depth - len(lifted), chapter, name or heading or _first_words(chapter) or key, heading


def _first_words(chapter: Chapter) -> str:
    for block in chapter.blocks:
        words = block_text(block).split()
        if words:
            return " ".join(words[:NAME_WORDS]).rstrip(",;:—–-") + (" …" if len(words) > NAME_WORDS else "")
    return ""


def _pieces(chapter: Chapter, key: str, heading: str, rendering: Rendering, limit: int) -> list[etree._Element]:
    whole = list(_rendered(chapter, key, heading, rendering, [chapter.blocks]))
    if not limit or len(etree.tostring(whole[0], encoding="utf-8")) <= limit:
        return whole
    return list(_rendered(chapter, key, heading, rendering, list(portions_of(chapter.blocks, rendering, limit))))


def _rendered(
    chapter: Chapter, key: str, heading: str, rendering: Rendering, portions: Sequence[Blocks]
) -> Iterator[etree._Element]:
    notes = ChapterNotes(key)
    section, titled = _section_with_heading(chapter, key, heading, rendering, notes)
    writer = BlockWriter(rendering, notes, 1 if titled else 0)
    for number, blocks in enumerate(portions):
        if number:
            nsmap = {"epub": OPS} if rendering.medium == "epub" else None
            section = etree.Element(
                "section", {"class": "chapter continuation", "id": f"{key}-{number + 1}"}, nsmap=nsmap
            )
            section.text = "\n"
        writer.write(section, blocks)
        writer.write_notes(section)
        yield section


def _section_with_heading(
    chapter: Chapter, key: str, heading: str, rendering: Rendering, notes: ChapterNotes
) -> tuple[etree._Element, bool]:
    """The chapter's section with its heading; whether there is one."""
    attributes = {"class": "chapter" if chapter.kind == "chapter" else f"chapter {chapter.kind}", "id": key}
    label, title = _if_shown(chapter.label), _if_shown(chapter.title)
    titled = bool(label or title or heading)
    meaning, role = _MEANING[chapter.kind]
    if rendering.medium == "epub":
        if meaning:
            attributes[EPUB_TYPE] = meaning
        if role:
            attributes["role"] = role
        if titled:
            attributes["aria-labelledby"] = f"{key}-title"
    section = etree.Element("section", attributes, nsmap={"epub": OPS} if rendering.medium == "epub" else None)
    section.text = "\n"
    if titled:
        header = etree.SubElement(section, "header", {"class": "opening"})
        header.tail = "\n"
        h1 = etree.SubElement(header, "h1", {"class": "chapter-title"})
        if rendering.medium == "epub":
            h1.set("id", f"{key}-title")
        if label:
            fill(etree.SubElement(h1, "span", {"class": "label"}), label, rendering, notes)
            if title:
                h1[-1].tail = " "
        if title:
            fill(etree.SubElement(h1, "span", {"class": "title"}), title, rendering, notes)
        if heading:
            etree.SubElement(h1, "span", {"class": "title"}).text = heading
    return section, titled


def _if_shown(content: Inlines) -> Inlines:
    """The content, or nothing where a reader would see nothing."""
    return content if flat_text(content).strip() else ()


# ------------------------------------------------------------------------------------- the book's own pages


def contents(book: Book, rendering: Rendering) -> tuple[Entry, ...]:
    """The one list from which the contents page, nav, NCX and bookmarks are made: at most two levels deep.

    There are two levels (Kindle Publishing Guidelines): deeper chapters are listed at the second. A dedication or a
    title page's small print without a heading has no name to list, unless nothing else is there.
    """
    top: list[tuple[str, str, list[Entry]]] = []
    chapters = list(_listed(book))
    worthy = [c for c in chapters if chapter_name(c[2]) or c[2].kind not in _UNNAMED] or chapters
    for key, depth, _chapter, name, _heading in worthy:
        address = rendering.chapters[key]
        if depth == 0 or not top:
            top.append((name, address, []))
        else:
            top[-1][2].append(Entry(name, address))
    return tuple(Entry(name, address, tuple(children)) for name, address, children in top)


def contents_page(entries: tuple[Entry, ...], rendering: Rendering) -> etree._Element:
    """`nav.contents` with a heading and a nested list of links."""
    attributes = {"class": "contents"}
    if rendering.medium == "epub":
        attributes |= {"role": "doc-toc", "aria-labelledby": "contents-title"}
    nav = etree.Element("nav", attributes)
    h1 = etree.SubElement(nav, "h1", {"class": "contents-title"})
    if rendering.medium == "epub":
        h1.set("id", "contents-title")
    h1.text, h1.tail = rendering.labels.contents, "\n"
    entry_list(nav, entries)
    return nav


def entry_list(parent: etree._Element, entries: tuple[Entry, ...]) -> None:
    """Append the entries as an `ol` of links."""
    ol = etree.SubElement(parent, "ol")
    ol.tail = "\n"
    for entry in entries:
        li = etree.SubElement(ol, "li")
        li.tail = "\n"
        etree.SubElement(li, "a", {"href": entry.address}).text = entry.name
        if entry.children:
            li[0].tail = "\n"
            entry_list(li, entry.children)


_BY: Mapping[PersonRole, str] = {"trl": "translator", "ill": "illustrator", "edt": "editor", "ctb": "contributor"}


def _day(date: str) -> str:
    """A date without its time of day; one that is written out as it is written."""
    day = DAY.match(date)
    return day[0] if day else date


def title_page(book: Book, rendering: Rendering) -> etree._Element:
    """`section.titlepage`: title, authors, series, description, and what else is known about the story."""
    metadata, labels = book.metadata, rendering.labels
    attributes = {"class": "titlepage"}
    if rendering.medium == "epub":
        attributes |= {EPUB_TYPE: "titlepage"}
    page = etree.Element("section", attributes, nsmap={"epub": OPS} if rendering.medium == "epub" else None)
    page.text = "\n"
    _say(page, "h1", "book-title", metadata.title.strip() or labels.title_page)
    _say(page, "p", "subtitle", metadata.subtitle)
    for name in metadata.authors:
        _say(page, "p", "author", name)
    for person in metadata.people:
        if person.role in _BY:
            _say(page, "p", "contributor", f"{getattr(labels, _BY[person.role])} {person.name}")
    if metadata.series:
        number = metadata.series_index.strip()
        text = labels.series.format(number=number, series=metadata.series) if number else metadata.series
        _say(page, "p", "series", text)
    if metadata.description.strip():
        description = etree.SubElement(page, "div", {"class": "description"})
        description.tail = "\n"
        for paragraph in metadata.description.splitlines():
            _say(description, "p", "", paragraph)
    facts = list(_facts(metadata, rendering))
    if len(facts) >= MANY_FACTS:
        page.set("class", "titlepage told")
    if facts:
        details = etree.SubElement(page, "div", {"class": "details"})
        details.tail = "\n"
        for name, value in facts:
            p = etree.SubElement(details, "p", {"class": "meta"})
            span = etree.SubElement(p, "span", {"class": "meta-name"})
            span.text, span.tail, p.tail = f"{name}:", f" {value}", "\n"
    _say(page, "p", "publisher", metadata.publisher)
    _say(page, "p", "rights", metadata.rights)
    return page


def _facts(metadata: Metadata, rendering: Rendering) -> Iterator[tuple[str, str]]:
    labels = rendering.labels
    lines = (
        (labels.fandom, metadata.fandoms),
        (labels.characters, metadata.characters),
        (labels.relationships, metadata.relationships),
        (labels.genre, metadata.genres),
        (labels.rating, (metadata.rating,)),
        (labels.warnings, metadata.warnings),
        (labels.tags, metadata.tags),
        (labels.status, (metadata.status,)),
        (labels.chapters, (metadata.chapters,)),
        (labels.words, (metadata.words,)),
        (labels.published, (_day(metadata.published),)),
        (labels.updated, (_day(metadata.updated),)),
        (labels.source, (metadata.source,)),
        *((name, (value,)) for name, value in metadata.extra),
    )
    for name, values in lines:
        value = ", ".join(" ".join(v.split()) for v in values if v.strip())
        if value and name.strip():
            yield " ".join(name.split()), value


def _say(parent: etree._Element, tag: str, name: str, text: str) -> None:
    text = " ".join(text.split())
    if text:
        element = etree.SubElement(parent, tag, {"class": name} if name else {})
        element.text, element.tail = text, "\n"


def cover_page(address: str, alt: str) -> etree._Element:
    """The cover alone on its page (Kobo shows it as fixed layout: nothing else may stand there)."""
    page = etree.Element("section", {"class": "cover", EPUB_TYPE: "cover"}, nsmap={"epub": OPS})
    etree.SubElement(page, "img", {"src": address, "alt": alt, "role": "doc-cover"})
    return page


# ---------------------------------------------------------------------------------------------- the document


def document(
    title: str, content: Sequence[etree._Element], rendering: Rendering, *, style: str = "style.css"
) -> etree._Element:
    """An EPUB content document: language and direction on the root, a title, a link to the style sheet."""
    attributes = {"xmlns": XHTML, "lang": rendering.language, XML_LANG: rendering.language}
    if direction(rendering.language) == "rtl":
        attributes["dir"] = "rtl"
    html = etree.Element("html", attributes, nsmap={"epub": OPS})
    head = etree.SubElement(html, "head")
    etree.SubElement(head, "meta", {"charset": "utf-8"})
    etree.SubElement(head, "title").text = " ".join(title.split()) or rendering.labels.title_page
    etree.SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": style})
    # A margin around the cover would push it off its page where a reader fits it to the whole of that page (MuPDF).
    alone = len(content) == 1 and content[0].get("class") == "cover"
    body = etree.SubElement(html, "body", {"class": "cover-page"} if alone else {})
    body.extend(content)
    for parent in (html, head, body):
        parent.text = "\n"
        for child in parent:
            child.tail = "\n"
    return html


def serialise(html: etree._Element) -> bytes:
    """The document as UTF-8 bytes with XML declaration and HTML doctype. The only place where markup is written out."""
    return bytes(etree.tostring(html, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")) + b"\n"
