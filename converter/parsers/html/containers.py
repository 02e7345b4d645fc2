"""Pages in containers: MHTML, htmlz, zip, SingleFile's self-opening zip. Out come the page's bytes and its pictures."""

from __future__ import annotations

import email
import email.policy
import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import field
from urllib.parse import unquote, urljoin

from converter.document.contracts import Assets, Source
from converter.document.errors import NotAStory, TooLarge
from converter.document.findings.works import ArchiveFault, ArchivePart
from converter.document.model import Origin
from converter.document.record import dataclass
from converter.limits.unzip import Archive, Damaged, TooMuch
from converter.parsers.html.extraction.facts import Facts

PAGES = 64_000_000  # bytes of all pages together, as of any story
PARTS_LIMIT = 100_000  # of an MHTML; a saved page has a few hundred, and each costs two thousand bytes of memory
PAGE = re.compile(r"\.x?html?$", re.I)
BOOK = re.compile(r"\.(?:epub|docx|docm|rtf|htmlz|mhtml?)$", re.I)  # read when they are named, but not inside a zip
BOOKS_NAMED = 3
MACS = "__MACOSX"  # the folder of what a Mac keeps beside files
TEXT = re.compile(r"\.(?:te?xt|md|markdown)$", re.I)
COVERS = ("cover.jpg", "cover.jpeg", "cover.png")
INDEX = re.compile(r"index\.x?html?", re.I)
MHTML = re.compile(
    rb"\A\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?(?:content-type:\s*multipart/related|mime-version:)", re.I
)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One page out of a container. `pages` holds further pages of the same container, in name order.

    `faults` says of files that were asked for why they could not be read, also of those asked for later. `texts` and
    `books` are the names of files that may be stories and are no pages.
    """

    data: bytes
    assets: Assets
    address: str = ""
    encoding: str = ""
    name: str = ""
    pages: tuple[tuple[str, bytes, Assets], ...] = ()
    opf: bytes = b""
    cover: bytes = b""
    faults: dict[str, ArchivePart] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    books: tuple[str, ...] = ()


def unpack(source: Source) -> Unpacked:
    """The page in the source, whatever it is wrapped in; a bare page comes back as it is.

    Raises NotAStory for a container without a page, TooLarge for one that would unpack to too much.
    """
    data = source.data
    if data[:2] == b"PK" or (b"PK\x05\x06" in data[-70_000:] and zipfile.is_zipfile(io.BytesIO(data))):
        return _from_zip(source)
    if source.suffix in (".mht", ".mhtml") or (data[:1].isalpha() and MHTML.match(data[:8_000])):
        return _from_mhtml(source)
    return Unpacked(data, source.assets)


# ------------------------------------------------------------------------------------------------------- MHTML


def _from_mhtml(source: Source) -> Unpacked:
    if source.data.count(b"\n--") > PARTS_LIMIT:
        raise TooLarge(
            f"the archive has more than {PARTS_LIMIT:,} parts", source.name, "save it again from the browser"
        )
    try:
        return _read_mhtml(source)
    except NotAStory:
        raise
    except RecursionError:
        raise TooLarge("the archive nests its parts deeper than any page", source.name, "save it again") from None
    except Exception as error:  # Python's reader of mail has no list of what it raises for broken headers
        what = f"the archive is damaged ({type(error).__name__})"
        raise NotAStory(what, source.name, "save it again from the browser") from None


def _read_mhtml(source: Source) -> Unpacked:
    message = email.message_from_bytes(source.data, policy=email.policy.compat32)
    address = str(message.get("Snapshot-Content-Location", "") or "").strip()
    page: tuple[bytes, str, str] | None = None
    files: dict[str, bytes] = {}
    for part in message.walk():
        if part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        place = str(part.get("Content-Location", "") or "").strip()
        kind = part.get_content_type()
        if kind in ("text/html", "application/xhtml+xml") and page is None:
            page = payload, str(part.get_content_charset() or ""), place
            continue
        if place:
            files[place] = payload
        if ident := str(part.get("Content-ID", "") or "").strip("<> "):
            files[f"cid:{ident}"] = payload
    if page is None:
        raise NotAStory("the archive holds no page", source.name, "save it again from the browser")
    base = address or page[2]
    return Unpacked(page[0], _by_address(files, base), base if base.startswith("http") else "", page[1])


def _by_address(files: Mapping[str, bytes], base: str) -> Assets:
    def find(path: str) -> bytes | None:
        if path in files:
            return files[path]
        try:
            return files.get(urljoin(base, path))
        except ValueError:
            return None

    return find


# --------------------------------------------------------------------------------------------------------- zip


def archive_part(source: str, name: str, fault: ArchiveFault, reason: str = "") -> ArchivePart:
    """What is told of a file by its name inside the archive called `source`."""
    return ArchivePart(name, fault, reason, Origin(f"{source}/{name}", 1))


class _Zip:
    """The files of an archive by their names inside it, and what is wrong with some of them."""

    def __init__(self, source: Source) -> None:
        try:
            self.archive = Archive(source.data)
        except TooMuch as error:
            raise TooLarge(f"the archive {error}", source.name, "unpack it by hand") from None
        except Damaged as error:
            raise NotAStory(f"the archive {error}", source.name, "download it again") from None
        self.source = source.name
        self.faults: dict[str, ArchivePart] = {}
        self.names: dict[str, zipfile.ZipInfo] = {}
        for entry in self.archive.entries:
            name = posixpath.normpath(entry.filename.replace("\\", "/"))
            if not _inside(entry.filename):
                continue
            if name in self.names:
                self.faults[name] = archive_part(self.source, name, "twice")
            self.names[name] = entry

    def read(self, name: str) -> bytes | None:
        """A file's bytes, or None."""
        entry = self.names.get(name)
        if entry is None:
            return None
        try:
            return self.archive.read(entry)
        except Damaged as error:
            self.faults[name] = archive_part(self.source, name, "packed", str(error))
            return None

    def beside(self, page: str) -> Assets:
        """What finds the files beside a page."""
        folder = posixpath.dirname(page)

        def find(path: str) -> bytes | None:
            name = posixpath.normpath(posixpath.join(folder, path))
            return self.read(name) or self.read(posixpath.normpath(posixpath.join(folder, unquote(path))))

        return find

    def cover(self) -> bytes:
        """The picture that is called the cover; b"" for none."""
        named = (n for n in self.names if posixpath.basename(n).lower() in COVERS)
        return next(map(self.read, named), None) or b""

    def package(self) -> bytes:
        """The package document of an EPUB's kind; b"" for none."""
        named = (n for n in self.names if n.lower().endswith(".opf"))
        return next(map(self.read, named), None) or b""


def _from_zip(source: Source) -> Unpacked:
    files = _Zip(source)
    pages = _pages(files.names, files.read, files.faults, source.name)
    first = next((n for n in pages if INDEX.fullmatch(posixpath.basename(n))), next(iter(pages)))
    others = tuple((n, data, files.beside(n)) for n, data in pages.items() if n != first)
    opf, cover = files.package(), files.cover()
    address = _original_address(files.read)
    texts, books = (tuple(sorted(n for n in files.names if kind.search(n) and MACS not in n)) for kind in (TEXT, BOOK))
    return Unpacked(
        pages[first], files.beside(first), address, "", first, others, opf, cover, files.faults, texts, books
    )


def _pages(
    names: Mapping[str, zipfile.ZipInfo],
    read: Callable[[str], bytes | None],
    faults: dict[str, ArchivePart],
    source: str,
) -> dict[str, bytes]:
    """The pages of an archive that can be read, those of the outer folders first. Raises NotAStory, TooLarge."""
    wanted = sorted((n for n in names if PAGE.search(n) and MACS not in n), key=lambda n: (n.count("/"), n.lower()))
    if not wanted:
        books = sorted(n for n in names if BOOK.search(n) and MACS not in n)
        if books:
            more = f" and {len(books) - BOOKS_NAMED} more" if len(books) > BOOKS_NAMED else ""
            what = f"the archive holds no page, but {', '.join(books[:BOOKS_NAMED])}{more}, each a book of its own"
            raise NotAStory(what, source, "`chapbook convert` makes each of them; or unpack it and name one")
        raise NotAStory("the archive holds no page", source, "unpack it, and name a story that is in it")
    pages: dict[str, bytes] = {}
    size = 0
    for name in wanted:
        data = read(name)
        size += len(data or b"")
        if size > PAGES:
            raise TooLarge(f"the archive's pages have more than {PAGES / 1e6:.0f} MB", source, "split it into parts")
        if data:
            pages[name] = data
    if not pages:
        why = faults[wanted[0]].why if wanted[0] in faults else "is empty"
        raise NotAStory(f"no page of the archive can be read: {wanted[0]} {why}", source, "unpack it by hand")
    return pages


def _original_address(read: Callable[[str], bytes | None]) -> str:
    import json

    manifest = read("manifest.json")
    if manifest is None:
        return ""
    try:
        address = json.loads(manifest).get("originalUrl", "")
    except (ValueError, AttributeError, RecursionError):
        return ""
    return address if isinstance(address, str) and address.startswith("http") else ""


def _inside(name: str) -> bool:
    plain = name.replace("\\", "/")
    return not plain.startswith("/") and ":" not in plain[:3] and ".." not in plain.split("/")


# --------------------------------------------------------------------------------------------------------- OPF


def opf_facts(opf: bytes, facts: Facts) -> None:
    """What an htmlz's `metadata.opf` says. No entity is resolved, nothing is fetched."""
    from lxml import etree

    from converter.document.model import Person

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
        root = etree.fromstring(opf, parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    if root is None:
        return
    values: dict[str, list[str]] = {}
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname.lower()
        text = " ".join("".join(element.itertext()).split())
        if name == "meta" and element.get("name"):
            values.setdefault(str(element.get("name")), []).append(str(element.get("content") or ""))
        elif text:
            values.setdefault(name, []).append(text)
    source = "archive, metadata.opf"
    one = {k: v[0] for k, v in values.items()}
    facts.add("title", one.get("title", ""), source)
    facts.add("people", tuple(Person(n) for n in values.get("creator", ())), source)
    facts.add("language", one.get("language", ""), source)
    facts.add("description", re.sub(r"<[^<>]{0,200}>", " ", one.get("description", "")), source)
    facts.add("publisher", one.get("publisher", ""), source)
    facts.add("tags", tuple(values.get("subject", ())), source)
    facts.add("series", one.get("calibre:series", ""), source)
    facts.add("series_index", one.get("calibre:series_index", "").removesuffix(".0"), source)
    date = one.get("date", "")
    if not date.startswith("0101"):
        from converter.parsers.html.extraction.facts import iso_date

        facts.add("published", iso_date(date)[:10], source)
