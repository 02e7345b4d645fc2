"""A note that stands in place of chapters which their author took back is no version of these."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.heaps import Told, told
from converter.document.findings.copies import CopyGone
from converter.reconciling.families import joined_by_families
from converter.reconciling.groups import grouped
from tests.reconciling import book_of, heap_of, kept_from, names, read, words_in, words_of

SALT = told(71, 6, 150, title="The Salt Road")
SEA = told(72, 6, 150, title="The Glass Sea")
WHOLE = words_in([t for heading, paragraphs in SALT.chapters for t in (heading, *paragraphs)])
NOTES = {
    "shop": "This chapter has been removed, since Book One of The Salt Road is on Kindle Unlimited now. Thank you for all!",
    "publisher": "I have taken the first five chapters down for publication; the publisher asks for it. They come back.",
    "bare": "This chapter is no longer available.",
    "german": "Das Kapitel wurde entfernt, weil der Roman bei einem Verlag erscheint. Danke an alle, die dabei waren!",
    "other words": "Gone fishing, my dears! You all know where to find the old rope and the lamp, for a small coin or two.",
}


def _noted(story: Told, note: str, *numbers: int) -> Told:
    """The story with this note in place of these chapters."""
    chapters = (
        (heading, (note,)) if n in numbers else (heading, paragraphs)
        for n, (heading, paragraphs) in enumerate(story.chapters, 1)
    )
    return replace(story, chapters=tuple(chapters))


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_the_newest_file_has_notes_where_chapters_were(note: str) -> None:
    later = replace(_noted(SALT, note, 1, 2, 3), updated="2024-05-01")
    made = book_of({"salt.txt": replace(SALT.part(1, 5), updated="2020-01-01").text(), "again.txt": later.text()})
    assert words_of(made) == WHOLE
    assert kept_from(made)[:3] == ["salt.txt"] * 3
    assert {o.reason for c in made.result.chapters[:3] for o in c.others} == {
        "has its text, and this one says that it is gone"
    }
    assert [(d.file, d.count) for d in made.result.doubts if isinstance(d, CopyGone)] == [("again.txt", 3)]


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_a_file_for_each_chapter(note: str) -> None:
    """No second story is made of the note, and what came behind it is in the book."""
    later = _noted(SALT, note, 1, 2, 3)
    files = {f"2020/Chapter {n}.txt": SALT.part(n, n).text() for n in range(1, 5)}
    files |= {f"2023/Chapter {n}.txt": later.part(n, n).text() for n in range(1, 7)}
    found = grouped(read(files)[0], [range(4), range(4, 10)])
    assert names(found, files) == [list(files)]
    made = book_of(files)
    assert words_of(made) == WHOLE
    gone = {d.file: d.count for d in made.result.doubts if isinstance(d, CopyGone)}
    few = note == NOTES["bare"]  # words that each file has by itself say nothing of what it was
    assert gone == ({} if few else {f"2023/Chapter {n}.txt": 1 for n in (1, 2, 3)})


def test_a_note_is_all_that_is_left_of_a_chapter() -> None:
    made = book_of({"a.txt": SALT.without(2).text(), "b.txt": _noted(SALT, NOTES["shop"], 1, 2).text()})
    assert words_of(made) == words_in([t for h, ps in _noted(SALT, NOTES["shop"], 2).chapters for t in (h, *ps)])


def test_two_stories_with_one_note_are_two() -> None:
    files = {f"{n}.txt": _noted(s, NOTES["shop"], 1, 2, 3, 4).text() for n, s in enumerate((SALT, SEA))}
    assert names(heap_of(files), files) == []


def test_a_chapter_beside_several_stories_is_told() -> None:
    """Names alone do not say of which it is."""
    files = {"a.txt": SALT.text(), "Tale 1.txt": SALT.part(1, 1).text()}
    files |= {"b.txt": SEA.text(), "Tale 2.txt": SEA.part(2, 2).text(), "Tale 3.txt": told(73, 1, 150).text()}
    copies = read(files)[0]
    found = grouped(copies, [[1, 3, 4]])
    assert found.alone == (4,)
    assert [(d.code, d.origin.source if d.origin else "") for d in found.doubts] == [("copy-left", "Tale 3.txt")]
    assert joined_by_families(copies, [[4]], []) == (set(), [])
