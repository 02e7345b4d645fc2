"""A Word document's archive: opened within limits, what is none is refused with what to do; its parts as XML."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import Any

from converter.document.contracts import Source
from converter.document.errors import NotAStory, TooLarge
from converter.document.record import dataclass
from converter.limits.unzip import Archive, ArchiveLimits, Damaged, TooMuch

LIMITS = ArchiveLimits(entries=20_000, member=64_000_000, total=512_000_000, ratio=200)
OLE = b"\xd0\xcf\x11\xe0"  # how files of Office before 2007 begin, and those that are locked with a password
PASSWORD = "EncryptedPackage".encode("utf-16-le")
MAIN = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/"  # ISO 29500 Strict: other names for the same elements
_STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/picture", b"http://schemas.openxmlformats.org/drawingml/2006/picture"),
)


@dataclass(frozen=True, slots=True)
class WordFile:
    """The files of a Word document by name, and the name of its main part."""

    source: str
    files: Mapping[str, bytes]
    main: str

    def part(self, name: str) -> Any:
        """The root of a part beside the main one ("footnotes.xml"); None where there is none."""
        data = self.files.get(posixpath.join(posixpath.dirname(self.main), name))
        return xml_root(data, self.source) if data else None

    def relations(self, name: str) -> frozenset[str]:
        """The ids of what a part leads to: files that are there, addresses that links name."""
        folder = posixpath.dirname(self.main)
        data = self.files.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        known: set[str] = set()
        for relation in xml_root(data, self.source) if data else ():
            target = str(relation.get("Target", ""))
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            outside = str(relation.get("TargetMode", "")) == "External"
            if path in self.files or (outside and str(relation.get("Type", "")).endswith("/hyperlink")):
                known.add(str(relation.get("Id", "")))
        return frozenset(known)

    def with_parts(self, parts: Mapping[str, Any]) -> bytes:
        """The document as an archive, with these parts (by name beside the main one, "" is the main one itself)."""
        from lxml import etree

        folder = posixpath.dirname(self.main)
        changed = {posixpath.join(folder, name) if name else self.main: root for name, root in parts.items()}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, data in self.files.items():
                root = changed.get(name)
                archive.writestr(name, data if root is None else etree.tostring(root, encoding="utf-8"))
        return out.getvalue()


def open_word_file(source: Source) -> WordFile:
    """A document's bytes -> its files. Raises NotAStory for an older or locked document and for what is none, TooLarge
    for one that would unpack to too much."""
    data = source.data
    if data.startswith(OLE):
        if PASSWORD in data:
            raise NotAStory("the document is locked with a password", source.name, "save it without one")
        what = "the document is of an old format (.doc)"
        raise NotAStory(what, source.name, "open it in Word or LibreOffice and save it as .docx")
    try:
        archive = Archive(data, LIMITS)
        files = {name.replace("\\", "/").lstrip("/"): archive.read(name) for name in archive.names()}
    except TooMuch as error:
        raise TooLarge(f"the document {error}", source.name, "a story is not that large") from None
    except Damaged as error:
        raise NotAStory(
            f"the document {error}", source.name, "open it in Word or LibreOffice and save it again"
        ) from None
    files = {name: _of_today(held) if name.endswith((".xml", ".rels")) else held for name, held in files.items()}
    main = MAIN if MAIN in files else next((n for n in sorted(files) if _is_main(n)), "")
    if not main:
        raise NotAStory("there is no Word document in it", source.name, "save it as .docx, HTML or text")
    return WordFile(source.name, files, main)


def _is_main(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return folder.endswith("word") and file.startswith("document") and file.endswith(".xml")


def _of_today(data: bytes) -> bytes:
    if STRICT in data:
        for old, new in _STRICT_NAMES:
            data = data.replace(old, new)
    return data


def xml_root(data: bytes, source: str) -> Any:
    """The root of a part. Raises NotAStory for one that is no XML, or declares entities, as no word processor does."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    remedy = "open it in Word or LibreOffice and save it again"
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise NotAStory("the document declares entities", source, remedy)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAStory(f"the document is damaged ({' '.join(str(error).split())[:80]})", source, remedy) from None
