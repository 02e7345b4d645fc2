"""Copies with several chapters in one beside copies that have each by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.heaps import Told, told
from tests.reconciling import book_of, headings, kept_from, with_turns_of_phrase, words_in, words_of

SALT = replace(with_turns_of_phrase(told(21, 8, 180, title="The Salt Road")), updated="2018-01-01")
OTHER = told(77, 8, 180)
EIGHT = [f"Chapter {n}" for n in range(1, 9)]


def _merged(story: Told, *sizes: int) -> Told:
    """The story with so many chapters in each, counted anew."""
    chapters: list[tuple[str, tuple[str, ...]]] = []
    at = 0
    for size in sizes:
        own = story.chapters[at : at + size]
        chapters.append((f"Chapter {len(chapters) + 1}", tuple(p for _, paragraphs in own for p in paragraphs)))
        at += size
    return replace(story, chapters=tuple(chapters))


def _anew(story: Told, number: int, first: int, last: int) -> Told:
    """The story with one chapter written anew but for so many paragraphs at its beginning and at its end."""
    heading, old = story.chapters[number - 1]
    anew = (*old[:first], *OTHER.chapters[number - 1][1], *(old[-last:] if last else ()))
    return replace(story, chapters=(*story.chapters[: number - 1], (heading, anew), *story.chapters[number:]))


@pytest.mark.parametrize(("first", "last"), [(1, 1), (1, 0), (0, 1), (0, 0)])
@pytest.mark.parametrize("number", [2, 5, 6])
def test_a_chapter_written_anew_inside_a_longer_one_takes_the_place_of_its_old_version(
    number: int, first: int, last: int
) -> None:
    new = replace(_anew(SALT, number, first, last), updated="2020-01-01")
    made = book_of({"book.txt": _merged(new, 2, 2, 2, 2).text(), "site.txt": SALT.text()})
    assert headings(made) == EIGHT
    assert words_of(made) == words_in([t for heading, paragraphs in new.chapters for t in (heading, *paragraphs)])


def test_a_newer_revision_is_kept_though_only_the_older_one_is_divided() -> None:
    new = SALT.revised(0.01, 5, updated="2020-01-01")
    made = book_of({"book.txt": _merged(new, 3, 2, 3).text(), "site.txt": SALT.text()})
    assert headings(made) == EIGHT
    assert words_of(made) == words_in([t for heading, paragraphs in new.chapters for t in (heading, *paragraphs)])


def test_what_was_cut_off_is_not_taken_for_the_next_chapter() -> None:
    heading, paragraphs = SALT.chapters[4]
    cut = (heading, (*paragraphs[:1], paragraphs[1].rsplit(" ", 3)[0]))
    files = {
        "cut.txt": replace(SALT, chapters=(*SALT.chapters[:4], cut, *SALT.chapters[5:])).text(),
        "whole.txt": SALT.without(6).text(),
    }
    made = book_of(files)
    assert headings(made) == EIGHT
    assert kept_from(made)[4:6] == ["whole.txt", "cut.txt"]
    assert len(words_of(made)) == len(words_in([t for h, paragraphs in SALT.chapters for t in (h, *paragraphs)]))
