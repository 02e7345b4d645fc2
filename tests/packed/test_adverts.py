"""Pages of a book that only advertise: kept, of its front or back, never a chapter; story that looks like them stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from converter.document.model import ChapterKind
from converter.document.words import book_text, chapter_name, count_chapters
from converter.themes import load_theme
from converter.writers.epub import write_epub
from tests.packed.epubs import SALT, Epub, document, nav, picture, prose, read
from tests.writers.reading import files

LISTED = "<p>The Weir</p><p>Tolls and Ferries</p><p>The Long Winter</p>"
SIGN_UP = (
    "<p>Thank you for buying this Marsh and Sons ebook.</p>"
    "<p>To receive special offers and bonus content, sign up for our newsletters.</p>"
    "<p>Or visit us online at example.com/newsletters.</p>"
)
PAGES = {  # what only advertises: the title of its entry, the page
    "other books": ("Also by Ines Varga", f"<h1>Also by Ines Varga</h1>{LISTED}"),
    "an invitation": ("Begin Reading", SIGN_UP),
    "a newsletter": ("Newsletter", "<h1>Newsletter</h1><p>Never miss a book.</p><p>Sign up at www.example.com today.</p>"),
    "a code": ("Stay in Touch", '<h1>Stay in Touch</h1><p>One more thing.</p><p><img src="qr.png" alt="QR code"/></p>'),
    "praise": ("Praise for The Weir", "<h1>Praise for The Weir</h1><p>“Wet and wonderful.” The Marsh Gazette</p>"),
    "the publisher": ("About the Publisher", "<h1>About the Publisher</h1><p>Marsh and Sons, 1 Quay Street.</p>"),
    "in German": ("Mehr", "<h1>Mehr</h1><p>Melden Sie sich an für unseren Newsletter, und lesen Sie als Erste.</p>"),
}  # fmt: skip
STORY = {  # a short last chapter that is story
    "an end": ("After", "<h1>After</h1><p>She sent no letter, and nobody signed for one.</p>"),
    "a letter": ("A Newsletter", f"<h1>A Newsletter</h1>{prose()}"),
    "an address": ("The Last Mail", f"<h1>The Last Mail</h1>{prose()}<p>It was sent from nobody@example.com.</p>"),
    "a numbered one": ("Chapter 3", "<h1>Chapter 3</h1><p>Sign up for the newsletter, said the machine.</p>"),
    "a long one": ("Sign Up", f"<h1>Sign Up</h1>{prose() * 9}<p>Sign up for our newsletter.</p>"),
}


def kinds(before: tuple[str, str] | None, behind: tuple[str, str] | None) -> list[ChapterKind]:
    """The kinds of the chapters of a book of two, with a page before and behind them."""
    pages = {"a.xhtml": ("One", f"<h1>One</h1>{prose()}"), "b.xhtml": ("Two", f"<h1>Two</h1>{prose()}")}
    pages = {"0.xhtml": before, **pages} if before else pages
    pages = {**pages, "z.xhtml": behind} if behind else pages
    entries = [(title, name) for name, (title, _) in pages.items()]
    documents = {name: document(body) for name, (_, body) in pages.items()}
    parsed = read(Epub({**documents, "nav.xhtml": nav(*entries), "qr.png": picture()}))
    assert not [o for o in parsed.omissions if any(word in o.text for word in ("newsletter", "Ferries", "Gazette"))]
    assert book_text(parsed.book).count(SALT[0]) >= 2
    return [c.kind for _, c in parsed.book.walk()]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_only_advertises_is_no_chapter(page: str) -> None:
    assert kinds(None, PAGES[page]) == ["chapter", "chapter", "back"]
    *front, first, second = kinds(PAGES[page], None)
    assert set(front) == {"front"}
    assert (first, second) == ("chapter", "chapter")
    assert kinds(PAGES["other books"], PAGES[page]) == ["front", "chapter", "chapter", "back"]


@pytest.mark.parametrize("page", STORY)
def test_a_short_last_chapter_is_one(page: str) -> None:
    assert kinds(None, STORY[page]) == ["chapter", "chapter", "chapter"]


def test_reading_begins_behind_what_only_advertises() -> None:
    pages = {"0.xhtml": document(PAGES["other books"][1]), "a.xhtml": document(f"<h1>One</h1>{prose()}"),
             "b.xhtml": document(f"<h1>Two</h1>{prose()}"), "z.xhtml": document(SIGN_UP)}  # fmt: skip
    entries = (("Also by Ines Varga", "0.xhtml"), ("One", "a.xhtml"), ("Two", "b.xhtml"), ("Begin Reading", "z.xhtml"))
    book = read(Epub({**pages, "nav.xhtml": nav(*entries)})).book
    names = [chapter_name(c) for _, c in book.walk()]
    assert names == ["Also by Ines Varga", "One", "Two", "Begin Reading"]
    assert count_chapters(book) == 2
    assert count_chapters(replace(book, chapters=book.chapters[-1:])) == 1
    made = files(write_epub(book, load_theme("classic")))
    navigation = made["EPUB/nav.xhtml"].decode()
    start = navigation[navigation.index('"bodymatter"') :][:80]
    (address,) = [name for name, data in made.items() if b"<h1" in data and b">One<" in data and "chapter" in name]
    assert address.removeprefix("EPUB/") in start
    assert sum(b'epub:type="frontmatter"' in data for data in made.values()) == 1
    assert sum(b'epub:type="backmatter"' in data for data in made.values()) == 1
