"""Laws for every book: same words, unique ids, headings in order, same bytes, a container that readers open."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from converter.document.model import Book, Chapter, Line, List, Paragraph, Quote, Text, Verse
from converter.proof import prove_epub
from converter.writers.epub import write_epub
from tests.strategies import books
from tests.writers.feature_book import BOOK, theme
from tests.writers.reading import X, chapter_roots, epub_units, files, model_units, spine

law = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
    print_blob=True,
)


def test_the_feature_book_has_the_words_of_the_model() -> None:
    assert epub_units(write_epub(BOOK, theme(opening="lead-in"))) == model_units(BOOK)


@pytest.mark.slow
@law
@given(books())
def test_text_of_the_epub_is_text_of_the_model(book: Book) -> None:
    data = write_epub(book, theme(opening="lead-in"))
    assert epub_units(data) == model_units(book)
    prove_epub(book, data)
    _ids_are_unique(data)
    _headings_go_down_one_by_one(data)


def _ids_are_unique(data: bytes) -> None:
    held = [e.get("id") for _, root in chapter_roots(data) for e in root.iter() if e.get("id")]
    assert len(held) == len(set(held))


def _headings_go_down_one_by_one(data: bytes) -> None:
    level = 0
    for name, root in chapter_roots(data):
        if not re.search(r"-\d+-\d+\.xhtml$", name):  # a later piece of a long chapter goes on with its levels
            level = 0
        for element in root.iter():
            if re.fullmatch(r"h[1-6]", element.tag.removeprefix(X)):
                new = int(element.tag[-1])
                assert new <= level + 1
                level = new


def test_first_entry_says_what_the_file_is() -> None:
    data = write_epub(BOOK, theme())
    assert data[30:38] == b"mimetype"
    assert data[38:58] == b"application/epub+zip"
    with zipfile.ZipFile(BytesIO(data)) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        for entry in book.infolist():
            assert entry.date_time == (2026, 2, 3, 4, 5, 6)
            assert entry.filename.isascii()
            stored = entry.filename.endswith((".jpg", ".png", ".gif")) or entry is first
            assert (entry.compress_type == zipfile.ZIP_STORED) == stored


def _serial(count: int) -> Book:
    chapters = tuple(
        Chapter((Paragraph((Text(f"What happened on day {n}."),)),), label=(Text(f"Day {n}"),))
        for n in range(1, count + 1)
    )
    metadata = replace(BOOK.metadata, identifier="urn:uuid:6c7c1c52-3f9b-5d3e-8a39-04e42bbf1f0f")
    return Book(
        metadata, (*chapters, Chapter((Paragraph((Text("Thanks."),)),), title=(Text("Afterword"),), kind="afterword"))
    )


def test_a_serial_grows_in_place() -> None:
    old, new = files(write_epub(_serial(3), theme())), files(write_epub(_serial(4), theme()))
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {"EPUB/content.opf", "EPUB/nav.xhtml", "EPUB/toc.ncx", "EPUB/contents.xhtml"}
    assert set(new) - set(old) == {"EPUB/chapter-4.xhtml"}
    assert b"urn:uuid:6c7c1c52-3f9b-5d3e-8a39-04e42bbf1f0f" in new["EPUB/content.opf"]


def test_a_long_chapter_is_cut_between_paragraphs() -> None:
    paragraphs = tuple(Paragraph((Text(f"Paragraph {n} " + "of a chapter without end, " * 40),)) for n in range(600))
    book = Book(
        BOOK.metadata, (Chapter(paragraphs, title=(Text("Long"),)), Chapter(paragraphs[:1], title=(Text("Short"),)))
    )
    data = write_epub(book, theme())
    assert epub_units(data) == model_units(book)
    held = files(data)
    assert [n for n in spine(data) if "chapter" in n] == [
        "EPUB/chapter-1.xhtml", "EPUB/chapter-1-2.xhtml", "EPUB/chapter-1-3.xhtml", "EPUB/chapter-2.xhtml",
    ]  # fmt: skip
    assert all(len(held[name]) < 256_000 for name in spine(data))


def test_a_long_block_is_cut_between_its_parts() -> None:
    words = "of a letter without end, " * 40
    letter = Quote(tuple(Paragraph((Text(f"Paragraph {n} {words}"),)) for n in range(300)), "letter")
    song = Verse(tuple((Line((Text(f"Line {n} {words}"),)),) for n in range(300)))
    steps = List(tuple((Paragraph((Text(f"Step {n} {words}"),)),) for n in range(300)), ordered=True, start=4)
    book = Book(BOOK.metadata, tuple(Chapter((b,), title=(Text("Long"),)) for b in (letter, song, steps)))
    data = write_epub(book, theme())
    assert epub_units(data) == model_units(book)
    held = files(data)
    assert len([n for n in spine(data) if "chapter" in n]) > 5
    assert all(len(held[name]) < 256_000 for name in spine(data))
    starts = re.findall(rb'<ol class="list" start="(\d+)"', b"".join(held[name] for name in spine(data)))
    assert starts == [b"4", b"154"]


@pytest.mark.slow
def test_same_bytes_under_another_clock_and_hash_seed(tmp_path: Path) -> None:
    script = (
        "import sys; from converter.writers.epub import write_epub; from tests.writers.feature_book import BOOK, theme;"
        "sys.stdout.buffer.write(write_epub(BOOK, theme(opening='lead-in')))"
    )
    root = Path(__file__).parents[2]
    expected = write_epub(BOOK, theme(opening="lead-in"))
    for zone, seed in (("Pacific/Auckland", "1"), ("America/Lima", "77")):
        surroundings = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        done = subprocess.run(
            [sys.executable, "-c", script], env=surroundings, cwd=tmp_path, capture_output=True, check=True
        )
        assert done.stdout == expected
