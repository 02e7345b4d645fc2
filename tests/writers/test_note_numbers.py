"""Notes keep their numbers where the book's words name one of them: "see note 3" is the third of the source."""

from __future__ import annotations

import re

import pymupdf
import pytest

from converter.document.contracts import Engine
from converter.document.model import Book, Chapter, Metadata, Note, Paragraph, Text
from converter.proof import prove_epub
from converter.themes import load_theme
from converter.writers.epub import Extras, write_epub
from converter.writers.pdf import print_book
from converter.writers.txt import write_txt
from tests.writers.reading import X, chapter_roots

THREE, BY_CHAPTER = [["1", "2"], ["3"], ["4", "5"]], [["1", "2"], ["1"], ["1", "2"]]


def book(*chapters: list[str], words: str = "", in_note: str = "") -> Book:
    """A chapter for each list of the marks of its notes; in the last one these words, and these in a note."""
    made = []
    for number, marks in enumerate(chapters, 1):
        last = number == len(chapters)
        told = [
            Paragraph(
                (
                    Text(f"It rained by mark {mark}."),
                    Note((Paragraph((Text(f"Rain {mark}. {in_note if last else ''}"),)),), mark),
                )
            )
            for mark in marks
        ]
        said = [Paragraph((Text(words),))] if words and last else []
        made.append(Chapter((*told, *said), (Text(f"Day {number}"),)))
    return Book(Metadata("Rain", language="en", identifier="urn:x:rain"), tuple(made))


def numbers(made: Book) -> list[list[str]]:
    """The numbers by which a book's chapters cite their notes, as the EPUB has them; the clean text has the same."""
    data = write_epub(made, load_theme("classic"))
    prove_epub(made, data)
    cited = []
    for name, root in chapter_roots(data):
        links = [a for a in root.iter(f"{X}a") if a.get("class") == "noteref"]
        back = ["".join(a.itertext()) for a in root.iter(f"{X}a") if a.get("class") == "backlink"]
        assert back == ["".join(a.itertext()).strip("\u00a0") for a in links], name
        if back:
            cited.append(back)
    text = write_txt(made).decode()
    assert re.findall(r"\.\[(\d+)\]", text) == [n for row in cited for n in row]
    assert re.findall(r"^\[(\d+)\]", text, re.M) == [n for row in cited for n in row]
    return cited


@pytest.mark.parametrize(
    "words",
    [
        "(But see note 3.)", "As note 4 above has it, it rained.", "Cf. n. 2.", "See footnote 5 below.", "See notes 3 and 4.",
        "Vgl. Anm. 3.", "Voir la note 2.", "Véase la nota n.º 3.", "См. прим. 3.", "See note [3].",
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["words", "in_note"])
def test_notes_that_are_named_keep_their_numbers(words: str, where: str) -> None:
    assert numbers(book(*THREE, **{where: words})) == THREE


@pytest.mark.parametrize(
    "words",
    [
        "",
        "She left a note.",
        "The note was 3 lines long.",
        "He paid in notes: 3 of them.",
        "See note 17.",
        "Not 3 but 4.",
        "Keynote 3",
    ],
)
def test_other_notes_are_counted_in_their_chapter(words: str) -> None:
    assert numbers(book(*THREE, words=words)) == BY_CHAPTER


def test_numbers_that_cannot_stand_side_by_side_are_not_kept() -> None:
    assert numbers(book(["1", "2", "1"], ["3"], words="See note 1.")) == [["1", "2", "3"], ["3"]]
    assert numbers(book(["*", "2"], ["3"], words="See note 2.")) == [["1", "2"], ["3"]]


def test_numbers_are_kept_as_they_are_and_at_the_book_s_end_too() -> None:
    made = book(["2", "7"], ["9", "8"], words="See note 7.")
    assert numbers(made) == [["2", "7"], ["9", "8"]]
    data = write_epub(made, load_theme("classic"), Extras("book"))
    prove_epub(made, data)
    roots = [root for _, root in chapter_roots(data)]
    back = ["".join(a.itertext()) for root in roots for a in root.iter(f"{X}a") if a.get("class") == "backlink"]
    assert back == ["2", "7", "9", "8"]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_the_pages_have_the_same_numbers(engine: Engine) -> None:
    made = book(["1", "2"], ["5", "3"], ["6", "7"], words="See note 3.")
    pages = pymupdf.open(stream=print_book(made, load_theme("classic"), "a5", engine=engine).data, filetype="pdf")
    text = "\n".join(page.get_text() for page in pages)
    assert re.findall(r"by mark (\d)\.\s*(\d)\b", text) == [(n, n) for n in "125367"]
    assert re.findall(r"^(\d)\.\s+Rain (\d)", text, re.M) == [(n, n) for n in "125367"]
