"""What a finished EPUB says of itself that the catalogue does not keep: summary, tags, imprint, chapters, cover."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Sequence
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from converter.checker.epub.nodes import Malformed, XmlNode, read_xml
from converter.document.record import dataclass
from converter.limits.pictures import NoPicture, open_picture
from converter.limits.unzip import OWN_BOOKS, Archive, Damaged

COVER = (240, 360)  # pixels of the small picture, at most
LARGE = (1200, 1800)  # of the one for a whole screen
QUALITY = 82  # of its JPEG
AS_IT_IS = 1024 * 1024, 2_500  # bytes, pixels of a side: a JPEG that has no more gains nothing by being made smaller
MOST_CONTENTS = 5_000  # chapters whose titles are kept
CONTAINER = "META-INF/container.xml"
_UPDATED = re.compile(r"Last Update: \d{4}/\d\d/\d\d\Z")  # no two books share it
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LINE_END = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|blockquote)\b[^<>]{0,2000}>", re.IGNORECASE)
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.+Z-]{1,30})?)?)?")  # W3CDTF


@dataclass(frozen=True, slots=True)
class EpubFacts:
    """A book's summary, tags and chapter titles, its cover as a small JPEG (b"" for none), its publisher, and when it
    was published: a day ("2011-05-04"), a month or a year."""

    summary: str = ""
    tags: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    cover: bytes = b""
    published: str = ""
    publisher: str = ""


def facts_of(path: Path, *, whole: bool = True) -> EpubFacts:
    """The facts of the EPUB at this path, those of its package document alone where not the `whole` is asked for; what
    can't be read there is missing. Raises nothing."""
    try:
        with path.open("rb") as file:
            return _facts(Archive(file, OWN_BOOKS), whole=whole)
    except (OSError, Damaged, Malformed, KeyError, ValueError, RecursionError):
        return EpubFacts()


def large_cover(path: Path) -> bytes:
    """The cover of the EPUB at this path as a JPEG for a whole screen, b"" for none. Raises nothing."""
    try:
        with path.open("rb") as file:
            archive = Archive(file, OWN_BOOKS)
            _, items, place = _package(archive)
            data = _cover(archive, items, place)
    except (OSError, Damaged, Malformed, KeyError, ValueError, RecursionError):
        return b""
    return data if _fits_a_screen(data) else small_picture(data, LARGE)


def _fits_a_screen(data: bytes) -> bool:
    """Whether a cover can be sent as it is."""
    most, side = AS_IT_IS
    try:
        with open_picture(data) as picture:
            is_plain = picture.format == "JPEG" and picture.mode in ("RGB", "L")
            return is_plain and len(data) <= most and max(picture.size) <= side
    except NoPicture:
        return False


def _package(archive: Archive) -> tuple[XmlNode, list[XmlNode], Callable[[XmlNode], str]]:
    """An EPUB's package document, the items of its manifest, and where in the archive an item is."""
    container, _, _ = read_xml(archive.read(CONTAINER))
    root = container.first("rootfile")
    package_path = root.attributes.get("full-path", "") if root else ""
    package, _, _ = read_xml(archive.read(package_path))
    home = posixpath.dirname(package_path)
    items = list(package.all("item"))

    def place(item: XmlNode) -> str:
        return posixpath.normpath(posixpath.join(home, unquote(item.attributes.get("href", ""))))

    return package, items, place


def _cover(archive: Archive, items: Sequence[XmlNode], place: Callable[[XmlNode], str]) -> bytes:
    """The cover's own bytes, b"" for none."""
    cover = next((i for i in items if "cover-image" in i.attributes.get("properties", "").split()), None)
    return archive.read(place(cover)) if cover else b""


def _facts(archive: Archive, *, whole: bool) -> EpubFacts:
    package, items, place = _package(archive)
    summary = next((n.running_text() for n in package.all("description")), "")
    publisher = next((n.words() for n in package.all("publisher")), "")
    date = _DATE.match(next((n.words() for n in package.all("date")), ""))
    nav = next((i for i in items if "nav" in i.attributes.get("properties", "").split()), None)
    return EpubFacts(
        _lines(summary),
        tuple(dict.fromkeys(said for n in package.all("subject") if (said := n.words()) and not _UPDATED.match(said))),
        _titles(archive.read(place(nav))) if nav and whole else (),
        small_picture(_cover(archive, items, place)) if whole else b"",
        date[0][:10] if date else "",
        publisher,
    )


def _lines(summary: str) -> str:
    """A summary as plain text with the ends of its lines, none of them empty."""
    plain = unescape(_TAG.sub(" ", _LINE_END.sub("\n", summary)))
    return "\n".join(filter(None, (" ".join(line.split()) for line in plain.splitlines())))


def _titles(nav: bytes) -> tuple[str, ...]:
    """The entries of the contents, without those of other lists in the same file."""
    page, _, _ = read_xml(nav)
    toc = next((n for n in page.all("nav") if n.attributes.get("epub:type") == "toc"), None)
    return tuple(n.words() for n in toc.all("a"))[:MOST_CONTENTS] if toc else ()


def small_picture(data: bytes, most: tuple[int, int] = COVER) -> bytes:
    """A cover as a JPEG of at most so many pixels; b"" for what is no picture."""
    try:
        with open_picture(data) as picture:
            picture.draft("RGB", most)
            small = picture.convert("RGB")
            small.thumbnail(most)
            out = io.BytesIO()
            small.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
            return out.getvalue()
    except NoPicture:
        return b""
