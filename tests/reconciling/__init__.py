"""Copies of stories: which belong together, in which order, which version is kept, what was rewritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from benchmarks.heaps import Told
from converter.build.joined import Joined, joined
from converter.build.pipeline import understand
from converter.build.settings import Settings
from converter.document.contracts import Reading, Source
from converter.document.words import book_text, chapter_name
from converter.reconciling.copies import Copy, copy_of
from converter.reconciling.fingerprints import bare_words
from converter.reconciling.groups import Groups, grouped

Files = Mapping[str, str | bytes]
STOCK = (
    "Nothing about the landing stage was dry any more.",
    "You could hear the mill from the ferry when the wind had turned.",
    "The rope did not move and neither did the clerk.",
    "She was never quite the same after that winter.",
    "A cold wind came off the water and turned the ladder over.",
    "They counted the steps to the lighthouse and were not surprised.",
)


def read(files: Files, saved: Mapping[str, float] | None = None) -> tuple[list[Copy], list[Reading]]:
    """Each of these files as a copy, with its reading; `saved` says when some were written."""
    copies, readings = [], []
    for name, told in files.items():
        data = told.encode() if isinstance(told, str) else told
        path = PurePath(name)
        reading = understand([Source(name, data, path.suffix)], Settings())
        copies.append(copy_of(reading.book, name, path.stem, (saved or {}).get(name, 0.0)))
        readings.append(reading)
    return copies, readings


def heap_of(files: Files) -> Groups:
    """The groups among these files."""
    return grouped(read(files)[0])


def names(found: Groups, files: Files) -> list[list[str]]:
    """The groups by the names of their files."""
    own = list(files)
    return [[own[place] for place in group] for group in found.groups]


def book_of(files: Files, saved: Mapping[str, float] | None = None) -> Joined:
    """The book of these copies of one story."""
    copies, readings = read(files, saved)
    found = grouped(copies, [range(len(copies))])
    assert found.groups == (tuple(range(len(copies))),), found
    return joined(copies, readings)


def headings(made: Joined) -> list[str]:
    """The chapters of a book by their names."""
    return [chapter_name(chapter) for _, chapter in made.reading.book.walk()]


def kept_from(made: Joined) -> list[str]:
    """The file of each chapter of a book."""
    return [chapter.file for chapter in made.result.chapters]


def words_of(made: Joined) -> list[str]:
    """The words of a book, bare."""
    return bare_words(book_text(made.reading.book))


def words_in(paragraphs: Sequence[str]) -> list[str]:
    """The words of these paragraphs, bare."""
    return bare_words("\n".join(paragraphs))


def with_turns_of_phrase(story: Told) -> Told:
    """The story by a hand that says the same things in every chapter, here and there."""
    chapters = []
    for heading, paragraphs in story.chapters:
        words = " ".join(paragraphs).split()
        step = len(words) // len(STOCK)
        own = [f"{' '.join(words[n * step : (n + 1) * step])}. {line}" for n, line in enumerate(STOCK)]
        chapters.append((heading, tuple(own)))
    return replace(story, chapters=tuple(chapters))
