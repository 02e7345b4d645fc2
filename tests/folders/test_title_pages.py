"""A title page that lies beside the chapters as a file of its own, and the names that sites set over each page."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import read
from converter.build.folders import folder_tree, stories_of
from converter.document.model import Book
from converter.document.words import chapter_name, chapter_text
from tests.folders import lay, others, told

NAMED = "<h5>Greta Sund</h5><h5>Der Torfstich</h5><hr>"  # over every page
PROSE = "<p>" + " ".join(f"Der Torf lag am Morgen {n} so schwarz wie am Abend, und keiner ging hin." for n in range(12))
PAGE = "<html lang=de><head><title>Der Torfstich</title><meta name=author content='Greta Sund'></head><body>{}</body></html>"
MARKDOWN = (
    "# The Ditch Heron\n\n### The Marsh Road, Book Two\n\nby Nell Arden\n\nEel House, 2019\n\n"
    "Copyright 2019 Nell Arden. All rights reserved. The marsh is on no map, and its eels are nobody's.\n"
)
CHAPTERS = {f"{n:02} Chapter {word}.md": f"# Chapter {word}\n\n{told(word)}" for n, word in ((1, "One"), (2, "Two"))}


def book(folder: Path) -> Book:
    """The only book of a folder."""
    (_,) = stories_of(folder_tree(folder))
    return read(folder)


def people(made: Book) -> tuple[str, ...]:
    return made.metadata.authors


def test_the_names_over_each_page_are_no_part_of_its_chapter(tmp_path: Path) -> None:
    texts = {f"kap00{n}.html": PAGE.format(f"{NAMED}<h3>{n}. Kapitel</h3>{PROSE}") for n in (1, 2, 3)}
    lay(tmp_path, texts)
    made = book(tmp_path)
    assert [chapter_name(c) for c in made.chapters] == ["1. Kapitel", "2. Kapitel", "3. Kapitel"]
    assert not any("Sund" in chapter_text(c) for c in made.chapters)


@pytest.mark.parametrize(
    "above", [NAMED, "<h4>Der Torfstich</h4><h4>Greta Sund</h4>", f"{NAMED}{NAMED}<h2>Der Torfstich</h2>"]
)
def test_title_and_author_over_a_tale_of_one_page_stand_on_its_title_page_alone(tmp_path: Path, above: str) -> None:
    lay(tmp_path, {"torf.html": PAGE.format(above + PROSE)})
    made = book(tmp_path)
    assert (made.metadata.title, people(made)) == ("Der Torfstich", ("Greta Sund",))
    assert chapter_text(made.chapters[0]).startswith("Der Torf lag am Morgen 0")


def test_a_name_that_heads_a_chapter_is_its_heading(tmp_path: Path) -> None:
    told_by = "".join(f"<h2>{who}</h2>{3 * PROSE}" for who in ("Greta Sund", "Ole Brandt"))
    lay(tmp_path, {"torf.html": PAGE.format(told_by)})
    assert [chapter_name(c) for c in book(tmp_path).chapters][-2:] == ["Greta Sund", "Ole Brandt"]


@pytest.mark.parametrize("name", ["titlepage.html", "00 Titelblatt.html", "Title Page.htm"])
def test_a_title_page_among_the_pages_is_a_leaf_of_their_book(tmp_path: Path, name: str) -> None:
    leaf = f"{NAMED}<h3>Greta Sund</h3><h2>Der Torfstich</h2><p>Emden<br>Verlag am Siel<br>1894</p>"
    lay(tmp_path, {name: PAGE.format(leaf)})
    lay(tmp_path, {f"{n:02} kap {n}.html": PAGE.format(f"{NAMED}<h3>{n}. Kapitel</h3>{PROSE}") for n in (1, 2, 3)})
    made = book(tmp_path)
    assert [(c.kind, chapter_name(c)) for c in made.chapters][:2] == [("front", ""), ("chapter", "1. Kapitel")]
    assert chapter_text(made.chapters[0]).split() == "Emden Verlag am Siel 1894".split()


@pytest.mark.parametrize(
    "leaf", ["<a href=1.html>weiter</a><a href=2.html>Inhalt</a>", "<svg><image href='c.jpg'/></svg>"]
)
def test_a_title_page_that_says_nothing_more_is_no_part(tmp_path: Path, leaf: str) -> None:
    lay(tmp_path, {"titlepage.html": PAGE.format(NAMED + leaf if "href=1" in leaf else leaf)})
    lay(tmp_path, {f"kap{n}.html": PAGE.format(f"{NAMED}<h3>{n}. Kapitel</h3>{PROSE}") for n in (1, 2, 3)})
    assert "titlepage.html" in others(folder_tree(tmp_path))
    assert len(book(tmp_path).chapters) == 3


def test_what_a_numbered_title_page_says_of_the_book_is_the_books(tmp_path: Path) -> None:
    lay(tmp_path / "heron", {"00 Title page.md": MARKDOWN, **CHAPTERS})
    made = book(tmp_path)
    said = made.metadata
    assert (said.title, people(made), said.series, said.series_index) == (
        "The Ditch Heron",
        ("Nell Arden",),
        "The Marsh Road",
        "2",
    )
    assert [(c.kind, chapter_name(c)) for c in made.chapters] == [
        ("front", ""),
        ("chapter", "Chapter One"),
        ("chapter", "Chapter Two"),
    ]
    assert chapter_text(made.chapters[0]).startswith("Eel House, 2019")


@pytest.mark.parametrize(
    ("page", "author", "subtitle"),
    [
        ("<h1>Der Reiher</h1><h2>Roman</h2><p>von Nele Arden</p><p>Aalhaus, Bremen 2020. Alle Rechte vorbehalten.", "Nele Arden", "Roman"),
        ("<h1>The Heron</h1><h2>A Tale of the Marsh</h2><p>by Nell Arden</p><p>© 2019 Nell Arden", "Nell Arden", "A Tale of the Marsh"),
    ],
)  # fmt: skip
def test_a_page_that_is_nothing_but_a_title_page_is_read_as_one(
    tmp_path: Path, page: str, author: str, subtitle: str
) -> None:
    lay(tmp_path, {"a.html": f"<html><body>{page}</body></html>"})
    made = read(tmp_path / "a.html")
    assert (people(made), made.metadata.subtitle) == ((author,), subtitle)


def test_a_story_below_a_heading_and_a_name_is_no_title_page(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {"a.html": f"<html><body><h1>Die Reise</h1><h2>Der Fluss</h2><p>von Nele Arden</p>{PROSE}</body></html>"},
    )
    assert read(tmp_path / "a.html").metadata.subtitle == ""


def test_a_chapter_that_is_called_like_a_title_page_is_none(tmp_path: Path) -> None:
    texts = {"Titel.txt": told("titel", 30), "Kapitel 1.txt": told("one"), "Kapitel 2.txt": told("two")}
    lay(tmp_path, texts)
    first = book(tmp_path).chapters[0]
    assert (first.kind, chapter_name(first)) == ("chapter", "Titel")
