"""Rules of the format (EPUB 3.3, and EPUB 2 where that is older): what breaks a book on any reader.

No rule repeats what only EPUBCheck can judge (content models); each can be seen by a reader or stops one.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator

from converter.checkup.finding import Finding
from converter.checkup.opened import NCX, Opened

FormatRule = Callable[[Opened], Iterator[Finding]]
LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Z]{2}|[a-z]{2}|\d{3}))?(?:-[\w]{4,8})*|i-\w+|x-\w+)", re.A
)
SIGNATURES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG": "image/png",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}
ADDRESSES = ("href", "src", "xlink:href", "data", "poster")
OUTSIDE = ("mimetype", "META-INF/")


def mimetype(book: Opened) -> Iterator[Finding]:
    """OCF 4.3: the first entry, stored, without an extra field, exactly these characters."""
    first = next(iter(book.entries.values()), None)
    if first is None or first.filename != "mimetype":
        yield Finding("mimetype-first", "the first entry of the archive must be 'mimetype'", severity="error")
        return
    if first.compress_type != zipfile.ZIP_STORED or first.extra:
        yield Finding(
            "mimetype-stored",
            "'mimetype' must be stored, not compressed, without an extra field",
            "mimetype",
            0,
            "error",
        )
    if book.read("mimetype") != b"application/epub+zip":
        yield Finding("mimetype-text", "'mimetype' must say application/epub+zip", "mimetype", 1, "error")


def metadata(book: Opened) -> Iterator[Finding]:
    """Title, language and identifier are required; the language must be a BCP 47 tag."""
    for name in ("title", "language", "identifier"):
        if not any(e.text.strip() for e in book.said(name)):
            yield Finding(f"{name}-missing", f"the package has no {name}", book.package_name, 0, "error")
    for e in book.said("language"):
        if e.text.strip() and not LANGUAGE.fullmatch(e.text.strip()):
            message = f"{e.text.strip()!r} is no language tag; write en, de, pt-BR ..."
            yield Finding("language-tag", message, book.package_name, e.line, "error")


def manifest(book: Opened) -> Iterator[Finding]:
    """Everything listed is there, everything there is listed, the spine names what is listed."""
    listed = {i.name for i in book.items.values()} | {book.package_name}
    for item in book.items.values():
        if item.name not in book.entries and "://" not in item.name and not re.match(r".*\bhttps?:/", item.name):
            message = f"{item.name} is listed and not in the book"
            yield Finding("file-missing", message, book.package_name, item.line, "error")
    for name in book.entries:
        if name not in listed and not name.startswith(OUTSIDE) and not name.endswith("/"):
            yield Finding("file-unlisted", "this file is in the archive and not in the manifest", name)
    if not book.spine:
        yield Finding("spine-empty", "nothing is in the reading order", book.package_name, 0, "error")
    for idref, line in book.spine:
        if idref not in book.items:
            yield Finding(
                "spine-unknown",
                f"the reading order names {idref!r}, which is not listed",
                book.package_name,
                line,
                "error",
            )
    for idref, count in Counter(i for i, _ in book.spine).items():
        if count > 1:
            yield Finding(
                "spine-twice", f"{idref!r} is {count} times in the reading order", book.package_name, 0, "error"
            )


def well_formed(book: Opened) -> Iterator[Finding]:
    """XHTML is XML."""
    for page in book.pages.values():
        if page.error:
            yield page.error


def links(book: Opened) -> Iterator[Finding]:
    """What a page points to inside the book is there, down to the fragment; ids are unique."""
    ids: dict[str, set[str]] = {}
    for page in book.pages.values():
        here = Counter(e.attributes["id"] for e in page.elements if "id" in e.attributes)
        ids[page.name] = set(here)
        for name, count in here.items():
            if count > 1:
                line = [e.line for e in page.elements if e.attributes.get("id") == name][1]
                yield Finding("id-twice", f"the id {name!r} is there {count} times", page.name, line, "error")
    for page in book.pages.values():
        if page.error:
            continue
        for e in page.elements:
            for key in ADDRESSES:
                if not (address := e.attributes.get(key)) or not (target := book.resolve(page.name, address)):
                    continue
                name, fragment = target
                if name not in book.entries:
                    yield Finding(
                        "link-broken", f"{address!r} points to nothing in the book", page.name, e.line, "error"
                    )
                elif (
                    fragment
                    and e.name == "a"
                    and name in ids
                    and not book.pages[name].error
                    and fragment not in ids[name]
                ):
                    yield Finding(
                        "link-broken", f"{address!r}: there is no such place in {name}", page.name, e.line, "error"
                    )


def navigation(book: Opened) -> Iterator[Finding]:
    """EPUB 3 has a nav with a toc, EPUB 2 an NCX; entries have labels."""
    if book.version.startswith("3"):
        navs = [i for i in book.items.values() if "nav" in i.properties]
        if not navs:
            yield Finding("nav-missing", "no item has the property 'nav'", book.package_name, 0, "error")
        for item in navs:
            page = book.pages.get(item.name)
            if page and not page.error:
                if not any(
                    "toc" in e.attributes.get("epub:type", "").split() for e in page.elements if e.name == "nav"
                ):
                    yield Finding("nav-missing", "the nav document has no table of contents", item.name, 0, "error")
                for e in page.elements:
                    if e.name == "a" and not e.text.strip() and "alt" not in e.attributes:
                        yield Finding("nav-label", "an entry of the contents has no words", item.name, e.line, "error")
    elif not any(i.media_type == NCX for i in book.items.values()):
        yield Finding("ncx-missing", "an EPUB 2 needs an NCX", book.package_name, 0, "error")


def empty_pages(book: Opened) -> Iterator[Finding]:
    """A page in the reading order shows something."""
    for page in book.reading_order:
        seen = any(e.name in ("img", "image", "svg", "object", "video", "audio", "hr") for e in page.elements)
        if not page.error and not page.text.strip() and not seen:
            yield Finding("page-empty", "this page shows nothing", page.name)


def images(book: Opened) -> Iterator[Finding]:
    """Image files are what their media type says."""
    for item in book.items.values():
        if (
            not item.media_type.startswith("image/")
            or item.media_type == "image/svg+xml"
            or item.name not in book.entries
        ):
            continue
        with book.archive.open(item.name) as file:
            head = file.read(12)
        found = next((kind for mark, kind in SIGNATURES.items() if head.startswith(mark)), "")
        if found and found != item.media_type:
            yield Finding("image-type", f"listed as {item.media_type}, and it is {found}", item.name, 0, "error")
        elif not found and item.media_type in SIGNATURES.values():
            yield Finding("image-broken", f"listed as {item.media_type}, and it is none", item.name, 0, "error")


def reach(book: Opened) -> Iterator[Finding]:
    """Nothing is fetched from elsewhere when a page is shown."""
    for page in book.pages.values():
        for e in page.elements:
            address = e.attributes.get("src") or (e.attributes.get("href", "") if e.name == "link" else "")
            if address.startswith(("http://", "https://", "//")) and e.name not in ("audio", "video", "source"):
                yield Finding("remote-resource", f"{address} lies outside the book", page.name, e.line, "error")


def accessibility(book: Opened) -> Iterator[Finding]:
    """Images have an alt, pages a title and a language."""
    for page in book.pages.values():
        if page.error:
            continue
        for e in page.elements:
            if e.name == "img" and "alt" not in e.attributes:
                yield Finding("alt-missing", 'an image has no alt text; decoration has alt=""', page.name, e.line)
            elif e.name == "title" and not e.text.strip():
                yield Finding("page-title", "the page's title is empty", page.name, e.line)


FORMAT_RULES: tuple[FormatRule, ...] = (
    mimetype, metadata, manifest, well_formed, links, navigation, empty_pages, images, reach, accessibility,
)  # fmt: skip
