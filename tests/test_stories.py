"""Golden stories: each folder in `stories/` is one habit of plain text, and the book a careful editor would make of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from converter.build.pipeline import Reading, examined, understand
from converter.build.settings import Settings
from converter.document.contracts import Source
from tests.pages.outline import outline

CASES = sorted(p for p in (Path(__file__).parent / "stories").iterdir() if (p / "why.md").is_file())
INVISIBLE = {
    "\u202f": "\u2423",
    "\u2009": "\u2423",
    "\u3000": "\u2423\u2423",
}  # an open box for spaces no eye tells apart


def read_case(case: Path) -> Reading:
    (story,) = case.glob("input.*")
    return examined(understand([Source(story.name, story.read_bytes(), story.suffix)], Settings()))


def as_text(reading: Reading) -> str:
    """The improved book, all that is told about it, and how many characters were changed by which rule."""
    told = replace(reading.book.metadata, identifier="", modified="")
    text = outline(replace(reading, book=replace(reading.book, metadata=told)))
    for space, shown in INVISIBLE.items():
        text = text.replace(space, shown)
    changed = Counter(change.rule for change in reading.changes)
    return text + "".join(f"changed: {n} {rule}\n" for rule, n in sorted(changed.items()))


@pytest.mark.parametrize("case", CASES, ids=[c.name for c in CASES])
def test_story_is_read_as_an_editor_would(case: Path, update: bool) -> None:
    found = as_text(read_case(case))
    golden = case / "book.txt"
    if update:
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=[c.name for c in CASES])
def test_every_case_says_why_it_is_there(case: Path) -> None:
    assert len((case / "why.md").read_text(encoding="utf-8").split()) >= 8
