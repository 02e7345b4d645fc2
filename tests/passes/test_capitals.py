"""Capitals as stress: kept unless the person asks, and then only where the book knows the word in small letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter import read
from converter.document.model import Emphasis, Inline, Paragraph, Text
from converter.document.words import plain_text

STORY = """The Lamp Room

by Ada Thorn

She told him never to open the door, and we all heard her say it to him.

"I said NEVER," she said. "I TOLD HIM NEVER to touch it. He works for NASA."

NEVER OPEN THE DOOR

He did open it, of course, and that was that until the autumn came round again.
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY)
    return path


def _stressed(story: Path, **asked: str | bool) -> list[str]:
    content: list[Inline] = []
    for chapter in read(story, **asked).chapters:
        for block in chapter.blocks:
            if isinstance(block, Paragraph):
                content.extend(block.content)
    assert any(isinstance(i, Text) for i in content)
    return [plain_text(i.content) for i in content if isinstance(i, Emphasis)]


def test_capitals_stay_unless_asked(story: Path) -> None:
    assert _stressed(story) == []


def test_stressed_words_become_italics_and_initials_and_signs_stay(story: Path) -> None:
    assert _stressed(story, capitals="italic") == ["NEVER", "TOLD HIM NEVER"]


def test_it_works_where_every_character_is_left_alone(story: Path) -> None:
    assert "NEVER" in _stressed(story, capitals="italic", no_typography=True)
