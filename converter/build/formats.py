"""What is read and what is written: a row for each format, here or in a package that brings its own.

Each row imports its parser or writer when it is used. Who reads or writes what is asked for says `registry.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from converter.document.contracts import (
    Engine,
    Hidden,
    MadeFor,
    Notes,
    NotesAt,
    ParagraphHabit,
    Parsed,
    Parser,
    PrintedPage,
    SiteText,
    Source,
    Theme,
)
from converter.document.model import Book
from converter.document.record import dataclass
from converter.parsers import PARSERS
from converter.parsers.switches import PLAINLY, SWITCHES

if TYPE_CHECKING:
    from converter.document.findings.union import Finding
    from converter.parsers.html import Site
    from converter.writers.epub import Extras
    from converter.writers.pdf.printed import Crew


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person said about how a story is read. `without` is what the parser is to leave alone; `language` is the
    story's BCP 47 tag ("" = it is read off the text), `paragraphs` what parts them in a text ("" = it is measured)."""

    chapter: tuple[str, ...] = ()
    no_chapters: bool = False
    notes: Notes = "inline"
    keep_hidden: bool = False
    sites: tuple[SiteText, ...] = ()
    without: frozenset[str] = frozenset()
    language: str = ""
    paragraphs: ParagraphHabit = ""

    @property
    def plainly(self) -> bool:
        """Whether every paragraph is to be set as it stands."""
        return PLAINLY in self.without


@dataclass(frozen=True, slots=True)
class Reader:
    """A format that is read: its suffixes (".txt"), what makes its parser, and what that can leave alone when it
    breaks down, first what loses least. `stages`: a stage of its reading by name, as lines for whoever mends it."""

    name: str
    suffixes: tuple[str, ...]
    make: Callable[[ReadOptions], Parser]
    switches: tuple[str, ...] = ()
    stages: Callable[[Source, str, ReadOptions], Iterator[str]] | None = None


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """What a person said about how a book is written: paper or trim size of a PDF, whether that is proved, too, and
    whether it is read on a screen or printed; what lays out its pages, whether in a hurry, and whether it has to be
    PDF/A; where an EPUB's notes stand, who certifies that it is accessible, the pages of the PDF that are marked in it,
    whether the theme's typefaces come with it; the processes that help with a long one."""

    page: str = ""
    verify: bool = False
    notes_at: NotesAt = "chapter"
    certifier: str = ""
    printed: tuple[PrintedPage, ...] = ()
    embed_fonts: bool = False
    made_for: MadeFor = "screen"
    engine: Engine = "auto"
    draft: bool = False
    pdfa: bool = False
    crew: Crew | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """One file's bytes, and what its writer had to say."""

    data: bytes
    findings: tuple[Finding, ...] = ()


Write = Callable[[Book, Theme, WriteOptions], Written]


@dataclass(frozen=True, slots=True)
class Writer:
    """A format that is written.

    `ending`: of its files. `write`: raises SettingError, OutputError. `prove`: raises ProofError where the bytes
    have not the words of the book. `identify`: whether bytes are a book with this identifier; never, for a format
    that has none. `ready`: raises SettingError before any work is done, where it can't be made here. `of`: the
    format whose bytes it is made from by `convert`, where it has no `write` of its own. `module`: may be imported
    ahead. `marks_pages`: it can mark where the pages of the PDF begin. `cover_fills_page`: its cover is a page.
    `load`: loads what takes long to load. `heeds`: the settings that its books depend on beside those about reading
    (see `Settings`); None: all of them.
    """

    name: str
    ending: str
    write: Write | None = None
    prove: Callable[[Book, bytes, WriteOptions], None] | None = None
    identify: Callable[[bytes, str], bool] | None = None
    ready: Callable[[WriteOptions], object] | None = None
    of: str = ""
    convert: Callable[[bytes, str], bytes] | None = None
    module: str = ""
    marks_pages: bool = False
    cover_fills_page: bool = False
    load: Callable[[WriteOptions], None] | None = None
    heeds: tuple[str, ...] | None = None

    def warm(self, options: WriteOptions) -> None:
        """Imports what is needed soon."""
        if self.module:
            import_module(self.module)
        if self.load:
            self.load(options)


# ------------------------------------------------------------------------------------------------------- readers


def _text(options: ReadOptions) -> Parser:
    if options.plainly:
        return _plain()
    from converter.parsers.text import TextOptions, text_parser

    return text_parser(
        TextOptions(
            chapter=options.chapter,
            chapters=not options.no_chapters,
            language=options.language,
            drop_notes=options.notes == "drop",
            without=options.without,
            paragraphs=options.paragraphs,
        )
    )


def _markdown(options: ReadOptions) -> Parser:
    if options.plainly:
        return _plain()
    from converter.parsers.markdown import markdown_parser

    return markdown_parser(options.without, _read_text)


def _html(options: ReadOptions) -> Parser:
    from converter.parsers.html import html_parser

    hidden: Hidden = "keep" if options.keep_hidden else "drop"
    return html_parser(hidden=hidden, sites=_own_sites(options), without=options.without, text=_read_text)


def _epub_in(options: ReadOptions) -> Parser:
    from converter.parsers.epub import epub_parser

    return epub_parser(hidden="keep" if options.keep_hidden else "drop", without=options.without)


def _docx(options: ReadOptions) -> Parser:
    from converter.parsers.docx import docx_parser

    return docx_parser(hidden="keep" if options.keep_hidden else "drop", without=options.without)


def _mail(options: ReadOptions) -> Parser:
    from converter.parsers.mail import mail_parser

    return mail_parser(_text(options), _plain() if options.plainly else _html(options))


def _read_text(source: Source) -> Parsed:
    """A text that stands in a page or in a Markdown file. The parser is imported when there is one."""
    return _text(ReadOptions())(source)


def _html_stages(source: Source, name: str, options: ReadOptions) -> Iterator[str]:
    from converter.parsers.html.stage_lines import stage_lines_of
    from converter.parsers.html.stages import Request

    return stage_lines_of(source, name, Request(options.keep_hidden, _own_sites(options), options.without, _read_text))


def _own_sites(options: ReadOptions) -> tuple[Site, ...]:
    from converter.parsers.html import read_site

    return tuple(read_site(site.key, site.text, site.where) for site in options.sites)


def _plain() -> Parser:
    from converter.parsers.plainly import parse_plainly

    return parse_plainly


def _suffixes(kind: str) -> tuple[str, ...]:
    return tuple(suffix for suffix, parser in PARSERS.items() if parser == kind)


READERS = (
    Reader("text", _suffixes("text"), _text, SWITCHES["text"]),
    Reader("markdown", _suffixes("markdown"), _markdown, SWITCHES["markdown"]),
    Reader("html", _suffixes("html"), _html, SWITCHES["html"], _html_stages),
    Reader("epub", _suffixes("epub"), _epub_in, SWITCHES["epub"]),
    Reader("mail", _suffixes("mail"), _mail, SWITCHES["mail"]),
    Reader("docx", _suffixes("docx"), _docx, SWITCHES["docx"]),
)


# ------------------------------------------------------------------------------------------------------- writers


def _epub(book: Book, theme: Theme, options: WriteOptions) -> Written:
    from converter.writers.epub import write_epub

    return Written(write_epub(book, theme, _extras(book, options)))


def _kepub(book: Book, theme: Theme, options: WriteOptions) -> Written:
    from converter.writers.kepub import write_kepub

    return Written(write_kepub(book, theme, _extras(book, options)))


def _extras(book: Book, options: WriteOptions) -> Extras:
    from converter.writers.epub import Extras
    from converter.writers.package import identifier_of

    edition = options.page if options.made_for == "screen" else f"{options.page}-{options.made_for}"
    source = f"{identifier_of(book)}#pdf-{edition}" if options.printed else ""
    return Extras(options.notes_at, options.certifier, options.printed, source, options.embed_fonts)


def _pdf(book: Book, theme: Theme, options: WriteOptions) -> Written:
    from converter.writers.pdf import print_book

    printed = print_book(
        book,
        theme,
        options.page,
        options.made_for,
        engine=options.engine,
        draft=options.draft,
        pdfa=options.pdfa,
        crew=options.crew,
    )
    return Written(printed.data, printed.findings)


def _load_printer(options: WriteOptions) -> None:
    from converter.writers.pdf import load_engine

    load_engine(options.engine)


def _txt(book: Book, _theme: Theme, _options: WriteOptions) -> Written:
    from converter.writers.txt import write_txt

    return Written(write_txt(book))


def _prove_epub(book: Book, data: bytes, _options: WriteOptions) -> None:
    from converter.proof import prove_epub

    prove_epub(book, data)


def _prove_pdf(book: Book, data: bytes, options: WriteOptions) -> None:
    if options.verify:
        from converter.proof import prove_pdf
        from converter.writers.leaves import parted

        before, story = parted(book, bound=options.made_for == "print")
        prove_pdf(story, data, before)


def _prove_txt(book: Book, data: bytes, _options: WriteOptions) -> None:
    from converter.proof import prove_txt

    prove_txt(book, data)


def _is_epub(data: bytes, identifier: str) -> bool:
    from converter.build.identity import epub_identifier

    return epub_identifier(data) == identifier


def _is_pdf(data: bytes, identifier: str) -> bool:
    from converter.build.identity import has_pdf_id

    return has_pdf_id(data, identifier)


def _page(options: WriteOptions) -> object:
    from converter.writers.pages import page_for
    from converter.writers.pdf.printed import require_engine

    require_engine(options.engine)
    return page_for(options.page, options.made_for)  # a wrong name is said before any work is done


def _calibre(_options: WriteOptions) -> object:
    from converter.build.kindle import require_tool

    return require_tool()


def _azw3(epub: bytes, place: str) -> bytes:
    from converter.build.kindle import azw3

    return azw3(epub, place)


IN_EPUBS = ("style", "cover", "cover_size", "notes_at", "page_list", "embed_fonts", "certified_by")
IN_PDFS = ("style", "cover", "cover_size", "page", "engine", "draft", "pdfa", "made_for", "verify")
WRITERS = (
    Writer(
        "epub", ".epub", _epub, _prove_epub, _is_epub,
        module="converter.writers.epub", marks_pages=True, heeds=IN_EPUBS,
    ),
    Writer(
        "pdf", ".pdf", _pdf, _prove_pdf, _is_pdf,
        ready=_page, cover_fills_page=True, load=_load_printer, heeds=IN_PDFS,
    ),
    Writer("kepub", ".kepub.epub", _kepub, _prove_epub, _is_epub, marks_pages=True, heeds=IN_EPUBS),
    Writer("azw3", ".azw3", ready=_calibre, of="epub", convert=_azw3, heeds=IN_EPUBS),
    Writer("txt", ".txt", _txt, _prove_txt, heeds=()),
)  # fmt: skip
