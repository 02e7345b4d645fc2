"""Texts and pages of one library: its header and licence, which all its books share, make no two of them alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.folders import folder_tree
from converter.recognisers.lines.library import without_frame
from tests.folders import books, lay, told

HEADER = "The Project Gutenberg eBook of {0}\n\nThis ebook is for the use of anyone anywhere. " + told("header", 4)
START, END = "*** START OF THE PROJECT GUTENBERG EBOOK {0} ***", "*** END OF THE PROJECT GUTENBERG EBOOK {0} ***"
LICENCE = "START: FULL LICENSE\n\n" + told("licence", 16)


def text(title: str, story: str) -> str:
    said = f"{HEADER}\nTitle: {{0}}\n\nAuthor: Ada Thorn\n\n{START}\n\n{{0}}\n\nby Ada Thorn\n\n{story}\n\n{END}\n\n{LICENCE}"
    return said.format(title)


def page(title: str, story: str) -> str:
    body = "".join(f"<p>{p}</p>" for p in story.strip().split("\n\n"))
    head = f"<title>The Project Gutenberg eBook of {title}, by Ada Thorn</title><meta name=dc.creator content='Thorn, Ada'>"
    frame = f"<section>{HEADER}<div>{START}</div></section><h1>{title}</h1><h3>by Ada Thorn</h3>{body}"
    return f"<html><head>{head}</head><body>{frame}<div>{END}</div><section>{LICENCE}</section></body></html>".format(
        title
    )


@pytest.mark.parametrize("paragraphs", [6, 60])
def test_a_book_as_text_and_as_page_is_made_once(tmp_path: Path, paragraphs: int) -> None:
    story = told("pilot", paragraphs)
    lay(tmp_path, {"pg7.txt": text("The Pilot", story), "pg7-images.html": page("The Pilot", story)})
    assert books(tmp_path) == {("pg7-images.html",)}
    (made,) = folder_tree(tmp_path).understood.books
    assert made.doubt is None


@pytest.mark.parametrize("names", [("pg7.txt", "pg8.txt", "pg9.txt"), ("7-0.txt", "8-h.html", "9-0.txt")])
def test_the_licence_makes_no_two_books_alike(tmp_path: Path, names: tuple[str, ...]) -> None:
    files = {n: (page if n.endswith("html") else text)(f"The Weir of {n[:3]}", told(n, 3)) for n in names}
    lay(tmp_path, files)
    assert len(books(tmp_path)) == len(names)
    assert not any(book.twins for book in folder_tree(tmp_path).understood.books)


def test_what_stands_outside_the_frame_goes_and_a_file_without_one_stays() -> None:
    one, other = (text(t, told(t)).encode() for t in ("A", "B"))
    bare = without_frame(one + b"\n" + other)
    assert b"LICENSE" not in bare
    assert told("A").strip().encode() in bare
    assert told("B").strip().encode() in bare
    plain = b"She said that PROJECT GUTENBERG had it. *** START OF nothing."
    assert without_frame(plain) == plain
