"""Two engines open our books, a strict and poor one (MuPDF), a modern one (foliate-js), and find what the model has.

Pictures of pages are kept when CHAPBOOK_PICTURES names a folder.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pymupdf
import pytest
from PIL import Image as Picture
from PIL import ImageChops

from converter.document.model import Book, Chapter, Line, Metadata, Paragraph, Person, Text, Verse
from converter.proof.pdf_text import printed_pages
from converter.themes import load_theme, theme_names
from converter.writers.contents import contents
from converter.writers.epub import Extras, write_epub
from converter.writers.pdf import print_book
from converter.writers.xhtml import rendering_for
from tests.checkers.foliate import Shot, read_books
from tests.writers.feature_book import BOOK, picture, theme
from tests.writers.reading import X, chapter_roots, spine

ARABIC = Book(
    Metadata("قصة", people=(Person("سلمى"),), language="ar"),
    (Chapter((Paragraph((Text("كان يا ما كان."),)),), title=(Text("البداية"),)),),
)
SCREENS = {"e-ink": (536, 724, 2.0, 16), "phone": (390, 844, 2.0, 16)}  # 1072x1448 e-ink, a phone
SHOWN = range(0, 8)
DRAWN = range(3, 9)  # a dedication, an epigraph, a prologue, a part, two chapters


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad-]", "", text)


def names(entries: Any) -> Iterator[str]:
    for entry in entries:
        yield entry.name
        yield from names(entry.children)


@pytest.fixture(scope="module")
def feature() -> bytes:
    return write_epub(BOOK, theme(opening="lead-in"))


@pytest.fixture(scope="module")
def found(feature: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("readers")
    (folder / "feature.epub").write_bytes(feature)
    (folder / "arabic.epub").write_bytes(write_epub(ARABIC, theme()))
    shots = []
    if pictures := os.environ.get("CHAPBOOK_PICTURES"):
        Path(pictures).mkdir(parents=True, exist_ok=True)
        for screen, (width, height, scale, size) in SCREENS.items():
            for dark in (False, True):
                name = f"{screen}-dark" if dark else screen
                shots += [
                    Shot(f"{pictures}/{name}-{n}.png", n, width, height, dark, scale=scale, size=size) for n in SHOWN
                ]
    return read_books({folder / "feature.epub": shots, folder / "arabic.epub": []})


def expected_entries() -> list[str]:
    return list(names(contents(BOOK, rendering_for(BOOK, theme(), "epub"))))


def test_mupdf_reads_text_contents_and_links(feature: bytes) -> None:
    book = pymupdf.open("epub", feature)
    book.layout(width=420, height=595, fontsize=11)
    assert [entry[1] for entry in book.get_toc()] == expected_entries()
    assert book.metadata["title"] == BOOK.metadata.title
    roots = dict(chapter_roots(feature))
    links = 0
    for number, name in enumerate(spine(feature)):
        pages = [book[(number, page)] for page in range(book.chapter_page_count(number))]
        links += sum(len(page.get_links()) for page in pages)
        if name not in roots:
            continue
        want = squeezed("".join(roots[name].find(f"{X}body").itertext()))  # type: ignore[union-attr]
        have = squeezed("".join(page.get_text() for page in pages))
        if "interlude" in name:  # has lists, whose bullets are drawn, and a table, whose caption MuPDF puts last
            assert not Counter(want) - Counter(have)
            assert set(Counter(have) - Counter(want)) <= set("•34.")
        else:
            assert have == want
    assert links >= len(expected_entries()) + 2 * 7  # contents, and seven notes there and back
    assert not book[(0, 0)].get_pixmap().is_unicolor  # the cover
    assert "Landmarks" not in "".join(page.get_text() for page in book)


def test_foliate_reads_text_contents_landmarks_cover_and_notes(feature: bytes, found: list[dict[str, Any]]) -> None:
    seen = found[0]

    def labels(entries: list[dict[str, Any]]) -> Iterator[str]:
        for entry in entries:
            yield entry["label"]
            yield from labels(entry["children"])

    assert seen["errors"] == []
    assert list(labels(seen["toc"])) == expected_entries()
    assert [mark["type"] for mark in seen["landmarks"]] == [["cover"], ["titlepage"], ["toc"], ["bodymatter"]]
    assert seen["cover"]["type"] == "image/jpeg"
    assert seen["metadata"]["title"] == BOOK.metadata.title
    assert [person["name"] for person in seen["metadata"]["author"]] == list(BOOK.metadata.authors)
    assert seen["metadata"]["belongsTo"]["series"] == {"name": "Skerry Tales", "position": 2}
    roots = dict(chapter_roots(feature))
    cited = told = 0
    for section in seen["sections"]:
        assert all(link["lands"] for link in section["links"]), section["id"]
        cited += sum(link["note"] for link in section["links"])
        told += len(section["notes"])
        if section["id"] in roots:
            assert section["text"] == "".join(roots[section["id"]].find(f"{X}body").itertext())  # type: ignore[union-attr]
            assert section["first"] in ("h1", "")
    assert cited == told == 8


def test_notes_pop_up_wherever_they_stand(feature: bytes, tmp_path: Path) -> None:
    (tmp_path / "chapter.epub").write_bytes(feature)
    (tmp_path / "book.epub").write_bytes(write_epub(BOOK, theme(), Extras("book")))
    pictures = os.environ.get("CHAPBOOK_PICTURES")
    shots = [Shot(f"{pictures}/notes.png", len(spine((tmp_path / "book.epub").read_bytes())) - 1, 390, 844)]
    seen = read_books({tmp_path / "chapter.epub": [], tmp_path / "book.epub": shots if pictures else []}, popups=True)
    shown = [[" ".join(popup["text"].split()) for popup in book["popups"]] for book in seen]
    assert shown[0] == shown[1]
    assert len(shown[0]) == 8
    assert shown[0][0] == "1 Nobody had lit it for years."
    assert {(p["type"], p["hidden"]) for p in seen[0]["popups"]} == {("footnote", True)}
    assert {(p["type"], p["hidden"]) for p in seen[1]["popups"]} == {("footnote", False)}  # its page shows it, too
    assert all(link["lands"] for section in seen[1]["sections"] for link in section["links"])
    assert [mark["type"] for mark in seen[1]["landmarks"]][-1] == ["endnotes"]
    assert seen[1]["errors"] == []


def test_marks_of_pages_are_found_and_not_seen(tmp_path: Path) -> None:
    look = load_theme("classic")
    pages = printed_pages(print_book(BOOK, look).data)
    books = {"plain": write_epub(BOOK, look)}
    books["marked"] = write_epub(BOOK, look, Extras(printed=pages, print_source="urn:x#pdf"))
    asked: dict[Path, list[Shot]] = {}
    for name, data in books.items():
        (tmp_path / f"{name}.epub").write_bytes(data)
        shots = [Shot(str(tmp_path / f"{name}-{n}.png"), n, 390, 844) for n in DRAWN]
        asked[tmp_path / f"{name}.epub"] = shots
    _, seen = read_books(asked)
    assert [page["label"] for page in seen["pages"]] == [page.number for page in pages]
    assert seen["errors"] == []
    for n in DRAWN:
        plain, marked = (Picture.open(tmp_path / f"{name}-{n}.png") for name in books)
        assert ImageChops.difference(plain.convert("RGB"), marked.convert("RGB")).getbbox() is None
    shown = [pymupdf.open("epub", data) for data in books.values()]
    for book in shown:
        book.layout(width=420, height=595, fontsize=11)
    texts = ["".join(page.get_text() for page in book).split() for book in shown]
    assert texts[0] == texts[1]  # MuPDF doesn't join margins across an empty element, and some lines go down


def test_a_book_in_arabic_turns_its_pages_from_left_to_right(found: list[dict[str, Any]]) -> None:
    assert found[1]["dir"] == "rtl"
    assert found[1]["errors"] == []
    assert [entry["label"] for entry in found[1]["toc"]] == ["البداية"]


@pytest.mark.parametrize("screen", [(420, 595), (536, 724), (600, 800), (390, 844)])
def test_a_cover_of_full_size_stands_on_the_first_page_alone(screen: tuple[int, int]) -> None:
    cover = picture("cover.jpg", "JPEG", (1500, 2400), 40)
    for name in theme_names():
        opened = pymupdf.open("epub", write_epub(replace(BOOK, cover=cover), load_theme(name)))
        opened.layout(width=screen[0], height=screen[1], fontsize=11)
        assert opened.chapter_page_count(0) == 1
        (image,) = opened[(0, 0)].get_image_info()
        assert image["bbox"][3] - image["bbox"][1] > screen[1] * 0.6


@pytest.mark.parametrize("name", theme_names())
def test_no_style_pushes_words_off_the_page(name: str) -> None:
    long = Chapter((Paragraph((Text("It rang."),)),), title=(Text("What the Apiary Keeper Regretted Most of All"),))
    for width in (300, 420):
        opened = pymupdf.open("epub", write_epub(replace(BOOK, chapters=(long, *BOOK.chapters)), load_theme(name)))
        opened.layout(width=width, height=595, fontsize=11)
        off = [w[4] for page in opened for w in page.get_text("words") if w[0] < 0 or w[2] > width]
        assert off == []


@pytest.mark.parametrize("name", theme_names())
def test_lines_of_verse_stand_as_close_as_those_of_prose_and_long_ones_hang(name: str) -> None:
    """In MuPDF, which sets an empty line for a `br` between two blocks."""
    long = "row for the living and row for the dead and over the weir and under the rain until the willows begin"
    lines = tuple(Line((Text(t),)) for t in ("Row the long water,", long, "row for the bread,", "row."))
    prose = Paragraph((Text(" ".join(["The river goes on as it went before anybody had come to look at it."] * 4)),))
    book = replace(BOOK, chapters=(Chapter((prose, Verse((lines,))), title=(Text("One"),)),))
    opened = pymupdf.open("epub", write_epub(book, load_theme(name)))
    opened.layout(width=420, height=900, fontsize=11)
    set_lines = [
        (line["bbox"][0], line["bbox"][3], "".join(span["text"] for span in line["spans"]))
        for page in opened
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
    ]
    at = next(i for i, (_, _, text) in enumerate(set_lines) if text.startswith("Row the long"))
    pitch = median(b - a for (_, a, _), (_, b, _) in pairwise(set_lines[at - 4 : at]))  # of prose
    verse = set_lines[at:]
    assert len(verse) > len(lines), "the long one is turned"
    assert all(abs(b - a - pitch) < 0.2 * pitch for (_, a, _), (_, b, _) in pairwise(verse))
    left = {round(x) for x, _, text in verse if text.lower().startswith("row")}
    assert len(left) == 1
    assert all(x > left.copy().pop() + 10 for x, _, text in verse if not text.lower().startswith("row"))
