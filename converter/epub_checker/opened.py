"""An EPUB opened for inspection: its files, its package, its documents; and the faults met on the way."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from converter.epub_checker.flaws import Flaw
from converter.epub_checker.nodes import Malformed, XmlNode, read_xml
from converter.limits.unzip import Archive, ArchiveLimits, Damaged, TooMuch

LIMITS = ArchiveLimits(entries=20_000, member=100_000_000)
LARGEST_XML = 20_000_000  # bytes of a document that is looked into; readers give up at half of it
MOST_ELEMENTS = 1_000_000  # of all documents together; a serial of two million words has a fifth, each costs 300 bytes
MIMETYPE = b"application/epub+zip"
XHTML = "application/xhtml+xml"
NCX = "application/x-dtbncx+xml"


@dataclass(frozen=True, slots=True)
class ManifestItem:
    """One entry of the manifest. `path` is the file's name in the container, "" for what lies outside the book."""

    key: str
    path: str
    media_type: str
    properties: tuple[str, ...]
    line: int


@dataclass(slots=True)
class Opened:
    """All that the rules look at. `documents` and `ids` are by path; malformed ones are missing from both."""

    size: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    package_path: str = ""
    package: XmlNode = field(default_factory=lambda: XmlNode("package", {}, 0))
    items: list[ManifestItem] = field(default_factory=list)
    spine: list[tuple[XmlNode, ManifestItem]] = field(default_factory=list)
    documents: dict[str, XmlNode] = field(default_factory=dict)
    ids: dict[str, Mapping[str, int]] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)
    elements: int = 0  # read so far
    by_path: dict[str, ManifestItem] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The EPUB version that the package claims: "3.0", "2.0"."""
        return self.package.attributes.get("version", "")

    def item(self, path: str) -> ManifestItem | None:
        """The manifest's entry for a file."""
        return self.by_path.get(path)

    def with_property(self, name: str) -> ManifestItem | None:
        """The first item with this property ("nav", "cover-image")."""
        return next((i for i in self.items if name in i.properties), None)

    def of_type(self, media_type: str) -> list[ManifestItem]:
        """The items of a media type, in order of the manifest."""
        return [i for i in self.items if i.media_type == media_type]


def resolve_address(base: str, address: str) -> tuple[str, str] | None:
    """The path in the container and the fragment that an address in file `base` leads to; None outside the book."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme or parts.netloc:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path))) if parts.path else base
    return path, unquote(parts.fragment)


def open_epub(data: bytes) -> Opened:
    """The book as far as it can be opened; what stops the way or is wrong on it stands in `flaws`."""
    book = Opened(size=len(data))
    try:
        container = Archive(data, LIMITS)
    except TooMuch as error:
        book.flaws.append(Flaw("", 0, "container-too-large", f"the container {error}"))
        return book
    except Damaged as error:
        book.flaws.append(Flaw("", 0, "container-unreadable", f"is no EPUB: it {error}"))
        return book
    _read_files(book, container)
    _check_mimetype(book, container.entries, data)
    if _read_container(book) and _read_package(book):
        _read_documents(book)
    return book


def _check_mimetype(book: Opened, entries: Sequence[zipfile.ZipInfo], data: bytes) -> None:
    first = entries[0] if entries else None
    wrong = ""
    if first is None or first.filename != "mimetype":
        wrong = "the first file must be called mimetype"
    elif first.compress_type != zipfile.ZIP_STORED:
        wrong = "must not be compressed"
    elif data[first.header_offset + 28 : first.header_offset + 30] != b"\0\0":
        wrong = "must have no extra field in the zip"
    elif book.files.get("mimetype") != MIMETYPE:
        wrong = f"must hold exactly {MIMETYPE.decode()}"
    if wrong:
        book.flaws.append(Flaw("mimetype", 0, "container-mimetype", wrong))


def _read_files(book: Opened, container: Archive) -> None:
    seen: dict[str, str] = {}
    for entry in container.entries:
        name = entry.filename
        folded = name.casefold()
        if folded in seen:
            message = f"there is another file called {seen[folded]}"
            book.flaws.append(Flaw(name, 0, "container-name-twice", message))
        seen[folded] = name
        try:
            book.files[name] = container.read(entry)
        except TooMuch as error:
            book.flaws.append(Flaw(name, 0, "container-file-too-large", str(error)))
        except Damaged as error:
            book.flaws.append(Flaw(name, 0, "container-file-unreadable", f"can't be unpacked: it {error}"))


def _xml(book: Opened, path: str) -> XmlNode | None:
    data = book.files[path]
    if len(data) > LARGEST_XML:
        message = f"has {len(data) / 1e6:.0f} MB: no reader opens that"
        book.flaws.append(Flaw(path, 0, "document-too-large", message))
        return None
    try:
        root, count = read_xml(data, MOST_ELEMENTS - book.elements)
        book.elements += count
        return root
    except Malformed as error:
        book.flaws.append(Flaw(path, error.line, "xml-malformed", f"is no well-formed XML: {error}"))
        return None


def _read_container(book: Opened) -> bool:
    path = "META-INF/container.xml"
    if path not in book.files:
        book.flaws.append(Flaw(path, 0, "container-missing", "is missing; it says where the package is"))
        return False
    root = _xml(book, path)
    rootfile = root.first("rootfile") if root else None
    if root is None:
        return False
    book.package_path = rootfile.attributes.get("full-path", "") if rootfile else ""
    if book.package_path not in book.files:
        line = rootfile.line if rootfile else root.line
        book.flaws.append(Flaw(path, line, "package-missing", f"there is no package {book.package_path!r}"))
        return False
    return True


def _read_package(book: Opened) -> bool:
    root = _xml(book, book.package_path)
    if root is None:
        return False
    book.package = root
    manifest, spine = root.first("manifest"), root.first("spine")
    by_key: dict[str, ManifestItem] = {}
    for node in manifest.all("item") if manifest else ():
        attributes = node.attributes
        target = resolve_address(book.package_path, attributes.get("href", ""))
        item = ManifestItem(
            attributes.get("id", ""),
            target[0] if target else "",
            attributes.get("media-type", ""),
            tuple(attributes.get("properties", "").split()),
            node.line,
        )
        book.items.append(item)
        by_key.setdefault(item.key, item)
        book.by_path.setdefault(item.path, item)
    for node in spine.all("itemref") if spine else ():
        named = by_key.get(node.attributes.get("idref", ""))
        if named is None:
            message = f"the spine names {node.attributes.get('idref', '')!r}, which is not in the manifest"
            book.flaws.append(Flaw(book.package_path, node.line, "spine-unknown", message))
        else:
            book.spine.append((node, named))
    return True


def _read_documents(book: Opened) -> None:
    for item in book.items:
        if item.media_type not in (XHTML, NCX) or item.path not in book.files or item.path in book.documents:
            continue
        root = _xml(book, item.path)
        if root is None:
            continue
        book.documents[item.path] = root
        ids: dict[str, int] = {}
        for node in root.walk():
            key = node.attributes.get("id")
            if key is None:
                continue
            if key in ids:
                message = f"the id {key!r} is taken already in line {ids[key]}"
                book.flaws.append(Flaw(item.path, node.line, "id-twice", message))
            ids.setdefault(key, node.line)
        book.ids[item.path] = ids


CheckerRule = Callable[[Opened], Iterator[Flaw]]
