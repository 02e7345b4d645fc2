"""The marks in an EPUB stand where the pages of its PDF begin, to the word."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from converter.build.pipeline import understand
from converter.build.settings import Settings
from converter.document.alignment import bare_letters
from converter.document.contracts import Engine, PrintedPage, Source, Theme
from converter.document.model import Book, Chapter, Emphasis, Metadata, Note, Paragraph, Ruby, Text
from converter.proof import prove_epub
from converter.proof.pdf_text import printed_pages
from converter.themes import load_theme
from converter.writers.epub import Extras, write_epub
from converter.writers.kepub import write_kepub
from converter.writers.page_marks import page_starts
from converter.writers.pdf import print_book
from tests.strategies import books
from tests.writers.feature_book import BOOK
from tests.writers.feature_book import theme as plain
from tests.writers.reading import EPUB, X, chapter_roots, epub_units, files, model_units

STORIES = Path(__file__).parents[2] / "stories"
MARK = re.compile(r"\x00(\d+)\x00")


def bare(style: str, **more: str) -> Theme:
    """The style without running heads, page numbers, ornaments and drop caps: its pages hold the story alone."""
    theme = load_theme(style)
    none = {"running-heads": "none", "page-numbers": "none", "opening": "plain", "ornament": ""}
    return replace(theme, settings={**theme.settings, **none, **more})


def shown(data: bytes) -> str:
    """The running text of the chapters with a sign and a number at each mark."""
    parts: list[str] = []

    def read(element: etree._Element) -> None:
        classes = (element.get("class") or "").split()
        if element.get(f"{EPUB}type") == "pagebreak":
            assert element.get("role") == "doc-pagebreak"
            assert element.get("id") == f"page-{element.get('aria-label')}"
            assert not "".join(element.itertext())
            parts.append(f"\x00{element.get('aria-label')}\x00")
        elif not {"noteref", "footnotes", "endnotes"}.isdisjoint(classes):
            return
        else:
            parts.append(element.text or "")
            for child in element:
                read(child)
                parts.append(child.tail or "")
        if element.tag.removeprefix(X) in ("p", "h1", "h2", "li", "br"):
            parts.append("\n")

    for _, root in chapter_roots(data):
        read(root.find(f"{X}body"))  # type: ignore[arg-type]
    return "".join(parts)


class Marked(NamedTuple):
    """The numbers at the marks, and the text from each mark to the next."""

    numbers: list[str]
    texts: list[str]


def marked(data: bytes) -> Marked:
    head, *rest = MARK.split(shown(data))
    assert not head.strip()
    return Marked(rest[::2], rest[1::2])


def both(book: Book, theme: Theme, engine: Engine, page: str = "a5") -> tuple[bytes, bytes]:
    printed = print_book(book, theme, page, engine=engine).data
    return printed, write_epub(book, theme, Extras(printed=printed_pages(printed), print_source="urn:x#pdf"))


def story(name: str) -> Book:
    path = STORIES / name
    return understand([Source(name, path.read_bytes(), path.suffix)], Settings()).book


def folio(text: str, number: str) -> str:
    """A page's text without its number, which stands alone on the first or the last line, and without the signs of its
    lists, which this reader puts there, too."""
    lines = text.splitlines()
    if bare_letters(lines[0]) == number:
        del lines[0]
    if bare_letters(lines[-1]) == number:
        del lines[-1]
    while re.fullmatch(r"\d+\. ?", lines[-1]):
        del lines[-1]
    return "\n".join(re.sub(r"^\d+\.\s*(?=\S)", "", line) for line in lines)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "style", "page"),
    [
        ("the-salt-post.txt", "classic", "a5"),
        ("the-understudy-dragon.txt", "modern", "6x9"),
        ("the-salt-post.txt", "manuscript", "a6"),
        ("level-one-librarian.txt", "romance", "a6"),
    ],
)
def test_the_words_between_two_marks_are_those_of_the_page(name: str, style: str, page: str, engine: Engine) -> None:
    """Another reader of the PDF than the program's own says what is on a page."""
    book = story(name)
    assert not any("Note(" in repr(c) for _, c in book.walk()), "notes stand at the feet of pages, out of order"
    printed, data = both(book, bare(style), engine, page)
    numbers, texts = marked(data)
    with pymupdf.open("pdf", printed) as pdf:
        first = next(i for i in range(len(pdf)) if pdf[i].get_label() == "1")
        assert numbers == [pdf[i].get_label() for i in range(first, len(pdf))]
        pages = [folio(pdf[i].get_text(), pdf[i].get_label()) for i in range(first, len(pdf))]
    assert len(pages) > 4
    assert bare_letters("".join(pages)) == bare_letters("".join(texts))
    ours = list(accumulate(len(bare_letters(text)) for text in texts))
    theirs = list(accumulate(len(bare_letters(text)) for text in pages))
    cut = 0
    for here, there, page_text, (_, following) in zip(ours, theirs, pages, pairwise(texts), strict=False):
        if here == there:
            continue
        cut += 1
        word = following.split()[0]  # it stands whole behind the mark, and in two pieces in the PDF
        assert page_text.rstrip().endswith("\u2010")
        assert 0 < there - here < len(bare_letters(word))
    assert cut < len(pages) / 2
    prove_epub(book, data)


@pytest.mark.slow
def test_a_book_of_everything_is_marked_and_keeps_its_words(engine: Engine) -> None:
    for style in ("classic", "serial"):
        printed, data = both(BOOK, load_theme(style), engine)
        pages = printed_pages(printed)
        prove_epub(BOOK, data)
        numbers, texts = marked(data)
        assert numbers == [page.number for page in pages]
        for page, text in zip(pages, texts, strict=True):
            letters = bare_letters(text)
            assert bare_letters(page.text)[:4] == letters[:4]


def test_lists_and_metadata_tell_of_the_pages() -> None:
    pages = (
        PrintedPage("1", "For D."),
        PrintedPage("2", "Never turn your back on it."),
        PrintedPage("3", "Prologue It began in a wind."),
    )
    held = files(write_epub(BOOK, plain(), Extras(printed=pages, print_source="urn:x:1#pdf-a5")))
    nav = held["EPUB/nav.xhtml"].decode()
    assert re.findall(r'<a href="([^"]+#page-\d)">(\d)</a>', nav) == [
        ("dedication-1.xhtml#page-1", "1"),
        ("epigraph-1.xhtml#page-2", "2"),
        ("prologue-1.xhtml#page-3", "3"),
    ]
    assert 'epub:type="page-list"' in nav
    assert held["EPUB/toc.ncx"].count(b"<pageTarget ") == 3
    package = held["EPUB/content.opf"].decode()
    assert '<meta property="pageBreakSource">urn:x:1#pdf-a5</meta>' in package
    assert {"pageBreakMarkers", "pageNavigation"} <= set(re.findall(r"accessibilityFeature\">(\w+)<", package))
    assert "pageBreak" not in files(write_epub(BOOK, plain()))["EPUB/content.opf"].decode()


def one(*content: object, language: str = "en") -> Book:
    return Book(Metadata("Rain", language=language), (Chapter((Paragraph(content),), title=(Text("One"),)),))  # type: ignore[arg-type]


def split(book: Book, *texts: str) -> list[str]:
    pages = tuple(PrintedPage(str(n), text) for n, text in enumerate(texts, 1))
    return [
        " ".join(t.replace("\u2060", "").split())
        for t in marked(write_epub(book, plain(), Extras(printed=pages))).texts
    ]


def test_where_a_mark_stands() -> None:
    book = one(Text("He went home. “Rain,” she said—always rain."))
    assert split(book, "One He went home.", "Rain she said", "always rain") == [
        "One He went home.", "“Rain,” she said—", "always rain.",
    ]  # fmt: skip
    assert split(book, "One He went ho", "me. Rain she said always rain") == [
        "One He went",
        "home. “Rain,” she said—always rain.",
    ]
    assert split(book, "One", "", "He went home Rain she said always rain", "") == [
        "One", "", "He went home. “Rain,” she said—always rain.", "",
    ]  # fmt: skip
    book = one(
        Text("It is "), Emphasis((Text("never"),)), Text(" dry"), Note((Paragraph((Text("Never."),)),)), Text(" here.")
    )
    assert split(book, "One It is", "never dry 1 here") == ["One It is", "never dry here."]
    assert split(book, "One It is never dry 1", "here") == ["One It is never dry", "here."]
    book = one(Text("雨が降る。「"), Ruby("漢字", "かんじ"), Text("」と言った。"), language="ja")
    assert split(book, "One 雨が", "降る。漢字かんじと言った") == ["One 雨が", "降る。「漢字かんじ」と言った。"]
    assert split(book, "One 雨が降る。", "漢字かんじと", "言った") == ["One 雨が降る。「", "漢字かんじ」と", "言った。"]


def test_what_stands_in_print_alone_moves_no_mark() -> None:
    text = "one two three four five six seven eight nine ten"
    printed = ("one two 7 three four", "* 8 five six seven O", "eight nine ten")
    pages = [PrintedPage(str(n), t) for n, t in enumerate(printed, 1)]
    letters = [bare_letters(text[: text.index(word)]) for word in ("one", "five", "eight")]
    assert page_starts(text, pages) == [len(before) for before in letters]


def test_pages_that_begin_within_one_reading_stay_in_order() -> None:
    ruby = Paragraph((Ruby("東京", "とうきょう"), Text(" 夜")))
    book = Book(Metadata(title="T", language="ja"), (Chapter((ruby,)),))
    pages = (PrintedPage("1", "T東"), PrintedPage("2", "京"), PrintedPage("3", "とうきょう夜"))
    data = write_epub(book, plain(), Extras(printed=pages, print_source="urn:x#pdf"))
    assert MARK.findall(shown(data)) == ["1", "2", "3"]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(books(), st.lists(st.integers(0, 400), max_size=6), st.booleans())
def test_any_book_cut_anywhere_keeps_its_words(book: Book, cuts: list[int], kobo: bool) -> None:
    """Pages may be cut at any letter: each gets its mark, in order, and no word of the book changes."""
    whole = shown(write_epub(book, plain()))
    edges = [0, *sorted(min(c, len(whole)) for c in cuts), len(whole)]
    pages = tuple(PrintedPage(str(n), whole[a:b]) for n, (a, b) in enumerate(pairwise(edges), 1))
    extras = Extras(printed=pages, print_source="urn:x#pdf")
    data = write_kepub(book, plain(), extras) if kobo else write_epub(book, plain(), extras)
    prove_epub(book, data)
    assert MARK.findall(shown(data)) == [page.number for page in pages]
    if not kobo:
        assert epub_units(data) == model_units(book)
        assert MARK.sub("", shown(data)) == whole
