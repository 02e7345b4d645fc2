"""EPUB 3.3 with everything that older readers look for. The only file that imports ebooklib, as a container writer.

Every document goes into the container byte for byte as `xhtml.serialise` wrote it: ebooklib's own HTML path rearranges
white space between inline elements. Same book and theme, same bytes; a chapter added at the end leaves the files of the
others as they were, so that readers keep their place.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any, NamedTuple

from ebooklib import epub
from lxml import etree

from converter.document.contracts import NotesAt, PrintedPage, Theme
from converter.document.errors import NotAStory
from converter.document.model import Book, ChapterKind
from converter.document.record import dataclass
from converter.document.words import count_words
from converter.writers.accessibility import Shown, is_animated
from converter.writers.anchors import settle_anchors
from converter.writers.characters import xml_safe
from converter.writers.contents import Entry, contents, contents_page, shown_keys
from converter.writers.endnotes import StoryPage, endnotes
from converter.writers.images import ImageFile, image_file, image_files
from converter.writers.inlines import XML_LANG, Rendering
from converter.writers.languages import direction
from converter.writers.navigation import Landmark, nav, ncx
from converter.writers.package import identifier_of, modified_of, statements, title_of
from converter.writers.page_marks import mark_pages
from converter.writers.sheets import in_columns, is_vertical, style_sheet
from converter.writers.side_by_side import set_side_by_side
from converter.writers.title_page import title_page
from converter.writers.xhtml import ChapterElements, chapter_sections, cover_page, document, rendering_for, serialise

PIECE_LIMIT = 250_000  # bytes of one document; Adobe's old engine, still in many e-readers, gives up near 300 KB
COMPRESSION = 5  # of 800 KB of prose: level 5 took 21 ms and 327 KB, level 6 32 ms and 324 KB, level 9 42 ms and 324 KB
XHTML_TYPE = "application/xhtml+xml"
NCX_TYPE = "application/x-dtbncx+xml"
IN_MEMORY = 20_000_000  # bytes of a container that isn't compressed yet; a larger one lies on disk meanwhile
STORED = ("jpg", "png", "gif", "webp", "woff", "woff2")  # compressed already
_FONT_TYPES = {"otf": "font/otf", "ttf": "font/ttf", "woff": "font/woff", "woff2": "font/woff2"}
_BEFORE_THE_STORY: frozenset[ChapterKind] = frozenset(
    ["front", "dedication", "epigraph", "preface", "foreword", "introduction", "acknowledgments"]
)

Retouch = Callable[[etree._Element], None]


@dataclass(frozen=True, slots=True)
class Extras:
    """What is asked for beyond the book and its look: `notes_at` says where its notes stand, `certifier` who vouches
    that it is accessible; `printed` are the pages of the printed book, which are marked, and `print_source` names that
    book; with `embed_fonts` the theme's typefaces come with it; each page that is read in order is passed through
    `retouch` before it is written out."""

    notes_at: NotesAt = "chapter"
    certifier: str = ""
    printed: tuple[PrintedPage, ...] = ()
    print_source: str = ""
    embed_fonts: bool = False
    retouch: Retouch | None = None


AS_USUAL = Extras()


def write_epub(book: Book, theme: Theme, extras: Extras = AS_USUAL) -> bytes:
    """The book as an EPUB file. Raises NotAStory when no chapter holds anything to read."""
    theme = in_columns(theme) if book.vertical else theme
    try:
        return _pack(book, theme, extras)
    except ValueError:  # lxml refuses what XML can't hold
        return _pack(xml_safe(book), theme, extras)


def _pack(book: Book, theme: Theme, extras: Extras) -> bytes:
    images = image_files(book.resources)
    addresses = {key: f"{key}.xhtml" for key in shown_keys(book)}
    rendering = rendering_for(
        book, theme, "epub", images={name: file.address for name, file in images.items()}, chapters=addresses
    )
    sections = list(chapter_sections(book, rendering, PIECE_LIMIT))
    if not sections:
        raise NotAStory("there is nothing to read in this story", book.metadata.title)
    pages, notes = _story_pages(sections, rendering, extras)
    marks = mark_pages(pages, extras.printed) if extras.printed else []
    entries = (*contents(book, rendering), *(Entry(page.name, page.address) for page in notes[:1]))
    listed = len(entries) > 1 or bool(entries[0].children)
    cover = _cover_file(book)
    shown, used = _shown(book, pages, images.values())
    shown = replace(shown, vertical=is_vertical(theme), certifier=extras.certifier, print_source=extras.print_source)
    landmarks = _landmarks(rendering, sections, notes, listed=listed, cover=cover is not None)
    title, labels = title_of(book), rendering.labels
    listing = [("contents", labels.contents, contents_page(entries, rendering))] if listed else []
    own = [("title", title, title_page(book, rendering)), *listing]
    look = _look(
        theme, rendering, [*(page for _, _, page in own), *(p.element for p in pages)], fonts=extras.embed_fonts
    )

    files = _Container(rendering, tuple(_retouches(theme, extras)))
    files.add(
        "nav", "nav.xhtml", serialise(document(labels.contents, nav(entries, landmarks, rendering, marks), rendering))
    )
    files.book.items[-1].properties = ["nav"]
    names = ncx(entries, title=title, identifier=identifier_of(book), language=rendering.language, pages=marks)
    files.add("ncx", "toc.ncx", names, NCX_TYPE)
    for key, name, data, media_type in _styles(theme, look):
        files.add(key, name, data, media_type)
    if cover:
        files.page("cover", labels.cover, cover_page(cover.address, f"{labels.cover}: {title}"))
        files.add(cover.key, cover.address, cover.data, cover.media_type).properties = ["cover-image"]
    for key, heading, element in own:
        files.page(key, heading, element)
    for page in pages:
        files.page(page.key, page.name, page.element)
    files.add_used(images.values(), used)
    files.book.guide = [{"type": m.guide, "title": m.name, "href": m.address} for m in landmarks]
    return _closed(files.book, book, shown, look, is_vertical(theme), cover.key if cover else "", rendering.language)


def _closed(container: Any, book: Book, shown: Shown, look: _Look, vertical: bool, cover: str, language: str) -> bytes:
    """The container's bytes, with the metadata and the direction in which its pages turn."""
    turning = "vertical-rl" if vertical else "horizontal-rl" if direction(language) == "rtl" else ""
    container.direction = "rtl" if turning else None
    _describe(container, book, shown, cover, turning)
    modified = datetime.fromisoformat(modified_of(book.metadata))
    options = {"epub3_pages": False, "mtime": modified, "raise_exceptions": True, "compresslevel": 0}
    with SpooledTemporaryFile(IN_MEMORY) as written:
        epub.write_epub(written, container, options)
        container.items = []  # of a long serial they are as large as the story
        return _packed(written, language, modified, look.licences)


def _retouches(theme: Theme, extras: Extras) -> Iterator[Retouch]:
    if is_vertical(theme):
        yield set_side_by_side
    if extras.retouch:
        yield extras.retouch


class _Container:
    """EbookLib's book under way: its files and its spine."""

    def __init__(self, rendering: Rendering, retouches: Sequence[Retouch]) -> None:
        self.book = epub.EpubBook()
        self.book.spine = []
        self.rendering, self.retouches = rendering, retouches

    def add(self, key: str, name: str, data: bytes, media_type: str = XHTML_TYPE) -> Any:
        """The next file of the container, with its key in the manifest."""
        item = epub.EpubItem(uid=key, file_name=name, media_type=media_type, content=data)
        self.book.add_item(item)
        return item

    def add_used(self, images: Iterable[ImageFile], used: Collection[str]) -> None:
        """The pictures that a page shows."""
        for file in images:
            if file.address in used:
                self.add(file.key, file.address, file.data, file.media_type)

    def page(self, key: str, heading: str, content: etree._Element) -> None:
        """The next page in reading order. Its elements are used up: those of all pages would be held at once."""
        html = document(heading, [content], self.rendering)
        for retouch in self.retouches:
            retouch(html)
        self.book.spine.append(self.add(key, f"{key}.xhtml", serialise(html)))
        html.clear()
        content.clear()


def _story_pages(
    sections: Sequence[ChapterElements], rendering: Rendering, extras: Extras
) -> tuple[list[StoryPage], list[StoryPage]]:
    """The story's pages in reading order, with all links settled, and those among them that hold its notes."""
    pages = [
        StoryPage(s.key if n == 1 else f"{s.key}-{n}", s.name, piece)
        for s in sections
        for n, piece in enumerate(s.pieces, 1)
    ]
    notes = endnotes(sections, pages, rendering, PIECE_LIMIT) if extras.notes_at == "book" else []
    pages += notes
    settle_anchors((page.address, page.element) for page in pages)
    return pages, notes


def _cover_file(book: Book) -> ImageFile | None:
    cover = image_file(book.cover, "cover") if book.cover else None
    return ImageFile(cover.address, "cover-image", cover.media_type, cover.data) if cover else None


def _landmarks(
    rendering: Rendering,
    sections: Sequence[ChapterElements],
    notes: Sequence[StoryPage],
    *,
    listed: bool,
    cover: bool,
) -> list[Landmark]:
    labels = rendering.labels
    start = next((s for s in sections if s.chapter.kind not in _BEFORE_THE_STORY), sections[0])
    marks = [Landmark("titlepage", "title-page", labels.title_page, "title.xhtml")]
    if cover:
        marks.insert(0, Landmark("cover", "cover", labels.cover, "cover.xhtml"))
    if listed:
        marks.append(Landmark("toc", "toc", labels.contents, "contents.xhtml"))
    marks.append(Landmark("bodymatter", "text", labels.start, rendering.chapters[start.key]))
    marks.extend(Landmark("endnotes", "notes", page.name, page.address) for page in notes[:1])
    return marks


class _Look(NamedTuple):
    """The style sheet, the fonts that come with it by their place beside it, and the licences of these by name."""

    css: str
    fonts: Mapping[str, bytes]
    licences: Mapping[str, bytes]


def _look(theme: Theme, rendering: Rendering, pages: Sequence[etree._Element], *, fonts: bool) -> _Look:
    css = style_sheet(theme, rendering.language)
    if not fonts:
        return _Look(css, {}, {})
    from converter.writers.embedded_fonts import embedded_fonts

    dressed = embedded_fonts(theme, css, pages)
    return _Look(dressed.css, dressed.files, dressed.licences)


def _styles(theme: Theme, look: _Look) -> Iterator[tuple[str, str, bytes, str]]:
    """The style sheet, the fonts that come with it, and those of the theme's files that it names: id, name, bytes,
    media type."""
    yield "style", "style.css", look.css.encode("utf-8"), "text/css"
    for name, data in sorted(look.fonts.items()):
        yield "style." + name.replace("/", "."), name, data, _FONT_TYPES["ttf"]
    for name, data in sorted(theme.files.items()):
        if not re.search(rf"url\(\s*[\"']?{re.escape(name)}[\"']?\s*\)", theme.epub_css):
            continue
        ending = name.rpartition(".")[2].lower()
        kind = _FONT_TYPES.get(ending, "image/svg+xml" if ending == "svg" else f"image/{ending}".replace("jpg", "jpeg"))
        yield "style." + name.replace("/", "."), name, data, kind


def _shown(book: Book, pages: Sequence[StoryPage], images: Iterable[ImageFile]) -> tuple[Shown, set[str]]:
    """What the story's pages hold, and the addresses of their images."""
    shows = ruby = False
    described = True
    used: set[str] = set()
    for element in (element for page in pages for element in page.element.iter("img", "ruby")):
        if element.tag == "ruby":
            ruby = True
            continue
        used.add(element.get("src"))
        worded = bool(element.get("alt")) or element.getnext() is not None  # a figure's caption
        stands_alone = element.getparent().tag == "figure"
        shows = shows or stands_alone or bool(element.get("alt"))
        described = described and (worded or not stands_alone)
    moving = any(file.address in used and is_animated(file.data) for file in images)
    return Shown(count_words(c for _, c in book.walk()), shows, described, ruby, moving), used


def _describe(container: Any, book: Book, shown: Shown, cover: str, turning: str) -> None:
    container.metadata = {}
    for statement in statements(book, shown, cover=cover, turning=turning):
        attributes = {XML_LANG if name == "xml:lang" else name: value for name, value in statement.attributes}
        if statement.name.startswith("dc:"):
            container.add_metadata("DC", statement.name[3:], statement.text, attributes)
        else:
            container.add_metadata(None, "meta", statement.text, attributes)


def _packed(written: IO[bytes], language: str, modified: datetime, licences: Mapping[str, bytes]) -> bytes:
    """The container with the same bytes each time: its entries carry the given moment and the same rights, images are
    not deflated again, `mimetype` stays first (OCF 3.3, section 4.3); the package document names its language."""
    out = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(out, "w", compresslevel=COMPRESSION) as target:

        def put(name: str, data: bytes) -> None:
            info = zipfile.ZipInfo(name, modified.timetuple()[:6])
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            stored = name == "mimetype" or name.rpartition(".")[2].lower() in STORED
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(info, data)

        for name in source.namelist():
            data = source.read(name)
            put(name, _with_language(data, language) if name.endswith(".opf") else data)
        for name, data in licences.items():
            put(f"META-INF/licences/{name}", data)
    return out.getvalue()


def _with_language(package: bytes, language: str) -> bytes:
    """A package document that says in which language its own words are."""
    root = etree.fromstring(package)
    root.set(XML_LANG, language)
    serialised: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return serialised
