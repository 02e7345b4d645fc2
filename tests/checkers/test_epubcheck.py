"""EPUBCheck has nothing to say, not even a usage note, about any book that we write."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from converter.build.volumes import divided
from converter.checker.epub import Flaw
from converter.document.model import Book
from converter.proof.pdf_text import printed_pages
from converter.themes import load_theme, theme_names
from converter.writers.epub import Extras, write_epub
from converter.writers.kepub import write_kepub
from converter.writers.pdf import print_book
from tests.checkers.epubcheck import check_books
from tests.checkers.samples import samples, written
from tests.inspection import others
from tests.strategies import books
from tests.writers.feature_book import BOOK, theme

RANDOM_BOOKS = 30


def random_books() -> list[Book]:
    """The same random books each time."""
    drawn: list[Book] = []

    @settings(
        max_examples=RANDOM_BOOKS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(books())
    def draw(book: Book) -> None:
        drawn.append(book)

    draw()
    return drawn


class Verdicts(NamedTuple):
    """What EPUBCheck says, asked once: its start takes longer than a hundred books."""

    ours: dict[str, list[Flaw]]
    others: dict[str, list[Flaw]]  # made by hand in other manners
    faulty: list[Flaw]  # our feature book with one fault planted


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Verdicts:
    folder, made_by_others, fault = (tmp_path_factory.mktemp(name) for name in ("books", "others", "fault"))
    for name, make in others.BOOKS.items():
        (made_by_others / f"{name}.epub").write_bytes(make())
    (fault / "faulty.epub").write_bytes(faulty())
    _write_ours(folder)
    said = check_books(sorted(p for place in (folder, made_by_others, fault) for p in place.iterdir()))
    ours, theirs = ({p.name: said[p] for p in sorted(place.iterdir())} for place in (folder, made_by_others))
    return Verdicts(ours, theirs, said[fault / "faulty.epub"])


def faulty() -> bytes:
    """The feature book with a word in it that EPUBCheck knows nothing of, and only mentions."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(write_epub(BOOK, theme()))) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry).replace(b'epub:type="noteref"', b'epub:type="noteword"', 1))
    return out.getvalue()


def _write_ours(folder: Path) -> None:
    (folder / "feature.epub").write_bytes(write_epub(BOOK, theme(opening="lead-in")))
    for name in theme_names():
        (folder / f"feature-{name}.epub").write_bytes(write_epub(BOOK, load_theme(name)))
        (folder / f"fonts-{name}.epub").write_bytes(write_epub(BOOK, load_theme(name), Extras(embed_fonts=True)))
    for language in ("ja", "ar"):
        turned = replace(BOOK, metadata=replace(BOOK.metadata, language=language))
        (folder / f"feature-{language}.epub").write_bytes(write_epub(turned, theme(writing="vertical")))
    (folder / "feature.kepub.epub").write_bytes(write_kepub(BOOK, theme(opening="lead-in")))
    for name in theme_names()[:2]:
        (folder / f"notes-{name}.epub").write_bytes(write_epub(BOOK, load_theme(name), Extras("book")))
        (folder / f"notes-{name}.kepub.epub").write_bytes(write_kepub(BOOK, load_theme(name), Extras("book")))
    pages = printed_pages(print_book(BOOK, load_theme("classic")).data)
    marked = Extras("book", "Ada Thorne", pages, "urn:x:1#pdf-a5")
    (folder / "pages.epub").write_bytes(write_epub(BOOK, load_theme("classic"), marked))
    (folder / "pages.kepub.epub").write_bytes(write_kepub(BOOK, load_theme("classic"), marked))
    for volume in divided(BOOK, "parts"):
        (folder / f"part-{volume.number}.epub").write_bytes(write_epub(volume.book, theme(), Extras("book")))
    for number, book in enumerate(random_books()):
        (folder / f"random-{number}.epub").write_bytes(write_epub(book, theme()))
        (folder / f"random-{number}-notes.epub").write_bytes(write_epub(book, theme(), Extras("book")))
        if number % 3 == 0:
            (folder / f"random-{number}.kepub.epub").write_bytes(write_kepub(book, theme()))
    written(folder, kepub=True)
    for number, name in enumerate(sorted(n for n in samples() if n.startswith("own"))):
        for style in theme_names():
            (folder / f"own-{number}-{style}.epub").write_bytes(write_epub(samples()[name], load_theme(style)))


def test_no_message_of_any_kind(verdicts: Verdicts) -> None:
    """But for the note that a book has fonts, where they were asked for."""
    said = [
        f"{book}: {message}"
        for book, messages in verdicts.ours.items()
        for message in messages
        if not (book.startswith("fonts-") and message.code.endswith("CSS-028"))
    ]
    assert not said, "\n".join(said[:20])
    assert len(verdicts.ours) > RANDOM_BOOKS + 2 * len(samples())


def test_a_fault_is_found(verdicts: Verdicts) -> None:
    assert {m.code for m in verdicts.faulty} == {"OPF-088"}  # mere usage notes


def test_books_of_others_that_we_find_clean_are_clean(verdicts: Verdicts) -> None:
    assert set(verdicts.others) == {f"{name}.epub" for name in others.BOOKS}
    assert [(book, f) for book, found in verdicts.others.items() for f in found if f.severity != "info"] == []
