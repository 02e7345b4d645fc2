"""Lines that say which volume of a series a book is."""

from __future__ import annotations

import pytest

from converter.recognisers.headings.words import lexicon
from converter.recognisers.lines.volumes import volume_of


@pytest.mark.parametrize(
    ("language", "line", "volume"),
    [
        ("en", "Book 1: Ember", ("", 1, "Ember")),
        ("en", "Volume Two – Salt", ("", 2, "Salt")),
        ("en", "BOOK III. Cinder", ("", 3, "Cinder")),
        ("en", "The Grey Harbour, Book 2", ("The Grey Harbour", 2, "")),
        ("en", "(The Grey Harbour, Book 2)", ("The Grey Harbour", 2, "")),
        ("en", "The Grey Harbour Book 2: Salt", ("The Grey Harbour", 2, "Salt")),
        ("de", "Band 2: Die Glut", ("", 2, "Die Glut")),
        ("fr", "Tome 3 : Braise", ("", 3, "Braise")),
        ("nl", "Boek 1 – Gloed", ("", 1, "Gloed")),
        ("ru", "Книга первая. Пепел", ("", 1, "Пепел")),
    ],
)
def test_a_volume(language: str, line: str, volume: tuple[str, int, str]) -> None:
    assert volume_of(line, lexicon(language)) == volume


@pytest.mark.parametrize("line", ["Book 1", "He read Book 2", "The Book of Two", "Part 1: Ember", "Chapter 1: Ember"])
def test_no_volume(line: str) -> None:
    assert volume_of(line, lexicon("en")) is None
