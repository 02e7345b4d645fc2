"""An EPUB's package: its archive within limits, what lies in it, what is read in which order; no locked one."""

from __future__ import annotations

import dataclasses
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from converter.document.contracts import Assets, Source
from converter.document.errors import NotAStory, TooLarge
from converter.document.findings.works import ArchiveFault, ArchivePart
from converter.document.model import Origin
from converter.document.record import dataclass
from converter.limits.unzip import Archive, ArchiveLimits, Damaged, TooMuch

if TYPE_CHECKING:
    from zipfile import ZipInfo

LIMITS = ArchiveLimits(entries=20_000, member=64_000_000, total=512_000_000, ratio=200)
PACKAGE_TYPE = "application/oebps-package+xml"
CONTAINER, LOCKS = "META-INF/container.xml", "META-INF/encryption.xml"
LICENCES = ("META-INF/rights.xml", "META-INF/license.lcpl", "META-INF/sinf.xml")
FONT_LOCKS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")  # EPUB 3.3, Adobe's older one
MOST_ITEMS = 20_000  # of a manifest, and of a spine
DOCUMENT = re.compile(r"html", re.I)  # in the media type of what is read as text
DOCUMENT_NAME = re.compile(r"\.x?html?\Z|\.xml\Z", re.I)
_ENTITY = re.compile(rb"<!ENTITY", re.I)


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the manifest: its name in the archive ("" where it is not there), its media type and properties."""

    name: str
    href: str
    kind: str
    properties: frozenset[str] = frozenset()

    @property
    def is_document(self) -> bool:
        """Whether its text is read."""
        return bool(DOCUMENT.search(self.kind)) or (not self.kind and bool(DOCUMENT_NAME.search(self.href)))


@dataclass(frozen=True, slots=True)
class SpineItem:
    """A document in reading order. `linear` is False for what stands beside the text: notes, answers."""

    item: Item
    linear: bool = True


@dataclasses.dataclass(slots=True)
class Package:
    """An EPUB that is open. `opf`: the root of its package document; `guide`: what EPUB 2 says that documents are
    (type -> name, in small letters); `faults`: files that are missing or can't be read."""

    source: str
    files: Files
    folder: str
    opf: Any
    items: Mapping[str, Item]
    spine: tuple[SpineItem, ...]
    guide: tuple[tuple[str, str], ...] = ()
    ncx: str = ""
    faults: dict[str, ArchivePart] = field(default_factory=dict)

    @property
    def navigation(self) -> str:
        """The name of EPUB 3's navigation document, or ""."""
        return next((i.name for i in self.items.values() if "nav" in i.properties), "")

    def read(self, path: str) -> bytes | None:
        """A file's bytes; None, and a fault, where it can't be read."""
        try:
            return self.files.read(path)
        except Damaged as error:
            self.fault(path, "packed", str(error))
        return None

    def fault(self, name: str, kind: ArchiveFault, reason: str = "") -> None:
        """Remembers what is wrong with a file."""
        origin = Origin(f"{self.source}/{name}", 1)
        self.faults.setdefault(name, ArchivePart(name, kind, reason, origin))

    def beside(self, name: str) -> Assets:
        """What finds the files that a document names."""
        folder = posixpath.dirname(name)

        def find(path: str) -> bytes | None:
            found = self.files.find(folder, path)
            return self.read(found) if found else None

        return find


class Files:
    """The archive's files by name; a name is found whatever its capitals, its `%20` and its steps upwards are."""

    def __init__(self, data: bytes) -> None:
        """Raises Damaged, TooMuch."""
        self.archive = Archive(data, LIMITS)
        self.entries: dict[str, ZipInfo] = {}
        self._folded: dict[str, str] = {}
        for entry in self.archive.entries:
            name = posixpath.normpath(entry.filename.replace("\\", "/")).lstrip("/")
            if not name.startswith(".."):
                self.entries[name] = entry
                self._folded.setdefault(name.casefold(), name)

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none. Raises Damaged, TooMuch."""
        entry = self.entries.get(name)
        return None if entry is None else self.archive.read(entry)

    def find(self, folder: str, href: str) -> str:
        """The name of the file that an address means, seen from a folder of the archive; "" where there is none."""
        path = href.partition("#")[0].partition("?")[0].strip().replace("\\", "/")
        for written in (path, unquote(path)):
            if not written:
                continue
            name = posixpath.normpath(posixpath.join(folder, written)).lstrip("/")
            if found := self._known(name) or self._known(name.removeprefix("../")):
                return found
        return ""

    def _known(self, name: str) -> str:
        return name if name in self.entries else self._folded.get(name.casefold(), "")


def open_package(source: Source) -> Package:
    """An EPUB's bytes -> its package. Raises NotAStory, in one line with what to do, for what is no EPUB, is damaged,
    locked, or has fixed pages; TooLarge for an archive that would unpack to too much."""
    try:
        files = Files(source.data)
        return _opened(source.name, files)
    except TooMuch as error:
        raise TooLarge(f"the EPUB {error}", source.name, "a book is not that large") from None
    except Damaged as error:
        raise NotAStory(f"the EPUB {error}", source.name, "download it again") from None


def _opened(source: str, files: Files) -> Package:
    _refuse_locked(source, files)
    name = _package_name(files)
    opf = xml_root(files.read(name) or b"") if name else None
    if opf is None:
        what = "the EPUB has no package document that can be read"
        raise NotAStory(what, source, "download it again; or unpack it and give its pages")
    folder = posixpath.dirname(name)
    package = Package(source, files, folder, opf, {}, ())
    package.items = items = _items(files, folder, opf)
    package.spine = tuple(_spine(package, items, opf))
    package.guide = tuple(_guide(files, folder, opf))
    package.ncx = _ncx(items, opf)
    _refuse_fixed(source, opf, package.spine)
    return package


def _refuse_locked(source: str, files: Files) -> None:
    """Raises NotAStory for a book with digital rights management; locked typefaces lock no word."""
    remedy = "give an EPUB without a lock (DRM)"
    for name in LICENCES:
        if files.find("", name):
            raise NotAStory("the EPUB is locked by a shop or a library", source, remedy)
    root = xml_root(files.read(files.find("", LOCKS)) or b"")
    for method in elements(root, "EncryptionMethod") if root is not None else ():
        if str(method.get("Algorithm", "")) not in FONT_LOCKS:
            raise NotAStory("the EPUB is encrypted", source, remedy)


def _refuse_fixed(source: str, opf: Any, spine: tuple[SpineItem, ...]) -> None:
    """Raises NotAStory for a book of fixed pages: what stands where on them is in pictures and positions."""
    properties = (m for m in elements(opf, "meta") if m.get("property") == "rendition:layout" and not m.get("refines"))
    whole = any("pre-paginated" in text_of(m) for m in properties)
    older = any(m.get("name") == "fixed-layout" and m.get("content") == "true" for m in elements(opf, "meta"))
    fixed = sum("rendition:layout-pre-paginated" in str(r.get("properties", "")) for r in elements(opf, "itemref"))
    flowing = sum("rendition:layout-reflowable" in str(r.get("properties", "")) for r in elements(opf, "itemref"))
    if ((whole or older) and flowing * 2 <= len(spine)) or (fixed and fixed * 2 > len(spine)):
        what = "the EPUB has fixed pages, as picture books and comics do"
        raise NotAStory(what, source, "give an edition whose text flows")


def _package_name(files: Files) -> str:
    """The package document that the container names; else the first that is there."""
    root = xml_root(files.read(files.find("", CONTAINER)) or b"")
    named = list(elements(root, "rootfile")) if root is not None else []
    named.sort(key=lambda e: e.get("media-type") != PACKAGE_TYPE)
    found = (files.find("", str(e.get("full-path", ""))) for e in named)
    others = sorted((n for n in files.entries if n.lower().endswith(".opf")), key=lambda n: (n.count("/"), n))
    return next(filter(None, (*found, *others)), "")


def _items(files: Files, folder: str, opf: Any) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for element in elements(opf, "item"):
        if len(items) >= MOST_ITEMS:
            break
        href, key = str(element.get("href", "")), str(element.get("id", ""))
        properties = frozenset(str(element.get("properties", "")).split())
        item = Item(files.find(folder, href), href, str(element.get("media-type", "")).lower(), properties)
        items.setdefault(key or f"\0{len(items)}", item)
    return items


def _spine(package: Package, items: Mapping[str, Item], opf: Any) -> Iterator[SpineItem]:
    """The documents in reading order, each once; where the book names none, all in the order of the manifest."""
    named = [(str(r.get("idref", "")), str(r.get("linear", "yes")).strip() != "no") for r in elements(opf, "itemref")]
    if not any(key in items for key, _ in named):
        named = [(key, True) for key, item in items.items() if item.is_document and "nav" not in item.properties]
    seen: set[str] = set()
    for key, linear in named[:MOST_ITEMS]:
        item = items.get(key)
        if item is None or not item.name:
            package.fault(item.href if item else key, "missing")
        elif item.is_document and item.name not in seen:
            seen.add(item.name)
            yield SpineItem(item, linear)


def _guide(files: Files, folder: str, opf: Any) -> Iterator[tuple[str, str]]:
    for reference in elements(opf, "reference"):
        if name := files.find(folder, str(reference.get("href", ""))):
            yield str(reference.get("type", "")).lower(), name


def _ncx(items: Mapping[str, Item], opf: Any) -> str:
    """The name of EPUB 2's contents list, or ""."""
    spine = next(elements(opf, "spine"), None)
    named = items.get(str(spine.get("toc", ""))) if spine is not None else None
    others = (i for i in items.values() if i.kind == "application/x-dtbncx+xml" or i.href.lower().endswith(".ncx"))
    return next((i.name for i in (named, *others) if i is not None and i.name), "")


# --------------------------------------------------------------------------------------------------------- XML


def xml_root(data: bytes) -> Any:
    """The root of an XML file, mended where it is broken; None for what is none. No entity is read, nothing fetched."""
    from lxml import etree

    if not data.strip() or _ENTITY.search(data):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def local_name(element: Any) -> str:
    """An element's name without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def elements(root: Any, name: str) -> Iterator[Any]:
    """All elements with this name, whatever their namespace, in order."""
    return (e for e in root.iter() if local_name(e) == name)


def text_of(element: Any) -> str:
    """An element's text on one line."""
    return " ".join("".join(element.itertext()).split())
