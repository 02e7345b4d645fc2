"""Whole drafts and bad scans: what is known of copies as wholes decides which version of a chapter is kept."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from benchmarks.heaps import Told, told
from tests.reconciling import book_of, kept_from, words_in, words_of

SALT = told(1, 8, 150, title="The Salt Road")


def _whole(story: Told) -> list[str]:
    return words_in([text for heading, paragraphs in story.chapters for text in (heading, *paragraphs)])


def _without_end(story: Told, number: int) -> Told:
    """The story with one chapter made shorter: its last paragraph gone, and a word of the first one changed."""
    heading, (first, *paragraphs) = story.chapters[number - 1]
    left = (heading, (first.replace(" the ", " that ", 1), *paragraphs[:-1]))
    return replace(story, chapters=(*story.chapters[: number - 1], left, *story.chapters[number:]))


@pytest.mark.parametrize(
    ("names", "days"), [(("draft.txt", "x final (read by Jo).txt"), (2, 1)), (("a.txt", "b.txt"), (1, 2))]
)
def test_a_whole_draft_is_kept_and_no_mixture(names: tuple[str, str], days: tuple[int, int]) -> None:
    """The one that was worked over, though it is shorter in one chapter; by its name, or since it was saved later."""
    older, newer = SALT.revised(0.2, 4, 1, 3), _without_end(SALT, 2)
    files = dict(zip(names, (older.text(), newer.text()), strict=True))
    made = book_of(files, {name: 1e9 + day * 86_400 for name, day in zip(names, days, strict=True)})
    assert words_of(made) == _whole(newer)
    assert [d.chapter for d in made.result.doubts if "words that it has not" in d.message] == ["Chapter 2"]


def test_a_text_is_as_old_as_the_first_file_that_has_it() -> None:
    newer = SALT.revised(0.2, 4)
    files = {"a.txt": SALT.text(), "b.txt": newer.text(), "saved again.html": SALT.part(2, 3).page()}
    made = book_of(files, {name: 1e9 + n * 86_400 for n, name in enumerate(files)})
    assert set(kept_from(made)) == {"b.txt"}


def test_what_was_only_added_to_is_no_draft() -> None:
    """The fuller chapters of both, where none has words of its own in a chapter that the other has more of."""
    files = {"a.txt": _without_end(SALT, 2).text(), "b.txt": _without_end(SALT, 5).text()}
    made = book_of(files, {"a.txt": 1e9, "b.txt": 1e9 + 86_400})
    assert [kept_from(made)[n] for n in (1, 4)] == ["b.txt", "a.txt"]


def _scanned(story: Told, share: float) -> Told:
    """The story as a scanner reads it, some words wrong."""
    chance = random.Random(3)
    looks = (("m", "rn"), ("l", "1"), ("h", "b"), ("e", "c"), ("o", "0"))

    def read(word: str) -> str:
        fits = [(a, b) for a, b in looks if a in word]
        return word.replace(*fits[0], 1) if len(word) > 3 and fits and chance.random() < share else word

    return replace(
        story,
        chapters=tuple(
            (h, tuple(" ".join(map(read, p.split(" "))) for p in paragraphs)) for h, paragraphs in story.chapters
        ),
    )


@pytest.mark.parametrize("share", [0.04, 0.15])
@pytest.mark.parametrize("name", ["scan.txt", "salt final.txt"])
def test_a_scan_with_misread_letters_is_the_worse_copy(name: str, share: float) -> None:
    """Though it was saved later, or says that it is newer."""
    files = {name: _scanned(SALT, share).text(), "web.txt": SALT.without(3).text()}
    made = book_of(files, {name: 2e9, "web.txt": 1e9})
    assert kept_from(made) == ["web.txt"] * 2 + [name] + ["web.txt"] * 5


@pytest.mark.parametrize("at_end", [False, True])
def test_a_note_in_each_chapter_of_a_scan_is_missing_in_no_clean_copy(at_end: bool) -> None:
    """The clean first and last chapters are whole, though the scan has a note above or below each."""
    note = "The printer begs the reader to keep these leaves from damp and from candle ends, for there is no other copy of them in the whole county."
    scan = _scanned(SALT, 0.04)
    noted = [(h, (*p, note) if at_end else (note, *p)) for h, p in scan.chapters]
    files = {"scan.txt": replace(scan, chapters=tuple(noted)).text(), "web.txt": SALT.without(3).text()}
    made = book_of(files, {"scan.txt": 2e9, "web.txt": 1e9})
    assert kept_from(made) == ["web.txt"] * 2 + ["scan.txt"] + ["web.txt"] * 5


def test_a_clean_copy_that_was_cut_off_is_still_completed_by_a_scan() -> None:
    heading, paragraphs = SALT.chapters[-1]
    cut = replace(SALT, chapters=(*SALT.chapters[:-1], (heading, paragraphs[:-2])))
    made = book_of({"scan.txt": _scanned(SALT, 0.04).text(), "web.txt": cut.text()})
    assert kept_from(made) == ["web.txt"] * 7 + ["scan.txt"]


def test_a_few_slips_make_no_scan() -> None:
    (first, *more), *chapters = [list(paragraphs) for _, paragraphs in SALT.chapters]
    slipped = [(first.replace(" the ", " tbe ", 1), *more), *chapters]
    newer = replace(SALT, chapters=tuple((h, tuple(p)) for (h, _), p in zip(SALT.chapters, slipped, strict=True)))
    made = book_of({"a.txt": SALT.text(), "b v2.txt": newer.revised(0.1, 3, 4).text()})
    assert {c.file for c in made.result.chapters if c.name in ("Chapter 1", "Chapter 4")} == {"b v2.txt"}
