"""Stories assembled from habits: the reader finds the chapters, paragraphs, breaks and stresses that were put in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.document.contracts import Parsed, Source
from converter.document.model import (
    Aside,
    Block,
    Blocks,
    Chapter,
    Emphasis,
    Inlines,
    Paragraph,
    Quote,
    SceneBreak,
    Strong,
)
from converter.document.words import book_text, chapter_name, plain_text
from converter.parsers.text import text_parser
from tests.text.assembly import BREAKS, EMPHASIS, HEADINGS, PARAGRAPHS, Habits, Truth, assemble

ROUND = cycle(PARAGRAPHS)
CASES = [Habits(heading=h, paragraphs=next(ROUND), seed=k) for k, h in enumerate(HEADINGS)]
CASES += [Habits(mark=m, paragraphs=next(ROUND), seed=100 + k) for k, m in enumerate(BREAKS) if m]
CASES += [Habits(emphasis=e, paragraphs=p, seed=200 + k) for k, e in enumerate(EMPHASIS) for p in ("blank", "wrap")]
CASES += [
    Habits(paragraphs=p, head=h, seed=300 + k) for k, p in enumerate(PARAGRAPHS) for h in ("plain", "fields", "none")
]
CASES += [
    Habits(heading=h, paragraphs="wrap", contents=True, seed=400) for h in ("7. Title", "CHAPTER VII. Title", "VII")
]
CASES += [Habits(mark="", paragraphs="blank", seed=500), Habits(mark="", paragraphs="lines", seed=501)]


def letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def flat(blocks: Blocks) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Aside | Quote):
            yield from flat(block.blocks)
        else:
            yield block


def stressed(content: Inlines) -> Iterator[str]:
    for inline in content:
        if isinstance(inline, Emphasis | Strong):
            yield plain_text(inline.content)


def read(truth: Truth) -> tuple[Parsed, list[Chapter]]:
    parsed = text_parser()(Source("story.txt", truth.text.encode(), ".txt"))
    return parsed, [c for _, c in parsed.book.walk() if c.kind != "front"]


@pytest.mark.parametrize("habits", CASES, ids=str)
def test_what_was_put_in_comes_out(habits: Habits) -> None:
    truth = assemble(habits)
    parsed, chapters = read(truth)
    assert [c.number for c in chapters if c.number] in ([], truth.numbers)
    assert len(chapters) == habits.chapters
    for chapter, title, paragraphs, breaks in zip(chapters, truth.titles, truth.paragraphs, truth.breaks, strict=True):
        blocks = list(flat(chapter.blocks))
        assert letters(title) in letters(chapter_name(chapter))
        assert [letters(plain_text(b.content)) for b in blocks if isinstance(b, Paragraph)] == [
            letters(p) for p in paragraphs
        ]
        assert sum(isinstance(b, SceneBreak) for b in blocks) == breaks
    found = [w for c in chapters for b in flat(c.blocks) if isinstance(b, Paragraph) for w in stressed(b.content)]
    assert found == truth.emphasised
    if habits.head != "none":
        assert parsed.book.metadata.title == "The Salt Market"
        assert parsed.book.metadata.authors == ("Ada Fenwick",)


@given(
    st.builds(
        Habits,
        heading=st.sampled_from(sorted(HEADINGS)),
        paragraphs=st.sampled_from(PARAGRAPHS),
        mark=st.sampled_from(BREAKS),
        emphasis=st.sampled_from(sorted(EMPHASIS)),
        width=st.integers(40, 90),
        chapters=st.integers(1, 9),
        head=st.sampled_from(["plain", "fields", "none"]),
        seed=st.integers(0, 10_000),
        contents=st.booleans(),
    )
)
def test_no_letter_is_lost_or_made(habits: Habits) -> None:
    parsed, _ = read(assemble(habits))
    kept = sorted(letters(book_text(parsed.book)) + "".join(letters(o.text) for o in parsed.omissions))
    assert kept == sorted(letters(parsed.texts[0].text))
