"""Chapters of a few lines run on: both engines set them below one another, and a reader finds each all the same."""

from __future__ import annotations

from dataclasses import replace

import pymupdf
import pytest

from converter.document.contracts import Engine, MadeFor
from converter.document.model import Book, Chapter, ChapterKind, Line, Verse
from converter.themes import load_theme
from converter.writers.inlines import Rendering
from converter.writers.pages import page_for
from converter.writers.paper import paper
from converter.writers.pdf import print_book
from converter.writers.run_on import run_on
from converter.writers.xhtml import chapter_sections, rendering_for
from tests.print.feature import prose, small, text

A5 = page_for("a5", "screen")


def day(number: int, paragraphs: int = 1, kind: ChapterKind = "chapter") -> Chapter:
    return Chapter(prose(paragraphs), (), text(f"Day {number}"), kind)


def running_on(book: Book, chapters: str = "", page: str = "a5") -> list[int]:
    """The places of the chapters that begin no page."""
    theme = load_theme("classic")
    theme = replace(theme, settings={**theme.settings, **({"chapters": chapters} if chapters else {})})
    rendering: Rendering = rendering_for(book, theme, "print")
    sections = list(chapter_sections(book, rendering))
    keys = run_on(sections, theme, page_for(page, "screen"))
    return [at for at, one in enumerate(sections) if one.key in keys]


DIARY = small(*(day(number) for number in range(1, 31)))


def test_the_days_of_a_diary_run_on() -> None:
    assert running_on(DIARY) == list(range(1, 30))
    longer = replace(DIARY, chapters=(*DIARY.chapters[:9], day(10, 40), *DIARY.chapters[10:]))
    assert running_on(longer) == list(range(1, 30)), "chapters of a book are alike"


def test_entries_of_a_diary_run_on_though_most_are_longer() -> None:
    entries = [replace(day(n, 2 if n % 3 else 12), title=text(f"{n} January")) for n in range(1, 13)]
    some = [replace(day(n, 12 if n % 3 else 1), title=text(f"Monday, {n} January")) for n in range(1, 13)]
    assert running_on(small(*entries)) == running_on(small(*some)) == list(range(1, 12))
    none = [replace(day(n, 12), title=text(f"{n} January")) for n in range(1, 13)]
    assert not running_on(small(*none))


@pytest.mark.parametrize(
    "book",
    [
        small(*(day(number, 12) for number in range(1, 31))),
        small(*(day(number) for number in range(1, 5))),
        small(*(day(number, 12) for number in range(1, 21)), *(day(number) for number in range(21, 31))),
        small(
            *(
                Chapter((Verse(((Line(text("One line,")), Line(text("and another."))),)),), (), text(f"Poem {n}"))
                for n in range(30)
            )
        ),
    ],
    ids=["chapters", "few", "some short ones", "poems"],
)
def test_other_books_have_a_page_for_each_chapter(book: Book) -> None:
    assert not running_on(book)


def test_parts_and_what_stands_around_the_story_begin_pages() -> None:
    book = small(
        day(0, kind="preface"),
        Chapter((), (), text("Winter"), "part", children=tuple(day(n) for n in range(1, 9))),
        Chapter((), (), text("Spring"), "part", children=tuple(day(n) for n in range(9, 17))),
        day(17, kind="epilogue"),
    )
    assert running_on(book) == [*range(3, 10), *range(12, 19)]


def test_a_theme_may_say_it() -> None:
    assert running_on(DIARY, "page") == running_on(DIARY, "recto") == []
    assert running_on(small(*(day(number, 12) for number in range(1, 4))), "run-on") == [1, 2]


def test_no_page_could_end_beside_a_drop_cap() -> None:
    tree = paper(DIARY, load_theme("classic"), A5, "")
    assert not tree.xpath("//span[@class='dropcap']")
    assert tree.xpath("//span[@class='lead']")


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
@pytest.mark.parametrize("made_for", ["screen", "print"])
@pytest.mark.usefixtures("outline_kept")
def test_each_is_found(engine: Engine, made_for: MadeFor) -> None:
    """By the outline, by the contents with the right numbers, and under its heading, which begins no page."""
    printed = print_book(DIARY, load_theme("classic"), "a5", made_for, engine=engine)
    pdf = pymupdf.open(stream=printed.data, filetype="pdf")
    assert printed.pages < 20
    names = [f"Day {number}" for number in range(1, 31)]
    headings = ((line, page.number + 1) for page in pdf for line in page.get_text().split("\n") if line in names)
    where = dict(headings)  # the contents come before them
    if made_for == "screen":  # a file for print has no outline
        told = {name: page for _, name, page in pdf.get_toc() if name in names}
        assert list(told.items()) == list(where.items())
    assert len({where[name] for name in names}) < 12
    labels = [page.get_label() for page in pdf]
    said = "".join(page.get_text() for page in pdf if "Contents" in page.get_text())
    for name in names:
        page = pdf[where[name] - 1]
        assert name in page.get_text()
        top = min(block[1] for block in page.get_text("blocks") if name in block[4])
        words = [block[4] for block in page.get_text("blocks") if block[1] > top and not block[4].strip().isdigit()]
        assert any("Day" not in said for said in words), "no heading ends a page"
        assert " ".join(said.split()).replace(" .", "").replace(".", "").find(f"{name} {labels[where[name] - 1]}") >= 0
