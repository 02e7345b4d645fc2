"""EPUBCheck has nothing to say, not even a usage note, about any book that we write."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from converter.checker import Finding
from converter.document.model import Book
from converter.themes import load_theme, theme_names
from converter.writers.epub import write_epub
from converter.writers.kepub import write_kepub
from tests.checkers.epubcheck import check_books
from tests.checkers.samples import samples, written
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


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, list[Finding]]:
    folder = tmp_path_factory.mktemp("books")
    (folder / "feature.epub").write_bytes(write_epub(BOOK, theme(opening="lead-in")))
    for name in theme_names():
        (folder / f"feature-{name}.epub").write_bytes(write_epub(BOOK, load_theme(name)))
    for language in ("ja", "ar"):
        turned = replace(BOOK, metadata=replace(BOOK.metadata, language=language))
        (folder / f"feature-{language}.epub").write_bytes(write_epub(turned, theme(writing="vertical")))
    (folder / "feature.kepub.epub").write_bytes(write_kepub(BOOK, theme(opening="lead-in")))
    for number, book in enumerate(random_books()):
        (folder / f"random-{number}.epub").write_bytes(write_epub(book, theme()))
        if number % 3 == 0:
            (folder / f"random-{number}.kepub.epub").write_bytes(write_kepub(book, theme()))
    written(folder, kepub=True)
    for number, name in enumerate(sorted(n for n in samples() if n.startswith("own"))):
        for style in theme_names():
            (folder / f"own-{number}-{style}.epub").write_bytes(write_epub(samples()[name], load_theme(style)))
    return check_books(sorted(folder.iterdir()))


def test_no_message_of_any_kind(verdicts: dict[Path, list[Finding]]) -> None:
    said = [f"{book.name}: {message}" for book, messages in verdicts.items() for message in messages]
    assert not said, "\n".join(said[:20])
    assert len(verdicts) > RANDOM_BOOKS + 2 * len(samples())


def test_a_fault_is_found(tmp_path: Path) -> None:
    data = write_epub(BOOK, theme())
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(tmp_path / "faulty.epub", "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, content.replace(b'epub:type="noteref"', b'epub:type="noteword"', 1))
    (tmp_path / "clean.epub").write_bytes(data)
    said = check_books(sorted(tmp_path.iterdir()))
    assert [{m.code for m in messages} for messages in said.values()] == [set(), {"OPF-088"}]  # mere usage notes
