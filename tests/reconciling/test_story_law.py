"""A law: copies made of one story by taking ranges, by merging neighbouring chapters and by writing sentences or one
chapter anew become a book that has each sentence of the newest copy once and in order, and no chapter's number twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from converter.build.joined import joined
from converter.document.contracts import Reading
from converter.document.model import Block, Book, Chapter, Metadata, Paragraph, SceneBreak, Text
from converter.document.words import block_text
from converter.reconciling.copies import copy_of

THINGS = (
    "anvil basin cradle drum easel flagon girdle hammer inkwell jug ladle mallet needle oar pulley rake sieve trowel "
    "urn vice wagon yoke bellows cask"
).split()
KINDS = "rusty pale broken heavy gilded wet narrow borrowed silent crooked dusty warm mended odd plain sour".split()
PLACES = (
    "in the loft,by the ford,under the eaves,on the ridge,near the kiln,at the sluice,behind the barn,along the wall,"
    "before supper,after mass,at noon,in the frost"
).split(",")
FORMS = (  # of one hand that says everything in the same few ways
    "There was something {k} about the {t} which Hanne kept {p}.",
    "Nobody in the village wanted the {k} {t} {p}, but Hanne took the {u}.",
    "It was the {k} {t} that she had left {p}, and not the {u}.",
    "Every {t} {p} had its {k} {u}, and Hanne had counted them all.",
    "She wrote about the {k} {t} {p} and burned the letter with the {u}.",
    "“A {k} {t} is no use {p},” said Hanne, and lifted the {u}.",
    "What the {t} wanted {p}, the {k} {u} had always had.",
    "Hanne sold the {k} {t} {p} for a {u}.",
)
Told = list[list[str]]  # the paragraphs of a chapter, each its sentences


def _chapter(random_: random.Random, told: set[str]) -> Told:
    return [[_sentence(random_, told) for _ in range(random_.randint(2, 4))] for _ in range(random_.randint(4, 6))]


def _sentence(random_: random.Random, told: set[str]) -> str:
    while True:
        t, u = random_.sample(THINGS, 2)
        found = random_.choice(FORMS).format(k=random_.choice(KINDS), t=t, u=u, p=random_.choice(PLACES))
        if found not in told:
            told.add(found)
            return found


def _book(story: Sequence[tuple[int, Told]], joints: set[int], changed: str) -> Book:
    """The chapters, those in `joints` merged with the one before, counted in their own way."""
    chapters: list[Chapter] = []
    for number, told in story:
        blocks: tuple[Block, ...] = tuple(Paragraph((Text(" ".join(sentences)),)) for sentences in told)
        if number in joints and chapters:
            last = chapters[-1]
            chapters[-1] = Chapter((*last.blocks, SceneBreak("* * *"), *blocks), last.label, number=last.number)
        else:
            called = number - sum(joint <= number for joint in joints)
            chapters.append(Chapter(blocks, (Text(f"Chapter {called}"),), number=called))
    return Book(Metadata(title="The Kiln", updated=changed, modified="2020-01-01T00:00:00Z"), tuple(chapters))


def drafts_of_a_story(random_: random.Random) -> tuple[list[str], list[Book]]:
    """The sentences of the newest copy, and all copies in any order; the first has all chapters, each by itself."""
    told: set[str] = set()
    size = random_.randint(3, 7)
    story = [(n, _chapter(random_, told)) for n in range(1, size + 1)]
    books = []
    newest: list[str] = []
    joints = {n for n in range(2, size + 1) if random_.random() < 0.5}
    for year in range(2018, 2018 + random_.randint(2, 3)):
        merged = bool(books) and random_.random() < 0.5
        heads = [n for n in range(1, size + 1) if not (merged and n in joints)]
        first, behind = random_.choice(heads), random_.choice([*heads, size + 1])
        if sum(first <= n < behind for n in heads) < 2 or not books or random_.random() < 0.5:
            first, behind = 1, size + 1
        part = story[first - 1 : behind - 1]
        books.append(_book(part, joints if merged else set(), f"{year}-01-01"))
        newest = [s for _, chapter in part for paragraph in chapter for s in paragraph]
        story = [(n, [list(paragraph) for paragraph in chapter]) for n, chapter in story]
        if random_.random() < 0.5:  # one chapter anew, but for its first and last sentence
            at = random_.randrange(size)
            anew = _chapter(random_, told)
            anew[0][0], anew[-1][-1] = story[at][1][0][0], story[at][1][-1][-1]
            story[at] = (at + 1, anew)
        for _ in range(random_.randint(0, 4)):
            paragraph = random_.choice(random_.choice(story)[1])
            paragraph[random_.randrange(len(paragraph))] = _sentence(random_, told)
    random_.shuffle(books)
    return newest, books


@settings(max_examples=40)
@given(st.integers(0, 9999))
def test_the_newest_text_is_in_the_book_once_and_in_order(seed: int) -> None:
    newest, books = drafts_of_a_story(random.Random(seed))
    made = joined([copy_of(b, f"{n}.txt", f"{n}") for n, b in enumerate(books)], [Reading(b, ()) for b in books])
    chapters = made.reading.book.chapters
    text = " ".join(block_text(block) for chapter in chapters for block in chapter.blocks)
    assert [text.count(sentence) for sentence in newest] == [1] * len(newest)
    places = [text.index(sentence) for sentence in newest]
    assert places == sorted(places)
    assert max(Counter(c.number for c in chapters if c.number is not None).values(), default=0) <= 1
