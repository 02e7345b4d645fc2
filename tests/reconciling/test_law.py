"""Laws: however copies are made of a story, every chapter of every file is in its book or named as left out, once, and
the book has every chapter that any file has, in the story's order."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from converter.build.joined import joined
from converter.document.contracts import Reading
from converter.document.model import Book, Chapter, Metadata, Paragraph, Text
from converter.document.words import book_text, chapter_text
from converter.reconciling.alignment import aligned
from converter.reconciling.copies import Copy, copy_of
from converter.reconciling.fingerprints import bare_words

NUMBERS = range(1, 8)
WORDS = [f"{a}{b}{c}" for a in "bdfglmnprst" for b in "aeiou" for c in "lmnrst"]


def _text(seed: int, size: int = 120) -> list[str]:
    return random.Random(seed).choices(WORDS, k=size)


def _revised(words: list[str], seed: int, share: float) -> list[str]:
    random_ = random.Random(seed)
    return [random_.choice(WORDS) if random_.random() < share else word for word in words]


@st.composite
def copies_of_a_story(draw: st.DrawFn) -> list[Book]:
    books = []
    numbered = draw(st.booleans())
    for copy in range(draw(st.integers(1, 4))):
        chapters = []
        for number in sorted(draw(st.sets(st.sampled_from(NUMBERS), min_size=1))):
            words = _revised(_text(number), copy, draw(st.sampled_from([0.0, 0.0, 0.1, 0.3])))
            words = words[: draw(st.sampled_from([120, 120, 60]))]
            label = (Text(f"Chapter {number}"),) if numbered else ()
            paragraphs = tuple(Paragraph((Text(" ".join(words[n : n + 30])),)) for n in range(0, len(words), 30))
            chapters.append(Chapter(paragraphs, label=label, number=number if numbered else None))
        if draw(st.booleans()) and draw(st.booleans()):
            chapters = draw(st.permutations(chapters))
        if draw(st.integers(0, 4)) == 0:
            blocks = tuple(b for c in chapters for b in c.blocks)
            chapters = [Chapter(blocks)]
        if draw(st.integers(0, 4)) == 0:
            chapters = [Chapter(label=(Text("Part One"),), kind="part", number=1, children=tuple(chapters))]
        changed = draw(st.sampled_from(["", "2020-01-01", "2021-05-05"]))
        books.append(
            Book(Metadata(title="The Lamp", updated=changed, modified="2020-01-01T00:00:00Z"), tuple(chapters))
        )
    return books


def _as_copies(books: list[Book]) -> list[Copy]:
    return [copy_of(book, f"{n}.txt", f"{n}") for n, book in enumerate(books)]


@given(copies_of_a_story())
def test_every_chapter_of_every_file_is_in_the_book_or_named(books: list[Book]) -> None:
    made = joined(_as_copies(books), [Reading(book, ()) for book in books])
    kept = bare_words(book_text(made.reading.book))
    left_out = [word for o in made.reading.omissions for word in bare_words(o.text)]
    every = [word for book in books for word in bare_words(book_text(book))]
    headings = {
        word for book in books for _, c in book.walk() for word in bare_words(chapter_text(replace(c, blocks=())))
    }
    moved = [pair for d in made.result.doubts if d.code == "copy-numbers" for pair in d.chapters]
    before, now = ([word for pair in moved for word in bare_words(pair[side])] for side in (0, 1))
    differ = (Counter(kept) + Counter(left_out)) - Counter(every)
    assert set(differ) <= headings.union(now)  # one without a heading took that of another copy, or a number is told
    assert Counter(every) - (Counter(kept) + Counter(left_out)) <= Counter(before)


@given(copies_of_a_story())
def test_each_chapter_has_one_place(books: list[Book]) -> None:
    copies = _as_copies(books)
    placed = [(c, at) for slot in aligned(copies).slots for c, ats in slot.versions for at in ats]
    assert sorted(placed) == [(c, at) for c, copy in enumerate(copies) for at in range(len(copy.chapters))]


@given(st.sets(st.sampled_from(NUMBERS), min_size=1), st.sets(st.sampled_from(NUMBERS), min_size=1), st.integers(0, 9))
def test_numbered_chapters_come_in_their_order(one: set[int], other: set[int], seed: int) -> None:
    books = []
    for copy, numbers in enumerate((one, other)):
        chapters = (
            Chapter(
                (Paragraph((Text(" ".join(_revised(_text(n), seed, 0.1 * copy))),)),), (Text(f"Chapter {n}"),), number=n
            )
            for n in sorted(numbers)
        )
        books.append(Book(Metadata(), tuple(chapters)))
    made = joined(_as_copies(books), [Reading(book, ()) for book in books])
    assert [c.number for c in made.reading.book.chapters] == sorted(one | other)
