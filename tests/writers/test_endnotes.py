"""Notes at the end of the book: the same words, links both ways, and files that stay when a serial grows."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from converter.document.errors import ProofError
from converter.document.model import Book, Chapter, Metadata, Note, Paragraph, Text
from converter.proof import prove_epub
from converter.themes import load_theme
from converter.writers.epub import Extras, write_epub
from converter.writers.kepub import write_kepub
from tests.strategies import books
from tests.writers.feature_book import BOOK, theme
from tests.writers.reading import EPUB, X, chapter_roots, epub_units, files, model_notes, model_units, spine

AT_THE_END = Extras("book")


def noted(number: int, notes: int = 1) -> Chapter:
    cited = tuple(Note((Paragraph((Text(f"Note {n} of day {number}."),)),)) for n in range(1, notes + 1))
    return Chapter((Paragraph((Text(f"It rained on day {number}."), *cited)),), label=(Text(f"Day {number}"),))


def serial(*notes: int) -> Book:
    metadata = Metadata("Rain", language="en", identifier="urn:x:rain")
    return Book(metadata, tuple(noted(number, many) for number, many in enumerate(notes, 1)))


def links(data: bytes, kind: str) -> list[tuple[str, str, str]]:
    """(page, own id, page#id it leads to) of all marks, or of all ways back."""
    found = []
    for name, root in chapter_roots(data):
        for a in root.iter(f"{X}a"):
            if a.get("class") == kind:
                page, _, key = str(a.get("href")).partition("#")
                there = posixpath.join(posixpath.dirname(name), page) if page else name
                found.append((name, a.get("id", ""), f"{there}#{key}"))
    return found


@pytest.mark.slow
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(books())
def test_any_book_has_its_words_and_every_mark_its_note(book: Book) -> None:
    for data in (write_epub(book, theme(), AT_THE_END), write_kepub(book, theme(), AT_THE_END)):
        assert epub_units(data) == model_units(book)
        prove_epub(book, data)
        places = {f"{name}#{e.get('id')}": e for name, root in chapter_roots(data) for e in root.iter() if e.get("id")}
        marks, back = links(data, "noteref"), links(data, "backlink")
        assert len(marks) == len(back) == model_notes(book)
        assert {places[to].get(f"{EPUB}type") for _, _, to in marks} <= {"footnote"}
        assert {f"{name}#{key}" for name, key, _ in marks} == {to for _, _, to in back}
        assert ("EPUB/notes.xhtml" in files(data)) == bool(marks)
        assert not any(
            "footnotes" in str(e.get("class")) for _, r in chapter_roots(data) for e in r.iter(f"{X}section")
        )


def test_the_page_is_told_in_all_lists() -> None:
    data = write_epub(BOOK, theme(), AT_THE_END)
    held = files(data)
    assert spine(data)[-1] == "EPUB/notes.xhtml"
    for name in ("nav.xhtml", "toc.ncx", "contents.xhtml"):
        assert b'"notes.xhtml"' in held[f"EPUB/{name}"], name
    assert b'epub:type="endnotes" href="notes.xhtml"' in held["EPUB/nav.xhtml"]
    page = held["EPUB/notes.xhtml"].decode()
    assert 'role="doc-endnotes"' in page
    assert re.findall(r'<h2 class="endnotes-of"><a href="([^"]+)">([^<]+)', page) == [
        ("chapter-1.xhtml", "Chapter I. The Lamp Is Lit"),
        ("interlude-1.xhtml", "Papers &amp; &lt;Things&gt;"),
    ]


def test_only_the_notes_page_grows_with_the_serial() -> None:
    old, new = (files(write_epub(serial(*notes), theme(), AT_THE_END)) for notes in ((1, 2, 0), (1, 2, 0, 3)))
    changed = {name for name in old if old[name] != new[name]}
    lists = {"EPUB/content.opf", "EPUB/nav.xhtml", "EPUB/toc.ncx", "EPUB/contents.xhtml"}
    assert changed == {*lists, "EPUB/notes.xhtml"}
    assert set(new) - set(old) == {"EPUB/chapter-4.xhtml"}


def test_a_note_more_leaves_the_other_chapters_alone() -> None:
    old, new = (files(write_epub(serial(*notes), theme(), AT_THE_END)) for notes in ((1, 1, 1), (2, 1, 1)))
    changed = {name for name in old if old[name] != new[name]}
    assert changed - {"EPUB/content.opf"} == {"EPUB/chapter-1.xhtml", "EPUB/notes.xhtml"}


def test_many_notes_stand_on_several_pages_that_stay() -> None:
    words = "a note without end, " * 60
    many = Note((Paragraph((Text(words),)),))
    chapters = [Chapter((Paragraph((Text("Rain."), *[many] * 150)),), title=(Text(f"Day {n}"),)) for n in range(1, 4)]
    short, long = (replace(serial(1), chapters=tuple(chapters[:n])) for n in (2, 3))
    old, data = (write_epub(book, theme(), AT_THE_END) for book in (short, long))
    pages = [name for name in spine(data) if "notes" in name]
    assert pages == ["EPUB/notes.xhtml", "EPUB/notes-2.xhtml", "EPUB/notes-3.xhtml"]
    assert all(len(files(data)[name]) < 256_000 for name in pages)
    assert files(old)["EPUB/notes.xhtml"] == files(data)["EPUB/notes.xhtml"]
    assert epub_units(data) == model_units(long)
    marks = {f"{name}#{key}" for name, key, _ in links(data, "noteref")}
    assert marks == {to for _, _, to in links(data, "backlink")}


@pytest.mark.parametrize("extras", [Extras(), AT_THE_END])
def test_notes_in_notes_of_a_chapter_in_pieces_are_proved(extras: Extras) -> None:
    inner = Note((Paragraph((Text("Inner."),)),))
    outer = Note((Paragraph((Text("Outer."), inner)),))
    words = "of a chapter without end, " * 40
    paragraphs = [Paragraph((Text(f"Paragraph {n} {words}"), *([outer] if n in (5, 450) else ()))) for n in range(500)]
    book = replace(serial(1), chapters=(Chapter(tuple(paragraphs), title=(Text("Long"),)),))
    data = write_epub(book, theme(), extras)
    prove_epub(book, data)
    other = Note((Paragraph((Text("Another."),)),))
    paragraphs[450] = replace(paragraphs[450], content=(paragraphs[450].content[0], other))
    with pytest.raises(ProofError, match="the notes of the book"):
        prove_epub(replace(book, chapters=(Chapter(tuple(paragraphs), title=(Text("Long"),)),)), data)


def test_notes_of_a_chapter_in_pieces_lead_back_to_their_piece() -> None:
    paragraphs = tuple(
        Paragraph((Text(f"Paragraph {n} " + "of a chapter without end, " * 40), Note((Paragraph((Text("So."),)),))))
        for n in range(500)
    )
    book = replace(serial(1), chapters=(Chapter(paragraphs, title=(Text("Long"),)),))
    data = write_epub(book, load_theme("classic"), AT_THE_END)
    assert len([name for name in spine(data) if "chapter-1" in name]) > 1
    assert {f"{name}#{key}" for name, key, _ in links(data, "noteref")} == {to for _, _, to in links(data, "backlink")}
