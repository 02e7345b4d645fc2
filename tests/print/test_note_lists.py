"""A list that a note begins with stands beside the note's number, its own numbers and bullets clear of it."""

from __future__ import annotations

import pymupdf
import pytest

from converter.document.contracts import Engine
from converter.document.model import Block, Chapter, List, Note, Paragraph, Text
from converter.themes import load_theme, theme_names
from converter.writers.pdf import print_book
from tests.print.feature import said, small, text

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
@pytest.mark.parametrize("theme", theme_names())
def test_numbers_and_bullets_are_apart(theme: str, engine: Engine) -> None:
    cited: list[Block] = []
    for number in range(12):
        items = List(((said(f"rope{number}"),), (said("oil"),)), ordered=number % 2 == 0)
        cited.append(Paragraph((Text("It was told that the bell was back"), Note((items,)), Text("."))))
    data = print_book(small(Chapter(tuple(cited), (), text("Notes"))), load_theme(theme), "a5", engine=engine).data
    found = 0
    for page in pymupdf.open(stream=data, filetype="pdf"):
        words = page.get_text("words")
        for word in words:
            if word[4].startswith("rope"):
                number, sign, *_ = sorted(w for w in words if w[1] < (word[1] + word[3]) / 2 < w[3])
                assert number[4] == f"{int(word[4][4:]) + 1}."
                assert sign[4] in ("•", "1.")
                assert sign[0] - number[2] > 1, "points between them"
                found += 1
    assert found == 12
