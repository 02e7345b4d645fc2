"""Title pages of a series' volumes: the volume's own title is the book's, and no chapter."""

from __future__ import annotations

import pytest

from converter.document.contracts import Source
from converter.document.words import plain_text
from converter.parsers.text import text_parser
from converter.proof import prove_parsed

TOLD = "The lamp burned all night, and nobody on the island could say who had lit it. Old Brandt blamed the widow."
CHAPTERS = "".join(f"\n\n\nChapter {k}\n\n{TOLD}\n\n{TOLD}" for k in (1, 2, 3))


def known(head: str, rest: str = CHAPTERS, name: str = "x.txt") -> tuple[list[str], list[str]]:
    """What a file says of itself, and how its chapters are called."""
    parsed = text_parser()(Source(name, f"{head}{rest}\n".encode(), ".txt"))
    prove_parsed(parsed)
    said = parsed.book.metadata
    people = [p.name for p in said.people]
    told = [said.title, said.series, said.series_index, said.subtitle, *people]
    return told, [plain_text(c.label or c.title) for _, c in parsed.book.walk()]


@pytest.mark.parametrize(
    "head",
    [
        "The Grey Harbour\nBook 2: Salt\nby Greta Halm",
        "The Grey Harbour\n\nBook Two: Salt\n\nby Greta Halm",
        "The Grey Harbour\nBook 2: Salt\nGreta Halm",
        "The Grey Harbour\nVolume II – Salt\nby Greta Halm",
        "Salt\nBook Two of The Grey Harbour\nby Greta Halm",
        "Salt\nThe Grey Harbour, Book 2\nby Greta Halm",
        "The Grey Harbour, Book 2: Salt\nby Greta Halm",
    ],
)
def test_a_volumes_title_page(head: str) -> None:
    said, chapters = known(head)
    assert said == ["Salt", "The Grey Harbour", "2", "", "Greta Halm"]
    assert chapters == ["Chapter 1", "Chapter 2", "Chapter 3"]


def test_a_volume_that_its_file_is_called_by() -> None:
    said, chapters = known("The Grey Harbour\nby Greta Halm\n\n\nBook 2: Salt", name="The Grey Harbour 2 - Salt.txt")
    assert said == ["Salt", "The Grey Harbour", "2", "", "Greta Halm"]
    assert chapters == ["Chapter 1", "Chapter 2", "Chapter 3"]


@pytest.mark.parametrize(
    ("rest", "named"),
    [
        (CHAPTERS, ["Book One: The Crossing"]),
        (f"{CHAPTERS}\n\n\nBook Two: The Return{CHAPTERS}", ["Book One: The Crossing", "Book Two: The Return"]),
    ],
)
def test_a_novels_books_are_its_parts(rest: str, named: list[str]) -> None:
    said, _ = known("The Grey Harbour\nby Greta Halm\n\n\nBook One: The Crossing", rest)
    assert said == ["The Grey Harbour", "", "", "", "Greta Halm"]
