"""All samples as books: the stories of the repository, the golden stories, the golden pages, and some said otherwise.

Styles take turns, so that every style writes many kinds of book.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from converter.build.batch import plan
from converter.build.pipeline import understand
from converter.build.reading import read_job
from converter.build.settings import Settings
from converter.document.contracts import Source
from converter.document.model import Book
from converter.themes import load_theme, theme_names
from converter.writers.epub import write_epub
from converter.writers.kepub import write_kepub
from tests import test_stories
from tests.pages import test_golden
from tests.writers.feature_book import picture

ROOT = Path(__file__).parents[2]
OTHERWISE = {
    "notes at the end": Settings(notes="end"),
    "notes dropped": Settings(notes="drop"),
    "no chapters": Settings(no_chapters=True),
    "as typed": Settings(no_typography=True),
    "capitals": Settings(capitals="italic"),
}
SAID_OTHERWISE = ("authors-notes", "footnotes-numbered", "parts-and-chapters", "status-box", "epigraph-and-dedication")


@cache
def samples() -> dict[str, Book]:
    """Each sample's book by the sample's name; all have a cover."""
    cover = picture("cover.jpg", "JPEG", (640, 1024), 40)
    return {name: replace(book, cover=book.cover or cover) for name, book in _books()}


def _books() -> Iterator[tuple[str, Book]]:
    for job in plan([ROOT / "stories"], {}, Path("output")):
        book = read_job(job).book
        yield f"own: {book.metadata.title}", book
    for case in test_stories.CASES:
        yield f"story: {case.name}", test_stories.read_case(case).book
    for case in test_golden.CASES:
        yield f"page: {case.name}", _pages(case)
    for name in SAID_OTHERWISE:
        (story,) = (ROOT / "tests" / "stories" / name).glob("input.*")
        for how, settings in OTHERWISE.items():
            yield (
                f"{how}: {name}",
                understand([Source(story.name, story.read_bytes(), story.suffix)], settings).book,
            )


def _pages(case: Path) -> Book:
    def beside(path: str) -> bytes | None:
        found = (case / path).resolve()
        return found.read_bytes() if found.is_relative_to(case) and found.is_file() else None

    pages = sorted(p for p in case.iterdir() if p.suffix in test_golden.PAGES)
    return understand([Source(p.name, p.read_bytes(), p.suffix, beside) for p in pages], Settings()).book


def written(folder: Path, *, kepub: bool = False) -> dict[Path, Book]:
    """Each sample written into the folder in a style of its own turn; with `kepub` as that, too."""
    themes = [load_theme(name) for name in theme_names()]
    made: dict[Path, Book] = {}
    for number, (name, book) in enumerate(samples().items()):
        theme = themes[number % len(themes)]
        stem = name.replace(": ", "-").replace(" ", "-").replace("/", "-")
        made[folder / f"{stem}.epub"] = book
        (folder / f"{stem}.epub").write_bytes(write_epub(book, theme))
        if kepub:
            made[folder / f"{stem}.kepub.epub"] = book
            (folder / f"{stem}.kepub.epub").write_bytes(write_kepub(book, theme))
    return made
