"""KEPUB: the EPUB with the spans by which Kobo's own reader keeps its place, counts pages and holds notes.

Each sentence of a page stands in a `span.koboSpan` with the id `kobo.PARAGRAPH.SENTENCE`; the body's content stands in
`div#book-columns > div#book-inner`. The rules are kepubify's, in the form that Kobo's own books have. No word changes.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import replace

from lxml import etree

from converter.document.contracts import Theme
from converter.document.model import Book
from converter.limits.unzip import Archive, ArchiveLimits
from converter.writers.epub import AS_USUAL, Extras, write_epub

_SENTENCE_END = re.compile(r"[.!?]['\"”’“…]?\s+")
_NEW_PARAGRAPH = frozenset({"p", "ol", "ul", "table", "h1", "h2", "h3", "h4", "h5", "h6"})
_LEFT_ALONE = frozenset({"script", "style", "pre", "audio", "video", "svg", "math"})
_XHTML = "{http://www.w3.org/1999/xhtml}"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_STYLE = "div#book-inner { margin-top: 0; margin-bottom: 0 }"


def write_kepub(book: Book, theme: Theme, extras: Extras = AS_USUAL) -> bytes:
    """The book for Kobo e-readers; the file must be called NAME.kepub.epub. Raises NotAStory as `write_epub` does."""
    return write_epub(book, theme, replace(extras, retouch=add_spans))


def add_spans(html: etree._Element) -> None:
    """Give a content document Kobo's wrappers and spans, in place."""
    head, body = html.find("head"), html.find("body")
    style = etree.SubElement(head, "style", {"type": "text/css", "class": "kobostylehacks"})
    style.text, style.tail = _STYLE, "\n"
    columns = etree.Element("div", {"id": "book-columns"})
    inner = etree.SubElement(columns, "div", {"id": "book-inner"})
    inner.text, body.text = body.text, None
    inner.extend(list(body))
    body.append(columns)
    _Spans().write(inner)


def kepub_of(epub: bytes) -> bytes:
    """The KEPUB of a finished EPUB; its other files are as they were. Raises ValueError for what is no such file."""
    archive = Archive(epub, ArchiveLimits(entries=100_000))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry in archive.entries:
            data = archive.read(entry)
            name = posixpath.basename(entry.filename).lower()
            data = _with_spans(data) if name.endswith((".xhtml", ".html", ".htm")) else data
            packed.writestr(entry, data, entry.compress_type)
    return out.getvalue()


def _with_spans(page: bytes) -> bytes:
    """A page of an EPUB with the spans. Raises ValueError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        html = etree.fromstring(page, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"a page of it is no XML: {error.msg}") from None
    if html.tag != f"{_XHTML}html" or html.find(f"{_XHTML}head") is None or html.find(f"{_XHTML}body") is None:
        return page
    if any("toc" in nav.get(_EPUB_TYPE, "").split() for nav in html.iter(f"{_XHTML}nav")):
        return page  # the contents that the reader itself shows
    others = {e for e in html.iter() if isinstance(e.tag, str) and not e.tag.startswith(_XHTML)}
    for element in html.iter(f"{_XHTML}*"):
        element.tag = etree.QName(element).localname
    kept = {e: e.tag for e in others}
    for element in others:
        element.tag = etree.QName(element).localname  # so that drawings and formulas are known, and left alone
    add_spans(html)
    for element in html.iter(etree.Element):
        element.tag = kept.get(element) or f"{_XHTML}{element.tag}"
    whole: bytes = etree.tostring(html.getroottree(), encoding="utf-8", xml_declaration=True)
    return whole + b"\n"


class _Spans:
    """Numbers the sentences of one document."""

    def __init__(self) -> None:
        self.paragraph = 0
        self.sentence = 0
        self.fresh = True  # the next span begins a new paragraph

    def write(self, element: etree._Element) -> None:
        """Put spans around all text and images in the element."""
        if element.tag in _NEW_PARAGRAPH:
            self.fresh = True
        children = list(element)
        text, element.text = element.text, None
        at = self._insert(element, 0, text)
        for child in children:
            tail, child.tail = child.tail, None
            if child.tag == "img":
                self.fresh = True
                span = self._span()
                element.replace(child, span)
                span.append(child)
            elif child.tag not in _LEFT_ALONE:
                self.write(child)
            at = self._insert(element, at + 1, tail)

    def _insert(self, parent: etree._Element, at: int, text: str | None) -> int:
        """Insert text in spans before the parent's child number `at`; how many children now stand before it."""
        if not text or text.isspace():
            if text and at:
                parent[at - 1].tail = text
            elif text:
                parent.text = text
            return at
        start = 0
        for end in [*(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]:
            if start < end:
                span = self._span()
                span.text = text[start:end]
                parent.insert(at, span)
                at += 1
            start = end
        return at

    def _span(self) -> etree._Element:
        if self.fresh:
            self.paragraph, self.sentence, self.fresh = self.paragraph + 1, 0, False
        self.sentence += 1
        return etree.Element("span", {"class": "koboSpan", "id": f"kobo.{self.paragraph}.{self.sentence}"})
