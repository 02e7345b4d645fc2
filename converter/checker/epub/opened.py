"""An EPUB opened for inspection: its files, its package, its documents; and the faults met on the way."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from converter.checker.epub.addresses import Address, read_address
from converter.checker.epub.flaws import Flaw
from converter.checker.epub.nodes import Malformed, XmlNode, XmlProlog, read_xml
from converter.limits.unzip import Archive, ArchiveLimits, Damaged, TooMuch

LIMITS = ArchiveLimits(entries=20_000, member=100_000_000)
LARGEST_XML = 20_000_000  # bytes of a document that is looked into; readers give up at half of it
MOST_ELEMENTS = 1_000_000  # of all documents together; a serial of two million words has a fifth, each costs 300 bytes
MIMETYPE = b"application/epub+zip"
XHTML = "application/xhtml+xml"
NCX = "application/x-dtbncx+xml"
SVG = "image/svg+xml"
SMIL = "application/smil+xml"
ENCRYPTION = "META-INF/encryption.xml"
SIGNATURES = "META-INF/signatures.xml"
OBFUSCATIONS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


@dataclass(frozen=True, slots=True)
class ManifestItem:
    """One entry of the manifest. `path` is the file's name in the container, "" for what lies outside the book."""

    key: str
    path: str
    media_type: str
    properties: tuple[str, ...]
    line: int
    href: str = ""
    fallback: str = ""
    overlay: str = ""


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
    prologs: dict[str, XmlProlog] = field(default_factory=dict)
    encrypted: dict[str, str] = field(default_factory=dict)  # path and algorithm of what is encrypted or obfuscated
    bases: dict[str, str] = field(default_factory=dict)  # what addresses in a document are relative to, if not to it
    composed: dict[str, str] = field(default_factory=dict)  # names of files by their form NFC
    flaws: list[Flaw] = field(default_factory=list)
    elements: int = 0  # read so far
    by_path: dict[str, ManifestItem] = field(default_factory=dict)
    by_key: dict[str, ManifestItem] = field(default_factory=dict)
    by_href: dict[str, ManifestItem] = field(default_factory=dict)  # what lies outside the book

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

    def locate(self, base: str, address: str) -> Address:
        """What an address in the file `base` leads to, with the name that the file really has."""
        above = self.bases.get(base, base)
        found = read_address(above, address, above if "://" in above else "")
        real = self.composed.get(unicodedata.normalize("NFC", found.path))
        if real and found.path not in self.files:
            return replace(found, path=real)
        return found


def resolve_address(base: str, address: str) -> tuple[str, str] | None:
    """The path in the container and the fragment that an address in file `base` leads to; None outside the book."""
    found = read_address(base, address)
    return (found.path, found.fragment) if found.inside else None


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
    _read_encryption(book)
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
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
        if folded in seen:
            message = f"there is another file called {seen[folded]}"
            book.flaws.append(Flaw(name, 0, "container-name-twice", message))
        seen[folded] = name
        book.composed.setdefault(unicodedata.normalize("NFC", name), name)
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
        root, count, book.prologs[path] = read_xml(data, MOST_ELEMENTS - book.elements)
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
    book.documents[path] = root
    book.package_path = rootfile.attributes.get("full-path", "") if rootfile else ""
    for other in root.all("rootfile"):
        if other is not rootfile and other.attributes.get("full-path", "") not in book.files:
            message = f"there is no package {other.attributes.get('full-path', '')!r}"
            book.flaws.append(Flaw(path, other.line, "package-missing", message))
    if book.package_path not in book.files:
        line = rootfile.line if rootfile else root.line
        book.flaws.append(Flaw(path, line, "package-missing", f"there is no package {book.package_path!r}"))
        return False
    return True


def _read_encryption(book: Opened) -> None:
    """Which files are encrypted: their bytes can't be looked at."""
    if SIGNATURES in book.files and (signed := _xml(book, SIGNATURES)) is not None:
        book.documents[SIGNATURES] = signed
    if ENCRYPTION not in book.files:
        return
    root = _xml(book, ENCRYPTION)
    if root is None:
        return
    book.documents[ENCRYPTION] = root
    for data in root.all("EncryptedData"):
        method, place = data.first("EncryptionMethod"), data.first("CipherReference")
        if place is not None:
            path = read_address("", place.attributes.get("URI", "")).path
            book.encrypted[path] = method.attributes.get("Algorithm", "") if method else ""


def _read_package(book: Opened) -> bool:
    root = _xml(book, book.package_path)
    if root is None:
        return False
    book.package = root
    book.ids[book.package_path] = _read_ids(book, book.package_path, root)
    manifest, spine = root.first("manifest"), root.first("spine")
    for node in manifest.all("item") if manifest else ():
        if len(book.items) >= LIMITS.entries:
            message = f"the manifest lists more than {LIMITS.entries:,} files: the others are not looked at"
            book.flaws.append(Flaw(book.package_path, node.line, "container-too-large", message))
            break
        attributes = node.attributes
        href = attributes.get("href", "")
        item = ManifestItem(
            attributes.get("id", "").strip(),
            book.locate(book.package_path, href).path if href.strip() else "",
            attributes.get("media-type", "").strip(),
            tuple(attributes.get("properties", "").split()),
            node.line,
            href.strip(),
            attributes.get("fallback", "").strip(),
            attributes.get("media-overlay", "").strip(),
        )
        book.items.append(item)
        book.by_key.setdefault(item.key, item)
        if item.path:
            book.by_path.setdefault(item.path, item)
        else:
            book.by_href.setdefault(item.href.partition("#")[0], item)
    for node in spine.all("itemref") if spine else ():
        named = book.by_key.get(node.attributes.get("idref", "").strip())
        if len(book.spine) >= LIMITS.entries:
            break
        if named is None:
            message = f"the spine names {node.attributes.get('idref', '')!r}, which is not in the manifest"
            book.flaws.append(Flaw(book.package_path, node.line, "spine-unknown", message))
        else:
            book.spine.append((node, named))
    return True


def _read_documents(book: Opened) -> None:
    for item in book.items:
        path = item.path
        if item.media_type not in (XHTML, NCX, SVG, SMIL) or path not in book.files or path in book.documents:
            continue
        if path in book.encrypted:
            continue
        root = _xml(book, path)
        if root is None:
            continue
        book.documents[path] = root
        _read_base(book, path, root)
        book.ids[path] = _read_ids(book, path, root)


def _read_base(book: Opened, path: str, root: XmlNode) -> None:
    head = root.first("head") if root.tag == "html" else None
    base = next((n.attributes.get("href", "") for n in head.children if n.tag == "base"), "") if head else ""
    base = base or root.attributes.get("xml:base", "")
    if base:
        found = read_address(path, base)
        inside = f"{found.path}/" if base.endswith("/") and found.path else found.path
        book.bases[path] = inside if found.inside else base


def _read_ids(book: Opened, path: str, root: XmlNode) -> dict[str, int]:
    ids: dict[str, int] = {}
    for node in root.walk():
        key = node.attributes.get("id", node.attributes.get("xml:id"))
        if key is None:
            continue
        key = key.strip()
        if key in ids:
            message = f"the id {key!r} is taken already in line {ids[key]}; give each element its own"
            book.flaws.append(Flaw(path, node.line, "id-twice", message))
        ids.setdefault(key, node.line)
    return ids


CheckerRule = Callable[[Opened], Iterator[Flaw]]
