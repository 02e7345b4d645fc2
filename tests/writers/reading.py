"""What a reader finds in an EPUB, and what a model says should be there, as lists of units to compare."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from converter.document.edit_script import flat_text
from converter.document.model import (
    Aside,
    Blocks,
    Book,
    Definition,
    Figure,
    Heading,
    Inlines,
    List,
    Note,
    Paragraph,
    Preformatted,
    Quote,
    SceneBreak,
    Speech,
    Table,
    Verse,
)  # fmt: skip
from converter.document.words import plain_text

X = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
OWN = ("cover.xhtml", "title.xhtml", "contents.xhtml")  # the book's own pages, not the story's
LEAVES = {f"{X}{name}" for name in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "caption", "figcaption", "pre")}


def files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def package(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(files(data)["EPUB/content.opf"])


def spine(data: bytes) -> list[str]:
    """Names of the documents in reading order, as in the zip file."""
    root = package(data)
    items = {i.get("id"): i.get("href") for i in root.iter(f"{OPF}item")}
    return [posixpath.join("EPUB", str(items[i.get("idref")])) for i in root.iter(f"{OPF}itemref")]


def chapter_roots(data: bytes) -> Iterator[tuple[str, ElementTree.Element]]:
    held = files(data)
    for name in spine(data):
        if posixpath.basename(name) not in OWN:
            yield name, ElementTree.fromstring(held[name])


# -------------------------------------------------------------------------------------------- from the EPUB


def epub_units(data: bytes) -> tuple[list[str], list[str]]:
    """Running text and notes of the story, one string for each paragraph, heading, line of verse, cell ..."""
    running: list[str] = []
    notes: list[str] = []
    for _, root in chapter_roots(data):
        _units(without_marks(root).find(f"{X}body"), running, notes)
    return _without_joiners(running), _without_joiners(notes)


def _without_joiners(units: list[str]) -> list[str]:
    """Word joiners and no-break spaces only hold a line together; the writer sets them before a dash."""
    return [u for u in (re.sub("\u00a0(?=[–—])", " ", u.replace("\u2060", "")) for u in units) if u]


def without_marks(root: ElementTree.Element) -> ElementTree.Element:
    """The document without the marks of printed pages, which hold no word."""
    for parent in root.iter():
        for at, child in reversed(list(enumerate(parent))):
            if child.get("role") == "doc-pagebreak":
                if at:
                    parent[at - 1].tail = (parent[at - 1].tail or "") + (child.tail or "")
                else:
                    parent.text = (parent.text or "") + (child.tail or "")
                parent.remove(child)
    return root


def _units(element: ElementTree.Element | None, out: list[str], notes: list[str]) -> None:
    assert element is not None
    classes = element.get("class", "").split()
    if not {"endnotes-title", "endnotes-of"}.isdisjoint(classes):
        return
    if "footnotes" in classes:
        out = notes
    if element.tag == f"{X}h1" and "chapter-title" in classes:
        out.extend(_shown(span) for span in element)
    elif element.tag == f"{X}p" and "stanza" in classes:
        lines = [_shown(span) for span in element if span.tag == f"{X}span"]
        out.extend([*(line.removesuffix("\n") for line in lines[:-1]), *lines[-1:]])  # each but the last ends in a br
    elif element.tag in LEAVES:
        out.extend(_leaf(element))
    elif element.tag in (f"{X}li", f"{X}dt", f"{X}dd", f"{X}td", f"{X}th") and not any(_is_block(c) for c in element):
        out.append(_shown(element))
    else:
        for child in element:
            _units(child, out, notes)


def _is_block(element: ElementTree.Element) -> bool:
    names = ("p", "div", "ul", "ol", "dl", "table", "figure", "aside", "blockquote", "pre", "hr")
    return element.tag in LEAVES or element.tag in {f"{X}{n}" for n in names}


def _leaf(element: ElementTree.Element) -> list[str]:
    first = element[0] if len(element) and not element.text else None
    if first is not None and first.get("class") in ("speaker", "backlink"):
        said = _shown(first)
        rest = _shown(element, skip=first)
        assert not rest or rest.startswith(" ")
        return [said, rest[1:]] if first.get("class") == "speaker" else [rest[1:]]
    return [_shown(element)]


def _shown(element: ElementTree.Element, skip: ElementTree.Element | None = None) -> str:
    parts: list[str] = []

    def walk(e: ElementTree.Element) -> None:
        if e.get("class") not in ("noteref", "backlink") and e is not skip:
            if e.tag == f"{X}br":
                parts.append("\n")
            parts.append(e.text or "")
            for child in e:
                walk(child)
                parts.append(child.tail or "")

    walk(element)
    return "".join(parts)


# ------------------------------------------------------------------------------------------- from the model


def model_units(book: Book) -> tuple[list[str], list[str]]:
    """The same two lists, straight from the model."""
    running: list[str] = []
    notes: list[str] = []
    walked = list(book.walk())
    for _, chapter in walked:
        waiting: list[Note] = []
        heads = [c for c in (chapter.label, chapter.title) if flat_text(c).strip()]
        if len(walked) == 1 and not any(plain_text(c).strip() for c in heads):
            running.append(" ".join(book.metadata.title.split()))
        for content in heads:
            running.append(plain_text(content))
            waiting.extend(_notes(content))
        for text, content in _texts(chapter.blocks):
            running.append(text)
            waiting.extend(_notes(content))
        while waiting:
            for text, content in _texts(waiting.pop(0).blocks):
                notes.append(text)
                waiting.extend(_notes(content))
    return _without_joiners(running), _without_joiners(notes)


def model_notes(book: Book) -> int:
    """How many notes the book has, those inside other notes included."""
    waiting: list[Note] = []
    for _, chapter in book.walk():
        for content in (chapter.label, chapter.title, *(c for _, c in _texts(chapter.blocks))):
            waiting.extend(_notes(content))
    for note in waiting:  # grows while it is read
        for _, content in _texts(note.blocks):
            waiting.extend(_notes(content))
    return len(waiting)


def _notes(content: Inlines) -> Iterator[Note]:
    for inline in content:
        if isinstance(inline, Note):
            yield inline
        elif hasattr(inline, "content"):
            yield from _notes(inline.content)


def _texts(blocks: Blocks) -> Iterator[tuple[str, Inlines]]:
    for block in blocks:
        match block:
            case Paragraph(content) | Heading(content):
                yield plain_text(content), content
            case Preformatted(text):
                yield text, block.content
            case SceneBreak():
                pass
            case Verse(stanzas):
                for stanza in stanzas:
                    for line in stanza:
                        yield plain_text(line.content), line.content
            case Figure():
                yield plain_text(block.caption), block.caption
            case Table(rows):
                yield plain_text(block.caption), block.caption
                for row in rows:
                    for cell in row:
                        yield from _texts(cell.blocks)
            case List(items):
                for item in items:
                    yield from _texts(item)
            case Definition(terms, meanings):
                yield from ((plain_text(term), term) for term in terms)
                for meaning in meanings:
                    yield from _texts(meaning)
            case Speech(speaker, inner):
                yield plain_text(speaker), speaker
                yield from _texts(inner)
            case Quote(inner):
                yield from _texts(inner)
            case Aside(inner):
                yield plain_text(block.title), block.title
                yield from _texts(inner)
