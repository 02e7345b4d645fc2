"""What is typed before the first chapter and is none: lines of a title page's back, a few lines about the story."""

from __future__ import annotations

import pymupdf
import pytest

from converter.document.contracts import Engine, MadeFor, Source
from converter.document.errors import ProofError
from converter.document.model import Book, Chapter
from converter.parsers.markdown import markdown_parser
from converter.proof import prove_pdf
from converter.themes import load_theme
from converter.writers.leaves import parted
from converter.writers.pdf import print_book
from tests.print.feature import prose, said, small, text

CHAPTERS = tuple(Chapter(tuple(prose(12)), (), text(f"Chapter {name}")) for name in ("One", "Two"))
IMPRINT = ("Slow Lantern Press", "2024", "© 2024 by Ada Quill. All rights reserved.")


def story(*lines: str) -> Book:
    return small(Chapter(tuple(map(said, lines)), kind="front"), *CHAPTERS)


def pages(book: Book, engine: Engine, made_for: MadeFor) -> list[str]:
    made = print_book(book, load_theme("classic"), made_for=made_for, engine=engine)
    before, rest = parted(book, bound=made_for == "print")
    prove_pdf(rest, made.data, before)
    with pymupdf.open(stream=made.data) as document:
        return [" ".join(page.get_text().split()) for page in document]


@pytest.mark.parametrize("lines", [("2024",), ("Slow Lantern Press",), IMPRINT])
@pytest.mark.parametrize("made_for", ["screen", "print"])
def test_lines_of_a_title_page_s_back_stand_there(lines: tuple[str, ...], made_for: MadeFor, engine: Engine) -> None:
    shown = pages(story(*lines), engine, made_for)
    at = next(n for n, words in enumerate(shown) if lines[-1] in words)
    assert at < next(n for n, words in enumerate(shown) if "Contents" in words)
    assert all(line in shown[at] for line in lines)
    if made_for == "screen":
        assert shown[at] == " ".join(("Small", "Nobody", *lines)), "on the title page, without a number"
    first = next(words for words in shown if "Chapter One" in words and "Contents" not in words).split()
    assert "1" in (first[0], first[-1]), "the story begins on page 1"


def test_many_of_them_have_the_page_behind_the_title_page_on_a_screen(engine: Engine) -> None:
    lines = (*IMPRINT, "First published in the spring of 2024 by the same", "This is a work of fiction.")
    shown = pages(story(*lines), engine, "screen")
    assert " ".join(lines) in shown


@pytest.mark.parametrize("made_for", ["screen", "print"])
def test_a_few_lines_about_the_story_stand_above_its_first_chapter(made_for: MadeFor, engine: Engine) -> None:
    told = "A sister keeps a lamp burning on a quay for a boat that everybody says was lost."
    shown = pages(story(told), engine, made_for)
    (page,) = (words for words in shown if "everybody says" in words)
    assert "Chapter One" in page or "CHAPTER ONE" in page.upper()


def test_a_page_of_them_is_one_of_its_own(engine: Engine) -> None:
    book = small(Chapter(tuple(prose(3)), kind="front"), *CHAPTERS)
    shown = pages(book, engine, "screen")
    first = next(n for n, words in enumerate(shown) if "Chapter One" in words and "Contents" not in words)
    assert "Contents" not in shown[first - 1]


def test_nothing_of_it_may_be_missing(engine: Engine) -> None:
    made = print_book(story(*IMPRINT), load_theme("classic"), engine=engine)
    with pytest.raises(ProofError):
        prove_pdf(story(*IMPRINT), made.data, (Chapter((said("2025"),)),))


def test_a_dedication_and_an_epigraph_of_markdown_stand_before_the_contents_in_print(engine: Engine) -> None:
    told = "\n\n".join(
        f"## {name}\n\n" + "The tide came in over the stones of the quay.\n\n" * 9 for name in ("I", "II")
    )
    typed = f"# Small\n\n> *To those who mend.*\n\n> Who ties the knot unties it.\n>\n> — Odile Marsh\n\n{told}"
    book = markdown_parser()(Source("small.md", typed.encode(), ".md")).book
    shown = pages(book, engine, "print")
    at = next(n for n, words in enumerate(shown) if "Contents" in words)
    dedicated, quoted = (next(n for n, w in enumerate(shown) if said_ in w) for said_ in ("To those", "Who ties"))
    assert dedicated % 2 == quoted % 2 == at % 2 == 0, "on the right"
    assert dedicated < quoted < at
    assert shown[dedicated] == "To those who mend.", "with a page number"
