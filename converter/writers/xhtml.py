"""The story as XHTML elements, for both the EPUB and the PDF: its chapters, the cover, and the serialiser.

Elements carry no namespace of their own (WeasyPrint takes the tree as it is); `document` puts XHTML's on the root.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from converter.document.contracts import Theme
from converter.document.model import Blocks, Book, Chapter, ChapterKind
from converter.document.record import dataclass
from converter.writers.blocks import BlockWriter, write_in_note
from converter.writers.contents import if_shown, listed, shown_keys
from converter.writers.inlines import EPUB_TYPE, XML_LANG, ChapterNotes, Medium, NotePlace, Opening, Rendering, fill
from converter.writers.labels import labels_for
from converter.writers.languages import UNDETERMINED, direction, well_formed_tag
from converter.writers.note_numbers import kept_numbers
from converter.writers.portions import portions_of

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"

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
    "front": ("frontmatter", ""),
    "back": ("backmatter", ""),
}


@dataclass(frozen=True, slots=True)
class ChapterElements:
    """One chapter as elements. `pieces` are one `section` each: more than one only where a limit split the chapter."""

    key: str
    name: str
    depth: int
    chapter: Chapter
    pieces: tuple[etree._Element, ...]


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
        kept=kept_numbers(book),
    )


# ------------------------------------------------------------------------------------------------- chapters

UNOPENED: frozenset[ChapterKind] = frozenset(["dedication", "epigraph", "front", "back", "appendix"])  # not told


def chapter_sections(book: Book, rendering: Rendering, limit: int = 0) -> Iterator[ChapterElements]:
    """All chapters in reading order, each a `section.chapter` with the chapter's key as its id.

    A chapter with neither heading nor text is left out: there is nothing to read. With a `limit` (bytes of markup) a
    longer chapter comes in several pieces, cut between its top-level blocks.
    """
    for key, depth, chapter, name, heading in listed(book):
        yield ChapterElements(key, name, depth, chapter, tuple(_pieces(chapter, key, heading, rendering, limit)))


def _pieces(chapter: Chapter, key: str, heading: str, rendering: Rendering, limit: int) -> list[etree._Element]:
    whole = list(_rendered(chapter, key, heading, rendering, [chapter.blocks]))
    if not limit or len(etree.tostring(whole[0], encoding="utf-8")) <= limit:
        return whole
    return list(_rendered(chapter, key, heading, rendering, list(portions_of(chapter.blocks, rendering, limit))))


def _rendered(
    chapter: Chapter, key: str, heading: str, rendering: Rendering, portions: Sequence[Blocks]
) -> Iterator[etree._Element]:
    notes = ChapterNotes(key, write_in_note, kept=key in rendering.kept)
    section, titled = _section_with_heading(chapter, key, heading, rendering, notes)
    if chapter.kind in UNOPENED:
        rendering = replace(rendering, opening="plain")
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
    label, title = if_shown(chapter.label), if_shown(chapter.title)
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


# ---------------------------------------------------------------------------------------------- the document


def cover_page(address: str, alt: str) -> etree._Element:
    """The cover alone on its page (Kobo shows it as fixed layout: nothing else may stand there)."""
    page = etree.Element("section", {"class": "cover", EPUB_TYPE: "cover"}, nsmap={"epub": OPS})
    etree.SubElement(page, "img", {"src": address, "alt": alt, "role": "doc-cover"})
    return page


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
