"""An EPUB taken apart: its entries, its package, its pages as lists of elements with their lines."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from converter.checkup.finding import Finding
from converter.errors import NotAStory, TooLarge

SIZE_LIMIT = 2 * 1024**3  # bytes unpacked; the largest book a shop takes
XHTML = "application/xhtml+xml"
NCX = "application/x-dtbncx+xml"


@dataclass(frozen=True, slots=True)
class Element:
    """One start tag. Names carry no prefix, except attributes, which keep theirs ("epub:type")."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One XML document: its elements in order, and its text without that of head, script and style."""

    name: str
    elements: tuple[Element, ...]
    text: str
    error: Finding | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the manifest; `name` is its place in the archive."""

    id: str
    name: str
    media_type: str
    properties: tuple[str, ...]
    line: int


@dataclass
class Opened:
    """The book taken apart. `package_name` is empty where there is none to be found."""

    entries: dict[str, zipfile.ZipInfo]
    archive: zipfile.ZipFile
    problems: list[Finding] = field(default_factory=list)
    package_name: str = ""
    version: str = ""
    items: dict[str, Item] = field(default_factory=dict)
    spine: list[tuple[str, int]] = field(default_factory=list)
    spine_toc: str = ""
    statements: list[Element] = field(default_factory=list)

    def read(self, name: str) -> bytes:
        """One entry's bytes."""
        return self.archive.read(name)

    @cached_property
    def pages(self) -> dict[str, Page]:
        """All XHTML documents of the manifest that are there."""
        wanted = [i.name for i in self.items.values() if i.media_type == XHTML and i.name in self.entries]
        return {name: read_page(name, self.read(name)) for name in dict.fromkeys(wanted)}

    @cached_property
    def reading_order(self) -> list[Page]:
        """The pages of the spine."""
        names = [self.items[i].name for i, _ in self.spine if i in self.items]
        return [self.pages[n] for n in names if n in self.pages]

    def said(self, name: str) -> list[Element]:
        """The package's metadata of one name ("title", "meta")."""
        return [e for e in self.statements if e.name == name]

    def resolve(self, page: str, address: str) -> tuple[str, str] | None:
        """The entry and the fragment an address on a page points to; None when it leaves the book."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc:
            return None
        path = unquote(parts.path)
        name = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
        return name, unquote(parts.fragment)


def open_epub(data: bytes) -> Opened:
    """Takes an EPUB apart; what is missing becomes a problem. Raises NotAStory, TooLarge."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError):
        raise NotAStory("no EPUB: the file is no zip archive", remedy="choose a file that ends in .epub") from None
    entries = {i.filename: i for i in archive.infolist()}
    if sum(i.file_size for i in entries.values()) > SIZE_LIMIT:
        raise TooLarge("more than 2 GB when unpacked")
    book = Opened(entries, archive)
    container = "META-INF/container.xml"
    if container not in entries:
        book.problems.append(Finding("container-missing", "there is no META-INF/container.xml", severity="error"))
        return book
    found = read_page(container, archive.read(container))
    roots = [e.attributes.get("full-path", "") for e in found.elements if e.name == "rootfile"]
    if not roots or roots[0] not in entries:
        message = f"the package {roots[0]!r} is not in the archive" if roots else "no package is named"
        book.problems.append(Finding("package-missing", message, container, severity="error"))
        return book
    _read_package(book, roots[0])
    return book


def _read_package(book: Opened, name: str) -> None:
    page = read_page(name, book.read(name))
    if page.error:
        book.problems.append(page.error)
        return
    book.package_name = name
    folder = posixpath.dirname(name)
    inside = ""
    for e in page.elements:
        match e.name:
            case "package":
                book.version = e.attributes.get("version", "")
            case "metadata" | "manifest" | "spine" | "guide":
                inside = e.name
                if e.name == "spine":
                    book.spine_toc = e.attributes.get("toc", "")
            case "item":
                href = unquote(e.attributes.get("href", ""))
                place = posixpath.normpath(posixpath.join(folder, href))
                properties = tuple(e.attributes.get("properties", "").split())
                item = Item(e.attributes.get("id", ""), place, e.attributes.get("media-type", ""), properties, e.line)
                book.items[item.id] = item
            case "itemref":
                book.spine.append((e.attributes.get("idref", ""), e.line))
            case _ if inside == "metadata":
                book.statements.append(e)


def read_page(name: str, data: bytes) -> Page:
    """One XML document; a syntax error becomes the page's `error`, and what was read before it is kept."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.UseForeignDTD(True)
    elements: list[Element] = []
    texts: list[list[str]] = []
    open_: list[tuple[int, bool]] = []
    running: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        plain = tag.rpartition(":")[2]
        hidden = plain in ("head", "script", "style") or (open_[-1][1] if open_ else False)
        open_.append((len(elements), hidden))
        texts.append([])
        elements.append(Element(plain, attributes, parser.CurrentLineNumber))
        running.append(" " if plain not in INLINE else "")

    def end(_tag: str) -> None:
        at, _ = open_.pop()
        e = elements[at]
        elements[at] = Element(e.name, e.attributes, e.line, "".join(texts[at]))
        if open_:
            texts[open_[-1][0]].append("".join(texts[at]))
        running.append(" " if e.name not in INLINE else "")

    def text(data: str) -> None:
        if open_:
            texts[open_[-1][0]].append(data)
            if not open_[-1][1]:
                running.append(data)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.ExternalEntityRefHandler = lambda *_: 1
    parser.SkippedEntityHandler = lambda *_: None
    error = None
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fault:
        what = expat.errors.messages.get(fault.code, "syntax error")
        error = Finding("xml-malformed", f"not well-formed XML: {what}", name, fault.lineno, "error")
    return Page(name, tuple(elements), "".join(running), error)


INLINE = frozenset("a abbr b bdi bdo cite code em i img mark q rb rp rt ruby s small span strong sub sup u wbr".split())
